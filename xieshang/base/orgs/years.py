"""年度: a calendar year, or a session year (会议年度), from the opening of one plenary to the eve of the next."""

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from xieshang.base.calendar.workdays import add_months

from .models import Organization, Session
from .queries import committee, term_on

HALF = timedelta(days=183)


@dataclass(frozen=True)
class Year:
    """A year of a unit's work, both days included. `kind`: `calendar` or `session`."""

    number: int
    starts_on: date
    ends_on: date
    kind: str = "calendar"

    @property
    def range(self) -> str:
        """“1.1–12.31”; “2.10–2027.2.8” where it ends in another year."""
        last = f"{self.ends_on.month}.{self.ends_on.day}"
        if self.ends_on.year != self.starts_on.year:
            last = f"{self.ends_on.year}.{last}"
        return f"{self.starts_on.month}.{self.starts_on.day}–{last}"


def calendar(number: int) -> Year:
    return Year(number, date(number, 1, 1), date(number, 12, 31))


def session_years(organization: Organization) -> list[Year]:
    """The session years of the unit's committee, oldest first. The newest lasts twelve months until the next plenary is entered.

    A year bears the number of the calendar year that most of it lies in: a plenary in December opens the next one's.
    """
    of = committee(organization)
    days = list(Session.objects.filter(term__organization=of).order_by("opens_on").values_list("opens_on", flat=True))
    made = [*pairwise(days), *((day, add_months(day, 12)) for day in days[-1:])]
    return [Year((first + HALF).year, first, following - timedelta(days=1), "session") for first, following in made]


Span = tuple[date, date]


@dataclass(frozen=True)
class Spans:
    """The days asked for, the same of the year before, and the term up to then; None where there is none."""

    now: Span
    last: Span | None
    term: Span | None

    @property
    def all(self) -> tuple[Span | None, ...]:
        return (self.now, self.last, self.term)


def spans(unit: Organization, year: Year, until: date) -> Spans:
    """Of a calendar or session year. A running year is compared with as many days of the year before."""
    if year.kind == "session":
        before = next((one for one in session_years(unit) if one.number == year.number - 1), None)
    else:
        before = calendar(year.number - 1)
    last = None
    if before:
        whole = until >= year.ends_on
        end = before.ends_on if whole else before.starts_on + (until - year.starts_on)
        if not whole and year.kind != "session":  # the same day, whatever February had
            end = min(_same_day(until, before.number), before.ends_on)
        last = (before.starts_on, min(end, before.ends_on))
    term = term_on(unit, until)
    return Spans((year.starts_on, until), last, (term.starts_on, until) if term else None)


def _same_day(day: date, year: int) -> date:
    leap_day = (day.month, day.day) == (2, 29)
    return date(year, day.month, 28 if leap_day else day.day)
