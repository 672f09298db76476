"""报告 for programs: what there is, one with its blanks, and its figures."""

from typing import Any

from django.core.paginator import Paginator
from django.utils.translation import gettext_lazy
from ninja import Router

from xieshang.base.requests import Asked, plainly, unit_of

from . import queries
from .models import Blank, Report

router = Router(tags=["reports"])
PAGE = 50
plain_answers = plainly(gettext_lazy("没有这份报告，或者它属于别的单位"))


def plain(report: Report) -> dict[str, Any]:
    return {
        "id": report.pk, "title": report.title, "start": report.start.isoformat(), "end": report.end.isoformat(),
        "as_of": report.as_of.isoformat() if report.as_of else None, "taken_at": report.taken_at.isoformat(), "state": report.state,
        "version": report.version, "url": report.get_absolute_url(),
    }  # fmt: skip


def said(blank: Blank) -> dict[str, Any]:
    return {
        "order": blank.order, "before": blank.before, "mark": blank.mark, "after": blank.after, "kind": blank.kind, "how": blank.how or "open",
        "text": blank.text, "indicator": blank.indicator, "ledger": blank.real, "facts": blank.facts, "differs": blank.differs, "guesses": blank.guesses,
        "reason": blank.reason, "asked_by": blank.asked_by, "version": blank.version,
    }  # fmt: skip


@router.get("/")
@plain_answers
def listed(request: Asked, page: int = 1) -> Any:
    """Reports of the unit at hand (`?org=`), newest first."""
    unit = unit_of(request, "reports.see")
    found = Paginator(queries.listed(request.user, unit), PAGE).get_page(page)
    items = [{**plain(one), "blanks": one.all_blanks, "filled": one.filled_blanks} for one in found]  # type: ignore[attr-defined]
    return {"count": found.paginator.count, "page": found.number, "pages": found.paginator.num_pages, "items": items}


@router.get("/{int:pk}")
@plain_answers
def one(request: Asked, pk: int) -> Any:
    """One report with its blanks."""
    report = queries.one(request.user, pk)
    return {**plain(report), "blanks": [said(blank) for blank in report.blanks.all()]}


@router.get("/{int:pk}/figures")
@plain_answers
def figures(request: Asked, pk: int) -> Any:
    """The figures that stand in the report, and those that are others now."""
    report = queries.one(request.user, pk)
    blanks = [blank for blank in report.blanks.all() if blank.is_filled and blank.indicator]
    changed = queries.changes(report, blanks)
    return {
        "figures": [
            {
                "order": b.order,
                "indicator": b.indicator,
                "from": b.mark,
                "to": b.text,
                "facts": b.facts,
                "differs": b.differs,
            }
            for b in blanks
        ],
        "changed": [
            {"order": c.blank.order, "indicator": c.indicator.code, "old": c.old, "new": c.new} for c in changed
        ],
    }
