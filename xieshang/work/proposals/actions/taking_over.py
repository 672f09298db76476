"""转入: what the bridge register holds becomes proposals, each in one transaction with the entry that it was. So nothing is lost and nothing counted twice, at any moment."""

from collections.abc import Iterator
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from xieshang.base import bridges, rounds
from xieshang.base.accounts import permissions
from xieshang.base.accounts.models import User
from xieshang.base.audit import trail
from xieshang.base.bridges import Carried
from xieshang.base.errors import Refused
from xieshang.base.files.models import Attachment
from xieshang.base.orgs.models import Body, BodyKind, Organization
from xieshang.base.workflow.engine import move

from .. import rules
from ..models import Bringing, Proposal
from .bringing import VERB, answered, noon, sign

BRIDGE = "proposals"
KNOWN = {"filed", "key", "replied", *rules.DISPOSITIONS}
RESULTS = {outcome: letter for letter, outcome in rules.OUTCOME.items()}


def lacks_to_go(one: Carried) -> str:
    """Why an entry stays in the register; "" when it may go."""
    if one.late:
        return _("日期在切换日当天或以后，请先核对是不是已在提案里")
    if one.more or set(one.happened) - KNOWN:
        return _("登记簿另外计了提案里没有的数：%(what)s") % {"what": "、".join(one.more) or _("办结段")}
    if "replied" in one.happened and one.outlet not in RESULTS:
        return _("办理结果不是提案的三类之一")
    if len(one.title) > 80:
        return _("案由超过 80 个字，请先改短")
    return ""


def ask_take_over(organization: Organization, *, by: User, now: datetime) -> Bringing:
    """Take over what the register holds from before the switch-over day; the worker does it.

    raises  NotAllowed · Refused: no switch-over day, or it is still to come; nothing to take over
    """
    permissions.require(by, VERB, organization)
    found = bridges.held(BRIDGE, organization, now.date())
    if found.switch is None or found.switch > now.date():
        raise Refused(
            "not_switched", why=_("还没有到提案登记簿的切换日"), do=_("请先在“设置”的规则里填切换日，到那一天再转入")
        )
    ready = [one for one in found.entries if not lacks_to_go(one)]
    if not ready:
        raise Refused("nothing", why=_("登记簿里没有可以转入的"), do=_("不用再转"))
    with transaction.atomic():
        running = Bringing.objects.select_for_update().filter(organization=organization, kind=Bringing.BRIDGE, state__in=Bringing.UNDER_WAY).first()  # fmt: skip
        if running:
            return running
        made = Bringing.objects.create(organization=organization, kind=Bringing.BRIDGE, reason=_("提案登记簿转入"), total=len(ready), asked_by=by, asked_at=now)  # fmt: skip
        trail.write("proposals.ask_take_over", by=by, now=now, organization=organization, detail={"entries": len(ready), "switch": found.switch.isoformat()})  # fmt: skip
        rounds.ring()
    return made


def carry(asked: Bringing, now: datetime) -> Iterator[Proposal]:
    """Each entry that may go. An entry that became a proposal is no more held, so a stopped run goes on where it was."""
    for one in bridges.held(BRIDGE, asked.organization, now.date()).entries:
        if not lacks_to_go(one):
            yield take_over(asked, one, now)


def take_over(asked: Bringing, one: Carried, now: datetime) -> Proposal:
    """An entry of the register as the proposal that it is, where it stands, saying what the entry said."""
    state = _state(one)
    filed = "filed" in one.happened
    decided = next((day for kind, day in one.happened.items() if kind in ("filed", *rules.DISPOSITIONS)), None)
    unit = Body.objects.filter(pk=one.body or 0, kind=BodyKind.HANDLING_UNIT).first()
    new = Proposal(
        organization=asked.organization, brought=asked, brought_row=one.pk, title=one.title, kind=one.carrier, submitted_on=one.on, submitted_at=noon(one.on, now), old_year=one.on.year,
        old_number=one.number[:40], proposer=rules.JOINT if len(one.people) > 1 else rules.MEMBER, first_id=one.people[0][0] if one.people else None, old_names="" if one.people else _("登记簿未记"),
        decided_on=decided, disposition=rules.FILED if filed else next((kind for kind in one.happened if kind in rules.DISPOSITIONS), ""), key_on=one.happened.get("key"),
        replied_on=one.happened.get("replied"), result=RESULTS.get(one.outlet, "") if "replied" in one.happened else "", outcome=one.outlet if "replied" in one.happened and one.outlet in RESULTS else "", closed_on=one.happened.get("replied") if state == rules.CLOSED else None,
        old_units=one.bodies_name if one.body and unit is None else "",
    )  # fmt: skip
    with transaction.atomic():
        bridges.release(
            BRIDGE, one, by=asked.asked_by, now=now, reason=_("已转入提案：%(title)s") % {"title": one.title}
        )
        with move(
            new,
            "bring_in",
            [m for m in rules.BRINGING if m.to == state],
            by=asked.asked_by,
            now=now,
            reason=asked.reason,
        ) as step:
            step.detail["from"] = one.ref
            step.then(lambda made: sign(made, list(one.people), now))
            if unit and state == rules.CLOSED:
                step.then(lambda made: answered(made, unit, rules.SOLE, {}, asked.asked_by, now))
            elif unit:
                step.then(lambda made: made.wanted.add(unit))
            step.then(lambda made: _papers(made, one, asked.asked_by, now))
    return step.record


def _state(one: Carried) -> str:
    if "replied" in one.happened:
        return rules.CLOSED
    if "filed" in one.happened:
        return rules.FILED
    if rules.WITHDRAW in one.happened:
        return rules.WITHDRAWN
    return rules.NOT_FILED if set(one.happened) & set(rules.DISPOSITIONS) else rules.SUBMITTED


def _papers(proposal: Proposal, one: Carried, by: User | None, now: datetime) -> None:
    """The entry's files stand with the proposal too."""
    kept = Attachment.objects.filter(record=one.ref, removed_at=None)
    Attachment.objects.bulk_create(
        Attachment(organization=proposal.organization, record=proposal.ref, file_id=each.file_id, name=each.name, kind=each.kind, faces=each.faces, added_at=now, added_by=by) for each in kept
    )  # fmt: skip
