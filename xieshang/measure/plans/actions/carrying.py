"""结转: unfinished tasks go into the next year's plan in one step; neither year counts what the other counted."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from xieshang.base.accounts.models import User
from xieshang.base.errors import Refused
from xieshang.base.workflow.engine import move

from .. import carrying
from ..models import Plan, Target, plain
from ..rules import TARGET_MOVES
from .checking import drop
from .handing import take_back_all
from .parts import keep_version
from .running import withdraw_target

KEPT = (
    "kind", "quote", "action", "object", "op", "unit", "per", "indicator", "tied_by", "tied_surely", "owner", "owner_user", "lead_leader",
    "lead_office", "cooperating", "body",
)  # fmt: skip


@dataclass(frozen=True)
class Carry:
    """One task and what remains of it (None: it has no figure)."""

    target: Target
    remains: Decimal | None


@transaction.atomic
def carry_over(
    plan: Plan, into: Plan, chosen: Sequence[Carry], *, reason: str, by: User | None, now: datetime
) -> list[Target]:
    """结转: the old task says where it went and is no longer asked for; the new one asks for what remains, of its own year.

    raises  Refused: nothing_chosen, not_after, no_value, other_plan
    """
    if not chosen:
        raise Refused("nothing_chosen", why=_("还没有选要结转的任务"), do=_("请至少勾选一项"), field="reason")
    if not carrying.into(plan).filter(pk=into.pk).exists():
        raise Refused(
            "not_after",
            why=_("《%(title)s》不是下一年度的计划") % {"title": into.title},
            do=_("请另选一份"),
            field="into",
        )
    return [_carry(one, plan, into, reason=reason, by=by, now=now) for one in chosen]


def _carry(one: Carry, plan: Plan, into: Plan, *, reason: str, by: User | None, now: datetime) -> Target:
    old = one.target
    if old.plan_id != plan.pk:
        raise Refused("other_plan", why=_("“%(quote)s”不在这份计划里") % {"quote": old.quote[:40]}, do=_("请刷新页面"))
    if old.kind == "quantified" and not (one.remains and one.remains > 0):
        raise Refused(
            "no_value",
            why=_("“%(quote)s”还没有写结转多少") % {"quote": old.quote[:40]},
            do=_("请填大于 0 的数"),
            field="reason",
        )
    why = _("结转至《%(title)s》：%(why)s") % {"title": into.title, "why": reason.strip()}
    with move(old, "carry_out", TARGET_MOVES, by=by, now=now, reason=why if reason.strip() else "") as step:
        keep_version(step, why)
        step.then(lambda saved: take_back_all(saved, reason=why, now=now))
    return _into(step.record, one.remains, into, why=reason, by=by, now=now)


def _into(old: Target, remains: Decimal | None, into: Plan, *, why: str, by: User | None, now: datetime) -> Target:
    """Its days begin after the old ones end: no happening counts in both."""
    last = into.targets.order_by("-order").values_list("order", flat=True).first() or 0
    made = Target(
        organization=into.organization, plan=into, carried_from=old, value=remains, order=last + 100, **{name: getattr(old, name) for name in KEPT}
    )  # fmt: skip
    if remains is not None:
        part = _("（结转 %(n)s %(unit)s）") % {"n": plain(remains), "unit": old.unit}
        made.quote = f"{old.words.rstrip('。；，')[: 500 - len(part)]}{part}"
    if made.op == "between":
        made.op = "at_least"
    end = old.deadline or old.finishes
    if end >= into.starts_on:
        made.starts_on = end + timedelta(days=1)
    with move(made, "carry_in", TARGET_MOVES, by=by, now=now, reason=why) as step:
        step.then(_mark)
    into.carries = True
    return step.record


def _mark(saved: Target) -> None:
    """The plan knows that it has such tasks, so that they and their like take turns."""
    Plan.objects.filter(pk=saved.plan_id, carries=False).update(carries=True)


@transaction.atomic
def carry_back(target: Target, *, reason: str, by: User | None, now: datetime, seen: int | None = None) -> Target:
    """取消结转: the new task leaves the next year's plan, the old one stands again."""
    with move(target, "carry_back", TARGET_MOVES, by=by, now=now, seen=seen, reason=reason) as step:
        keep_version(step, reason)
    for new in target.carried_to.filter(state="accepted").select_related("plan", "organization"):
        if new.plan.state == "reading":
            drop(new, by=by, now=now)
        else:
            withdraw_target(new, by=by, now=now, reason=reason)
    return step.record
