"""A bulk loader for the bench only: activities, attendances, facts and audit entries as the actions would have written them, many at once.

Facts, their lines and digests come from the room's own functions, so the result passes `ledger verify`. Ids are given here, in the order of
time, as years of daily work would have given them.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import count
from random import Random
from typing import Any, NamedTuple

from django.core.management.color import no_style
from django.db import connection, transaction
from django.db.models import Max

from xieshang.base import clock
from xieshang.base.audit import sealing, trail
from xieshang.base.audit.models import Entry
from xieshang.base.ledger import posting, rollup
from xieshang.base.ledger.facts import Fact
from xieshang.base.ledger.models import PostedFact
from xieshang.base.people import facts as seat_facts
from xieshang.base.people.models import Seat
from xieshang.base.workflow.engine import snapshot
from xieshang.base.workflow.models import Record
from xieshang.work.activities import facts as activity_facts
from xieshang.work.activities import rules
from xieshang.work.activities.facts import Came
from xieshang.work.activities.models import Activity, Attendance

from . import county
from .county import Unit

CHUNK = 400  # activities written together
CORRECTED = 50  # one activity of so many was corrected once
DAYS = (county.NOW.date() - county.BEGAN).days - 1
KINDS = tuple(code for code, _title in rules.KINDS)
CARRIERS = tuple(code for code, _title, _group in rules.CARRIERS)
PLACES = ("县委党校", "青石镇", "桂花社区", "政协会议室", "云岭工业园", "红星小学", "县医院", "柳溪村")
HOW = ("attended",) * 8 + ("excused", "absent")


@dataclass(frozen=True)
class Size:
    """How much is loaded. `crowd`: how many people an activity invites, one of these by chance."""

    facts: int
    members: int
    elsewhere: int
    crowd: tuple[int, ...]
    share: float = 0.55  # of the activities are the measured county's; its crowds are larger, so more of the facts are


SIZES = {
    "1k": Size(1_000, members=120, elsewhere=2, crowd=(0, 0, 2, 4), share=0.8),
    "1m": Size(1_000_000, members=180, elsewhere=60, crowd=(8, 12, 16, 20, 30, 40, 60, 60)),
}


# A posted fact in the order of the table's columns; `posting.line` reads it as it reads the model.
Row = NamedTuple("Row", [("id", int), *posting.Line.__annotations__.items(), ("entry_id", int)])


@dataclass
class _Batch:
    """What is written together."""

    records: list[Record] = field(default_factory=list)
    attendances: list[tuple[Any, ...]] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    facts: list[Row] = field(default_factory=list)


def build(name: str) -> int:
    """Fill an empty, migrated database; how many facts stand in it."""
    size = SIZES[name]
    units = county.make(size.members, size.elsewhere)
    with transaction.atomic():
        county.furnish(units[0].organization)
    with connection.constraint_checks_disabled(), transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET LOCAL session_replication_role = replica")
        loader = _Loader(size)
        loader.seat(units)
        loader.activities(units)
    _reset_sequences()
    sealing.seal_all(county.NOW)
    rollup.fold_all()
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
    return PostedFact.objects.count()


class _Loader:
    """Ids that go on from what the actions wrote, and the rows that wait."""

    def __init__(self, size: Size) -> None:
        self.size = size
        self.dice = Random(20260618)
        self.batch = _Batch()
        self.loaded = PostedFact.objects.count()
        self.ids = {
            model: count((model.objects.aggregate(n=Max("pk"))["n"] or 0) + 1)
            for model in (Activity, Attendance, Entry, PostedFact, Seat)
        }

    def seat(self, units: Sequence[Unit]) -> None:
        """Every person of every county is a member in office since the term began."""
        now = datetime(2022, 1, 10, 9, tzinfo=clock.SHANGHAI)
        for unit in units:
            for person, sector in unit.seats.items():
                seat = Seat(
                    id=next(self.ids[Seat]), organization=unit.organization, person_id=person, term_id=unit.term, sector_id=sector,
                    started_on=now.date(), state="seated", version=1, created_at=now, saved_at=now,
                )  # fmt: skip
                self._post(seat, "people.seat", now, seat_facts.facts(seat))
        self._flush(Seat)

    def activities(self, units: Sequence[Unit]) -> None:
        """Activities day by day until the ledger holds as many facts as wanted."""
        each = 5 + 2 * sum(self.size.crowd) / len(self.size.crowd)
        steps = int((self.size.facts - self.loaded) / each * 1.3) + 1
        made = 0
        while self.loaded < self.size.facts:
            day = county.BEGAN + timedelta(days=min(made * DAYS // steps, DAYS))
            unit = units[0] if self.dice.random() < self.size.share else self.dice.choice(units[1:])
            self._activity(unit, day, made)
            made += 1
            if made % CHUNK == 0:
                self._flush(Activity)
        self._flush(Activity)

    def _activity(self, unit: Unit, day: date, n: int) -> None:
        dice = self.dice
        kind, place = dice.choice(KINDS), dice.choice(PLACES)
        now = datetime.combine(day, time(17, n % 60), clock.SHANGHAI)
        activity = Activity(
            id=next(self.ids[Activity]), organization=unit.organization, title=f"{dict(rules.KINDS)[kind]}（{place}）{n}", kind=kind, on=day, place=place,
            carriers=dice.sample(CARRIERS, dice.choice((0, 0, 1, 1, 2))), collective=dice.random() < 0.5, half_days=dice.choice((1, 1, 2)),
            organizer_id=dice.choice(unit.organizers), guests=dice.choice((0, 0, 0, 30)), state="held", version=1, created_at=now, saved_at=now,
        )  # fmt: skip
        if kind == "charity":
            activity.money = Decimal(dice.randrange(1, 50) * 100)
        invited = dice.sample(list(unit.seats), min(dice.choice(self.size.crowd), len(unit.seats)))
        came = [Came(person, dice.choice(HOW), unit.seats[person]) for person in sorted(invited)]
        self.batch.attendances += [
            (next(self.ids[Attendance]), activity.pk, one.person, one.presence, one.sector, None, "") for one in came
        ]
        presence = {str(one.person): one.presence for one in came}
        rows = self._post(
            activity,
            "activities.record",
            now,
            activity_facts.said(activity, activity_facts.Beside(tuple(came))),
            presence=presence,
        )
        if n % CORRECTED == 0:
            self._correct(activity, rows, came)

    def _correct(self, activity: Activity, rows: list[Row], came: list[Came]) -> None:
        """One more half-day, two days later: its fact is reversed and posted anew."""
        now = activity.saved_at + timedelta(days=2)
        activity.half_days += 1
        activity.version, activity.saved_at = 2, now
        fact = next(
            f
            for f in activity_facts.said(activity, activity_facts.Beside(tuple(came)))
            if f.kind == "activities.half_days"
        )
        old = next(row for row in rows if row.kind == "activities.half_days")
        self._post(activity, "activities.correct", now, [fact], reason="半天数填错了", undone=old)

    def _post(
        self,
        record: Record,
        verb: str,
        now: datetime,
        facts: Iterable[Fact],
        *,
        reason: str = "",
        undone: Row | None = None,
        **detail: Any,
    ) -> list[Row]:
        """The rows of a record's facts under one audit entry; both wait to be written."""
        entry, ids = next(self.ids[Entry]), self.ids[PostedFact]
        rows = []
        if undone:
            undone = undone._replace(
                id=next(ids),
                quantity=-undone.quantity,
                posted_at=now,
                version=record.version,
                reverses_id=undone.id,
                reason=reason,
                entry_id=entry,
            )
            rows.append(undone)
        unit, ref, version = record.organization_id, record.ref, record.version
        for fact in facts:
            said = posting.key(unit, fact)
            rows.append(Row(next(ids), said[0], said[1], said[2], now, *said[3:], ref, version, None, reason, entry))
        changed = {name: [None, value] for name, value in snapshot(record).items()}
        made = trail.entry(
            verb, by=None, now=now, organization=record.organization, record=ref, version=version, reason=reason, detail={"changed": changed, **detail},
            facts=map(posting.line, rows),
        )  # fmt: skip
        made.pk = entry
        if version == 1:
            self.batch.records.append(record)
        self.batch.entries.append(made)
        self.batch.facts += rows
        self.loaded += len(rows)
        return rows

    def _flush(self, model: type[Record]) -> None:
        model._default_manager.bulk_create(self.batch.records, batch_size=500)
        Entry.objects.bulk_create(self.batch.entries, batch_size=500)
        _insert(Attendance, self.batch.attendances)
        _insert(PostedFact, self.batch.facts if connection.vendor == "postgresql" else _plain(self.batch.facts))
        self.batch = _Batch()


def _plain(rows: Iterable[Row]) -> Iterator[tuple[Any, ...]]:
    """Rows as SQLite keeps them."""
    ops = connection.ops
    moments: dict[datetime, Any] = {}
    for row in rows:
        if row.posted_at not in moments:
            moments[row.posted_at] = ops.adapt_datetimefield_value(row.posted_at)
        yield (
            *row[:3],
            row.on.isoformat(),
            moments[row.posted_at],
            ops.adapt_decimalfield_value(row.quantity, 16, 2),
            *row[6:],
        )


def _insert(model: type[Any], rows: Iterable[tuple[Any, ...]]) -> None:
    """Rows in the order of the model's columns, by COPY where there is one."""
    table = model._meta.db_table
    columns = ", ".join(f'"{column.column}"' for column in model._meta.concrete_fields)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
        else:
            places = ", ".join(["%s"] * len(model._meta.concrete_fields))
            cursor.executemany(f"INSERT INTO {table} ({columns}) VALUES ({places})", rows)


def _reset_sequences() -> None:
    with connection.cursor() as cursor:
        for sql in connection.ops.sequence_reset_sql(no_style(), [Activity, Attendance, Entry, PostedFact, Seat]):
            cursor.execute(sql)
