"""verify and rebuild: does the ledger say what the records say, and is the trail whole?

Replay reads only the records and what they stored. It is compared with the standing facts as a multiset, fact for fact; each audit
entry's digest is compared with the facts posted under it; each record's version must have its audit entry; the seals must be whole;
what was taken back must cancel out, and the rollup must be the sum of its facts, so that no figure differs from its rows.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from itertools import groupby, islice
from operator import itemgetter
from typing import Any

from django.db import connection, transaction
from django.db.models import Exists, OuterRef

from xieshang.base import registry
from xieshang.base.audit import sealing, trail
from xieshang.base.audit.models import Entry

from . import posting, rollup
from .models import PostedFact

SAID = ("organization_id", *posting.COLUMNS, "record")
CHUNK = 2000
CENT = Decimal("0.01")
Tell = Callable[[str, int], None]


def _nobody(step: str, records: int) -> None:
    """Nobody asks how far it is."""


@dataclass
class Report:
    """What verify found. `problems` are open; `acknowledged` were reported by an earlier rebuild, which gave its reason."""

    records: int = 0
    facts: int = 0
    entries: int = 0
    problems: list[str] = field(default_factory=list)
    acknowledged: list[str] = field(default_factory=list)


def verify(tell: Tell = _nobody) -> Report:
    """Replay everything and compare, all as of one moment. Reads only, apart from a temporary table. `tell`: (step, records replayed so far).

    Not seen: a record altered where it says the same facts (a title), since records carry no digest; a fact that got another id
    above the highest folded one and is named by no reversal, since nothing changes but the order.
    """
    outside = sealing.all_heads()
    with _one_moment():
        report = Report(facts=PostedFact.objects.count(), entries=Entry.objects.count())
        with _replayed(tell) as replay:
            report.records = replay.records
            tell("compare", report.records)
            for said, n in replay.differences():
                report.problems.append(_sentence(said, n))
        tell("trail", report.records)
        known = _acknowledged()
        for uid, text, found in _tampered():
            (report.acknowledged if known.get(uid) == found else report.problems).append(text)
        report.problems += [f"fact {lost.pk} of {lost.record} was deleted after it was taken back" for lost in _lost()]
        report.problems += [cell.sentence for cell in _unbalanced()]
        report.problems += [*rollup.problems(), *_unaudited(), *sealing.problems(outside)]
    return report


@contextmanager
def _one_moment() -> Iterator[None]:
    """All reads see the database as it is now, and keep no writer waiting."""
    if connection.in_atomic_block:
        yield
    elif connection.vendor == "postgresql":
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            yield
    else:
        with connection.cursor() as cursor:
            cursor.execute("BEGIN")  # not IMMEDIATE, as atomic() would
            try:
                yield
            finally:
                cursor.execute("ROLLBACK")


def rebuild(*, reason: str, now: datetime, by: Any = None) -> tuple[int, int]:
    """Post the difference between records and standing facts, under audit entries of which the first also names what looks tampered with.

    A reversal whose original was deleted gets it back under its old id. Where taken-back facts no longer cancel out (a reversal was
    altered), a fact and its reversal are posted that together say the opposite. The rollup is dropped where it is wrong.

    returns  (reversed, posted)
    """
    with transaction.atomic():
        _keep_writers_out()
        known = _acknowledged()
        damage = {uid: found for uid, _text, found in _tampered()}
        steps = _Steps(reason, now, by, {"acknowledged": damage} if damage.items() - known.items() else {})
        steps.post(_restored(reason))
        with _replayed() as replay:
            steps.post(_difference(replay, now, reason))
        pairs = _balancing(now, reason)
        steps.post([up for up, _down in pairs])
        for up, down in pairs:
            down.reverses = up  # which has its id now
        steps.post([down for _up, down in pairs])
        steps.finish()
        if rollup.problems():
            rollup.drop()
    return steps.reversed, steps.posted


def _keep_writers_out() -> None:
    rollup.alone()  # first, as the folding job does: it comes to the facts second
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("LOCK TABLE audit_entry, ledger_fact IN SHARE ROW EXCLUSIVE MODE")


@dataclass
class _Steps:
    """The entries of one rebuild: each posts some rows; the damage is named in the first."""

    reason: str
    now: datetime
    by: Any
    damage: dict[str, Any]
    reversed: int = 0
    posted: int = 0

    def post(self, rows: list[PostedFact]) -> None:
        if not rows:
            return
        posting.save(rows, self._entry([posting.line(row) for row in rows]))
        self.reversed += sum(row.reverses_id is not None for row in rows)
        self.posted += sum(row.reverses_id is None for row in rows)

    def finish(self) -> None:
        if self.damage:
            self._entry([])

    def _entry(self, lines: list[str]) -> Entry:
        detail, self.damage = self.damage, {}
        return trail.write("ledger.rebuild", by=self.by, now=self.now, reason=self.reason, detail=detail, facts=lines)


def _difference(replay: "_replayed", now: datetime, reason: str) -> list[PostedFact]:
    rows: list[PostedFact] = []
    versions: dict[str, dict[int, int]] = {}
    for ref, group in groupby(replay.differences(), key=lambda difference: difference[0][-1]):
        standing = posting.standing(ref)
        for said, n in group:
            if n > 0:  # stands, and no record says it (any more)
                extra = [fact for fact in standing if posting.posted_key(fact) == _typed(said[:-1])]
                rows += [posting.reversal(fact, now=now, version=fact.version, reason=reason) for fact in extra[-n:]]
            else:
                name, _, pk = ref.partition(":")
                if name not in versions:
                    versions[name] = dict(registry.KINDS[name].versions())
                rows += [
                    posting.posted(_typed(said[:-1]), ref=ref, version=versions[name][int(pk)], now=now, reason=reason)
                    for _i in range(-n)
                ]
    return rows


def _typed(said: tuple[Any, ...]) -> tuple[Any, ...]:
    """A row as the database returns it, with the types that posting compares."""
    values = dict(zip(SAID, said, strict=False))
    values["on"] = values["on"] if isinstance(values["on"], date) else date.fromisoformat(values["on"])
    values["quantity"] = Decimal(str(values["quantity"])).quantize(CENT)
    return tuple(values.values())


# --- facts that were taken back: they no longer stand, and must cancel out in every sum ---------------------------------------


def _lost() -> list[PostedFact]:
    """The originals that reversals name and that are gone, as their reversals mirror them."""
    here = PostedFact.objects.filter(pk=OuterRef("reverses_id"))
    lost = []
    for mirror in PostedFact.objects.filter(reverses_id__isnull=False).filter(~Exists(here)).order_by("id"):
        fact = posting.reversal(mirror, now=mirror.posted_at, version=mirror.version)
        fact.reverses, fact.pk = None, mirror.reverses_id
        lost.append(fact)
    return lost


def _restored(reason: str) -> list[PostedFact]:
    rows = _lost()
    for row in rows:
        row.reason = reason[:500]
    return rows


@dataclass(frozen=True)
class _Cell:
    """A cell of figures in which taken-back facts do not cancel out: `quantity` and `facts` are what is left over."""

    said: tuple[Any, ...]  # as `posting.key`, quantity and measure left open
    record: str
    quantity: Decimal
    facts: int

    @property
    def sentence(self) -> str:
        organization, kind, on = self.said[:3]
        return f"facts taken back do not cancel out: {self.record} {kind} on {on} of unit {organization} ({self.quantity:+}, {self.facts:+} facts)"


def _unbalanced() -> list[_Cell]:
    columns = [column for column in SAID if column not in ("quantity", "measure", "record")]
    listed = ", ".join(f'f."{column}"' for column in columns)
    with connection.cursor() as cursor:
        cursor.execute(f"""
            SELECT {listed}, MIN(f.measure), MIN(f.record), SUM(f.quantity), SUM({rollup.NET}) FROM ledger_fact f
            WHERE f.reverses_id IS NOT NULL OR EXISTS (SELECT 1 FROM ledger_fact r WHERE r.reverses_id = f.id)
            GROUP BY {listed} HAVING ROUND(SUM(f.quantity), 2) <> 0 OR SUM({rollup.NET}) <> 0 ORDER BY {listed}
        """)
        found = []
        for *row, measure, record, quantity, facts in cursor.fetchall():
            said = {**dict(zip(columns, row, strict=True)), "quantity": 0, "measure": measure}
            found.append(
                _Cell(
                    _typed(tuple(said[column] for column in SAID[:-1])),
                    record,
                    Decimal(str(quantity)).quantize(CENT),
                    int(facts),
                )
            )
    return found


def _balancing(now: datetime, reason: str) -> list[tuple[PostedFact, PostedFact]]:
    """Pairs of a fact and its reversal which add up to the opposite of what is left over; none of them stands.

    Where a reversal was made to reverse a reversal, no pair can help (a fact is missing from the count): then none, and verify goes
    on saying so.
    """
    ups: list[PostedFact] = []
    downs: list[PostedFact] = []
    cells = _unbalanced()
    if sum(cell.facts for cell in cells):
        return []
    for cell in cells:
        left = -cell.quantity
        for rows in [ups] * -cell.facts + [downs] * cell.facts or [ups, downs]:
            row = posting.posted(cell.said, ref=cell.record, version=0, now=now, reason=reason)
            row.quantity, left = left, Decimal(0)
            rows.append(row)
    return list(zip(ups, downs, strict=True))


def _sentence(said: tuple[Any, ...], n: int) -> str:
    fact = f"{said[-1]} {said[1]} on {str(said[2])[:10]} ({said[3]} {said[4]})"
    if n < 0:
        return f"fact missing from the ledger: {fact}" + (f" ×{-n}" if n < -1 else "")
    return f"fact in the ledger that no record says: {fact}" + (f" ×{n}" if n > 1 else "")


class _replayed:
    """A temporary table of what a replay of all records says, compared inside the database."""

    def __init__(self, tell: Tell = _nobody) -> None:
        self.records, self._tell = 0, tell

    def __enter__(self) -> "_replayed":
        self._cursor = connection.cursor()
        columns = ", ".join(f'"{name}"' for name in SAID)
        self._cursor.execute("DROP TABLE IF EXISTS ledger_replay")
        self._cursor.execute(f"CREATE TEMPORARY TABLE ledger_replay AS SELECT {columns} FROM ledger_fact WHERE 1 = 0")
        stream = self._lines()
        while chunk := list(islice(stream, CHUNK)):
            self._keep(columns, chunk)
            self._tell("replay", self.records)
        return self

    def _keep(self, columns: str, chunk: list[tuple[Any, ...]]) -> None:
        if connection.vendor == "postgresql":
            with self._cursor.copy(f"COPY ledger_replay ({columns}) FROM STDIN") as copy:
                for line in chunk:
                    copy.write_row(line)
        else:
            places = ", ".join(["%s"] * len(SAID))
            self._cursor.executemany(f"INSERT INTO ledger_replay ({columns}) VALUES ({places})", chunk)

    def __exit__(self, *_: object) -> None:
        self._cursor.execute("DROP TABLE IF EXISTS ledger_replay")
        self._cursor.close()

    def _lines(self) -> Iterator[tuple[Any, ...]]:
        quantity = connection.ops.adapt_decimalfield_value
        day = connection.ops.adapt_datefield_value
        for kind in registry.KINDS.values():
            for pk, organization, facts in kind.replay(None):
                self.records += 1
                ref = f"{kind.name}:{pk}"
                for f in facts:
                    yield (
                        f.organization or organization, f.kind, day(f.on), quantity(f.quantity, 16, 2), f.measure, f.person, f.body, f.sector,
                        f.carrier, f.category, f.outlet, ref,
                    )  # fmt: skip

    def differences(self) -> Iterable[tuple[tuple[Any, ...], int]]:
        """(columns, how many more stand in the ledger than the records say), only where that is not 0."""
        columns = ", ".join(f'"{name}"' for name in SAID)
        self._cursor.execute(f"""
            SELECT {columns}, SUM(n) FROM (
              SELECT {columns}, 1 AS n FROM ledger_fact f WHERE reverses_id IS NULL
                AND NOT EXISTS (SELECT 1 FROM ledger_fact r WHERE r.reverses_id = f.id)
              UNION ALL SELECT {columns}, -1 FROM ledger_replay
            ) both_sides GROUP BY {columns} HAVING SUM(n) <> 0 ORDER BY record, kind
        """)
        return [(tuple(row[:-1]), int(row[-1])) for row in self._cursor.fetchall()]


def _tampered() -> Iterator[tuple[str, str, str]]:
    """(entry uid, sentence, digest found) of each audit entry whose facts are not those that were posted under it."""
    facts = (
        PostedFact.objects.order_by("entry_id", "id")
        .values_list("entry_id", *posting.Line._fields)
        .iterator(chunk_size=5000)
    )
    found = {
        pk: _summed([posting.Line._make(row[1:]) for row in group]) for pk, group in groupby(facts, key=itemgetter(0))
    }
    entries = Entry.objects.exclude(facts=0).values_list("pk", "uid", "verb", "record", "facts", "facts_digest")
    seen = set()
    for pk, uid, verb, record, n, digest in entries.iterator():
        seen.add(pk)
        here, count = found.get(pk, ("", 0))
        if here != digest:
            yield (
                str(uid),
                f"facts of {record or verb} (audit entry {pk}) were tampered with: {n} posted, {count} found",
                here,
            )
    for pk in found.keys() - seen:
        yield f"entry {pk}", f"{found[pk][1]} facts stand under audit entry {pk}, which posted none", found[pk][0]


def _summed(facts: list[posting.Line]) -> tuple[str, int]:
    return trail.facts_digest(posting.line(fact) for fact in facts), len(facts)


def _acknowledged() -> dict[str, str]:
    known: dict[str, str] = {}
    for detail in Entry.objects.filter(verb="ledger.rebuild").order_by("id").values_list("detail", flat=True):
        known.update(detail.get("acknowledged", {}))
    return known


def _unaudited() -> Iterator[str]:
    """Each record's version that has no audit entry, or more than one."""
    for kind in registry.KINDS.values():
        counts: dict[tuple[str, int], int] = {}
        for record, version in (
            Entry.objects.filter(record__startswith=f"{kind.name}:", version__gt=0)
            .values_list("record", "version")
            .iterator()
        ):
            counts[record, version] = counts.get((record, version), 0) + 1
        for pk, version in kind.versions():
            for n in range(1, version + 1):
                if (found := counts.pop((f"{kind.name}:{pk}", n), 0)) != 1:
                    yield f"{kind.name}:{pk} version {n} has {found or 'no'} audit entr{'ies' if found > 1 else 'y'}"
        for record, version in counts:
            yield f"audit entry of {record} version {version}, which no record has"
