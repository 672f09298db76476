"""What the command line asks of plans: the pages' own actions, answered as JSON says it (docs: contracts)."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from xieshang.base.accounts.models import User
from xieshang.base.orgs.models import Organization

from . import actions, comparing, measuring, queries
from .measuring import Measured
from .models import Plan, Target


def bring_in(
    organization: Organization, year: int, data: bytes, name: str, *, document: int | None = None, accept_sure: bool = False, revise: bool = False,
    by: User | None = None, now: datetime,
) -> dict[str, Any]:  # fmt: skip
    """`plan import`: {plan, title, year, accepted: [item…], open: [item…]}; of a revision also what was not surely paired. Raises Refused, DocumentError."""
    plan = actions.bring_in(
        organization,
        year=year,
        data=data,
        name=name,
        document=document,
        accept_sure=accept_sure,
        revise=revise,
        by=by,
        now=now,
    )
    targets = queries.targets_of([plan], "open", "accepted")
    return {
        "plan": plan.pk,
        "title": plan.title,
        "year": plan.year,
        "accepted": [_item(target) for target in targets if target.state == "accepted"],
        "open": [_item(target) for target in targets if target.state == "open"],
        **({"unsure": comparing.left_open(plan)} if revise else {}),
    }


def show(organization: Organization, year: int, on: date) -> dict[str, Any]:
    """`plan show`: every confirmed target of all plans of a year, measured on a day. What is still open stands under `open`."""
    plans = queries.of_year(organization, year)
    rows = measuring.measure(queries.targets_of(plans), on)
    waiting = queries.targets_of(plans, "open")
    return {
        "targets": [row(one) for one in rows],
        "open": [_item(target) for target in waiting],
        "plans": [plan_row(plan) for plan in plans],
        "details": [detail(one) for one in rows],
    }


def plan_row(plan: Plan) -> dict[str, Any]:
    return {
        "id": plan.pk,
        "title": plan.title,
        "year": plan.year,
        "source": plan.source,
        "state": plan.state,
        "status": plan.status,
        "meeting": plan.meeting,
        "number": plan.number,
        "status_on": plan.status_on.isoformat() if plan.status_on else None,
        "from": plan.starts_on.isoformat(),
        "to": plan.ends_on.isoformat(),
    }


def row(measured: Measured) -> dict[str, Any]:
    target, verdict = measured.target, measured.verdict
    return {
        "id": target.pk,
        "plan": target.plan.title,
        "quote": target.quote,
        "indicator": target.indicator or None,
        "op": target.op or None,
        "goal": {"value": number(verdict.goal), "max": number(verdict.goal_max)} if verdict.goal is not None else None,
        "actual": number(verdict.actual),
        "expected_by_now": number(verdict.expected),
        "state": verdict.state,
        "owner": target.owner or None,
    }


def detail(measured: Measured) -> dict[str, Any]:
    """What stands beside the row of a target: its plan's source, its own time, what is planned, why it is late."""
    target = measured.target
    return {
        "id": target.pk,
        "source": target.plan.source,
        "from": target.begins.isoformat(),
        "to": measured.aim.due.isoformat(),
        "months": list(target.month_numbers),
        "planned": number(measured.planned),
        "reason": measured.reason,
    }


def _item(target: Target) -> dict[str, Any]:
    goal = {"value": number(target.value), "max": number(target.max)} if target.kind == "quantified" else None
    return {
        "id": target.pk,
        "quote": target.quote,
        "kind": target.kind,
        "indicator": target.indicator or None,
        "op": target.op or None,
        "goal": goal,
        "unit": target.unit or None,
    }


def number(value: Decimal | None) -> int | float | None:
    """As a JSON number."""
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)
