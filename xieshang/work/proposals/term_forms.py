"""What is typed of a unit's words, parsed."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from .schemes import CLASS, GROUND, MEANINGS, SCHEMES, Word


def _since() -> forms.DateField:
    return forms.DateField(label=_("生效日期"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}))


def _citation() -> forms.CharField:
    return forms.CharField(label=_("依据（文件或会议）"), max_length=200)


class TermForm(forms.Form):
    """A word from a day on."""

    code = forms.CharField(label=_("代号"), max_length=2, help_text=_("一两个字母，印在答复的右上角，如：D"))
    title = forms.CharField(label=_("名称"), max_length=60)
    meaning = forms.ChoiceField(widget=forms.RadioSelect)
    since = _since()
    citation = _citation()

    def __init__(self, *args: Any, kind: str, word: Word | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if kind != CLASS or word:
            del self.fields["code"]
        if not MEANINGS[kind]:
            del self.fields["meaning"]
            return
        meaning: Any = self.fields["meaning"]
        meaning.choices = list(MEANINGS[kind].items())
        meaning.label = _("通常怎样处理") if kind == GROUND else _("统计时算作")
        meaning.help_text = "" if kind == GROUND else _("以前的答复不变；指标按它统计，不按字母")


class StopForm(forms.Form):
    """From which day a word is chosen no more."""

    since = _since()
    citation = _citation()

    def __init__(self, data: Any = None, *, initial: Any = None) -> None:
        super().__init__(data, initial=initial, auto_id="id_stop_%s")


class AdoptForm(forms.Form):
    """A whole set of words."""

    scheme = forms.ChoiceField(label=_("换用哪一套"))
    since = _since()
    citation = _citation()

    def __init__(self, data: Any = None, *, kind: str, initial: Any = None) -> None:
        super().__init__(data, initial=initial, auto_id=f"id_{kind}_%s")
        self.kind = kind
        scheme: Any = self.fields["scheme"]
        scheme.choices = [
            (one.key, _("%(title)s（%(source)s）") % {"title": one.title, "source": one.source})
            for one in SCHEMES
            if one.kind == kind
        ]
