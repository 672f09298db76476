"""To what the public list is narrowed, and how a proposal is published."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from xieshang.base import clock
from xieshang.base.orgs.models import Organization
from xieshang.base.requests import as_number

from . import queries, terms
from .actions import publishing

HOW = (("full", _("全文：提案正文、各单位答复、回头看")), ("abstract", _("摘要：只公开下面写的这一段")))


class PublicForm(forms.Form):
    """Only what the published ones have can be chosen."""

    session = forms.ChoiceField(label=_("届次"), required=False)
    year = forms.ChoiceField(label=_("年份"), required=False)
    category = forms.ChoiceField(label=_("类别"), required=False)
    unit = forms.ChoiceField(label=_("承办单位"), required=False)
    result = forms.ChoiceField(label=_("办理类别"), required=False)

    def __init__(self, *args: Any, unit: Organization, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found, every = queries.public_choices(unit), [("", _("全部"))]
        self.of, today = unit, clock.today()
        sessions = [(one.pk, _("%(term)d 届 %(n)d 次会议") % {"term": one.term.number, "n": one.number}) for one in found["sessions"]]  # fmt: skip
        offered: dict[str, list[Any]] = {
            "session": sessions, "year": [(year, year) for year in found["years"]], "unit": [(one.pk, one.name) for one in found["units"]],
            "category": [(code, terms.title(unit, terms.CATEGORY, code, today)) for code in found["categories"]], "result": [(code, self.class_word(code)) for code in found["results"]],
        }  # fmt: skip
        for name, choices in offered.items():
            self.fields[name].choices = [*every, *choices]  # type: ignore[attr-defined]

    def class_word(self, code: str) -> Any:
        return terms.title(self.of, terms.CLASS, code, clock.today())

    def wanted(self, words: str) -> queries.Wanted:
        """What was asked for; a choice that is not offered is none."""
        self.is_valid()
        found = {name: self.cleaned_data.get(name, "") for name in self.fields}
        number = {name: as_number(found[name]) or None for name in ("session", "year", "unit")}
        return queries.Wanted(words.strip()[:60], number["session"], number["year"], found["category"], number["unit"], found["result"])  # fmt: skip


class PublishForm(forms.Form):
    """公开: as it stands, or an abstract in its place."""

    how = forms.ChoiceField(label=_("公开什么"), choices=HOW, widget=forms.RadioSelect, initial="full")
    abstract = forms.CharField(
        label=_("摘要"), required=False, max_length=publishing.MOST, widget=forms.Textarea({"rows": 6}), help_text=_("选“摘要”时要写；写明提了什么、怎样办的"),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        if typed.get("how") == "abstract" and not typed.get("abstract", "").strip():
            self.add_error("abstract", _("还没有写摘要"))
        return typed

    @property
    def shown(self) -> str:
        return self.cleaned_data["abstract"] if self.cleaned_data["how"] == "abstract" else ""
