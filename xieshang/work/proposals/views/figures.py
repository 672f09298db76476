"""提案统计: the funnel and the figures, told apart as one likes; the same as a workbook."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from xieshang.base import clock
from xieshang.base.accounts import permissions
from xieshang.base.orgs.years import spans
from xieshang.base.requests import Asked, as_file, as_number, unit_of
from xieshang.base.unchanged import unchanged
from xieshang.documents import sheets

from .. import funnel


@login_required
@require_safe
@unchanged
def page(request: Asked) -> HttpResponse:
    """`?by=` says how the figures are told apart, `?sort=` by which column, `?up=1` the smallest first."""
    unit, desk = unit_of(request, "proposals.see"), request.desk
    by = request.GET.get("by", "")
    by = by if by in funnel.SPLITS else "category"
    sort = as_number(request.GET.get("sort"), bad=-1) if request.GET.get("sort") else None
    asked = spans(unit, desk.at, desk.until)
    found = funnel.told(unit, asked, [by], sort=sort, up=request.GET.get("up") == "1")
    [table] = found.tables
    address = reverse("proposals:figures")
    tabs = [
        {"label": one.title, "url": f"{address}?by={key}", "current": key == by} for key, one in funnel.SPLITS.items()
    ]
    context: dict[str, Any] = {
        "unit": unit, "found": found, "table": table, "tabs": tabs, "by": by, "spans": asked, "year": desk.at, "chart": _chart(table), "chart_title": table.heads[table.sort or 0],
        "drop": [{"label": one.now.indicator.name, "value": one.now.value or 0, "url": one.url, "unit": one.unit} for one in found.funnel if one.now],
        "may_export": permissions.may(request.user, "proposals.export", unit), "may_report": permissions.may(request.user, "plans.export", unit),
    }  # fmt: skip
    return render(request, "proposals/figures.html", context)


def _chart(table: funnel.Table) -> list[dict[str, Any]]:
    """The column by which the table stands, or its first, as bars."""
    at = table.sort or 0
    rows = [(row.label, row.cells[at]) for row in table.rows]
    return [{"label": label, "value": cell.now.value or 0, "url": cell.url, "unit": cell.unit} for label, cell in rows if cell.now][:40]  # fmt: skip


@login_required
@require_safe
def xlsx(request: Asked) -> HttpResponse:
    """All figures and all ways of telling them apart, a sheet each."""
    unit, desk = unit_of(request, "proposals.export"), request.desk
    found = funnel.told(unit, spans(unit, desk.at, desk.until), list(funnel.SPLITS))
    return as_file(sheets.write_book(funnel.sheets(found)), f"{unit.short_name}提案统计 {clock.today()}.xlsx")
