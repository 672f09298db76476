"""进展: a sentence for every task each month or quarter, by its owner; why and what next when it is late."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from xieshang.base.accounts.models import User
from xieshang.base.calendar.workdays import add_months
from xieshang.base.once import once
from xieshang.base.orgs.models import Organization
from xieshang.base.settings import parameters

from . import measuring, pace, queries
from .measuring import Measured
from .rules import PROGRESS_DAYS, PROGRESS_EVERY, REASON_DAYS


@dataclass(frozen=True)
class Period:
    """The month or quarter that is over and is to be told about, and by when."""

    label: str
    start: date
    end: date
    due: date

    def told(self, row: Measured) -> bool:
        """A line as of its second half, or of a later day."""
        half = self.start + (self.end - self.start) / 2
        return any(line.on >= half for line in row.lines)

    def asks(self, row: Measured) -> bool:
        """It lies in the target's time, and the target is neither done nor told about."""
        mine = row.target.begins <= self.end and row.target.finishes >= self.start
        return mine and row.state not in ("done", "withdrawn") and not self.told(row)


def rules_of(unit: Organization, on: date) -> dict[str, Any]:
    """How often, by when, and after how many days a reason is asked for again; read once for a page."""
    keys = (PROGRESS_EVERY, PROGRESS_DAYS, REASON_DAYS)
    return once(("progress", unit.pk, on), lambda: parameters.values(unit, keys, on))


def period(unit: Organization, on: date) -> Period | None:
    """The last period that is over, or ends today; None where the unit asks for no lines."""
    rules = rules_of(unit, on)
    every = rules[PROGRESS_EVERY]
    if every == "never":
        return None
    size = pace.MONTHS[every]
    following = on + timedelta(days=1)
    end = following.replace(month=(following.month - 1) // size * size + 1, day=1) - timedelta(days=1)
    start = add_months(end.replace(day=1), 1 - size)
    label = pace.period_words(every, start, end)
    return Period(label, start, end, end + timedelta(days=rules[PROGRESS_DAYS]))


@dataclass
class Waiting:
    """What a person is to write: what is late and has no reason, and the lines of the period (None where no task is theirs)."""

    period: Period | None
    late: list[Measured]
    due: list[Measured]

    @property
    def rows(self) -> list[Measured]:
        """In the order of the document, each once."""
        late = {row.target.pk for row in self.late}
        return [*self.late, *(row for row in self.due if row.target.pk not in late)]


def waiting(user: User, unit: Organization, on: date, *, others: bool = False) -> Waiting:
    """Mine; with `others` those whose owner has no account, which the office writes for them."""
    rows = queries.unowned(unit, on) if others else queries.mine(user, unit, on)
    if not rows:
        return Waiting(None, [], [])
    now, days = period(unit, on), timedelta(days=rules_of(unit, on)[REASON_DAYS])
    late = [row for row in rows if row.state in measuring.LATE and not _explained(row, on - days)]
    return Waiting(now, late, [row for row in rows if now and now.asks(row)])


def _explained(row: Measured, since: date) -> bool:
    return any(line.reason and line.on >= since for line in row.lines)
