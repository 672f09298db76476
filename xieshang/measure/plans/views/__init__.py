"""Pages of plans."""

from django.http import Http404

from xieshang.base.orgs.models import Organization
from xieshang.base.requests import Asked


def unit_of(request: Asked) -> Organization:
    """The unit at hand; whoever serves in none finds nothing here."""
    if request.desk.unit is None:
        raise Http404
    return request.desk.unit  # type: ignore[no-any-return]


def seen(request: Asked) -> int | None:
    """The version that was on the screen."""
    given = request.POST.get("seen", "")
    return int(given) if given.isdigit() else None
