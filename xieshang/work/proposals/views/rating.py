"""评价, and what comes after it."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from xieshang.base import clock
from xieshang.base.accounts import permissions
from xieshang.base.errors import Refused
from xieshang.base.requests import Asked, refused, seen

from .. import actions, queries, rules
from ..forms import FollowForm, RateForForm, RateForm
from . import day_of, file_of, verb


@login_required
def rate(request: Asked, pk: int) -> HttpResponse:
    """评价, by the proposer himself: one column, big buttons, the reply above."""
    proposal = queries.one(request.user, pk)
    actions.keep_units_off(proposal, by=request.user, now=clock.now())
    permissions.require(request.user, "proposals.rate", proposal.organization)
    form = RateForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.rate(proposal, form.cleaned_data, by=request.user, now=clock.now())
            messages.success(request, _("谢谢，评价已收到；承办单位看不到是谁评的。"))
            return redirect(proposal)
        except Refused as error:
            refused(form, error)
    replies = proposal.assignments.filter(round=proposal.round, state=rules.DELIVERED).select_related("unit")
    context = {"proposal": proposal, "form": form, "replies": list(replies)}
    return render(request, "proposals/rate.html", context, status=422 if form.errors else 200)


@login_required
def rate_for(request: Asked, pk: int) -> HttpResponse:
    """代录 what a proposer wrote on paper."""
    proposal = queries.one(request.user, pk)
    actions.keep_units_off(proposal, by=request.user, now=clock.now())
    permissions.require(request.user, "proposals.rate_for", proposal.organization)
    form = RateForForm(request.POST or None, request.FILES or None, proposal=proposal)
    if request.method == "POST" and form.is_valid():
        scan = file_of(request, "scan") or ("", b"")
        try:
            actions.rate_for(
                proposal, form.cleaned_data["person"], form.cleaned_data, scan=scan, by=request.user, now=clock.now()
            )
            messages.success(request, _("已代录。"))
            return redirect(proposal)
        except Refused as error:
            refused(form, error)
    context = {"proposal": proposal, "form": form, "on_paper": True}
    return render(request, "proposals/rate.html", context, status=422 if form.errors else 200)


@login_required
def follow_up(request: Asked, pk: int) -> HttpResponse:
    """回头看: what became of the promise."""
    proposal = queries.one(request.user, pk)
    permissions.require(request.user, "proposals.follow_up", proposal.organization)
    form = FollowForm(
        request.POST or None,
        request.FILES or None,
        unit=proposal.organization,
        initial={"on": clock.today(), "result": proposal.result},
    )
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        try:
            actions.follow_up(
                proposal, on=typed["on"], result=typed["result"], words=typed["words"], evidence=file_of(request, "evidence"), by=request.user, now=clock.now(), seen=seen(request),
            )  # fmt: skip
            messages.success(request, _("已登记落实情况。"))
            return redirect(proposal)
        except Refused as error:
            refused(form, error)
    context = {"proposal": proposal, "form": form}
    return render(request, "proposals/follow_up.html", context, status=422 if form.errors else 200)


@verb
def redo(request: Asked, proposal: Any, given: dict[str, Any]) -> str:
    """重新办理."""
    actions.redo(proposal, reason=request.POST.get("reason", ""), **given)
    return _("“%(title)s”转重新办理。")


@verb
def close(request: Asked, proposal: Any, given: dict[str, Any]) -> str:
    """办结."""
    actions.close(proposal, reason=request.POST.get("reason", ""), **given)
    return _("“%(title)s”已办结。")


@verb
def track(request: Asked, proposal: Any, given: dict[str, Any]) -> str:
    """回头看."""
    actions.track(proposal, **given)
    return _("“%(title)s”列入回头看。")


@verb
def archive(request: Asked, proposal: Any, given: dict[str, Any]) -> str:
    """归档."""
    actions.archive(proposal, **given)
    return _("“%(title)s”已归档。")


@verb
def make_key(request: Asked, proposal: Any, given: dict[str, Any]) -> str:
    """列为重点."""
    actions.make_key(proposal, on=day_of(request, "on"), reason=request.POST.get("reason", ""), **given)
    return _("“%(title)s”已列为重点提案。")
