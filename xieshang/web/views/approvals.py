"""签批: the list, one of them, its slip, saying yes or no, and entering what was signed on paper."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from xieshang.base import clock, registry
from xieshang.base.accounts import permissions
from xieshang.base.errors import NotAllowed, Refused, Stale
from xieshang.base.files import storage
from xieshang.base.paperwork import actions, queries, rules
from xieshang.base.paperwork import slip as paper
from xieshang.base.paperwork.models import Approval
from xieshang.base.paperwork.steps import STEPS
from xieshang.base.requests import as_file, as_number, refused, seen, unit_of
from xieshang.base.workflow.engine import possible
from xieshang.web.forms import DayField
from xieshang.web.requests import Request

PAGE = 25
OTHER = ""  # the signer is named in words


class EnterForm(forms.Form):
    """代录: what stands on the signed slip."""

    agreed = forms.ChoiceField(
        label=gettext_lazy("纸上的意见"), choices=[("yes", gettext_lazy("同意")), ("no", gettext_lazy("不同意"))], widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("请选纸上写的是同意还是不同意。")},
    )  # fmt: skip
    signer = forms.ChoiceField(label=gettext_lazy("谁签的"), required=False)
    signed_by = forms.CharField(
        label=gettext_lazy("不在上面的，写姓名和职务"), max_length=80, required=False,
    )  # fmt: skip
    signed_on = DayField(label=gettext_lazy("签批日期"), help_text=gettext_lazy("照纸上的日期；录入日期由系统另记。"))
    opinion = forms.CharField(
        label=gettext_lazy("批了什么话"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    scan = forms.FileField(
        label=gettext_lazy("签过字的审批单"), required=False, help_text=gettext_lazy("扫描件或照片，PDF、JPG、PNG 都行。"),
        widget=forms.ClearableFileInput(attrs={"accept": "image/*,.pdf"}),
    )  # fmt: skip

    def __init__(self, data: Any = None, files: Any = None, *, approval: Approval) -> None:
        super().__init__(data, files)
        self.signers = queries.signers(approval.organization, approval.step)
        choices = [(str(user.pk), f"{user}（{role}）") for user, role in self.signers]
        self.fields["signer"].choices = [*choices, (OTHER, _("（另写姓名）"))]  # type: ignore[attr-defined]

    def given(self) -> dict[str, Any]:
        """What `actions.enter` is asked."""
        found = self.cleaned_data
        named = next(((user, role) for user, role in self.signers if str(user.pk) == found["signer"]), None)
        scan = found["scan"]
        return {
            "agreed": found["agreed"] == "yes", "signer": named[0] if named else None,
            "signed_by": f"{named[0]}（{named[1]}）" if named else found["signed_by"], "signed_on": found["signed_on"], "opinion": found["opinion"],
            "scan": (scan.name, scan.read(storage.MAX_BYTES + 1)) if scan else None,
        }  # fmt: skip


@login_required
@require_safe
def listed(request: Request) -> HttpResponse:
    """签批: what waits for me, then what was asked for in the period."""
    unit = unit_of(request, "paperwork.see")  # type: ignore[arg-type]
    desk, user = request.desk, request.user
    waiting = list(queries.waiting(user, unit).select_related("created_by"))
    page = Paginator(queries.listed(user, unit, desk.starts_on, desk.ends_on), PAGE).get_page(request.GET.get("page"))
    for one in [*waiting, *page]:
        one.step_title = STEPS[one.step].title  # type: ignore[attr-defined]
    return render(request, "approvals/list.html", {"waiting": waiting, "page": page})


@login_required
@require_POST
def ask(request: Request) -> HttpResponse:
    """送签: a step of a record waits for a leader's word; then its slip can be printed."""
    unit_of(request, "paperwork.ask")  # type: ignore[arg-type]
    step = STEPS.get(request.POST.get("step", ""))
    if step is None or step.find is None:
        raise Http404
    record = step.find(request.user, as_number(request.POST.get("record")))
    values = {name: request.POST.getlist(name) for name in step.takes}
    made = actions.ask(
        step.unit(request.user, record), step.verb, title=str(record), record=record, why=request.POST.get("reason", ""), values=values or None,
        by=request.user, now=clock.now(),
    )  # fmt: skip
    messages.success(request, _("已送签。领导在首页就能签批；不上网的，打印审批单。"))
    return redirect(made)


