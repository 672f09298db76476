"""Two years of activities of the demo's units."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from xieshang.base import clock
from xieshang.base.calendar.workdays import WorkCalendar
from xieshang.base.orgs.models import Body, Organization
from xieshang.base.people.models import Person
from xieshang.work.activities import actions
from xieshang.work.activities.models import Activity

from .people import COMMITTEES, County

TOPICS = (
    "城区停车难治理", "乡村道路建设和管护", "茶产业品牌建设", "基层医疗卫生服务能力", "学校周边交通安全", "农村饮水安全", "古树名木保护", "老旧小区改造",
    "民营企业用工", "高标准农田建设", "中小学课后服务", "养老服务设施布局", "传统村落保护利用", "农产品冷链物流", "垃圾分类", "河道综合治理",
    "乡村医生队伍", "旅游公路沿线环境", "职业教育与产业对接", "社区食堂运营",
)  # fmt: skip
PLACES = (
    "新安村",
    "大坪村",
    "石桥村",
    "柳湾村",
    "白沙工业园",
    "青石镇中心小学",
    "县人民医院",
    "云岭茶业有限公司",
    "城东农贸市场",
    "河西新区",
    "梅溪水库",
    "县图书馆",
)
OUTCOMES = (
    "提出完善设施、明确管护责任等 {n} 条建议，现场与有关部门交换了意见。", "梳理问题 {n} 个，形成意见建议 {n} 条，报县委、县政府参阅。",
    "与群众面对面交流，收集意见 {n} 条，当场答复 {m} 条。", "形成共识 {m} 项，由承办单位按月反馈进展。", "委员围绕主题发言 {n} 人次，会后整理成专题材料。",
)  # fmt: skip
WHY_NOT = ("出差", "生病", "参加上级会议", "家中有事")


@dataclass(frozen=True)
class Kind:
    """A kind of activity that a unit holds: how often a year, which people, what it is called."""

    kind: str
    titles: tuple[str, ...]
    group: str
    months: tuple[int, ...]
    carriers: tuple[str, ...] = ()
    organizer: str = ""
    half_days: int = 1
    collective: bool = True
    gift: bool = False


ALL = tuple(range(1, 13))


def _county() -> Iterator[Kind]:
    yield Kind(
        "meeting",
        ("县政协十一届{session}次全体会议",),
        "全体委员",
        (1,),
        half_days=6,
        organizer="县政协办公室",
        collective=False,
    )
    yield Kind(
        "meeting",
        ("常委会会议：研究{topic}", "常委会会议：审议年度重点工作"),
        "常委会",
        (1, 3, 6, 9, 12),
        organizer="县政协办公室",
        collective=False,
    )
    yield Kind("study", ("常委会专题学习：{topic}", "委员培训班"), "常委会", (2, 5, 8, 11), organizer="县政协办公室")
    for n, name in enumerate(COMMITTEES):
        yield Kind("research", ("{topic}专题调研",), name, (3 + n % 2, 8 + n % 3), organizer=name)
        yield Kind("inspection", ("视察{topic}情况",), name, (5 + n % 2, 10), organizer=name, carriers=("member_day",))
        yield Kind(
            "consultation", ("{topic}协商座谈会",), name, (4 + n % 3, 7, 11), organizer=name, carriers=("good_talk",)
        )
        yield Kind("supervision", ("{topic}专项民主监督",), name, (9,), organizer=name, collective=False)
    yield Kind("review", ("民主评议：{topic}工作",), "常委会", (10,), organizer="县政协办公室")
    yield Kind(
        "visit",
        ("走访委员企业：{place}",),
        "工商联界",
        (2, 5, 8, 11),
        organizer="县政协办公室",
        carriers=("into_company",),
        collective=False,
    )
    yield Kind(
        "charity", ("“送温暖”公益活动", "捐资助学公益活动"), "工商联界", (1, 8), organizer="县政协办公室", gift=True
    )
    yield Kind("talk", ("与新社会阶层人士座谈交流",), "经济界", (4, 10), organizer="县政协办公室", collective=False)


def _township(name: str) -> Iterator[Kind]:
    group, office = f"{name}委员小组", f"{name}政协委员联络室"
    yield Kind("inspection", ("视察{place}重点工程", "视察{topic}情况"), group, (3, 9), ("member_day",), office)
    yield Kind("research", ("{topic}专题调研",), group, (5, 10), (), office)
    yield Kind("consultation", ("协商议事：{topic}",), group, (4, 6, 11), ("good_talk",), office)
    yield Kind(
        "visit", ("委员走进{place}",), group, (2, 5, 8, 11), ("into_community", "into_village", "beside_you"), office
    )
    yield Kind("study", ("学习《章程》和委员守则",), group, (1, 7), ("member_day",), office)
    yield Kind("charity", ("为困难户、孤老户捐款",), group, (10,), ("beside_you",), office, gift=True)
    yield Kind("talk", ("双月委员活动日：{topic}",), group, (3, 7, 9), ("member_day",), office)


def _community(name: str) -> Iterator[Kind]:
    branch = f"{name}党支部"
    yield Kind("party_day", ("主题党日：{topic}志愿服务", "主题党日：重温入党誓词"), branch, ALL, organizer=branch)
    yield Kind("joint_meeting", ("社区党建工作联席会议",), branch, (3, 6, 9, 12), organizer=branch, collective=False)
    yield Kind("party_review", ("民主评议党员",), branch, (12,), organizer=branch)
    yield Kind("study", ("党课：学习党章",), branch, (2, 5, 8, 11), organizer=branch)
    yield Kind("charity", ("看望慰问困难居民",), branch, (1, 9), organizer=branch, gift=True)


def two_years(county: County, today: date, dice: Random) -> None:
    """Last year whole and this year up to today, in order of days, with a miss here and there as in life."""
    offices = [(county.unit, _county())]
    offices += [(unit, _township(name)) for name, unit in county.townships.items()]
    offices += [(unit, _community(name)) for name, unit in county.communities.items()]
    calendar = WorkCalendar(county.unit)
    happenings = [
        (day, unit, kind) for unit, kinds in offices for kind in kinds for day in _days(kind, today, calendar, dice)
    ]
    for day, unit, kind in sorted(happenings, key=lambda h: (h[0], h[1].pk, h[2].kind)):
        _hold(county, unit, kind, day, dice)


def _days(kind: Kind, today: date, calendar: WorkCalendar, dice: Random) -> Iterator[date]:
    for year in (today.year - 1, today.year):
        for month in kind.months:
            day = (
                date(year, 1, 12)
                if "全体会议" in kind.titles[0]
                else calendar.on_or_after(date(year, month, dice.randint(4, 24)))
            )
            if day < today and (dice.random() > 0.1 or kind.kind == "meeting"):
                yield day


def _hold(county: County, unit: Organization, kind: Kind, day: date, dice: Random) -> None:
    from . import moment

    place = dice.choice(PLACES)
    title = dice.choice(kind.titles).format(
        topic=dice.choice(TOPICS), place=place, session="一二三四五"[day.year - county.term.starts_on.year]
    )
    presence, notes = _came(county.people[kind.group], dice)
    given = Decimal(dice.randrange(20, 120) * 100) if kind.gift else Decimal(0)
    fields = {
        "title": title, "kind": kind.kind, "carriers": list(kind.carriers), "collective": kind.collective, "on": day, "half_days": kind.half_days,
        "place": place if kind.kind in ("inspection", "research", "visit", "charity", "supervision") else f"{unit.short_name}会议室",
        "organizer": county.bodies.get(kind.organizer), "guests": dice.randrange(5, 40) if kind.kind in ("visit", "charity", "consultation") else 0,
        "outcome": dice.choice(OUTCOMES).format(n=dice.randrange(3, 12), m=dice.randrange(2, 5)), "money": given,
        "goods_value": Decimal(dice.randrange(5, 30) * 100) if kind.gift else Decimal(0), "goods": "米、油、棉被" if kind.gift else "",
    }  # fmt: skip
    actions.record(unit, fields=fields, presence=presence, notes=notes, by=None, now=moment(day, dice=dice))


def _came(people: list[Person], dice: Random) -> tuple[dict[int, str], dict[int, str]]:
    presence, notes = {}, {}
    for person in people:
        luck = dice.random()
        presence[person.pk] = "attended" if luck < 0.88 else "excused" if luck < 0.98 else "absent"
        if presence[person.pk] == "excused":
            notes[person.pk] = dice.choice(WHY_NOT)
    return presence, notes


def on_the_way(county: County, today: date) -> None:
    """What is planned, postponed, cancelled, held jointly and waits to be claimed: an office's desk in the middle of a year."""
    town = county.townships["青石镇"]
    law, economy, culture = (county.bodies[COMMITTEES[n]] for n in (3, 1, 4))
    members = {name: {person.pk: "attended" for person in county.people[name]} for name in COMMITTEES}
    _plan(
        county,
        "城区停车难治理民主监督",
        today + timedelta(days=8),
        "supervision",
        law,
        members[COMMITTEES[3]],
        helped=[economy.pk],
    )
    _plan(county, "视察养老服务设施布局", today - timedelta(days=2), "inspection", law, members[COMMITTEES[3]])
    later = _plan(county, "文史资料征集座谈会", today + timedelta(days=3), "talk", culture, members[COMMITTEES[4]])
    off = _plan(
        county, "古树名木保护现场协商", today + timedelta(days=5), "consultation", economy, members[COMMITTEES[1]]
    )
    now = clock.now()
    actions.postpone(later, to=None, by=None, now=now, seen=1, reason="两位主讲人出差，时间另定")
    actions.cancel(off, by=None, now=now, seen=1, reason="与县里的专项检查合并进行，不再单独组织")
    for title, day, claimed in (("茶产业品牌建设县镇联合调研", 20, True), ("高标准农田建设联合视察", 6, False)):
        _hold_jointly(county, town, title, today - timedelta(days=day), claimed=claimed)
    _take_part(county, town, today - timedelta(days=27))


