"""公开 and 撤下 of one proposal, by the committee's office."""

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
from ..models import Proposal
from ..public_forms import PublishForm
from . import verb


@login_required
def publish(request: Asked, pk: int) -> HttpResponse:
    """公开: what everybody will see, as it stands or in an abstract."""
    proposal = queries.one(request.user, pk)
    permissions.require(request.user, "proposals.publish", proposal.organization)
    form = PublishForm(request.POST or None, initial={"how": "full"})
    if request.method == "POST" and form.is_valid():
        try:
            actions.publish(proposal, abstract=form.shown, by=request.user, now=clock.now(), seen=seen(request))
            messages.success(request, _("“%(title)s”已公开。") % {"title": proposal.title})
            return redirect(proposal)
        except Refused as error:
            refused(form, error)
    replies = [one for one in proposal.assignments.select_related("unit") if one.state == rules.DELIVERED]
    return render(request, "proposals/publish.html", {"proposal": proposal, "form": form, "replies": replies}, status=422 if form.errors else 200)  # fmt: skip


@verb
def unpublish(request: Asked, proposal: Proposal, given: dict[str, Any]) -> str:
    """撤下."""
    actions.unpublish(proposal, reason=request.POST.get("reason", ""), **given)
    return _("“%(title)s”已从公开页撤下。")
