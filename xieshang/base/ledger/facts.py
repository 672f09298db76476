"""Facts (数据明细) and indicators (统计项) as plain values: what a record says, and named ways to count it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

ONE = Decimal(1)
JOINT = ".joint"  # ends the kind of a fact that stands for a co-organising body: `joint`


@dataclass(frozen=True, slots=True)
class Fact:
    """One countable thing that a record says.

    kind      `room.what_happened`
    on        the day it happened
    quantity  how many or how much, in `measure` (次, 人, 元 …); two decimals
    person, body, sector   ids; sector is that of the person *as of that day*
    carrier, category, outlet   labelled dimensions; codes, never titles
    organization   only where it is another than the record's (jointly held)
    """

    kind: str
    on: date
    quantity: Decimal = ONE
    measure: str = "次"
    person: int | None = None
    body: int | None = None
    sector: int | None = None
    carrier: str = ""
    category: str = ""
    outlet: str = ""
    organization: int | None = None


def joint(fact: Fact, body: int) -> Fact:
    """联办: the same happening for a body that helped to organise it. Counted where a figure is narrowed to that body, never in the whole unit."""
    return replace(fact, kind=fact.kind + JOINT, body=body)


@dataclass(frozen=True)
class Indicator:
    """统计项: a named way to count facts, declared beside the records whose facts it counts.

    how       count · sum · people (distinct) · stock (on a day) · rate (of two others) · average (part for each unit of whole)
    kind      the kind of fact it counts
    where     ((dimension, (codes…)), …): only facts with one of these codes
    part, whole   codes of the two indicators of a rate or an average
    measures  the measure words a plan or report may use with it
    words     what a text may call it; the longest that fits decides
    never     words beside which it is *not* meant
    note      how it counts, one sentence; it travels with the figure
    distinct  of a stock: how many different people, however many facts each of them has
    inside    only for the unit itself: not seen from above (Party work of a community)
    aside     tells another apart (of each category, of each system): opened from pages and papers, but on no list to choose from and never guessed
    """

    code: str
    name: Any
    unit: str
    how: str
    kind: str = ""
    where: tuple[tuple[str, tuple[str, ...]], ...] = ()
    part: str = ""
    whole: str = ""
    measures: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    note: Any = ""
    inside: bool = False
    distinct: bool = False
    aside: bool = False

    def __hash__(self) -> int:
        """By its code: a page puts indicators into sets a thousand times, and its name is words in the reader's language."""
        return hash(self.code)

    @property
    def by_person(self) -> bool:
        """Different people are told apart."""
        return self.how == "people" or self.distinct

    @property
    def accepts(self) -> tuple[str, ...]:
        """Every measure word it may be tied to, its own first."""
        return (self.unit, *self.measures)


def _where(given: dict[str, str | Iterable[str]]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple((key, (value,) if isinstance(value, str) else tuple(value)) for key, value in sorted(given.items()))


def count(
    code: str, name: Any, *, unit: str = "次", of: str = "", where: dict[str, Any] | None = None, **more: Any
) -> Indicator:
    """How many standing facts of a kind (`of`, else the code itself)."""
    return Indicator(code, name, unit, "count", of or code, _where(where or {}), **more)


def total(
    code: str, name: Any, *, unit: str, of: str = "", where: dict[str, Any] | None = None, **more: Any
) -> Indicator:
    """The sum of the quantities of a kind of fact."""
    return Indicator(code, name, unit, "sum", of or code, _where(where or {}), **more)


def people(
    code: str, name: Any, *, of: str, unit: str = "人", where: dict[str, Any] | None = None, **more: Any
) -> Indicator:
    """How many different people stand in facts of a kind."""
    return Indicator(code, name, unit, "people", of, _where(where or {}), **more)


def stock(
    code: str, name: Any, *, unit: str, of: str = "", where: dict[str, Any] | None = None, **more: Any
) -> Indicator:
    """How many there are on the last day of the period: plus and minus facts up to it."""
    return Indicator(code, name, unit, "stock", of or code, _where(where or {}), **more)


def rate(code: str, name: Any, *, part: str, whole: str, unit: str = "%", **more: Any) -> Indicator:
    """Part of whole in percent; never summed; without a whole there is no value."""
    return Indicator(code, name, unit, "rate", part=part, whole=whole, **more)


def average(code: str, name: Any, *, part: str, whole: str, unit: str, **more: Any) -> Indicator:
    """Part for each one of whole, usually for each member in office; two decimals."""
    return Indicator(code, name, unit, "average", part=part, whole=whole, **more)
