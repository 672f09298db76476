"""Over which days, and of whom, a figure of a report is counted: the report's own, or what stands beside the blank itself.

A blank under 一季度 counts that quarter, one in the row of a township counts that township, one under 同比 is compared with the year before.
"""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from xieshang.base.calendar.workdays import add_months
from xieshang.base.ledger import figures
from xieshang.base.ledger.facts import Indicator
from xieshang.base.ledger.figures import Figure, Query

from . import printing
from .models import Blank, Report, Version
from .reading import CELL, NAMED

CENT = Decimal("0.01")
RATE, DIFFERENCE = "rate", "difference"


@dataclass(frozen=True)
class Scope:
    """What a figure is narrowed to.

    since, until   its days; None for those of the report
    body, sector   an organising body, or the sector of who did it
    back           so many years before those days
    organization   another unit than the report's, with its code; children: with all below it
    change         "" for the figure itself; against the same days a year before: `difference`, or `rate` in percent
    words          how a person calls it: 青石镇 一季度
    """

    since: date | None = None
    until: date | None = None
    body: int | None = None
    sector: int | None = None
    back: int = 0
    organization: int | None = None
    code: str = ""
    children: bool = False
    change: str = ""
    words: str = ""

    @classmethod
    def of(cls, blank: Blank) -> "Scope":
        """As it is stored."""
        return cls(blank.since, blank.until, **{k: v for k, v in blank.scope.items() if k in cls.__dataclass_fields__})

    def stored(self) -> dict[str, Any]:
        """The columns of a blank: since, until, and the rest as JSON without what is empty."""
        said = asdict(self)
        return {"since": said.pop("since"), "until": said.pop("until"), "scope": {k: v for k, v in said.items() if v}}

    def queries(self, indicator: Indicator, unit: int, start: date, end: date, as_of: datetime | None) -> list[Query]:
        """The question behind it; of a change also that of the year before."""
        now = Query(
            indicator, self.organization or unit, *self.days(start, end), as_of=as_of, body=self.body, sector=self.sector, children=self.children
        )  # fmt: skip
        if not self.change:
            return [now]
        before, until = years_before(now.start, now.end, 1)
        return [now, replace(now, start=before, end=until)]

    def days(self, start: date, end: date) -> tuple[date, date]:
        """Its first and last day, in a report of these days."""
        return years_before(self.since or start, self.until or end, self.back)

    def value(self, found: list[Figure]) -> Decimal | None:
        """What the figures of `queries` say; None where there is nothing to divide by."""
        values = [figure.value for figure in found]
        if not self.change or None in values:
            return values[0] if not self.change else None
        now, before = values
        if self.change == DIFFERENCE:
            return now - before  # type: ignore[operator]
        return ((now - before) * 100 / before).quantize(CENT, ROUND_HALF_UP) if before else None  # type: ignore[operator]

    @property
    def key(self) -> str:
        """What tells its facts from those of the same indicator elsewhere; empty for the report's own."""
        parts = [
            f"{name}={value}"
            for name, value in asdict(self).items()
            if value and name not in ("words", "change", "code")
        ]
        return "&".join(parts)


def years_before(start: date, end: date, years: int) -> tuple[date, date]:
    """The same days so many years before; the last of a month stays the last of the month."""
    last = end + timedelta(days=1)
    if last.day == 1:
        return add_months(start, -12 * years), add_months(last, -12 * years) - timedelta(days=1)
    return add_months(start, -12 * years), add_months(end, -12 * years)


@dataclass(frozen=True)
class Told:
    """A figure of one blank: its value, and how many facts stand under it."""

    value: Decimal | None
    facts: int


def told(
    owner: Report | Version, blanks: Iterable[Blank], known: Mapping[str, Indicator], as_of: datetime | None
) -> dict[int, Told]:
    """{order: figure} of the blanks that have an indicator; all asked together."""
    unit = (owner.report if isinstance(owner, Version) else owner).organization_id
    asked = {
        blank.order: (scope, scope.queries(known[blank.indicator], unit, owner.start, owner.end, as_of))
        for blank in blanks
        if blank.indicator in known and (scope := Scope.of(blank))
    }
    queries = list(dict.fromkeys(query for _scope, mine in asked.values() for query in mine))
    found = dict(zip(queries, figures.figures(queries, dict(known)), strict=True)) if queries else {}
    return {
        order: Told(scope.value([found[query] for query in mine]), found[mine[0]].facts)
        for order, (scope, mine) in asked.items()
    }


def facts_key(blank: Blank) -> str:
    """Under which name a version keeps the facts of a blank: the indicator's code, and what narrows it."""
    key = Scope.of(blank).key
    return f"{blank.indicator}@{key}" if key else blank.indicator


def measure(blank: Blank, indicator: Indicator) -> str:
    return measured_in(Scope.of(blank), indicator)


def measured_in(scope: Scope, indicator: Indicator) -> str:
    """The measure word of a value: that of the indicator, but a rate of change is in percent."""
    return "%" if scope.change == RATE else indicator.unit


def written(value: Decimal, indicator: Indicator, scope: Scope, spot: Any, unit: str | None) -> str | None:
    """A figure as it is printed in its place; a rate brings its sign where none is printed. `spot`: a spot or a stored blank."""
    measure = measured_in(scope, indicator)
    text = printing.written(printing.scaled(value, measure, unit or None), spot.head, spot.tail)
    bare = (
        spot.kind in (NAMED, CELL) and measure == "%" and unit != "%" and scope.change != DIFFERENCE
    )  # 提高1.2个百分点
    return f"{text}%" if text is not None and bare else text


def unequal(blanks: Iterable[Blank]) -> list[Blank]:
    """合计 whose parts, as they stand in the report now, make another sum."""
    known = list(blanks)
    printed = {blank.paragraph: _number(blank.text) for blank in known if blank.kind == CELL and blank.is_filled}
    wrong = []
    for blank in known:
        if not (parts := blank.scope.get("sum_of")) or blank.paragraph not in printed:
            continue
        values = [printed.get(part) for part in parts] + [_number(blank.scope.get("typed", "0"))]
        if None not in values and sum(values) != printed[blank.paragraph]:  # type: ignore[arg-type]
            wrong.append(blank)
    return wrong


def _number(text: str) -> Decimal | None:
    try:
        return Decimal(text.replace(",", "").rstrip("%"))
    except ArithmeticError:
        return None
