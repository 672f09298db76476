"""优秀提案: parse, call, render."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from xieshang.base import clock
from xieshang.base.accounts import permissions
from xieshang.base.errors import NotAllowed, Refused
from xieshang.base.requests import Asked, as_number, seen, unit_of

from .. import actions, queries
from ..actions.excellent import limits
from ..models import Selection
from . import day_of


@login_required
def listed(request: Asked) -> HttpResponse:
    """评优: one a year; begun here."""
    unit = request.desk.unit
    error = None
    if request.method == "POST":
        unit = unit_of(request, "proposals.start_selection")
        try:
            return redirect(
                actions.start_selection(unit, as_number(request.POST.get("year")), by=request.user, now=clock.now())
            )
        except NotAllowed:
            raise
        except Refused as refused:
            error = refused
    may = unit is not None and permissions.may(request.user, "proposals.start_selection", unit)
    found = queries.selections(request.user).filter(organization=unit) if unit else Selection.objects.none()
    context = {"selections": list(found), "may": may, "year": clock.today().year - 1, "error": error}
    return render(request, "proposals/excellent.html", context, status=error.status if error else 200)


@login_required
def one(request: Asked, pk: int) -> HttpResponse:
    """One selection, at the step where it is."""
    return _one(request, queries.selection(request.user, pk))


def _one(request: Asked, found: Selection, error: Refused | None = None) -> HttpResponse:
    user, unit = request.user, found.organization
    may = {
        name: permissions.may(user, f"proposals.{name}", unit)
        for name in ("recommend", "begin_scoring", "close_scoring", "decide_selection")
    }
    reviewers = list(found.reviewers.all())
    context: dict[str, Any] = {
        "selection": found, "candidates": queries.candidates(found, user), "error": error, "may": may, "reviewers": reviewers, "reviews": found.state == "scoring" and user in reviewers, "today": clock.today(),
    }  # fmt: skip
    if found.state == "nominating":
        context["eligible"] = list(queries.to_recommend(found, user)[:500]) if may["recommend"] else []
        context["accounts"] = list(queries.could_review(unit)) if may["begin_scoring"] else []
    if found.state == "scoring" and may["close_scoring"]:
        context["unfinished"] = actions.unfinished(found)
    if found.state == "closed":
        context["limits"] = limits(found, clock.today())
    return render(request, "proposals/selection.html", context, status=error.status if error else 200)


def _deed(
    permission: str,
) -> Callable[[Callable[[Asked, Selection, dict[str, Any]], str]], Callable[..., HttpResponse]]:
    """A POST of the selection's page: what is refused is said there."""

    def made(act: Callable[[Asked, Selection, dict[str, Any]], str]) -> Callable[..., HttpResponse]:
        @login_required
        @require_POST
        @wraps(act)
        def done(request: Asked, pk: int) -> HttpResponse:
            found = queries.selection(request.user, pk)
            permissions.require(request.user, f"proposals.{permission}", found.organization)
            try:
                messages.success(request, act(request, found, {"by": request.user, "now": clock.now()}))
            except NotAllowed:
                raise
            except Refused as error:
                return _one(request, found, error)
            return redirect(found)

        return done

    return made


@_deed("recommend")
def recommend(request: Asked, found: Selection, given: dict[str, Any]) -> str:
    """推荐."""
    chosen = queries.to_recommend(found, request.user).filter(pk=as_number(request.POST.get("proposal"))).first()
    if chosen is None:
        raise Refused("no_proposal", why=_("还没有选提案"), do=_("请从列出的里面选"), field="proposal")
    actions.recommend(found, chosen, request.POST.get("words", ""), **given)
    return _("已推荐。")


@_deed("begin_scoring")
def begin(request: Asked, found: Selection, given: dict[str, Any]) -> str:
    """开始评分."""
    chosen = queries.could_review(found.organization).filter(
        pk__in=[as_number(pk) for pk in request.POST.getlist("reviewers")]
    )
    actions.begin_scoring(found, chosen, seen=seen(request), **given)
    return _("开始评分。评审人各评各的，截止前谁也看不到别人的分。")


@_deed("score")
def score(request: Asked, found: Selection, given: dict[str, Any]) -> str:
    """评分: one candidate."""
    candidate = get_object_or_404(
        found.candidates.select_related("selection__organization", "proposal"),
        pk=as_number(request.POST.get("candidate")),
    )
    typed = [request.POST.get(f"points-{n}", "").strip() for n in range(1, len(found.criteria) + 1)]
    actions.score(candidate, [as_number(one, bad=-1) if one.isdecimal() else -1 for one in typed], **given)
    return _("已记下您的评分，截止前可以改。")


@_deed("close_scoring")
def close(request: Asked, found: Selection, given: dict[str, Any]) -> str:
    """评分截止."""
    actions.close_scoring(found, seen=seen(request), reason=request.POST.get("reason", ""), **given)
    return _("评分已截止，名次排好了。")


@_deed("decide_selection")
def decide(request: Asked, found: Selection, given: dict[str, Any]) -> str:
    """审定公布."""
    chosen = [as_number(pk) for pk in request.POST.getlist("chosen")]
    actions.decide_selection(
        found, chosen, on=day_of(request, "on"), seen=seen(request), reason=request.POST.get("reason", ""), **given
    )
    return _("已审定，优秀提案记在各件提案上。")
