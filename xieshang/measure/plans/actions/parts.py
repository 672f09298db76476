"""What several actions on plans share."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from xieshang.base.accounts.models import Grant, User
from xieshang.base.errors import Refused
from xieshang.base.ledger import figures
from xieshang.base.ledger.facts import Indicator
from xieshang.base.workflow.engine import Step, snapshot
from xieshang.measure import tying

from ..models import Footing, Plan, Target, TargetVersion

GOAL = (
    "kind",
    "op",
    "value",
    "max",
    "unit",
    "period",
    "per",
    "deadline",
    "months",
    "starts_on",
    "ends_on",
    "indicator",
)
PEOPLE = ("body", "owner", "lead_leader", "lead_office", "cooperating")
FIELDS = (*GOAL, *PEOPLE)
READ = (
    "quote",
    "action",
    "object",
    "kind",
    "op",
    "value",
    "max",
    "unit",
    "period",
    "per",
    "deadline",
    "sure",
    "rule",
    "tied_surely",
    "indicator",
    "tied_by",
)


def put(target: Target, fields: Mapping[str, Any]) -> None:
    if "indicator" in fields and fields["indicator"] != target.indicator:
        target.tied_by, target.tied_surely = "", False
        _check_indicator(target, str(fields["indicator"]))
    for key in FIELDS:
        if key in fields:
            setattr(target, key, fields[key])
    if target.kind == "qualitative":
        target.op = target.unit = target.period = target.per = target.indicator = target.months = ""
        target.value = target.max = None
    elif {"indicator", "unit"} & fields.keys():
        _check_measure(target)
    if target.op != "between":
        target.max = None
    target.owner_user = _account(target) if target.owner else None


def _check_indicator(target: Target, code: str) -> None:
    if code and code not in figures.indicators(target.organization):
        raise Refused(
            "no_indicator",
            why=_("没有这个统计项：%(code)s") % {"code": code},
            do=_("请从列表中选一个"),
            field="indicator",
        )


def _check_measure(target: Target) -> None:
    """量词: a target of 户 is no indicator of 人. For each member 人次 is 次: 每名委员参加活动6次."""
    one = figures.indicators(target.organization).get(target.indicator)
    each = one and one.unit == "人次" and target.unit == "次" and target.per in ("member", "person")
    if one and target.unit and not each and (refused := tying.unlike(one, target.unit)):
        raise refused


def _account(target: Target) -> User | None:
    """The account of the unit that bears the owner's name, where there is exactly one."""
    found = Grant.objects.filter(
        organization=target.organization, ended_at=None, user__name=target.owner, user__is_active=True
    )
    users = {grant.user_id: grant.user for grant in found.select_related("user")}
    return next(iter(users.values())) if len(users) == 1 else None


def keep_version(step: Step[Target], reason: str) -> None:
    old = {**snapshot(step.record), "goal": step.record.goal_words}
    version = step.record.version

    def write(saved: Target) -> None:
        TargetVersion.objects.create(
            target=saved, version=version, said=old, at=step.now, by=step.by, reason=reason[:500]
        )

    step.then(write)


def rest_on(step: Step[Plan], *, status: str, meeting: str, number: str, on: date) -> None:
    """The plan's status and what it rests on, within a move of the plan; what it rested on before is kept."""
    plan = step.record
    plan.status, plan.meeting, plan.number, plan.status_on = status, meeting, number, on

    def write(saved: Plan) -> None:
        Footing.objects.create(
            plan=saved, status=status, meeting=meeting, number=number, on=on, at=step.now, by=step.by
        )

    step.then(write)


def known(plan: Plan) -> tuple[Indicator, ...]:
    return tuple(figures.indicators(plan.organization).values())
