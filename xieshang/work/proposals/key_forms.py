"""Forms of key proposals."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from xieshang.base.orgs.models import Organization

from . import queries, rules
from .models import Proposal

DAY = {"type": "date"}
ROWS = 4


class KeyListForm(forms.Form):
    """重点名单: the meeting, its day, and what is put to it."""

    title = forms.CharField(label=_("会议"), max_length=80, help_text=_("如：第二十次主席会议"))
    on = forms.DateField(label=_("会议日期"), widget=forms.DateInput(format="%Y-%m-%d", attrs=DAY))
    proposals: Any = forms.ModelMultipleChoiceField(
        label=_("提案"), queryset=Proposal.objects.none(), widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, unit: Organization, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen: Any = self.fields["proposals"]
        chosen.queryset = queries.could_be_key(unit)
        chosen.label_from_instance = lambda one: (
            f"{one.name} {one.title}" + (_("（推荐 %(n)s 次）") % {"n": one.named} if one.named else "")
        )


class SupervisionForm(forms.Form):
    """登记督办."""

    kind = forms.ChoiceField(label=_("种类"), choices=rules.SUPERVISIONS)
    on = forms.DateField(label=_("日期"), widget=forms.DateInput(format="%Y-%m-%d", attrs=DAY))
    place = forms.CharField(label=_("地点"), max_length=80, required=False)
    who = forms.CharField(label=_("参加人、承诺单位或批示领导"), max_length=200, required=False)
    words = forms.CharField(label=_("内容"), max_length=1000, widget=forms.Textarea({"rows": 4}))
    due_on = forms.DateField(
        label=_("承诺完成的日期"), required=False, widget=forms.DateInput(format="%Y-%m-%d", attrs=DAY)
    )
    papers = forms.FileField(label=_("方案、照片或报告"), required=False)
