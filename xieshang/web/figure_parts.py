"""What 查数 and the drawer show of a figure: the sentence, the parts, the comparison, the titles of its rows."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xieshang.base import clock, registry, words
from xieshang.base.accounts import permissions
from xieshang.base.ledger import figures
from xieshang.base.ledger.cells import month_end
from xieshang.base.ledger.facts import Indicator
from xieshang.base.ledger.models import PostedFact
from xieshang.base.orgs.models import Body, BodyKind, Organization
from xieshang.base.people.models import Person

from . import asking, rules
from .forms import DayField

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

    indicator = forms.ChoiceField(
        label=gettext_lazy("统计项"), required=False,
        error_messages={"invalid_choice": gettext_lazy("没有这个统计项，它可能改了名或停用了；请从列表里重新选。")},
    )  # fmt: skip
    start = DayField(label=gettext_lazy("从"))
    end = DayField(label=gettext_lazy("到"))
    body = forms.ChoiceField(
        label=gettext_lazy("机构或界别"), required=False,
        error_messages={"invalid_choice": gettext_lazy("本单位没有这个机构或界别，请重新选。")},
    )  # fmt: skip
    person = forms.ChoiceField(
        label=gettext_lazy("人员"), required=False,
        error_messages={"invalid_choice": gettext_lazy("本单位没有这个人，或者您不能查他的数；请重新选。")},
    )  # fmt: skip
    by = forms.ChoiceField(
        label=gettext_lazy("分列"), required=False,
        choices=[("", gettext_lazy("不分列")), ("month", gettext_lazy("按月")), ("sector", gettext_lazy("按界别")), ("body", gettext_lazy("按机构"))],
        error_messages={"invalid_choice": gettext_lazy("只能按月、按界别或按机构分列，请重新选。")},
    )  # fmt: skip
    children = forms.BooleanField(label=gettext_lazy("汇总下级单位"), required=False)

    def __init__(
        self, data: dict[str, Any] | None, *, unit: Organization, known: dict[str, Indicator], scope: "Scope", initial: dict[str, Any]
    ) -> None:  # fmt: skip
        super().__init__(data, initial=initial)
        self.unit, self.known = unit, known
        codes = sorted(((one.code, str(one.name)) for one in known.values()), key=lambda choice: choice[1])
        self._field("indicator").choices = [("", "—"), *codes]
        self._field("body").choices = [("", gettext_lazy("全单位")), *((str(b.pk), str(b)) for b in scope.bodies)]
        self._field("person").choices = [("", gettext_lazy("所有人")), *((str(pk), name) for pk, name in scope.people)]
        self._sectors = {b.pk for b in scope.bodies if b.kind == BodyKind.SECTOR}
        if not scope.people:
            del self.fields["person"]
        if not unit.children.exists():
            del self.fields["children"]

    def _field(self, name: str) -> forms.ChoiceField:
        return self.fields[name]  # type: ignore[return-value]

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        for name in ("start", "end"):
            if given.get(name) and not rules.EARLIEST <= given[name].year <= rules.LATEST:
                self.add_error(
                    name, _("年份要在 %(a)s 到 %(b)s 之间，请改好再查。") % {"a": rules.EARLIEST, "b": rules.LATEST}
                )
        if given.get("start") and given.get("end") and given["start"] > given["end"]:
            self.add_error("end", _("止日早于起日，请改好再查。"))
        return given

    def query(self) -> figures.Query:
        given = self.cleaned_data
        body = int(given["body"]) if given["body"] else None
        narrow = {"sector": body} if body in self._sectors else {"body": body}
        person = int(given["person"]) if given.get("person") else None
        indicator = self.known[given["indicator"]]
        return figures.Query(
            indicator, self.unit.pk, given["start"], given["end"], person=person, children=bool(given.get("children")), **narrow
        )  # fmt: skip


@dataclass(frozen=True)
class Scope:
    """What a person may narrow a figure to in a unit: its bodies; and its people, or only himself where he may see no one else's year."""

    bodies: list[Body]
    people: list[tuple[int, str]]


