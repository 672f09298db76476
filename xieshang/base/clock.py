"""The one clock. Everything that needs now or today asks here, so that a test or `XIESHANG_NOW` can set it."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")
_set: ContextVar[datetime | None] = ContextVar("clock", default=None)


def now() -> datetime:
    """This moment in Asia/Shanghai: what a test has set, else `XIESHANG_NOW` (ISO), else the machine's clock."""
    if moment := _set.get():
        return moment
    if given := os.environ.get("XIESHANG_NOW"):
        return parse(given)
    return datetime.now(SHANGHAI)


def today() -> date:
    """The day it is in Asia/Shanghai."""
    return now().date()


def parse(text: str) -> datetime:
    """An ISO moment or day as an aware datetime; without an offset it is Shanghai time. Raises ValueError."""
    moment = datetime.fromisoformat(text)
    return moment.replace(tzinfo=SHANGHAI) if moment.tzinfo is None else moment.astimezone(SHANGHAI)


def end_of(day: date) -> datetime:
    """The last second of a day in Shanghai."""
    return datetime(day.year, day.month, day.day, 23, 59, 59, tzinfo=SHANGHAI)


@contextmanager
def at(moment: datetime | date | str) -> Iterator[datetime]:
    """Within this block it is `moment` (a day means noon of that day)."""
    if isinstance(moment, str):
        moment = parse(moment)
    if not isinstance(moment, datetime):
        moment = datetime(moment.year, moment.month, moment.day, 12, tzinfo=SHANGHAI)
    token = _set.set(moment)
    try:
        yield moment
    finally:
        _set.reset(token)
