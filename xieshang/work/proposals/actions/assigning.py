"""交办: the assigning office of the system hands a filed proposal to units, settles objections and extensions, and looks at replies."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from xieshang.base import clock
from xieshang.base.accounts.models import Grant, User
from xieshang.base.calendar.workdays import WorkCalendar, add_months
from xieshang.base.errors import Refused
from xieshang.base.orgs.models import Body, Organization
from xieshang.base.settings.parameters import value, values
from xieshang.base.workflow.engine import move

from .. import rules, terms
from ..models import Assignment, Proposal
from ..queries import ruled_day, signers
from .seconding import tell_seconders

Given = tuple[Body, str]  # a unit and how it takes part: sole, host, co, split


def hand_over(
    proposal: Proposal, *, system: str = "", by: User | None, now: datetime, seen: int | None = None
) -> Proposal:
    """送交办: to the assigning office of its system."""
    with move(proposal, "hand_over", rules.MOVES, by=by, now=now, seen=seen) as step:
        record = step.record
        record.system = system or record.system
        if not record.system:
            raise Refused("no_system", why=_("还没有定交办系统"), do=_("请选择党委、政府或其他系统"), field="system")
        step.detail["system"] = record.system
    return step.record


def office_of(proposal: Proposal) -> Body | None:
    """The assigning office of the proposal's system; None where the unit has entered none: then its own clerk assigns."""
    return Body.objects.filter(
        organization=proposal.organization, assigns=True, system=proposal.system, ended_on=None
    ).first()


def assign(
    proposal: Proposal, units: Iterable[Given], *, due_on: date | None = None, by: User | None, now: datetime, seen: int | None = None
) -> Proposal:  # fmt: skip
    """交办, or 改办 after an objection that holds: single, host with co-handlers, or split; nothing else.

    due_on  a day that is set for this one; else the day of the year that the unit's rules have, else so many months from today
    raises  NotAllowed · Stale · Refused: the parts do not fit together, a unit is given it twice or sent it back before
    """
    verb = "assign_again" if proposal.state == rules.REHANDLE else "assign"
    office = office_of(proposal)
    with move(proposal, verb, rules.MOVES, by=by, now=now, seen=seen, body=office) as step:
        record = step.record
        given = list(units)
        if verb == "assign_again":
            record.round += 1
        _check_parts(record, given)
        step.detail["units"] = [[unit.pk, role] for unit, role in given]
        step.then(lambda made: _make(made, given, office, due_on, by, now))
    return step.record


def fits(roles: Iterable[str], *, begun: bool = True) -> bool:
    """One alone, a host with its co-handlers, or several that reply apart. A host whose co-handlers all went back goes on alone, once `begun`."""
    roles = sorted(roles)
    hosted = roles.count(rules.HOST) == 1 and set(roles) <= {rules.HOST, rules.CO} and (begun or len(roles) > 1)
    return roles == [rules.SOLE] or hosted or (set(roles) == {rules.SPLIT} and len(roles) > 1)


def _check_parts(proposal: Proposal, given: list[Given]) -> None:
    standing = [
        (one.unit, one.role)
        for one in proposal.assignments.filter(round=proposal.round).exclude(state=rules.TAKEN_BACK).select_related("unit")
    ]  # fmt: skip
    every = [*standing, *given]
    if not given or not fits([role for _unit, role in every], begun=bool(standing)):
        raise Refused("bad_parts", why=_("一件提案只能是：一家单办，一家主办加会办，或两家以上分办"), do=_("请调整各单位的办理方式"), field="units")  # fmt: skip
    names = [unit.pk for unit, _role in every]
    if len(set(names)) < len(names):
        raise Refused("twice", why=_("同一个单位选了两次"), do=_("请去掉一个"), field="units")
    back = set(proposal.assignments.filter(state=rules.TAKEN_BACK).values_list("unit", flat=True))
    if again := [str(unit) for unit, _role in given if unit.pk in back]:
        raise Refused("sent_back", why=_("%(unit)s已经退过这件提案") % {"unit": again[0]}, do=_("请换一个单位"), field="units")  # fmt: skip
    outside = [u for u, _r in given if u.organization_id != proposal.organization_id or u.assigns or u.ended_on]
    if outside:
        raise Refused("not_a_unit", why=_("%(unit)s不能承办") % {"unit": outside[0]}, do=_("请从承办单位里选"), field="units")  # fmt: skip


