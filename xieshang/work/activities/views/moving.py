"""The verbs that stand on the page of an activity: 延期, 取消, 作废, 是同一次, 认领."""

from collections.abc import Callable
from datetime import date
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from xieshang.base import clock
from xieshang.base.errors import NotAllowed, Refused
from xieshang.base.requests import Asked, as_number, seen

from .. import actions, queries
from ..models import Activity, Share
from .showing import show

Act = Callable[[Asked, Activity, dict[str, Any]], str]


def verb(act: Act) -> Callable[..., HttpResponse]:
    """A POST that does one thing to an activity and goes back to its page; what is refused is said there. `act` answers with the word of thanks."""

    @login_required
    @require_POST
    @wraps(act)
    def view(request: Asked, pk: int) -> HttpResponse:
        activity = queries.one(request.user, pk)
        given = {
            "by": request.user,
            "now": clock.now(),
            "seen": seen(request),
            "reason": request.POST.get("reason", ""),
        }
        try:
            said = act(request, activity, given)
        except NotAllowed:
            raise
        except Refused as refused:
            return show(request, queries.one(request.user, pk), refused)
        messages.success(request, said % {"title": activity.title})
        return redirect(activity)

    return view


@verb
def void(request: Asked, activity: Activity, given: dict[str, Any]) -> str:
    """作废: it was recorded by mistake."""
    actions.void(activity, **given)
    return _("“%(title)s”已作废，不再计入任何统计项。")


@verb
def cancel(request: Asked, activity: Activity, given: dict[str, Any]) -> str:
    """取消 one activity, with the reason."""
    actions.cancel(activity, **given)
    return _("“%(title)s”已取消，已通知受邀人。")


@verb
def postpone(request: Asked, activity: Activity, given: dict[str, Any]) -> str:
    """延期, to another day or to one that is not fixed yet."""
    actions.postpone(activity, to=_day(request.POST.get("to", "")), **given)
    return _("“%(title)s”已延期，已通知受邀人。")


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise Refused(
            "no_day", why=_("认不出这个日期"), do=_("请写成 2026-03-12，还没有定的留空"), field="to"
        ) from None


@verb
def merge(request: Asked, activity: Activity, given: dict[str, Any]) -> str:
    """是同一次: the other record stays, this one is void."""
    actions.merge(activity, queries.one(request.user, as_number(request.POST.get("into"))), **given)
    return _("“%(title)s”已并入先登记的那一条，只计一次。")


@verb
def claim(request: Asked, activity: Activity, given: dict[str, Any]) -> str:
    """认领 for the user's own unit."""
    unit = _share(request, activity).organization
    body = queries.organizers(unit).filter(pk=as_number(request.POST.get("body"))).first()
    actions.claim(activity, unit, body=body.pk if body else None, **given)
    return _("“%(title)s”已认领，也计入本单位。")


@verb
def decline(request: Asked, activity: Activity, given: dict[str, Any]) -> str:
    """不认领, or no longer."""
    actions.decline(activity, _share(request, activity).organization, **given)
    return _("“%(title)s”不计入本单位，已告诉登记的单位。")


def _share(request: Asked, activity: Activity) -> Share:
    found = queries.share(request.user, activity)
    if found is None:
        raise Http404
    return found
