"""Every write of 签批 and 代办: ask, approve, refuse, enter from paper, withdraw; and acting for a person."""

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import date, datetime
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from xieshang.base import clock
from xieshang.base.accounts import permissions
from xieshang.base.accounts.models import User
from xieshang.base.audit import circumstances
from xieshang.base.audit.circumstances import Behalf, Consent
from xieshang.base.drafts import actions as drafts
from xieshang.base.errors import NotAllowed, Refused, Stale
from xieshang.base.files import storage
from xieshang.base.files.models import Attachment
from xieshang.base.ledger.posting import LATE
from xieshang.base.orgs.models import Organization
from xieshang.base.people.models import Person
from xieshang.base.workflow import engine
from xieshang.base.workflow.engine import move
from xieshang.base.workflow.models import Record

from .models import Acting, Approval, Typed
from .rules import HOW, MOVES
from .steps import STEPS, reasoned

Scan = tuple[str, bytes]


def ask(
    organization: Organization, step: str, *, title: str, record: Record | None = None, why: str = "", values: Mapping[str, list[str]] | None = None, key: str = "",
    client_id: UUID | None = None, uploads: Iterable[int] = (), files: Iterable[Scan] = (), sealed: Mapping[str, list[str]] | None = None, by: User, now: datetime,
) -> Approval:  # fmt: skip
    """送签: this step waits for a leader's word.

    record     what it is done with; None for what is typed and not there yet
    sealed     what of it is private: kept encrypted, and not given back
    values     what was typed, kept until it is approved; `key`, `client_id`: the form it came from
    uploads    files that the same account has sent ahead of the form; `files`: those that came with it
    raises     NotAllowed: who asks may not do the step himself · Refused: it waits already; no reason for a late entry
    """
    permissions.require(by, step, organization)
    if STEPS[step].consent == LATE:
        why = reasoned(why)
    if client_id and (found := Approval.objects.filter(typed__client_id=client_id, state="asked").first()):
        return found
    ref = record.ref if record else ""
    if ref and Approval.objects.filter(organization=organization, record=ref, step=step, state="asked").exists():
        raise Refused("taken", why=_("这一步已经送签，还没有签批"), do=_("请在“签批”里查看，或先撤回再送"))
    new = Approval(
        organization=organization, step=step, record=ref, of_version=record.version if record else 0, title=title[:200], why=why.strip()[:500]
    )  # fmt: skip
    with move(new, "ask", MOVES, by=by, now=now, reason=why) as asked:
        asked.then(lambda made: _keep(made, values, sealed, key, client_id, uploads, by))
        asked.then(lambda made: _attach(made, files, by, now))
    return asked.record


def _keep(
    made: Approval, values: Mapping[str, list[str]] | None, sealed: Mapping[str, list[str]] | None, key: str, client_id: UUID | None, uploads: Iterable[int], by: User
) -> None:  # fmt: skip
    if values is None:
        return
    Typed.objects.create(
        approval=made, key=key, client_id=client_id, values=dict(values), sealed=json.dumps(sealed) if sealed else ""
    )
    Attachment.objects.filter(pk__in=list(uploads), added_by=by, record__endswith=".upload").update(record=made.ref)
    if client_id:
        drafts.discard(client_id, by=by)


def _attach(made: Approval, files: Iterable[Scan], by: User, now: datetime) -> None:
    storage.attach(files, record=made.ref, organization=made.organization, by=by, now=now)


def approve(approval: Approval, *, opinion: str = "", by: User, now: datetime, seen: int | None = None) -> Approval:
    """同意, by who is logged in: the step is carried out at once, in the name of who asked for it."""
    permissions.require(by, STEPS[approval.step].consent, approval.organization)
    with move(approval, "approve", MOVES, by=by, now=now, seen=seen, reason=opinion) as step:
        signed = step.record
        signed.signer, signed.signed_by, signed.signed_on, signed.opinion = by, str(by)[:80], step.day, opinion[:500]
        _carry_out(signed, _consent(signed), now)
        _tell_asker(step, _("%(who)s同意了：%(title)s") % {"who": by, "title": signed.title})
    return step.record


