"""`plan write`: the papers that the pages of plans draft, written to a file."""

import argparse
from datetime import date

from xieshang.base import clock
from xieshang.base.orgs.models import Organization
from xieshang.base.orgs.years import calendar
from xieshang.measure.plans import bulletin, five_years, queries, summary
from xieshang.measure.plans.models import Plan
from xieshang.measure.reports import composed

from .commands import Mistake
from .words import _


def made(args: argparse.Namespace, unit: Organization, year: int, on: date | None) -> tuple[str, bytes]:
    """(its name, the .docx). Raises Mistake where there is no such plan, or it is not in force."""
    today = min(on or clock.today(), clock.today())
    at = clock.now().replace(tzinfo=None)
    if args.kind == "bulletin":
        days = calendar(year)
        day = min(max(today, days.starts_on), days.ends_on)
        issue = args.issue or composed.next_issue(unit, bulletin.SERIES, day.year)
        paper = bulletin.draft(unit, days.starts_on, days.ends_on, day, issue)
        return paper.title, bulletin.docx(paper, at=at, comments=not args.clean)
    if args.kind == "five_years":
        review = five_years.draft(unit, year, today)
        return review.title, summary.docx(review.parts, at=at, comments=not args.clean)
    plan = _plan(unit, year, args.plan)
    when = summary.term(plan, args.kind, today)
    return summary.title(plan, when), summary.docx(summary.draft(plan, when), at=at, comments=not args.clean)


def _plan(unit: Organization, year: int, wanted: int | None) -> Plan:
    found = [plan for plan in queries.of_year(unit, year) if plan.state in ("in_force", "closed")]
    chosen = next((plan for plan in found if plan.pk == wanted), None) if wanted else next(iter(found), None)
    if chosen is None:
        raise Mistake(
            _("%(unit)s %(year)s 年没有启用的这份计划，xieshang plan show 可以列出")
            % {"unit": unit.short_name, "year": year}
        )
    return chosen
