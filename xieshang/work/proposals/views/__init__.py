"""Pages of 提案: parse, call one action or query, render."""

from collections.abc import Callable
from datetime import date
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from xieshang.base import clock
from xieshang.base.errors import Refused
from xieshang.base.files import storage
from xieshang.base.requests import Asked, on_page, seen

from .. import queries
from ..models import Proposal

Act = Callable[[Asked, Proposal, dict[str, Any]], str]


def verb(act: Act) -> Callable[..., HttpResponse]:
    """A POST that does one thing to a proposal and goes back to its page; what is refused is said there. `act` answers with the word of thanks."""

    from .showing import show

    def back(request: Asked, proposal: Proposal) -> HttpResponse:
        return redirect(proposal) if queries.shown(request.user, proposal.pk) else redirect("proposals:list")

    @on_page(lambda request, pk: queries.one(request.user, pk), show, back)
    @wraps(act)
    def done(request: Asked, proposal: Proposal) -> None:
        given = {"by": request.user, "now": clock.now(), "seen": seen(request)}
        messages.success(request, act(request, proposal, given) % {"title": proposal.title})

    return done


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
