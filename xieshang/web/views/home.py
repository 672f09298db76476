"""首页 for each role, 我的, 消息, 搜索, 意见建议."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from xieshang.base import clock, registry, todo
from xieshang.base.accounts import permissions
from xieshang.base.notices import actions as telling
from xieshang.base.notices.models import Notice
from xieshang.web import home_parts, searching


@login_required
def home(request: HttpRequest) -> HttpResponse:
    """What waits for me first; then the year's plan; then what was done lately."""
    desk = request.desk  # type: ignore[attr-defined]
    if desk.unit is None:
        return render(request, "home/no_unit.html")
    today = clock.today()
    given: dict[str, Any] = {
        "greeting": home_parts.greeting(clock.now()), "today": today,
        "todos": home_parts.rows(todo.waiting(request.user, desk.unit, today), today),
    }  # fmt: skip
    if permissions.may(request.user, "plans.see", desk.unit):  # type: ignore[arg-type]
        given |= home_parts.year_of_plans(desk.unit, desk.year, today)
    if permissions.may(request.user, "activities.see", desk.unit):  # type: ignore[arg-type]
        given["recent"] = home_parts.recent(desk.unit)
    if home_parts.is_member(request.user, desk.unit):
        given["mine"] = home_parts.mine(request.user, desk.unit, desk.starts_on, min(desk.ends_on, today))
    return render(request, "home/home.html", given)


@login_required
def me(request: HttpRequest) -> HttpResponse:
    """我的: my own year, and what I may set."""
    desk = request.desk  # type: ignore[attr-defined]
    given: dict[str, Any] = {"roles": permissions.grants(request.user)}  # type: ignore[arg-type]
    if desk.unit and home_parts.is_member(request.user, desk.unit):
        given["mine"] = home_parts.mine(request.user, desk.unit, desk.starts_on, min(desk.ends_on, clock.today()))
        given["came"] = home_parts.came(request.user, desk.unit, desk.starts_on, desk.ends_on)
    return render(request, "home/me.html", given)


@login_required
def notices(request: HttpRequest) -> HttpResponse:
    """消息, the newest first."""
    found = list(Notice.objects.filter(user=request.user.pk).select_related("organization")[:100])
    for one in found:
        one.url = registry.url(one.record)  # type: ignore[attr-defined]
    return render(request, "home/notices.html", {"notices": found, "unread": sum(one.read_at is None for one in found)})


@login_required
@require_POST
def notices_read(request: HttpRequest) -> HttpResponse:
    telling.mark_read(request.user, now=clock.now())  # type: ignore[arg-type]
    return redirect("notices")


@login_required
def search(request: HttpRequest) -> HttpResponse:
    """Find a record, a person, a body or a 统计项 by its words."""
    desk = request.desk  # type: ignore[attr-defined]
    words = request.GET.get("q", "").strip()[:60]
    found = (
        searching.find(request.user, desk.unit, words, desk.starts_on, min(desk.ends_on, clock.today()))
        if words and desk.unit
        else []
    )  # type: ignore[arg-type]
    return render(request, "home/search.html", {"search_words": words, "sections": found})


@login_required
def feedback(request: HttpRequest) -> HttpResponse:
    """意见建议: a line to those who look after the system; it reaches them as a notice."""
    desk = request.desk  # type: ignore[attr-defined]
    text = request.POST.get("text", "").strip()
    if request.method == "POST" and text and desk.unit:
        home_parts.pass_on(request.user, desk.unit, text, now=clock.now())  # type: ignore[arg-type]
        messages.success(request, _("您的意见已经送到系统管理员，谢谢"))
        return redirect("home")
    return render(
        request,
        "home/feedback.html",
        {"missing": request.method == "POST"},
        status=422 if request.method == "POST" else 200,
    )


def gallery(request: HttpRequest) -> HttpResponse:
    """Every component in every state; only while developing."""
    if not settings.DEBUG:
        raise Http404
    return render(request, "gallery.html")
