"""首页 for each role, 我的, 消息, 搜索, 意见建议."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from xieshang.base import clock, registry
from xieshang.base.accounts import permissions
from xieshang.base.accounts.models import Device
from xieshang.base.audit.models import Entry, Seal
from xieshang.base.notices import actions as telling
from xieshang.base.notices.models import Notice
from xieshang.base.orgs.models import Organization
from xieshang.base.unchanged import unchanged
from xieshang.web import account_parts, entering, figure_parts, home_parts, searching
from xieshang.web import todo as todo_of_admins
from xieshang.web.requests import Request


@login_required
def home(request: Request) -> HttpResponse:
    """What waits for me first; then the year; then what happened. Each kind of person meets a page of his own."""
    if request.desk.unit is None:
        return render(request, "home/no_unit.html")
    face = home_parts.face(request.user, request.desk.unit)
    drawn = _drawn(request, face) if face == "admin" else _kept(request, face)  # seals leave no audit entry
    home_parts.visited(request.user, clock.now())
    return drawn


def _drawn(request: Request, face: str) -> HttpResponse:
    desk, user, now, today = request.desk, request.user, clock.now(), clock.today()
    waiting = home_parts.waiting(user, desk.units, today)
    request.waits = len(waiting)
    given: dict[str, Any] = {
        "greeting": home_parts.greeting(now), "today": today,
        "todos": home_parts.rows(waiting, today, desk.unit, marked=len(desk.units) > 1),
    }  # fmt: skip
    if permissions.may(user, "plans.see", desk.unit):
        given |= home_parts.year_of_plans(desk.unit, desk.starts_on, desk.ends_on, today)
        given["may_import"] = permissions.may(user, "plans.import", desk.unit)
    given["cards"] = figure_parts.cards(user, desk.unit, desk.starts_on, desk.until)
    given |= FACES[face](request)
    return render(request, f"home/{face}.html", given)


_kept = unchanged(_drawn)


def _staff(request: Request) -> dict[str, Any]:
    """Since I was last here; where nothing changed, the last happenings. And the first step where nothing was done yet."""
    unit = request.desk.unit
    since = request.session.get("since")
    found: dict[str, Any] = {"changes": [], "since": None}
    if since:
        found["since"] = clock.parse(since)
        found["changes"] = home_parts.changes(request.user, unit, found["since"])
    found["recent"] = home_parts.recent(unit) if permissions.may(request.user, "activities.see", unit) else []
    return found


def _leader(request: Request) -> dict[str, Any]:
    """What waits for a signature, and the last happenings."""
    unit = request.desk.unit
    found: dict[str, Any] = {"recent": home_parts.recent(unit), "drafts": []}
    if permissions.may(request.user, "reports.see", unit):
        found["drafts"] = home_parts.drafts(request.user, unit)
    return found | _member(request)


def _member(request: Request) -> dict[str, Any]:
    """My year, the last activity I was asked to, and what I was told and have not read."""
    desk, user = request.desk, request.user
    found: dict[str, Any] = {
        "unread": list(Notice.objects.filter(user=user.pk, read_at=None).select_related("organization")[:3])
    }
    for one in found["unread"]:
        one.url = _url_of(one, desk.unit)
    if user.person_id:
        found["mine"] = home_parts.mine(user.person_id, desk.unit, desk.starts_on, desk.until)
        found["came"] = home_parts.came(user.person_id, desk.unit, desk.starts_on, desk.until, most=3)
    return found


def _admin(request: Request) -> dict[str, Any]:
    """How many accounts there are, or how the audit stands."""
    unit, user = request.desk.unit, request.user
    found: dict[str, Any] = {}
    if permissions.may(user, "accounts.see", unit):
        found["accounts"] = account_parts.of(unit).filter(is_active=True).count()
        found["without_role"] = account_parts.without_role(unit).count()
        found["may_manage"] = permissions.may(user, "accounts.manage", unit)
    if permissions.may(user, "audit.see", unit):
        found["watch"] = todo_of_admins.watch(unit)
        found["entries"] = Entry.objects.filter(
            organization=unit, at__gte=clock.parse(clock.today().isoformat())
        ).count()
        found["seal"] = Seal.objects.filter(organization=unit).order_by("-number").first()
    return found


FACES = {"staff": _staff, "leader": _leader, "member": _member, "admin": _admin}


@login_required
def me(request: Request) -> HttpResponse:
    """我的: my own year, and what I may set."""
    desk = request.desk
    given: dict[str, Any] = {
        "roles": permissions.grants(request.user), "here": entering.device_of(request),
        "devices": Device.objects.filter(user=request.user.pk, removed_at=None, ends_at__gt=clock.now()),
    }  # fmt: skip
    if desk.unit and home_parts.is_member(request.user, desk.unit):
        given["mine"] = home_parts.mine(request.user.person_id, desk.unit, desk.starts_on, desk.until)
        given["came"] = home_parts.came(request.user.person_id, desk.unit, desk.starts_on, desk.ends_on)
    given["acted"] = home_parts.acted(request.user.person_id)
    return render(request, "home/me.html", given)


@login_required
def notices(request: Request) -> HttpResponse:
    """消息, the newest first."""
    found: list[Any] = list(Notice.objects.filter(user=request.user.pk).select_related("organization")[:100])
    for one in found:
        one.url = _url_of(one, request.desk.unit)
    return render(request, "home/notices.html", {"notices": found, "unread": sum(one.read_at is None for one in found)})


def _url_of(notice: Notice, here: Organization) -> str:
    """The page of what a notice is about, in its unit."""
    url = registry.url(notice.record)
    return home_parts.at(url, notice.organization, here) if url else ""


@login_required
@require_POST
def notices_read(request: Request) -> HttpResponse:
    telling.mark_read(request.user, now=clock.now())
    return redirect("notices")


@login_required
def search(request: Request) -> HttpResponse:
    """Find a record, a person, a body or a 统计项 by its words."""
    desk = request.desk
    words = request.GET.get("q", "").strip()[:60]
    found = searching.find(request.user, desk.unit, words, desk.starts_on, desk.until) if words and desk.unit else []
    return render(request, "home/search.html", {"search_words": words, "sections": found})


@login_required
def feedback(request: Request) -> HttpResponse:
    """意见建议: a line to those who look after the system; it reaches them as a notice."""
    desk = request.desk
    text = request.POST.get("text", "").strip()
    if request.method == "POST" and text and desk.unit:
        home_parts.pass_on(request.user, desk.unit, text, now=clock.now())
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
