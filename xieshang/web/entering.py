"""Coming in: by password, by log-in code, by a remembered telephone; and when somebody at this screen last proved who he is."""

import copy
from datetime import datetime
from typing import Any

from django.contrib.auth import authenticate, login
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.translation import gettext as _

from xieshang.base import clock
from xieshang.base.accounts import actions, again, backends, permissions
from xieshang.base.accounts.models import Device, User
from xieshang.base.audit import trail
from xieshang.base.requests import ARRIVED

COOKIE = "device"
PROVED = "proved_at"
BACKEND = "django.contrib.auth.backends.ModelBackend"
PROGRAMS = (
    ("MicroMessenger", "微信"),
    ("Edg", "Edge"),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
SYSTEMS = (
    ("iPhone", "iPhone"), ("iPad", "iPad"), ("HarmonyOS", "HarmonyOS"), ("Android", "Android"), ("Windows", "Windows"), ("Macintosh", "Mac"),
    ("Linux", "Linux"),
)  # fmt: skip


def enter(request: HttpRequest, user: User) -> None:
    """Log in who has just given a password or a code; the audit says which."""
    how = "code" if getattr(user, "backend", "") == backends.PATH else "password"
    _enter(request, user, how)


def _enter(request: HttpRequest, user: User, how: str) -> None:
    since = user.seen_at
    login(request, user, backend=getattr(user, "backend", BACKEND))
    if since:
        request.session["since"] = since.isoformat()
    request.session[ARRIVED] = True
    trail.write(
        "accounts.log_in", by=user, now=clock.now(), record=f"accounts.user:{user.pk}",
        detail={} if how == "password" else {"how": how},
    )  # fmt: skip


def note_proof(sender: Any, request: HttpRequest, user: User, **_more: Any) -> None:
    """Every log-in passes Django's signal, wherever it is made: at this moment somebody proved who he is."""
    request.session[PROVED] = clock.now().isoformat()


def proof(request: HttpRequest) -> datetime | None:
    """When somebody at this screen last gave a password or a code; None: a remembered telephone opened it."""
    said = request.session.get(PROVED)
    return clock.parse(said) if said else None


def proves(request: HttpRequest, typed: str) -> bool:
    """The password of the account, or a fresh code for it: then it holds from now on. What else was sent is kept out of the list of failures."""
    bare = copy.copy(request)
    bare.POST = QueryDict()
    if authenticate(bare, username=request.user.get_username(), password=typed) != request.user:
        request.axes_locked_out = getattr(bare, "axes_locked_out", False)  # type: ignore[attr-defined]
        return False
    request.session[PROVED] = clock.now().isoformat()
    again.prove(clock.now())
    return True


# --- a remembered telephone --------------------------------------------------------------------------------------------------


def by_device(request: HttpRequest) -> None:
    """Let a remembered telephone in. A form that is being sent keeps its token, so it gets the account for this once only."""
    token = request.COOKIES.get(COOKIE, "")
    user = actions.recognised(token, now=clock.now()) if token else None
    if user is None:
        return
    if request.method not in ("GET", "HEAD"):
        request.user = user
        return
    _enter(request, user, "device")
    request.session.pop(PROVED, None)


def remember(request: HttpRequest, response: HttpResponse, user: User) -> None:
    """记住这台手机: the token goes into a cookie that no script reads. Raises Refused for an administrator."""
    held = permissions.grants(user)
    if not held:
        return
    name = device_name(request.headers.get("User-Agent", ""))
    made, token = actions.remember(user, name=name, organization=held[0].organization, now=clock.now())
    age = int((made.ends_at - clock.now()).total_seconds())
    response.set_cookie(COOKIE, token, max_age=age, httponly=True, samesite="Lax", secure=request.is_secure())


def device_of(request: HttpRequest) -> Device | None:
    """The remembered device at which this page is open."""
    token = request.COOKIES.get(COOKIE)
    return Device.objects.filter(digest=actions.digest_of(token), removed_at=None).first() if token else None


def device_name(agent: str) -> str:
    """“微信 · Android”: what a person recognises his telephone by."""
    program = next((name for mark, name in PROGRAMS if mark in agent), "")
    system = next((name for mark, name in SYSTEMS if mark in agent), "")
    return " · ".join(part for part in (program, system) if part) or str(_("没有说明的设备"))