def scope(user: Any, unit: Organization) -> Scope:
    """Two queries."""
    bodies = list(Body.objects.filter(organization=unit, ended_on=None).exclude(kind=BodyKind.HANDLING_UNIT))
    people = Person.objects.filter(pk__in=known_people(user, unit)).order_by("order", "id")
    return Scope(bodies, list(people.values_list("pk", "name")))


def known_people(user: Any, unit: Organization) -> Any:
    """Ids of the people of a unit whose figures this account may ask for."""
    if permissions.may(user, "duty.see", unit):
        mine = Q(organization=unit) | Q(seats__organization=unit) | Q(memberships__organization=unit)
        return Person.objects.filter(mine).values("pk")
    return [user.person_id] if user.person_id else []


def given_of(get: Mapping[str, Any], meant: asking.Meant | None, start: date, end: date) -> dict[str, Any] | None:
    """What the form is filled with: what stands in the address, else what was understood from the words. None: nothing was asked."""
    if not get:
        return None
    given = {name: get.get(name, "") for name in ("indicator", "body", "person", "by")}
    given["start"] = get.get("start") or get.get("from") or ""
    given["end"] = get.get("end") or get.get("to") or ""
    if get.get("children"):
        given["children"] = get["children"] not in ("0", "false")
    if meant:
        first = meant.found[0].code if meant.sure else ""
        understood = {
            "indicator": first,
            "by": meant.by,
            "start": meant.start,
            "end": meant.end,
            "body": meant.body or "",
            "person": meant.person or "",
        }
        given |= {name: value for name, value in understood.items() if not given[name]}
        given.setdefault("children", meant.children)
    given["start"], given["end"] = given["start"] or start, given["end"] or end
    return given


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
    who = narrowed(query)
    return {
        "figure": figure, "unit": unit, "joint": figures.joint(query), "last": last, "who": who, "sentence": sentence(figure, unit, who), "how": HOW[query.indicator.how],
        "period": period_words(query.start, query.end), "last_period": period_words(before.start, before.end), "by": by,
        "drawer": drawer_url(query, unit.code), "rows_url": f"{reverse('figure_rows')}?{drawer_url(query, unit.code).split('?')[1]}",
        "chart_kind": "columns" if by == "month" and len(parts) <= 12 else "rows", "parts": _chart(figure, parts, unit.code), "inside": [{"figure": part, "url": drawer_url(part.query, unit.code)} for part in figure.parts],
    }  # fmt: skip


def narrowed(query: figures.Query) -> str:
    """The body, sector or person that a figure is of, in words."""
    names = [str(one) for one in Body.objects.filter(pk__in=[pk for pk in (query.body, query.sector) if pk])]
    if query.person:
        names += Person.objects.filter(pk=query.person).values_list("name", flat=True)
    return words.listed(names)


def _chart(figure: figures.Figure, parts: list[tuple[str, figures.Figure]], org: str) -> list[dict[str, Any]]:
    """The parts as rows of chart.html, the greatest first where they are no months."""
    if not parts:
        return []
    rows = [{"label": label, "value": one.value, "url": drawer_url(one.query, org)} for label, one in parts]
    left = _rest(figure, [one for _label, one in parts])
    return [*rows, {"label": _("没有注明的"), "value": left, "url": ""}] if left else rows


def _rest(figure: figures.Figure, parts: list[figures.Figure]) -> Decimal | None:
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
        "measure": query.indicator.unit, "note": str(query.indicator.note or HOW[query.indicator.how]).rstrip("。"), "moment": f"{moment:%Y-%m-%d %H:%M}",
    }  # fmt: skip
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
            months.append(
                (
                    f"{first:%Y-%m}" if query.start.year != query.end.year else _("%(m)s月") % {"m": first.month},
                    replace(query, start=max(first, query.start), end=min(last, query.end)),
                )
            )
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
