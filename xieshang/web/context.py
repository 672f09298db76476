"""What the frame of every page shows: units, year, places, what waits."""

from typing import Any
from urllib.parse import urlsplit

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from xieshang import __version__
from xieshang.base import clock, words
from xieshang.base.accounts import permissions
from xieshang.base.accounts.roles import Role
from xieshang.base.orgs.years import Year
from xieshang.base.requests import ARRIVED
from xieshang.web import home_parts, menu


def year_words(year: Year) -> str:
    """“2026 年度（1.1–12.31）”."""
    said = _("%(year)s 会议年度（%(range)s）") if year.kind == "session" else _("%(year)s 年度（%(range)s）")
    return said % {"year": year.number, "range": year.range}


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
            "year": year_words(desk.at) if unit else "",
            "years": [
                {
                    "label": str(one.number),
                    "note": one.range if one.kind == "session" else "",
                    "url": f"?year={one.number}",
                    "current": one == desk.at,
                }
                for one in desk.known
            ],
            "other_years": (_("自然年度"), "?years=calendar")
            if desk.at.kind == "session"
            else (_("会议年度"), "?years=session"),
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
            "arrived": arrived(request),
        }
    }


def arrived(request: HttpRequest) -> dict[str, Any] | None:
    """The first page after a log-in that a link led to: what is to be done right here, and how much waits besides. None on every other page."""
    if request.htmx or not request.session.pop(ARRIVED, None) or request.path == reverse("home"):  # type: ignore[attr-defined]
        return None
    found = home_parts.waiting(request.user, request.desk.units, clock.today())  # type: ignore[attr-defined, arg-type]
    here = [one for _unit, one in found if urlsplit(one.url).path == request.path]
    return {"here": here, "others": len(found) - len(here)}
