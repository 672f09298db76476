"""审查 and what sends a proposal back: the reviewers' pages."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from xieshang.base import clock
from xieshang.base.accounts import permissions
from xieshang.base.errors import Refused
from xieshang.base.requests import Asked, refused, seen

from .. import actions, looking, queries, rules, terms, thinking
from ..actions import Opinion
from ..forms import ReviewForm
from ..models import Proposal, Review
from . import verb


@login_required
def review(request: Asked, pk: int) -> HttpResponse:
    """初审, or 复审 where the first has been done: the text beside what is put to the committee."""
    proposal = queries.one(request.user, pk)
    again = proposal.state == rules.PRELIM
    permissions.require(request.user, f"proposals.{'review_again' if again else 'review'}", proposal.organization)
    first = proposal.reviews.filter(stage=Review.FIRST).order_by("-id").first() if again else None
    form = ReviewForm(request.POST or None, proposal=proposal, initial=_initial(proposal, first))
    if request.method == "POST" and form.is_valid():
        act = actions.review_again if again else actions.review
        try:
            act(proposal, _opinion(form), by=request.user, now=clock.now(), seen=seen(request))
            if rules.SECRET in form.cleaned_data["grounds"]:
                messages.success(request, _("已锁定，等另一个人确认是不是涉密。"))
                return redirect("proposals:list")
            messages.success(request, _("已复审，等会议审议。") if again else _("已初审，等另一位审查人复审。"))
            return redirect("proposals:list")
        except Refused as error:
            refused(form, error)
    unit = proposal.organization
    context = {
        "proposal": proposal, "form": form, "again": again, "first": first, "first_grounds": terms.titles(unit, terms.GROUND, first.grounds, localtime(first.at).date()) if first else [], "office": True,
        "hints": thinking.hints(proposal, clock.today()), "wanted": list(proposal.wanted.all()), "examined": queries.examined(proposal),
        **looking.beside(proposal, request.user, clock.today()),
    }  # fmt: skip
    return render(request, "proposals/review.html", context, status=422 if form.errors else 200)


def _initial(proposal: Proposal, first: Review | None) -> dict[str, Any]:
    """What the first reviewer said; before him, what the proposer wants and where such proposals went before."""
    if first is None:
        wanted = [body.pk for body in proposal.wanted.all()] or queries.usual_units(proposal)
        systems = {body.system for body in proposal.wanted.all()} - {""}
        return {"units": wanted, "system": systems.pop() if len(systems) == 1 else "", "category": proposal.category}
    return {
        "outcome": first.outcome, "category": first.category, "system": first.system, "main": first.main_id, "grounds": first.grounds, "words": first.words,
        "units": [body.pk for body in first.units.all()],
    }  # fmt: skip


def _opinion(form: ReviewForm) -> Opinion:
    typed = form.cleaned_data
    units = tuple(body.pk for body in typed["units"])
    return Opinion(typed["outcome"], typed["category"], typed["system"], typed["main"], tuple(typed["grounds"]), typed["words"], units)  # fmt: skip


@verb
def send_back(request: Asked, proposal: Proposal, given: dict[str, Any]) -> str:
    """退回修改."""
    actions.send_back(proposal, reason=request.POST.get("reason", ""), **given)
    return _("“%(title)s”已退回，提案者会收到消息。")


@verb
def withdraw(request: Asked, proposal: Proposal, given: dict[str, Any]) -> str:
    """撤案."""
    actions.withdraw(proposal, reason=request.POST.get("reason", ""), **given)
    return _("“%(title)s”已撤案。")
