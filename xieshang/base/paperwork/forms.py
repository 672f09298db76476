"""代办: for whom, how he asked for it, on which day; beside the form of what is done."""

from datetime import date
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from xieshang.base.files import storage
from xieshang.base.orgs.models import Organization
from xieshang.base.people.models import Person

from .rules import HOW


class BehalfForm(forms.Form):
    """代办. Without `unit` the person is known already and not asked for."""

    person = forms.ModelChoiceField(
        label=_("代谁办"), queryset=Person.objects.none(), error_messages={"required": _("请选代谁办。")}
    )
    how = forms.ChoiceField(
        label=_("本人怎样交代的"), choices=HOW, widget=forms.RadioSelect, error_messages={"required": _("请选电话、当面或书面。")}
    )  # fmt: skip
    asked_on = forms.DateField(
        label=_("交代日期"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}), error_messages={"required": _("请填本人交代的日期。")},
    )  # fmt: skip
    scan = forms.FileField(
        label=_("手写材料"), required=False, help_text=_("有手写的，拍照或扫描附上。"), widget=forms.ClearableFileInput(attrs={"accept": "image/*,.pdf"})
    )  # fmt: skip

    def __init__(
        self, data: Any = None, files: Any = None, *, today: date, unit: Organization | None = None, person: Any = None
    ) -> None:
        super().__init__(data, files, initial={"asked_on": today, "person": person}, prefix="for")
        if unit is None:
            del self.fields["person"]
        else:
            theirs = Person.objects.filter(Q(organization=unit) | Q(memberships__organization=unit)).distinct()
            self.fields["person"].queryset = theirs.order_by("order", "id")  # type: ignore[attr-defined]

    def asking(self) -> dict[str, Any]:
        """What `actions.acting_for` is asked besides the person."""
        scan = self.cleaned_data["scan"]
        given = {name: self.cleaned_data[name] for name in ("how", "asked_on")}
        return {**given, "scan": (scan.name, scan.read(storage.MAX_BYTES + 1)) if scan else None}
