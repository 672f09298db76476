"""承办: what a handling unit does with what it was given."""

from datetime import date, datetime

from django.utils.translation import gettext as _

from xieshang.base.accounts.models import User
from xieshang.base.calendar.workdays import add_months
from xieshang.base.errors import Refused
from xieshang.base.settings.parameters import value
from xieshang.base.workflow.engine import move

from .. import rules
from ..models import Assignment, Contact
from .reviewing import proposers

INSIDE = ("section", "officer", "leader")
REPLY = ("reply", "paper", "result", "contact", "telephone")


def sign(assignment: Assignment, *, inside: dict[str, str] | None = None, by: User | None, now: datetime, seen: int | None = None) -> Assignment:  # fmt: skip
    """签收, and to whom it goes inside the unit (二次分办)."""
    with move(assignment, "sign", rules.HANDLING, by=by, now=now, seen=seen, body=assignment.unit) as step:
        step.record.signed_on = step.day
        for key in INSIDE:
            setattr(step.record, key, (inside or {}).get(key, "")[:40])
    return step.record


def object_to(assignment: Assignment, *, by: User | None, now: datetime, seen: int, reason: str) -> Assignment:
    """申请退件: not ours, in writing and in time. The unit may neither pass it on nor leave it lying meanwhile."""
    with move(assignment, "object", rules.HANDLING, by=by, now=now, seen=seen, reason=reason, body=assignment.unit) as step:  # fmt: skip
        record = step.record
        if step.day > record.object_by:
            raise Refused("too_late", why=_("退件期限是 %(day)s，已经过了") % {"day": record.object_by}, do=_("请继续办理；确有困难的联系交办机构"))  # fmt: skip
        most = value(record.organization, rules.RETURNS, step.day)
        if record.proposal.assignments.filter(state=rules.TAKEN_BACK).count() >= most:
            raise Refused("too_often", why=_("这件提案已经退过 %(n)s 次，不能再退") % {"n": most}, do=_("请联系交办机构协调"))  # fmt: skip
        record.objection = reason[:300]
    return step.record


def contact(
    assignment: Assignment, *, on: date, way: str, who: str, words: str, by: User | None, now: datetime, seen: int | None = None
) -> Assignment:  # fmt: skip
    """面商: how and when the unit spoke with the proposer."""
    with move(assignment, "contact", rules.HANDLING, by=by, now=now, seen=seen, body=assignment.unit) as step:
        if on > step.day or on < step.record.assigned_on:
            raise Refused("bad_day", why=_("联系委员的日期要在交办之后、今天之前"), do=_("请检查日期"), field="on")
        if not words.strip():
            raise Refused("no_words", why=_("还没有写谈了什么"), do=_("请写一两句"), field="words")
        kept = Contact(on=on, way=way, who=who[:120], words=words[:500], at=now, by=by)
        step.detail |= {"on": on, "way": way}

        def write(made: Assignment) -> None:
            kept.assignment = made
            kept.save()

        step.then(write)
    return step.record


def ask_longer(
    assignment: Assignment, *, to: date, by: User | None, now: datetime, seen: int, reason: str
) -> Assignment:
    """申请延期, once explained to the proposer; not beyond what the place allows."""
    with move(assignment, "ask_longer", rules.HANDLING, by=by, now=now, seen=seen, reason=reason, body=assignment.unit) as step:  # fmt: skip
        record = step.record
        last = add_months(record.assigned_on, value(record.organization, rules.LONGEST_MONTHS, record.assigned_on))
        if not record.due_on < to <= last:
            raise Refused("bad_day", why=_("最多可以延到 %(day)s") % {"day": last}, do=_("请改日期"), field="to")
        record.longer_to, record.longer = to, reason[:300]
    return step.record


def opine(assignment: Assignment, opinion: str, *, by: User | None, now: datetime, seen: int) -> Assignment:
    """会办意见, to the host; the host cannot sign off before it."""
    with move(assignment, "opine", rules.HANDLING, by=by, now=now, seen=seen, body=assignment.unit) as step:
        record = step.record
        if record.role != rules.CO:
            raise Refused("not_co", why=_("只有会办单位送会办意见"), do=_("请直接起草答复"))
        if not opinion.strip():
            raise Refused("empty", why=_("还没有写会办意见"), do=_("请写好再送"), field="opinion")
        record.opinion, record.delivered_on = opinion, step.day
    return step.record


def reply(assignment: Assignment, fields: dict[str, str], *, by: User | None, now: datetime, seen: int) -> Assignment:
    """起草答复: only the body, the class and whom to ask are typed; head, title, number and signature are made."""
    with move(assignment, "reply", rules.HANDLING, by=by, now=now, seen=seen, yours=dict(fields), body=assignment.unit) as step:  # fmt: skip
        if not step.record.replies:
            raise Refused("co_only", why=_("会办单位不单独答复委员"), do=_("请送会办意见给主办单位"))
        for key in REPLY:
            if key in fields:
                setattr(step.record, key, fields[key])
    return step.record


def approve(assignment: Assignment, *, signer: str, by: User | None, now: datetime, seen: int) -> Assignment:
    """签发, by the unit's leader. What is still missing is named."""
    with move(assignment, "approve", rules.HANDLING, by=by, now=now, seen=seen, body=assignment.unit) as step:
        missing = lacks(step.record)
        if not signer.strip():
            missing.append(_("签发人"))
        if missing:
            raise Refused("missing", why=_("还差：%(what)s") % {"what": "、".join(missing)}, do=_("补齐后再签发"))
        step.record.signer = signer[:40]
    return step.record


def lacks(assignment: Assignment) -> list[str]:
    """What still stands in the way of signing off a reply, in words."""
    found = []
    if not assignment.contacts.exists():
        found.append(_("联系委员的记录（面商）"))
    if not assignment.reply.strip():
        found.append(_("答复正文"))
    if not assignment.result:
        found.append(_("办理类别"))
    if not assignment.contact or not assignment.telephone:
        found.append(_("联系人和电话"))
    if assignment.role == rules.HOST:
        others = assignment.proposal.assignments.filter(round=assignment.round, role=rules.CO)
        waiting = others.exclude(state__in=(rules.OPINED, rules.TAKEN_BACK)).select_related("unit")
        found += [_("%(unit)s的会办意见") % {"unit": one.unit} for one in waiting]
    return found


def send(assignment: Assignment, *, by: User | None, now: datetime, seen: int) -> Assignment:
    """报审: to the assigning office."""
    with move(assignment, "send", rules.HANDLING, by=by, now=now, seen=seen, body=assignment.unit) as step:
        step.record.sent_on = step.day
    return step.record


__all__ = [
    "INSIDE",
    "REPLY",
    "approve",
    "ask_longer",
    "contact",
    "lacks",
    "object_to",
    "opine",
    "proposers",
    "reply",
    "send",
    "sign",
]
