"""年度: a calendar year, or a session year (会议年度), from the opening of one plenary to the eve of the next."""

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from xieshang.base.calendar.workdays import add_months

from .models import Organization, Session
from .queries import committee

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
