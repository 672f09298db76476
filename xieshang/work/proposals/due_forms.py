"""A day of the year by which proposals of a kind are answered, as it is typed."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from . import rules

ANY = [("", _("不限"))]


class DueRuleForm(forms.Form):
    """What it holds for, the day, from when on, and what it rests on."""

    kind = forms.ChoiceField(label=_("类型"), choices=[*ANY, *rules.KINDS], required=False)
    proposer = forms.ChoiceField(label=_("提案者"), choices=[*ANY, *rules.PROPOSERS], required=False)
    category = forms.ChoiceField(label=_("类别"), required=False)
    month = forms.IntegerField(label=_("月"), min_value=1, max_value=12)
    day = forms.IntegerField(label=_("日"), min_value=1, max_value=31)
    since = forms.DateField(label=_("生效日期"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}))
    citation = forms.CharField(label=_("依据"), max_length=120, help_text=_("文件名称、文号或会议"))

    def __init__(self, *args: Any, categories: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["category"].choices = [*ANY, *categories]  # type: ignore[attr-defined]
