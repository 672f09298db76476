"""How a draft of 报告编制 that was made of plans is composed once more: for its own days, from what is known today."""

from datetime import date

from xieshang.base.orgs.years import calendar, session_years
from xieshang.documents.gongwen import Part
from xieshang.measure.reports import composed
from xieshang.measure.reports.models import Report

from . import bulletin, five_years, proposal_report, summary
from .models import Plan


def _bulletin(report: Report) -> list[Part]:
    end = date.fromisoformat(report.made_of["end"])
    return bulletin.draft(report.organization, report.start, end, report.end, report.issue or 1).parts


def _review(report: Report) -> list[Part]:
    said = report.made_of
    return five_years.draft(report.organization, said["last"], report.end, said["indicators"]).parts


def _proposals(report: Report) -> list[Part]:
    said, unit = report.made_of, report.organization
    known = session_years(unit) if said["kind"] == "session" else []
    year = next((one for one in known if one.number == said["year"]), calendar(said["year"]))
    return proposal_report.draft(unit, year, report.end).parts


def _summary(report: Report) -> list[Part]:
    plan = Plan.objects.select_related("organization", "body").get(pk=report.made_of["plan"])
    return summary.draft(plan, summary.Term(report.series, report.start, report.end))


composed.again(bulletin.SERIES, _bulletin)
composed.again(five_years.SERIES, _review)
composed.again(proposal_report.SERIES, _proposals)
composed.again("half", _summary)
composed.again("year", _summary)
