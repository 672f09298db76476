"""How a period is called."""

from datetime import date

from django.utils.translation import gettext as _


def period(start: date, end: date) -> str:
    """“2026年5月”, “2026年二季度”."""
    if start.month == end.month:
        return _("%(year)s年%(month)s月") % {"year": start.year, "month": start.month}
    return _("%(year)s年第%(quarter)s季度") % {"year": start.year, "quarter": end.month // 3}


def short(start: date, end: date) -> str:
    """“5月”, “第2季度”: beside others of its year."""
    if start.month == end.month:
        return _("%(month)s月") % {"month": start.month}
    return _("第%(quarter)s季度") % {"quarter": end.month // 3}
