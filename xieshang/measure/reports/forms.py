"""The form that begins a report: a template and a period."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from xieshang.base import clock
from xieshang.base.calendar.workdays import add_months
from xieshang.base.errors import Refused

from .models import TemplateVersion

PERIODS = (("half", _("上半年")), ("year", _("全年")), ("own", _("自定")))


def _day(label: Any, **more: Any) -> forms.DateField:
    return forms.DateField(
        label=label, required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **more
    )


class StartForm(forms.Form):
    """新建报告."""

    template = forms.ModelChoiceField(
        label=_("本单位的模板"),
        queryset=TemplateVersion.objects.none(),
        required=False,
        empty_label=_("不用模板，传一份文件"),
    )
    file = forms.FileField(
        label=_("原稿"), required=False, allow_empty_file=True, help_text=_("没有选模板时传：.docx，要填的数写成 x 或 ___（如“提案x件”），或写成名称（如 {{集体活动}}）"),
        widget=forms.FileInput(attrs={"accept": ".docx"}),
    )  # fmt: skip
    last_year = forms.BooleanField(
        label=_("这是去年的定稿"), required=False, help_text=_("把文中的数换成空处，年份往后推一年，别的字一概不动")
    )
    title = forms.CharField(label=_("报告名称"), max_length=120, required=False, help_text=_("不填就用文件里的标题"))
    period = forms.ChoiceField(label=_("统计期间"), choices=PERIODS, widget=forms.RadioSelect)
    start = _day(_("起"))
    end = _day(_("止"))
    as_of = _day(_("截至"), help_text=_("按那一天下班时已登记的数；不填就按现在"))

    def __init__(
        self, *args: Any, begins: date, ends: date, versions: QuerySet[TemplateVersion], **kwargs: Any
    ) -> None:
        """`begins`, `ends`: the year at hand, calendar or session; `versions`: of the templates in use, the newest."""
        super().__init__(*args, **kwargs)
        self.fields["template"].queryset = versions  # type: ignore[attr-defined]
        self.begins, self.ends = begins, ends
        self.half = add_months(begins, 6) - timedelta(days=1)
        self.fields["period"].initial = "half" if clock.today() <= add_months(begins, 8) - timedelta(days=1) else "year"
        self.fields["start"].initial, self.fields["end"].initial = begins, ends

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if given.get("period") == "half":
            given["start"], given["end"] = self.begins, self.half
        elif given.get("period") == "year":
            given["start"], given["end"] = self.begins, self.ends
        elif given.get("period") == "own":
            for name in ("start", "end"):
                if not given.get(name) and name not in self.errors:
                    self.add_error(name, _now("自定期间要写起止日期。"))
            if given.get("start") and given.get("end") and given["end"] < given["start"]:
                self.add_error("end", _now("止日不能早于起日。"))
        if not given.get("template") and not given.get("file") and "file" not in self.errors:
            self.add_error("file", _now("请选一个模板，或传一份文件。"))
        if day := given.get("as_of"):
            given["as_of"] = datetime.combine(day, time(23, 59, 59), clock.SHANGHAI)
        return given


class TemplateForm(forms.Form):
    """上传模板, or a new version of one."""

    file = forms.FileField(
        label=_("模板文件"), allow_empty_file=True, help_text=_("Word 或 WPS 存的 .docx"), widget=forms.FileInput(attrs={"accept": ".docx"})
    )  # fmt: skip
    title = forms.CharField(label=_("模板名称"), max_length=80, required=False, help_text=_("不填就用文件名"))
    note = forms.CharField(label=_("说明"), max_length=200, required=False, help_text=_("什么时候用，或这一版改了什么"))
    last_year = forms.BooleanField(
        label=_("这是去年的定稿"), required=False, help_text=_("把文中的数换成空处，年份往后推一年，别的字一概不动")
    )


class TryForm(forms.Form):
    """试填: for which days."""

    start = _day(_("起"))
    end = _day(_("止"))

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if given.get("start") and given.get("end") and given["end"] < given["start"]:
            self.add_error("end", _now("止日不能早于起日。"))
        return given


class CheckForm(forms.Form):
    """核对: the code that is printed on a report, or the report that came back."""

    code = forms.CharField(
        label=_("核对码"),
        max_length=20,
        required=False,
        help_text=_("印在报告末尾和附表上，如 7KQ2-M3XD；文件里印着的可以不写"),
    )
    file = forms.FileField(
        label=_("退回来的报告"), required=False, allow_empty_file=True, help_text=_(".docx、.doc、.wps、有文字的 .pdf、.txt；不传文件就打开这个码定稿时的数"),
        widget=forms.FileInput(attrs={"accept": ".docx,.doc,.wps,.rtf,.pdf,.txt"}),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if not given.get("code") and not given.get("file") and not self.errors:
            self.add_error("code", _now("请写核对码，或选退回来的文件。"))
        return given


class RefreshForm(forms.Form):
    """重新取数: up to which day, as known when."""

    end = _day(_("统计止"))
    as_of = _day(_("截至"), help_text=_("按那一天下班时已登记的数；不填就按现在"))

    def clean_as_of(self) -> datetime | None:
        day = self.cleaned_data["as_of"]
        return datetime.combine(day, time(23, 59, 59), clock.SHANGHAI) if day else None


def days_of(given: Mapping[str, str]) -> tuple[date, date]:
    """换统计期间: one of the offered periods (`days` = “2021-01-01/2025-12-31”), or the two days typed in. Raises Refused."""
    named = given.get("days", "").partition("/")
    first, last = (named[0], named[2]) if named[1] else (given.get("first_day", ""), given.get("last_day", ""))
    try:
        return date.fromisoformat(first), date.fromisoformat(last)
    except ValueError:
        raise Refused(
            "bad_day", why=_now("统计期间要写起止两个日期"), do=_now("请写成 2021-01-01 这样"), field="days"
        ) from None
