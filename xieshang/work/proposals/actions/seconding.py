"""附议: a first proposer opens his proposal, members join with one tap and may leave while it is open; they are told what became of it."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from xieshang.base.accounts import permissions
from xieshang.base.accounts.models import User
from xieshang.base.errors import Refused
from xieshang.base.people.queries import in_office
from xieshang.base.settings.parameters import value
from xieshang.base.workflow.engine import Step, move

from .. import clue_rules, rules
from ..models import Proposal, Second, Signature
from ..queries.seconding import is_open, seconders


def open_up(proposal: Proposal, *, by: User | None, now: datetime, seen: int) -> Proposal:
    """开放附议: other members of the unit may read it and stand by it. Raises NotAllowed · Stale · Refused."""
    from .writing import who

    with move(proposal, "open_up", rules.MOVES, by=by, now=now, seen=seen, given=who(proposal, by)) as step:
        record = step.record
        until = value(record.organization, clue_rules.SECONDING, step.day)
        if until == "never" or (until == "draft" and record.state not in (rules.DRAFT, rules.RETURNED)):
            raise Refused("not_now", why=_("按本单位的规定，现在不能开放附议"), do=_("可以邀请委员会签"))
        if not record.title.strip() or not record.advice.strip():
            raise Refused("empty", why=_("还没有写好案由和建议"), do=_("写好再开放，附议的人才知道附议什么"))
        record.seconding_on = step.day
    return step.record


def close_up(proposal: Proposal, *, by: User | None, now: datetime, seen: int) -> Proposal:
    """停止附议; who has joined stays."""
    from .writing import who

    with move(proposal, "close_up", rules.MOVES, by=by, now=now, seen=seen, given=who(proposal, by)) as step:
        step.record.seconding_on = None
    return step.record


def close_on_sending(proposal: Proposal, day: date) -> None:
    """Where the unit wants it only before sending, sending ends it."""
    if proposal.seconding_on and value(proposal.organization, clue_rules.SECONDING, day) == "draft":
        proposal.seconding_on = None


@transaction.atomic
def second(proposal: Proposal, *, by: User, now: datetime) -> Second:
    """附议, by the member himself. A second tap changes nothing. Raises NotAllowed · Refused."""
    permissions.require(by, "proposals.second", proposal.organization)
    fresh = _open(proposal)
    if by.person is None:
        raise Refused("not_yours", why=_("这个账号不是委员本人的"), do=_("请用委员自己的账号登录"))
    signed = fresh.signatures.filter(person=by.person, state=Signature.SIGNED)
    if fresh.first_id == by.person_id or signed.exists():
        raise Refused("own", why=_("您已经是这件提案的提案人"), do=_("不用再附议"))
    seat = in_office(fresh.organization, now.date()).filter(person=by.person).first()
    if seat is None:
        raise Refused("not_in_office", why=_("附议的要是本届在任委员"), do=_("请联系提案委员会办公室"))
    one = Second.objects.filter(proposal=fresh, person=by.person).first()
    if one is not None and one.state == clue_rules.JOINED:
        return one
    one = one or Second(organization=fresh.organization, proposal=fresh, person=by.person)
    with move(one, "second", clue_rules.SECOND, by=by, now=now) as step:
        step.record.on, step.record.sector = step.day, seat.sector
        if fresh.first:
            step.tell_people([fresh.first], _("%(who)s附议了“%(title)s”") % {"who": by.person, "title": fresh.title})
    return step.record


@transaction.atomic
def unsecond(proposal: Proposal, *, by: User, now: datetime) -> Second:
    """撤回附议, while the proposal is open."""
    permissions.require(by, "proposals.unsecond", proposal.organization)
    fresh = _open(proposal)
    one = Second.objects.filter(proposal=fresh, person=by.person_id, state=clue_rules.JOINED).first()
    if one is None:
        raise Refused("not_joined", why=_("您没有附议这件提案"), do=_("请刷新页面"))
    with move(one, "unsecond", clue_rules.SECOND, by=by, now=now) as step:
        pass
    return step.record


def _open(proposal: Proposal) -> Proposal:
    fresh = Proposal.objects.select_for_update(of=("self",)).select_related("organization", "first").get(pk=proposal.pk)
    if not is_open(fresh):
        raise Refused("closed", why=_("这件提案没有开放附议，或已经审查完了"), do=_("请刷新页面"))
    return fresh


def drop_all(proposal: Proposal, now: datetime) -> None:
    """The draft is given up: nobody stands by it any more."""
    for one in proposal.seconds.filter(state=clue_rules.JOINED).select_related("organization"):
        with move(one, "unsecond", clue_rules.SECOND, by=None, now=now) as step:
            step.tell_people([one.person], _("您附议的“%(title)s”不提了") % {"title": proposal.title})


def tell_seconders(step: Step[Proposal], words: str) -> None:
    """Who stands by it is told what became of it, with the step."""
    if people := seconders(step.record):
        step.tell_people(people, words)
