"""历年数据: what is known of a whole year of an indicator from before its detail was recorded here. Read instead of detail, never beside it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from hashlib import sha256

from django.db.models import QuerySet

from .models import PostedFact

KIND = "earlier.figure"
LONGEST = 40  # of a fact's category
Years = dict[int, Decimal]


@dataclass(frozen=True)
class Blend:
    """What became of the yearly figures that a question touches.

    used      years whose figure was read, since they have no detail
    replaced  years that have detail: their figure is not read
    whole     the figures of all years without detail that the question touches
    split     the question asks a part of a year, or of the unit, of which only the whole is known: there is no value
    """

    used: Years
    replaced: Years
    split: bool = False
    whole: Years = field(default_factory=dict)


NONE = Blend({}, {})


def category(code: str) -> str:
    """An indicator's code as a category holds it: a longer one is cut, and its digest tells it from others that begin alike."""
    if len(code) <= LONGEST:
        return code
    return f"{code[: LONGEST - 13]}~{sha256(code.encode()).hexdigest()[:12]}"


def last_day(year: int) -> date:
    """Every yearly figure is dated so."""
    return date(year, 12, 31)


def read(facts: QuerySet[PostedFact]) -> dict[tuple[int, str], Years]:
    """(unit, category) → its years, from standing facts."""
    found: dict[tuple[int, str], Years] = defaultdict(dict)
    for unit, code, on, quantity in facts.values_list("organization", "category", "on", "quantity"):
        found[unit, code][on.year] = quantity
    return dict(found)


def touched(years: Years, start: date, end: date, *, stock: bool) -> Years:
    """Those that a period lies in; a stock asks only for its last day."""
    return {year: value for year, value in years.items() if (end.year if stock else start.year) <= year <= end.year}


def blend(given: Years, detailed: Iterable[int], start: date, end: date, *, stock: bool, narrowed: bool) -> Blend:
    """Which of the years count. `detailed`: those with detail."""
    replaced = {year: given[year] for year in detailed}
    silent = {year: value for year, value in given.items() if year not in replaced}
    whole = all((stock or start <= date(year, 1, 1)) and last_day(year) <= end for year in silent)
    split = bool(silent) and (narrowed or not whole)
    return Blend({} if split else silent, replaced, split, silent)
