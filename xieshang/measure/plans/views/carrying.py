"""结转: which unfinished tasks, what remains of each, into which plan, why."""

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
from xieshang.base.errors import Refused
from xieshang.base.requests import Asked, refused

from .. import actions, carrying, queries
from ..forms import CarryForm
from ..measuring import LATE
from ..models import Plan, plain
from . import seen


@login_required
def carry(request: Asked, pk: int) -> HttpResponse:
    """The unfinished tasks with what remains; those that somebody is behind with are ticked at first."""
    plan = queries.one(request.user, pk)
    permissions.require(request.user, "plans.carry_out", plan.organization)
    rows = _rows(request, plan)
    form = CarryForm(plan, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        chosen = [actions.Carry(row["left"].row.target, _number(row["remains"])) for row in rows if row["ticked"]]
        try:
            made = actions.carry_over(
                plan,
                form.cleaned_data["into"],
                chosen,
                reason=form.cleaned_data["reason"],
                by=request.user,
                now=clock.now(),
            )
            messages.success(request, _("已结转 %(n)s 项") % {"n": len(made)})
            return redirect(form.cleaned_data["into"])
        except Refused as error:
            refused(form, error)
    context = {"plan": plan, "rows": rows, "form": form, "nowhere": not carrying.into(plan).exists()}
    return render(request, "plans/carry.html", context, status=422 if form.errors else 200)


def _rows(request: Asked, plan: Plan) -> list[dict[str, Any]]:
    typed = request.POST if request.method == "POST" else None
    rows = []
    for left in carrying.left(plan, clock.today()):
        pk = left.row.target.pk
        remains = plain(left.remains) if typed is None else typed.get(f"remains_{pk}", "")
        rows.append(
            {
                "left": left,
                "remains": remains,
                "ticked": left.row.state in LATE if typed is None else f"carry_{pk}" in typed,
            }
        )
    return rows


def _number(typed: str) -> Decimal | None:
    """None for what is no number: the action says so, by the task's name."""
    try:
        number = Decimal(typed.strip())
    except InvalidOperation:
        return None
    return number.quantize(Decimal("0.01")) if number.is_finite() and 0 < number < 10**12 else None


@login_required
@require_POST
def carry_back(request: Asked, pk: int) -> HttpResponse:
    """取消结转."""
    target = queries.target(request.user, pk)
    actions.carry_back(
        target, reason=request.POST.get("reason", ""), by=request.user, now=clock.now(), seen=seen(request)
    )
    messages.success(request, _("已取消结转"))
    return redirect(target)
