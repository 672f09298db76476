"""Kept on the way, before the form is sent: what is typed, and files."""

import json
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from xieshang.base import clock
from xieshang.base.errors import Refused
from xieshang.base.orgs.models import Organization
from xieshang.base.requests import Asked, as_number, as_uuid, unit_of

from .. import actions, queries
from . import keep


@login_required
@require_POST
def draft(request: Asked) -> HttpResponse:
    """存草稿, as it is typed: what js/drafts.js sends (key, client_id, payload), the same as JSON, or the form itself."""
    given = _sent(request)
    client_id = as_uuid(str(given.get("client_id", "")))
    if client_id is None:
        raise Refused("no_id", why=_("这份草稿没有编号"), do=_("请刷新“登记活动”这一页再填"), field="client_id")
    values: dict[str, list[str]] = {}
    for name, value in given["values"]:
        if value and name not in ("csrfmiddlewaretoken", "client_id", "seen", "key"):
            values.setdefault(name, []).append(value)
    key = str(given.get("key") or queries.NEW).partition(":")[0][:60]
    typed = {"key": key, "title": (values.get("title") or [""])[0][:120], "values": values}
    kept = actions.keep_draft(_unit_named(request), client_id, typed, by=request.user, now=clock.now())
    return JsonResponse({"saved_at": f"{clock.now():%H:%M}", "kept": kept is not None})


def _sent(request: Asked) -> dict[str, Any]:
    """{key, client_id, values: [(name, value), …]} however it was sent."""
    try:
        if request.content_type == "application/json":
            given = json.loads(request.body)
            pairs = given.get("payload", [])
        else:
            given = request.POST.dict()
            pairs = (
                json.loads(given["payload"])
                if "payload" in given
                else [(name, v) for name, vs in request.POST.lists() for v in vs]
            )
        return {**given, "values": [(str(name), str(value)) for name, value in pairs]}
    except (ValueError, TypeError, AttributeError) as error:
        raise Refused("unreadable", why=_("这份草稿读不出来"), do=_("请刷新“登记活动”这一页再填")) from error


def _unit_named(request: Asked) -> Organization:
    """The unit of a draft or an upload stands in its address: a phone may send it after another unit was chosen."""
    code = request.GET.get("unit")
    named = next((unit for unit in request.desk.units if unit.code == code), None)
    return named or unit_of(request, "activities.record")


@login_required
@require_POST
def drop_draft(request: Asked) -> HttpResponse:
    """不要这份草稿."""
    if client_id := as_uuid(request.POST.get("client_id", "")):
        actions.drop_draft(client_id, by=request.user)
        messages.success(request, _("草稿已经不要了。"))
    if pk := as_number(request.POST.get("activity")):
        return redirect("activities:edit", pk=pk)
    return redirect(reverse("activities:new") + "?fresh=1")


@login_required
@require_POST
def upload(request: Asked) -> HttpResponse:
    """One photo or paper, ahead of its form: what js/upload.js sends."""
    file = request.FILES.get("file")
    if file is None:
        return JsonResponse(
            Refused("empty", why=_("没有收到文件"), do=_("请再选一次"), field="files").as_json(), status=422
        )
    try:
        kept = keep(request, _unit_named(request), file, "record")
    except Refused as refused:
        return JsonResponse(refused.as_json(), status=refused.status)
    return JsonResponse({"id": kept.pk, "name": kept.name, "url": reverse("file", args=[kept.pk, kept.name])})
