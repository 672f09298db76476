"""应有节奏: whether a register is kept as often as it should be. Pure: dates and counts in, a light and its sentence out."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _

from xieshang.base.calendar.workdays import add_months

from .rules import MONTHS


@dataclass(frozen=True)
class Light:
    """state: done · not_due · behind, as everywhere; text: why, in words; due: until when; missing: how many."""

    state: str
    text: str
    due: date
    missing: int = 0


@dataclass(frozen=True)
class Asking:
    """A unit's rules: on which day of a period's last month we begin to ask, and how long after its end we still do."""

    ask_from: Mapping[str, int]
    grace_days: int


def period(rhythm: str, day: date) -> tuple[date, date]:
    """First and last day of the month, quarter, half-year or year that holds `day`."""
    length = MONTHS[rhythm]
    start = date(day.year, (day.month - 1) // length * length + 1, 1)
    return start, add_months(start, length) - timedelta(days=1)


def name(rhythm: str, start: date) -> str:
    """What the office calls the period that begins on `start`: 3月, 二季度, 上半年, 2026 年."""
    if rhythm == "month":
        return _("%(n)s 月") % {"n": start.month}
    if rhythm == "quarter":
        return (_("一季度"), _("二季度"), _("三季度"), _("四季度"))[(start.month - 1) // 3]
    if rhythm == "half_year":
        return _("上半年") if start.month == 1 else _("下半年")
    return _("%(n)s 年") % {"n": start.year}


def light(register: Any, months: Mapping[date, int], today: date, asking: Asking) -> Light | None:
    """How a register stands; None when nothing is expected of it. `months`: first day of month → entries."""
    if register.rhythm not in MONTHS:
        return None
    start, end = period(register.rhythm, today)
    if (today - start).days < asking.grace_days and register.made_at.date() < start:
        before = period(register.rhythm, start - timedelta(days=1))
        if missing := _missing(register, months, *before):
            return _behind(register, before[0], start + timedelta(days=asking.grace_days), missing)
    missing = _missing(register, months, start, end)
    when = name(register.rhythm, start)
    said = {"when": when, "have": register.rhythm_count - missing, "all": register.rhythm_count, "unit": register.unit}
    if not missing:
        return Light("done", _("%(when)s已登记") % said, end)
    if today >= end.replace(day=min(end.day, asking.ask_from[register.rhythm])):
        return _behind(register, start, end, missing)
    return Light("not_due", _("%(when)s %(have)s / %(all)s %(unit)s") % said, end, missing)


def _missing(register: Any, months: Mapping[date, int], start: date, end: date) -> int:
    have = sum(number for month, number in months.items() if start <= month <= end)
    return max(0, int(register.rhythm_count) - have)


def _behind(register: Any, start: date, due: date, missing: int) -> Light:
    text = _("%(when)s还差 %(n)s %(unit)s") % {
        "when": name(register.rhythm, start),
        "n": missing,
        "unit": register.unit,
    }
    return Light("behind", text, due, missing)
