"""One log-in over several units with one list of what waits; and Party work of a community, which nobody above sees: by no address, no figure, no sum."""

import re
from datetime import date

import pytest
from django.core.cache import cache

from xieshang.base.accounts import actions as accounts
from xieshang.base.accounts.models import User
from xieshang.base.accounts.roles import Role
from xieshang.base.ledger import figures
from xieshang.measure.plans import actions as plans
from xieshang.work.activities import actions as activities
from xieshang.work.registers import actions as registers
from xieshang.work.registers import catalogue

from .conftest import record, words

SECRET = "学习贯彻全会精神主题党日"
PLAN = "{unit}2026年工作计划\n\n一、学习\n\n1、组织集中学习不少于6次。\n\n2、开展协商议事若干次。\n"


@pytest.fixture
def two(house):
    """The part-timer of township and community, with something that waits in each."""
    by = house.user("part_timer")
    for unit in (house.township, house.community):
        text = PLAN.format(unit=unit.short_name).encode()
        plans.bring_in(unit, year=2026, data=text, name=f"{unit.short_name}计划.txt", by=by, now=house.now)
    return house


def unit_of(client):
    return client.get("/me").wsgi_request.desk.unit.code


def test_one_list_names_the_unit_of_each_thing_that_waits(two, visit):
    page = words(visit("part_timer").get("/"))

    assert "有 2 件事等您" in page
    assert [f'tag">{unit}<' in page or f">{unit}</span>" in page for unit in ("青石镇", "桂花社区")] == [True, True]


def test_what_waits_in_another_unit_leads_there_and_one_works_on_there(two, visit):
    client = visit("part_timer")
    page = words(client.get("/"))
    before = unit_of(client)
    link = next(url for url in re.findall(r'href="([^"]+)"', page) if "org=guihua" in url and "review" in url)
    answer = client.get(link)

    assert (before, answer.status_code) == ("qingshi", 200)
    assert unit_of(client) == "guihua"


def test_the_frame_offers_every_unit_one_works_in_and_no_other(two, visit):
    page = words(visit("part_timer").get("/"))

    assert [f"/?org={code}" in page for code in ("qingshi", "guihua", "yunling")] == [True, True, False]


def test_one_person_may_work_above_and_below_with_one_log_in(two, visit):
    accounts.grant(two.user("clerk"), Role.PARTTIMER, two.community, by=None, now=two.now)
    cache.clear()
    client = visit("clerk")

    assert "桂花社区" in words(client.get("/"))
    client.get("/?org=guihua")
    assert unit_of(client) == "guihua"


# --- Party work ----------------------------------------------------------------------------------------------------------------


@pytest.fixture
def party(house):
    """A Party day and a branch meeting of the community, beside an open activity there."""
    day = record(house, date(2026, 5, 6), SECRET, unit=house.community, kind="party_day")
    record(house, date(2026, 5, 7), "走访老党员家庭", unit=house.community)
    register = registers.take(house.community, "branch_meetings", by=None, now=house.now)
    given = dict(catalogue.READY["branch_meetings"].example)
    given.pop("title")
    entry = registers.record(register, on=given.pop("on"), title=SECRET, values=given, by=None, now=house.now)
    return {"activity": day, "register": register, "entry": entry}


ADDRESSES = (
    "/activities/{activity}", "/activities/{activity}/edit", "/registers/{register}", "/registers/entries/{entry}",
)  # fmt: skip


def address(template, party):
    return template.format(**{name: one.pk for name, one in party.items()})


@pytest.mark.parametrize("template", ADDRESSES)
def test_no_address_shows_it_to_the_county(party, visit, template):
    assert visit("clerk").get(address(template, party)).status_code in (403, 404)
    assert visit("leader").get(address(template, party)).status_code in (403, 404)


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/work/",
        "/activities/",
        "/registers/",
        "/search?q=主题党日",
        "/figures/?q=主题党日",
        "/submissions/",
        "/api/activities/",
    ],
)
@pytest.mark.parametrize("org", ["", "guihua"])
def test_no_list_of_the_county_names_it(party, visit, path, org):
    client = visit("clerk")
    page = words(client.get(f"{path}{'&' if '?' in path else '?'}org={org}"))

    assert SECRET not in page


@pytest.mark.parametrize(
    "code", ["activities.held", "activities.party_day", "activities.collective", "activities.participants"]
)
@pytest.mark.parametrize("children", ["", "&children=1"])
def test_no_drawer_of_the_county_names_it_not_even_summed(party, visit, code, children):
    answer = visit("clerk").get(f"/figures/drawer?indicator={code}&org=yunling&from=2026-01-01&to=2026-12-31{children}")

    assert answer.status_code == 200
    assert SECRET not in words(answer)
    assert visit("clerk").get(
        f"/figures/drawer?indicator={code}&org=guihua&from=2026-01-01&to=2026-12-31"
    ).status_code in (403, 404)


@pytest.mark.parametrize("as_of", [None, "now"])
@pytest.mark.parametrize(
    "code, alone, summed",
    [("activities.held", 2, 1), ("activities.party_day", 1, 0), ("activities.participants", 4, 4)],
)
def test_the_sum_of_the_county_leaves_it_out_and_its_rows_add_up(party, house, code, alone, summed, as_of):
    known = figures.indicators(house.county)
    ask = {"start": date(2026, 1, 1), "end": date(2026, 12, 31), "as_of": house.now if as_of else None}
    own = figures.figure(figures.Query(known[code], house.community.pk, **ask), known)
    query = figures.Query(known[code], house.county.pk, children=True, **ask)
    above = figures.figure(query, known)

    assert (own.value, above.value) == (alone, summed)
    assert figures.rows(query, known).count() == above.rows


def test_a_party_day_of_the_county_itself_is_its_own(house):
    record(house, date(2026, 5, 6), SECRET, kind="party_day")
    known = figures.indicators(house.county)
    query = figures.Query(
        known["activities.held"], house.county.pk, date(2026, 1, 1), date(2026, 12, 31), children=True
    )

    assert figures.figure(query, known).value == 1


def test_who_works_in_the_community_sees_it(party, visit):
    client = visit("part_timer")

    assert SECRET in words(client.get("/activities/?org=guihua"))
    assert SECRET in words(client.get(address("/registers/entries/{entry}", party)))
    assert SECRET not in words(client.get("/activities/?org=qingshi"))


def test_an_account_of_the_community_only_is_no_account_of_the_township(party, house):
    user = accounts.make("zhibu", name="支部", password="x", organization=house.community, by=None, now=house.now)
    accounts.grant(user, Role.PARTTIMER, house.community, by=None, now=house.now)
    activity = activities.record(
        house.township,
        fields={"title": "镇里的事", "kind": "visit", "on": date(2026, 5, 8)},
        presence={},
        by=None,
        now=house.now,
    )
    from django.test import Client

    client = Client()
    client.force_login(User.objects.get(pk=user.pk), backend="django.contrib.auth.backends.ModelBackend")

    assert client.get(f"/activities/{activity.pk}").status_code == 404
    assert client.get("/?org=qingshi").wsgi_request.desk.unit == house.community
