"""The forms of the follow-up part, and of giving up a thing of a stock."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from xieshang.base.accounts.models import User
from xieshang.base.errors import Refused
from xieshang.base.orgs.models import Organization

from .. import queries
from ..actions import About
from ..models import Entry
from ..rules import COURSES

AFTER = {"open": ("open", "solved", "hard"), "solved": ("solved", "open"), "hard": ("hard", "solved", "open")}


def _day(label: Any, **more: Any) -> forms.DateField:
    return forms.DateField(
        label=label, required=False, widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}), **more
    )


class AboutForm(forms.Form):
    """Who sees to it, and until when: asked with a new entry."""

    owner = forms.CharField(label=_("责任单位或责任人"), required=False, max_length=60)
    due = _day(_("办理期限"), help_text=_("过了期限还没有解决的，进经办人的待办"))
    keeper = forms.ModelChoiceField(
        User.objects.none(), label=_("经办人"), required=False, empty_label=_("不指定，大家都看得到"),
        error_messages={"invalid_choice": _("请从列出的人里选一位经办人")},
    )  # fmt: skip

    def __init__(self, *args: Any, unit: Organization, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["keeper"].queryset = queries.keepers(unit)  # type: ignore[attr-defined]
        self.use_required_attribute = False

    def about(self) -> About:
        given = self.cleaned_data
        return About(given["owner"], given["keeper"], given["due"], given.get("answer"), whole=True)


class FollowForm(AboutForm):
    """How it stands with an entry now."""

    late = False  # its day lies in a locked period: the head of the office may consent
    course = forms.ChoiceField(label=_("办理情况"), widget=forms.RadioSelect)
    settled_on = _day(_("解决日期"), help_text=_("已解决的才填，按这一天计数"))
    answer = forms.CharField(
        label=_("办理和反馈"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 4})
    )
    reason = forms.CharField(
        label=_("理由"), required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("暂难解决、重新办理，或补到已锁定的时期，要写一句"),
    )  # fmt: skip
    field_order = ("course", "settled_on", "owner", "keeper", "due", "answer", "reason")

    def __init__(self, typed: Any, *, entry: Entry, today: date) -> None:
        start = {name: getattr(entry, name) for name in ("course", "owner", "keeper", "due", "answer")}
        super().__init__(typed, unit=entry.organization, initial={**start, "settled_on": entry.settled_on or today})
        self.fields["course"].choices = [(code, COURSES[code]) for code in AFTER[entry.course]]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("course") == "solved" and not given.get("settled_on") and "settled_on" not in self.errors:
            self.add_error("settled_on", _("请填写是哪一天解决的"))
        return given


class GiveUpForm(forms.Form):
    """The day on which a thing of a stock ceased to be."""

    on = forms.DateField(label=_("撤销日期"))

    def day(self) -> date:
        """The day that was typed. Raises Refused."""
        if not self.is_valid():
            raise Refused("no_day", why=gettext("还没有写撤销日期"), do=gettext("请写成 2026-03-05 这样"), field="on")
        found: date = self.cleaned_data["on"]
        return found
