"""Pages of 报告编制: parse, call one action or query, render."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from xieshang.base import clock
from xieshang.base.accounts import permissions
from xieshang.base.errors import Refused
from xieshang.base.ledger import figures
from xieshang.base.requests import Asked, as_file, as_number, refused, unit_of
from xieshang.base.workflow.engine import possible

from . import actions, composed, keeping, offering, queries, rules, scopes, studio
from .deciding import period_against
from .forms import RefreshForm, StartForm, days_of
from .models import Blank, Report

PAGE = 25


@login_required
@require_safe
def listed(request: Asked) -> HttpResponse:
    """报告: those being made and those finished."""
    unit = unit_of(request, "reports.see")
    page = Paginator(queries.listed(request.user, unit), PAGE).get_page(request.GET.get("page"))
    may_start, may_draft = (permissions.may(request.user, verb, unit) for verb in ("reports.start", "plans.export"))
    return render(request, "reports/list.html", {"page": page, "may_start": may_start, "may_draft": may_draft})


@login_required
def new(request: Asked) -> HttpResponse:
    """新建报告: a template and a period; what is sure is filled at once."""
    unit = unit_of(request, "reports.start")
    desk = request.desk
    given_id = as_number(request.GET.get("template"))
    form = StartForm(
        request.POST or None, request.FILES or None, begins=desk.starts_on, ends=desk.ends_on, versions=queries.usable(request.user, unit),
        initial={"template": given_id or None},
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        version = given["template"]
        source = (
            {"data": keeping.content(version), "name": version.name}
            if version
            else {"data": given["file"].read(), "name": given["file"].name}
        )
        try:
            report = actions.start(
                unit, **source, start=given["start"], end=given["end"], as_of=given["as_of"], title=given["title"],
                last_year=given["last_year"] and not version, made_from=version, by=request.user, now=clock.now(),
            )  # fmt: skip
        except Refused as error:
            if error.field not in form.fields:
                raise
            refused(form, error)
        else:
            filled, whole, _open = queries.progress(list(report.blanks.all()))
            messages.success(
                request, _("找到 %(whole)d 处空处，已填好有把握的 %(filled)d 处。") % {"whole": whole, "filled": filled}
            )
            return redirect(report)
    return render(
        request,
        "reports/new.html",
        {"form": form, "year": desk.year},
        status=422 if form.is_bound and form.errors else 200,
    )


@login_required
@require_safe
def one(request: Asked, pk: int) -> HttpResponse:
    """报告编制: the document with its blanks, and beside it the blank at hand with what it may be."""
    return _studio(request, queries.one(request.user, pk))


def _studio(request: Asked, report: Report, problem: Refused | None = None, at: Blank | None = None) -> HttpResponse:
    verbs = possible(report, request.user, rules.MOVES)
    known = figures.indicators(report.organization)
    blanks = list(report.blanks.select_related("saved_by").prefetch_related("remarks__by"))
    filled, whole, still_open = queries.progress(blanks)
    wanted = at.order if at else request.GET.get("blank", "")
    current = next((b for b in blanks if str(b.order) == str(wanted)), None) or next(
        (b for b in blanks if not b.how), blanks[0]
    )
    lines = studio.lines(actions.template(report), blanks)
    changes, of_plans = queries.changes(report, blanks, known), composed.changes(report, blanks)
    context = {
        "other_period": period_against("".join(map(str, lines[0].pieces)), report.start, report.end) if lines[0].look == "title" else "",
        "report": report, "items": studio.items(report, blanks, known), "lines": lines, "current": current, "periods": offering.periods(report),
        "filled": filled, "whole": whole, "open": still_open, "verbs": verbs, "changes": [*changes, *(of_plans or [])], "reworded": of_plans is None, "refused": problem,
        "versions": studio.versions(report), "remarks": report.remarks.filter(blank=None).select_related("by"), "may_settle": permissions.may(request.user, "reports.settle", report.organization),
        "remarked": permissions.may(request.user, "reports.remark", report.organization) and report.state == "draft", "typed_remark": request.POST.get("remark", ""),
        "unequal": scopes.unequal(blanks),
        "refresh_form": RefreshForm(request.POST if problem and problem.field == "end" else None, initial={"end": report.end}),
    }  # fmt: skip
    return render(request, "reports/one.html", context, status=problem.status if problem else 200)


@login_required
@require_POST
def answer(request: Asked, pk: int, blank: int) -> HttpResponse:
    """One blank: `choice` (a number from 0), `leave`, or the `text` typed in."""
    report = queries.one(request.user, pk)
    found = queries.blank_of(report, blank)
    given = request.POST
    seen = int(given["seen"]) if given.get("seen", "").isdigit() else None
    common: dict[str, Any] = {"by": request.user, "now": clock.now(), "seen": seen}
    try:
        if given.get("choice", "").isdigit():
            found = actions.choose(found, int(given["choice"]), **common)
        elif "leave" in given:
            found = actions.leave(found, **common)
        elif "days" in given:
            found = actions.over(found, *days_of(given), **common)
            return redirect(f"{reverse('reports:one', args=[pk])}?blank={found.order}")
        else:
            found = actions.type_in(
                found,
                given.get("text", ""),
                reason=given.get("reason", ""),
                asked_by=given.get("asked_by", ""),
                **common,
            )
    except Refused as error:
        if error.field not in ("choice", "text", "days"):
            raise
        return _studio(request, report, error, found)
    wants_reason = found.differs and not (found.reason or found.asked_by)
    after = found if wants_reason else studio.following(report, found)
    return redirect(f"{reverse('reports:one', args=[pk])}?blank={after.order}")


@login_required
@require_POST
def refresh(request: Asked, pk: int) -> HttpResponse:
    """刷新: the figures as they are now, or of other days."""
    report = queries.one(request.user, pk)
    form = RefreshForm(request.POST)
    if not form.is_valid():
        return _studio(
            request, report, Refused("bad_day", why=_("日期写得不对"), do=_("请写成 2026-11-30 这样"), field="end")
        )
    try:
        changed = actions.refresh(report, **form.cleaned_data, by=request.user, now=clock.now())
    except Refused as error:
        if error.field != "end":
            raise
        return _studio(request, report, error)
    said = "；".join(
        _("%(name)s原 %(old)s 现 %(new)s") % {"name": c.indicator.name, "old": c.old, "new": c.new} for c in changed[:5]
    )
    text = ngettext("%(n)d 个数变了：%(said)s。", "%(n)d 个数变了：%(said)s。", len(changed)) % {
        "n": len(changed),
        "said": said,
    }
    messages.success(request, text if changed else _("没有变动的数。"))
    return redirect(report)


@login_required
@require_POST
def finish(request: Asked, pk: int) -> HttpResponse:
    """定稿."""
    report = queries.one(request.user, pk)
    actions.finish(report, by=request.user, now=clock.now(), seen=_seen(request))
    messages.success(request, _("已定稿。以后的更正不会改动它，只在旁边列出“原几、现几”。"))
    return redirect(report)


@login_required
@require_POST
def drop(request: Asked, pk: int) -> HttpResponse:
    """作废."""
    report = queries.one(request.user, pk)
    actions.drop(report, reason=request.POST.get("reason", ""), by=request.user, now=clock.now(), seen=_seen(request))
    messages.success(request, _("“%(title)s”已作废。") % {"title": report.title})
    return redirect("reports:list")


@login_required
@require_POST
def send_up(request: Asked, pk: int) -> HttpResponse:
    """送审."""
    report = queries.one(request.user, pk)
    actions.send_up(report, by=request.user, now=clock.now(), seen=_seen(request))
    messages.success(request, _("已送审，这一稿留了底。领导在首页签批，也可以打印审批单。"))
    return redirect(report)


@login_required
@require_POST
def remark(request: Asked, pk: int) -> HttpResponse:
    """审改意见 on the place `blank`, or on the whole."""
    report = queries.one(request.user, pk)
    at = queries.blank_of(report, as_number(request.POST.get("blank"))) if request.POST.get("blank") else None
    try:
        actions.remark(report, request.POST.get("remark", ""), blank=at, by=request.user, now=clock.now())
    except Refused as error:
        if error.field != "remark":
            raise
        return _studio(request, report, error, at)
    return redirect(f"{report.get_absolute_url()}?blank={at.order}" if at else report)


@login_required
@require_POST
def settle(request: Asked, pk: int, remark: int) -> HttpResponse:
    """已处理."""
    report = queries.one(request.user, pk)
    done = actions.settle(queries.remark_of(report, remark), by=request.user, now=clock.now())
    return redirect(f"{report.get_absolute_url()}?blank={done.blank.order}" if done.blank else report)


def _seen(request: Asked) -> int | None:
    given = request.POST.get("seen", "")
    return int(given) if given.isdigit() else None


@login_required
@require_safe
def download(request: Asked, pk: int, copy: str) -> HttpResponse:
    """清稿 (`clean`) or 核对稿 (`check`) as .docx."""
    report = queries.one(request.user, pk)
    if copy not in ("clean", "check"):
        raise Http404
    data = actions.download(report, clean=copy == "clean")
    name = f"{report.title}（{_('清稿') if copy == 'clean' else _('核对稿')}）.docx"
    return as_file(data, name)
