"""What is typed about a clue: by who hands it in, and by the clerk who deals with it."""

import random
from typing import Any

from django import forms
from django.core import signing
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from xieshang.base import clock
from xieshang.base.orgs.models import Body, Organization

from . import clue_rules, terms
from .forms import units
from .models import Clue

SALT, HOUR = "xieshang.clues.sum", 3600


def categories(unit: Organization) -> list[tuple[str, Any]]:
    """Those that may be chosen today."""
    return [("", _("请选择")), *terms.choices(terms.categories(unit, clock.today()))]


class ClueForm(forms.ModelForm):
    """提供线索. The lengths and what must be there are rules of the action."""

    class Meta:
        model = Clue
        fields = ("title", "text", "category", "name", "contact")
        widgets = {"text": forms.Textarea({"rows": 10}), "contact": forms.TextInput({"autocomplete": "tel"})}
        help_texts = {
            "title": _("一句话说清是什么事，如“关于增设老年食堂的建议”"),
            "name": _("请写真实姓名"),
            "contact": _("手机号或电话，只给提案委员会办公室联系您用，别人看不到"),
        }

    read = forms.BooleanField(
        label=_("我看过上面的说明：不涉及个人私事、诉讼仲裁、举报、信访投诉和国家秘密"),
        error_messages={"required": _("请先看说明，再勾选")},
    )

    category = forms.ChoiceField(label=_("类别"), required=False)

    def __init__(self, *args: Any, unit: Organization, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        contact: Any = self.fields["contact"]
        contact.required = True
        category: Any = self.fields["category"]
        category.choices = categories(unit)


class OpenClueForm(ClueForm):
    """From outside: a plain sum that a person does in his head, and a field that nobody sees and only programs fill in."""

    website = forms.CharField(label=_("请不要填这一栏"), required=False, max_length=80)
    asked = forms.CharField(widget=forms.HiddenInput)
    answer = forms.IntegerField(error_messages={"required": _("请填得数"), "invalid": _("请填数字")})

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.question = _question(self.data.get("asked", "")) or [random.randrange(2, 10), random.randrange(2, 10)]  # nosec
        self.initial["asked"] = signing.dumps(self.question, salt=SALT)
        one, other = self.question
        self.fields["answer"].label = gettext("%(one)s 加 %(other)s 等于几") % {"one": one, "other": other}

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or {}
        if found.get("website"):
            self.add_error("website", _("这一栏请留空"))
        if _question(found.get("asked", "")) is None:
            typed: Any = self.data
            self.data = typed.copy()
            self.data["asked"] = self.initial["asked"]  # type: ignore[index]
            self.add_error("answer", _("这一页开得太久了，请再答一次"))
        elif found.get("answer") is not None and found["answer"] != sum(self.question):
            self.add_error("answer", _("得数不对，请再算一次"))
        return found


def _question(asked: str) -> list[int] | None:
    """The two numbers that were asked for, as signed by us within the hour."""
    try:
        found: list[int] = signing.loads(asked, salt=SALT, max_age=HOUR)
    except signing.BadSignature:
        return None
    return found


class EnlistForm(forms.Form):
    """列入参考目录."""

    category = forms.ChoiceField(label=_("类别"), choices=[])
    units = forms.ModelMultipleChoiceField(
        label=_("建议承办单位"), queryset=Body.objects.none(), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, unit: Organization, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen: Any = self.fields["units"]
        chosen.queryset = units(unit)
        category: Any = self.fields["category"]
        category.choices = categories(unit)


class ClueFilter(forms.Form):
    """The filters of the office's list."""

    state = forms.ChoiceField(
        label=_("状态"), choices=[("", _("全部")), *clue_rules.CLUE_STATES.items()], required=False
    )
    source = forms.ChoiceField(label=_("来源"), choices=[("", _("全部")), *clue_rules.SOURCES], required=False)
