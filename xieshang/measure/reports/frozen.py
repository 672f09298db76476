"""Pages of what is frozen: a version with its figures, the annex, and 核对 of a report that came back."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from xieshang.base import clock
from xieshang.base.errors import Refused
from xieshang.base.requests import Asked, as_file, refused, unit_of

from . import annex, checking, copies, freezing, queries, studio
from .forms import CheckForm


@login_required
@require_safe
def version(request: Asked, pk: int, number: int) -> HttpResponse:
    """一稿: its frozen figures, what the ledger says today, and its facts."""
    found = queries.version(request.user, pk, number)
    remade = queries.remade(found)
    changes = {change.blank.order: change for change in queries.changes_since(found)}
    rows = [
        {
            "blank": blank, "kept": kept, "remark": annex.remark(blank), "again": remade.get(blank.order, ""), "change": changes.get(blank.order),
            "url": studio.facts_url(found.report, blank.indicator, found, blank) if kept["name"] else "",
        }
        for blank, kept in zip(freezing.thawed(found), found.blanks, strict=True)
        if blank.is_filled
    ]  # fmt: skip
    gaps = sum(not blank.is_filled for blank in freezing.thawed(found))
    return render(
        request, "reports/version.html", {"version": found, "report": found.report, "rows": rows, "gaps": gaps, "whole": freezing.code(found) == found.code}
    )  # fmt: skip


@login_required
@require_safe
def copy_of(request: Asked, pk: int, number: int, copy: str) -> HttpResponse:
    """A past version made again as it was."""
    found = queries.version(request.user, pk, number)
    if copy not in ("clean", "check"):
        raise Http404
    data = copies.download(found.report, clean=copy == "clean", version=found)
    return as_file(data, f"{found.report.title}（{found.word}{_('清稿') if copy == 'clean' else _('核对稿')}）.docx")


@login_required
@require_safe
def annex_docx(request: Asked, pk: int) -> HttpResponse:
    """附表 .docx."""
    report = queries.one(request.user, pk)
    return as_file(annex.docx(report, at=clock.now()), f"{report.title}{_('数据附表')}.docx")


@login_required
@require_safe
def annex_xlsx(request: Asked, pk: int) -> HttpResponse:
    """附表 .xlsx with the rows."""
    report = queries.one(request.user, pk)
    return as_file(annex.xlsx(report), f"{report.title}{_('数据附表')}.xlsx")


@login_required
def check(request: Asked) -> HttpResponse:
    """核对: a code opens its frozen figures; a file that came back is compared with them."""
    unit_of(request, "reports.see")
    form = CheckForm(request.POST, request.FILES) if request.method == "POST" else CheckForm()
    context: dict[str, Any] = {"form": form}
    if request.method == "POST" and form.is_valid():
        file, code = form.cleaned_data["file"], form.cleaned_data["code"]
        try:
            texts = checking.paragraphs(file.read(), file.name) if file else []
            found = checking.version_of(texts, code, queries.versions(request.user))
        except Refused as error:
            refused(form, error)
        else:
            if not file:
                return redirect(found)
            context |= {"checked": checking.check(found, texts), "name": file.name}
    return render(request, "reports/check.html", context, status=422 if form.is_bound and form.errors else 200)
