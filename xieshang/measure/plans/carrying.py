"""结转: what of a plan was not finished, what remains of each, and into which plan it may go."""

from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from django.db.models import QuerySet

from xieshang.base.accounts import permissions
from xieshang.base.accounts.models import User

from . import measuring, queries
from .measuring import Measured
from .models import Plan, Target

UNFINISHED = ("behind", "missed", "not_due", "on_track", "by_hand", "unmeasured")


class Left(NamedTuple):
    """A task that was not finished. `remains` is None for one without a figure."""

    row: Measured
    remains: Decimal | None


def into(plan: Plan) -> QuerySet[Plan]:
    """The unit's plans that begin after this one began: the next year's, the nearest first."""
    found = Plan.objects.filter(
        organization=plan.organization, sender=None, state__in=("reading", "in_force"), ends_on__gt=plan.ends_on, starts_on__gt=plan.starts_on
    )  # fmt: skip
    return found.select_related("organization").order_by("starts_on", "source", "id")


def left(plan: Plan, today: date) -> list[Left]:
    """What stands unfinished; nothing after a task's last day counts for it. Limits have nothing left to do."""
    rows = measuring.measure(queries.targets_of([plan], "accepted"), today)
    found = [Left(row, remains(row)) for row in rows if row.state in UNFINISHED and row.target.op != "at_most"]
    return [one for one in found if one.remains is None or one.remains > 0]


def remains(row: Measured) -> Decimal | None:
    """Goal less what was done; a rate or an average is wanted whole again."""
    verdict = row.verdict
    if verdict.goal is None or row.target.kind != "quantified":
        return None
    if row.aim.level or row.target.per:
        return row.target.value
    return max(Decimal(0), verdict.goal - (verdict.actual or Decimal(0)))


def near_its_end(plan: Plan, user: User, today: date) -> bool:
    """Whether the page offers it: from the first day of the plan's last month on."""
    return (
        plan.sender_id is None and plan.state in ("in_force", "closed") and today >= plan.ends_on.replace(day=1)
        and permissions.may(user, "plans.carry_out", plan.organization)
    )  # fmt: skip


def ways(target: Target) -> dict[str, Any]:
    """Where a task was carried to. One query, where it was carried."""
    found = target.carried_to.exclude(state__in=("withdrawn", "dropped")).select_related("plan").first()
    return {"carried_to": found if target.state == "carried" else None}
