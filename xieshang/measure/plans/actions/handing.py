"""分解: a target is handed down in shares to bodies of the unit and to units below, who confirm or object."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.utils.translation import gettext as _

from xieshang.base.accounts.models import Grant, User
from xieshang.base.errors import Refused
from xieshang.base.orgs.models import Body, BodyKind, Organization
from xieshang.base.workflow.engine import move

from .. import reading
from ..models import Plan, Target, plain
from ..rules import PLAN_MOVES, STAFF, TARGET_MOVES
from .parts import keep_version

LIKE_PARENT = (
    "kind", "action", "object", "op", "unit", "period", "per", "deadline", "months", "indicator", "tied_by", "tied_surely",
)  # fmt: skip
STANDING = ("open", "accepted", "objected")


@dataclass(frozen=True)
class Share:
    """What one receiver is asked for: a body of the unit, or a unit below. `value` is None for a task without a figure."""

    organization: Organization
    body: Body | None
    value: Decimal | None
    weight: Decimal

    @property
    def key(self) -> tuple[int, int | None]:
        return (self.organization.pk, self.body.pk if self.body else None)

    @property
    def name(self) -> str:
        return self.body.name if self.body else self.organization.short_name


def receivers(unit: Organization) -> list[tuple[Organization, Body | None]]:
    """To whom a unit may hand down: the units right below it and its own bodies. Two queries."""
    below = [(one, None) for one in Organization.objects.filter(parent=unit).order_by("path")]
    bodies = Body.objects.filter(organization=unit, ended_on=None).exclude(kind=BodyKind.HANDLING_UNIT)
    return [*below, *((unit, body) for body in bodies)]


def hand_down(
    target: Target,
    shares: Sequence[Share],
    *,
    reason: str = "",
    by: User | None,
    now: datetime,
    seen: int | None = None,
) -> Target:
    """分解: the whole table at once. A new share is sent, another one is asked anew, one that is left out is taken back.

    raises  Refused: no_value, bad_weight, not_below, no_reason (something that was sent changes), receiver_closed
    """
    with move(target, "hand_down", TARGET_MOVES, by=by, now=now, seen=seen) as step:
        parent = step.record
        _check(parent, shares)
        standing = _standing(parent)
        wanted = {share.key: share for share in shares}
        changes = [key for key, child in standing.items() if key not in wanted or _differs(child, wanted[key])]
        if changes and not reason.strip():
            raise Refused(
                "no_reason",
                why=_("改动或收回已经分解的任务要写理由"),
                do=_("请写一句，承担的单位会看到"),
                field="reason",
            )
        step.detail["shares"] = [[share.name, plain(share.value), plain(share.weight)] for share in shares]

        def write(saved: Target) -> None:
            for key, child in standing.items():
                if key not in wanted:
                    take_back(child, reason=reason, now=now)
                elif key in changes:
                    _reshare(child, wanted[key], reason=reason, now=now)
            for key, share in wanted.items():
                if key not in standing:
                    _send(saved, share, now=now)

        step.then(write)
    return step.record


def _standing(parent: Target) -> dict[tuple[int, int | None], Target]:
    found = parent.shares.filter(state__in=STANDING).select_related("plan", "organization")
    return {(one.organization_id, one.plan.body_id): one for one in found}


def _differs(child: Target, share: Share) -> bool:
    return (child.value, child.weight) != (share.value, share.weight)


def _check(parent: Target, shares: Sequence[Share]) -> None:
    may = {(organization.pk, body.pk if body else None) for organization, body in receivers(parent.organization)}
    for share in shares:
        if share.key not in may:
            raise Refused(
                "not_below", why=_("“%(name)s”不在本单位之下") % {"name": share.name}, do=_("请从列出的里面选")
            )
        if parent.kind == "quantified" and (share.value is None or share.value < 0):
            raise Refused(
                "no_value", why=_("“%(name)s”还没有写目标值") % {"name": share.name}, do=_("请填写，不分解给它的请不要勾选"), field="value"
            )  # fmt: skip
        if share.weight <= 0:
            raise Refused(
                "bad_weight",
                why=_("权重要大于 0"),
                do=_("请改正“%(name)s”的权重") % {"name": share.name},
                field="weight",
            )


def _send(parent: Target, share: Share, *, now: datetime) -> Target:
    """The receiver's own target, in its plan of what this unit handed it; sent by the system, for the sender has no say there."""
    plan = _plan_of(parent, share, now=now)
    last = plan.targets.order_by("-order").values_list("order", flat=True).first() or 0
    child = Target(
        organization=share.organization, plan=plan, parent=parent, quote=_words(parent, share), value=share.value, weight=share.weight, order=last + 100,
        starts_on=parent.begins, ends_on=parent.finishes, **{name: getattr(parent, name) for name in LIKE_PARENT},
    )  # fmt: skip
    if child.op == "between":
        child.op = "at_least"
    with move(child, "receive_target", TARGET_MOVES, by=None, now=now, reason=_from(parent)) as step:
        text = _("%(unit)s分解来任务：%(quote)s") % {"unit": parent.organization.short_name, "quote": parent.words[:60]}
        step.tell(staff(share.organization), text)
    return step.record


