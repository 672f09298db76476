"""Lists: of a unit, of a member, of what waits."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from xieshang.base import clock
from xieshang.base.accounts import permissions
from xieshang.base.accounts.models import User
from xieshang.base.orgs.models import Organization
from xieshang.base.settings.parameters import value

from .. import clue_rules, finding, rules
from ..models import Assignment, Proposal, Second, Signature
from . import narrowing
from .handling import is_late
from .seeing import visible


@dataclass(frozen=True)
class Narrowed:
    """What a list is narrowed to; "" and None are no narrowing."""

    words: str = ""
    state: str = ""
    kind: str = ""
    category: str = ""
    unit: int | None = None
    late: bool = False
    year: str = ""
    by_me: bool = False
    sort: str = ""


def listed(user: User, organization: Organization, asked: Narrowed, today: date) -> QuerySet[Proposal]:
    """Proposals of a unit, newest first. One query for a page of them."""
    found = visible(user).filter(organization=organization)
    if asked.words.strip():
        found = finding.matching(found, asked.words)
    for name in ("state", "kind", "category"):
        if value := getattr(asked, name):
            found = found.filter(**{name: value})
    given = Assignment.objects.filter(proposal=OuterRef("pk"), state__in=rules.UNITS_TURN)
    if asked.unit:
        found = found.filter(Exists(Assignment.objects.filter(proposal=OuterRef("pk"), unit=asked.unit)))
    if asked.late:
        found = found.filter(Exists(given.filter(due_on__lt=today)))
    found = narrowing.narrowed(found, user, year=asked.year, by_me=asked.by_me)
    return narrowing.ordered(found, asked.sort).select_related("first", "body", "session")


def found(user: User, organization: Organization, words: str) -> QuerySet[Proposal]:
    """What the search of the frame shows."""
    return listed(user, organization, Narrowed(words=words), date.max)


def mine(user: User, organization: Organization) -> QuerySet[Proposal]:
    """我的提案: those that a member leads or signs, drafts with them."""
    if user.person_id is None:
        return Proposal.objects.none()
    signed = Signature.objects.filter(proposal=OuterRef("pk"), person=user.person_id)
    found = Proposal.objects.filter(organization=organization).filter(Q(first=user.person_id) | Exists(signed))
    return found.exclude(state=rules.WITHDRAWN, submitted_at=None).select_related("first", "body", "session")


def sent_before(user: User, client_id: UUID | None) -> Proposal | None:
    """What came of the same form already: a form that was refused, mended and sent again is one proposal."""
    return Proposal.objects.filter(client_id=client_id, created_by=user).first() if client_id else None


def to_cosign(user: User, organization: Organization) -> QuerySet[Proposal]:
    """Drafts that wait for the user's signature. One query."""
    asked = Signature.objects.filter(proposal=OuterRef("pk"), person=user.person_id, state=Signature.ASKED)
    drafts = Proposal.objects.filter(organization=organization, state=rules.DRAFT)
    return drafts.filter(Exists(asked)).select_related("first") if user.person_id else Proposal.objects.none()


def to_rate(user: User, organization: Organization) -> list[Proposal]:
    """Proposals whose handling the user has not rated yet. Two queries."""
    if user.person_id is None:
        return []
    signed = Signature.objects.filter(person=user.person_id, state=Signature.SIGNED)
    waiting = Proposal.objects.filter(organization=organization, state=rules.FEEDBACK)
    asked = Q(Exists(signed.filter(Q(proposal=OuterRef("pk")) | Q(proposal__main=OuterRef("pk")))))
    if value(organization, clue_rules.SECONDERS_RATE, clock.today()):
        asked |= Q(
            Exists(Second.objects.filter(proposal=OuterRef("pk"), person=user.person_id, state=clue_rules.JOINED))
        )
    waiting = waiting.filter(asked)
    return [
        one
        for one in waiting.prefetch_related("ratings")
        if not any(r.person_id == user.person_id and r.round == one.round for r in one.ratings.all())
    ]


def handed(user: User, organization: Organization) -> QuerySet[Assignment]:
    """What the user's units have to do now, by due date. One query."""
    within = permissions.bodies(user, "proposals.see_assigned")
    found = Assignment.objects.filter(unit__in=within, organization=organization, state__in=rules.UNITS_TURN)
    return found.select_related("proposal", "unit").order_by("due_on", "id")


def wanting(user: User, organization: Organization, states: Iterable[str]) -> dict[str, int]:
    """How many stand at each of these states: the office's board. One query."""
    found = visible(user).filter(organization=organization, state__in=states)
    rows = found.values_list("state").annotate(n=Count("pk")).order_by()
    return dict(rows)


def with_units(proposals: Any, today: date) -> None:
    """Each proposal of a page with the units that have it (`standing`) and the nearest day (`due_on`). One query."""
    found = list(proposals)
    given = Assignment.objects.filter(proposal__in=found, state__in=rules.OPEN).select_related("unit").order_by("due_on")  # fmt: skip
    by_proposal: dict[int, list[Assignment]] = {}
    for one in given:
        by_proposal.setdefault(one.proposal_id, []).append(one)
    for proposal in found:
        proposal.standing = by_proposal.get(proposal.pk, [])
        proposal.late = any(is_late(one, today) for one in proposal.standing)
        proposal.due_on = proposal.standing[0].due_on if proposal.standing else None
