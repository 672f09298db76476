"""What becomes of an activity: postponed, cancelled, voided, found to be another's double, claimed by another unit."""

from datetime import date, datetime

from django.utils.translation import gettext as _

from xieshang.base.accounts.models import User
from xieshang.base.accounts.roles import STAFF
from xieshang.base.audit import trail
from xieshang.base.errors import Refused
from xieshang.base.orgs.models import Organization
from xieshang.base.people.models import Person
from xieshang.base.workflow.engine import Step, move

from ..models import Activity, Attendance, Share
from ..rules import CLAIMED, DECLINED, HELD, MOVES
from .recording import check_term, count_people


def postpone(
    activity: Activity, *, to: date | None, by: User | None, now: datetime, seen: int, reason: str
) -> Activity:
    """延期, to another day or (None) to one that is not fixed yet. What it counted is taken back, and the invited are told.

    raises  NotAllowed · Stale · Refused: no reason, a day that is past or outside the term
    """
    with move(activity, "postpone", MOVES, by=by, now=now, seen=seen, reason=reason) as step:
        record = step.record
        if to is not None and to < step.day:
            raise Refused(
                "already_past",
                why=_("%(day)s 已经过去") % {"day": to},
                do=_("请写以后的日期；还没有定的，留空"),
                field="to",
            )
        record.first_on = record.first_on or record.on
        record.until = to + (record.until - record.on) if to and record.until else record.until
        record.on, record.undecided = to or record.on, to is None
        check_term(record.organization, record.on)
        when = f"{to:%Y-%m-%d}" if to else _("日期待定")
        said = _("“%(title)s”延期（%(when)s）：%(reason)s") % {"title": record.title, "when": when, "reason": reason}
        _tell_all(step, said)
        step.then(_not_come)
    return step.record


def cancel(activity: Activity, *, by: User | None, now: datetime, seen: int, reason: str) -> Activity:
    """取消: it will not be held, or was not. What it counted is taken back, and the invited are told."""
    with move(activity, "cancel", MOVES, by=by, now=now, seen=seen, reason=reason) as step:
        said = _("“%(title)s”取消了：%(reason)s") % {"title": step.record.title, "reason": reason}
        _tell_all(step, said)
        step.then(_not_come)
    return step.record


def void(activity: Activity, *, by: User | None, now: datetime, seen: int, reason: str) -> Activity:
    """作废: it was recorded by mistake; its facts are taken back and the record stays."""
    with move(activity, "void", MOVES, by=by, now=now, seen=seen, reason=reason) as step:
        _tell_void(step, reason)
    return step.record


def merge(
    activity: Activity, into: Activity, *, by: User | None, now: datetime, seen: int, reason: str = ""
) -> Activity:
    """是同一次: this record is void, the happening stays recorded once, as `into`."""
    reason = reason.strip() or _("与“%(title)s”是同一次") % {"title": into.title}
    if into.pk == activity.pk or into.organization_id != activity.organization_id or into.state != HELD:
        raise Refused("not_the_same", why=_("要保留的那一次不在本单位已开展的活动里"), do=_("请检查选的是不是这一条"))
    with move(activity, "merge", MOVES, by=by, now=now, seen=seen, reason=reason) as step:
        step.detail["same_as"] = into.pk
    return step.record


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
        share.state, share.people, share.reason = DECLINED, [], reason[:200]
        _note(step, "decline", organization)
        step.tell(_writer(step.record, by), _said(step, organization, _("%(unit)s不认领联办的“%(title)s”")))
        step.then(lambda _record: share.save())
    return step.record


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


def _tell_void(step: Step[Activity], reason: str) -> None:
    said = _("“%(title)s”的登记已作废：%(reason)s") % {"title": step.record.title, "reason": reason}
    _tell_all(step, said)


def _tell_all(step: Step[Activity], said: str) -> None:
    """The invited, with an account or without, and those who keep the records of a unit that claimed it."""
    activity, own = step.record, step.by.person_id if step.by else None
    invited = [one for one in Person.objects.filter(attendances__activity=activity) if one.pk != own]
    step.tell_people(invited, said)
    claimed = Share.objects.filter(activity=activity, state=CLAIMED).values("organization")
    keepers = User.objects.filter(
        grants__organization__in=claimed, grants__role__in=STAFF, grants__ended_at=None, is_active=True
    )
    step.tell([user for user in keepers.exclude(person__in=invited).distinct() if user != step.by], said)


def _not_come(activity: Activity) -> None:
    """Those who had been noted as come or absent are invited again."""
    Attendance.objects.filter(activity=activity).exclude(presence="excused").update(presence="invited")
