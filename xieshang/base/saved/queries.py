"""The lists whose views can be saved, and a person's own."""

from xieshang.base.accounts.models import User
from xieshang.base.orgs.models import Organization

from .models import View

PAGES: dict[str, str] = {}


def declare(page: str, address: str) -> None:
    """A room has a list whose views can be saved; address: the name of its url."""
    PAGES[page] = address


def mine(user: User, unit: Organization, page: str) -> list[View]:
    """One query."""
    return list(View.objects.filter(user=user, organization=unit, page=page))
