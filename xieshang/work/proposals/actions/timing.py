"""中止办理期限, by the assigning office alone; and the days of the year by which a unit has its proposals answered."""

from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from xieshang.base.accounts import permissions
from xieshang.base.accounts.models import User
from xieshang.base.audit import trail
from xieshang.base.calendar.workdays import WorkCalendar
from xieshang.base.errors import Refused
from xieshang.base.orgs.models import Organization
from xieshang.base.workflow.engine import Step, move

from .. import rules
from ..models import Assignment, DueRule, Suspension
from ..queries import signers
from .assigning import handlers


def suspend(
    assignment: Assignment, *, why: str, citation: str, from_on: date, to_on: date, words: str = "", by: User | None, now: datetime, seen: int
) -> Assignment:  # fmt: skip
    """中止: the days from one to another do not count, so the limit moves by as many. Unit and proposers are told."""
    with move(assignment, "suspend", rules.HANDLING, by=by, now=now, seen=seen, reason=words or citation, body=assignment.office) as step:  # fmt: skip
        record = step.record
        if why not in dict(rules.SUSPENSIONS):
            raise Refused("no_why", why=_("还没有选中止的原因"), do=_("请选一项"), field="why")
        if not citation.strip():
            raise Refused("no_citation", why=_("中止期限要写依据"), do=_("请写文件名称、文号或批准的人"), field="citation")  # fmt: skip
        _check_days(record, from_on, to_on)
        kept = Suspension(why=why, citation=citation.strip()[:120], words=words[:300], from_on=from_on, to_on=to_on, at=now, by=by)  # fmt: skip
        _put_off(record, from_on, kept.days)
        step.detail |= {"why": why, "from": from_on, "to": to_on, "citation": kept.citation}

        def write(made: Assignment) -> None:
            kept.assignment = made
            kept.save()

        step.then(write)
        said = {"title": record.proposal.title, "from": from_on, "to": to_on, "due": record.due_on}
        _tell(step, _("办理期限自 %(from)s 至 %(to)s 中止，改为 %(due)s：%(title)s") % said)
    return step.record


def _tell(step: Step[Assignment], words: str) -> None:
    step.tell(handlers(step.record.unit), words)
    step.tell_people(signers(step.record.proposal), words)


def _check_days(record: Assignment, from_on: date, to_on: date) -> None:
    if record.late_on:
        raise Refused("late", why=_("已经逾期，不能再中止"), do=_("请催办；确有原因的写进答复"))
    if not record.assigned_on <= from_on <= record.due_on:
        raise Refused("bad_day", why=_("中止要在交办之后、到期之前开始"), do=_("请检查日期"), field="from_on")
    if to_on < from_on:
        raise Refused("bad_day", why=_("恢复的日子在中止之前"), do=_("请检查日期"), field="to_on")
    if record.suspensions.filter(from_on__lte=to_on, to_on__gte=from_on).exists():
        raise Refused("twice", why=_("这几天已经中止了"), do=_("请接着前一次写"), field="from_on")


def _put_off(record: Assignment, from_on: date, days: int) -> None:
    worked = WorkCalendar(record.organization)
    record.due_on = worked.on_or_after(record.due_on + timedelta(days=days))
    if record.contact_by >= from_on:
        record.contact_by = worked.on_or_after(record.contact_by + timedelta(days=days))


def resume(assignment: Assignment, *, by: User | None, now: datetime, seen: int, reason: str = "") -> Assignment:
    """恢复 before the day that was set: today is the last day that does not count, and what was given too much is taken off the limit."""
    with move(assignment, "resume", rules.HANDLING, by=by, now=now, seen=seen, reason=reason, body=assignment.office) as step:  # fmt: skip
        record = step.record
        standing = record.suspensions.filter(from_on__lte=step.day, to_on__gt=step.day).first()
        if standing is None:
            raise Refused("not_suspended", why=_("现在没有中止"), do=_("请刷新页面"))
        _put_off(record, standing.from_on, (step.day - standing.to_on).days)
        step.detail["to"] = standing.to_on = step.day
        step.then(lambda _made: standing.save(update_fields=["to_on"]))
        _tell(step, _("办理期限恢复计算，改为 %(due)s：%(title)s") % {"title": record.proposal.title, "due": record.due_on})  # fmt: skip
    return step.record


@transaction.atomic
def set_due_rule(organization: Organization, fields: dict[str, Any], *, by: User, now: datetime) -> DueRule:
    """A day of the year by which proposals of a kind are answered, from a day on, with what it rests on. Raises NotAllowed · Refused."""
    permissions.require(by, "proposals.set_due", organization)
    try:
        date(2023, fields["month"], fields["day"])  # of every year: no 29 February
    except ValueError:
        raise Refused("bad_day", why=_("没有这一天"), do=_("请改月和日"), field="day") from None
    if not str(fields.get("citation", "")).strip():
        raise Refused("no_citation", why=_("还没有写依据"), do=_("请写文件名称或会议"), field="citation")
    made = DueRule.objects.create(organization=organization, set_at=now, set_by=by, **fields)
    trail.write("proposals.set_due", by=by, now=now, organization=organization, reason=made.citation, detail={key: str(text) for key, text in fields.items()})  # fmt: skip
    return made


@transaction.atomic
def stop_due_rule(rule: DueRule, *, by: User, now: datetime) -> DueRule:
    """From today on it holds no more; limits that were set by it stay."""
    permissions.require(by, "proposals.stop_due", rule.organization)
    rule.until = now.date()
    rule.save(update_fields=["until"])
    trail.write("proposals.stop_due", by=by, now=now, organization=rule.organization, reason=rule.citation, detail={"rule": rule.pk})  # fmt: skip
    return rule
