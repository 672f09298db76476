"""涉密待处理: locked by one, looked at by a second person, purged or given back."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from xieshang.base.accounts import permissions
from xieshang.base.requests import Asked

from .. import actions, queries, rules
from ..models import Proposal
from ..queries.secrecy import sees_secret
from . import verb


@login_required
@never_cache
@require_safe
def secret(request: Asked, pk: int) -> HttpResponse:
    """The sealed text, for the two."""
    proposal = queries.one(request.user, pk)
    if proposal.state != rules.LOCKED or not sees_secret(request.user, proposal):
        permissions.require(request.user, "proposals.purge", proposal.organization)
        raise Http404
    found = proposal.secret
    settles = permissions.may(request.user, "proposals.purge", proposal.organization) and found.locked_by_id != request.user.pk  # fmt: skip
    context = {"proposal": proposal, "secret": found, "text": found.sealed["columns"], "files": found.sealed["files"], "settles": settles}  # fmt: skip
    return render(request, "proposals/secret.html", context)


@verb
def lock(request: Asked, proposal: Proposal, given: dict[str, Any]) -> str:
    """疑似涉密."""
    actions.lock(proposal, reason=request.POST.get("reason", ""), **given)
    return _("已锁定，等另一个人确认是不是涉密。")


@verb
def purge(request: Asked, proposal: Proposal, given: dict[str, Any]) -> str:
    """确认涉密."""
    actions.purge(proposal, reason=request.POST.get("reason", ""), **given)
    return _("已彻底清除。")


@verb
def release(request: Asked, proposal: Proposal, given: dict[str, Any]) -> str:
    """不涉密."""
    actions.release(proposal, reason=request.POST.get("reason", ""), **given)
    return _("已恢复。")
