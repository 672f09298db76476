"""会议年度: from plenary to plenary."""

from datetime import date

import pytest

from xieshang.base import clock
from xieshang.base.errors import NotAllowed, Refused
from xieshang.base.orgs import actions
from xieshang.base.orgs.models import Organization
from xieshang.base.orgs.queries import committee, next_plenary
from xieshang.base.orgs.years import Year, calendar, session_years
from xieshang.conftest import House

pytestmark = pytest.mark.django_db


def plenary(house: House, number: int, opens: date) -> None:
    actions.add_session(house.term, number, opens, opens.replace(day=opens.day + 3), by=None, now=house.now)


def spans(unit: Organization) -> list[tuple[int, str]]:
    return [(year.number, year.range) for year in session_years(unit)]


def test_a_session_year_lasts_to_the_eve_of_the_next_plenary_and_the_newest_twelve_months(house: House) -> None:
    plenary(house, 4, date(2025, 1, 8))
    plenary(house, 5, date(2026, 2, 10))

    assert session_years(house.county) == [
        Year(2025, date(2025, 1, 8), date(2026, 2, 9), "session"),
        Year(2026, date(2026, 2, 10), date(2027, 2, 9), "session"),
    ]
    assert spans(house.county) == [(2025, "1.8–2026.2.9"), (2026, "2.10–2027.2.9")]


def test_a_plenary_in_december_opens_the_next_year(house: House) -> None:
    plenary(house, 4, date(2024, 12, 20))
    assert [number for number, _range in spans(house.county)] == [2025]


def test_a_township_lives_by_the_plenaries_of_its_county(house: House) -> None:
    plenary(house, 5, date(2026, 2, 10))
    assert committee(house.township) == house.county
    assert session_years(house.township) == session_years(house.county) != []


def test_the_plenaries_of_a_committee_further_up_are_not_the_countys(house: House) -> None:
    city = Organization.objects.create(name="市", short_name="市", code="shi", level="city")
    Organization.objects.filter(pk=city.pk).update(path=f"/{city.pk}/")
    Organization.objects.filter(pk=house.county.pk).update(parent=city, path=f"/{city.pk}/{house.county.pk}/")
    term = actions.add_term(city, 9, date(2022, 1, 1), date(2026, 12, 31), by=None, now=house.now)
    actions.add_session(term, 5, date(2026, 1, 20), date(2026, 1, 24), by=None, now=house.now)

    county = Organization.objects.get(pk=house.county.pk)
    assert session_years(county) == []
    assert next_plenary(county, date(2026, 1, 1)) is None


def test_where_no_plenary_is_entered_there_is_no_session_year(house: House) -> None:
    assert session_years(house.county) == []


def test_a_calendar_year_says_its_days() -> None:
    assert calendar(2026).range == "1.1–12.31"


def test_a_plenary_that_was_put_off_is_moved_and_the_year_with_it(house: House) -> None:
    plenary(house, 5, date(2026, 2, 10))
    session = house.term.sessions.get()
    actions.move_session(
        session, date(2026, 3, 1), date(2026, 3, 4), by=house.user("clerk"), now=clock.parse("2026-02-01")
    )
    assert spans(house.county) == [(2026, "3.1–2027.2.28")]


def test_a_plenary_outside_its_term_or_that_ends_before_it_begins_is_refused(house: House) -> None:
    for opens, closes, code in (
        (date(2027, 1, 5), date(2027, 1, 8), "outside"),
        (date(2026, 2, 10), date(2026, 2, 9), "bad_order"),
    ):
        with pytest.raises(Refused) as refused:
            actions.add_session(house.term, 6, opens, closes, by=None, now=house.now)
        assert refused.value.code == code


def test_who_may_not_edit_units_moves_no_plenary(house: House) -> None:
    plenary(house, 5, date(2026, 2, 10))
    with pytest.raises(NotAllowed):
        actions.move_session(
            house.term.sessions.get(), date(2026, 3, 1), date(2026, 3, 4), by=house.user("member"), now=house.now
        )
