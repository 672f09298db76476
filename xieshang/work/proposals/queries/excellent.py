"""Selections of excellent proposals, as far as each reader may look: what others gave is nobody's to see until scoring is closed."""

from typing import Any

from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404

from xieshang.base.accounts import permissions
from xieshang.base.accounts.models import User
from xieshang.base.orgs.models import Organization

from .. import rules
from ..models import Candidate, Proposal, Score, Selection


def selections(user: User) -> QuerySet[Selection]:
    """The office's and leaders', a reviewer's own, and for members what is open to recommend or published."""
    own = Q(organization__in=permissions.units(user, "proposals.see")) | Q(reviewers=user)
    members = Q(organization__in=permissions.units(user, "proposals.see_own"), state__in=("nominating", "published"))
    return Selection.objects.filter(own | members).distinct()


def selection(user: User, pk: int) -> Selection:
    return get_object_or_404(selections(user).select_related("organization"), pk=pk)


def candidates(one: Selection, user: User) -> list[Candidate]:
    """With what the reader himself gave (`mine`); the others' only as score and place, once there are any. Three queries."""
    found = list(one.candidates.select_related("proposal", "proposal__first", "proposal__body"))
    given = {row.candidate_id: row for row in Score.objects.filter(candidate__selection=one, reviewer=user)}
    places = [each.place for each in found]
    for each in found:
        mine = given.get(each.pk)
        each.mine = mine  # type: ignore[attr-defined]
        points = mine.points if mine else [""] * len(one.criteria)
        each.asked = [(title, point) for (title, _weight), point in zip(one.criteria, points, strict=True)]  # type: ignore[attr-defined]
        each.shared = each.place is not None and places.count(each.place) > 1  # type: ignore[attr-defined]
    return found


def to_recommend(one: Selection, user: User) -> QuerySet[Proposal]:
    """Filed and handled, not excellent, not a candidate; the year's own first."""
    found = Proposal.objects.filter(organization=one.organization, state__in=rules.EXCELLENT_FROM, excellent_on=None)
    if not permissions.may(user, "proposals.see", one.organization):
        found = found.filter(Q(published=True) | Q(signatures__person=user.person_id)).distinct()
    return (
        found.exclude(candidacies__selection=one)
        .filter(submitted_on__year__gte=one.year - 2, submitted_on__year__lte=one.year)
        .order_by("-submitted_on", "id")
    )


def could_review(organization: Organization) -> QuerySet[User]:
    """Accounts of the unit that may score."""
    roles: Any = permissions.TABLE["proposals.score"]
    held = Q(grants__organization=organization, grants__role__in=roles, grants__ended_at=None, grants__body=None)
    return User.objects.filter(held, is_active=True).distinct().order_by("name", "id")


def to_score(user: User, organization: Organization) -> QuerySet[Selection]:
    """Selections in which the reader reviews. One query."""
    return Selection.objects.filter(organization=organization, state="scoring", reviewers=user)
