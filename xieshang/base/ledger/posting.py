"""Posting: the only place that writes facts. A record's facts are restated whole; the difference is reversed and posted."""

from collections import Counter
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from xieshang.base import registry
from xieshang.base.accounts import permissions
from xieshang.base.audit import circumstances
from xieshang.base.audit.models import Entry
from xieshang.base.audit.trail import stamp
from xieshang.base.errors import Refused

from .facts import Fact
from .models import PeriodLock, PostedFact, unreversed

LATE = "ledger.post_late"
COLUMNS = ("kind", "on", "quantity", "measure", "person_id", "body_id", "sector_id", "carrier", "category", "outlet")


class Line(NamedTuple):
    """What `line` says of a fact, for who reads or writes millions and makes no model of each."""

    organization_id: int
    kind: str
    on: date
    posted_at: datetime
    quantity: Decimal
    measure: str
    person_id: int | None
    body_id: int | None
    sector_id: int | None
    carrier: str
    category: str
    outlet: str
    record: str
    version: int
    reverses_id: int | None
    reason: str


def line(fact: Any) -> str:
    """All that a posted fact says, as one line: what the audit entry's digest covers."""
    return "|".join(
        map(
            str,
            (
                fact.organization_id, fact.kind, fact.on, stamp(fact.posted_at), f"{fact.quantity:.2f}", fact.measure, fact.person_id, fact.body_id,
                fact.sector_id, fact.carrier, fact.category, fact.outlet, fact.record, fact.version, fact.reverses_id, fact.reason,
            ),
        )
    )  # fmt: skip


def key(organization: int, fact: Fact) -> tuple[Any, ...]:
    """What makes two facts of one record the same fact."""
    return (
        fact.organization or organization, fact.kind, fact.on, fact.quantity.quantize(Decimal("0.01")), fact.measure, fact.person, fact.body,
        fact.sector, fact.carrier, fact.category, fact.outlet,
    )  # fmt: skip


def posted_key(fact: PostedFact) -> tuple[Any, ...]:
    return (fact.organization_id, *(getattr(fact, column) for column in COLUMNS))


def standing(ref: str) -> list[PostedFact]:
    """The facts of a record that are posted and not reversed."""
    return list(unreversed().filter(record=ref).order_by("id"))


def restate(record: Any, *, now: datetime, by: Any, reason: str = "") -> list[PostedFact]:
    """The rows to post so that the ledger says what `record` says now; not saved yet (`save` ties them to their audit entry).

    raises  Refused: a fact lies after today, or in a locked period and the person may not post late or gave no reason
    """
    wanted = Counter(key(record.organization_id, fact) for fact in registry.KINDS[record.RECORD].facts(record))
    rows = []
    for fact in standing(record.ref) if record.version > 1 else ():
        if wanted[posted_key(fact)]:
            wanted[posted_key(fact)] -= 1
        else:
            rows.append(reversal(fact, now=now, version=record.version, reason=reason))
    rows += [
        posted(k, ref=record.ref, version=record.version, now=now, reason=reason)
        for k, n in wanted.items()
        for _i in range(n)
    ]
    _check_days(record, rows, now=now, by=by, reason=reason)
    return rows


def posted(said: tuple[Any, ...], *, ref: str, version: int, now: datetime, reason: str = "") -> PostedFact:
    """A row to be posted, from a key."""
    made = PostedFact(organization_id=said[0], posted_at=now, record=ref, version=version, reason=reason[:500])
    for column, value in zip(COLUMNS, said[1:], strict=True):
        setattr(made, column, value)
    return made


def reversal(fact: PostedFact, *, now: datetime, version: int, reason: str = "") -> PostedFact:
    """The row that takes a fact back: its day, its negated quantity, its own moment and reason."""
    made = posted(posted_key(fact), ref=fact.record, version=version, now=now, reason=reason)
    made.quantity = -fact.quantity
    made.reverses = fact
    return made


def save(rows: list[PostedFact], entry: Entry) -> None:
    """Write the rows under their audit entry, in the caller's transaction."""
    for row in rows:
        row.entry = entry
    PostedFact.objects.bulk_create(rows, batch_size=500)


def locks(first: Mapping[int, date], *, now: datetime) -> list[PeriodLock]:
    """The locks, their grace over and nobody's consent at hand, in which the first day of some unit lies: unit → day."""
    found = PeriodLock.objects.filter(organization__in=first, grace_until__lt=now.date()).select_related("organization")
    shut = [one for one in found if first[one.organization_id] <= one.through]
    return [one for one in shut if not circumstances.consented(LATE, one.organization_id)]


def _check_days(record: Any, rows: list[PostedFact], *, now: datetime, by: Any, reason: str) -> None:
    days = {row.on for row in rows}
    if not days:
        return
    if max(days) > now.date():
        raise Refused(
            "in_the_future",
            why=_("日期 %(day)s 还没有到") % {"day": max(days)},
            do=_("已经发生的才计数，请检查日期；还没办的可先存草稿"),
            field="date",
        )
    first = {
        row.organization_id: row.on for row in sorted(rows, key=lambda row: row.on, reverse=True)
    }  # jointly held: each unit's own lock
    if by is None:
        return
    shut = locks(first, now=now)
    if not shut:
        return
    lock = next((one for one in shut if not permissions.may(by, LATE, one.organization)), None)
    if lock is not None:
        where = lock.organization.short_name if lock.organization_id != record.organization_id else ""
        raise Refused(
            "locked_period",
            why=_("%(unit)s%(day)s 以前的数据已经锁定") % {"unit": where, "day": lock.through},
            do=_("请办公室主任同意并写明理由后补登"),
            field="date",
        )
    if not reason.strip():
        raise Refused(
            "no_reason",
            why=_("这是向已锁定的时期补登，还没有写理由"),
            do=_("请写一句理由再提交，您填写的内容没有丢失"),
            field="reason",
        )
