"""会签 beyond asking and answering: the order of the names, taking a signature back after the text was changed, an answer entered for a member."""

from datetime import date, datetime

from django.utils.translation import gettext as _

from xieshang.base.accounts.models import User
from xieshang.base.errors import Refused
from xieshang.base.paperwork.actions import acting_for
from xieshang.base.people.models import Person
from xieshang.base.workflow.engine import Step, move

from .. import rules
from ..models import Proposal, Signature
from .writing import TEXT_PARTS, answer, who


def arrange_signers(proposal: Proposal, person: Person, *, up: bool, by: User | None, now: datetime, seen: int) -> Proposal:  # fmt: skip
    """调整次序 of the cosigners, by the first proposer: one step up or down. He himself stays first."""
    with move(proposal, "arrange_signers", rules.MOVES, by=by, now=now, seen=seen, given=who(proposal, by)) as step:
        rows = [one for one in step.record.signatures.order_by("order", "id") if one.person_id != step.record.first_id]
        at = next((n for n, one in enumerate(rows) if one.person_id == person.pk), None)
        if at is None:
            raise Refused("not_asked", why=_("%(name)s没有受邀会签") % {"name": person}, do=_("请先邀请会签"))
        to = min(max(at + (-1 if up else 1), 0), len(rows) - 1)
        rows.insert(to, rows.pop(at))
        step.detail["order"] = [one.person_id for one in rows]
        step.then(lambda _made: _number(rows))
    return step.record


def _number(rows: list[Signature]) -> None:
    for order, one in enumerate(rows, 1):
        one.order = order
        one.save(update_fields=["order"])


def unsign(proposal: Proposal, *, by: User, now: datetime, note: str = "") -> Proposal:
    """撤回会签, by the cosigner himself, as long as it has not been sent (or was sent back). Who says nothing to a changed text still signs."""
    with move(proposal, "unsign", rules.MOVES, by=by, now=now, reason=note) as step:
        record = step.record
        mine = record.signatures.filter(person=by.person_id, state=Signature.SIGNED).exclude(person=record.first_id)
        signed = mine.first() if by.person_id else None
        if signed is None:
            raise Refused("not_signed", why=_("您没有会签这件提案"), do=_("不用撤回"))
        signed.state, signed.answered_at, signed.note = Signature.REFUSED, now, note[:200] or _("撤回会签")
        signed.changed_at = None
        step.detail |= {"person": signed.person_id, "agrees": False}
        if record.first:
            step.tell_people([record.first], _("%(who)s撤回了会签：%(title)s") % {"who": by.person, "title": record.title})  # fmt: skip
        step.then(lambda _made: signed.save())
    return step.record


def agree_again(proposal: Proposal, *, by: User, now: datetime) -> Proposal:
    """看过改动，继续会签."""
    with move(proposal, "agree_again", rules.MOVES, by=by, now=now) as step:
        mine = step.record.signatures.filter(person=by.person_id, state=Signature.SIGNED, changed_at__isnull=False)
        signed = mine.first() if by.person_id else None
        if signed is None:
            raise Refused("not_changed", why=_("您会签以后，内容没有改过"), do=_("不用再确认"))
        signed.changed_at, signed.answered_at = None, now
        step.detail["person"] = signed.person_id
        step.then(lambda _made: signed.save())
    return step.record


def cosign_for(
    proposal: Proposal, person: Person, *, agrees: bool, note: str, how: str, asked_on: date, scan: tuple[str, bytes] | None, by: User, now: datetime,
) -> Proposal:  # fmt: skip
    """代办: a member without an account said by telephone, face to face or on paper whether he signs. Raises as `acting_for`; on paper the scan is asked for."""
    if how == "paper" and scan is None:
        raise Refused("no_scan", why=_("书面答复的要附扫描件"), do=_("请选择签名页的扫描件或照片"), field="scan")
    if proposal.first_id == person.pk:
        raise Refused("not_asked", why=_("第一提案人不用会签"), do=_("请选受邀会签的委员"), field="person")
    with acting_for(
        person, "proposals.cosign_for", organization=proposal.organization, how=how, asked_on=asked_on, scan=scan, by=by, now=now
    ) as acting:  # fmt: skip
        acting.record = proposal.ref
        with move(proposal, "cosign_for", rules.MOVES, by=by, now=now, reason=note) as step:
            answer(step, person, agrees=agrees, note=note)
    return step.record


def text_changed(step: Step[Proposal], before: Proposal) -> None:
    """Who has signed another text is told, and may take his signature back."""
    if all(getattr(before, part) == getattr(step.record, part) for part in TEXT_PARTS):
        return
    signed = list(
        step.record.signatures.filter(state=Signature.SIGNED).exclude(person=step.record.first_id).select_related("person")
    )  # fmt: skip
    if signed:
        step.tell_people(
            [one.person for one in signed if one.changed_at is None],
            _("您会签的提案改过了，请再看一看；不同意的，提交前可以撤回会签：%(title)s") % {"title": step.record.title},
        )
        rows = Signature.objects.filter(pk__in=[one.pk for one in signed])

        def mark(_made: Proposal) -> None:
            rows.update(changed_at=step.now)

        step.then(mark)
