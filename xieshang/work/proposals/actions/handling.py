"""承办: what a handling unit does with what it was given."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from xieshang.base.accounts.models import User
from xieshang.base.calendar.workdays import add_months
from xieshang.base.errors import Refused
from xieshang.base.files import storage
from xieshang.base.files.models import Attachment
from xieshang.base.settings.parameters import value
from xieshang.base.workflow.engine import Step, move

from .. import originals, rules, terms
from ..models import Assignment, Contact
from .assigning import handlers

INSIDE = ("section", "officer", "leader")
REPLY = ("reply", "paper", "result", "publicity", "contact", "telephone")


def sign(assignment: Assignment, *, inside: dict[str, str] | None = None, by: User | None, now: datetime, seen: int | None = None) -> Assignment:  # fmt: skip
    """签收, and to whom it goes inside the unit (二次分办)."""
    with move(assignment, "sign", rules.HANDLING, by=by, now=now, seen=seen, body=assignment.unit) as step:
        step.record.signed_on = step.day
        _inside(step.record, inside or {})
    return step.record


def inside(assignment: Assignment, fields: dict[str, str], *, by: User | None, now: datetime, seen: int) -> Assignment:
    """二次分办 anew: another section, another person."""
    with move(assignment, "inside", rules.HANDLING, by=by, now=now, seen=seen, body=assignment.unit) as step:
        _inside(step.record, fields)
    return step.record


def _inside(record: Assignment, fields: dict[str, str]) -> None:
    for key in INSIDE:
        setattr(record, key, fields.get(key, "")[:40])


def object_to(assignment: Assignment, *, by: User | None, now: datetime, seen: int, reason: str) -> Assignment:
    """申请退件: not ours, in writing and in time. The unit may neither pass it on nor leave it lying meanwhile."""
    with move(assignment, "object", rules.HANDLING, by=by, now=now, seen=seen, reason=reason, body=assignment.unit) as step:  # fmt: skip
        record = step.record
        if step.day > record.object_by:
            raise Refused("too_late", why=_("退件期限是 %(day)s，已经过了") % {"day": record.object_by}, do=_("请继续办理；确有困难的联系交办机构"))  # fmt: skip
        most = value(record.organization, rules.RETURNS, step.day)
        if record.proposal.assignments.filter(state=rules.TAKEN_BACK).count() >= most:
            raise Refused("too_often", why=_("这件提案已经退过 %(n)s 次，不能再退") % {"n": most}, do=_("请联系交办机构协调"))  # fmt: skip
        record.objection, record.objected_on = reason[:300], step.day
        _tell_office(step, _("%(unit)s申请退件：%(title)s"))
    return step.record


def _tell_office(step: Step[Assignment], words: str) -> None:
    """A notice to the assigning office of the system; where there is none, what waits stands on the clerk's list."""
    if office := step.record.office:
        step.tell(handlers(office), words % {"unit": step.record.unit, "title": step.record.proposal.title})


def contact(
    assignment: Assignment, *, on: date, way: str, who: str, words: str, by: User | None, now: datetime, seen: int | None = None
) -> Assignment:  # fmt: skip
    """面商: how and when the unit spoke with the proposer."""
    with move(assignment, "contact", rules.HANDLING, by=by, now=now, seen=seen, body=assignment.unit) as step:
        if on > step.day or on < step.record.assigned_on:
            raise Refused("bad_day", why=_("联系委员的日期要在交办之后、今天之前"), do=_("请检查日期"), field="on")
        if way not in dict(rules.WAYS):
            raise Refused("no_way", why=_("还没有选怎样联系的"), do=_("请选一种方式"), field="way")
        if not who.strip():
            raise Refused("no_who", why=_("还没有写谁参加"), do=_("请写双方参加的人"), field="who")
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
        last = longest(record)
        if record.longer_to:
            raise Refused("asked", why=_("已经申请延到 %(day)s，还在等答复") % {"day": record.longer_to}, do=_("请等交办机构答复"))  # fmt: skip
        if not record.contacts.exists():
            raise Refused("not_told", why=_("延期要事先向提案者说明，还没有联系委员的记录"), do=_("请先联系委员并登记"))
        if not record.due_on < to <= last:
            raise Refused("bad_day", why=_("最多可以延到 %(day)s") % {"day": last}, do=_("请改日期"), field="to")
        record.longer_to, record.longer = to, reason[:300]
        _tell_office(step, _("%(unit)s申请延期：%(title)s"))
    return step.record


def longest(assignment: Assignment) -> date:
    """The last day to which a limit may be put off; a co-handler's never behind the host's."""
    on = assignment.assigned_on
    last = add_months(on, value(assignment.organization, rules.LONGEST_MONTHS, on))
    last += timedelta(days=sum(one.days for one in assignment.suspensions.all()))
    if assignment.role != rules.CO:
        return last
    host = beside(assignment).filter(role=rules.HOST).first()
    return min(last, host.due_on) if host else last


def beside(assignment: Assignment) -> QuerySet[Assignment]:
    """The other units of the same round that still have it."""
    found = Assignment.objects.filter(proposal=assignment.proposal_id, round=assignment.round).exclude(pk=assignment.pk)
    return found.exclude(state=rules.TAKEN_BACK).select_related("unit")


