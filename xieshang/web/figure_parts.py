"""What 查数 and the drawer show of a figure: the sentence, the parts, the comparison, the titles of its rows."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xieshang.base import clock, registry, words
from xieshang.base.cards import queries as card_queries
from xieshang.base.ledger import figures
from xieshang.base.ledger.cells import month_end
from xieshang.base.ledger.facts import Indicator
from xieshang.base.ledger.models import PostedFact
from xieshang.base.orgs.models import Body, BodyKind, Organization
from xieshang.base.people.models import Person

SHELF = (
    "activities.held",
    "activities.collective",
    "activities.research",
    "activities.inspection",
    "activities.member_day",
    "activities.three_into",
    "activities.participants",
    "activities.attendance_rate",
    "gifts.amount",
    "people.in_office",
)
HOW = {
    "count": gettext_lazy("逐件计数"), "sum": gettext_lazy("数量相加"), "people": gettext_lazy("同一人只计一个"), "stock": gettext_lazy("期末存量"),
    "rate": gettext_lazy("比率"), "average": gettext_lazy("平均数"),
}  # fmt: skip
SPLITS = {
    "month": gettext_lazy("按月"), "body": gettext_lazy("按机构"), "sector": gettext_lazy("按界别"), "party": gettext_lazy("按党派"),
    "members": gettext_lazy("按成员所在机构"), "person": gettext_lazy("按人员"),
}  # fmt: skip
KINDS = {"sector": BodyKind.SECTOR, "party": BodyKind.PARTY}
YEARS = 5  # compared side by side


def shelf(unit: Organization, known: dict[str, Indicator], start: date, end: date) -> list[dict[str, Any]]:
    """The common figures at a glance."""
    asked = figures.figures([figures.Query(known[code], unit.pk, start, end) for code in SHELF if code in known], known)
    return [{"figure": one, "url": drawer_url(one.query, unit.code)} for one in asked]


def cards(user: Any, unit: Organization, start: date, end: date) -> list[dict[str, Any]]:
    """看板卡片 of an account: each with its figure, its address, and what it is of."""
    return [
        {
            "pk": one.card.pk, "figure": one.figure, "label": f"{one.card.who}{one.figure.indicator.name}", "url": drawer_url(one.figure.query, unit.code),
            "period": period_words(one.figure.query.start, one.figure.query.end) if one.fixed else "",
        }
        for one in card_queries.shown(user, unit, start, end)
    ]  # fmt: skip


def drawer_url(query: figures.Query, org: str) -> str:
    """The one address of a figure."""
    return f"{reverse('figure_drawer')}?{urlencode(_address(query, org))}"


def _address(query: figures.Query, org: str) -> dict[str, Any]:
    given: dict[str, Any] = {
        "indicator": query.indicator.code,
        "org": org,
        "from": query.start.isoformat(),
        "to": query.end.isoformat(),
    }
    given |= {name: getattr(query, name) for name in figures.NARROWS if getattr(query, name) is not None}
    if query.children:
        given["children"] = 1
    if query.as_of:
        given["as_of"] = query.as_of.isoformat()
    return given


def answer(
    query: figures.Query,
    unit: Organization,
    known: dict[str, Indicator],
    by: str,
    people: Sequence[tuple[int, str]] = (),
    *,
    years: bool = False,
) -> dict[str, Any]:
    """A figure with its sentence, the same period last year, its parts, and where its rows are. `years`: also the same period of earlier years."""
    before = _years_before(query, 1)
    split = split_of(query, by, people)
    past = [_years_before(query, n) for n in range(YEARS - 1, 1, -1)] if years else []
    asked = figures.figures([query, before, *past, *(q for _label, q in split)], known)
    figure, last, others = asked[0], asked[1], asked[2 + len(past) :]
    parts = [(label, one) for (label, _q), one in zip(split, others, strict=True) if one.facts or by == "month"]
    who, together = narrowed(query), figures.joint(query)
    return {
        "figure": figure, "of_years": of_years(figure), "last_words": of_years(last), "unit": unit, "joint": together, "last": last, "who": who, "sentence": sentence(figure, unit, who), "how": HOW[query.indicator.how],
        "period": period_words(query.start, query.end), "last_period": period_words(before.start, before.end), "by": by, "asked": _address(query, unit.code), "split": SPLITS.get(by, ""),
        "drawer": drawer_url(query, unit.code), "rows_url": f"{reverse('figure_rows')}?{drawer_url(query, unit.code).split('?')[1]}",
        "chart_kind": "columns" if by == "month" and len(parts) <= 12 else "rows", "parts": _chart(figure, parts, unit.code), "overlap": overlap(figure, parts, together),
        "inside": [{"figure": part, "url": drawer_url(part.query, unit.code)} for part in figure.parts], "years": _years([*asked[2 : 2 + len(past)], last, figure], unit.code) if years else [],
    }  # fmt: skip


def of_years(figure: figures.Figure) -> list[str]:
    """What 历年数据 has to do with a figure, in sentences."""
    said, years = [], figure.years
    if years.used:
        said.append(
            _("%(years)s年是历年数据：补录，无明细") % {"years": words.listed(str(y) for y in sorted(years.used))}
        )
    if years.split:
        told = {"years": words.listed(str(y) for y in sorted(years.whole))}
        said.append(_("%(years)s年只有全单位全年的历年数据，没有明细：不能分段、分列或汇总，这里没有数") % told)
    for year, old in sorted(years.replaced.items()):
        alone = (figure.query.start, figure.query.end) == (date(year, 1, 1), date(year, 12, 31))
        now = figure.text if alone and not any(getattr(figure.query, name) for name in figures.NARROWS) else ""
        words_of = {"year": year, "old": f"{json_number(old):,}", "now": now}
        if now:
            said.append(_("%(year)s年历年数据 %(old)s 已由明细 %(now)s 替代") % words_of)
        else:
            said.append(_("%(year)s年历年数据 %(old)s 已由明细替代") % words_of)
        if now and figure.value is not None and figure.value * 2 < old:
            said.append(_("明细比历年数据少得多，请核对那一年的明细是否录全"))
    return said


def overlap(figure: figures.Figure, parts: list[tuple[str, figures.Figure]], together: int) -> str:
    """Why the parts add to more than the whole, where they do."""
    values = [one.value for _label, one in parts if one.value is not None]
    if figure.value is None or figure.indicator.part or sum(values) <= figure.value:
        return ""
    if together and figure.indicator.how != "people":
        return _("含联办 %(joint)s 次，合计不重复") % {"joint": together}
    return _("有人或有的事不止列在一处，合计只算一个，不重复")


def _years(asked: list[figures.Figure], org: str) -> list[dict[str, Any]]:
    """Year by year, from the first that holds something; nothing to compare with in a single year."""
    told = [one for one in asked if one.facts or one.years.whole]
    if len(told) < 2:
        return []
    rows = []
    first, last = asked[-1].query.start, asked[-1].query.end
    whole = (first.month, first.day, last.month, last.day) == (1, 1, 12, 31)
    for one in asked[asked.index(told[0]) :]:
        year, narrow = one.query.end.year, any(getattr(one.query, name) for name in figures.NARROWS)
        if one.value is not None:
            label = _("%(y)s年（补录）") if one.years.used else _("%(y)s年") if whole else _("%(y)s年同期")
            rows.append({"label": label % {"y": year}, "value": one.value, "url": drawer_url(one.query, org)})
        elif year in one.years.whole and not narrow and not one.query.children:
            rows.append({"label": _("%(y)s全年（补录）") % {"y": year}, "value": one.years.whole[year], "url": ""})
    return rows


def narrowed(query: figures.Query) -> str:
    """The body, sector or person that a figure is of, in words."""
    bodies = Body.objects.in_bulk([pk for pk in (query.body, query.sector, query.members_of) if pk])
    names = [str(bodies[pk]) for pk in (query.body, query.sector) if pk in bodies]
    if query.members_of in bodies:
        names.append(members_words(str(bodies[query.members_of])))
    if query.person:
        names += Person.objects.filter(pk=query.person).values_list("name", flat=True)
    return words.listed(names)


def members_words(body: str) -> str:
    return _("%(body)s成员") % {"body": body}


def _chart(figure: figures.Figure, parts: list[tuple[str, figures.Figure]], org: str) -> list[dict[str, Any]]:
    """The parts as rows of chart.html, the greatest first where they are no months."""
    if not parts:
        return []
    rows = [{"label": label, "value": one.value, "url": drawer_url(one.query, org)} for label, one in parts]
    left = rest(figure, [one for _label, one in parts])
    return [*rows, {"label": _("没有注明的"), "value": left, "url": ""}] if left else rows


def rest(figure: figures.Figure, parts: list[figures.Figure]) -> Decimal | None:
    """What none of the parts holds (rows that name no sector or body), for what may be summed; None when nothing is left."""
    if figure.query.indicator.how not in ("count", "sum") or figure.value is None:
        return None
    left = figure.value - sum((part.value or Decimal(0) for part in parts), Decimal(0))
    return left if left > 0 else None


def sentence(figure: figures.Figure, unit: Organization, who: str) -> str:
    """A sentence to copy: who, what, from when to when, how it is counted, as of when."""
    query = figure.query
    moment = query.as_of.astimezone(clock.SHANGHAI) if query.as_of else clock.now()
    whose = _("%(unit)s及下级单位") % {"unit": unit.short_name} if query.children else unit.short_name
    said = {
        "unit": f"{whose}{who}", "period": period_words(query.start, query.end), "name": query.indicator.name, "value": figure.text,
        "measure": query.indicator.unit, "note": "；".join(str(one).rstrip("。") for one in (query.indicator.note or HOW[query.indicator.how], *(of_years(figure) if figure.years.used else ()))), "moment": f"{moment:%Y-%m-%d %H:%M}",
    }  # fmt: skip
    if figure.value is None and figure.years.split:
        return _("%(unit)s%(period)s%(name)s：只有全单位全年的历年数据，没有这一段的数（截至 %(moment)s）") % said
    if figure.value is None:
        return _("%(unit)s%(period)s%(name)s：还没有可以相除的数据（口径：%(note)s；截至 %(moment)s）") % said
    return _("%(unit)s%(period)s%(name)s %(value)s %(measure)s（口径：%(note)s；截至 %(moment)s）") % said


def period_words(start: date, end: date) -> str:
    """“2026年”, “2026年1月1日至6月30日”, “2025年12月1日至2026年2月28日”, “2026年6月30日”."""
    if start == end:
        return _day(start)
    if (start.month, start.day, end.month, end.day) == (1, 1, 12, 31) and start.year == end.year:
        return _("%(y)s年") % {"y": start.year}
    last = _("%(m)s月%(d)s日") % {"m": end.month, "d": end.day} if start.year == end.year else _day(end)
    return _("%(start)s至%(end)s") % {"start": _day(start), "end": last}


def json_number(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)


def titles_of(facts: Iterable[PostedFact]) -> dict[str, str]:
    return registry.titles({fact.record for fact in facts})


def titled(page: Any) -> Any:
    """Rows of a page with title and address."""
    titles = titles_of(page.object_list)
    for fact in page.object_list:
        fact.title, fact.url = titles.get(fact.record, fact.record), registry.url(fact.record)
    return page


def _day(day: date) -> str:
    return _("%(y)s年%(m)s月%(d)s日") % {"y": day.year, "m": day.month, "d": day.day}


def _years_before(query: figures.Query, n: int) -> figures.Query:
    """The same period n years earlier; the last day of February answers to the last one of that year."""
    start, end = (date(day.year - n, day.month, 1) for day in (query.start, query.end))
    start = start.replace(day=min(query.start.day, month_end(start).day))
    last = query.end == month_end(query.end)
    return replace(query, start=start, end=month_end(end) if last else end.replace(day=query.end.day))


def split_of(query: figures.Query, by: str, people: Sequence[tuple[int, str]] = ()) -> list[tuple[str, figures.Query]]:
    """A query by month, body, sector, party or person: (label, query). `people`: those whose figures may be seen."""
    if by == "month":
        return _months(query)
    if by == "person":
        return [(name, replace(query, person=pk)) for pk, name in people]
    if by not in SPLITS:
        return []
    bodies = Body.objects.filter(organization=query.organization)  # those given up since, too: they were there then
    if by in KINDS:
        bodies = bodies.filter(kind=KINDS[by])
    else:
        bodies = bodies.exclude(kind__in=(*KINDS.values(), BodyKind.HANDLING_UNIT))
    if by == "body":
        return [(str(one), replace(query, body=one.pk)) for one in bodies]
    if by == "sector":
        return [(str(one), replace(query, sector=one.pk)) for one in bodies]
    return [(str(one), replace(query, members_of=one.pk)) for one in bodies]


def _months(query: figures.Query) -> list[tuple[str, figures.Query]]:
    months: list[tuple[str, figures.Query]] = []
    first = query.start.replace(day=1)
    while first <= query.end and len(months) < 36:
        last = month_end(first)
        several = query.start.year != query.end.year
        label = f"{first:%Y-%m}" if several else _("%(m)s月") % {"m": first.month}
        months.append((label, replace(query, start=max(first, query.start), end=min(last, query.end))))
        first = last + timedelta(days=1)
    return months
