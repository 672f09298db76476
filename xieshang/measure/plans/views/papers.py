"""Papers made of plans and figures: 半年小结, 年终总结, 工作进展通报, 五年回顾, 提案工作情况的报告. Each is shown, taken down, or goes on as a draft of 报告编制."""

from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from xieshang.base import clock
from xieshang.base.accounts import permissions
from xieshang.base.orgs.models import Organization
from xieshang.base.requests import Asked, as_file, as_number
from xieshang.measure.reports import composed

from .. import bulletin, five_years, proposal_report, queries, summary
from ..models import Plan
from ..shown import shown
from . import unit_of

EARLIEST, LATEST = 1990, 2100


def _page(request: Asked, unit: Organization, template: str, address: str, draft: str, **context: Any) -> HttpResponse:
    """`address`: of the .docx with its query; `draft`: where the paper becomes a draft of 报告编制."""
    beside = {
        "docx": address, "clean": f"{address}&clean=1" if "?" in address else f"{address}?clean=1", "draft": draft,
        "may_start": permissions.may(request.user, "reports.start", unit),
    }  # fmt: skip
    return render(request, template, context | beside)


def _begun(request: Asked, report: Any) -> HttpResponse:
    messages.success(request, _("已转入报告编制：数都连着明细，留空的地方请补写。"))
    return redirect(report)


def _comments(request: Asked) -> bool:
    return request.GET.get("clean") != "1"


def _wall() -> datetime:
    return clock.now().replace(tzinfo=None)


def _day(given: str, otherwise: date) -> date:
    try:
        return min(date.fromisoformat(given), otherwise)
    except ValueError:
        return otherwise


# --- 半年小结、年终总结 -----------------------------------------------------------------------------------------------------------


def _summary(request: Asked, pk: int, given: QueryDict) -> tuple[Plan, summary.Term]:
    plan = queries.one(request.user, pk)
    permissions.require(request.user, "plans.export", plan.organization)
    return plan, summary.term(plan, "half" if given.get("kind") == "half" else "year", clock.today())


@login_required
@require_safe
def summary_page(request: Asked, pk: int) -> HttpResponse:
    """The draft as a page; `?kind=half` for the half-year."""
    plan, when = _summary(request, pk, request.GET)
    asked = f"?kind={when.kind}"
    return _page(
        request, plan.organization, "plans/summary.html", reverse("plans:summary_docx", args=[pk]) + asked, reverse("plans:summary_draft", args=[pk]),
        plan=plan, when=when, parts=shown(summary.draft(plan, when)), asked={"kind": when.kind},
    )  # fmt: skip


@login_required
@require_safe
def summary_docx(request: Asked, pk: int) -> HttpResponse:
    """The draft as .docx; `?clean=1` without comments."""
    plan, when = _summary(request, pk, request.GET)
    data = summary.docx(summary.draft(plan, when), at=_wall(), comments=_comments(request))
    return as_file(data, f"{summary.title(plan, when)}.docx")


@login_required
@require_POST
def summary_draft(request: Asked, pk: int) -> HttpResponse:
    """The summary as a draft of 报告编制."""
    plan, when = _summary(request, pk, request.POST)
    report = composed.start(
        plan.organization, summary.draft(plan, when), title=summary.title(plan, when), start=when.start, end=when.end, series=when.kind, made_of={"plan": plan.pk},
        by=request.user, now=clock.now(),
    )  # fmt: skip
    return _begun(request, report)


# --- 工作进展通报 ----------------------------------------------------------------------------------------------------------------


def _bulletin(request: Asked, given: QueryDict) -> bulletin.Bulletin:
    """Of the unit and year at hand: `on` (up to today) and `issue` in the query, else today and the next number."""
    unit, desk = unit_of(request), request.desk
    permissions.require(request.user, "plans.export", unit)
    on = max(desk.starts_on, _day(given.get("on", ""), min(clock.today(), desk.ends_on)))
    issue = as_number(given.get("issue")) or composed.next_issue(unit, bulletin.SERIES, on.year)
    return bulletin.draft(unit, desk.starts_on, desk.ends_on, on, min(issue, 999))


@login_required
@require_safe
def bulletin_page(request: Asked) -> HttpResponse:
    """工作进展通报 of all plans of the year."""
    made = _bulletin(request, request.GET)
    asked = {"issue": made.issue, "on": made.on.isoformat()}
    address = f"{reverse('plans:bulletin_docx')}?{urlencode(asked)}"
    return _page(
        request, made.unit, "plans/bulletin.html", address, reverse("plans:bulletin_draft"), made=made, parts=shown(made.parts, made.head), asked=asked
    )  # fmt: skip


