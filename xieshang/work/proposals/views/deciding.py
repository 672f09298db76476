"""审议单 of a meeting, and 交办."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from xieshang.base import clock
from xieshang.base.accounts import permissions
from xieshang.base.errors import NotAllowed, Refused
from xieshang.base.orgs.models import System
from xieshang.base.requests import Asked, as_number, refused, seen, unit_of

from .. import actions, queries, rules, terms, thinking
from ..forms import AssignForm, SheetForm
from ..models import Proposal, Review, Sheet
from . import verb

OUTCOMES = (*Review.OUTCOMES, ("send_back", gettext_lazy("退回修改")))


@login_required
@require_safe
def sheets(request: Asked) -> HttpResponse:
    """审议单: one a meeting."""
    unit = unit_of(request, "proposals.see")
    waiting = queries.to_decide(unit).count()
    context = {
        "sheets": list(queries.sheets(unit)), "waiting": waiting, "may": permissions.may(request.user, "proposals.prepare", unit),
    }  # fmt: skip
    return render(request, "proposals/sheets.html", context)


@login_required
def prepare(request: Asked) -> HttpResponse:
    """新的审议单: all that was reviewed twice is ticked."""
    unit = unit_of(request, "proposals.prepare")
    waiting = list(queries.to_decide(unit))
    form = SheetForm(request.POST or None, unit=unit, initial={"on": clock.today(), "proposals": [one.pk for one in waiting]})  # fmt: skip
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        try:
            made = actions.prepare(
                unit, typed["title"], typed["on"], typed["proposals"], by=request.user, now=clock.now()
            )
            return redirect(made)
        except Refused as error:
            refused(form, error)
    return render(request, "proposals/prepare.html", {"form": form, "waiting": waiting}, status=422 if form.errors else 200)  # fmt: skip


@login_required
def sheet(request: Asked, pk: int) -> HttpResponse:
    """One sheet: what is put to the meeting, changed line by line until it is decided."""
    found = queries.sheet(request.user, pk)
    if request.method == "POST":
        permissions.require(request.user, "proposals.arrange", found.organization)
        try:
            actions.arrange(found, _rows(request, found), by=request.user, now=clock.now(), seen=seen(request))
            messages.success(request, _("已保存，还没有审议。"))
            return redirect(found)
        except NotAllowed:
            raise
        except Refused as error:
            return _sheet(request, found, error)
    return _sheet(request, found)


def _sheet(request: Asked, found: Sheet, error: Refused | None = None) -> HttpResponse:
    rows = list(found.rows.select_related("proposal", "proposal__first", "proposal__body", "main"))
    context = {
        "sheet": found, "rows": rows, "error": error, "outcomes": OUTCOMES, "grounds": terms.grounds(found.organization, clock.today()).items(), "dispositions": rules.DISPOSITIONS.items(),
        "may": permissions.may(request.user, "proposals.decide", found.organization), "filed": [row.proposal for row in rows],
    }  # fmt: skip
    return render(request, "proposals/sheet.html", context, status=error.status if error else 200)


def _rows(request: Asked, found: Sheet) -> dict[int, dict[str, Any]]:
    """What was typed in each line of the sheet."""
    typed: dict[int, dict[str, Any]] = {}
    for row in found.rows.all():
        name = f"row-{row.pk}"
        if f"{name}-outcome" not in request.POST:
            continue
        main = Proposal.objects.filter(organization=found.organization, pk=as_number(request.POST.get(f"{name}-main"))).first()  # fmt: skip
        typed[row.pk] = {
            "outcome": request.POST[f"{name}-outcome"], "main": main, "grounds": request.POST.getlist(f"{name}-grounds"),
            "disposition": request.POST.get(f"{name}-disposition", ""), "words": request.POST.get(f"{name}-words", "")[:500],
        }  # fmt: skip
    return typed


@login_required
@require_POST
def decide(request: Asked, pk: int) -> HttpResponse:
    """审议通过: what stands on the sheet, once."""
    found = queries.sheet(request.user, pk)
    try:
        actions.decide(found, by=request.user, now=clock.now(), seen=seen(request))
    except NotAllowed:
        raise
    except Refused as error:
        return _sheet(request, found, error)
    messages.success(request, _("已审议，提案者会收到结果。"))
    return redirect(found)


@verb
def hand_over(request: Asked, proposal: Proposal, given: dict[str, Any]) -> str:
    """送交办."""
    actions.hand_over(proposal, system=request.POST.get("system", ""), **given)
    return _("“%(title)s”已送交办。")


@login_required
def assign(request: Asked, pk: int) -> HttpResponse:
    """交办, 改办, 重新交办."""
    proposal = queries.one(request.user, pk)
    step = "assign_again" if proposal.state == rules.REHANDLE else "assign"
    permissions.require(request.user, f"proposals.{step}", proposal.organization, actions.office_of(proposal))
    form = AssignForm(request.POST or None, proposal=proposal, initial=_suggested(proposal))
    if request.method == "POST" and form.is_valid():
        try:
            actions.assign(proposal, form.given, due_on=form.cleaned_data["due_on"], by=request.user, now=clock.now(), seen=seen(request))  # fmt: skip
            messages.success(request, _("已交办，承办单位会收到消息。"))
            return redirect("proposals:one", pk=proposal.pk)
        except Refused as error:
            refused(form, error)
    standing = proposal.assignments.filter(round=proposal.round).exclude(state=rules.TAKEN_BACK).select_related("unit")
    context = {
        "proposal": proposal, "form": form, "standing": list(standing) if proposal.state == rules.ASSIGNED else [], "system": dict(System.choices).get(proposal.system, ""),
        "wanted": list(proposal.wanted.all()), "examined": queries.examined(proposal), "hints": thinking.hints(proposal, clock.today()), "ruled": queries.ruled_day(proposal, clock.today()) if proposal.state != rules.REHANDLE else None, "usual": queries.usual_units(proposal, names=True),
    }  # fmt: skip
    return render(request, "proposals/assign.html", context, status=422 if form.errors else 200)


def _suggested(proposal: Proposal) -> dict[str, Any]:
    """What the reviewers suggested: the first as host, the others as co-handlers."""
    last = proposal.reviews.order_by("-id").first()
    units = [body.pk for body in last.units.all()][:5] if last and proposal.state == rules.ASSIGNING else []
    first = rules.SOLE if len(units) == 1 else rules.HOST
    found: dict[str, Any] = {}
    for n, unit in enumerate(units, 1):
        found |= {f"unit_{n}": unit, f"role_{n}": first if n == 1 else rules.CO}
    return found
