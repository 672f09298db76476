"""The follow-up part of an entry, and giving up a thing of a stock."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from xieshang.base import clock
from xieshang.base.accounts import permissions
from xieshang.base.errors import NotAllowed, Refused, Stale
from xieshang.base.requests import Asked, seen
from xieshang.base.words import sentences

from .. import actions, late, queries
from ..forms import FollowForm, GiveUpForm
from ..models import Entry
from .showing import show_entry


@login_required
def follow(request: Asked, pk: int) -> HttpResponse:
    """办理: who, until when, solved or not, and what was answered."""
    found = queries.entry(request.user, pk)
    permissions.require(request.user, "registers.assign", found.organization)
    if not found.register.follow or found.state != "valid":
        raise Http404
    if request.method != "POST":
        return _form(request, found, FollowForm(None, entry=found, today=clock.today()))
    form = FollowForm(request.POST, entry=found, today=clock.today())
    status = 422
    if form.is_valid():
        try:
            saved = late.followed(found, form, by=request.user, now=clock.now(), seen=seen(request))
        except NotAllowed:
            raise
        except Refused as refused:
            form.late = refused.code == "locked_period"
            if form.late and "late" in request.POST:
                return _asked(request, found, form)
            form.add_error(refused.field if refused.field in form.fields else None, sentences(refused.why, refused.do))
            status = 409 if isinstance(refused, Stale) else 422
        else:
            messages.success(
                request,
                _("“%(title)s”现在是：%(course)s。") % {"title": saved.title, "course": saved.get_course_display()},
            )
            return redirect(saved)
    return _form(request, found, form, status=status)


def _asked(request: Asked, entry: Entry, form: FollowForm) -> HttpResponse:
    """送签: it stands so once the head of the office consents."""
    try:
        asked = late.ask_follow(entry, form, request.POST, by=request.user, now=clock.now())
    except NotAllowed:
        raise
    except Refused as refused:
        form.add_error("reason", sentences(refused.why, refused.do))
        return _form(request, entry, form, status=422)
    messages.success(request, _("已送签。办公室主任同意后就这样办。"))
    return redirect(asked)


def _form(request: Asked, entry: Entry, form: FollowForm, *, status: int = 200) -> HttpResponse:
    typed = request.POST.get("seen", "") if status == 422 else ""
    context = {"entry": entry, "register": entry.register, "form": form, "seen": typed or entry.version}
    return render(request, "registers/follow.html", context, status=status)


@login_required
@require_POST
def give_up(request: Asked, pk: int) -> HttpResponse:
    """撤销 a thing of a stock from a day on."""
    found = queries.entry(request.user, pk)
    permissions.require(request.user, "registers.give_up", found.organization)
    form = GiveUpForm(request.POST)
    try:
        given: dict[str, Any] = {"by": request.user, "now": clock.now(), "seen": seen(request)}
        actions.give_up(found, on=form.day(), reason=request.POST.get("reason", ""), **given)
    except NotAllowed:
        raise
    except Refused as refused:
        return show_entry(request, queries.entry(request.user, pk), refused)
    messages.success(request, _("“%(title)s”已撤销，从那一天起不再计入存量。") % {"title": found.title})
    return redirect(found)