@login_required
@require_safe
def one(request: Request, pk: int) -> HttpResponse:
    """One approval: what is asked, who said what, and the ways to say it."""
    return _one(request, queries.one(request.user, pk))


def _one(
    request: Request, approval: Approval, *, refusal: Refused | None = None, form: EnterForm | None = None
) -> HttpResponse:
    user, step = request.user, STEPS[approval.step]
    verbs = possible(approval, user, rules.MOVES)
    may_sign = "approve" in verbs and permissions.may(user, step.consent, approval.organization)
    context = {
        "approval": approval, "step": step, "lines": step.lines(approval, queries.values(approval)), "verbs": verbs, "may_sign": may_sign,
        "mine": approval.created_by == user, "form": form or (EnterForm(approval=approval) if "enter_approved" in verbs else None),
        "url": registry.url(approval.record), "files": [one for one in storage.of(approval.ref) if one.pk != approval.scan_id], "refusal": refusal,
        "opinion": request.POST.get("opinion", "") if refusal else "", "nobody": not queries.signers(approval.organization, approval.step),
    }  # fmt: skip
    status = refusal.status if refusal else 422 if form else 200
    return render(request, "approvals/one.html", context, status=status)


@login_required
@require_safe
def slip(request: Request, pk: int) -> HttpResponse:
    """打印审批单."""
    found = queries.one(request.user, pk)
    data = paper.slip(found, queries.values(found), at=clock.now())
    return as_file(data, _("审批单 %(n)s %(title)s") % {"n": found.pk, "title": found.title[:30]} + ".docx")


@login_required
@require_POST
def sign(request: Request, pk: int) -> HttpResponse:
    """同意 or 不同意, by who is logged in."""
    found = queries.one(request.user, pk)
    agreed = "yes" in (request.POST.get("agreed"), request.GET.get("agreed"))
    given: dict[str, Any] = {
        "opinion": request.POST.get("opinion", ""), "by": request.user, "now": clock.now(),
        "seen": as_number(request.GET.get("seen")) or seen(request),
    }  # fmt: skip
    try:
        done = actions.approve(found, **given) if agreed else actions.refuse(found, **given)
    except (NotAllowed, Stale):
        raise
    except Refused as error:
        return _one(request, found, refusal=error)
    said = _("已同意：%(title)s") if agreed else _("已退回：%(title)s")
    messages.success(request, said % {"title": done.title})
    return redirect("home")


@login_required
@require_POST
def enter(request: Request, pk: int) -> HttpResponse:
    """代录 what was signed on paper."""
    found = queries.one(request.user, pk)
    permissions.require(request.user, "paperwork.enter_approved", found.organization)
    form = EnterForm(request.POST, request.FILES, approval=found)
    if form.is_valid():
        try:
            done = actions.enter(found, **form.given(), by=request.user, now=clock.now(), seen=seen(request))
            messages.success(request, _("已代录%(who)s的签批") % {"who": done.signed_by})
            return redirect(done)
        except Refused as error:
            refused(form, error, files="scan")
    return _one(request, found, form=form)


@login_required
@require_POST
def withdraw(request: Request, pk: int) -> HttpResponse:
    """撤回 what was not signed yet."""
    found = queries.one(request.user, pk)
    actions.withdraw(found, by=request.user, now=clock.now(), seen=seen(request))
    messages.success(request, _("已撤回，填写的内容在草稿里。"))
    return redirect(registry.url(found.record) or "home")


@login_required
@require_POST
def close(request: Request, pk: int) -> HttpResponse:
    """知道了: a refusal was read."""
    actions.close(queries.one(request.user, pk), by=request.user, now=clock.now())
    return redirect("home")
