"""The year at hand: calendar or session year, on every page; and the page where plenaries are entered."""

from datetime import date

import pytest

from xieshang.base import clock
from xieshang.base.orgs import actions
from xieshang.conftest import House

from .conftest import Visit, record, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def plenaries(house: House) -> None:
    for number, opens in ((4, date(2025, 1, 8)), (5, date(2026, 2, 10))):
        actions.add_session(house.term, number, opens, opens.replace(day=opens.day + 3), by=None, now=house.now)


def test_the_year_is_a_calendar_year_until_another_is_chosen(house: House, visit: Visit, plenaries: None) -> None:
    client = visit("clerk")
    with clock.at("2026-06-30"):
        assert "2026 年度" in words(client.get("/plans/")) and "会议年度（" not in words(client.get("/plans/"))
        assert "（2.10–2027.2.9）" in words(client.get("/plans/?years=session"))
        assert "（2.10–2027.2.9）" in words(client.get("/reports/"))  # it is kept
        assert "（1.8–2026.2.9）" in words(client.get("/plans/?year=2025"))
        assert "（1.1–12.31）" in words(client.get("/plans/?years=calendar&year=2026"))


def test_in_january_the_session_year_is_still_last_years(house: House, visit: Visit, plenaries: None) -> None:
    with clock.at("2026-01-20"):
        assert "2025 会议年度" in words(visit("clerk").get("/plans/?years=session"))


def test_figures_count_the_session_year(house: House, visit: Visit, plenaries: None) -> None:
    client = visit("clerk")
    with clock.at("2026-06-30"):
        record(house, date(2026, 1, 20), "会前视察")
        record(house, date(2026, 3, 2), "会后视察")
        assert "会前视察" in words(client.get("/activities/"))
        page = words(client.get("/activities/?years=session"))
        assert "会后视察" in page and "会前视察" not in page
        assert 'value="2026-02-10"' in words(client.get("/figures/"))
        assert 'value="2026-02-10"' in words(client.get("/reports/new"))


def test_without_a_plenary_the_page_says_so_and_stays_with_the_calendar_year(house: House, visit: Visit) -> None:
    with clock.at("2026-06-30"):
        page = words(visit("clerk").get("/plans/?years=session"))
    assert "还没有登记全体会议，会议年度无从算起，仍按自然年度显示。请到“设置”的“届次和全会”里登记" in page
    assert "（1.1–12.31）" in page


def test_a_clerk_enters_a_plenary_and_puts_its_days_right(house: House, visit: Visit) -> None:
    client = visit("clerk")
    given = {
        "what": "session", "session-term": house.term.pk, "session-number": "5", "session-opens_on": "2026-02-10", "session-closes_on": "2026-02-13",
    }  # fmt: skip
    with clock.at("2026-06-30"):
        assert client.post("/settings/terms", given).status_code == 302
        session = house.term.sessions.get()
        moved = {"what": "session", "session-opens_on": "2026-03-01", "session-closes_on": "2026-03-04"}
        assert client.post(f"/settings/terms?session={session.pk}", moved).status_code == 302
        assert "2026.3.1–2027.2.28" in words(client.get("/settings/terms"))


def test_what_is_wrong_about_a_plenary_is_said_at_its_field_and_what_was_typed_stays(
    house: House, visit: Visit
) -> None:
    given = {
        "what": "session", "session-term": house.term.pk, "session-number": "5", "session-opens_on": "2030-02-10", "session-closes_on": "2030-02-13",
    }  # fmt: skip
    answer = visit("clerk").post("/settings/terms", given)
    assert answer.status_code == 422
    assert "会期不在这一届的时间里" in words(answer) and "2030-02-10" in words(answer)


def test_a_township_is_told_whose_plenaries_it_lives_by(house: House, visit: Visit, plenaries: None) -> None:
    page = words(visit("part_timer").get("/settings/terms?org=qingshi"))
    assert f"全体会议由{house.county.name}登记，本单位的会议年度随它" in page
    assert '<form class="form sheet' not in page
