"""What is typed into a register's form and not yet sent."""

from dataclasses import replace

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from xieshang.base import clock
from xieshang.base.accounts import permissions
from xieshang.base.drafts import actions as drafts
from xieshang.base.drafts.sent import read
from xieshang.base.requests import Asked, as_number, as_uuid

from .. import actions, queries
from . import register_of


@login_required
@require_POST
def draft(request: Asked, pk: int) -> HttpResponse:
    """存草稿, as it is typed."""
    register = register_of(request, pk, "registers.draft")
    title = next(one.key for one in register.fields if one.role == "title")
    sent = read(request, title=title)
    key = sent.key if sent.key.startswith("registers.edit.") else queries.draft_key(register)
    kept = actions.keep_draft(register, replace(sent, key=key), by=request.user, now=clock.now())
    return JsonResponse({"saved_at": f"{clock.now():%H:%M}", "kept": kept is not None})


@login_required
@require_POST
def drop_draft(request: Asked, pk: int) -> HttpResponse:
    """不要这份草稿."""
    register = register_of(request, pk, "registers.draft")
    if client_id := as_uuid(request.POST.get("client_id", "")):
        drafts.discard(client_id, by=request.user)
        messages.success(request, _("草稿已经不要了。"))
    if entry := as_number(request.POST.get("entry")):
        return redirect("registers:entry_edit", pk=entry)
    if permissions.may(request.user, "registers.record", register.organization):
        return redirect("registers:entry_new", pk=pk)
    return redirect("registers:report", pk=pk)
