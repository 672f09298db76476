"""What a handling unit and its assigning office type on the page of an assignment, parsed."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from xieshang.base import clock

from . import rules, terms
from .actions import handling
from .models import Assignment


def _words(label: Any, most: int, rows: int = 3, **more: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=most, widget=forms.Textarea({"rows": rows}), **more)


def _day(label: Any, **more: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}), **more)


class DeedForm(forms.Form):
    """A form of one deed; the assignment tells what it begins with."""

    def __init__(self, *args: Any, assignment: Assignment, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.assignment = assignment
        self.begin(assignment)

    def begin(self, assignment: Assignment) -> None:
        """What stands in the fields before anybody types."""


def _offer_classes(form: DeedForm) -> None:
    """The classes of the unit today."""
    result: Any = form.fields["result"]
    result.choices = terms.choices(terms.classes(form.assignment.organization, clock.today()))


class ReasonForm(DeedForm):
    """A deed that wants a reason."""

    reason = _words(_("理由"), 300)


class UpholdForm(DeedForm):
    """同意退件; a word with it is welcome."""

    reason = _words(_("说明"), 300, required=False)


class SignForm(DeedForm):
    """签收, and to whom it goes inside the unit."""

    section = forms.CharField(label=_("承办科室"), max_length=40, required=False)
    officer = forms.CharField(label=_("具体经办"), max_length=40, required=False)
    leader = forms.CharField(label=_("分管领导"), max_length=40, required=False)


class InsideForm(SignForm):
    """To another section or person of the unit."""

    def begin(self, assignment: Assignment) -> None:
        for key in handling.INSIDE:
            self.initial.setdefault(key, getattr(assignment, key))


class ContactForm(DeedForm):
    """面商."""

    on = _day(_("哪天"))
    way = forms.ChoiceField(label=_("怎样联系的"), choices=rules.WAYS, widget=forms.RadioSelect)
    who = forms.CharField(label=_("双方谁参加"), max_length=120)
    words = _words(_("谈了什么"), 500)

    def begin(self, assignment: Assignment) -> None:
        self.initial.setdefault("on", clock.today())


class AskLongerForm(DeedForm):
    """申请延期."""

    to = _day(_("延到哪天"))
    reason = _words(_("为什么来不及"), 300)


class OpineForm(DeedForm):
    """会办意见."""

    opinion = _words(_("会办意见"), 3000, 8)

    def begin(self, assignment: Assignment) -> None:
        self.initial = {"opinion": assignment.opinion, **self.initial}


class ReplyForm(DeedForm):
    """答复: head, title, salutation, signature and date are made by the system."""

    reply = _words(
        _("答复正文"), 8000, 14, help_text=_("只写正文：怎样采纳、办到什么程度、下一步什么时候完成。版头、标题、称呼、落款由系统生成。")
    )  # fmt: skip
    result = forms.ChoiceField(label=_("办理类别"), widget=forms.RadioSelect)
    publicity = forms.ChoiceField(label=_("公开属性"), choices=rules.PUBLICITY, widget=forms.RadioSelect)
    paper = forms.CharField(label=_("文号"), max_length=40, required=False, help_text=_("如：云交提〔2026〕5号"))
    contact = forms.CharField(label=_("联系人"), max_length=40)
    telephone = forms.CharField(label=_("联系电话"), max_length=30, help_text=_("办公电话，印在答复上"))

    def begin(self, assignment: Assignment) -> None:
        now = {key: getattr(assignment, key) for key in handling.REPLY}
        _offer_classes(self)
        now["publicity"] = now["publicity"] or handling.usual_publicity(assignment)
        now["contact"] = now["contact"] or assignment.officer
        self.initial = {**now, **self.initial}
        if not assignment.proposal.open_text:
            self.fields["publicity"].help_text = _("提案者不同意公开：%(why)s") % {
                "why": assignment.proposal.closed_reason
            }


class ApproveForm(DeedForm):
    """签发."""

    signer = forms.CharField(label=_("签发人"), max_length=40, help_text=_("本单位负责人的姓名和职务"))

    def begin(self, assignment: Assignment) -> None:
        self.initial.setdefault("signer", assignment.signer or assignment.leader)


class SuspendForm(DeedForm):
    """中止."""

    why = forms.ChoiceField(label=_("原因"), choices=rules.SUSPENSIONS, widget=forms.RadioSelect)
    from_on = _day(_("自哪天"))
    to_on = _day(_("至哪天"))
    citation = forms.CharField(label=_("依据"), max_length=120, help_text=_("文件名称、文号，或谁批准的"))
    words = _words(_("说明"), 300, required=False)

    def begin(self, assignment: Assignment) -> None:
        self.initial.setdefault("from_on", clock.today())


class AnswerLongerForm(DeedForm):
    """答复延期申请."""

    agreed = forms.ChoiceField(
        label=_("是否同意"), choices=(("yes", _("同意")), ("no", _("不同意"))), widget=forms.RadioSelect
    )
    reason = _words(_("理由"), 300, required=False, help_text=_("不同意的要写"))


class AcceptForm(DeedForm):
    """审核通过; the class may be another."""

    result = forms.ChoiceField(label=_("办理类别"), widget=forms.RadioSelect)
    reason = _words(_("改类别的理由"), 300, required=False, help_text=_("改了办理类别的要写，承办单位会看到"))

    def begin(self, assignment: Assignment) -> None:
        _offer_classes(self)
        self.initial.setdefault("result", assignment.result)