def _make(
    proposal: Proposal, given: list[Given], office: Body | None, due_on: date | None, by: User | None, now: datetime
) -> None:
    today = now.date()
    keys = (rules.OBJECT_DAYS, rules.CONTACT_DAYS, rules.CO_DAYS, rules.REPLY_MONTHS, rules.REDO_DAYS)
    rule = values(proposal.organization, keys, today)
    worked = WorkCalendar(proposal.organization)
    if due_on is None:
        again = proposal.round > 1
        ruled = None if again else ruled_day(proposal, today)
        months = add_months(today, rule[rules.REPLY_MONTHS])
        due_on = today + timedelta(days=rule[rules.REDO_DAYS]) if again else ruled[0] if ruled else months
    due_on = worked.on_or_after(due_on)
    opinion_on = min(worked.on_or_after(today + timedelta(days=rule[rules.CO_DAYS])), due_on)
    for unit, role in given:
        new = Assignment(
            organization=proposal.organization, proposal=proposal, unit=unit, office=office, role=role, round=proposal.round, assigned_on=today,
            object_by=worked.add_workdays(today, rule[rules.OBJECT_DAYS]), contact_by=worked.add_workdays(today, rule[rules.CONTACT_DAYS]),
            due_on=opinion_on if role == rules.CO else due_on,
        )  # fmt: skip
        with move(new, "assigned", rules.HANDLING, by=by, now=now, body=office) as step:
            step.tell(handlers(unit), _("交给您单位办理：%(title)s") % {"title": proposal.title})


def handlers(unit: Body) -> list[User]:
    """The accounts that handle proposals for a unit."""
    held = Grant.objects.filter(
        Q(ends_on=None) | Q(ends_on__gte=clock.today()), body=unit, role="handler", ended_at=None
    )
    return list(User.objects.filter(pk__in=held.values("user"), is_active=True))


def revoke_all(proposal: Proposal, reason: str, by: User | None, now: datetime) -> None:
    """The proposal was withdrawn: nobody has anything to do with it any more."""
    for one in proposal.assignments.filter(state__in=rules.OPEN).select_related("office", "organization"):
        with move(one, "revoke", rules.HANDLING, by=by, now=now, reason=reason, body=one.office) as step:
            step.tell(handlers(one.unit), _("已撤回交办：%(title)s") % {"title": proposal.title})


def uphold(assignment: Assignment, *, by: User | None, now: datetime, seen: int, reason: str = "") -> Assignment:
    """同意退件: the proposal waits to be given to another unit."""
    with _both(assignment, now, "uphold") as proposal, move(assignment, "uphold", rules.HANDLING, by=by, now=now, seen=seen, reason=reason, body=assignment.office) as step:  # fmt: skip
        step.tell(handlers(step.record.unit), _("同意退件：%(title)s") % {"title": proposal.title})
    return step.record


def dismiss(assignment: Assignment, *, by: User | None, now: datetime, seen: int, reason: str) -> Assignment:
    """不同意退件, with why: the unit goes on. The days it waited for this word are no days of the limit, where the place has it so."""
    with move(assignment, "dismiss", rules.HANDLING, by=by, now=now, seen=seen, reason=reason, body=assignment.office) as step:  # fmt: skip
        record = step.record
        if record.objected_on and value(record.organization, rules.PAUSE, record.objected_on):
            worked, waited = WorkCalendar(record.organization), step.day - record.objected_on
            record.contact_by = worked.on_or_after(record.contact_by + waited)
            record.due_on = worked.on_or_after(record.due_on + waited)
        step.tell(handlers(record.unit), _("退件未获同意，请继续办理：%(title)s") % {"title": record.proposal.title})
    return step.record


def answer_longer(
    assignment: Assignment, *, agreed: bool, by: User | None, now: datetime, seen: int, reason: str = ""
) -> Assignment:
    """延期: agreed, the reply is due on the day that was asked for; not agreed, the unit is told why."""
    with move(assignment, "answer_longer", rules.HANDLING, by=by, now=now, seen=seen, reason=reason, body=assignment.office) as step:  # fmt: skip
        record = step.record
        if record.longer_to is None:
            raise Refused("not_asked", why=_("这家单位没有申请延期"), do=_("请刷新页面"))
        if not agreed and not reason.strip():
            raise Refused("no_reason", why=_("不同意延期要写理由"), do=_("请写一句理由再提交"), field="reason")
        if agreed:
            record.due_on = record.longer_to
        record.longer_to = None
        step.detail["agreed"] = agreed
        said = _("同意延期：%(title)s") if agreed else _("不同意延期：%(title)s")
        step.tell(handlers(record.unit), said % {"title": record.proposal.title})
    return step.record


