"""The verbs that stand on the page of an activity: 延期, 取消, 作废, 是同一次, 认领, 同意更改."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from xieshang.base import clock
from xieshang.base.requests import Asked, as_number, on_page, seen

from .. import actions, late, queries
from ..models import Activity, Share
from .showing import show

Act = Callable[[Asked, Activity, dict[str, Any]], str]


def verb(act: Act) -> Callable[..., HttpResponse]:
    """A POST that does one thing to an activity and goes back to its page; what is refused is said there. `act` answers with the word of thanks."""

    @on_page(lambda request, pk: queries.one(request.user, pk), show, lambda request, activity: redirect(activity))
    @wraps(act)
    def done(request: Asked, activity: Activity) -> None:
        given = {
            "by": request.user,
            "now": clock.now(),
            "seen": seen(request),
            "reason": request.POST.get("reason", ""),
        }
        messages.success(request, act(request, activity, given) % {"title": activity.title})

    return done


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
    actions.postpone(activity, to=late.postponed_to(request.POST.get("to", "")), **given)
    return _("“%(title)s”已延期，已通知受邀人。")


@verb
def merge(request: Asked, activity: Activity, given: dict[str, Any]) -> str:
    """是同一次: the other record stays, this one is void."""
    actions.merge(activity, queries.one(request.user, as_number(request.POST.get("into"))), **given)
    return _("“%(title)s”已并入先登记的那一条，只计一次。")


@verb
def claim(request: Asked, activity: Activity, given: dict[str, Any]) -> str:
    """认领 for the user's own unit."""
    unit = _share(request, activity).organization
    actions.claim(activity, unit, body=queries.body_in_charge(unit, request.POST.get("body", "")), **given)
    return _("“%(title)s”已认领，也计入本单位。")


@verb
def decline(request: Asked, activity: Activity, given: dict[str, Any]) -> str:
    """不认领, or no longer."""
    actions.decline(activity, _share(request, activity).organization, **given)
    return _("“%(title)s”不计入本单位，已告诉登记的单位。")


@verb
def agree(request: Asked, activity: Activity, given: dict[str, Any]) -> str:
    """同意更改: a correction in a period that the user's own unit has locked."""
    actions.agree(activity, _share(request, activity).organization, **given)
    return _("“%(title)s”已按更正更改本单位的数字。")


def _share(request: Asked, activity: Activity) -> Share:
    found = queries.share(request.user, activity)
    if found is None:
        raise Http404
    return found
