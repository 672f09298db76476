"""What a reviewer and the committee's meeting look at."""

from typing import Any

from django.db.models import Count, QuerySet
from django.shortcuts import get_object_or_404

from xieshang.base.accounts import permissions
from xieshang.base.accounts.models import User
from xieshang.base.orgs.models import Organization

from .. import rules
from ..models import Assignment, Proposal, Review, Sheet, Text


def sheets(organization: Organization) -> QuerySet[Sheet]:
    return Sheet.objects.filter(organization=organization)


def sheet(user: User, pk: int) -> Sheet:
    found = Sheet.objects.filter(organization__in=permissions.units(user, "proposals.see"))
    return get_object_or_404(found.select_related("organization"), pk=pk)


def could_hold(proposal: Proposal) -> QuerySet[Proposal]:
    """Proposals of the same plenary into which this one may be merged."""
    found = Proposal.objects.filter(organization=proposal.organization, session=proposal.session)
    states = (rules.PRELIM, rules.REVIEWED, rules.FILED, rules.ASSIGNING, rules.ASSIGNED)
    return found.filter(state__in=states).exclude(pk=proposal.pk).order_by("intake")


def to_decide(organization: Organization) -> QuerySet[Proposal]:
    """Reviewed twice, and on no sheet that is still open."""
    waiting = Proposal.objects.filter(organization=organization, state=rules.REVIEWED)
    return waiting.exclude(sheet_rows__sheet__state="open").order_by("intake", "id")


def examined(proposal: Proposal) -> list[Review]:
    """The reviews that suggest units, beside what the proposer wants. Two queries."""
    found = proposal.reviews.filter(units__isnull=False).distinct().order_by("id")
    return list(found.prefetch_related("units"))


def usual_units(proposal: Proposal, names: bool = False) -> list[Any]:
    """Where proposals like this one went before: units of its category, most often first, at most three. One query."""
    if not proposal.category:
        return []
    before = Assignment.objects.filter(
        organization=proposal.organization, proposal__category=proposal.category, role__in=(rules.SOLE, rules.HOST)
    )
    rows = before.exclude(state=rules.TAKEN_BACK).values_list("unit", "unit__name").annotate(n=Count("pk")).order_by("-n", "unit")[:3]  # fmt: skip
    return [(name, n) if names else unit for unit, name, n in rows]


TEXT_PARTS = ("title", "situation", "analysis", "advice")


def texts(proposal: Proposal) -> list[Text]:
    """The text at each step at which it was another than before. One query."""
    found: list[Text] = []
    for kept in proposal.texts.select_related("by"):
        if not found or any(getattr(found[-1], part) != getattr(kept, part) for part in TEXT_PARTS):
            found.append(kept)
    return found
