"""What is typed about a proposal, parsed."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from xieshang.base import clock
from xieshang.base.orgs.models import Body, BodyKind, Organization, System
from xieshang.base.people.models import Person
from xieshang.base.people.queries import in_office

from . import queries, rules, terms
from .models import Proposal, Review, Sheet
from .queries import narrowing
from .queries.seconding import raters

LONG = {"rows": 6}
COLLECTIVE_KINDS = (BodyKind.PARTY, BodyKind.COMMITTEE, BodyKind.SECTOR, BodyKind.GROUP)


class TextForm(forms.ModelForm):
    """撰写. A member writes his own; the clerk says for whom: a body, or a member without an account (代办)."""

    class Meta:
        model = Proposal
        fields = ("title", "situation", "analysis", "advice", "wanted", "open_text", "closed_reason")
        widgets = {
            "situation": forms.Textarea(LONG),
            "analysis": forms.Textarea(LONG),
            "advice": forms.Textarea(LONG),
            "wanted": forms.CheckboxSelectMultiple,
        }

    def __init__(self, *args: Any, unit: Organization, clerk: bool, on: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.clerk = clerk
        wanted: Any = self.fields["wanted"]
        wanted.queryset = units(unit)
        if not self.instance.pk:
            self.fields["secrets_read"] = forms.BooleanField(
                label=_("我已看过，要写的内容不涉密"),
            )  # fmt: skip
        if clerk:
            self.fields["proposer"] = forms.ChoiceField(label=_("提案者"), choices=rules.PROPOSERS)
            self.fields["first"] = forms.ModelChoiceField(
                label=_("第一提案人"), queryset=Person.objects.filter(pk__in=in_office(unit, on).values("person")), required=False,
                help_text=_("委员提案选第一提案人；代委员录入的会标明“代办”"),
            )  # fmt: skip
            self.fields["body"] = forms.ModelChoiceField(
                label=_("提案单位"), queryset=Body.objects.filter(organization=unit, kind__in=COLLECTIVE_KINDS, ended_on=None), required=False, help_text=_("集体提案选提案单位"),
            )  # fmt: skip
            self.fields["seal"] = forms.FileField(
                label=_("盖章或签名的扫描件"), required=False, help_text=_("集体提案提交前要有")
            )
            for name in ("body", "first", "proposer"):
                self.initial.setdefault(name, getattr(self.instance, f"{name}_id", None) or getattr(self.instance, name, None))  # fmt: skip
            self.order_fields(["proposer", "first", "body", *self.Meta.fields, "seal"])

    @property
    def typed(self) -> dict[str, Any]:
        """The columns that the actions take."""
        names = ("proposer", "body", "title", "situation", "analysis", "advice", "open_text", "closed_reason")
        return {name: self.cleaned_data[name] for name in names if name in self.cleaned_data}


def units(unit: Organization) -> Any:
    """Handling units, by system."""
    found = Body.objects.filter(organization=unit, kind=BodyKind.HANDLING_UNIT, assigns=False, ended_on=None)
    return found.order_by("system", "order", "id")


class ReviewForm(forms.Form):
    """初审 and 复审: what is put to the committee."""

    outcome = forms.ChoiceField(label=_("建议"), choices=Review.OUTCOMES, widget=forms.RadioSelect, initial="file")
    category = forms.ChoiceField(label=_("类别"), required=False)
    system = forms.ChoiceField(label=_("交办系统"), choices=[("", _("请选择")), *System.choices], required=False)
    units = forms.ModelMultipleChoiceField(
        label=_("建议承办单位"), queryset=Body.objects.none(), required=False, widget=forms.CheckboxSelectMultiple
    )
    main = forms.ModelChoiceField(label=_("并入"), queryset=Proposal.objects.none(), required=False)
    grounds = forms.MultipleChoiceField(
        label=_("不予立案的理由"), required=False, widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    words = forms.CharField(label=_("审查意见"), required=False, max_length=500, widget=forms.Textarea({"rows": 3}))

    def __init__(self, *args: Any, proposal: Proposal, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen: Any = self.fields["units"]
        chosen.queryset = units(proposal.organization)
        main: Any = self.fields["main"]
        main.queryset = queries.could_hold(proposal)
        unit, today = proposal.organization, clock.today()
        category: Any = self.fields["category"]
        category.choices = [("", _("请选择")), *terms.choices(terms.categories(unit, today))]
        grounds: Any = self.fields["grounds"]
        grounds.choices = terms.choices(terms.grounds(unit, today))


class SheetForm(forms.ModelForm):
    """审议单: which meeting, and which proposals."""

    class Meta:
        model = Sheet
        fields = ("title", "on")
        widgets = {"on": forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})}

    proposals = forms.ModelMultipleChoiceField(
        label=_("已复审的提案"), queryset=Proposal.objects.none(), widget=forms.CheckboxSelectMultiple, required=False
    )

    def __init__(self, *args: Any, unit: Organization, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen: Any = self.fields["proposals"]
        chosen.queryset = queries.to_decide(unit)


ROWS = 5


class AssignForm(forms.Form):
    """交办: up to five units, each with how it takes part."""

    due_on = forms.DateField(
        label=_("答复期限"), required=False, widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}), help_text=_("不填就按规定的月数算"),
    )  # fmt: skip

    def __init__(self, *args: Any, proposal: Proposal, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for n in range(1, ROWS + 1):
            self.fields[f"unit_{n}"] = forms.ModelChoiceField(
                label=_("承办单位"), queryset=units(proposal.organization), required=False, empty_label=_("不选")
            )
            self.fields[f"role_{n}"] = forms.ChoiceField(label=_("办理方式"), choices=rules.ROLES, required=False)

    @property
    def rows(self) -> list[tuple[Any, Any]]:
        return [(self[f"unit_{n}"], self[f"role_{n}"]) for n in range(1, ROWS + 1)]

    @property
    def given(self) -> list[tuple[Body, str]]:
        found = [(self.cleaned_data[f"unit_{n}"], self.cleaned_data[f"role_{n}"]) for n in range(1, ROWS + 1)]
        return [(unit, role) for unit, role in found if unit]


class RateForm(forms.Form):
    """征询意见. Attitude and result are asked apart."""

    visited = forms.ChoiceField(label=_("承办单位走访过您吗"), choices=rules.VISITED, widget=forms.RadioSelect)
    way = forms.ChoiceField(
        label=_("怎样听取您的意见"),
        choices=[("", _("没有联系")), *rules.WAYS],
        widget=forms.RadioSelect,
        required=False,
    )
    attitude = forms.ChoiceField(label=_("对办理态度"), choices=rules.ATTITUDES, widget=forms.RadioSelect)
    aim = forms.ChoiceField(label=_("答复是否针对提案"), choices=rules.AIMS, widget=forms.RadioSelect)
    result = forms.ChoiceField(label=_("对办理结果"), choices=rules.RESULTS, widget=forms.RadioSelect)
    words = forms.CharField(label=_("意见建议"), required=False, max_length=500, widget=forms.Textarea({"rows": 3}))


class RateForForm(RateForm):
    """代录 a paper one: whose it is, and the scan."""

    person = forms.ModelChoiceField(label=_("提案者"), queryset=Person.objects.none())
    scan = forms.FileField(label=_("征询意见表的扫描件"))

    def __init__(self, *args: Any, proposal: Proposal, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        who: Any = self.fields["person"]
        who.queryset = Person.objects.filter(pk__in=[one.pk for one in raters(proposal)])
        self.order_fields(["person", *RateForm.base_fields, "scan"])


class FollowForm(forms.Form):
    """回头看."""

    on = forms.DateField(label=_("日期"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}))
    result = forms.ChoiceField(label=_("现在的类别"), widget=forms.RadioSelect)
    words = forms.CharField(label=_("落实情况"), max_length=500, widget=forms.Textarea({"rows": 3}))
    evidence = forms.FileField(label=_("佐证"), required=False, help_text=_("改为更好的类别要附文件或照片"))

    def __init__(self, *args: Any, unit: Organization, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        result: Any = self.fields["result"]
        result.choices = terms.choices(terms.classes(unit, clock.today()))


class FilterForm(forms.Form):
    """The filters of the list; they stand in the address."""

    state = forms.ChoiceField(label=_("状态"), choices=[("", _("全部")), *rules.STATES.items()], required=False)
    kind = forms.ChoiceField(label=_("类型"), choices=[("", _("全部")), *rules.KINDS], required=False)
    category = forms.ChoiceField(label=_("类别"), required=False)
    unit = forms.ModelChoiceField(label=_("承办单位"), queryset=Body.objects.none(), required=False, empty_label=_("全部"))  # fmt: skip
    late = forms.BooleanField(label=_("只看逾期"), required=False)
    when = forms.ChoiceField(label=_("年度"), required=False)
    by_me = forms.BooleanField(label=_("我经手的"), required=False)
    sort = forms.CharField(required=False, widget=forms.HiddenInput, max_length=12)

    def __init__(self, *args: Any, unit: Organization, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen: Any = self.fields["unit"]
        chosen.queryset = units(unit)
        category: Any = self.fields["category"]  # also those no longer chosen: old proposals have them
        category.choices = [("", _("全部")), *terms.choices(terms.every(unit, terms.CATEGORY, clock.today()))]
        when: Any = self.fields["when"]
        when.choices = [("", _("全部")), *narrowing.years(unit)]

    def narrowed(self, words: str) -> queries.Narrowed:
        self.is_valid()
        found = self.cleaned_data
        unit = found.get("unit")
        return queries.Narrowed(
            words.strip()[:60], found.get("state", ""), found.get("kind", ""), found.get("category", ""), unit.pk if unit else None, bool(found.get("late")), found.get("when", ""), bool(found.get("by_me")), found.get("sort", ""),
        )  # fmt: skip
