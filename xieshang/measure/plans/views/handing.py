"""分解: hand a target down, see how the shares stand; confirm what was handed down, or object."""

from decimal import Decimal, InvalidOperation
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from xieshang.base import clock
from xieshang.base.accounts import permissions
from xieshang.base.errors import Refused, Stale
from xieshang.base.requests import Asked
from xieshang.base.workflow.engine import possible

from .. import actions, composing, measuring, queries, rules
from ..models import Target
from . import seen


@login_required
def handing(request: Asked, pk: int) -> HttpResponse:
    """One table: receiver, share, weight, what is counted, its light; and the form that hands down."""
    target = queries.target(request.user, pk)
    if request.method == "POST":
        return _hand_down(request, target)
    return render(request, "plans/handing.html", _context(request, target))


def _context(request: Asked, target: Target, problem: Refused | None = None) -> dict[str, Any]:
    typed = request.POST if request.method == "POST" else None
    on = clock.today()
    [own] = measuring.measure([target], on)
    may = "hand_down" in possible(target, request.user, rules.TARGET_MOVES)
    return {
        "target": target, "found": composing.composed(target, on, own), "own": own, "may": may, "today": on, "problem": problem,
        "groups": composing.grouped(composing.offered(target, typed)) if may else [], "reason": request.POST.get("reason", ""),
    }  # fmt: skip


def _hand_down(request: Asked, target: Target) -> HttpResponse:
    try:
        actions.hand_down(
            target, _shares(request, target), reason=request.POST.get("reason", ""), by=request.user, now=clock.now(), seen=seen(request)
        )  # fmt: skip
    except Stale:
        raise
    except Refused as problem:
        if problem.status != 422:
            raise
        return render(request, "plans/handing.html", _context(request, target, problem), status=422)
    messages.success(request, _("已分解，承担的单位会在自己的计划里看到"))
    return redirect("plans:handing", target.pk)


def _shares(request: Asked, target: Target) -> list[actions.Share]:
    """The ticked rows. A figure that cannot be read is refused by name, not left out."""
    found = []
    for row in composing.offered(target, request.POST):
        if row["ticked"]:
            value = _number(row["value"], row["name"]) if target.kind == "quantified" else None
            weight = _number(row["weight"], row["name"]) if row["weight"].strip() else Decimal(1)
            found.append(actions.Share(row["organization"], row["body"], value, weight or Decimal(0)))
    return found


def _number(typed: str, name: str) -> Decimal | None:
    if not typed.strip():
        return None
    try:
        number = Decimal(typed.strip())
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite() or abs(number) >= 10_000:
        raise Refused(
            "bad_number",
            why=_("“%(name)s”一行的“%(typed)s”不是数") % {"name": name, "typed": typed[:20]},
            do=_("请改正"),
        )
    return number.quantize(Decimal("0.01"))


@login_required
def received(request: Asked, pk: int) -> HttpResponse:
    """What was handed to this unit or body: confirm it, or object and say why."""
    plan = queries.one(request.user, pk)
    found = list(composing.waiting(plan))
    found.sort(key=lambda target: (target.state == "accepted", target.order))
    return render(
        request, "plans/received.html", {"plan": plan, "found": found, "may": permissions.may(request.user, "plans.accept", plan.organization)}
    )  # fmt: skip


@login_required
@require_POST
def confirm(request: Asked, pk: int) -> HttpResponse:
    """确认 what was handed down."""
    target = queries.target(request.user, pk)
    actions.accept(target, by=request.user, now=clock.now(), seen=seen(request))
    messages.success(request, _("已确认，从现在起计入进度"))
    return redirect("plans:received", target.plan_id)


@login_required
@require_POST
def object_to(request: Asked, pk: int) -> HttpResponse:
    """提出异议."""
    target = queries.target(request.user, pk)
    actions.object_to(
        target, reason=request.POST.get("reason", ""), by=request.user, now=clock.now(), seen=seen(request)
    )
    messages.success(request, _("异议已送到分解的单位"))
    return redirect("plans:received", target.plan_id)
