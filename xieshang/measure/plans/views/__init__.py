"""Pages of plans."""

from typing import Any

from django.http import HttpRequest

from xieshang.base.accounts.models import User


class Asked(HttpRequest):
    """A request of somebody logged in, with what the middleware adds."""

    user: User  # type: ignore[assignment]
    desk: Any
    htmx: Any


def seen(request: Asked) -> int | None:
    """The version that was on the screen."""
    given = request.POST.get("seen", "")
    return int(given) if given.isdigit() else None
