"""Two years of registers of the demo's units: what is only noted and counted."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any

from xieshang.base import clock
from xieshang.base.calendar.workdays import WorkCalendar
from xieshang.base.orgs.models import Level, Organization
from xieshang.base.people.models import Person
from xieshang.work.registers import actions
from xieshang.work.registers.models import Register

from .people import County
from .work import PLACES, TOPICS

Values = Callable[[Random, list[Person]], dict[str, Any]]
ALL = tuple(range(1, 13))
QUARTERS = (2, 5, 8, 11)


@dataclass(frozen=True)
class Ledger:
    """One register of a unit: in which months how many entries, how they are titled, what else they hold."""

    key: str
    months: tuple[int, ...]
    titles: tuple[str, ...]
    each: int = 1
    values: Values = lambda dice, people: {}


def _one_of(**choices: tuple[str, ...]) -> Values:
    return lambda dice, people: {key: dice.choice(options) for key, options in choices.items()}


def _members(dice: Random, people: list[Person], most: int = 3) -> list[int]:
    return [person.pk for person in dice.sample(people, dice.randint(1, most))]


def _later(dice: Random, first: int, last: int) -> timedelta:
    return timedelta(days=dice.randrange(first, last))


def _proposal(dice: Random, people: list[Person]) -> dict[str, Any]:
    filed, key = dice.random() < 0.88, dice.random() < 0.09
    return {
        "proposers": _members(dice, people), "session": dice.choice(("session", "session", "interim")),
        "disposition": "filed" if filed else dice.choice(("to_info", "explained")), "decided_on": _later(dice, 3, 20),
        "key_on": _later(dice, 30, 60) if filed and key else "", "replied_on": _later(dice, 60, 150) if filed else "",
        "outcome": dice.choice(("solved", "solved", "solved", "planned", "planned", "reference")) if filed else "",
    }  # fmt: skip


def _opinion(dice: Random, people: list[Person]) -> dict[str, Any]:
    adopted = dice.choice(("", "", "", "county", "county", "city", "province"))
    return {
        "reporters": _members(dice, people, 2), "adopted": adopted, "adopted_on": _later(dice, 10, 40) if adopted else "",
        "topic": dice.choice(("economy", "town", "culture", "social")), "instructed_on": _later(dice, 20, 50) if adopted and dice.random() < 0.2 else "",
    }  # fmt: skip


def _report(dice: Random, people: list[Person]) -> dict[str, Any]:
    result = dice.choice(("none", "instructed", "adopted"))
    return {
        "kind": dice.choice(("research", "inspection")),
        "result": result,
        "used_on": "" if result == "none" else _later(dice, 20, 60),
    }


def _gift(dice: Random, people: list[Person]) -> dict[str, Any]:
    return {
        "purpose": dice.choice(("school", "care", "village")),
        "money": str(dice.randrange(20, 300) * 100),
        "receivers": dice.choice(("困难学生", "孤寡老人", "受灾农户")),
        "households": dice.randrange(3, 30),
        "needy": dice.choice(("", "魏长顺", "谭玉兰")),
        "givers": _members(dice, people),
    }


def _visit(dice: Random, people: list[Person]) -> dict[str, Any]:
    return {
        "kind": dice.choice(("visit", "talk")),
        "companies": dice.randrange(2, 7),
        "members": dice.randrange(3, 12),
        "parties": dice.choice((0, 0, 2, 4)),
        "federation": dice.choice((0, 1)),
        "groups": dice.choice((0, 0, 3)),
        "stratum": dice.randrange(0, 9),
        "outside": dice.randrange(0, 6),
        "needy_households": dice.choice((0, 0, 5, 12)),
        "asks": dice.randrange(2, 9),
        "place": dice.choice(PLACES),
    }


def _investment(dice: Random, people: list[Person]) -> dict[str, Any]:
    return {
        "givers": _members(dice, people, 1),
        "stage": dice.choice(("lead", "contact", "signed")),
        "capital": str(dice.randrange(50, 900) * 10000),
    }


COUNTY = (
    Ledger("proposals", (1,), ("关于加强{topic}的提案", "关于推进{topic}的建议"), 96, _proposal),
    Ledger("proposals", (4, 9), ("关于完善{topic}的提案",), 5, _proposal),
    Ledger("opinions", ALL, ("反映{topic}存在的问题和建议", "建议重视{topic}"), 6, _opinion),
    Ledger(
        "reports",
        (4, 6, 9, 11),
        ("关于{topic}的调研报告",),
        2,
        _report,
    ),
    Ledger(
        "speeches",
        (1, 7),
        ("{topic}的思考与建议",),
        12,
        _one_of(occasion=("plenary", "standing"), way=("spoken", "written")),
    ),
    Ledger(
        "special_reports",
        (3, 6, 9, 11),
        ("关于{topic}的意见建议",),
        2,
        lambda dice, people: {"to": "county", "instructions": dice.choice((0, 1, 1, 2))},
    ),
    Ledger(
        "suggestions",
        (3, 6, 9),
        ("建议改善{topic}",),
        7,
        _one_of(source=("visit", "meeting", "survey")),
    ),
    Ledger(
        "problems", (5, 10), ("{place}垃圾清运不及时", "{place}道路破损"), 2, _one_of(source=("inspection", "visit"))
    ),
    Ledger("donations", (1, 6, 9), ("委员捐资助学", "慰问困难群众"), 2, _gift),
    Ledger("visits", ALL, ("走访企业和委员", "走访民主党派和工商联"), 1, _visit),
    Ledger(
        "questionnaires",
        (6, 11),
        ("委员履职服务问卷",),
        1,
        lambda dice, people: {"sent": 120, "returned": dice.randrange(98, 120), "asks": dice.randrange(10, 40)},
    ),
    Ledger(
        "media",
        ALL,
        ("云岭政协：{topic}建言落地", "委员走基层：{topic}"),
        3,
        _one_of(outlet=("cppcc_news", "province", "city", "county", "new_media"), kind=("news", "feature")),
    ),
    Ledger("newsletters", ALL, ("政协工作简讯第{n}期",), 1, lambda dice, people: {"items": dice.randrange(4, 9)}),
    Ledger(
        "study_materials",
        QUARTERS,
        ("委员学习资料第{n}期",),
        1,
        lambda dice, people: {"topic": dice.choice(("theory", "cppcc", "law")), "copies": 150},
    ),
    Ledger(
        "lectures",
        (3, 5, 8, 10),
        ("政协讲堂：{topic}",),
        1,
        lambda dice, people: {"heads": dice.randrange(60, 110), "place": "县政协五楼会议室"},
    ),
    Ledger(
        "calls",
        (9,),
        ("“我和云岭”征文",),
        1,
        lambda dice, people: {"kind": "essay", "works": dice.randrange(60, 120), "prizes": 20},
    ),
    Ledger("books", (12,), ("云岭文史资料第{n}辑",), 1, lambda dice, people: {"kind": "history", "copies": 1000}),
    Ledger(
        "trainings",
        (4,),
        ("委员培训班",),
        1,
        lambda dice, people: {"kind": "all", "days": 2, "heads": dice.randrange(90, 118)},
    ),
    Ledger(
        "rules",
        (2, 7),
        ("{topic}协商工作规则",),
        3,
        _one_of(way=("new", "revised", "revised"), field=("duty", "office", "member")),
    ),
    Ledger("procedures", (3,), ("{topic}办理流程",), 6, _one_of(way=("new", "revised"))),
    Ledger("cases", (6, 11), ("{topic}协商议事案例",), 2, _one_of(level=("own", "county", "city"))),
    Ledger(
        "member_homes",
        (5,),
        ("{place}委员之家",),
        2,
        lambda dice, people: {"kind": "home", "place": dice.choice(PLACES)},
    ),
    Ledger(
        "member_homes",
        (8,),
        ("{place}委员联络点",),
        2,
        lambda dice, people: {"kind": "point", "place": dice.choice(PLACES)},
    ),
    Ledger(
        "branches",
        (3,),
        ("提案委员会党支部", "经济委员会党支部", "社会法制委员会党支部"),
        1,
        lambda dice, people: {"kind": "committee", "heads": dice.randrange(5, 12)},
    ),
    Ledger(
        "studies",
        ALL,
        ("学习会议精神", "学习条例", "学习理论文章"),
        1,
        lambda dice, people: {
            "level": dice.choice(("centre", "chair", "standing", "team", "office")),
            "heads": dice.randrange(9, 40),
        },
    ),
    Ledger(
        "volunteering",
        (3, 10),
        ("学雷锋义诊", "河道清洁"),
        1,
        lambda dice, people: {"heads": dice.randrange(10, 30), "hours": dice.randrange(30, 90)},
    ),
    Ledger("postings", (3,), ("{place}驻村工作队",), 2, _one_of(kind=("village", "secondment"))),
    Ledger(
        "commendations",
        (6, 11),
        ("{topic}协商议事做法",),
        1,
        _one_of(level=("county", "city"), way=("meeting", "document")),
    ),
    Ledger(
        "handouts",
        (3, 9),
        ("委员履职手册", "政协章程口袋本"),
        1,
        lambda dice, people: {"kind": "handbook", "copies": dice.randrange(150, 400)},
    ),
    Ledger(
        "good_deeds",
        QUARTERS,
        ("为{place}协调安装路灯",),
        1,
        lambda dice, people: {"kind": "road", "people": dice.randrange(50, 300), "doers": _members(dice, people)},
    ),
    Ledger("investment", (4,), ("{place}招商线索",), 1, _investment),
    Ledger("honours", (12,), ("全市政协系统先进集体",), 1, lambda dice, people: {"level": "city", "to": "unit"}),
)
TOWNSHIP = (
    Ledger("proposals", (1,), ("关于{topic}的提案",), 9, _proposal),
    Ledger("opinions", (3, 5, 8, 10), ("反映{topic}的情况",), 2, _opinion),
    Ledger("reports", (6, 10), ("关于{topic}的调查报告",), 1, _report),
    Ledger("investment", (3, 6, 9), ("{place}配套项目信息",), 2, _investment),
    Ledger("donations", (1, 9), ("慰问困难户、孤老户",), 1, _gift),
    Ledger(
        "good_deeds",
        QUARTERS,
        ("为{place}解决出行难题", "{place}义诊"),
        1,
        lambda dice, people: {
            "kind": dice.choice(("road", "health", "livelihood")),
            "people": dice.randrange(30, 300),
            "doers": _members(dice, people),
        },
    ),
    Ledger("media", (4, 7, 11), ("委员走进{place}",), 1, _one_of(outlet=("county", "new_media"), kind=("news",))),
)
COMMUNITY = (
    Ledger(
        "branch_meetings",
        ALL,
        ("支委会：安排本月工作",),
        1,
        lambda dice, people: {"kind": "committee", "due": 5, "came": dice.randint(4, 5)},
    ),
    Ledger(
        "branch_meetings",
        (3, 6, 9, 12),
        ("党员大会：学习和民主议事",),
        1,
        lambda dice, people: {"kind": "assembly", "due": 18, "came": dice.randint(14, 18)},
    ),
    Ledger(
        "branch_meetings",
        QUARTERS,
        ("党课：学习党章",),
        1,
        lambda dice, people: {"kind": "lecture", "due": 18, "came": dice.randint(14, 18)},
    ),
    Ledger("admissions", (7,), ("接收预备党员",), 1, lambda dice, people: {"stage": "probationary", "heads": 1}),
    Ledger(
        "joint_matters",
        (3, 6, 9),
        ("共建事项：{topic}",),
        2,
        _one_of(kind=("environment", "welfare", "safety", "culture")),
    ),
)


def two_years(county: County, today: date, dice: Random) -> None:
    """Take the registers from the catalogue, and fill them in order of days."""
    offices = [
        (county.unit, COUNTY),
        *((u, TOWNSHIP) for u in county.townships.values()),
        *((u, COMMUNITY) for u in county.communities.values()),
    ]
    calendar = WorkCalendar(county.unit)
    entries: list[tuple[date, int, Register, Ledger]] = []
    for unit, ledgers in offices:
        taken: dict[str, Register] = {}
        for ledger in ledgers:
            if ledger.key not in taken:
                taken[ledger.key] = actions.take(unit, ledger.key, by=None, now=county.began)
            days = _days(ledger, unit, today, calendar, dice)
            if ledger.key == "proposals" and unit == county.unit:  # this year's have a room of their own
                days = (day for day in days if day.year < today.year)
            entries += [(day, len(entries), taken[ledger.key], ledger) for day in days]
    numbers: dict[tuple[int, int], int] = {}
    for day, _n, register, ledger in sorted(entries, key=lambda e: e[:2]):
        n = numbers[register.pk, day.year] = numbers.get((register.pk, day.year), 0) + 1
        _enter(register, ledger, day, n, county, dice)


def _days(ledger: Ledger, unit: Organization, today: date, calendar: WorkCalendar, dice: Random) -> Iterator[date]:
    for year in (today.year - 1, today.year):
        for month in ledger.months:
            for _i in range(ledger.each):
                day = calendar.on_or_after(date(year, month, dice.randint(3, 25)))
                if day < today and dice.random() > 0.06:
                    yield day


def _people(county: County, unit: Organization) -> list[Person]:
    group = {Level.COUNTY: "全体委员", Level.TOWNSHIP: f"{unit.name}委员小组", Level.COMMUNITY: f"{unit.name}党支部"}
    return county.people[group[Level(unit.level)]]


def _enter(register: Register, ledger: Ledger, day: date, n: int, county: County, dice: Random) -> None:
    from . import moment

    people = _people(county, register.organization)
    given = {key: _day(day, value) for key, value in ledger.values(dice, people).items()}
    known = max(
        [day, *(value for value in given.values() if isinstance(value, date))]
    )  # by when all of it had happened
    title = dice.choice(ledger.titles).format(topic=dice.choice(TOPICS), place=dice.choice(PLACES), n=n)
    actions.record(
        register,
        on=day,
        title=title,
        values={key: value for key, value in given.items() if value != ""},
        by=None,
        now=moment(known, dice=dice),
    )


def _day(day: date, value: Any) -> Any:
    """What followed so many days later; what has not happened yet is left empty."""
    if not isinstance(value, timedelta):
        return value
    then = day + value
    return then if then < clock.today() else ""
