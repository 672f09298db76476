"""The form of 查数: what may be asked, what was understood from words, and what a person may narrow a figure to."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xieshang.base import clock
from xieshang.base.accounts import permissions
from xieshang.base.ledger import figures
from xieshang.base.ledger.facts import Indicator
from xieshang.base.orgs.models import Body, BodyKind, Organization
from xieshang.base.people.models import Person

from . import asking, rules
from . import figure_parts as parts
from .forms import DayField

MEMBERS = "m"  # before a body's id: those who belong to it


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
        choices=[("", gettext_lazy("不分列")), *parts.SPLITS.items()],
        error_messages={"invalid_choice": gettext_lazy("只能按月、机构、界别、党派或人员分列，请重新选。")},
    )  # fmt: skip
    as_of = DayField(
        label=gettext_lazy("按哪天已登记的数"), required=False, help_text=gettext_lazy("不填就是现在；填了，那天以后补登和更正的不算"),
    )  # fmt: skip
    children = forms.BooleanField(label=gettext_lazy("汇总下级单位"), required=False)

    def __init__(
        self, data: dict[str, Any] | None, *, unit: Organization, known: dict[str, Indicator], scope: "Scope", initial: dict[str, Any]
    ) -> None:  # fmt: skip
        super().__init__(data, initial=initial)
        self.unit, self.known, self.scope = unit, known, scope
        codes = sorted(
            ((one.code, str(one.name)) for one in figures.offered(known).values()), key=lambda choice: choice[1]
        )
        self._field("indicator").choices = [("", "—"), *codes]
        self._field("body").choices = [("", gettext_lazy("全单位")), *scope.choices()]
        self._field("person").choices = [("", gettext_lazy("所有人")), *((str(pk), name) for pk, name in scope.people)]
        if not scope.people:
            del self.fields["person"]
        if not scope.all_people:
            self._field("by").choices = [
                ("", gettext_lazy("不分列")),
                *((k, v) for k, v in parts.SPLITS.items() if k != "person"),
            ]
        if not unit.children.exists():
            del self.fields["children"]

    def _field(self, name: str) -> forms.ChoiceField:
        return self.fields[name]  # type: ignore[return-value]

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        for name in ("start", "end", "as_of"):
            if given.get(name) and not rules.EARLIEST <= given[name].year <= rules.LATEST:
                self.add_error(
                    name, _("年份要在 %(a)s 到 %(b)s 之间，请改好再查。") % {"a": rules.EARLIEST, "b": rules.LATEST}
                )
        if given.get("start") and given.get("end") and given["start"] > given["end"]:
            self.add_error("end", _("止日早于起日，请改好再查。"))
        return given

    def query(self) -> figures.Query:
        given = self.cleaned_data
        as_of = clock.end_of(given["as_of"]) if given.get("as_of") else None
        person = int(given["person"]) if given.get("person") else None
        indicator = self.known[given["indicator"]]
        query = figures.Query(
            indicator, self.unit.pk, given["start"], given["end"], person=person, children=bool(given.get("children")), as_of=as_of
        )  # fmt: skip
        return narrow(query, given["body"], self.scope.bodies)


@dataclass(frozen=True)
class Scope:
    """What a person may narrow a figure to in a unit: its bodies; and its people, or only himself where he may see no one else's year."""

    bodies: list[Body]
    people: list[tuple[int, str]]
    all_people: bool = False

    def choices(self) -> list[tuple[Any, Any]]:
        """What a figure may be narrowed to: what a body organised, a sector, those who belong to a party or a body."""
        organising = [b for b in self.bodies if b.kind not in (BodyKind.SECTOR, BodyKind.PARTY)]
        sectors = [b for b in self.bodies if b.kind == BodyKind.SECTOR]
        parties = [b for b in self.bodies if b.kind == BodyKind.PARTY]
        groups = [
            (_("机构组织的"), [(str(b.pk), str(b)) for b in organising]),
            (_("界别"), [(str(b.pk), str(b)) for b in sectors]),
            (_("党派团体的成员"), [(f"{MEMBERS}{b.pk}", str(b)) for b in parties]),
            (_("机构的成员"), [(f"{MEMBERS}{b.pk}", parts.members_words(str(b))) for b in organising]),
        ]
        return [(title, choices) for title, choices in groups if choices]

    def chosen(self, meant: asking.Meant) -> str:
        """The choice for the body that was named."""
        kind = next((b.kind for b in self.bodies if b.pk == meant.body), "")
        members = kind == BodyKind.PARTY or (meant.members and kind != BodyKind.SECTOR)
        return f"{MEMBERS if members else ''}{meant.body or ''}"


def scope(user: Any, unit: Organization) -> Scope:
    """Two queries."""
    bodies = list(Body.objects.filter(organization=unit, ended_on=None).exclude(kind=BodyKind.HANDLING_UNIT))
    people = Person.objects.filter(pk__in=known_people(user, unit)).order_by("order", "id")
    return Scope(bodies, list(people.values_list("pk", "name")), permissions.may(user, "duty.see", unit))


def known_people(user: Any, unit: Organization) -> Any:
    """Ids of the people of a unit whose figures this account may ask for."""
    if permissions.may(user, "duty.see", unit):
        return people_of(unit)
    return [user.person_id] if user.person_id else []


def people_of(unit: Organization) -> Any:
    """Ids of the people of a unit: its own, its members, those of its bodies."""
    mine = Q(organization=unit) | Q(seats__organization=unit) | Q(memberships__organization=unit)
    return Person.objects.filter(mine).values("pk")


def narrow(query: figures.Query, chosen: str, bodies: Iterable[Body]) -> figures.Query:
    """The query narrowed by a choice of the form: what a body organised, a sector, or those who belong to a body."""
    if not chosen:
        return query
    body = int(chosen.removeprefix(MEMBERS))
    if chosen.startswith(MEMBERS):
        return replace(query, members_of=body)
    if any(one.pk == body and one.kind == BodyKind.SECTOR for one in bodies):
        return replace(query, sector=body)
    return replace(query, body=body)


def given_of(
    get: Mapping[str, Any], meant: asking.Meant | None, scope: Scope, start: date, end: date
) -> dict[str, Any] | None:
    """What the form is filled with: what stands in the address, else what was understood from the words. None: nothing was asked."""
    if not get:
        return None
    given = {name: get.get(name, "") for name in ("indicator", "body", "person", "by", "as_of")}
    given["body"] = (
        given["body"] or get.get("sector") or (f"{MEMBERS}{get['members_of']}" if get.get("members_of") else "")
    )
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
            "body": scope.chosen(meant),
            "person": meant.person or "",
        }
        given |= {name: value for name, value in understood.items() if not given[name]}
        given.setdefault("children", meant.children)
    given["start"], given["end"] = given["start"] or start, given["end"] or end
    return given
