"""联办: another unit claims the one record, gives it back, or agrees to a correction in a period that it has locked."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from xieshang.base.accounts import permissions
from xieshang.base.accounts.models import User
from xieshang.base.accounts.roles import STAFF
from xieshang.base.audit import trail
from xieshang.base.errors import Refused
from xieshang.base.ledger import posting
from xieshang.base.ledger.facts import Fact
from xieshang.base.orgs.models import Organization
from xieshang.base.people.queries import belonging
from xieshang.base.workflow.engine import Step, move

from .. import facts
from ..models import Activity, Attendance, Share
from ..rules import CLAIMED, DECLINED, MOVES

CENT = Decimal("0.01")


def claim(
    activity: Activity, organization: Organization, *, body: int | None = None, by: User | None, now: datetime, seen: int, reason: str = ""
) -> Activity:  # fmt: skip
    """认领: the activity counts for this unit as well; the record stays with the one that recorded it.

    body    the unit's own body in charge
    reason  for a locked period of this unit
    raises  NotAllowed · Stale · Refused: not named as joint, claimed already
    """
    with move(activity, "claim", MOVES, by=by, now=now, seen=seen, reason=reason, at=organization) as step:
        share = _share(step, organization)
        if share.state == CLAIMED:
            raise Refused("claimed", why=_("本单位已经认领过了"), do=_("不用再认领"))
        share.state, share.body_id, share.reason = CLAIMED, body, reason[:200]
        _note(step, "claim", organization)
        step.tell(_writer(step.record, by), _said(step, organization, _("%(unit)s认领了联办的“%(title)s”")))

        def write(record: Activity) -> None:
            count_people(share, record)
            share.save()

        step.then(write)
    return step.record


def decline(
    activity: Activity, organization: Organization, *, by: User | None, now: datetime, seen: int, reason: str
) -> Activity:
    """不认领, or no longer: it counts for this unit not, or no more."""
    with move(activity, "decline", MOVES, by=by, now=now, seen=seen, reason=reason, at=organization) as step:
        share = _share(step, organization)
        share.state, share.people, share.reason, share.held = DECLINED, [], reason[:200], None
        _note(step, "decline", organization)
        step.tell(_writer(step.record, by), _said(step, organization, _("%(unit)s不认领联办的“%(title)s”")))
        step.then(lambda _record: share.save())
    return step.record


def agree(
    activity: Activity, organization: Organization, *, by: User | None, now: datetime, seen: int, reason: str = ""
) -> Activity:
    """同意更改: what was corrected in a period that this unit has locked holds for its figures too.

    reason  for the locked period
    raises  NotAllowed · Stale · Refused: nothing waits; a locked period, for who may not write into it
    """
    with move(activity, "agree", MOVES, by=by, now=now, seen=seen, reason=reason, at=organization) as step:
        share = _share(step, organization)
        if not share.waits:
            raise Refused("nothing_waits", why=_("没有等本单位同意的更正"), do=_("请刷新页面，看看它的最新状态"))
        share.held = None
        _note(step, "agree", organization)
        step.tell(_writer(step.record, by), _said(step, organization, _("%(unit)s同意更正“%(title)s”，其数字已更改")))
        step.then(lambda _record: share.save())
    return step.record


# --- what the record's own unit changes, and another unit has locked --------------------------------------------------------


def hold_back(step: Step[Activity]) -> None:
    """After all other writes of a correction: a unit whose locked period it touches keeps its figures as they are, and is asked."""
    if step.by is not None:
        step.then(lambda record: _hold_back(step, record))


def _hold_back(step: Step[Activity], record: Activity) -> None:
    shares = list(Share.objects.filter(activity=record, state=CLAIMED).select_related("organization"))
    if not shares:
        return
    stands, says = _by_unit(_stands(record)), _by_unit(facts.follows(record))
    for share in shares:
        before, after = stands[share.organization_id], says[share.organization_id]
        changed = [fact.on for fact in [*(before - after), *(after - before)]]
        held = facts.packed(before.elements()) if changed and _locked(step, share, min(changed)) else None
        if held != share.held:
            share.held = held
            share.save(update_fields=["held"])
        if held is not None:
            step.detail.setdefault("held_back", []).append(share.organization.short_name)
            words = _("“%(title)s”更正了；本单位那一天已锁定，数字待本单位同意后更改") % {"title": record.title}
            step.tell([user for user in keepers([share.organization_id]) if user != step.by], words)


def _stands(record: Activity) -> list[Fact]:
    return [
        Fact(
            row.kind, row.on, row.quantity, row.measure, row.person_id, row.body_id, row.sector_id, row.carrier, row.category, row.outlet,
            row.organization_id,
        )
        for row in posting.standing(record.ref)
    ]  # fmt: skip


def _by_unit(found: Iterable[Fact]) -> dict[int, Counter[Fact]]:
    by_unit: dict[int, Counter[Fact]] = defaultdict(Counter)
    for fact in found:
        if fact.organization:
            by_unit[fact.organization][replace(fact, quantity=fact.quantity.quantize(CENT))] += 1
    return by_unit


def _locked(step: Step[Activity], share: Share, on: date) -> bool:
    """Is this day closed there to who acts?"""
    shut = posting.locks({share.organization_id: on}, now=step.now)
    return bool(shut) and not (step.by and permissions.may(step.by, posting.LATE, share.organization))


def drop_units(step: Step[Activity], *, keep: Collection[int]) -> None:
    """Units that are no longer named as joint. One that claimed it and has locked the day gives its claim back first. Raises Refused."""
    gone = Share.objects.filter(activity=step.record).exclude(organization__in=keep)
    counted = _by_unit(_stands(step.record)) if step.by and gone.filter(state=CLAIMED).exists() else {}
    for share in gone.select_related("organization"):
        days = [fact.on for fact in counted.get(share.organization_id, ())]
        if days and _locked(step, share, min(days)):
            raise Refused(
                "joint_locked",
                why=_("%(unit)s已认领这次活动，那一天它已锁定，不能直接去掉") % {"unit": share.organization.short_name},
                do=_("请该单位先退回认领，再去掉"),
                field="units",
            )
    gone.delete()


def keepers(units: Any) -> QuerySet[User]:
    """Accounts that keep the records of these units."""
    found = User.objects.filter(grants__organization__in=units, grants__role__in=STAFF, grants__ended_at=None)
    return found.filter(is_active=True).distinct()


def _share(step: Step[Activity], organization: Organization) -> Share:
    found = Share.objects.filter(activity=step.record, organization=organization).select_related("organization").first()
    if found is None:
        raise Refused("not_joint", why=_("这次活动没有把本单位列为联办"), do=_("请联系登记的单位"))
    step.detail["unit"] = organization.short_name
    return found


def _note(step: Step[Activity], verb: str, organization: Organization) -> None:
    """The record's entry stands in the trail of the unit that keeps it; the unit that answers has one of its own."""
    told = {"record": step.record.ref}

    def write(_record: Activity) -> None:
        trail.write(
            f"activities.{verb}", by=step.by, now=step.now, organization=organization, reason=step.reason, detail=told
        )

    step.then(write)


def _said(step: Step[Activity], organization: Organization, words: str) -> str:
    return words % {"unit": organization.short_name, "title": step.record.title}


def _writer(activity: Activity, by: User | None) -> list[User]:
    return [user for user in (activity.created_by,) if user is not None and user != by]


def recount(activity: Activity) -> None:
    """The people who came for each unit that claimed it, as the list is now."""
    for share in Share.objects.filter(activity=activity, state=CLAIMED).select_related("organization"):
        count_people(share, activity)
        share.save(update_fields=["people"])


def count_people(share: Share, activity: Activity) -> None:
    """Note on the share who of the list is the unit's own that day."""
    came = Attendance.objects.filter(activity=activity).values_list("person", flat=True)
    share.people = sorted(belonging(share.organization, list(came), activity.on))
