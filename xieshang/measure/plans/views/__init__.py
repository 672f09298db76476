"""Pages of plans."""

from typing import Any

from django.http import Http404, HttpRequest

from xieshang.base.accounts.models import User
from xieshang.base.orgs.models import Organization


class Asked(HttpRequest):
    """A request of somebody logged in, with what the middleware adds."""

    user: User  # type: ignore[assignment]
    desk: Any
    htmx: Any


def unit_of(request: Asked) -> Organization:
    """The unit at hand; whoever serves in none finds nothing here."""
    if request.desk.unit is None:
        raise Http404
    return request.desk.unit  # type: ignore[no-any-return]


def seen(request: Asked) -> int | None:
    """The version that was on the screen."""
    given = request.POST.get("seen", "")
    return int(given) if given.isdigit() else None