def opine(assignment: Assignment, opinion: str, *, by: User | None, now: datetime, seen: int) -> Assignment:
    """会办意见, to the host; the host cannot sign off before it."""
    with move(assignment, "opine", rules.HANDLING, by=by, now=now, seen=seen, body=assignment.unit) as step:
        record = step.record
        if record.role != rules.CO:
            raise Refused("not_co", why=_("只有会办单位送会办意见"), do=_("请直接起草答复"))
        if not opinion.strip():
            raise Refused("empty", why=_("还没有写会办意见"), do=_("请写好再送"), field="opinion")
        again = record.state == rules.OPINED  # what was said first was in time or not
        record.opinion, record.delivered_on, record.longer_to = opinion[:3000], record.delivered_on or step.day, None
        said = _("%(unit)s改了会办意见：%(title)s") if again else _("%(unit)s送来会办意见：%(title)s")
        for host in beside(record).filter(role=rules.HOST):
            step.tell(handlers(host.unit), said % {"unit": record.unit, "title": record.proposal.title})  # fmt: skip
    return step.record


def reply(assignment: Assignment, fields: dict[str, str], *, by: User | None, now: datetime, seen: int) -> Assignment:
    """起草答复: only the body, the class and whom to ask are typed; head, title, number and signature are made."""
    with move(assignment, "reply", rules.HANDLING, by=by, now=now, seen=seen, yours=dict(fields), body=assignment.unit) as step:  # fmt: skip
        if not step.record.replies:
            raise Refused("co_only", why=_("会办单位不单独答复委员"), do=_("请送会办意见给主办单位"))
        typed = {key: fields[key] for key in REPLY if key in fields}
        _check_reply(step.record, typed, step.day)
        for key, text in typed.items():
            setattr(step.record, key, text)
        step.record.outcome = terms.meaning(step.record.organization, terms.CLASS, step.record.result, step.day)
        step.record.publicity = step.record.publicity or usual_publicity(step.record)
        step.record.signer = ""  # what was signed off was another text
    return step.record


def usual_publicity(assignment: Assignment) -> str:
    """What the form proposes and an answer without a choice gets: open, as far as the proposer agrees."""
    return rules.OPEN_TO_ALL if assignment.proposal.open_text else rules.NOT_OPEN


def _check_reply(record: Assignment, typed: dict[str, str], on: date) -> None:
    chosen: dict[str, Mapping[str, Any]] = {
        "result": terms.classes(record.organization, on),
        "publicity": dict(rules.PUBLICITY),
    }
    for key, text in typed.items():
        field: Any = Assignment._meta.get_field(key)
        if key in chosen and text and text not in chosen[key]:
            raise Refused("no_choice", why=_("%(what)s没有这个选项") % {"what": field.verbose_name}, do=_("请从列出的里面选"), field=key)  # fmt: skip
        if len(text) > (field.max_length or 0):
            raise Refused("too_long", why=_("%(what)s最多 %(n)s 字") % {"what": field.verbose_name, "n": field.max_length}, do=_("请改短一些"), field=key)  # fmt: skip
    if typed.get("publicity") == rules.OPEN_TO_ALL and not record.proposal.open_text:
        raise Refused("no_consent", why=_("提案者不同意公开：%(why)s") % {"why": record.proposal.closed_reason}, do=_("请选依申请公开或不予公开"), field="publicity")  # fmt: skip


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
        waiting = beside(assignment).filter(role=rules.CO).exclude(state=rules.OPINED)
        found += [_("%(unit)s的会办意见") % {"unit": one.unit} for one in waiting]
    return found


def send(assignment: Assignment, *, by: User | None, now: datetime, seen: int) -> Assignment:
    """报审: to the assigning office."""
    with move(assignment, "send", rules.HANDLING, by=by, now=now, seen=seen, body=assignment.unit) as step:
        step.record.sent_on = step.day
        _tell_office(step, _("%(unit)s的答复待审：%(title)s"))
    return step.record


def keep_original(
    assignment: Assignment, name: str, data: bytes, *, by: User | None, now: datetime, seen: int | None = None
) -> Assignment:
    """盖章原件 from the unit's own office system: kept as it is, its text searchable. A later one takes the place of an earlier one."""
    with move(assignment, "original", rules.HANDLING, by=by, now=now, seen=seen, body=assignment.unit) as step:
        if not step.record.replies:
            raise Refused("co_only", why=_("会办单位不单独答复委员"), do=_("请送会办意见给主办单位"))
        if not name.lower().endswith(".pdf"):
            raise Refused("not_pdf", why=_("盖章原件要 PDF"), do=_("请用本单位的办公系统导出 PDF，或扫描成 PDF"), field="original")  # fmt: skip
        storage.checked(name, data)
        step.record.original_text = originals.text(data)
        step.detail["original"] = name

        def write(made: Assignment) -> None:
            Attachment.objects.filter(record=made.ref, removed_at=None).update(removed_at=now)
            storage.attach([(name, data)], record=made.ref, organization=made.organization, by=by, now=now)

        step.then(write)
    return step.record


__all__ = [
    "INSIDE",
    "REPLY",
    "approve",
    "ask_longer",
    "beside",
    "contact",
    "inside",
    "keep_original",
    "lacks",
    "longest",
    "object_to",
    "opine",
    "reply",
    "send",
    "sign",
    "usual_publicity",
]
