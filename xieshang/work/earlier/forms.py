"""The form of one yearly figure."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from xieshang.base.ledger import figures
from xieshang.base.ledger.facts import Indicator

from .actions import Given


class YearForm(forms.Form):
    """年度 × 统计项 × 数, with its source. What may be written is said by the action."""

    late = False  # the year is locked: a reason, and the head of the office
    year = forms.IntegerField(label=_("年度"), min_value=1, max_value=9999)
    indicator = forms.ChoiceField(
        label=_("统计项"), error_messages={"invalid_choice": _("没有这个统计项，请从列表里重新选。")}
    )
    value = forms.DecimalField(label=_("全年的数"), max_digits=14, decimal_places=2)
    source = forms.CharField(label=_("出处"), max_length=200, help_text=_("哪份文件里的数，例如《2023年工作总结》"))
    file = forms.FileField(label=_("出处的文件"), required=False, help_text=_("有电子版的，附上一份"))
    reason = forms.CharField(
        label=_("理由"), required=False, max_length=200, help_text=_("更正时写；那一年已经锁定的，登记时也写")
    )

    def __init__(self, data: Any = None, files: Any = None, *, known: dict[str, Indicator], **more: Any) -> None:
        super().__init__(data, files, **more)
        choices = sorted(
            ((one.code, f"{one.name}（{one.unit}）") for one in figures.offered(known).values()),
            key=lambda pair: pair[1],
        )
        self.fields["indicator"].choices = [("", "—"), *choices]  # type: ignore[attr-defined]

    @property
    def given(self) -> Given:
        said = self.cleaned_data
        return Given(said["year"], said["indicator"], said["value"], said["source"])

    @property
    def sent(self) -> list[tuple[str, bytes]]:
        file = self.cleaned_data.get("file")
        if file is None:
            return []
        file.seek(0)
        return [(file.name, file.read())]