def reject(assignment: Assignment, *, by: User | None, now: datetime, seen: int, reason: str) -> Assignment:
    """退回重拟: the reply does not answer, or was not talked over with the proposer."""
    with move(assignment, "reject", rules.HANDLING, by=by, now=now, seen=seen, reason=reason, body=assignment.office) as step:  # fmt: skip
        step.tell(handlers(step.record.unit), _("答复退回重拟：%(why)s") % {"why": reason})
    return step.record


def accept(
    assignment: Assignment, *, result: str = "", by: User | None, now: datetime, seen: int, reason: str = ""
) -> Assignment:
    """审核通过: the reply goes to the proposers. With the last one of the round the proposal waits for their word.

    result  the class, where the office sees it otherwise than the unit; then with a reason
    """
    with _both(assignment, now, "accept") as proposal, move(assignment, "accept", rules.HANDLING, by=by, now=now, seen=seen, reason=reason, body=assignment.office) as step:  # fmt: skip
        record = step.record
        if result and result != record.result:
            _check_other_class(record.organization, result, step.day, reason)
            step.detail["result"] = [record.result, result]
            record.result = result
        record.outcome = terms.meaning(record.organization, terms.CLASS, record.result, step.day)
        record.delivered_on, record.longer_to = step.day, None
        step.tell(handlers(record.unit), _("答复已审核通过并送达：%(title)s") % {"title": proposal.title})
        step.tell_people(signers(proposal), _("%(unit)s答复了您的提案“%(title)s”，请看答复并作出评价") % {"unit": record.unit, "title": proposal.title})  # fmt: skip
    return step.record


def _check_other_class(organization: Organization, result: str, on: date, reason: str) -> None:
    if result not in terms.classes(organization, on):
        raise Refused("no_class", why=_("没有这个办理类别"), do=_("请从列出的里面选"), field="result")
    if not reason.strip():
        raise Refused("no_reason", why=_("改了办理类别，要告诉承办单位为什么"), do=_("请写一句理由"), field="reason")


@contextmanager
def _both(assignment: Assignment, now: datetime, verb: str) -> Iterator[Proposal]:
    """A move of an assignment that changes what its proposal says. The parent is locked first, always, and says it anew afterwards."""
    with transaction.atomic():
        proposal = Proposal.objects.select_for_update(of=("self",)).get(pk=assignment.proposal_id)
        yield proposal
        if not _when_all_replied(proposal, now):
            say_again(proposal, assignment, verb, now)


def say_again(proposal: Proposal, assignment: Assignment, verb: str, now: datetime) -> None:
    """The facts of a proposal tell what its units did: it states them anew, by the system, and its trail says which did what."""
    if proposal.state == rules.ASSIGNED:
        with move(proposal, "handled", rules.MOVES, by=None, now=now) as step:
            step.detail |= {"unit": str(assignment.unit), "deed": f"proposals.{verb}"}


def _when_all_replied(proposal: Proposal, now: datetime) -> bool:
    """The event that drives the parent: every reply of this round is delivered, so the proposers are asked."""
    round_ = list(proposal.assignments.filter(round=proposal.round).exclude(state=rules.TAKEN_BACK))
    replies = [one for one in round_ if one.replies]
    if not fits([one.role for one in round_]) or any(one.state != rules.DELIVERED for one in replies):
        return False
    days = values(proposal.organization, (rules.RATE_DAYS,), now.date())[rules.RATE_DAYS]
    with move(proposal, "survey", rules.MOVES, by=None, now=now) as step:
        record = step.record
        record.replied_on = max(one.delivered_on for one in replies if one.delivered_on)
        worst = max(
            replies, key=lambda one: (rules.RANK[one.outcome], one.result)
        )  # the least favourable of a split handling
        record.result, record.outcome = worst.result, worst.outcome
        record.rate_by = WorkCalendar(record.organization).add_workdays(step.day, days)
        tell_seconders(step, _("您附议的“%(title)s”已答复") % {"title": record.title})
    return True
