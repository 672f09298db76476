"""What the frame of every page shows: units, year, places, what waits."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from xieshang import __version__
from xieshang.base.accounts import permissions
from xieshang.web import menu


def frame(request: HttpRequest) -> dict[str, Any]:
    """`frame` for base.html; None when nobody is logged in."""
    desk = getattr(request, "desk", None)
    if desk is None:
        return {"frame": None, "version": __version__}
    here = request.path
    links = [
        {"label": label, "url": reverse(name)} for label, name, verb in menu.RECORD if desk.unit and permissions.may(request.user, verb, desk.unit)
    ]  # type: ignore[arg-type]
    return {
        "version": __version__,
        "frame": {
            "unit": desk.unit,
            "units": [{"code": u.code, "name": u.name, "url": f"?org={u.code}", "current": u == desk.unit} for u in desk.units],
            "year": _("%(year)s 年度（1.1–12.31）") % {"year": desk.year},
            "years": [{"label": str(y), "url": f"?year={y}", "current": y == desk.year} for y in range(desk.year + 1, desk.year - 4, -1)],
            "places": [
                {"key": place.key, "label": place.label, "url": reverse(place.url), "current": place.holds(here), "phone": place.phone}
                for place in menu.PLACES
                if desk.unit and place.open_to(request.user, desk.unit)
            ],
            "record_links": links,
            "todo_count": menu.waiting(request),
            "feedback_url": reverse("feedback"),
            "large": request.user.large_type,  # type: ignore[union-attr]
        },
    }
