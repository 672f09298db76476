"""Search by words, narrowed to the unit at hand: indicators first (a leader wants a figure), then records, people, bodies."""

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from xieshang.base import clock, registry
from xieshang.base.accounts import permissions
from xieshang.base.accounts.models import User
from xieshang.base.ledger import figures
from xieshang.base.orgs.models import Organization
from xieshang.base.people.models import Seat

from . import asking

LIMIT = 12


def find(user: User, unit: Organization, words: str, start: date, end: date) -> list[dict[str, Any]]:
    """Sections with their rows: {title, rows: [{title, note, url}]}; empty ones are left out."""
    sections = []
    if permissions.may(user, "ledger.see", unit):
        sections.append({"title": _("统计项"), "rows": _indicators(unit, words, start, end)})
    for title, rows in registry.search(user, unit, words, LIMIT):
        sections.append({"title": title, "rows": rows})
    if permissions.may(user, "people.see", unit):
        sections.append({"title": _("委员"), "rows": _people(unit, words)})
    return [section for section in sections if section["rows"]]


def _indicators(unit: Organization, words: str, start: date, end: date) -> list[dict[str, Any]]:
    """Each with its figure for the period that was said, or the year at hand."""
    known = figures.indicators(unit)
    meant = asking.understand(words, known, today=clock.today(), start=start, end=end)
    asked = figures.figures([figures.Query(one, unit.pk, meant.start, meant.end) for one in meant.found], known)
    return [
        {
            "title": str(figure.indicator.name), "note": f"{figure.text} {figure.indicator.unit}",
            "url": f"{reverse('figures')}?{urlencode({'indicator': figure.indicator.code, 'from': meant.start, 'to': meant.end})}",
        }
        for figure in asked
    ]  # fmt: skip


def _people(unit: Organization, words: str) -> list[dict[str, Any]]:
    found = Seat.objects.filter(organization=unit, person__name__icontains=words).select_related("person", "sector")[
        :LIMIT
    ]
    return [
        {
            "title": seat.person.name,
            "note": str(seat.sector or ""),
            "url": reverse("people:person", args=[seat.person_id]),
        }
        for seat in found
    ]
