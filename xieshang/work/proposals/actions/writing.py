"""What a proposer does: write, ask others to sign, send, take back."""

from collections.abc import Iterable, Mapping
from copy import copy
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from xieshang.base.accounts import permissions
from xieshang.base.accounts.models import User
from xieshang.base.errors import Refused
from xieshang.base.files import storage
from xieshang.base.numbers.actions import take
from xieshang.base.orgs.models import Organization
from xieshang.base.people.models import Person
from xieshang.base.people.queries import in_office, sectors_on
from xieshang.base.settings.parameters import value
from xieshang.base.workflow.engine import Step, move

from .. import rules, sessions
from ..models import Clue, Proposal, Signature, Text
from .clues import used
from .seconding import close_on_sending, drop_all

FIELDS = ("proposer", "body", "title", "situation", "analysis", "advice", "open_text", "closed_reason")
TEXT_PARTS = ("title", "situation", "analysis", "advice")
PARTS = (("situation", _("情况")), ("analysis", _("分析")), ("advice", _("建议")))


def who(proposal: Proposal, by: User | None) -> dict[str, Any]:
    """What the guards look at: whose hand it is. The office writes for a body, and whoever entered a member's proposal for him (代录)."""
    if by is None:
        return {"clerk": True, "person": None}
    clerk = permissions.may(by, "proposals.review", proposal.organization)
    mine = proposal.created_by_id in (None, by.pk) or proposal.body_id is not None
    return {"person": by.person_id, "clerk": clerk and mine}


def draft(
    organization: Organization, *, fields: Mapping[str, Any], first: Person | None = None, wanted: Iterable[int] = (), client_id: UUID | None = None, clue: Clue | None = None, by: User | None, now: datetime,
) -> Proposal:  # fmt: skip
    """起草. A member is its first proposer; the clerk names one (`first`, 代办) or a body.

    client_id  made in the browser: the same id sent twice is one proposal; what was typed since the first is kept
    raises     NotAllowed · Refused: nobody proposes it
    """
    if found := _drafted(client_id, by):
        return _typed_since(found, fields, wanted, by, now)
    if first is None and by is not None and permissions.may(by, "proposals.see_own", organization):
        first = by.person
    new = Proposal(organization=organization, first=first, client_id=client_id, clue=clue, **_columns(fields))
    if new.first is None and new.body is None:
        raise Refused("nobody", why=_("还没有写明提案者"), do=_("请选择第一提案人或提案单位"), field="first")
    try:
        with move(new, "draft", rules.MOVES, by=by, now=now, given=who(new, by)) as step:
            step.then(lambda made: made.wanted.set(wanted))
            step.then(lambda made: _sign_first(made, now))
    except IntegrityError:  # the same was sent twice at once, and the other came first
        if found := _drafted(client_id, by):
            return found
        raise
    return step.record


def _drafted(client_id: UUID | None, by: User | None) -> Proposal | None:
    return Proposal.objects.filter(client_id=client_id, created_by=by).first() if client_id else None


def _typed_since(
    draft: Proposal, fields: Mapping[str, Any], wanted: Iterable[int], by: User | None, now: datetime
) -> Proposal:
    if draft.state != rules.DRAFT or all(getattr(draft, key) == typed for key, typed in _columns(fields).items()):
        return draft
    return write(draft, fields=fields, wanted=wanted, by=by, now=now, seen=draft.version)


def _columns(fields: Mapping[str, Any]) -> dict[str, Any]:
    return {key: fields[key] for key in FIELDS if key in fields}


def _sign_first(proposal: Proposal, now: datetime) -> None:
    if proposal.first_id:
        Signature.objects.get_or_create(
            proposal=proposal,
            person_id=proposal.first_id,
            defaults={"state": Signature.SIGNED, "asked_at": now, "answered_at": now},
        )


def write(
    proposal: Proposal, *, fields: Mapping[str, Any], wanted: Iterable[int] | None = None, by: User | None, now: datetime, seen: int
) -> Proposal:  # fmt: skip
    """Save what is typed of a draft, or of one that was sent back. Raises NotAllowed · Stale (both texts are shown) · Refused."""
    from .signing import text_changed

    given = _columns(fields)
    with move(proposal, "write", rules.MOVES, by=by, now=now, seen=seen, yours=given, given=who(proposal, by)) as step:
        before = copy(step.record)
        for key, typed in given.items():
            setattr(step.record, key, typed)
        text_changed(step, before)
        if wanted is not None:
            step.then(lambda made: made.wanted.set(wanted))
    return step.record


