"""The value in force: of the nearest ancestor, on the event's day; what does not fit is refused."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from xieshang.base.accounts import actions as accounts
from xieshang.base.accounts.roles import Role
from xieshang.base.audit.models import Entry
from xieshang.base.errors import NotAllowed, Refused
from xieshang.base.orgs.models import Organization
from xieshang.base.settings import parameters
from xieshang.base.settings.models import Setting
from xieshang.conftest import House

KEY = "tests.limit"


@pytest.fixture(autouse=True)
def declared() -> Iterator[None]:
    made = (
        parameters.Parameter(KEY, "试", 5, least=1),
        parameters.Parameter("tests.switch", "开关", False, type="bool"),
        parameters.Parameter("tests.choice", "选择", "a", type="choice", choices=(("a", "甲"), ("b", "乙"))),
    )
    parameters.declare(*made)
    yield
    for one in made:
        del parameters.PARAMETERS[one.key]


def put(house: House, unit: Organization, value: Any, since: str, key: str = KEY) -> Setting:
    if unit != house.county and not house.user(Role.SYS_ADMIN).grants.filter(organization=unit).exists():
        accounts.grant(house.user(Role.SYS_ADMIN), Role.SYS_ADMIN, unit, by=None, now=house.now)
    by = house.user(Role.SYS_ADMIN)
    return parameters.set_value(
        unit, key, value, effective_from=date.fromisoformat(since), citation="文件", by=by, now=house.now
    )


def seen(house: House, day: str) -> tuple[Any, Any, Any]:
    return tuple(
        parameters.value(unit, KEY, date.fromisoformat(day)) for unit in (house.county, house.township, house.community)
    )  # type: ignore[return-value]


def test_where_nobody_has_set_it_the_default_holds_and_names_no_setting(house: House) -> None:
    found = parameters.in_force(house.community, KEY, date(2026, 1, 1))
    assert (found.value, found.setting, found.shown) == (5, None, "5")


def test_a_value_holds_from_its_day_for_the_unit_and_all_below_it(house: House) -> None:
    put(house, house.county, 7, "2026-03-01")
    assert [seen(house, day) for day in ("2026-02-28", "2026-03-01", "2027-01-01")] == [(5, 5, 5), (7, 7, 7), (7, 7, 7)]


def test_the_nearest_ancestor_wins_even_over_a_later_word_from_above(house: House) -> None:
    put(house, house.township, 9, "2026-01-01")
    put(house, house.county, 7, "2026-05-01")
    assert [seen(house, day) for day in ("2026-04-30", "2026-05-01")] == [(5, 9, 9), (7, 9, 9)]


def test_a_unit_that_has_not_said_anything_yet_on_the_day_inherits(house: House) -> None:
    put(house, house.county, 7, "2026-01-01")
    put(house, house.community, 3, "2026-06-01")
    assert [seen(house, day)[2] for day in ("2026-05-31", "2026-06-01")] == [7, 3]


def test_said_again_for_the_same_day_the_newer_word_holds_and_the_old_one_stays(house: House) -> None:
    put(house, house.county, 7, "2026-01-01")
    put(house, house.county, 8, "2026-01-01")
    assert seen(house, "2026-01-01")[0] == 8
    assert Setting.objects.filter(key=KEY).count() == 2


def test_an_older_day_set_later_does_not_change_what_holds_after_it(house: House) -> None:
    put(house, house.county, 8, "2026-03-01")
    put(house, house.county, 6, "2026-01-01")
    assert [seen(house, day)[0] for day in ("2025-12-31", "2026-02-01", "2026-03-01")] == [5, 6, 8]


@pytest.mark.parametrize("bad", ["", "0", "-3", "seven", "3.5", "三", None, [], "1e3"])
def test_a_number_that_does_not_fit_is_refused_and_nothing_is_set(house: House, bad: Any) -> None:
    with pytest.raises(Refused) as refusal:
        put(house, house.county, bad, "2026-01-01")
    assert (refusal.value.code, refusal.value.field) == ("bad_number", "value")
    assert not Setting.objects.exists()


@pytest.mark.parametrize(("given", "kept"), [(" 12 ", 12), (12, 12), ("1", 1)])
def test_a_number_is_kept_as_a_number(house: House, given: Any, kept: int) -> None:
    assert put(house, house.county, given, "2026-01-01").value == kept


@pytest.mark.parametrize("bad", ["c", "", None, [], {}])
def test_a_choice_that_is_not_offered_is_refused(house: House, bad: Any) -> None:
    with pytest.raises(Refused) as refusal:
        put(house, house.county, bad, "2026-01-01", "tests.choice")
    assert refusal.value.code == "bad_choice"
    put(house, house.county, "b", "2026-01-01", "tests.choice")
    assert parameters.in_force(house.county, "tests.choice", date(2026, 1, 1)).shown == "乙"


@pytest.mark.parametrize(
    ("given", "kept"),
    [("on", True), ("true", True), (True, True), ("1", True), ("", False), ("off", False), (None, False)],
)
def test_a_switch_is_on_or_off(house: House, given: Any, kept: bool) -> None:
    assert put(house, house.county, given, "2026-01-01", "tests.switch").value is kept


def test_setting_a_value_is_audited_with_its_citation_and_refused_to_others(house: House) -> None:
    put(house, house.county, 7, "2026-01-01")
    entry = Entry.objects.get(verb="settings.set")
    assert (entry.reason, entry.detail) == ("文件", {"key": KEY, "value": 7, "from": "2026-01-01"})
    with pytest.raises(NotAllowed):
        parameters.set_value(
            house.county,
            KEY,
            9,
            effective_from=date(2026, 1, 1),
            citation="",
            by=house.user(Role.LEADER),
            now=house.now,
        )


def test_an_unknown_parameter_is_our_fault(house: House) -> None:
    with pytest.raises(KeyError):
        parameters.value(house.county, "tests.nothing", date(2026, 1, 1))
