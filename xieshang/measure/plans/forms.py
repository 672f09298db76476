"""What a person types about plans and targets, parsed and nothing more."""

import re
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from xieshang.base.ledger.facts import Indicator
from xieshang.base.orgs.models import Body
from xieshang.base.orgs.queries import bodies
from xieshang.documents.reading import accepted

from . import carrying, pace, queries, reading, rules
from .measuring import LATE, Measured
from .models import Plan, Target

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def _words(choices: tuple[tuple[str, Any], ...], none: Any) -> list[tuple[str, Any]]:
    return [("", none), *choices]


class ImportForm(forms.Form):
    """A file, or pasted words."""

    file = forms.FileField(
        label=_("选择文件"), required=False,
        help_text=_("可以读 Word、WPS、有文字的 PDF、Excel 表格和文本（.docx、.doc、.wps、.rtf、.pdf、.xlsx、.xls、.et、.txt、.md），20 MB 以内"),
    )  # fmt: skip
    pasted = forms.CharField(
        label=_("或者粘贴正文或表格"), required=False, max_length=400_000, widget=forms.Textarea(attrs={"rows": 8})
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["file"].widget.attrs["accept"] = accepted()

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if not given.get("file") and not str(given.get("pasted") or "").strip() and not self.errors:
            self.add_error("file", _("还没有选择文件，也没有粘贴正文。请任选一样"))
        return given


class OpenForm(forms.Form):
    """Which document becomes a plan of which year, and where it comes from."""

    document = forms.TypedChoiceField(label=_("导入哪一份"), coerce=int, widget=forms.RadioSelect)
    year = forms.IntegerField(label=_("年度"), min_value=1990, max_value=2100)
    source = forms.ChoiceField(label=_("来源"), choices=rules.SOURCES, initial="own")
    starts_on = forms.DateField(label=_("起"), required=False, widget=DAY, help_text=_("不填就是 1 月 1 日"))
    ends_on = forms.DateField(
        label=_("止"), required=False, widget=DAY, help_text=_("不填就是 12 月 31 日，五年规划是第五年的 12 月 31 日")
    )
    revise = forms.BooleanField(label=_("这是修订稿：与已有的同名计划逐项配对，负责人和统计项保留"), required=False)

    def __init__(self, *args: Any, documents: list[Any], **more: Any) -> None:
        super().__init__(*args, **more)
        field = self.fields["document"]
        assert isinstance(field, forms.TypedChoiceField)
        field.choices = [(one.number, one.title) for one in documents]


class PlanForm(forms.ModelForm):
    """标题、来源、起止日."""

    class Meta:
        model = Plan
        fields = ("title", "source", "starts_on", "ends_on", "body", "single")
        widgets = {"starts_on": DAY, "ends_on": DAY}

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        field = self.fields["body"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset, field.empty_label = bodies(self.instance.organization), _("整个单位")
        field.label = _("只计一个机构的")


class StatusForm(forms.Form):
    """审定、印发、调整: what the plan rests on now."""

    status = forms.ChoiceField(label=_("文稿状态"), widget=forms.RadioSelect)
    meeting = forms.CharField(
        label=_("会议"), required=False, max_length=100, help_text=_("如：第十一届主席会议第三十次会议")
    )
    number = forms.CharField(label=_("文号"), required=False, max_length=60, help_text=_("如：云协发〔2026〕3号"))
    on = forms.DateField(label=_("审定、印发日期"), widget=DAY)

    def __init__(self, plan: Plan, *args: Any, **more: Any) -> None:
        after = rules.STATUS_AFTER[plan.status]
        begin = {
            "status": plan.status if plan.status in after else after[-1], "meeting": plan.meeting,
            "number": plan.number or reading.number(plan.text), "on": plan.status_on,
        }  # fmt: skip
        super().__init__(*args, **{"initial": begin, **more})
        field = self.fields["status"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(code, word) for code, word in rules.STATUSES if code in after]


class TargetForm(forms.Form):
    """A target's goal, what counts it and who owns it."""

    kind = forms.ChoiceField(label=_("任务类别"), choices=rules.KINDS)
    op = forms.ChoiceField(label=_("要求"), choices=rules.OPS, required=False)
    value = forms.DecimalField(label=_("目标值"), required=False, max_digits=14, decimal_places=2)
    max = forms.DecimalField(label=_("最大值"), required=False, max_digits=14, decimal_places=2)
    unit = forms.CharField(label=_("量词"), required=False, max_length=12)
    period = forms.ChoiceField(label=_("周期"), choices=_words(rules.PERIODS, _("全期算总数")), required=False)
    per = forms.ChoiceField(label=_("按什么平均"), choices=_words(rules.PERS, _("不平均")), required=False)
    indicator = forms.ChoiceField(label=_("统计项"), required=False)
    deadline = forms.DateField(label=_("完成时限"), required=False, widget=DAY)
    months = forms.CharField(
        label=_("排定月份"), required=False, max_length=40, widget=forms.TextInput(attrs={"placeholder": _("如 5、10")})
    )
    starts_on = forms.DateField(label=_("任务起"), required=False, widget=DAY)
    ends_on = forms.DateField(label=_("任务止"), required=False, widget=DAY)
    owner = forms.CharField(label=_("责任人"), required=False, max_length=40)
    lead_leader = forms.CharField(label=_("牵头领导"), required=False, max_length=40)
    lead_office = forms.CharField(label=_("牵头委室"), required=False, max_length=60)
    cooperating = forms.CharField(label=_("协作委室及部门"), required=False, max_length=200)
    body = forms.ModelChoiceField(
        label=_("只计一个机构的"), queryset=Body.objects.none(), required=False, empty_label=_("整个单位")
    )

    def __init__(self, target: Target, known: dict[str, Indicator], *args: Any, **more: Any) -> None:
        more.setdefault("auto_id", f"t{target.pk}_%s")
        super().__init__(*args, **{"initial": initial(target), **more})
        self.target = target
        likely, rest = queries.choices(target, known)
        groups: list[Any] = [("", _("不关联，人工填报"))]
        if likely:
            groups.append((_("像是这些"), [(one.code, f"{one.name} · {why}") for one, why in likely]))
        groups.append((_("全部统计项"), [(one.code, f"{one.name}（{one.unit}）") for one in rest]))
        self.fields["body"].queryset = bodies(target.organization)  # type: ignore[attr-defined]
        field = self.fields["indicator"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = groups
        self.fields["value"].widget.attrs.update({"data-type": "", "inputmode": "decimal"})
        self.fields["owner"].widget.attrs.update({"list": "owners", "autocomplete": "off"})

    REST = ("months", "starts_on", "ends_on", "lead_leader", "lead_office", "cooperating", "body")

    @property
    def first(self) -> list[forms.BoundField]:
        return [field for field in self if field.name not in self.REST]

    @property
    def rest(self) -> list[forms.BoundField]:
        return [self[name] for name in self.REST]

    @property
    def rest_is_wrong(self) -> bool:
        return any(name in self.errors for name in self.REST)

    def clean_months(self) -> str:
        """“5、10月” → “5,10”."""
        found = sorted({int(part) for part in re.findall(r"\d+", self.cleaned_data["months"])})
        if any(not 1 <= month <= 12 for month in found):
            raise forms.ValidationError(_("月份写 1 到 12，如“5、10”。"))
        return ",".join(map(str, found))

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if (start := given.get("starts_on")) and (end := given.get("ends_on")) and end < start:
            self.add_error("ends_on", _("止期早于起期，请改正"))
        if given.get("kind") == "quantified" and not given.get("op"):
            given["op"] = "exactly"
        return given


def initial(target: Target) -> dict[str, Any]:
    names = (
        "kind",
        "op",
        "unit",
        "period",
        "per",
        "indicator",
        "deadline",
        "starts_on",
        "ends_on",
        "owner",
        "lead_leader",
        "lead_office",
        "cooperating",
        "body",
    )
    numbers = {
        name: pace.number(value) if (value := getattr(target, name)) is not None else "" for name in ("value", "max")
    }
    return {
        **{name: getattr(target, name) for name in names},
        **numbers,
        "op": target.op or "at_least",
        "months": "、".join(map(str, target.month_numbers)),
    }


OUTCOMES = (("", _("还在进行")), ("done", _("已经完成")), ("failed", _("没有完成，不再进行")))


class ProgressForm(forms.Form):
    """A line of progress; a figure and how it ended where only people can tell; why and what next, asked for when it is late."""

    text = forms.CharField(label=_("进展"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))
    on = forms.DateField(label=_("截至"), widget=DAY)
    figure = forms.DecimalField(
        label=_("到这一天共完成"), required=False, max_digits=14, decimal_places=2, min_value=Decimal(0)
    )
    reason = forms.CharField(label=_("未完成原因"), required=False, max_length=300)
    next_step = forms.CharField(label=_("下一步"), required=False, max_length=300)
    outcome = forms.ChoiceField(
        label=_("完成情况"), required=False, choices=OUTCOMES, widget=forms.RadioSelect, help_text=_("凭佐证材料认定")
    )

    def __init__(self, row: Measured, on: date, *args: Any, **more: Any) -> None:
        self.row, target = row, row.target
        outcome = "done" if target.finished_on else "failed" if target.not_done_on else ""
        begin = {"on": on, "outcome": outcome, "text": row.counted}
        super().__init__(*args, **{"initial": begin, "auto_id": f"p{target.pk}_%s", **more})
        if target.indicator or target.kind == "qualitative":
            del self.fields["figure"]
        if target.indicator and not row.verdict.asks:
            del self.fields["outcome"]
        if row.state in LATE:
            for name in ("reason", "next_step"):
                self.fields[name].widget.attrs["placeholder"] = _("滞后的任务必填")

    @property
    def said(self) -> dict[str, Any]:
        """What the action takes."""
        given = {name: value for name, value in self.cleaned_data.items() if name != "outcome"}
        if "outcome" in self.fields:
            outcome = self.cleaned_data["outcome"]
            given |= {"finished": outcome == "done", "failed": outcome == "failed"}
        return given


class CarryForm(forms.Form):
    """Into which plan, and why; which tasks and what remains of each stand beside it."""

    into = forms.ModelChoiceField(
        label=_("结转到"), queryset=Plan.objects.none(), widget=forms.RadioSelect, empty_label=None
    )
    reason = forms.CharField(label=_("理由"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, plan: Plan, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        field = self.fields["into"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = carrying.into(plan)
        field.initial = field.queryset.first()


class ApplyForm(forms.Form):
    """What a revision rests on, asked once for all of it."""

    basis = forms.CharField(label=_("依据的会议或文件"), max_length=100)
    number = forms.CharField(label=_("文号"), max_length=60, required=False)
    effective_on = forms.DateField(label=_("生效日"), widget=DAY, help_text=_("新增的任务从这一天算起"))


class FilterForm(forms.Form):
    """What of a plan is shown; it stands in the address."""

    state = forms.CharField(required=False, widget=forms.HiddenInput)
    owner = forms.ChoiceField(label=_("责任人"), required=False)
    kind = forms.ChoiceField(label=_("任务类别"), required=False, choices=_words(rules.KINDS, _("全部")))

    def __init__(self, owners: list[str], *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        field = self.fields["owner"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("全部")), *((name, name) for name in owners)]
