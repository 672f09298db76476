"""看板卡片: a figure kept on my own home and under 查数, and taken away again."""

import re
from datetime import date

import pytest

from xieshang.base import clock
from xieshang.base.audit.models import Entry
from xieshang.base.cards import actions
from xieshang.base.cards.models import Card
from xieshang.base.errors import Refused
from xieshang.base.ledger import figures

from .conftest import record, words

YEAR = {"indicator": "activities.inspection", "from": "2026-01-01", "to": "2026-06-30"}


@pytest.fixture
def kept(house, visit):
    record(house, date(2026, 2, 2))
    visit("clerk").post("/figures/cards", YEAR | {"org": house.county.code})
    return Card.objects.get()


def test_a_kept_figure_stands_on_my_home_and_under_figures_and_on_nobody_elses(house, visit, kept):
    for address in ("/", "/figures/"):
        assert "我的卡片" in words(visit("clerk").get(address))
        assert [one["figure"].number for one in visit("clerk").get(address).context["cards"]] == [1]
        assert "我的卡片" not in words(visit("leader").get(address))
    assert Entry.objects.filter(verb="ledger.keep_card", record="").count() <= 1


def test_a_card_of_the_year_so_far_goes_with_the_year_and_one_of_a_period_does_not(house, visit, kept):
    visit("clerk").post("/figures/cards", YEAR | {"org": house.county.code, "to": "2026-03-31"})
    with clock.at(date(2026, 9, 1)):
        record(house, date(2026, 8, 2))
        shown = visit("clerk").get("/figures/").context["cards"]

    assert [(one["figure"].number, one["period"]) for one in shown] == [(2, ""), (1, "2026年1月1日至3月31日")]


def test_the_button_on_the_page_keeps_what_the_page_shows(house, visit):
    page = words(visit("clerk").get("/figures/", {"q": "今年经济界委员参加"}))
    form = re.search(r'action="/figures/cards">.*?</form>', page, re.DOTALL)[0]
    sent = dict(re.findall(r'name="([a-z_]+)" value="([^"]*)"', form))
    answer = visit("clerk").post("/figures/cards", {k: v for k, v in sent.items() if k != "csrfmiddlewaretoken"})

    assert (answer.status_code, Card.objects.get().sector, Card.objects.get().start) == (302, house.sectors[0].pk, None)


def test_the_same_figure_kept_twice_is_one_card(house, visit, kept):
    visit("clerk").post("/figures/cards", YEAR | {"org": house.county.code})

    assert Card.objects.count() == 1


def test_a_card_is_taken_away_by_its_owner_only(house, visit, kept):
    visit("leader").post("/figures/cards/drop", {"card": kept.pk})
    assert Card.objects.exists()
    visit("clerk").post("/figures/cards/drop", {"card": kept.pk})

    assert not Card.objects.exists()
    assert Entry.objects.filter(verb="ledger.drop_card").count() == 1


def test_more_cards_than_are_seen_at_a_glance_are_refused(house):
    one, by = figures.indicators(house.county)["activities.held"], house.user("clerk")
    asked = [
        figures.Query(one, house.county.pk, date(2026, 1, 1), date(2026, 1, 1 + n)) for n in range(actions.MOST + 1)
    ]
    for query in asked[:-1]:
        actions.keep(query, house.county, who="", moving=False, by=by, now=house.now)
    with pytest.raises(Refused):
        actions.keep(asked[-1], house.county, who="", moving=False, by=by, now=house.now)


def test_a_member_keeps_his_own_figure_but_nobody_elses(house, visit):
    own, other = house.user("member").person_id, house.members[5].pk
    member = visit("member")
    asked = YEAR | {"indicator": "activities.attended", "org": house.county.code}

    assert member.post("/figures/cards", asked | {"person": own}).status_code == 302
    assert member.post("/figures/cards", asked | {"person": other}).status_code == 404
    assert Card.objects.get().person == own
