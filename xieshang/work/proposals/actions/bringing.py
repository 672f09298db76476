"""导入旧年提案: asked for on its page once the whole sheet is right, made by the worker row by row, each with its facts in one transaction."""

import logging
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from xieshang.base import rounds
from xieshang.base.accounts import permissions
from xieshang.base.accounts.models import User
from xieshang.base.audit import trail
from xieshang.base.errors import NotAllowed, Refused
from xieshang.base.files import storage
from xieshang.base.ledger import earlier
from xieshang.base.ledger.models import PeriodLock, unreversed
from xieshang.base.ledger.posting import LATE
from xieshang.base.orgs.models import Body, Organization
from xieshang.base.people.queries import sectors_on
from xieshang.base.workflow.engine import move

from .. import facts, old_sheets, rules
from ..models import Assignment, Bringing, Proposal, Signature, UnitName
from ..old_sheets import Checked, Row

log = logging.getLogger(__name__)
VERB = "proposals.bring_in"
QUIET = timedelta(minutes=10)  # a worker that has said nothing for so long is gone
FEW = 25  # rows between two words of how far it is


def name_unit(organization: Organization, name: str, body: Body | None, *, by: User, now: datetime) -> UnitName:
    """What an old sheet calls a unit: one of ours, or nothing but a name. Remembered for the next sheet."""
    permissions.require(by, VERB, organization)
    if body is not None and body.organization_id != organization.pk:
        raise NotAllowed("foreign", why=_("这不是本单位的承办单位"), do=_("请从列出的单位里选"))
    with transaction.atomic():
        made, _new = UnitName.objects.update_or_create(
            organization=organization, name=name[:60], defaults={"body": body}
        )
        trail.write(
            "proposals.name_unit",
            by=by,
            now=now,
            organization=organization,
            detail={"name": name, "body": body and body.pk},
        )
    return made


def ask(organization: Organization, data: bytes, name: str, *, counted: bool, reason: str = "", by: User, now: datetime) -> Bringing:  # fmt: skip
    """Bring a checked sheet in; the worker does it.

    counted  计入统计, refused where the bridge register or 历年数据 already has the figures of one of its years; else 只供查阅
    raises   NotAllowed · Refused: something is still to be mended · DocumentError
    """
    permissions.require(by, VERB, organization)
    checked = old_sheets.read(data, name, organization)
    _all_right(checked)
    if counted:
        nothing_twice(organization, checked.years)
        _open_period(organization, checked, reason, by, now)
    with transaction.atomic():
        kept = storage.store(name, data)
        made = Bringing.objects.create(
            organization=organization, kind=Bringing.SHEET, file=kept, name=name[:200], counted=counted, reason=reason[:200], total=len(checked.rows), asked_by=by, asked_at=now
        )  # fmt: skip
        trail.write("proposals.ask_bring_in", by=by, now=now, organization=organization, reason=reason, detail={"rows": len(checked.rows), "counted": counted, "file": kept.sha256})  # fmt: skip
        rounds.ring()
    return made


def _all_right(checked: Checked) -> None:
    if checked.problems:
        raise Refused(
            "has_problems",
            why=_("表里还有 %(n)s 处要改，一行也没有导入") % {"n": len(checked.problems)},
            do=_("请改好后重新上传"),
        )


def counted_elsewhere(organization: Organization, years: list[int]) -> tuple[list[int], list[int]]:
    """Of these years, those that the bridge register counts, and those of which 历年数据 has a figure that proposals would make anew. Three queries."""
    if not years:
        return [], []
    span = (date(years[0], 1, 1), date(years[-1], 12, 31))
    kinds = {one.kind for one in facts.INDICATORS if one.kind}
    codes = {earlier.category(one.code) for one in facts.INDICATORS}
    standing = unreversed().filter(organization=organization, on__range=span)
    entered = standing.filter(kind__in=kinds).exclude(record__startswith=f"{Proposal.RECORD}:")
    given = standing.filter(kind=earlier.KIND, category__in=codes)
    first, second = ({on.year for on in found.values_list("on", flat=True).distinct()} for found in (entered, given))
    return [y for y in years if y in first], [y for y in years if y in second]


