"""The filters of the list of activities; they stand in the address: from, to, state, kind, role, body, q."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from xieshang.base.orgs.models import Organization

from . import queries, rules

STATES = (("", rules.STATES[rules.HELD]), *list(rules.STATES.items())[1:], (queries.ANY, _("全部，不含作废")))
ROLES = (("", _("全部")), *rules.ROLES, ("joint", _("联办")))


class FilterForm(forms.Form):
    """What the list is narrowed to. What cannot be read falls back to the whole, and its field says so."""

    def __init__(self, data: Any, *, unit: Organization, start: date, end: date) -> None:
        given = data.copy()
        given.setdefault("from", start.isoformat())
        given.setdefault("to", end.isoformat())
        super().__init__(given)
        self.default = (start, end)
        self.fields["state"] = _choice(_("状态"), STATES)
        self.fields["from"] = _day(_("从"))
        self.fields["to"] = _day(_("到"))
        self.fields["kind"] = _choice(_("种类"), [("", _("全部种类")), *rules.KINDS])
        self.fields["role"] = _choice(_("参与方式"), ROLES)
        self.fields["body"] = forms.ModelChoiceField(
            label=_("机构"), required=False, queryset=queries.organizers(unit), empty_label=_("全部机构")
        )

    def narrowed(self) -> queries.Narrowed:
        """What `queries.listed` is asked."""
        self.is_valid()
        found, (start, end) = self.cleaned_data, self.default
        body = found.get("body")
        return queries.Narrowed(
            found.get("from") or start, found.get("to") or end, kind=found.get("kind", ""), body=body.pk if body else None,
            words=self.data.get("q", "").strip()[:60], state=found.get("state", ""), role=found.get("role", ""),
        )  # fmt: skip

    @property
    def narrows(self) -> bool:
        return any(self.data.get(name) for name in ("state", "kind", "role", "body", "q")) or any(
            self.data.get(name) != day.isoformat() for name, day in zip(("from", "to"), self.default, strict=True)
        )


def _choice(label: Any, choices: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, required=False, choices=choices)


def _day(label: Any) -> forms.DateField:
    return forms.DateField(
        label=label, required=False, widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )
