"""What becomes of an activity: postponed, cancelled, voided, found to be another's double."""

from datetime import date, datetime

from django.utils.translation import gettext as _

from xieshang.base.accounts.models import User
from xieshang.base.errors import Refused
from xieshang.base.people.models import Person
from xieshang.base.workflow.engine import Step, move

from ..models import Activity, Attendance, Share
from ..rules import CLAIMED, HELD, MOVES
from .recording import check_term
from .sharing import hold_back, keepers


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
        hold_back(step)
    return step.record


def cancel(activity: Activity, *, by: User | None, now: datetime, seen: int, reason: str) -> Activity:
    """取消: it will not be held, or was not. What it counted is taken back, and the invited are told."""
    with move(activity, "cancel", MOVES, by=by, now=now, seen=seen, reason=reason) as step:
        said = _("“%(title)s”取消了：%(reason)s") % {"title": step.record.title, "reason": reason}
        _tell_all(step, said)
        step.then(_not_come)
        hold_back(step)
    return step.record


def void(activity: Activity, *, by: User | None, now: datetime, seen: int, reason: str) -> Activity:
    """作废: it was recorded by mistake; its facts are taken back and the record stays."""
    with move(activity, "void", MOVES, by=by, now=now, seen=seen, reason=reason) as step:
        _tell_void(step, reason)
        hold_back(step)
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
        hold_back(step)
    return step.record


def _tell_void(step: Step[Activity], reason: str) -> None:
    said = _("“%(title)s”的登记已作废：%(reason)s") % {"title": step.record.title, "reason": reason}
    _tell_all(step, said)


def _tell_all(step: Step[Activity], said: str) -> None:
    """The invited, with an account or without, and those who keep the records of a unit that claimed it."""
    activity, own = step.record, step.by.person_id if step.by else None
    invited = [one for one in Person.objects.filter(attendances__activity=activity) if one.pk != own]
    step.tell_people(invited, said)
    claimed = Share.objects.filter(activity=activity, state=CLAIMED).values("organization")
    step.tell([user for user in keepers(claimed).exclude(person__in=invited) if user != step.by], said)


def _not_come(activity: Activity) -> None:
    """Those who had been noted as come or absent are invited again."""
    Attendance.objects.filter(activity=activity).exclude(presence="excused").update(presence="invited")