def invite(proposal: Proposal, people: Iterable[Person], *, by: User | None, now: datetime, seen: int) -> Proposal:
    """邀请会签. They are told, and answer each with their own log-in; who has answered keeps his answer, whose invitation has lapsed is asked anew."""
    asked = list(people)
    with move(proposal, "invite", rules.MOVES, by=by, now=now, seen=seen, given=who(proposal, by)) as step:
        record = step.record
        seats = set(
            in_office(record.organization, step.day).filter(person__in=asked).values_list("person_id", flat=True)
        )
        if outside := [one.name for one in asked if one.pk not in seats]:
            raise Refused(
                "not_in_office", why=_("%(names)s不是本届在任委员，不能会签") % {"names": "、".join(outside)}, do=_("请从名单里选"), field="people"
            )  # fmt: skip
        days = value(record.organization, rules.COSIGN_DAYS, step.day)
        step.detail["invited"] = [one.pk for one in asked]
        step.tell_people(
            asked, _("%(who)s请您会签提案：%(title)s") % {"who": record.first or record.body, "title": record.title}
        )
        step.then(lambda made: _ask(made, asked, now, now + timedelta(days=days)))
    return step.record


def _ask(proposal: Proposal, people: Iterable[Person], now: datetime, until: datetime) -> None:
    last = proposal.signatures.count()
    for order, person in enumerate(people, last + 1):
        asked, made = Signature.objects.get_or_create(
            proposal=proposal, person=person, defaults={"order": order, "asked_at": now, "until": until}
        )
        if not made and asked.lapsed(now):
            asked.state, asked.asked_at, asked.until, asked.answered_at = Signature.ASKED, now, until, None
            asked.save()
    if proposal.proposer == rules.MEMBER and proposal.signatures.count() > 1:
        proposal.proposer = rules.JOINT
        proposal.save(update_fields=["proposer"])


def cosign(
    proposal: Proposal, person: Person, *, agrees: bool, note: str = "", by: User | None, now: datetime, seen: int | None = None
) -> Proposal:  # fmt: skip
    """会签: agree or decline, by the member himself, or entered for him (代办, said so in the trail)."""
    with move(proposal, "cosign", rules.MOVES, by=by, now=now, seen=seen, reason=note) as step:
        if by is not None and by.person_id != person.pk and not who(step.record, by)["clerk"]:
            raise Refused("not_yours", why=_("会签要由委员本人答复"), do=_("请用自己的账号登录"))
        answer(step, person, agrees=agrees, note=note)
    return step.record


def answer(step: Step[Proposal], person: Person, *, agrees: bool, note: str) -> None:
    """What an invited member said, told to the first proposer; the text that he signed is kept."""
    record, now = step.record, step.now
    asked = record.signatures.filter(person=person).exclude(person=record.first_id).first()
    if asked is None:
        raise Refused("not_asked", why=_("这件提案没有邀请您会签"), do=_("请联系第一提案人"))
    if asked.until and asked.until < now:
        raise Refused("expired", why=_("会签邀请已经过期"), do=_("请第一提案人重新邀请"))
    asked.state, asked.answered_at, asked.note = Signature.SIGNED if agrees else Signature.REFUSED, now, note[:200]
    asked.changed_at = None
    step.detail |= {"person": person.pk, "agrees": agrees}
    said = (_("%(who)s同意会签：%(title)s") if agrees else _("%(who)s谢绝会签：%(title)s")) % {
        "who": person,
        "title": record.title,
    }
    if record.first:
        step.tell_people([record.first], said)
    step.then(lambda _made: asked.save())
    if agrees:
        step.then(lambda made: keep_text(made, "cosign", step.by, now))


def submit(proposal: Proposal, *, by: User | None, now: datetime, seen: int | None = None) -> Proposal:
    """提交. It gets its intake number; the moment of receipt decides between 大会 and 平时. Who has not signed is dropped.

    Sent again by the same hand, with nothing done since (no answer came: the line broke), it is the same sending, with its first moment and number.

    raises  NotAllowed · Stale · Refused: something is empty, the proposer is not in office, this kind may not propose now, a seal is missing
    """
    with transaction.atomic():
        standing = Proposal.objects.select_for_update(of=("self",)).select_related("organization").get(pk=proposal.pk)
        return standing if _sent_by(standing, by, seen) else _submit(proposal, by, now, seen)


def _sent_by(proposal: Proposal, by: User | None, seen: int | None) -> bool:
    """The last that was done with it is that this hand sent it, from what is on its screen."""
    own = by is not None and proposal.saved_by_id == by.pk
    return own and proposal.state == rules.SUBMITTED and seen in (None, proposal.version - 1)