def _words(parent: Target, share: Share) -> str:
    """The whole task in its own words, with what of it is asked of this receiver."""
    words = parent.words.rstrip("。；，")
    if share.value is None:
        return words[:500]
    part = _("（承担 %(n)s %(unit)s）") % {"n": plain(share.value), "unit": parent.unit}
    return f"{words[: 500 - len(part)]}{part}"


def _plan_of(parent: Target, share: Share, *, now: datetime) -> Plan:
    """上级分解: one plan for each sender, receiver and year."""
    sender, year = parent.organization, parent.plan.year
    found = Plan.objects.filter(organization=share.organization, body=share.body, sender=sender, year=year)
    if plan := found.exclude(state="withdrawn").select_related("organization").first():
        if plan.state != "in_force":
            raise Refused(
                "receiver_closed",
                why=_("“%(name)s”的这份分解计划已经结束") % {"name": share.name},
                do=_("请分解到下一年度"),
            )
        return plan
    words = {"unit": sender.short_name, "name": share.name, "year": year}
    title = _("%(name)s承担的任务（%(year)s年）") if share.body else _("%(unit)s分解的任务（%(year)s年）")
    plan = Plan(
        organization=share.organization, body=share.body, sender=sender, source="above", year=year, title=title % words,
        starts_on=parent.plan.starts_on, ends_on=parent.plan.ends_on, paper=parent.plan.paper, document=parent.plan.document,
        digest=reading.digest(f"handed:{sender.pk}:{year}:{share.key}"),
    )  # fmt: skip
    with move(plan, "receive", PLAN_MOVES, by=None, now=now, reason=_from(parent)) as step:
        pass
    return step.record


def _from(parent: Target) -> str:
    return _("%(unit)s《%(title)s》分解") % {"unit": parent.organization.short_name, "title": parent.plan.title[:100]}


def _reshare(child: Target, share: Share, *, reason: str, now: datetime) -> None:
    """Another share or weight: the old one is kept, and the receiver is asked anew."""
    with move(child, "reshare", TARGET_MOVES, by=None, now=now, reason=reason) as step:
        keep_version(step, reason)
        assert step.record.parent is not None
        step.record.value, step.record.weight = share.value, share.weight
        step.record.quote = _words(step.record.parent, share)
        text = _("分解的任务有调整，请重新确认：%(quote)s") % {"quote": child.words[:60]}
        step.tell(staff(child.organization), text)


def take_back(child: Target, *, reason: str, now: datetime) -> Target:
    """收回 a share: it no longer counts with the receiver."""
    with move(child, "take_back", TARGET_MOVES, by=None, now=now, reason=reason) as step:
        keep_version(step, reason)
        step.tell(staff(child.organization), _("分解的任务已收回：%(quote)s") % {"quote": child.words[:60]})
    return step.record


def take_back_all(parent: Target, *, reason: str, now: datetime) -> None:
    """A target that leaves its plan leaves the plans of those it was handed to."""
    for child in _standing(parent).values():
        take_back(child, reason=reason, now=now)


def object_to(target: Target, *, reason: str, by: User | None, now: datetime, seen: int | None = None) -> Target:
    """提出异议: the receiver says why it cannot be done so; who sent it sees it and decides."""
    with move(target, "object", TARGET_MOVES, by=by, now=now, seen=seen, reason=reason) as step:
        assert step.record.parent is not None
        sender = step.record.parent.organization
        text = _("%(name)s对分解的任务有异议：%(why)s") % {"name": target.plan.receiver, "why": reason[:80]}
        step.tell(staff(sender), text)
    return step.record


def staff(organization: Organization) -> list[User]:
    """Those who look after a unit's plans."""
    held = Grant.objects.filter(
        organization=organization, body=None, ended_at=None, role__in=STAFF, user__is_active=True
    ).select_related("user")
    return list({grant.user_id: grant.user for grant in held}.values())
