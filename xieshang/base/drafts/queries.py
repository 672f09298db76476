"""One's own drafts."""

from django.db.models import QuerySet

from xieshang.base.accounts.models import User
from xieshang.base.once import once
from xieshang.base.orgs.models import Organization

from .models import Draft


def mine(user: User) -> list[Draft]:
    """Which drafts an account has, newest first, without what was typed in them. Read once for a page."""
    return once(("drafts", user.pk), lambda: list(Draft.objects.filter(user=user.pk).defer("typed")))


def listed(user: User, unit: Organization, key: str) -> list[Draft]:
    """One's own drafts in a unit of forms whose key begins so, newest first. One query where there are any, and that of `mine`."""
    wanted = [one.pk for one in mine(user) if one.organization_id == unit.pk and one.key.startswith(key)]
    return list(Draft.objects.filter(pk__in=wanted)) if wanted else []


def of_form(user: User, key: str) -> QuerySet[Draft]:
    """One's own drafts of one form, newest first."""
    return Draft.objects.filter(user=user, key=key).order_by("-saved_at", "-id")
