"""Grounds, categories and classes as a unit has them on a day: its own rows over those of the units above it, over the defaults.

A page reads a unit's rows once (`base.once`), so a word costs a list no query for each line.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any

from xieshang.base.once import once
from xieshang.base.orgs.models import Organization
from xieshang.base.orgs.queries import ancestors

from .models.terms import Term
from .schemes import CATEGORY, CLASS, DEFAULTS, GROUND, Word

__all__ = ["CATEGORY", "CLASS", "GROUND", "Word", "categories", "choices", "classes", "every", "grounds", "meaning", "title", "titles"]  # fmt: skip

Words = dict[str, Word]


def grounds(organization: Organization, on: date) -> Words:
    """Grounds for not filing that may be chosen on a day."""
    return _offered(organization, GROUND, on)


def categories(organization: Organization, on: date) -> Words:
    """Categories that may be chosen on a day."""
    return _offered(organization, CATEGORY, on)


def classes(organization: Organization, on: date) -> Words:
    """Classes of a reply that may be chosen on a day; `meaning` is the bucket as which each is counted."""
    return _offered(organization, CLASS, on)


def choices(words: Words) -> list[tuple[str, Any]]:
    """As a form takes them."""
    return [(one.code, one.title) for one in words.values()]


def _offered(organization: Organization, kind: str, on: date) -> Words:
    return {code: one for code, one in every(organization, kind, on).items() if one.offered}


def every(organization: Organization, kind: str, on: date) -> Words:
    """All words of a kind on a day, also those chosen no more, in their order."""
    found: Words = {}
    for row in _rows(organization):
        if row.kind == kind and row.since <= on:
            found.setdefault(row.code, _word(row))
    return dict(sorted((DEFAULTS[kind] | found).items(), key=lambda pair: (pair[1].order, pair[0])))


def title(organization: Organization, kind: str, code: str, on: date | None) -> str:
    """The word that held on a record's day; a word that came later where none had, and the code where nobody ever had it."""
    if not code:
        return ""
    if found := every(organization, kind, on or date.max).get(code):
        return found.title
    later = [row for row in _rows(organization) if row.kind == kind and row.code == code]
    return _word(later[-1]).title if later else code


def titles(organization: Organization, kind: str, codes: Iterable[str], on: date | None) -> list[str]:
    """The words of several codes."""
    return [title(organization, kind, code, on) for code in codes]


def meaning(organization: Organization, kind: str, code: str, on: date) -> str:
    """The usual disposition of a ground, the bucket of a class; "" of a code that nobody has."""
    found = every(organization, kind, on).get(code)
    return found.meaning if found else ""


def _word(row: Term) -> Word:
    return Word(row.kind, row.code, row.title, row.meaning, row.local, row.order, row.source, row.since, row.offered, row.organization.short_name)  # fmt: skip


def _rows(organization: Organization) -> list[Term]:
    """What a unit and those above it have set: the nearest unit's first, of it the newest. Read once for a page."""
    line = ancestors(organization)

    def read() -> list[Term]:
        found = Term.objects.filter(organization__in=line).select_related("organization").order_by("-since", "-id")
        return sorted(found, key=lambda one: line.index(one.organization_id))

    return once(("proposals.terms", *line), read)
