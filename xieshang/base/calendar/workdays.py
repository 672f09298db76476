"""Working days and deadlines. Sources: 民法典 第二百零一条至第二百零三条; national holidays from `chinese_calendar`, then the unit's own table."""

import calendar as months
import warnings
from datetime import date, timedelta
from functools import lru_cache

import chinese_calendar

from xieshang.base.orgs.models import Organization
from xieshang.base.orgs.queries import ancestors

from .models import SpecialDay


class CalendarGap(UserWarning):
    """A year has no national table yet: Monday to Friday is taken."""


@lru_cache(maxsize=4000)
def _national(day: date) -> bool:
    try:
        return bool(chinese_calendar.is_workday(day))
    except NotImplementedError:
        warnings.warn(CalendarGap(f"no holidays known for {day.year}"), stacklevel=2)
        return day.weekday() < 5


def known(year: int) -> bool:
    """Is there a national table for this year?"""
    try:
        chinese_calendar.is_workday(date(year, 1, 1))
    except NotImplementedError:
        return False
    return True


class WorkCalendar:
    """The working days of a unit: its own special days first, then its parents', then the national table."""

    def __init__(self, organization: Organization | None = None) -> None:
        self._special: dict[date, bool] = {}
        if organization is None:
            return
        line = ancestors(organization)
        found = SpecialDay.objects.filter(organization__in=line).values_list("organization_id", "on", "workday")
        for _owner, on, workday in sorted(found, key=lambda row: -line.index(row[0])):
            self._special[on] = workday

    def is_workday(self, day: date) -> bool:
        return self._special[day] if day in self._special else _national(day)

    def works_within(self, start: date, end: date) -> bool:
        """Is there a working day between the two, both included?"""
        return any(self.is_workday(start + timedelta(days=n)) for n in range((end - start).days + 1))

    def on_or_after(self, day: date) -> date:
        """`day` itself when it is worked, else the next day that is."""
        while not self.is_workday(day):
            day += timedelta(days=1)
        return day

    def add_workdays(self, day: date, count: int) -> date:
        """The `count`-th working day after `day`, which itself does not count."""
        while count > 0:
            day += timedelta(days=1)
            count -= self.is_workday(day)
        return day


def add_months(day: date, count: int) -> date:
    """The same day `count` months on, clamped to the month's end (31 Jan + 1 = end of February)."""
    year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    return date(year, month + 1, min(day.day, months.monthrange(year, month + 1)[1]))
