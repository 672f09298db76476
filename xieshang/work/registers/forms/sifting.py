"""The filter of a register's entries."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..fields import DIMENSIONS
from ..models import Register
from ..queries import Sift
from ..rules import COURSES

DATE = {"type": "date"}


class SiftForm(forms.Form):
    """What narrows the entries of a register; it stands in the address. A wrong value narrows nothing."""

    start = forms.DateField(
        label=gettext_lazy("从"), required=False, widget=forms.DateInput(format="%Y-%m-%d", attrs=DATE)
    )
    end = forms.DateField(
        label=gettext_lazy("到"), required=False, widget=forms.DateInput(format="%Y-%m-%d", attrs=DATE)
    )

    def __init__(self, typed: Any, *, register: Register, start: date, end: date) -> None:
        super().__init__(
            {
                **{key: typed.get(key) for key in typed},
                "start": typed.get("start") or start,
                "end": typed.get("end") or end,
            }
        )
        self.between = (start, end)
        for one in register.fields:
            if one.role in DIMENSIONS and one.type == "choice":
                self.fields[one.role] = forms.ChoiceField(
                    label=one.title, required=False, choices=[("", _("全部")), *one.options]
                )

        if register.follow:
            choices = [("", _("全部")), ("overdue", _("已逾期")), *COURSES.items()]
            self.fields["course"] = forms.ChoiceField(label=_("办理情况"), required=False, choices=choices)

    def sift(self) -> Sift:
        self.is_valid()
        given = self.cleaned_data
        start, end = given.get("start") or self.between[0], given.get("end") or self.between[1]
        narrow: dict[str, Any] = {dimension: given.get(dimension) or "" for dimension in DIMENSIONS}
        person = str(self.data.get("person") or "")
        return Sift(
            min(start, end), max(start, end), words=str(self.data.get("q") or "").strip(), void=self.data.get("void") == "1",
            course=given.get("course") or "",
            person=int(person) if person.isdigit() and len(person) < 19 else None, **narrow,
        )  # fmt: skip

    @property
    def narrows(self) -> bool:
        return any(self.data.get(key) for key in ("q", "person", "course", *DIMENSIONS))
