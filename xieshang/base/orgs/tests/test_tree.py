"""The tree of units, its bodies, terms and sessions."""

from datetime import date
from typing import Any

import pytest

from xieshang.base.accounts.roles import Role
from xieshang.base.audit.models import Entry
from xieshang.base.errors import NotAllowed, Refused
from xieshang.base.orgs import actions, queries
from xieshang.base.orgs.models import BodyKind, Level, Organization
from xieshang.conftest import House


def test_a_unit_below_lives_in_the_term_of_the_committee_above_it(house: House) -> None:
    found = [queries.term_on(unit, date(2026, 3, 1)) for unit in (house.county, house.township, house.community)]
    assert found == [house.term] * 3
    assert queries.term_on(house.community, date(2027, 1, 1)) is None
    assert (
        queries.term_on(house.community, date(2026, 12, 31))
        == queries.term_on(house.community, date(2022, 1, 1))
        == house.term
    )


def test_a_term_of_ones_own_is_nearer_than_that_of_the_unit_above(house: House) -> None:
    own = actions.add_term(house.township, 1, date(2025, 1, 1), date(2029, 12, 31), by=None, now=house.now)
    assert [queries.term_on(unit, date(2026, 3, 1)) for unit in (house.county, house.township, house.community)] == [
        house.term,
        own,
        own,
    ]
    assert queries.term_on(house.community, date(2024, 3, 1)) == house.term


def test_the_next_plenary_is_the_first_that_opens_after_the_day_here_or_above(house: House) -> None:
    second = actions.add_session(house.term, 5, date(2026, 2, 10), date(2026, 2, 13), by=None, now=house.now)
    first = actions.add_session(house.term, 4, date(2025, 2, 10), date(2025, 2, 13), by=None, now=house.now)
    found = [
        queries.next_plenary(house.community, date.fromisoformat(day))
        for day in ("2025-02-09", "2025-02-10", "2026-02-10")
    ]
    assert found == [first, second, None]


def test_subtree_and_ancestors_follow_the_path_and_not_the_digits_of_an_id(house: House) -> None:
    for n in range(12):  # ids of two digits begin like ids of one
        actions.add(
            name=f"县{n}", short_name=f"县{n}", code=f"c{n}", level=Level.COUNTY, parent=None, by=None, now=house.now
        )
    assert set(queries.subtree(house.county)) == {house.county, house.township, house.community}
    assert queries.ancestors(house.community) == [house.community.pk, house.township.pk, house.county.pk]
    assert queries.by_code("guihua") == house.community and queries.by_code("nowhere") is None


@pytest.mark.parametrize(("level", "has"), [(level, level in ("province", "city", "county")) for level in Level])
def test_only_province_city_and_county_have_a_committee(level: Level, has: bool) -> None:
    assert Organization(level=level).has_committee is has


def test_a_body_that_has_ended_is_gone_after_its_last_day(house: House) -> None:
    actions.end_body(house.sectors[0], on=date(2026, 3, 31), by=house.user(Role.CLERK), now=house.now)
    on = {
        day: house.sectors[0] in queries.bodies(house.county, BodyKind.SECTOR, on=date.fromisoformat(day))
        for day in ("2026-03-31", "2026-04-01")
    }
    assert on == {"2026-03-31": True, "2026-04-01": False}
    assert list(queries.bodies(house.county, BodyKind.SECTOR)) == house.sectors[1:]


def refused(house: House, **given: Any) -> list[tuple[Any, str, str]]:
    by, now = house.user(Role.CLERK), house.now
    unit = {
        "name": "新",
        "short_name": "新",
        "code": "new",
        "level": Level.TOWNSHIP,
        "parent": house.county,
        "by": by,
        "now": now,
    }
    return [
        (lambda: actions.add(**{**unit, "code": "qingshi"}), "taken", "code"),
        (lambda: actions.add(**{**unit, "level": Level.COUNTY}), "bad_level", "level"),
        (lambda: actions.add_body(house.county, BodyKind.SECTOR, " ", by=by, now=now), "no_name", "name"),
        (lambda: actions.add_body(house.county, BodyKind.SECTOR, " 经济界 ", by=by, now=now), "taken", "name"),
        (
            lambda: actions.add_term(house.county, 12, date(2027, 1, 1), date(2027, 1, 1), by=by, now=now),
            "bad_order",
            "ends_on",
        ),
        (
            lambda: actions.add_term(house.county, 11, date(2027, 1, 1), date(2031, 1, 1), by=by, now=now),
            "taken",
            "number",
        ),
        (
            lambda: actions.add_term(house.county, 12, date(2026, 12, 31), date(2031, 1, 1), by=by, now=now),
            "overlap",
            "starts_on",
        ),
        (
            lambda: actions.add_session(house.term, 1, date(2026, 1, 5), date(2026, 1, 4), by=by, now=now),
            "bad_order",
            "closes_on",
        ),
    ]


@pytest.mark.parametrize("n", range(8))
def test_what_does_not_fit_is_refused_with_the_field_and_leaves_no_trace(house: House, n: int) -> None:
    before = Entry.objects.count(), Organization.objects.count()
    act, code, field = refused(house)[n]
    with pytest.raises(Refused) as refusal:
        act()
    assert (refusal.value.code, refusal.value.field) == (code, field)
    assert (Entry.objects.count(), Organization.objects.count()) == before


def test_a_plenary_is_registered_once(house: House) -> None:
    actions.add_session(house.term, 1, date(2026, 1, 5), date(2026, 1, 8), by=house.user(Role.CLERK), now=house.now)
    with pytest.raises(Refused):
        actions.add_session(house.term, 1, date(2026, 2, 5), date(2026, 2, 8), by=house.user(Role.CLERK), now=house.now)


def test_nobody_founds_a_unit_above_or_outside_his_own(house: House) -> None:
    for parent in (None, house.township):
        with pytest.raises(NotAllowed):
            actions.add(
                name="新",
                short_name="新",
                code="new",
                level=Level.COMMUNITY,
                parent=parent,
                by=house.user(Role.SYS_ADMIN),
                now=house.now,
            )
