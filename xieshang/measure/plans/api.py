"""计划 for programs: the list of a year, one plan with how its targets stand."""

from typing import Any

from ninja import Router

from xieshang.base import clock
from xieshang.base.accounts import permissions
from xieshang.base.orgs.years import calendar
from xieshang.base.requests import Asked

from . import cli, queries
from .views import unit_of

router = Router(tags=["plans"])


@router.get("/", summary="计划列表")
def plans(request: Asked, year: int | None = None) -> list[dict[str, Any]]:
    """The plans of the unit at hand (`?org=` changes it) in a year, with how many targets stand how."""
    unit = unit_of(request)
    permissions.require(request.user, "plans.see", unit)
    at = calendar(year) if year else request.desk.at
    found, _counts = queries.listed(unit, at.starts_on, at.ends_on, clock.today())
    return [{**cli.plan_row(one.plan), "states": dict(one.counts), "open": one.open} for one in found]


@router.get("/{pk}", summary="一份计划")
def one(request: Asked, pk: int) -> dict[str, Any]:
    """A plan with its targets, measured today: the same rows as `plan show --json`."""
    plan = queries.one(request.user, pk)
    sheet = queries.sheet(plan, clock.today())
    return {
        **cli.plan_row(plan),
        "states": dict(sheet.counts),
        "open": sheet.open,
        "targets": [cli.row(row) | cli.detail(row) for row in sheet.rows],
    }
