"""Kept on the way, before the form is sent: what is typed, and files."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from xieshang.base import clock
from xieshang.base.drafts import actions as drafts
from xieshang.base.drafts.sent import read
from xieshang.base.errors import Refused
from xieshang.base.orgs.models import Organization
from xieshang.base.requests import Asked, as_number, as_uuid, unit_of

from .. import actions, queries
from . import keep


@login_required
@require_POST
def draft(request: Asked) -> HttpResponse:
    """存草稿, as it is typed."""
    kept = actions.keep_draft(_unit_named(request), read(request, key=queries.NEW), by=request.user, now=clock.now())
    return JsonResponse({"saved_at": f"{clock.now():%H:%M}", "kept": kept is not None})


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
        drafts.discard(client_id, by=request.user)
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
