"""报告 for programs: what there is, one with its blanks, and its figures."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, JsonResponse
from django.utils.translation import gettext as _
from ninja import Router

from xieshang.base.errors import Refused

from . import queries
from .models import Blank, Report
from .views import me, unit_of

router = Router(tags=["reports"])
PAGE = 50


def plainly(operation: Callable[..., Any]) -> Callable[..., Any]:
    """What is refused is answered as data, with the status it has on the page."""

    @wraps(operation)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        try:
            return operation(request, *args, **kwargs)
        except Refused as refused:
            return JsonResponse(refused.as_json(), status=refused.status)
        except Http404:
            missing = Refused("not_found", why=_("没有这份报告，或者它属于别的单位"), do=_("请检查编号"))
            return JsonResponse(missing.as_json(), status=404)

    return answer


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
@plainly
def listed(request: HttpRequest, page: int = 1) -> Any:
    """Reports of the unit at hand (`?org=`), newest first."""
    unit = unit_of(request, "reports.see")
    found = Paginator(queries.listed(me(request), unit), PAGE).get_page(page)
    items = [{**plain(one), "blanks": one.all_blanks, "filled": one.filled_blanks} for one in found]  # type: ignore[attr-defined]
    return {"count": found.paginator.count, "page": found.number, "pages": found.paginator.num_pages, "items": items}


@router.get("/{int:pk}")
@plainly
def one(request: HttpRequest, pk: int) -> Any:
    """One report with its blanks."""
    report = queries.one(me(request), pk)
    return {**plain(report), "blanks": [said(blank) for blank in report.blanks.all()]}


@router.get("/{int:pk}/figures")
@plainly
def figures(request: HttpRequest, pk: int) -> Any:
    """The figures that stand in the report, and those that are others now."""
    report = queries.one(me(request), pk)
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
