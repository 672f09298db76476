"""Working days, with 调休 and the unit's own days; months that are clamped; the clock."""

import warnings
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xieshang.base import clock
from xieshang.base.accounts.roles import Role
from xieshang.base.audit.models import Entry
from xieshang.base.calendar import actions, workdays
from xieshang.base.calendar.workdays import CalendarGap, WorkCalendar, add_months
from xieshang.base.errors import NotAllowed
from xieshang.conftest import House

DAYS = [  # the day, worked?, and why the case is here
    ("2025-01-01", False),  # 元旦, a Wednesday
    ("2025-01-26", True),  # a Sunday worked for 春节
    ("2025-02-08", True),  # a Saturday worked for 春节
    ("2025-01-28", False),  # 除夕
    ("2025-04-27", True),  # a Sunday worked for 劳动节
    ("2025-05-05", False),  # a Monday off for 劳动节
    ("2025-09-28", True),  # a Sunday worked for 国庆
    ("2025-10-06", False),  # 中秋, a Monday
    ("2025-06-30", True),  # a plain Monday
    ("2025-06-28", False),  # a plain Saturday
]


@pytest.mark.parametrize(("day", "worked"), DAYS)
def test_holidays_are_off_and_make_up_days_are_worked(day: str, worked: bool) -> None:
    assert WorkCalendar().is_workday(date.fromisoformat(day)) is worked


ADDED = [  # from, working days, and where they lead
    ("2025-09-30", 1, "2025-10-09"),  # over 国庆
    ("2025-09-26", 1, "2025-09-28"),  # a Sunday that is worked
    ("2025-06-27", 1, "2025-06-30"),  # over a weekend
    ("2025-06-27", 0, "2025-06-27"),
    ("2025-06-28", 1, "2025-06-30"),  # from a day off
    ("2025-01-27", 4, "2025-02-08"),  # over 春节, to a Saturday that is worked
]


@pytest.mark.parametrize(("start", "count", "end"), ADDED)
def test_working_days_are_counted_from_the_day_after(start: str, count: int, end: str) -> None:
    assert WorkCalendar().add_workdays(date.fromisoformat(start), count) == date.fromisoformat(end)


def test_a_day_that_is_off_moves_to_the_next_that_is_worked() -> None:
    assert [WorkCalendar().on_or_after(date(2025, 10, n)) for n in (1, 8, 9)] == [date(2025, 10, 9)] * 3


MONTHS = [
    ("2025-01-31", 1, "2025-02-28"), ("2024-01-31", 1, "2024-02-29"), ("2025-03-31", 1, "2025-04-30"), ("2025-08-31", 6, "2026-02-28"),
    ("2025-12-15", 1, "2026-01-15"), ("2025-12-31", 2, "2026-02-28"), ("2024-02-29", 12, "2025-02-28"), ("2025-05-31", -3, "2025-02-28"),
    ("2025-01-15", -1, "2024-12-15"), ("2025-06-30", 0, "2025-06-30"), ("2025-11-30", 3, "2026-02-28"),
]  # fmt: skip


@pytest.mark.parametrize(("day", "count", "end"), MONTHS)
def test_months_are_clamped_to_the_end_of_the_month(day: str, count: int, end: str) -> None:
    assert add_months(date.fromisoformat(day), count) == date.fromisoformat(end)


@given(day=st.dates(date(1990, 1, 1), date(2090, 1, 1)), count=st.integers(-200, 200))
def test_months_added_lead_to_that_month_and_to_no_later_day(day: date, count: int) -> None:
    end = add_months(day, count)
    assert (end.year * 12 + end.month) - (day.year * 12 + day.month) == count
    assert end.day == day.day or (end.day < day.day and (end + timedelta(days=1)).day == 1)


def test_a_year_without_a_national_table_warns_and_takes_monday_to_friday() -> None:
    workdays._national.cache_clear()
    with pytest.warns(CalendarGap, match="2062"):
        worked = [WorkCalendar().is_workday(date(2062, 6, n)) for n in range(1, 8)]
    assert worked == [date(2062, 6, n).weekday() < 5 for n in range(1, 8)]
    assert (workdays.known(2062), workdays.known(2025)) == (False, True)


def test_a_year_with_a_table_warns_of_nothing() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert WorkCalendar().is_workday(date(2025, 3, 3))


def test_the_units_own_days_come_first_then_those_of_the_units_above(house: House) -> None:
    by, day = house.user(Role.CLERK), date(2025, 7, 1)
    actions.set_day(house.county, day, workday=False, name="建党节座谈", by=by, now=house.now)
    actions.set_day(house.county, date(2025, 7, 5), workday=True, name="补班", by=by, now=house.now)

    assert [WorkCalendar(unit).is_workday(day) for unit in (house.county, house.community, None)] == [
        False,
        False,
        True,
    ]
    assert WorkCalendar(house.township).add_workdays(date(2025, 7, 4), 1) == date(2025, 7, 5)

    workdays.SpecialDay.objects.create(organization=house.township, on=day, workday=True, name="照常")
    assert [WorkCalendar(unit).is_workday(day) for unit in (house.county, house.township, house.community)] == [
        False,
        True,
        True,
    ]


def test_a_day_said_again_is_the_newer_word_and_both_stand_in_the_audit(house: House) -> None:
    for workday in (False, True):
        actions.set_day(
            house.county, date(2025, 7, 1), workday=workday, name="改", by=house.user(Role.CLERK), now=house.now
        )
    assert WorkCalendar(house.county).is_workday(date(2025, 7, 1))
    assert Entry.objects.filter(verb="calendar.set_day").count() == 2
    with pytest.raises(NotAllowed):
        actions.set_day(
            house.county, date(2025, 7, 2), workday=False, name="", by=house.user(Role.MEMBER), now=house.now
        )


def test_the_clock_stands_where_it_is_set_and_goes_on_after(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XIESHANG_NOW", "2026-01-31T23:30:00")
    assert clock.now().isoformat() == "2026-01-31T23:30:00+08:00"
    with clock.at(date(2026, 5, 1)) as noon:
        assert (clock.now(), noon.hour, clock.today()) == (noon, 12, date(2026, 5, 1))
        with clock.at("2026-06-01T08:00:00"):
            assert clock.today() == date(2026, 6, 1)
        assert clock.today() == date(2026, 5, 1)
    assert clock.today() == date(2026, 1, 31)
    monkeypatch.delenv("XIESHANG_NOW")
    assert abs(clock.now() - datetime.now(UTC)) < timedelta(minutes=1)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-03-01", "2026-03-01T00:00:00+08:00"),
        ("2026-03-01T20:00:00Z", "2026-03-02T04:00:00+08:00"),
        ("2026-03-01T20:00:00+00:00", "2026-03-02T04:00:00+08:00"),
    ],
)
def test_a_moment_is_read_as_shanghai_time_and_its_day_is_shanghais(text: str, moment: str) -> None:
    assert clock.parse(text).isoformat() == moment


@pytest.mark.parametrize("text", ["", "yesterday", "2026-13-01"])
def test_what_is_no_moment_is_said_so(text: str) -> None:
    with pytest.raises(ValueError):
        clock.parse(text)
