"""What was brought in, and by whom."""

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from xieshang.base.accounts import permissions
from xieshang.base.accounts.models import User
from xieshang.base.orgs.models import Organization

from ..models import Bringing


def bringings(user: User, organization: Organization) -> QuerySet[Bringing]:
    seen = Bringing.objects.filter(organization__in=permissions.units(user, "proposals.bring_in"))
    return seen.filter(organization=organization).select_related("asked_by")


def bringing(user: User, pk: int) -> Bringing:
    """One, else 404."""
    seen = Bringing.objects.filter(organization__in=permissions.units(user, "proposals.bring_in"))
    return get_object_or_404(seen.select_related("organization", "asked_by"), pk=pk)
