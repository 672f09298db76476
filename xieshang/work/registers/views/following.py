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

from .. import actions, queries
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
            saved = _done(request, found, form)
        except NotAllowed:
            raise
        except Refused as refused:
            form.add_error(refused.field if refused.field in form.fields else None, sentences(refused.why, refused.do))
            status = 409 if isinstance(refused, Stale) else 422
        else:
            messages.success(
                request,
                _("“%(title)s”现在是：%(course)s。") % {"title": saved.title, "course": saved.get_course_display()},
            )
            return redirect(saved)
    return _form(request, found, form, status=status)


def _done(request: Asked, entry: Entry, form: FollowForm) -> Entry:
    given, about = form.cleaned_data, form.about()
    who: dict[str, Any] = {"by": request.user, "now": clock.now(), "seen": seen(request)}
    if given["course"] == entry.course:
        return actions.assign(entry, about, **who)
    if given["course"] == "solved":
        return actions.solve(entry, about, on=given["settled_on"], reason=given["reason"], **who)
    done = actions.shelve if given["course"] == "hard" else actions.take_up
    return done(entry, about, reason=given["reason"], **who)


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
        if not form.is_valid():
            raise Refused("no_day", why=_("还没有写撤销日期"), do=_("请写成 2026-03-05 这样"), field="on")
        actions.give_up(found, on=form.cleaned_data["on"], by=request.user, now=clock.now(), seen=seen(request))
    except NotAllowed:
        raise
    except Refused as refused:
        return show_entry(request, queries.entry(request.user, pk), refused)
    messages.success(request, _("“%(title)s”已撤销，从那一天起不再计入存量。") % {"title": found.title})
    return redirect(found)
