"""The demo's plans as a year changes them: a revision in March, a target handed down, tasks carried over."""

from datetime import date, datetime, time
from decimal import Decimal

from xieshang.base import clock
from xieshang.base.accounts.models import User
from xieshang.measure.plans import actions, carrying
from xieshang.measure.plans.models import Plan, Target

from .people import County
from .plans import COUNTY

REVISED = (
    ("全年组织专题调研8次以上", "全年组织专题调研6次以上"),
    ("，年内组织1次民主评议活动", ""),
    ("举办政协讲堂4期，", "举办政协讲堂4期，举办委员沙龙2期，"),
)


def of_the_year(county: County, today: date) -> None:
    """What happened to this year's plans after they were put in force."""
    _carried(county, today)
    _revised(county, today)
    _handed_down(county, today)


def _carried(county: County, today: date) -> None:
    """One task that last year's plan did not finish goes into this year's."""
    now = datetime.combine(date(today.year, 1, 26), time(9), clock.SHANGHAI)
    if now > clock.now():
        return
    old, new = (
        Plan.objects.get(organization=county.unit, year=year, source="own") for year in (today.year - 1, today.year)
    )
    left = [one for one in carrying.left(old, today) if one.row.state == "missed" and one.remains]
    chosen = [actions.Carry(one.row.target, one.remains) for one in left if not one.row.target.period][:1]
    if chosen:
        clerk = User.objects.get(username="liumin")
        actions.carry_over(old, new, chosen, reason="上年未完成，主席会议同意结转", by=clerk, now=now)


def _revised(county: County, today: date) -> None:
    """In March the chairpersons' meeting asked for fewer surveys and for salons."""
    day = date(today.year, 3, 20)
    if day > today:
        return
    text = COUNTY.format(name=county.unit.short_name, year=today.year)
    for old, new in REVISED:
        text = text.replace(old, new)
    clerk, now = User.objects.get(username="liumin"), datetime.combine(day, time(16), clock.SHANGHAI)
    plan = Plan.objects.get(organization=county.unit, year=today.year, source="own")
    paper = actions.keep(county.unit, text.encode(), f"{today.year}年工作要点（修订稿）.txt", by=clerk, now=now)
    revision = actions.start_revision(plan, paper, by=clerk, now=now)
    actions.apply_revision(
        revision, basis="主席会议第3次会议", number=f"云协发〔{today.year}〕6号", effective_on=day, by=clerk, now=now
    )


def _handed_down(county: County, today: date) -> None:
    """Inspections are handed to the townships: most confirmed, one objects, the last has not answered yet."""
    day = date(today.year, 3, 26)
    if day > today:
        return
    clerk, now = User.objects.get(username="liumin"), datetime.combine(day, time(10), clock.SHANGHAI)
    whole = Target.objects.select_related("plan", "organization").get(
        organization=county.unit, plan__year=today.year, quote__contains="集中视察", state="accepted", carried_from=None
    )
    towns = list(county.townships.values())
    shares = [actions.Share(town, None, Decimal(2), Decimal(2 if n == 0 else 1)) for n, town in enumerate(towns)]
    actions.hand_down(whole, shares, by=clerk, now=now)
    received = list(whole.shares.select_related("plan", "organization").order_by("id"))
    for share in received[:-2]:
        actions.accept(share, by=None, now=now)
    if len(received) > 2:
        actions.object_to(received[-2], reason="今年换届，下半年才能组织，请减为 1 次", by=None, now=now)