def nothing_twice(organization: Organization, years: list[int]) -> None:
    """Refuses to count a year that is counted already; what to do is said."""
    bridge, given = counted_elsewhere(organization, years)
    if bridge:
        raise Refused(
            "in_the_register", why=_("提案登记簿已经在计 %(years)s 年的提案，再计就重了") % {"years": "、".join(map(str, bridge))}, do=_("请选“只供查阅”；或先把登记簿转入提案，再把这张表里没有的年份分开导入"), field="counted",
        )  # fmt: skip
    if given:
        raise Refused(
            "in_yearly_figures", why=_("历年数据里已经有 %(years)s 年的提案数") % {"years": "、".join(map(str, given))}, do=_("请选“只供查阅”；确要按明细计的，先把历年数据里的那几个数作废"), field="counted",
        )  # fmt: skip


def _open_period(organization: Organization, checked: Checked, reason: str, by: User, now: datetime) -> None:
    """A locked period opens only to who may post late, with a reason."""
    first = min(day for row in checked.rows for day in row.days)
    if not PeriodLock.objects.filter(
        organization=organization, through__gte=first, grace_until__lt=now.date()
    ).exists():
        return
    if not permissions.may(by, LATE, organization):
        raise Refused("locked_period", why=_("表里有已锁定时期的提案，您的账号不能补计"), do=_("请选“只供查阅”，或请能补登锁定时期的人来导入"), field="counted")  # fmt: skip
    if not reason.strip():
        raise Refused("no_reason", why=_("表里有已锁定时期的提案，计入统计要写理由"), do=_("请写一句理由再导入"), field="reason")  # fmt: skip


def go_on(bringing: Bringing, *, by: User, now: datetime) -> None:
    """Once more, from where it stopped."""
    permissions.require(by, VERB, bringing.organization)
    if bringing.state == Bringing.FAILED:
        Bringing.objects.filter(pk=bringing.pk).update(state=Bringing.WAITING, why="", asked_by=by)
        rounds.ring()


def bring_waiting(now: datetime) -> None:
    """Bring in everything that waits, and what a stopped worker left."""
    Bringing.objects.filter(state=Bringing.WORKING, alive_at__lt=now - QUIET).update(state=Bringing.WAITING)
    for pk in Bringing.objects.filter(state=Bringing.WAITING).order_by("id").values_list("pk", flat=True):
        if Bringing.objects.filter(pk=pk, state=Bringing.WAITING).update(state=Bringing.WORKING, alive_at=now):
            _bring(Bringing.objects.select_related("organization", "file", "asked_by").get(pk=pk), now)


def _bring(asked: Bringing, now: datetime) -> None:
    from .taking_over import carry

    try:
        for n, _made in enumerate(_rows(asked, now) if asked.kind == Bringing.SHEET else carry(asked, now), 1):
            if n % FEW == 0:
                Bringing.objects.filter(pk=asked.pk).update(done=asked.proposals.count(), alive_at=now)
    except Refused as refused:
        asked.state, asked.why = Bringing.FAILED, f"{refused.why}。{refused.do}"[:300]
    except Exception:  # the round of the worker goes on, and who asked is told
        log.exception("bringing in %s", asked.pk)
        asked.state, asked.why = Bringing.FAILED, _("导入时出了错，已记在服务器的日志里；可以接着导入")
    else:
        asked.state = Bringing.DONE
    asked.done, asked.finished_at, asked.alive_at = asked.proposals.count(), now, now
    asked.save()


