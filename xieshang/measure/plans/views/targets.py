"""任务: one target, how it stands, its lines of progress and evidence, its old versions; changing it asks why."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from xieshang.base import clock
from xieshang.base.errors import Refused
from xieshang.base.files import storage
from xieshang.base.requests import Asked, refused
from xieshang.base.workflow.engine import possible

from .. import actions, composing, exports, measuring, queries, rules
from ..forms import ProgressForm, TargetForm
from ..models import Target
from . import seen


@login_required
def target(request: Asked, pk: int) -> HttpResponse:
    found = queries.target(request.user, pk)
    return render(request, "plans/target.html", _context(request, found))


def _context(request: Asked, found: Target, **more: Any) -> dict[str, Any]:
    known = queries.indicators(found.organization)
    [row] = measuring.measure([found], clock.today(), known)
    moves = possible(found, request.user, rules.TARGET_MOVES)
    return {
        "target": found, "row": row, "moves": moves, "indicator": known.get(found.indicator), "changes": queries.changes(found),
        "lines": found.progress.select_related("by"), "evidence": storage.of(found.ref), "owners": queries.owners(found.organization),
        "per_words": exports.per_words(found), "due": exports.due(found),
        "form": TargetForm(found, known) if "change" in moves else None, "progress_form": ProgressForm(row, clock.today()) if "progress" in moves else None,
        "today": clock.today(), **composing.around(found, clock.today(), row), **more,
    }  # fmt: skip


@login_required
@require_POST
def change(request: Asked, pk: int) -> HttpResponse:
    """调整, with its reason; a mistake is shown in the form with what was typed."""
    found = queries.target(request.user, pk)
    form = TargetForm(found, queries.indicators(found.organization), request.POST)
    reason = request.POST.get("reason", "")
    if form.is_valid():
        try:
            actions.change(
                found, fields=form.cleaned_data, by=request.user, now=clock.now(), seen=seen(request), reason=reason
            )
            messages.success(request, _("已调整，原来的内容留在下面的旧版本里"))
            return redirect(found)
        except Refused as error:
            refused(form, error)
    return render(
        request, "plans/target.html", _context(request, found, form=form, reason=reason, changing=True), status=422
    )


@login_required
@require_POST
def progress(request: Asked, pk: int) -> HttpResponse:
    """填进展, with evidence."""
    found = queries.target(request.user, pk)
    [row] = measuring.measure([found], clock.today())
    form = ProgressForm(row, clock.today(), request.POST)
    if form.is_valid():
        files = [(upload.name or "", upload.read()) for upload in request.FILES.getlist("files")]
        try:
            actions.report_progress(
                found, files=files, by=request.user, now=clock.now(), seen=seen(request), **form.said
            )
            messages.success(request, _("进展已记下"))
            return redirect(found)
        except Refused as error:
            refused(form, error)
    return render(request, "plans/target.html", _context(request, found, progress_form=form), status=422)


@login_required
@require_POST
def withdraw(request: Asked, pk: int) -> HttpResponse:
    """调出."""
    found = queries.target(request.user, pk)
    actions.withdraw_target(
        found, by=request.user, now=clock.now(), seen=seen(request), reason=request.POST.get("reason", "")
    )
    messages.success(request, _("已调出"))
    return redirect(found.plan)


@login_required
@require_POST
def reinstate(request: Asked, pk: int) -> HttpResponse:
    """恢复."""
    found = queries.target(request.user, pk)
    actions.reinstate(
        found, by=request.user, now=clock.now(), seen=seen(request), reason=request.POST.get("reason", "")
    )
    messages.success(request, _("已恢复"))
    return redirect(found)
