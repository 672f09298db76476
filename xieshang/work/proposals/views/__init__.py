"""Pages of 提案: parse, call one action or query, render."""

from collections.abc import Callable
from datetime import date
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from xieshang.base import clock
from xieshang.base.errors import NotAllowed, Refused
from xieshang.base.files import storage
from xieshang.base.requests import Asked, seen

from .. import queries
from ..models import Proposal

Act = Callable[[Asked, Proposal, dict[str, Any]], str]


def verb(act: Act) -> Callable[..., HttpResponse]:
    """A POST that does one thing to a proposal and goes back to its page; what is refused is said there. `act` answers with the word of thanks."""

    @login_required
    @require_POST
    @wraps(act)
    def view(request: Asked, pk: int) -> HttpResponse:
        from .showing import show

        proposal = queries.one(request.user, pk)
        given = {"by": request.user, "now": clock.now(), "seen": seen(request)}
        try:
            said = act(request, proposal, given)
        except NotAllowed:
            raise
        except Refused as refused:
            return show(request, queries.one(request.user, pk), refused)
        messages.success(request, said % {"title": proposal.title})
        return redirect("proposals:list") if not queries.shown(request.user, pk) else redirect(proposal)

    return view


def file_of(request: Asked, name: str) -> tuple[str, bytes] | None:
    """A file of the form: its name and content."""
    sent = request.FILES.get(name)
    return (sent.name or "", sent.read(storage.MAX_BYTES + 1)) if sent else None


def day_of(request: Asked, name: str) -> date:
    """A day of a small form; raises Refused where it cannot be read."""
    try:
        return date.fromisoformat(request.POST.get(name, ""))
    except ValueError:
        raise Refused("no_day", why=_("认不出这个日期"), do=_("请写成 2026-03-12"), field=name) from None