def _rows(asked: Bringing, now: datetime) -> Iterator[Proposal]:
    """The sheet read afresh: nothing is believed because it was checked before; what was made before it stopped is left as it is."""
    assert asked.file is not None
    made = set(asked.proposals.values_list("brought_row", flat=True))
    checked = old_sheets.read(storage.path_of(asked.file).read_bytes(), asked.name, asked.organization, besides=asked)
    _all_right(checked)
    if asked.counted:
        nothing_twice(asked.organization, checked.years)
    for row in sorted(checked.rows, key=lambda one: (one.main is not None, one.number)):
        if row.number not in made:
            yield bring_in(asked, row, now)


STATE_OF = {rules.FILED: rules.ARCHIVED, rules.MERGED: rules.MERGED, rules.WITHDRAW: rules.WITHDRAWN}


def bring_in(asked: Bringing, row: Row, now: datetime) -> Proposal:
    """One old proposal, where it ended, with who proposed it and what was answered."""
    state = STATE_OF.get(row.outcome, rules.NOT_FILED)
    new = Proposal(
        organization=asked.organization, brought=asked, brought_row=row.number, counted=asked.counted, **row.fields
    )
    new.submitted_at = noon(row.fields["submitted_on"], now)
    if row.main:
        year, kind, number = row.main
        new.main = Proposal.objects.get(organization=asked.organization, old_year=year, kind=kind, old_number=number)
    moves = [one for one in rules.BRINGING if one.to == state]
    with move(new, "bring_in", moves, by=asked.asked_by, now=now, reason=asked.reason) as step:
        step.then(lambda made: sign(made, [(pk, None) for pk in row.people], now))
        step.then(lambda made: _hand_out(made, row, asked.asked_by, now))
    return step.record


def noon(day: date, now: datetime) -> datetime:
    return datetime.combine(day, time(12), tzinfo=now.tzinfo)


def sign(proposal: Proposal, people: list[tuple[int, int | None]], now: datetime) -> None:
    """Who proposed it: person and sector; no sector given: that of the day of submission."""
    known = [pk for pk, sector in people if sector is None]
    sectors = sectors_on(known, proposal.submitted_on) if known and proposal.submitted_on else {}
    Signature.objects.bulk_create(
        Signature(proposal=proposal, person_id=pk, order=n, state=Signature.SIGNED, asked_at=now, answered_at=now, sector_id=sector or sectors.get(pk))
        for n, (pk, sector) in enumerate(people)
    )  # fmt: skip


def _hand_out(proposal: Proposal, row: Row, by: User | None, now: datetime) -> None:
    """The units that answered it. Where the sheet has no day of assigning or no limit they stand there and are not counted: what is not known is not made up."""
    alone = rules.SOLE if len(row.hosts) == 1 else rules.SPLIT
    given = [(unit, rules.HOST if row.helpers and len(row.hosts) == 1 else alone) for unit in row.hosts]
    for unit, role in [*given, *((unit, rules.CO) for unit in row.helpers)]:
        answered(proposal, unit, role, row.reply, by, now)


def answered(proposal: Proposal, unit: Body, role: str, reply: Mapping[str, Any], by: User | None, now: datetime) -> None:  # fmt: skip
    """What a unit answered in an earlier year, as it stood."""
    begun: date = reply.get("assigned_on") or proposal.decided_on or proposal.submitted_on or now.date()
    due: date = reply.get("due_on") or proposal.replied_on or begun
    says = (
        {
            "reply": reply.get("reply", ""),
            "paper": reply.get("paper", ""),
            "result": proposal.result,
            "outcome": proposal.outcome,
        }
        if role != rules.CO
        else {}
    )
    new = Assignment(
        organization=proposal.organization, proposal=proposal, unit=unit, role=role, assigned_on=begun, object_by=begun, contact_by=begun, due_on=due, signed_on=begun,
        delivered_on=proposal.replied_on, counted=bool(reply.get("assigned_on") and reply.get("due_on") and proposal.replied_on), **says,
    )  # fmt: skip
    with move(new, "bring_in", rules.HANDLING, by=by, now=now):
        pass