@login_required
@require_safe
def bulletin_docx(request: Asked) -> HttpResponse:
    """The bulletin as .docx; `?clean=1` without comments."""
    made = _bulletin(request, request.GET)
    return as_file(bulletin.docx(made, at=_wall(), comments=_comments(request)), f"{made.title}.docx")


@login_required
@require_POST
def bulletin_draft(request: Asked) -> HttpResponse:
    """The bulletin as a draft of 报告编制, with its number."""
    made = _bulletin(request, request.POST)
    report = composed.start(
        made.unit, made.parts, title=made.title, start=made.start, end=made.on, series=bulletin.SERIES, issue=made.issue, made_of={"end": made.end.isoformat()}, head=made.head,
        colophon=made.colophon, kind="bulletin", by=request.user, now=clock.now(),
    )  # fmt: skip
    return _begun(request, report)


# --- 五年回顾 --------------------------------------------------------------------------------------------------------------------


def _review(request: Asked, given: QueryDict) -> five_years.Review:
    """Of the unit at hand: the five years up to `last`, and the `indicator`s that were ticked."""
    unit = unit_of(request)
    permissions.require(request.user, "plans.export", unit)
    last = as_number(given.get("last")) or min(request.desk.year, clock.today().year)
    return five_years.draft(
        unit, min(max(last, EARLIEST), clock.today().year), clock.today(), given.getlist("indicator")
    )


def _asked(made: five_years.Review) -> str:
    return urlencode([("last", made.years[-1]), *(("indicator", row.indicator.code) for row in made.chosen)])


@login_required
@require_safe
def review_page(request: Asked) -> HttpResponse:
    """五年回顾: the figures of five years; which ones is ticked beside it."""
    made = _review(request, request.GET)
    ticked = {row.indicator.code for row in made.chosen}
    years = range(clock.today().year, clock.today().year - 6, -1)
    address = f"{reverse('plans:five_years_docx')}?{_asked(made)}"
    return _page(
        request, made.unit, "plans/five_years.html", address, reverse("plans:five_years_draft"), made=made, parts=shown(made.parts), years=years,
        choices=[(row, row.indicator.code in ticked) for row in made.rows],
    )  # fmt: skip


@login_required
@require_safe
def review_docx(request: Asked) -> HttpResponse:
    """五年回顾 as .docx; `?clean=1` without comments."""
    made = _review(request, request.GET)
    return as_file(summary.docx(made.parts, at=_wall(), comments=_comments(request)), f"{made.title}.docx")


@login_required
@require_POST
def review_draft(request: Asked) -> HttpResponse:
    """五年回顾 as a draft of 报告编制."""
    made = _review(request, request.POST)
    end = min(made.on, date(made.years[-1], 12, 31))
    report = composed.start(
        made.unit, made.parts, title=made.title, start=date(made.years[0], 1, 1), end=end, series=five_years.SERIES,
        made_of={"last": made.years[-1], "indicators": [row.indicator.code for row in made.chosen]}, by=request.user, now=clock.now()
    )  # fmt: skip
    return _begun(request, report)


# --- 提案工作情况的报告 -------------------------------------------------------------------------------------------------------------


def _proposals(request: Asked) -> proposal_report.Paper:
    """Of the unit at hand and the year that is chosen at the top, up to today where it runs."""
    unit = unit_of(request)
    permissions.require(request.user, "plans.export", unit)
    return proposal_report.draft(unit, request.desk.at, request.desk.until)


@login_required
@require_safe
def proposals_page(request: Asked) -> HttpResponse:
    """提案工作情况的报告 of the year at hand."""
    made = _proposals(request)
    return _page(
        request, made.unit, "plans/proposal_report.html", reverse("plans:proposal_report_docx"), reverse("plans:proposal_report_draft"), made=made, parts=shown(made.parts), asked={},
    )  # fmt: skip


@login_required
@require_safe
def proposals_docx(request: Asked) -> HttpResponse:
    """The report as .docx; `?clean=1` without comments."""
    made = _proposals(request)
    return as_file(summary.docx(made.parts, at=_wall(), comments=_comments(request)), f"{made.title}.docx")


@login_required
@require_POST
def proposals_draft(request: Asked) -> HttpResponse:
    """The report as a draft of 报告编制."""
    made = _proposals(request)
    start, end = made.asked.now
    report = composed.start(
        made.unit, made.parts, title=made.title, start=start, end=end, series=proposal_report.SERIES, made_of={"kind": made.year.kind, "year": made.year.number}, by=request.user,
        now=clock.now(),
    )  # fmt: skip
    return _begun(request, report)
