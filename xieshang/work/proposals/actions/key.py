"""重点提案: naming, the list that the chair's meeting decides at once, leaders, and what is done to see it through."""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from xieshang.base.accounts import permissions
from xieshang.base.accounts.models import User
from xieshang.base.audit import trail
from xieshang.base.errors import Refused
from xieshang.base.files import storage
from xieshang.base.orgs.models import Body, Organization
from xieshang.base.workflow.engine import Step, move

from .. import rules
from ..models import KeyList, Lead, Nomination, Proposal, Supervision
from .rating import make_key

FIELDS = ("on", "place", "who", "words", "due_on")


def nominate(proposal: Proposal, words: str, *, body: Body | None = None, by: User, now: datetime) -> Nomination:
    """推荐: by the office for itself or a committee, by a handling unit through its account, by a member.

    raises  NotAllowed · Refused: not filed, key already, named already, no reason
    """
    permissions.require(by, "proposals.nominate", proposal.organization, body)
    if proposal.state not in rules.LIVE or proposal.state == rules.ARCHIVED:
        raise Refused("not_filed", why=_("立了案、没有归档的提案才能推荐"), do=_("请等立案"))
    if proposal.key_on:
        raise Refused("key", why=_("已经是重点提案了"), do=_("不用再推荐"))
    if not words.strip():
        raise Refused("no_reason", why=_("还没有写推荐理由"), do=_("请写一句为什么"), field="words")
    person = by.person if body is None else None
    with transaction.atomic():
        made, new = Nomination.objects.get_or_create(proposal=proposal, body=body, person=person, defaults={"words": words.strip()[:300], "at": now, "by": by})  # fmt: skip
        if not new:
            raise Refused("named", why=_("已经推荐过了"), do=_("等主席会议审定"))
        trail.write(
            "proposals.nominate", by=by, now=now, organization=proposal.organization, record=proposal.ref, reason=words
        )
    return made


def prepare_key(organization: Organization, title: str, on: date, proposals: Iterable[Proposal], *, by: User | None, now: datetime) -> KeyList:  # fmt: skip
    """列名单, for the chair's meeting."""
    chosen = list(proposals)
    if not chosen:
        raise Refused("nothing", why=_("名单里还没有提案"), do=_("请至少选一件"), field="proposals")
    new = KeyList(organization=organization, title=title, on=on)
    with move(new, "prepare_key", rules.KEY_LIST, by=by, now=now) as step:
        step.detail["proposals"] = [one.pk for one in chosen]
        step.then(lambda made: made.proposals.set(chosen))
    return step.record


def decide_key(key_list: KeyList, *, by: User | None, now: datetime, seen: int) -> KeyList:
    """主席会议审定: all of the list are key from the day of the meeting, or none."""
    with move(key_list, "decide_key", rules.KEY_LIST, by=by, now=now, seen=seen) as step:
        record = step.record
        if record.on > step.day:
            raise Refused("not_yet", why=_("会议还没有开"), do=_("会议开过以后再登记审定"))
        for one in record.proposals.order_by("id"):
            try:
                make_key(one, on=record.on, by=by, now=now, seen=one.version, reason=record.title)
            except Refused as refused:
                raise Refused(refused.code, why=f"{one.title}：{refused.why}", do=refused.do) from refused
    return step.record


def set_leads(proposal: Proposal, leads: Sequence[tuple[str, str, str]], *, by: User | None, now: datetime, seen: int) -> Proposal:  # fmt: skip
    """领办、督办领导: (role, name, duty) of each; who stood there before and is not among them stands there no more."""
    known = dict(rules.LEADS)
    with _of_key(proposal, by, now, seen) as step:
        step.detail["leads"] = [list(one) for one in leads]

        def write(made: Proposal) -> None:
            made.leads.all().delete()
            Lead.objects.bulk_create(Lead(proposal=made, role=role, name=name.strip()[:40], duty=duty.strip()[:60]) for role, name, duty in dict.fromkeys(leads) if role in known and name.strip())  # fmt: skip

        step.then(write)
    return step.record


def supervise(proposal: Proposal, kind: str, fields: Mapping[str, Any], *, files: Sequence[tuple[str, bytes]] = (), by: User | None, now: datetime, seen: int) -> Proposal:  # fmt: skip
    """登记督办: a plan, an activity with its photos, a commitment, an instruction, the result. Raises NotAllowed · Stale · Refused."""
    made = Supervision(kind=kind, at=now, by=by, **{name: fields[name] for name in FIELDS if fields.get(name)})
    with _of_key(proposal, by, now, seen) as step:
        if kind not in dict(rules.SUPERVISIONS) or not made.words or made.on is None:
            raise Refused("no_words", why=_("要写明哪天、做了什么"), do=_("请补齐再保存"), field="words")
        if made.on > step.day and kind != "plan":
            raise Refused("not_yet", why=_("这一天还没有到"), do=_("办过的才登记"), field="on")
        step.detail["supervision"] = [kind, made.on.isoformat()]

        def write(record: Proposal) -> None:
            made.proposal = record
            made.save()
            storage.attach(files, record=f"{record.ref}.supervision", organization=record.organization, by=by, now=now)

        step.then(write)
    return step.record


def _of_key(proposal: Proposal, by: User | None, now: datetime, seen: int) -> AbstractContextManager[Step[Proposal]]:
    if not proposal.key_on:
        raise Refused("not_key", why=_("不是重点提案"), do=_("请先由主席会议列为重点"))
    return move(proposal, "supervise", rules.MOVES, by=by, now=now, seen=seen)
