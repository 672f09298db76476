"""What the frame of every page shows: units, year, places, what waits."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from xieshang import __version__
from xieshang.base import words
from xieshang.base.accounts import permissions
from xieshang.base.accounts.roles import Role
from xieshang.web import menu


def frame(request: HttpRequest) -> dict[str, Any]:
    """`frame` for base.html; None when nobody is logged in."""
    desk = getattr(request, "desk", None)
    if desk is None:
        return {"frame": None}
    user, unit, path = request.user, desk.unit, request.path
    roles = [str(Role(g.role).label) for g in permissions.grants(user) if unit and g.organization_id == unit.pk]  # type: ignore[arg-type]
    waits, unread = menu.counts(request)
    return {
        "frame": {
            "unit": unit,
            "units": [
                {"code": u.code, "name": u.name, "url": f"{reverse('home')}?org={u.code}", "current": u == unit}
                for u in desk.units
            ],
            "year": _("%(year)s 年度（1.1–12.31）") % {"year": desk.year} if unit else "",
            "years": [
                {"label": str(y), "url": f"?year={y}", "current": y == desk.year}
                for y in range(desk.this_year + 1, desk.this_year - 4, -1)
            ],
            "places": [
                {"key": place.key, "label": place.label, "url": reverse(place.url), "current": place.holds(path)}
                for place in menu.PLACES
                if unit and place.open_to(user, unit)  # type: ignore[arg-type]
            ],
            "place": {reverse("notices"): "notices", reverse("me"): "me"}.get(path, ""),
            "record_links": [
                {"label": label, "url": reverse(name)}
                for label, name, verb in menu.RECORD
                if unit and permissions.may(user, verb, unit)  # type: ignore[arg-type]
            ],
            "todo_count": waits,
            "notice_count": unread,
            "feedback_url": reverse("feedback"),
            "size": "large" if user.large_type else "standard",  # type: ignore[union-attr]
            "user_name": str(user),
            "user_role": words.listed(roles),
            "version": __version__,
        }
    }