def _plan(
    county: County, title: str, on: date, kind: str, body: Body, presence: dict[int, str], helped: Sequence[int] = ()
) -> Activity:
    """Put down ten days before it is to be, or today."""
    from . import moment

    fields = {"title": title, "kind": kind, "on": on, "place": "县政协会议室", "organizer": body, "carriers": []}
    return actions.plan(
        county.unit, fields=fields, presence=presence, parts=actions.Parts(co_organizers=helped), by=None, now=moment(min(on - timedelta(days=10), clock.today()), 10)
    )  # fmt: skip


def _hold_jointly(county: County, town: Organization, title: str, on: date, *, claimed: bool) -> None:
    from . import moment

    office = county.bodies[COMMITTEES[1]]
    people = [*county.people[COMMITTEES[1]], *county.people["青石镇委员小组"][:6]]
    parts = actions.Parts(
        [county.bodies["县政协办公室"].pk], [town.pk], [("章国华", "县政协主席")], [("新安村", "茶园基地"), ("白沙工业园", "加工车间")]
    )  # fmt: skip
    fields = {
        "title": title, "kind": "research" if "调研" in title else "inspection", "on": on, "until": on + timedelta(days=1), "half_days": 4, "place": "青石镇", "organizer": office,
        "experts": 2, "officials": 5, "guests": 12, "outcome": "形成共识 3 项，由县农业农村局按月反馈进展。", "carriers": ["good_talk"],
    }  # fmt: skip
    made = actions.record(
        county.unit, fields=fields, presence={person.pk: "attended" for person in people}, parts=parts, by=None, now=moment(on + timedelta(days=2))
    )  # fmt: skip
    if claimed:
        body = county.bodies["青石镇政协委员联络室"].pk
        actions.claim(made, town, body=body, by=None, now=moment(on + timedelta(days=3)), seen=1)


def _take_part(county: County, town: Organization, on: date) -> None:
    from . import moment

    fields = {
        "title": "参加县政协重点项目集中视察",
        "kind": "inspection",
        "on": on,
        "place": "白沙工业园",
        "role": "joined",
        "carriers": [],
    }
    came = {person.pk: "attended" for person in county.people["青石镇委员小组"][:8]}
    actions.record(town, fields=fields, presence=came, by=None, now=moment(on))
