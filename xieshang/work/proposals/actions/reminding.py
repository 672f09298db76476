"""What time alone causes: a limit comes near, a limit is past. Done by the worker, and said once."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from xieshang.base.audit import trail
from xieshang.base.notices.actions import tell
from xieshang.base.orgs.models import Organization
from xieshang.base.settings.parameters import values
from xieshang.base.workflow.engine import move

from .. import rules
from ..models import Assignment, Proposal, Reminder
from ..queries import suspended
from .assigning import handlers, say_again

FARTHEST = 60  # days before a limit within which a first reminder may be set


def mark_overdue(now: datetime) -> int:
    """逾期: each assignment once, dated the day after its limit, however late the worker comes. How many."""
    today = localtime(now).date()
    late = Assignment.objects.filter(state__in=rules.UNITS_TURN, due_on__lt=today, late_on=None)
    return sum(_overdue(pk, today, now) for pk in late.order_by("id").values_list("pk", flat=True))


@transaction.atomic
def _overdue(pk: int, today: date, now: datetime) -> bool:
    proposal = Proposal.objects.select_for_update(of=("self",)).get(assignments=pk)
    one = Assignment.objects.select_for_update(of=("self",)).select_related("organization", "unit").get(pk=pk)
    if one.state not in rules.UNITS_TURN or one.due_on >= today or one.late_on:
        return False  # meanwhile it was answered, put off or said
    with move(one, "overdue", rules.HANDLING, by=None, now=now) as step:
        step.record.late_on = one.due_on + timedelta(days=1)
    say_again(proposal, one, "overdue", now)
    return True


def remind(now: datetime) -> int:
    """提醒 the unit's handlers as the limit comes near and once it is past. Of several that are due at once only the last is sent."""
    today, sent = localtime(now).date(), 0
    near = Assignment.objects.exclude(suspended(today)).filter(
        state__in=rules.UNITS_TURN, due_on__lte=today + timedelta(days=FARTHEST)
    )
    wanted: dict[int, list[int]] = {}  # of each unit, asked once
    for one in near.select_related("organization", "unit", "proposal").prefetch_related("reminders").order_by("id"):
        if one.organization_id not in wanted:
            wanted[one.organization_id] = _days(one.organization, today)
        left = (one.due_on - today).days
        due = min((at for at in wanted[one.organization_id] if left <= at), default=None)
        said = [past.left for past in one.reminders.all() if past.due_on == one.due_on]
        if due is not None and not any(past <= due for past in said):
            sent += _remind(one, due, left, now)
    return sent


def _days(organization: Organization, today: date) -> list[int]:
    """So many days before the limit, 0 on it, less than 0 after it."""
    rule = values(organization, (*rules.REMIND, rules.REMIND_ON, rules.REMIND_AFTER), today)
    found = [rule[key] for key in rules.REMIND if rule[key]]
    return [*found, *([0] if rule[rules.REMIND_ON] else []), *([-rule[rules.REMIND_AFTER]] if rule[rules.REMIND_AFTER] else [])]  # fmt: skip


@transaction.atomic
def _remind(one: Assignment, due: int, left: int, now: datetime) -> bool:
    _made, new = Reminder.objects.get_or_create(assignment=one, due_on=one.due_on, left=due, defaults={"at": now})
    if not new:
        return False
    words = {"title": one.proposal.title, "n": abs(left), "day": one.due_on}
    if left < 0:
        said = _("已逾期 %(n)s 天，请抓紧办理：%(title)s") % words
    elif left == 0:
        said = _("今天到期：%(title)s") % words
    else:
        said = _("还有 %(n)s 天到期（%(day)s）：%(title)s") % words
    tell(handlers(one.unit), said, organization=one.organization, record=one.ref, now=now)
    trail.write("proposals.remind", by=None, now=now, organization=one.organization, record=one.ref, detail={"left": left, "due_on": one.due_on})  # fmt: skip
    return True
