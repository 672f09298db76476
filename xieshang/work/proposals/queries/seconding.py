"""附议: what is open for it, who stands by a proposal, and who of them rates."""

from typing import Any

from django.db.models import Count, Q, QuerySet

from xieshang.base import clock
from xieshang.base.accounts import permissions
from xieshang.base.accounts.models import User
from xieshang.base.orgs.models import Organization
from xieshang.base.people.models import Person
from xieshang.base.settings.parameters import value

from .. import clue_rules, rules
from ..models import Proposal, Second
from .handling import signers


def opened(unit: Organization, *, words: str = "", category: str = "") -> QuerySet[Proposal]:
    """Proposals of a unit that are open for seconding, latest opened first; each with how many stand by it."""
    found = Proposal.objects.filter(organization=unit, seconding_on__isnull=False, state__in=rules.SECONDABLE)
    for word in words.split():
        text = Q(title__icontains=word) | Q(situation__icontains=word) | Q(advice__icontains=word)
        found = found.filter(text | Q(first__name=word))
    found = found.filter(category=category) if category else found
    joined = Count("seconds", filter=Q(seconds__state=clue_rules.JOINED))
    return found.select_related("first", "body").annotate(joined=joined).order_by("-seconding_on", "-id")


def joined_by(user: User, proposals: list[Proposal]) -> set[int]:
    """Which of them the reader stands by. One query."""
    own = Second.objects.filter(person=user.person_id, state=clue_rules.JOINED, proposal__in=[p.pk for p in proposals])
    return set(own.values_list("proposal", flat=True)) if user.person_id else set()


def seconders(proposal: Proposal) -> list[Person]:
    """Who stands by it, in the order in which they came. One query."""
    standing = Second.objects.filter(proposal=proposal, state=clue_rules.JOINED).select_related("person")
    return [one.person for one in standing.order_by("on", "id")]


def raters(proposal: Proposal) -> list[Person]:
    """Who rates the handling: the proposers, and where the unit has it so those who stand by it."""
    found = signers(proposal)
    if value(proposal.organization, clue_rules.SECONDERS_RATE, clock.today()):
        found += [one for one in seconders(proposal) if one not in found]
    return found


def rates(user: User, proposal: Proposal) -> bool:
    """May the reader rate though he has not signed?"""
    if user.person_id is None or proposal.state != rules.FEEDBACK:
        return False
    return any(one.pk == user.person_id for one in raters(proposal))


def is_open(proposal: Proposal) -> bool:
    return proposal.seconding_on is not None and proposal.state in rules.SECONDABLE


def of_proposal(user: User, proposal: Proposal) -> dict[str, Any]:
    """What the page of a proposal shows of it. Two queries at most."""
    found = list(proposal.seconds.filter(state=clue_rules.JOINED).select_related("person", "sector"))
    mine = any(one.person_id == user.person_id for one in found) and user.person_id is not None
    open_ = is_open(proposal)
    signed = proposal.first_id == user.person_id or (
        open_ and user.person_id is not None and any(one.pk == user.person_id for one in signers(proposal))
    )
    member = user.person_id is not None and permissions.may(user, "proposals.second", proposal.organization)
    may_open = value(proposal.organization, clue_rules.SECONDING, clock.today())
    return {
        "seconds": found, "open_for_seconding": open_, "stands_by": mine and open_, "may_second": open_ and member and not mine and not signed,
        "may_open_up": may_open == "review" or (may_open == "draft" and proposal.state in (rules.DRAFT, rules.RETURNED)),
    }  # fmt: skip


def second_shown(user: User, pk: int) -> bool:
    from .seeing import visible

    return Second.objects.filter(pk=pk, proposal__in=visible(user)).exists()
