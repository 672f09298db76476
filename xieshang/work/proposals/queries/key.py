"""Key proposals: what could be, what is, and what is still wanting."""

from django.db.models import Count, Q, QuerySet
from django.shortcuts import get_object_or_404

from xieshang.base.accounts import permissions
from xieshang.base.accounts.models import User
from xieshang.base.orgs.models import Organization

from .. import rules
from ..models import KeyList, Proposal
from .seeing import visible


def could_be_key(organization: Organization) -> QuerySet[Proposal]:
    """Filed, not archived, not key yet; those that were named first, the most often named before the others. One query."""
    states = (rules.FILED, rules.ASSIGNING, rules.ASSIGNED, rules.FEEDBACK, rules.CLOSED)
    found = Proposal.objects.filter(organization=organization, state__in=states, key_on=None)
    return found.annotate(named=Count("nominations")).order_by("-named", "-decided_on", "number", "id")


def key_ones(user: User, organization: Organization) -> QuerySet[Proposal]:
    """重点提案, newest first, with who leads and what was done. Three queries."""
    found = visible(user).filter(organization=organization, key_on__isnull=False)
    of = {
        name: Count("supervisions", filter=Q(supervisions__kind=kind), distinct=True)
        for name, kind in (("plans", "plan"), ("activities", "activity"), ("results", "result"))
    }
    return (
        found.annotate(**of)
        .select_related("first", "body")
        .prefetch_related("leads")
        .order_by("-key_on", "number", "id")
    )


def key_lists(organization: Organization) -> QuerySet[KeyList]:
    return KeyList.objects.filter(organization=organization).annotate(n=Count("proposals"))


def key_list(user: User, pk: int) -> KeyList:
    found = KeyList.objects.filter(organization__in=permissions.units(user, "proposals.see"))
    return get_object_or_404(found.select_related("organization"), pk=pk)


def wanting_key(organization: Organization) -> QuerySet[Proposal]:
    """Key ones that nobody leads or that have no plan yet, and are not closed. One query."""
    found = Proposal.objects.filter(
        organization=organization, key_on__isnull=False, state__in=(rules.FILED, rules.ASSIGNING, rules.ASSIGNED)
    )
    return found.exclude(Q(leads__isnull=False) & Q(supervisions__kind="plan")).distinct().order_by("key_on", "id")
