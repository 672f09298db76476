"""One's own drafts."""

from django.db.models import QuerySet

from xieshang.base.accounts.models import User
from xieshang.base.orgs.models import Organization

from .models import Draft


def listed(user: User, unit: Organization, room: str) -> QuerySet[Draft]:
    """One's own drafts of a room in a unit, newest first."""
    return Draft.objects.filter(user=user, organization=unit, room=room).order_by("-saved_at", "-id")


def of_form(user: User, key: str) -> QuerySet[Draft]:
    """One's own drafts of one form, newest first."""
    return Draft.objects.filter(user=user, key=key).order_by("-saved_at", "-id")