def refuse(approval: Approval, *, opinion: str, by: User, now: datetime, seen: int | None = None) -> Approval:
    """不同意, with words; what was typed goes back to who typed it, as a draft."""
    permissions.require(by, STEPS[approval.step].consent, approval.organization)
    with move(approval, "refuse", MOVES, by=by, now=now, seen=seen, reason=opinion) as step:
        signed = step.record
        signed.signer, signed.signed_by, signed.signed_on, signed.opinion = by, str(by)[:80], step.day, opinion[:500]
        _go_back(step)
    return step.record


def enter(
    approval: Approval, *, agreed: bool, signed_by: str, signed_on: date, scan: Scan | None, signer: User | None = None, opinion: str = "", by: User, now: datetime,
    seen: int | None = None,
) -> Approval:  # fmt: skip
    """代录: the slip came back signed. Who signed and who entered it, the day on the paper and the day of entering are kept apart.

    raises  NotAllowed · Refused: no scan, nobody named, a day to come; and what the step itself refuses
    """
    paper = _check_paper(signed_by, signed_on, scan, opinion, agreed=agreed, now=now)
    verb = "enter_approved" if agreed else "enter_refused"
    with move(approval, verb, MOVES, by=by, now=now, seen=seen, reason=opinion) as step:
        signed = step.record
        signed.signer, signed.signed_by, signed.signed_on, signed.opinion = (
            signer,
            signed_by.strip()[:80],
            signed_on,
            opinion[:500],
        )
        signed.entered_by, signed.entered_at = by, now
        signed.scan = storage.attach(
            [paper], record=signed.ref, organization=signed.organization, by=by, now=now, kind="evidence"
        )[0]
        if agreed:
            _carry_out(signed, _consent(signed), now)
            _tell_asker(step, _("已代录%(who)s的签批：%(title)s") % {"who": signed.signed_by, "title": signed.title})
        else:
            _go_back(step)
    return step.record


def _check_paper(
    signed_by: str, signed_on: date, scan: Scan | None, opinion: str, *, agreed: bool, now: datetime
) -> Scan:
    if not signed_by.strip():
        raise Refused("no_signer", why=_("还没有写是谁签的"), do=_("请选领导，或写上姓名和职务"), field="signed_by")
    if signed_on > now.date():
        raise Refused(
            "in_the_future",
            why=_("签批日期 %(day)s 还没有到") % {"day": signed_on},
            do=_("请照纸上的日期填"),
            field="signed_on",
        )
    if scan is None:
        raise Refused("no_scan", why=_("还没有附上签过字的审批单"), do=_("请扫描或拍照后附上"), field="scan")
    if not agreed and not opinion.strip():
        raise Refused("no_reason", why=_("还没有写不同意的意见"), do=_("请照纸上的意见写一句"), field="opinion")
    return scan


def withdraw(approval: Approval, *, by: User, now: datetime, seen: int | None = None) -> Approval:
    """撤回 what has not been signed; what was typed is a draft again."""
    with move(approval, "withdraw", MOVES, by=by, now=now, seen=seen) as step:
        _give_back(step.record, now)
    return step.record


def close(approval: Approval, *, by: User, now: datetime) -> Approval:
    """知道了: a refusal was read and no longer stands in the to-do list."""
    with move(approval, "close", MOVES, by=by, now=now) as step:
        pass
    return step.record


def _consent(signed: Approval) -> Consent:
    return Consent(
        step=signed.step, record=signed.record, needs=STEPS[signed.step].consent, approval=signed.pk, organization=signed.organization_id, signed=signed.signed_by,
        signed_on=str(signed.signed_on), entered=str(signed.entered_by or ""), entered_on=f"{signed.entered_at:%Y-%m-%d}" if signed.entered_at else "",
        opinion=signed.opinion,
    )  # fmt: skip


