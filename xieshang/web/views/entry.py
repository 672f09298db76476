"""Log-in and log-out, and the pages for what is not there or went wrong."""

import os
from datetime import timedelta
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.forms import AuthenticationForm
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.template import loader
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from xieshang.base import clock, words
from xieshang.base.accounts import actions
from xieshang.base.accounts.models import User
from xieshang.base.errors import Refused
from xieshang.web import entering


def next_of(request: HttpRequest) -> str:
    """Where to go after this; only to a page of our own."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    return wanted if url_has_allowed_host_and_scheme(wanted, {request.get_host()}) else "/"


@sensitive_post_parameters("password")
def log_in(request: HttpRequest) -> HttpResponse:
    """登录, with a password or (`?by=code`) with a log-in code. After five failures from one place the account rests a quarter of an hour."""
    if request.user.is_authenticated:
        return HttpResponseRedirect(next_of(request))
    form = AuthenticationForm(request, request.POST or None)
    if request.method == "POST" and form.is_valid():
        user = form.get_user()
        entering.enter(request, user)
        response = HttpResponseRedirect(next_of(request))
        if request.POST.get("remember"):
            _remember(request, response, user)
        return response
    return _log_in_page(request, form, status=422 if form.is_bound else 200)


def _remember(request: HttpRequest, response: HttpResponse, user: User) -> None:
    try:
        entering.remember(request, response, user)
    except Refused as error:
        messages.warning(request, words.sentences(error.why, error.do))


def _log_in_page(request: HttpRequest, form: AuthenticationForm, *, status: int, **more: Any) -> HttpResponse:
    to = next_of(request)
    kept = f"&next={quote(to)}" if to != "/" else ""
    given = {
        "form": form, "next": to, "by_code": request.GET.get("by") == "code", "remember": request.POST.get("remember"),
        "code_url": f"?by=code{kept}", "password_url": f"?{kept.lstrip('&')}", **more, **demo(),
    }  # fmt: skip
    return render(request, "entry/login.html", given, status=status)


def demo() -> dict[str, Any]:
    """The demo's log-ins, only where this installation was started as a demo."""
    if os.environ.get("XIESHANG_DEMO") != "1":
        return {}
    users = User.objects.filter(is_active=True, username__in=DEMO).prefetch_related("grants__organization")
    found = []
    for user in sorted(users, key=lambda u: DEMO.index(u.username)):
        roles = dict.fromkeys(
            f"{g.organization.short_name}{g.get_role_display()}" for g in user.grants.all() if g.ended_at is None
        )
        found.append({"username": user.username, "name": user.name, "role": words.listed(roles)})
    return {"demo_logins": found}


DEMO = ("liumin", "tangwenbin", "zhouxiaoyun", "heguilan", "zhangguohua", "sys", "sec", "audit")


@require_POST
def log_out(request: HttpRequest) -> HttpResponse:
    """退出; drafts kept in the browser are wiped by the page's script, and a telephone that was remembered is forgotten."""
    device = entering.device_of(request)
    if device and request.user.is_authenticated:
        actions.forget(device, organization=request.desk.unit, by=request.user, now=clock.now())  # type: ignore[attr-defined]
    logout(request)
    response = redirect("login")
    response.delete_cookie(entering.COOKIE)
    return response


def locked_out(request: HttpRequest, credentials: dict[str, Any], *args: Any, **kwargs: Any) -> HttpResponse:
    """Too many failures: say until when, and what to do meanwhile."""
    until = clock.now() + timedelta(hours=settings.AXES_COOLOFF_TIME)
    text = _("请在 %(time)s 之后再试，或请本单位系统管理员重设密码。") % {"time": f"{until:%H:%M}"}
    return _log_in_page(request, AuthenticationForm(request), status=429, locked=text)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "errors/404.html", {"said": getattr(exception, "why", "")}, status=404)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Too large a request has a page of its own; any other bad request is said to be one."""
    if isinstance(exception, RequestDataTooBig):
        return render(request, "errors/413.html", status=413)
    return render(request, "errors/404.html", status=400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "errors/403.html", status=403)


def our_fault(request: HttpRequest) -> HttpResponse:
    return HttpResponse(
        loader.get_template("errors/500.html").render({}), status=500
    )  # no request: what failed may be what every page needs
