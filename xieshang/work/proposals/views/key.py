"""重点提案: the page of them, the list for the chair's meeting, and what is done for each."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from xieshang.base import clock
from xieshang.base.accounts import permissions
from xieshang.base.errors import Refused
from xieshang.base.files import storage
from xieshang.base.requests import Asked, refused, seen, unit_of

from .. import actions, queries, rules
from ..key_forms import ROWS, KeyListForm, SupervisionForm
from ..models import Proposal
from . import file_of, verb

PAGE = 25


@login_required
@require_safe
def listed(request: Asked) -> HttpResponse:
    """重点提案: who leads, what was done, what is wanting."""
    unit = unit_of(request, "proposals.see")
    page = Paginator(queries.key_ones(request.user, unit), PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "lists": list(queries.key_lists(unit)[:5]),
        "may": permissions.may(request.user, "proposals.prepare_key", unit),
    }
    return render(request, "proposals/key.html", context)


@login_required
def prepare(request: Asked) -> HttpResponse:
    """列名单: those that were named are ticked."""
    unit = unit_of(request, "proposals.prepare_key")
    named = list(queries.could_be_key(unit).filter(nominations__isnull=False).values_list("pk", flat=True))
    form = KeyListForm(request.POST or None, unit=unit, initial={"on": clock.today(), "proposals": named})
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        try:
            return redirect(
                actions.prepare_key(
                    unit, typed["title"], typed["on"], typed["proposals"], by=request.user, now=clock.now()
                )
            )
        except Refused as error:
            refused(form, error)
    return render(request, "proposals/key_prepare.html", {"form": form}, status=422 if form.errors else 200)


@login_required
@require_safe
def one(request: Asked, pk: int) -> HttpResponse:
    """One list."""
    return _list(request, pk)


def _list(request: Asked, pk: int, error: Refused | None = None) -> HttpResponse:
    found = queries.key_list(request.user, pk)
    rows = (
        found.proposals.select_related("first", "body")
        .prefetch_related("nominations__body", "nominations__person")
        .order_by("id")
    )
    context = {
        "list": found,
        "rows": rows,
        "error": error,
        "may": permissions.may(request.user, "proposals.decide_key", found.organization),
    }
    return render(request, "proposals/key_list.html", context, status=error.status if error else 200)


@login_required
@require_POST
def decide(request: Asked, pk: int) -> HttpResponse:
    """主席会议已审定."""
    found = queries.key_list(request.user, pk)
    permissions.require(request.user, "proposals.decide_key", found.organization)
    try:
        actions.decide_key(found, by=request.user, now=clock.now(), seen=seen(request))
    except Refused as error:
        return _list(request, pk, error)
    messages.success(request, _("已列为重点提案。请登记领办、督办领导和方案。"))
    return redirect("proposals:key")


@verb
def nominate(request: Asked, proposal: Any, given: dict[str, Any]) -> str:
    """推荐为重点: for the unit whose account it is, or for oneself."""
    bodies = permissions.bodies(request.user, "proposals.nominate")
    body = proposal.assignments.filter(unit__in=bodies).first() if bodies else None
    actions.nominate(
        proposal, request.POST.get("reason", ""), body=body.unit if body else None, by=given["by"], now=given["now"]
    )
    return _("已推荐“%(title)s”为重点提案。")


@login_required
def supervision(request: Asked, pk: int) -> HttpResponse:
    """督办: leaders, plan, activities, commitments, instructions and result of one."""
    proposal = queries.one(request.user, pk)
    permissions.require(request.user, "proposals.see", proposal.organization)
    form = SupervisionForm(request.POST or None, request.FILES or None, initial={"on": clock.today()})
    if request.method == "POST":
        permissions.require(request.user, "proposals.supervise", proposal.organization)
        if form.is_valid():
            try:
                files = [sent] if (sent := file_of(request, "papers")) else []
                actions.supervise(
                    proposal,
                    form.cleaned_data["kind"],
                    form.cleaned_data,
                    files=files,
                    by=request.user,
                    now=clock.now(),
                    seen=seen(request),
                )
                messages.success(request, _("已登记。"))
                return redirect("proposals:supervision", pk)
            except Refused as error:
                refused(form, error)
    return _supervision(request, proposal, form)


def _supervision(
    request: Asked, proposal: Proposal, form: SupervisionForm, error: Refused | None = None
) -> HttpResponse:
    leads = list(proposal.leads.all())
    rows = [(n, leads[n - 1] if n <= len(leads) else None) for n in range(1, max(ROWS, len(leads) + 1) + 1)]
    context = {
        "proposal": proposal, "form": form, "error": error, "leads": leads, "rows": rows, "roles": rules.LEADS, "done": list(proposal.supervisions.select_related("by")),
        "papers": storage.of(f"{proposal.ref}.supervision"), "may": bool(proposal.key_on) and proposal.state != rules.ARCHIVED and permissions.may(request.user, "proposals.supervise", proposal.organization),
    }  # fmt: skip
    return render(request, "proposals/supervision.html", context, status=422 if form.errors or error else 200)


@login_required
@require_POST
def leads(request: Asked, pk: int) -> HttpResponse:
    """领办、督办领导."""
    proposal = queries.one(request.user, pk)
    permissions.require(request.user, "proposals.supervise", proposal.organization)
    given = [
        (request.POST.get(f"role-{n}", ""), request.POST.get(f"name-{n}", ""), request.POST.get(f"duty-{n}", ""))
        for n in range(1, 13)
    ]
    try:
        actions.set_leads(
            proposal, [one for one in given if one[1].strip()], by=request.user, now=clock.now(), seen=seen(request)
        )
    except Refused as error:
        return _supervision(request, proposal, SupervisionForm(initial={"on": clock.today()}), error)
    messages.success(request, _("已保存领办、督办领导。"))
    return redirect("proposals:supervision", pk)