def _carry_out(signed: Approval, consent: Consent, now: datetime) -> None:
    typed = Typed.objects.filter(approval=signed).first()
    if signed.created_by is None:
        raise Refused("no_asker", why=_("不知道是谁送签的"), do=_("请重新送签"))
    with circumstances.under(consent):
        try:
            made = STEPS[signed.step].carry_out(signed, typed.whole if typed else {}, signed.created_by, now)
        except Stale as error:
            raise Refused(
                "changed", why=_("送签以后内容又改过，同意的不是现在这一稿"), do=_("请退回，由经办人重新送签")
            ) from error
    signed.record = made.ref
    if typed:
        typed.delete()


def _tell_asker(step: engine.Step[Approval], text: str) -> None:
    if step.record.created_by and step.record.created_by != step.by:
        step.tell([step.record.created_by], text)


def _go_back(step: engine.Step[Approval]) -> None:
    said = step.record
    _give_back(said, step.now)
    _tell_asker(step, _("未同意：%(title)s。%(opinion)s") % {"title": said.title, "opinion": said.opinion})


def _give_back(said: Approval, now: datetime) -> None:
    """What was typed becomes a draft of who typed it, with its files."""
    typed = Typed.objects.filter(approval=said).first()
    if typed is None or said.created_by is None:
        return
    if waiting := STEPS[said.step].uploads:
        Attachment.objects.filter(record=said.ref).exclude(kind="evidence").update(record=waiting)
    if typed.key:
        title = (typed.values.get("title") or [""])[0][:120]
        with suppress(NotAllowed):  # he may have left the office meanwhile; the request itself stays in the trail
            drafts.save(
                said.organization, typed.client_id or uuid4(), {"title": title, "values": typed.values}, verb=said.step, key=typed.key, by=said.created_by,
                now=now,
            )  # fmt: skip
    typed.delete()


@contextmanager
def acting_for(
    person: Person, verb: str, *, organization: Organization, how: str, asked_on: date, by: User, now: datetime, scan: Scan | None = None
) -> Iterator[Acting]:  # fmt: skip
    """代办: what is done within is done for this person, marked so in the trail; one transaction. Set `record` on what is yielded.

    how     phone · face · paper: how he asked for it, on which day
    raises  NotAllowed: `by` may not act for others here · Refused: somebody else's person, no way of asking, a day to come
    """
    permissions.require(by, "paperwork.act_for", organization)
    _check_asking(person, organization, how, asked_on, now)
    with transaction.atomic():
        acting = Acting(organization=organization, person=person, verb=verb, how=how, asked_on=asked_on, by=by, at=now)
        with circumstances.on_behalf(Behalf(person.pk, person.name, how, str(asked_on))):
            yield acting
        acting.save()
        if scan:
            ref = f"paperwork.acting:{acting.pk}"
            acting.scan = storage.attach(
                [scan], record=ref, organization=organization, by=by, now=now, kind="evidence"
            )[0]
            acting.save(update_fields=["scan"])


def _check_asking(person: Person, organization: Organization, how: str, asked_on: date, now: datetime) -> None:
    theirs = person.organization_id == organization.pk or person.memberships.filter(organization=organization).exists()
    if not theirs:
        raise NotAllowed(
            "foreign", why=_("%(name)s不是%(unit)s的人员") % {"name": person, "unit": organization.short_name}, do=_("请由其所在单位代办")
        )  # fmt: skip
    if how not in dict(HOW):
        raise Refused("no_how", why=_("还没有选本人是怎样交代的"), do=_("请选电话、当面或书面"), field="how")
    if asked_on > now.astimezone(clock.SHANGHAI).date():
        raise Refused(
            "in_the_future",
            why=_("交代日期 %(day)s 还没有到") % {"day": asked_on},
            do=_("请检查日期"),
            field="asked_on",
        )
