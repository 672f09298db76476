"""Clues: the office's list, one of them, and the reference list that members read."""

from typing import Any

from django.db.models import Count, Q, QuerySet
from django.shortcuts import get_object_or_404

from xieshang.base.accounts import permissions
from xieshang.base.accounts.models import User
from xieshang.base.orgs.models import Organization, Session

from .. import clue_rules
from ..models import Clue, ClueList, Proposal
from .seeing import visible


def visible_clues(user: User) -> QuerySet[Clue]:
    """The office and leaders see all of their unit; whoever handed one in, his own; a member what stands in a published list."""
    seen = Q(organization__in=permissions.units(user, "proposals.see_clues")) | Q(created_by=user)
    listed = Q(organization__in=permissions.units(user, "proposals.see_reference"), state=clue_rules.LISTED)
    return Clue.objects.filter(seen | (listed & _published()))


def _published() -> Q:
    """In a list that was published; where a unit has no plenary entered, in its one list without."""
    lists = ClueList.objects.all()
    return Q(session__in=lists.exclude(session=None).values("session")) | Q(
        session=None, organization__in=lists.filter(session=None).values("organization")
    )


def clue(user: User, pk: int) -> Clue:
    """One clue that `user` may see, else 404."""
    return get_object_or_404(visible_clues(user).select_related("organization", "session", "body", "created_by"), pk=pk)


def clue_shown(user: User, pk: int) -> bool:
    return visible_clues(user).filter(pk=pk).exists()


def clues(user: User, unit: Organization, *, state: str = "", source: str = "", words: str = "") -> QuerySet[Clue]:
    """The clues of a unit that the reader may deal with or handed in himself, newest first; each with how many proposals came of it."""
    if permissions.may(user, "proposals.see_clues", unit):
        found = Clue.objects.filter(organization=unit)
    else:
        found = Clue.objects.filter(organization=unit, created_by=user)
    for word in words.split():
        found = found.filter(Q(title__icontains=word) | Q(text__icontains=word) | Q(name=word))
    found = found.filter(state=state) if state else found
    found = found.filter(source=source) if source else found
    sent = Count("proposals", filter=Q(proposals__submitted_at__isnull=False))
    return (
        found.select_related("body", "organization").defer("text").annotate(made=sent).order_by("-received_on", "-id")
    )


def of_proposal(user: User, proposal: Proposal) -> Clue | None:
    """The clue of which a proposal was begun, where the reader may see it."""
    return visible_clues(user).filter(pk=proposal.clue_id).first() if proposal.clue_id else None


def waiting_clues(unit: Organization) -> int:
    return Clue.objects.filter(organization=unit, state=clue_rules.RECEIVED).count()


def proposals_of(user: User, one: Clue) -> list[Proposal]:
    """Which proposals were begun from it, those that the reader may see. One query."""
    return list(visible(user).filter(clue=one).select_related("first", "body").order_by("id"))


def reference_sessions(user: User, unit: Organization) -> list[Session]:
    """The plenaries that have a reference list, newest first; members know of published ones only. One query."""
    found = Clue.objects.filter(organization=unit, state=clue_rules.LISTED).exclude(session=None)
    if not permissions.may(user, "proposals.see_clues", unit):
        found = found.filter(_published())
    sessions = Session.objects.filter(pk__in=found.values("session")).select_related("term")
    return list(sessions.order_by("-opens_on"))


def reference(user: User, unit: Organization, session: Session | None) -> list[Clue]:
    """The reference list of one plenary in its order, with units and what came of each. Two queries."""
    found = Clue.objects.filter(organization=unit, session=session, state=clue_rules.LISTED)
    if not permissions.may(user, "proposals.see_clues", unit):
        found = found.filter(_published())
    sent = Count("proposals", filter=Q(proposals__submitted_at__isnull=False), distinct=True)
    return list(found.annotate(made=sent).prefetch_related("units").order_by("number"))


def published_list(unit: Organization, session: Session | None) -> ClueList | None:
    return ClueList.objects.filter(organization=unit, session=session).first()


def by_category(found: list[Clue], titles: dict[str, Any]) -> list[dict[str, Any]]:
    """A list of clues under the titles of their categories, in the categories' order."""
    groups = [{"code": code, "title": title, "clues": [c for c in found if c.category == code]} for code, title in titles.items()]  # fmt: skip
    return [group for group in groups if group["clues"]]
