"""What 查数 and the drawer show of a figure: the sentence, the parts, the comparison, the titles of its rows."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xieshang.base import clock, registry
from xieshang.base.ledger import figures
from xieshang.base.ledger.cells import month_end
from xieshang.base.ledger.facts import Indicator
from xieshang.base.ledger.models import PostedFact
from xieshang.base.orgs.models import Body, BodyKind, Organization

from .searching import matches

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


class AskForm(forms.Form):
    """What is asked of 查数."""

    indicator = forms.ChoiceField(label=gettext_lazy("统计项"), required=False)
    start = forms.DateField(label=gettext_lazy("从"), widget=forms.DateInput(attrs={"type": "date"}))
    end = forms.DateField(label=gettext_lazy("到"), widget=forms.DateInput(attrs={"type": "date"}))
    body = forms.ChoiceField(label=gettext_lazy("机构或界别"), required=False)
    by = forms.ChoiceField(
        label=gettext_lazy("分列"), required=False,
        choices=[("", gettext_lazy("不分列")), ("month", gettext_lazy("按月")), ("sector", gettext_lazy("按界别")), ("body", gettext_lazy("按机构"))],
    )  # fmt: skip
    children = forms.BooleanField(label=gettext_lazy("汇总下级单位"), required=False)

    def __init__(self, data: Any, *, unit: Organization, known: dict[str, Indicator], start: date, end: date) -> None:
        if data is not None:
            data = data.copy()
            data.setdefault("start", data.get("from") or start.isoformat())
            data.setdefault("end", data.get("to") or end.isoformat())
        super().__init__(data, initial={"start": start, "end": end})
        self.unit, self.known = unit, known
        self._field("indicator").choices = [
            ("", "—"),
            *sorted(((one.code, str(one.name)) for one in known.values()), key=lambda c: c[1]),
        ]
        bodies = Body.objects.filter(organization=unit, ended_on=None).exclude(kind=BodyKind.HANDLING_UNIT)
        self._field("body").choices = [("", gettext_lazy("全单位")), *((str(b.pk), str(b)) for b in bodies)]
        self._sectors = {b.pk for b in bodies if b.kind == BodyKind.SECTOR}

    def _field(self, name: str) -> forms.ChoiceField:
        return self.fields[name]  # type: ignore[return-value]

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        if given.get("start") and given.get("end") and given["start"] > given["end"]:
            self.add_error("end", _("止日早于起日，请改好再查"))
        return given

    def query(self) -> figures.Query:
        given = self.cleaned_data
        body = int(given["body"]) if given["body"] else None
        narrow = {"sector": body} if body in self._sectors else {"body": body}
        return figures.Query(
            self.known[given["indicator"]],
            self.unit.pk,
            given["start"],
            given["end"],
            children=given["children"],
            **narrow,
        )


def by_words(known: dict[str, Indicator], words: str) -> list[Indicator]:
    """Indicators that the words may mean, the longest match first."""
    found = [one for one in known.values() if matches(one, words)]
    return sorted(found, key=lambda one: -max(len(w) for w in (str(one.name), *one.words) if w in words or words in w))


def shelf(unit: Organization, known: dict[str, Indicator], start: date, end: date) -> list[dict[str, Any]]:
    """The common figures at a glance."""
    asked = figures.figures([figures.Query(known[code], unit.pk, start, end) for code in SHELF if code in known], known)
    return [{"figure": one, "url": drawer_url(one.query, unit.code)} for one in asked]


def drawer_url(query: figures.Query, org: str) -> str:
    """The one address of a figure."""
    given = {"indicator": query.indicator.code, "org": org, "from": query.start, "to": query.end}
    given |= {name: getattr(query, name) for name in ("body", "sector", "person") if getattr(query, name) is not None}
    if query.children:
        given["children"] = 1
    if query.as_of:
        given["as_of"] = query.as_of.isoformat()
    return f"{reverse('figure_drawer')}?{urlencode(given)}"


def answer(query: figures.Query, known: dict[str, Indicator], by: str) -> dict[str, Any]:
    """A figure with its sentence, the same period last year, its parts, and where its rows are."""
    unit = Organization.objects.get(pk=query.organization)
    before = replace(query, start=_year_before(query.start), end=_year_before(query.end))
    split = _split(query, by)
    asked = figures.figures([query, before, *(q for _label, q in split)], known)
    figure, last, rest = asked[0], asked[1], asked[2:]
    parts = [(label, one) for (label, _q), one in zip(split, rest, strict=True) if one.facts or by == "month"]
    return {
        "figure": figure, "unit": unit, "last": last, "sentence": sentence(figure, unit), "how": HOW[query.indicator.how],
        "drawer": drawer_url(query, unit.code), "rows_url": f"{reverse('figure_rows')}?{drawer_url(query, unit.code).split('?')[1]}",
        "parts": [{"label": label, "figure": one, "url": drawer_url(one.query, unit.code)} for label, one in parts],
        "rest": _rest(figure, [one for _label, one in parts]) if split else None,
        "inside": [{"figure": part, "url": drawer_url(part.query, unit.code)} for part in figure.parts],
    }  # fmt: skip


def _rest(figure: figures.Figure, parts: list[figures.Figure]) -> str:
    """What none of the parts holds (rows that name no sector or body), for what may be summed; empty when nothing is left."""
    if figure.query.indicator.how not in ("count", "sum") or figure.value is None:
        return ""
    left = figure.value - sum((part.value or Decimal(0) for part in parts), Decimal(0))
    return figures.Figure(figure.query, left, 0).text if left else ""


def sentence(figure: figures.Figure, unit: Organization) -> str:
    """A sentence to copy: what, from when to when, how it is counted, as of when."""
    query = figure.query
    moment = query.as_of or clock.now()
    return _("%(unit)s %(start)s至%(end)s%(name)s %(value)s %(measure)s（口径：%(note)s；截至 %(moment)s）") % {
        "unit": unit.short_name, "start": _day(query.start), "end": _day(query.end), "name": query.indicator.name, "value": figure.text,
        "measure": query.indicator.unit, "note": query.indicator.note or HOW[query.indicator.how], "moment": f"{moment:%Y-%m-%d %H:%M}",
    }  # fmt: skip


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


def _year_before(day: date) -> date:
    return day.replace(year=day.year - 1, day=min(day.day, 28) if day.month == 2 else day.day)


def _split(query: figures.Query, by: str) -> list[tuple[str, figures.Query]]:
    if by == "month":
        months: list[tuple[str, figures.Query]] = []
        first = query.start.replace(day=1)
        while first <= query.end and len(months) < 36:
            last = month_end(first)
            months.append((f"{first:%Y-%m}", replace(query, start=max(first, query.start), end=min(last, query.end))))
            first = last + timedelta(days=1)
        return months
    if by in ("sector", "body"):
        bodies = Body.objects.filter(organization=query.organization, ended_on=None)
        bodies = (
            bodies.filter(kind=BodyKind.SECTOR)
            if by == "sector"
            else bodies.exclude(kind__in=(BodyKind.SECTOR, BodyKind.HANDLING_UNIT))
        )
        return [
            (str(body), replace(query, sector=body.pk) if by == "sector" else replace(query, body=body.pk))
            for body in bodies
        ]
    return []
