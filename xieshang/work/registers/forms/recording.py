"""The form of one entry, built from a register's fields."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xieshang.base.drafts.models import Draft
from xieshang.base.orgs.models import Organization
from xieshang.base.people import queries as people
from xieshang.base.people.models import Person
from xieshang.base.words import sentences

from ..fields import Checked, Field, Known, check

CHIPS = 7  # a choice of at most so many options shows them all


def widget(one: Field, known: Known) -> forms.Widget:
    """What a field is typed into. What is private is kept out of drafts, and out of what the browser remembers."""
    hidden = {"data-no-draft": "", "autocomplete": "off"} if one.private else {}
    if one.type == "date":
        return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    if one.type == "long_text":
        return forms.Textarea(attrs={"rows": 4, **hidden})
    if one.counted:
        return forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
    if one.type == "choice":
        short = len(one.options) <= CHIPS
        return (
            forms.RadioSelect(choices=one.options) if short else forms.Select(choices=[("", _("请选择")), *one.options])
        )
    if one.type == "person":
        return forms.Select(choices=[("", _("请选择")), *known.people.items()])
    if one.type == "body":
        return forms.Select(choices=[("", _("不填")), *known.bodies.items()])
    return forms.TextInput(attrs={"autocomplete": "off", **hidden})


class EntryForm(forms.Form):
    """One entry. `fields.check` is the only judge; the form shows what it says beside each field."""

    late = False  # the day lies in a locked period: a reason, and the head of the office
    reason = forms.CharField(
        label=gettext_lazy("更正理由"), required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(
        self,
        typed: Any = None,
        *,
        asked: Iterable[Field],
        known: Known,
        start: Mapping[str, Any] | None = None,
        files: int = 0,
        again: bool = False,
        secrets: Mapping[str, str] | None = None,
    ) -> None:
        """`again`: a correction, which wants a reason. `secrets`: what stands in private fields already; it is kept where nothing is typed."""
        super().__init__(typed, initial=dict(start or {}))
        self.asked, self.known, self.files_there, self.secrets = tuple(asked), known, files, dict(secrets or {})
        self.checked = Checked()
        reason = self.fields.pop("reason")
        for one in self.asked:
            if one.type not in ("file", "people"):
                help_text = one.help or (
                    _("单位：%(unit)s") % {"unit": one.measure} if one.counted and one.measure != one.help else ""
                )
                if one.private:
                    kept = _("已填，不改就空着") if self.secrets.get(one.key) else ""
                    help_text = sentences(one.help, kept, _("不外露：加密保存，默认遮住，不导出"))
                made = forms.Field(label=one.title, required=False, widget=widget(one, known), help_text=help_text)
                self.fields[one.key] = made
        reason.required = again
        self.fields["reason"] = reason
        for one in self.asked:
            if one.key in self.fields and (one.required or one.role in ("on", "title")):
                self.fields[one.key].required = True
        self.use_required_attribute = False

    def values(self) -> dict[str, Any]:
        """What was typed, field key → value."""
        return {
            one.key: self.picked(one.key)
            if one.type == "people"
            else self.data.get(one.key) or self.secrets.get(one.key, "")
            for one in self.asked
            if one.type != "file"
        }

    def others(self) -> dict[str, Any]:
        """What was typed but for the day and the title."""
        own = {one.key for one in self.asked if one.role in ("on", "title")}
        return {key: value for key, value in self.values().items() if key not in own}

    def picked(self, key: str) -> list[Any]:
        """Ids of the people ticked in a field."""
        return list(self.data.getlist(key) if self.is_bound else self.initial.get(key, []))  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        self.checked = check(self.asked, self.values(), self.known, files=self.files_there)
        for key, sentence in self.checked.problems.items():
            if key not in self.errors:
                self.add_error(key if key in self.fields else None, sentence)
        return super().clean() or {}

    def refuse(self, field: str, sentence: str) -> None:
        """A refusal of the action, beside its field where it has one."""
        day = next(one.key for one in self.asked if one.role == "on")
        name = {"date": day, "on": day}.get(field, field)
        self.add_error(name if name in self.fields else None, sentence)


def draft_start(asked: Iterable[Field], draft: Draft) -> dict[str, Any]:
    """What was typed, as a form starts from it."""
    start: dict[str, Any] = {name: typed[0] for name, typed in draft.values.items() if typed}
    return {**start, **{one.key: draft.values.get(one.key, []) for one in asked if one.type == "people"}}


@dataclass(frozen=True)
class Picker:
    """The person picker of one field."""

    field: Field
    groups: list[dict[str, Any]]


def pickers(form: EntryForm, unit: Organization, on: date) -> dict[str, Picker]:
    """A picker for each field of several people. Three queries where there is one."""
    asked = [one for one in form.asked if one.type == "people"]
    if not asked:
        return {}
    groups = people.groups(unit, on)
    seated = {person.pk for _body, listed in groups for person in listed}
    loose = [Person(pk=pk, name=name) for pk, name in form.known.people.items() if pk not in seated]
    return {one.key: Picker(one, _groups(groups, loose, {str(pk) for pk in form.picked(one.key)})) for one in asked}


def _groups(groups: Iterable[tuple[Any, list[Person]]], loose: list[Person], picked: set[str]) -> list[dict[str, Any]]:
    made = [_group(body.pk, body.name, listed, picked) for body, listed in groups]
    return [*made, _group(0, _("其他人员"), loose, picked)] if loose else made


def _group(pk: int, name: str, listed: Iterable[Person], picked: set[str]) -> dict[str, Any]:
    people_ = [{"id": person.pk, "name": person.name, "checked": str(person.pk) in picked} for person in listed]
    return {"id": pk, "name": name, "open": any(person["checked"] for person in people_), "people": people_}
