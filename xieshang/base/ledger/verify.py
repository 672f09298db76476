"""verify and rebuild: does the ledger say what the records say, and is the trail whole?

Replay reads only the records and what they stored. It is compared with the standing facts as a multiset, fact for fact; each audit
entry's digest is compared with the facts posted under it; each record's version must have its audit entry; the seals must be whole.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby, islice
from typing import Any

from django.db import connection, transaction

from xieshang.base import registry
from xieshang.base.audit import sealing, trail
from xieshang.base.audit.models import Entry

from . import posting
from .models import PostedFact

SAID = ("organization_id", *posting.COLUMNS, "record")
CHUNK = 2000


@dataclass
class Report:
    """What verify found. `problems` are open; `acknowledged` were reported by an earlier rebuild, which gave its reason."""

    records: int = 0
    facts: int = 0
    entries: int = 0
    problems: list[str] = field(default_factory=list)
    acknowledged: list[str] = field(default_factory=list)


def verify() -> Report:
    """Replay everything and compare. Reads only, apart from a temporary table."""
    report = Report(facts=PostedFact.objects.count(), entries=Entry.objects.count())
    with _replayed() as replay:
        report.records = replay.records
        for said, n in replay.differences():
            report.problems.append(_sentence(said, n))
    known = _acknowledged()
    for uid, text, found in _tampered():
        (report.acknowledged if known.get(uid) == found else report.problems).append(text)
    report.problems += [text for text in _unaudited()] + sealing.problems()
    return report


def rebuild(*, reason: str, now: datetime, by: Any = None) -> tuple[int, int]:
    """Post the difference between records and standing facts, under one audit entry that also names what looks tampered with.

    returns  (reversed, posted)
    """
    with transaction.atomic(), _replayed() as replay:
        rows: list[PostedFact] = []
        for said, n in replay.differences():
            rows += _undo(said, n, now, reason) if n > 0 else _redo(said, -n, now, reason)
        damage = {uid: found for uid, _text, found in _tampered()}
        if not rows and not (damage.keys() - _acknowledged().keys()):
            return 0, 0
        detail = {"acknowledged": damage} if damage else {}
        entry = trail.write("ledger.rebuild", by=by, now=now, reason=reason, detail=detail, facts=[posting.line(row) for row in rows])
        posting.save(rows, entry)
    return sum(row.reverses_id is not None for row in rows), sum(row.reverses_id is None for row in rows)


def _undo(said: tuple[Any, ...], n: int, now: datetime, reason: str) -> list[PostedFact]:
    """Reversals of `n` standing facts that no record says (any more)."""
    extra = [fact for fact in posting.standing(said[-1]) if posting.posted_key(fact) == _typed(said[:-1])]
    return [posting.reversal(fact, now=now, version=fact.version, reason=reason) for fact in extra[-n:]]


def _redo(said: tuple[Any, ...], n: int, now: datetime, reason: str) -> list[PostedFact]:
    """Facts that a record says and the ledger does not."""
    name, _, pk = said[-1].partition(":")
    version = dict(registry.KINDS[name].versions())[int(pk)]
    return [posting.posted(_typed(said[:-1]), ref=said[-1], version=version, now=now, reason=reason) for _i in range(n)]


def _typed(said: tuple[Any, ...]) -> tuple[Any, ...]:
    """A row as the database returns it, with the types that posting compares."""
    columns = [PostedFact._meta.get_field("organization"), *(PostedFact._meta.get_field(c.removesuffix("_id")) for c in posting.COLUMNS)]
    values = [column.target_field.to_python(v) if column.is_relation else column.to_python(v) for column, v in zip(columns, said, strict=True)]
    values[3] = values[3].quantize(posting.Decimal("0.01"))
    return tuple(values)


def _sentence(said: tuple[Any, ...], n: int) -> str:
    fact = f"{said[-1]} {said[1]} on {str(said[2])[:10]} ({said[3]} {said[4]})"
    if n < 0:
        return f"fact missing from the ledger: {fact}" + (f" ×{-n}" if n < -1 else "")
    return f"fact in the ledger that no record says: {fact}" + (f" ×{n}" if n > 1 else "")


class _replayed:
    """A temporary table of what a replay of all records says, compared inside the database."""

    records = 0

    def __enter__(self) -> "_replayed":
        self._cursor = connection.cursor()
        columns = ", ".join(f'"{name}"' for name in SAID)
        self._cursor.execute("DROP TABLE IF EXISTS ledger_replay")
        self._cursor.execute(f"CREATE TEMPORARY TABLE ledger_replay AS SELECT {columns} FROM ledger_fact WHERE 1 = 0")
        insert = f"INSERT INTO ledger_replay ({columns}) VALUES ({', '.join(['%s'] * len(SAID))})"
        stream = self._lines()
        while chunk := list(islice(stream, CHUNK)):
            self._cursor.executemany(insert, chunk)
        return self

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
    facts = PostedFact.objects.order_by("entry_id", "id").iterator(chunk_size=5000)
    found = {pk: _summed(list(group)) for pk, group in groupby(facts, key=lambda fact: fact.entry_id)}
    entries = Entry.objects.exclude(facts=0).values_list("pk", "uid", "verb", "record", "facts", "facts_digest")
    seen = set()
    for pk, uid, verb, record, n, digest in entries.iterator():
        seen.add(pk)
        here, count = found.get(pk, ("", 0))
        if here != digest:
            yield str(uid), f"facts of {record or verb} (audit entry {pk}) were tampered with: {n} posted, {count} found", here
    for pk in found.keys() - seen:
        yield f"entry {pk}", f"{found[pk][1]} facts stand under audit entry {pk}, which posted none", found[pk][0]


def _summed(facts: list[PostedFact]) -> tuple[str, int]:
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
        for record, version in Entry.objects.filter(record__startswith=f"{kind.name}:", version__gt=0).values_list("record", "version").iterator():
            counts[record, version] = counts.get((record, version), 0) + 1
        for pk, version in kind.versions():
            for n in range(1, version + 1):
                if (found := counts.pop((f"{kind.name}:{pk}", n), 0)) != 1:
                    yield f"{kind.name}:{pk} version {n} has {found or 'no'} audit entr{'ies' if found > 1 else 'y'}"
        for record, version in counts:
            yield f"audit entry of {record} version {version}, which no record has"
