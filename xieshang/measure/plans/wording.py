"""What the papers made of plans have in common: who writes, the words for days and figures, the name of what a summary is about."""

import re
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from xieshang.base.orgs.models import Organization
from xieshang.documents.gongwen import Figure
from xieshang.measure.reports.composed import Counted

from . import pace, rules
from .measuring import Measured
from .models import Plan

ISO = re.compile(r"(20\d\d)-(\d\d)-(\d\d)")
WRITER = re.compile(r"\A(?P<who>[^\d《》“”（）()]{2,30}?)(?:关于)?(?=(?:19|20)\d\d)")


def who(plan: Plan) -> str:
    """Whose plan it is as its own title says it (青石镇政协委员联络室), else the body's or the unit's name."""
    unit = plan.organization
    found = WRITER.match("".join(plan.title.split()))
    if found and found["who"].startswith((unit.name, unit.short_name)):
        return found["who"]
    if plan.body:
        return f"{unit.short_name}{plan.body.name}"
    return unit.name


def writer(unit: Organization) -> str:
    """In whose name the unit's papers go out: a committee's own; below, who the unit's newest plan says (青石镇政协委员联络室), never the town itself."""
    if unit.has_committee:
        return unit.name
    own = Plan.objects.filter(organization=unit, source="own", sender=None).exclude(state="withdrawn")
    plan = own.select_related("organization", "body").order_by("-starts_on", "pk").first()
    return who(plan) if plan else unit.name


def office(unit: Organization) -> str:
    """Who issues a paper for the unit: a committee has an office."""
    return f"{unit.name}办公室" if unit.has_committee else writer(unit)


def day(value: date) -> str:
    return f"{value.year}年{value.month}月{value.day}日"


def short(value: date, year: int) -> str:
    """Without its year where it is the paper's own."""
    return f"{value.month}月{value.day}日" if value.year == year else day(value)


def close(words: str) -> str:
    """The page sets figures apart, and writes days as 2026-03-20; a 公文 does neither."""
    return ISO.sub(lambda found: day(date(*map(int, found.groups()))), words).replace(" ", "")


def bare(words: str) -> str:
    return words.rstrip("。；，：:")


def counted(row: Measured) -> Figure:
    """What a task has reached, with where it comes from; the ledger's own figure stays open to the ledger."""
    figure, indicator = row.figure, row.indicator
    if figure is None or indicator is None:
        return Figure(pace.number(row.verdict.actual), by_hand(row))
    query = figure.query
    said = _("统计项：%(name)s；期间：%(from)s 至 %(to)s；数据明细 %(n)s 条。%(note)s") % {
        "name": indicator.name, "from": query.start.isoformat(), "to": query.end.isoformat(), "n": figure.facts, "note": indicator.note,
    }  # fmt: skip
    text = pace.number(row.verdict.actual)
    if row.target.per or row.shared_out or figure.value is None:
        return Figure(text, said)  # divided, or shared out among tasks: not what the indicator itself says
    body = (row.target.body or row.target.plan.body) if query.body else None
    return Counted(
        text, said, indicator=indicator.code, start=query.start, end=query.end, value=figure.value, facts=figure.facts, unit=row.target.unit or indicator.unit,
        body=query.body, of=str(body or ""),
    )  # fmt: skip


def by_hand(row: Measured) -> str:
    line = next((line for line in row.target.progress.all() if line.figure is not None and line.on <= row.on), None)
    if line is None:
        return _("人工填报")
    return _("人工填报，%(by)s 填于 %(on)s") % {"by": line.by or "系统", "on": line.on.isoformat()}


def goal(row: Measured) -> str:
    """“4次”, “每季度1次”, “每名委员1件”: the whole goal as a table says it; a yearly one of a year needs no 每年."""
    target = row.target
    said = close(target.goal_words).removeprefix("等于")
    if not said:
        return ""
    yearly = target.period in ("term", "year") and not row.verdict.cells
    return f"{'' if yearly else rules.said(rules.PERIODS, target.period)}{rules.said(rules.PERS, target.per)}{said}"


def planned(row: Measured) -> str:
    """“，已排1次”: what is arranged and not counted yet; "" for nothing."""
    return f"，已排{pace.number(row.planned)}{row.aim.unit}" if row.planned else ""


def responsible(row: Measured) -> str:
    """牵头委室 first, then who is named; "" for nobody."""
    target = row.target
    return target.lead_office or (target.body.name if target.body else "") or target.owner


def plan_figure(value: int | Decimal, note: str) -> Figure:
    return Figure(pace.number(Decimal(value)), note)
