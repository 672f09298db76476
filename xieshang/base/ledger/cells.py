"""Cells: sums of facts by kind, month or day, and dimension, read with as few rows as the question allows."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Any, NamedTuple

from django.db import connection

from . import rollup
from .facts import JOINT

COUNTED = "SUM(CASE WHEN f.reverses_id IS NULL THEN 1 ELSE -1 END)"
LABELS = ("carrier", "category", "outlet")
SAME = (
    "record",
    "kind",
    "on",
    "carrier",
    "category",
    "outlet",
    "person_id",
)  # the same in two units: jointly held, counts once
# Who belonged to one of the bodies on the day of the fact; once to each, however many posts he holds there.
BELONGS = """JOIN orgs_body b ON b.id IN ({}) AND EXISTS (
    SELECT 1 FROM people_membership m WHERE m.body_id = b.id AND m.person_id = f.person_id
      AND m.started_on <= {day} AND (m.ended_on IS NULL OR m.ended_on > {day}))"""


class Cell(NamedTuple):
    """A sum: over a month when `last` is its last day, over a day when `first` = `last`."""

    kind: str
    first: date
    last: date
    carrier: str
    category: str
    outlet: str
    person: int
    unit: int
    body: int
    sector: int
    member: int
    quantity: Decimal
    facts: int

    def taken_from(self, first: date, last: date) -> "Cell":
        """What takes this cell off the one of a longer time."""
        return self._replace(first=first, last=last, quantity=-self.quantity, facts=-self.facts)

    def fits(self, where: tuple[tuple[str, tuple[str, ...]], ...]) -> bool:
        return all(getattr(self, dimension) in codes for dimension, codes in where)


@dataclass(frozen=True)
class Read:
    """One read for many figures. `spans` are the periods asked for; `once`: what several units hold jointly counts once.

    bodies, sectors, persons   those asked for, told apart; empty where no figure is narrowed to one
    members   bodies asked for by those who belong to them on the day of the fact, told apart
    home, hidden   what is left out where it is not of this unit: (`room.`, categories), Party work of a unit below
    """

    organizations: tuple[int, ...]
    kinds: tuple[str, ...]
    spans: tuple[tuple[date, date], ...]
    once: bool = False
    apart: bool = False  # the units are told apart
    bodies: tuple[int, ...] = ()
    sectors: tuple[int, ...] = ()
    persons: tuple[int, ...] = ()
    members: tuple[int, ...] = ()
    members_on: date | None = None  # a stock asks who belongs to a body on its last day
    people: bool = False
    as_of: datetime | None = None
    labels: tuple[
        tuple[str, tuple[str, ...]], ...
    ] = ()  # (dimension, kinds) that some figure tells apart; else it comes as ""

    outdated: tuple[tuple[str, int], ...] = ()  # (record, unit): `registry.outdated`
    home: int = 0
    hidden: tuple[tuple[str, tuple[str, ...]], ...] = ()

    @property
    def straight(self) -> bool:
        """No rollup answers it: as known at a moment, of named people or of members, or over several units."""
        return bool(self.as_of or self.once or self.persons or self.members)

    @property
    def whole_unit(self) -> bool:
        """Neither body nor sector narrows it: the coarse grains answer."""
        return not (self.bodies or self.sectors)

    def posted(self, kinds: tuple[str, ...]) -> tuple[str, ...]:
        """Kinds as they stand in the ledger: of a body also what it organised jointly."""
        return with_joint(kinds) if self.bodies else kinds

    @property
    def grain(self) -> str:
        """The grain of whole months."""
        if self.people:
            return "N" if self.whole_unit and not self.labels else "p"
        return "M" if self.whole_unit else "m"


def with_joint(kinds: tuple[str, ...]) -> tuple[str, ...]:
    return (*kinds, *(kind + JOINT for kind in kinds))


def month_start(day: date) -> date:
    return day.replace(day=1)


@lru_cache(maxsize=4000)
def month_end(day: date) -> date:
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


def broken_months(spans: tuple[tuple[date, date], ...]) -> set[date]:
    """First days of the months of which some span takes only a part."""
    broken = {month_start(start) for start, _ in spans if start.day != 1}
    return broken | {month_start(end) for _, end in spans if end != month_end(end)}


Narrow = tuple[str, int, int, int, int, int]


def load(reads: Sequence[Read]) -> Iterator[dict[Narrow, list[Cell]]]:
    """For each read its cells by kind, unit, body, sector, person and the body of members, 0 where it is not told apart. A broken month comes as days, every other one whole."""
    rolled = iter(_rolled([read for read in reads if not read.straight]))
    for read in reads:
        found: dict[Narrow, list[Cell]] = defaultdict(list)
        for cell in list(_straight(read)) if read.straight else next(rolled):
            person = cell.person if read.persons else 0
            found[cell.kind.removesuffix(JOINT), cell.unit, cell.body, cell.sector, person, cell.member].append(cell)
        yield found


def _rolled(reads: Sequence[Read]) -> list[list[Cell]]:
    """Rollup and tail of each, all of them read again should the job have folded in between."""
    mark, found = -1, []
    while reads and mark != (reach := rollup.reach())[0]:
        mark, newest = reach
        found = [list(_from_rollup_and_tail(read, mark, tail=newest > mark)) for read in reads]
    return found


def _from_rollup_and_tail(read: Read, mark: int, *, tail: bool) -> Iterator[Cell]:
    broken, after = _days_to_read(read)
    last = _last(read)
    yield from _from_rollup(read, read.grain, broken=broken)
    if ranges := [(month, month_end(month)) for month in sorted(broken)] + ([after] if after else []):
        if read.people:
            daily = _from_facts(read, "AND f.id <= %s", [mark], ranges=ranges)
        else:
            daily = _from_rollup(read, "D" if read.whole_unit else "d", ranges=ranges)
        for cell in daily:
            yield cell.taken_from(month_start(last), last) if after and cell.first > last else cell
    if tail:
        yield from _from_facts(read, "AND f.id > %s", [mark], tail=True)


def _last(read: Read) -> date:
    return max(end for _, end in read.spans)


def _days_to_read(read: Read) -> tuple[set[date], tuple[date, date] | None]:
    """The broken months, and the days after the last one asked for where nothing else breaks its month.

    The last day is mostly today: the whole month is read, and the days after it, mostly none, are taken off.
    """
    broken, last = broken_months(read.spans), _last(read)
    end = month_end(last)
    if month_start(last) in broken - broken_months(tuple((s, end if e == last else e) for s, e in read.spans)):
        return broken - {month_start(last)}, (last + timedelta(days=1), end)
    return broken, None


def _straight(read: Read) -> Iterator[Cell]:
    """From the facts themselves."""
    if read.as_of:
        yield from _from_facts(read, "AND f.posted_at <= %s", [_moment(read.as_of)])
    else:
        yield from _from_facts(read, "", [])


def _placeholders(values: tuple[Any, ...]) -> str:
    return ", ".join(["%s"] * len(values))


def _from_rollup(
    read: Read, grain: str, *, broken: Collection[date] = (), ranges: Sequence[tuple[date, date]] = ()
) -> Iterator[Cell]:
    """Cells of whole months but the broken ones; with `ranges`, of the days in them."""
    last = _last(read)
    labels, label_values = _labels(read, "")
    told = f"{'person_id' if read.people else '0'}, {_told(read, '')}, 0"
    asked = ranges or [(month_start(min(start for start, _ in read.spans)), month_end(last))]
    narrow, more = _narrow(read, "")
    sql = f"""
        SELECT kind, starts, {labels}, {told}, SUM(quantity), SUM(facts) FROM ledger_rollup
        WHERE organization_id IN ({_placeholders(read.organizations)}) AND grain = %s AND kind IN ({_placeholders(read.posted(read.kinds))})
          AND {_between("starts", asked)} {narrow}
        GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10
    """
    with connection.cursor() as cursor:
        cursor.execute(sql, [*label_values, *read.organizations, grain, *read.posted(read.kinds), *_days(asked), *more])
        for kind, starts, *which, quantity, facts in cursor.fetchall():
            day = _day(starts)
            if day not in broken:
                until = day if ranges else min(month_end(day), last)
                yield Cell._make((kind, day, until, *which, _money(quantity), int(facts)))


def _between(column: str, ranges: Sequence[tuple[date, date]]) -> str:
    return "(" + " OR ".join([f"{column} BETWEEN %s AND %s"] * len(ranges)) + ")"


def _days(ranges: Sequence[tuple[date, date]]) -> list[date]:
    return [day for pair in ranges for day in pair]


def _labels(read: Read, prefix: str) -> tuple[str, list[Any]]:
    """The columns carrier, category and outlet, empty for kinds of which no figure asks them: fewer sums to hand over."""
    asked, columns = dict(read.labels), []
    values: list[Any] = []
    for dimension in LABELS:
        if kinds := read.posted(asked.get(dimension, ())):
            columns.append(f"CASE WHEN {prefix}kind IN ({_placeholders(kinds)}) THEN {prefix}{dimension} ELSE '' END")
            values += kinds
        else:
            columns.append("''")
    return ", ".join(columns), values


def _from_facts(
    read: Read, extra: str, values: list[Any], *, ranges: Sequence[tuple[date, date]] = (), tail: bool = False
) -> Iterator[Cell]:
    """Day cells from the table of facts; with `ranges`, of the days in them."""
    asked = ranges or [(min(start for start, _ in read.spans), _last(read))]
    person = "COALESCE(f.person_id, 0)" if read.people or read.persons else "0"
    told = f"{person}, {_told(read, 'f.')}, {'b.id' if read.members else '0'}"
    when, period = _between('f."on"', asked), _days(asked)
    narrow, more = _narrow(read, "f.")
    labels, label_values = _labels(read, "f.")
    source = "ledger_fact f"
    if tail and connection.vendor == "sqlite":
        source = "ledger_fact f NOT INDEXED"  # by id: the tail is short, whatever the planner guesses
    where = f"""
        f.organization_id IN ({_placeholders(read.organizations)}) AND f.kind IN ({_placeholders(read.posted(read.kinds))})
          AND {when} {narrow} {extra} {"AND f.person_id IS NOT NULL" if read.people else ""}
    """
    if read.once:
        known = "AND r.posted_at <= %s" if read.as_of else ""
        where += "AND NOT (f.record = %s AND f.organization_id = %s) " * len(read.outdated)
        left_out = [value for pair in read.outdated for value in pair]
        values = [*values, *left_out, *([_moment(read.as_of)] if read.as_of else [])]
        columns = ", ".join(f'f."{name}"' for name in SAME)
        source = f"""(
            SELECT f.*, RANK() OVER (PARTITION BY {columns} ORDER BY f.organization_id) AS place FROM {source}
            WHERE {where} AND f.reverses_id IS NULL AND NOT EXISTS (SELECT 1 FROM ledger_fact r WHERE r.reverses_id = f.id {known})
        ) f"""
        where = "f.place = 1"
    belongs = _belongs(read)
    sql = f"""
        SELECT f.kind, f."on", {labels}, {told}, SUM(f.quantity), {COUNTED} FROM {source} {belongs}
        WHERE {where}
        GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10
    """
    with connection.cursor() as cursor:
        asked_for = [*read.organizations, *read.posted(read.kinds), *period, *more, *values]
        if read.once:  # the facts are chosen within the source, before the members are joined
            cursor.execute(sql, [*label_values, *asked_for, *read.members])
        else:
            cursor.execute(sql, [*label_values, *read.members, *asked_for])
        for kind, on, *which, amount, facts in cursor.fetchall():
            day = _day(on)
            yield Cell._make((kind, day, day, *which, _money(amount), int(facts)))


def _belongs(read: Read) -> str:
    if not read.members:
        return ""
    # a date of ours, no words of anybody's: safe to write into the statement, where it stands twice
    day = f"'{read.members_on.isoformat()}'" if read.members_on else 'f."on"'
    return BELONGS.format(_placeholders(read.members), day=day)


def _told(read: Read, prefix: str) -> str:
    """The columns unit, body and sector, where they are told apart."""
    columns = (("organization_id", read.apart), ("body_id", read.bodies), ("sector_id", read.sectors))
    return ", ".join(f"{prefix}{column}" if asked else "0" for column, asked in columns)


def _narrow(read: Read, prefix: str) -> tuple[str, list[Any]]:
    parts: list[str] = []
    values: list[Any] = []
    for column, asked in (("body_id", read.bodies), ("sector_id", read.sectors), ("person_id", read.persons)):
        if asked:
            parts.append(f"AND {prefix}{column} IN ({_placeholders(asked)})")
            values += asked
    for room, codes in read.hidden:
        theirs = (
            f"{prefix}organization_id <> %s AND {prefix}kind LIKE %s AND {prefix}category IN ({_placeholders(codes)})"
        )
        parts.append(f"AND NOT ({theirs})")
        values += [read.home, f"{room}%", *codes]
    return " ".join(parts), values


NEWEST = """(SELECT f."on" FROM ledger_fact f WHERE f.organization_id = %s AND f.kind IN ({kinds}) AND f."on" BETWEEN %s AND %s {narrow}
    AND {plus}f.reverses_id IS NULL AND NOT EXISTS (SELECT 1 FROM ledger_fact r WHERE r.reverses_id = f.id) ORDER BY f."on" DESC LIMIT 1)"""


class Under(NamedTuple):
    """The facts under a figure of one unit: of a kind, with labels, between two days; of a body, of people."""

    unit: int
    kind: str
    where: tuple[tuple[str, tuple[str, ...]], ...]
    start: date
    end: date
    body: int | None
    people: bool


def newest(asked: Sequence[Under]) -> list[date | None]:
    """The day of the newest standing fact of each; one statement for all."""
    parts: list[str] = []
    values: list[Any] = []
    plus = "+" if connection.vendor == "sqlite" else ""  # as models.NO_REVERSAL
    for one in asked:
        kinds = with_joint((one.kind,)) if one.body else (one.kind,)
        narrow = "".join(f" AND f.{dimension} IN ({_placeholders(codes)})" for dimension, codes in one.where)
        narrow += f"{' AND f.body_id = %s' if one.body else ''}{' AND f.person_id IS NOT NULL' if one.people else ''}"
        parts.append(NEWEST.format(kinds=_placeholders(kinds), narrow=narrow, plus=plus))
        labels = [code for _dimension, codes in one.where for code in codes]
        values += [one.unit, *kinds, one.start, one.end, *labels, *([one.body] if one.body else [])]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(parts)}", values)
        return [day and _day(day) for day in cursor.fetchone()]


def _day(value: Any) -> date:
    return value if isinstance(value, date) else _read_day(str(value)[:10])


_read_day = lru_cache(maxsize=4000)(date.fromisoformat)


def _moment(value: datetime) -> Any:
    """A moment as the database compares it: SQLite keeps UTC in text."""
    return connection.ops.adapt_datetimefield_value(value)


def _money(value: Any) -> Decimal:
    """A sum as the database hands it over: SQLite has whole numbers and floats."""
    if isinstance(value, int | Decimal):
        return Decimal(value)
    return Decimal(str(value)).quantize(Decimal("0.01"))