def _submit(proposal: Proposal, by: User | None, now: datetime, seen: int | None) -> Proposal:
    with move(proposal, "submit", rules.MOVES, by=by, now=now, seen=seen, given=who(proposal, by)) as step:
        record = step.record
        _check_text(record)
        _check_consent(record)
        signed = record.signatures.filter(state=Signature.SIGNED).exclude(person=record.first_id)
        if record.proposer == rules.JOINT and not signed.exists():  # nobody signs with him any more
            record.proposer = rules.MEMBER
        again = record.submitted_at is not None
        if not again:
            session, kind = sessions.at(record.organization, now)
            _check_proposer(step, kind)
            record.session, record.kind = session, kind
            record.submitted_at, record.submitted_on = now, step.day
        step.detail["again"] = again
        step.then(lambda made: _close_signatures(made, now))
        step.then(lambda made: keep_text(made, "submit", by, now))
        close_on_sending(record, step.day)
        step.then(lambda made: used(made, now))
        if not again:
            step.then(_number_intake)
    return step.record


def _check_text(proposal: Proposal) -> None:
    empty = [str(title) for name, title in PARTS if not getattr(proposal, name).strip()]
    if not proposal.title.strip():
        empty.insert(0, _("案由"))
    if empty:
        raise Refused(
            "empty", why=_("还没有写：%(parts)s") % {"parts": "、".join(empty)}, do=_("情况、分析、建议都写了再提交；已写的内容不会丢"), field="title" if not proposal.title.strip() else "advice",
        )  # fmt: skip


def _check_consent(proposal: Proposal) -> None:
    """同意公开 or why not: the reason is the proposer's, and is asked for when he writes it down."""
    if not proposal.open_text and not proposal.closed_reason.strip():
        raise Refused(
            "no_reason",
            why=_("不同意公开的，要写理由"),
            do=_("请写一句理由，如涉及商业秘密、个人隐私"),
            field="closed_reason",
        )


def _check_proposer(step: Step[Proposal], kind: str) -> None:
    record = step.record
    when = value(record.organization, rules.eligible_key(record.proposer), step.day)
    words = {"kind": record.get_proposer_display()}
    if when == "never":
        raise Refused("not_eligible", why=_("本地不接受%(kind)s提案") % words, do=_("请改由委员个人或联名提出"))
    if when == "session" and kind != rules.SESSION:
        raise Refused("not_now", why=_("%(kind)s提案只在全会期间提") % words, do=_("请改由委员提出，或等下次全会"))
    if record.collective:
        if record.body is None:
            raise Refused("no_body", why=_("集体提案要写明提案单位"), do=_("请选择提案单位"), field="body")
        if not storage.of(f"{record.ref}.seal"):
            raise Refused(
                "no_seal",
                why=_("集体提案要有盖章或召集人签名的扫描件"),
                do=_("请上传扫描件再提交"),
                field="seal",
            )
    elif record.first is None or not in_office(record.organization, step.day).filter(person=record.first).exists():
        raise Refused("not_in_office", why=_("第一提案人不是本届在任委员"), do=_("请改由在任委员领衔"))


def _close_signatures(proposal: Proposal, now: datetime) -> None:
    """The sector of each signer as of the day; who did not answer is dropped."""
    signed = list(proposal.signatures.all())
    on = proposal.submitted_on
    sectors = sectors_on([one.person_id for one in signed], on) if on else {}
    for one in signed:
        one.sector_id = sectors.get(one.person_id)
        if one.state == Signature.ASKED:
            one.state = Signature.EXPIRED if one.until and one.until < now else Signature.DROPPED
        one.save(update_fields=["sector", "state"])


def keep_text(proposal: Proposal, verb: str, by: User | None, now: datetime) -> None:
    """The text as it stands at this step."""
    Text.objects.create(
        proposal=proposal, verb=verb, at=now, by=by, title=proposal.title, situation=proposal.situation, analysis=proposal.analysis, advice=proposal.advice
    )  # fmt: skip


def _number_intake(proposal: Proposal) -> None:
    """流水号, last in the transaction: gap-free within a session."""
    proposal.intake = take(proposal.organization, f"proposals.intake:{proposal.session_id or 0}")
    proposal.save(update_fields=["intake"])


def take_back(proposal: Proposal, *, by: User | None, now: datetime, seen: int) -> Proposal:
    """收回修改, as long as nobody reviews it."""
    with move(proposal, "take_back", rules.MOVES, by=by, now=now, seen=seen, given=who(proposal, by)) as step:
        step.then(lambda made: used(made, now))
    return step.record


def discard(proposal: Proposal, *, by: User | None, now: datetime, seen: int) -> Proposal:
    """不提了: a draft that was never sent; it stays in the trail."""
    with move(proposal, "discard", rules.MOVES, by=by, now=now, seen=seen, given=who(proposal, by)) as step:
        step.then(lambda made: drop_all(made, now))
    return step.record
