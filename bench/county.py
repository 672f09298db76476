"""The province of the bench: a tree of units with people, and one measured county with its registers, its plan and its clerk."""

from dataclasses import dataclass
from datetime import date, datetime

from xieshang.base import clock
from xieshang.base.accounts import actions as accounts
from xieshang.base.accounts.models import User
from xieshang.base.accounts.roles import Role
from xieshang.base.notices import actions as notices
from xieshang.base.orgs import actions as orgs
from xieshang.base.orgs.models import Body, BodyKind, Level, Organization
from xieshang.base.people.models import Person
from xieshang.measure.plans import actions as plans
from xieshang.measure.plans.models import Plan, Target
from xieshang.work.registers import actions as registers
from xieshang.work.registers import catalogue

from . import texts

NOW = clock.parse("2026-12-18T10:00:00")  # late in the second year: eleven whole months and a broken one
BEGAN = date(2025, 1, 1)
CODE, CLERK = "measured", "bench-clerk"
CITIES, COUNTIES = 4, 40
TARGETS = 40
SECTORS = (
    "中共", "民革", "民盟", "民建", "工商联", "共青团", "总工会", "妇联", "科技", "经济", "农业", "教育", "文化", "医药卫生", "民族", "宗教", "社会福利", "特邀",
)  # fmt: skip
COMMITTEES = ("提案委", "经济委", "教科文卫委", "文史委", "社会法制委", "联谊委")
GROUPS = tuple(f"第{n}小组" for n in range(1, 13))
SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许"
GIVEN = "平安和顺志明建华春梅晓云国庆丽娟海燕文斌"


@dataclass
class Unit:
    """A county with the people and bodies that its activities name. `seats`: person → sector."""

    organization: Organization
    seats: dict[int, int]
    organizers: list[int]
    term: int


def make(members: int, elsewhere: int) -> list[Unit]:
    """The tree; the measured county comes first. `members` of it, and `elsewhere` in each other county, will be seated by the loader."""
    with clock.at(NOW):
        province = orgs.add(
            name="云江省政协", short_name="云江省", code="province", level=Level.PROVINCE, parent=None, by=None, now=NOW
        )
        cities = [
            orgs.add(
                name=f"云江省第{n}市政协",
                short_name=f"第{n}市",
                code=f"city{n}",
                level=Level.CITY,
                parent=province,
                by=None,
                now=NOW,
            )
            for n in range(1, CITIES + 1)
        ]
        return [_county(n, cities[n % CITIES], members if n == 0 else elsewhere) for n in range(COUNTIES)]


def _county(n: int, city: Organization, members: int) -> Unit:
    name = "云岭县" if n == 0 else f"云岭第{n}县"
    unit = orgs.add(
        name=f"{name}政协",
        short_name=name,
        code=CODE if n == 0 else f"county{n}",
        level=Level.COUNTY,
        parent=city,
        by=None,
        now=NOW,
    )
    term = orgs.add_term(unit, 11, date(2022, 1, 1), date(2026, 12, 31), by=None, now=NOW)
    full = n == 0
    sectors = Body.objects.bulk_create(_bodies(unit, BodyKind.SECTOR, SECTORS if full else SECTORS[:6]))
    committees = Body.objects.bulk_create(_bodies(unit, BodyKind.COMMITTEE, COMMITTEES if full else COMMITTEES[:2]))
    groups = Body.objects.bulk_create(_bodies(unit, BodyKind.GROUP, GROUPS if full else GROUPS[:3]))
    people = Person.objects.bulk_create(Person(organization=unit, name=_name(k), order=k) for k in range(members))
    seats = {person.pk: sectors[k % len(sectors)].pk for k, person in enumerate(people)}
    return Unit(unit, seats, [body.pk for body in (*committees, *groups)], term.pk)


def _bodies(unit: Organization, kind: BodyKind, names: tuple[str, ...]) -> list[Body]:
    return [Body(organization=unit, kind=kind, name=name, order=n) for n, name in enumerate(names)]


def _name(k: int) -> str:
    return SURNAMES[k % len(SURNAMES)] + GIVEN[k * 2 % len(GIVEN)] + GIVEN[(k * 7 + 1) % len(GIVEN)]


def furnish(unit: Organization) -> None:
    """The measured county's clerk, registers, notices and plan in force, made through the pages' own actions."""
    with clock.at(NOW):
        clerk = accounts.make(CLERK, name="刘敏", password="correct horse battery", organization=unit, by=None, now=NOW)
        accounts.grant(clerk, Role.CLERK, unit, by=None, now=NOW)
        notices.tell([clerk] * 3, "请核对本月活动", organization=unit, now=NOW)
        for key, ready in catalogue.READY.items():
            if not getattr(ready, "inside", False):
                registers.take(unit, key, by=None, now=NOW)
        _plan(unit, datetime(2026, 1, 20, 15, tzinfo=clock.SHANGHAI))


def _plan(unit: Organization, now: datetime) -> None:
    """A plan of exactly forty targets, read in from a paper, confirmed and in force."""
    made = plans.bring_in(
        unit, year=2026, data=texts.plan().encode(), name="工作要点.txt", accept_sure=True, by=None, now=now
    )
    items = Target.objects.filter(plan=made).order_by("-kind", "order")  # quantified ones first
    for target in items[TARGETS:]:
        plans.drop(target, by=None, now=now)
    for target in Target.objects.filter(plan=made, state="open"):
        plans.accept(target, by=None, now=now)
    plans.put_in_force(Plan.objects.get(pk=made.pk), by=None, now=now)
    if (n := Target.objects.filter(plan=made, state="accepted").count()) != TARGETS:
        raise SystemExit(f"the plan of the bench has {n} targets instead of {TARGETS}: mend bench/texts.py")


def measured() -> tuple[Organization, User]:
    """The measured county and its clerk."""
    return Organization.objects.get(code=CODE), User.objects.get(username=CLERK)
