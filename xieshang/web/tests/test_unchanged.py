"""A page that would say the same again is not drawn again; and it is drawn again as soon as it would say something else."""

import re
from datetime import date, timedelta
from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from xieshang.base import clock, todo, unchanged
from xieshang.base.accounts import actions as accounts
from xieshang.base.accounts.models import Grant
from xieshang.base.accounts.roles import Role
from xieshang.base.audit.models import Entry
from xieshang.base.drafts import actions as drafts
from xieshang.base.ledger.models import PostedFact
from xieshang.base.notices import actions as notices
from xieshang.base.orgs import actions as orgs
from xieshang.base.orgs.models import Level
from xieshang.work.activities import actions as activities

from .conftest import record, words

TOKEN = re.compile(r'(csrfmiddlewaretoken" value="|csrf-token" content="|X-CSRFToken": ")(\w{64})')
DRAWER = "/figures/drawer?indicator=activities.held&org=yunling&from=2026-01-01&to=2026-12-31"


@pytest.fixture(autouse=True)
def keeping(settings):
    settings.KEEPS_PAGES = True
    caches["pages"].clear()


@pytest.fixture
def drawn(monkeypatch):
    """How often a page was drawn."""
    made = []
    blanked = unchanged.TOKEN.sub
    monkeypatch.setattr(unchanged, "TOKEN", SimpleNamespace(sub=lambda *said: made.append(1) or blanked(*said)))
    return made


@pytest.fixture
def donghe(house):
    """A county beside ours."""
    return orgs.add(
        name="东河县政协", short_name="东河县", code="donghe", level=Level.COUNTY, parent=None, by=None, now=house.now
    )


def bare(answer):
    return TOKEN.sub(r"\1", words(answer))


@pytest.mark.parametrize(
    "address", ["/", "/plans/", "/activities/", "/figures/?q=%E4%BB%8A%E5%B9%B4%E6%B4%BB%E5%8A%A8", DRAWER]
)
def test_the_same_page_asked_again_is_the_same_and_asks_the_database_little(visit, house, drawn, address):
    record(house, date(2026, 3, 5))
    clerk = visit("clerk")
    first = clerk.get(address)
    with CaptureQueriesContext(connection) as asked:
        second = clerk.get(address)

    assert (first.status_code, second.status_code, len(drawn)) == (200, 200, 1)
    assert bare(first) == bare(second)
    assert second.headers["Content-Type"] == first.headers["Content-Type"]
    assert len(asked) <= 8


def test_what_was_recorded_a_moment_ago_stands_on_the_next_page(visit, house, drawn):
    clerk = visit("clerk")
    before = words(clerk.get(DRAWER))
    made = record(house, date(2026, 3, 5), "视察石桥水库")
    after = words(clerk.get(DRAWER))
    activities.void(made, by=None, now=clock.now(), seen=made.version, reason="登记重了")
    last = words(clerk.get(DRAWER))

    assert "视察石桥水库" not in before and "视察石桥水库" in after and "视察石桥水库" not in last
    assert len(drawn) == 3


def test_what_a_township_below_writes_redraws_the_page_of_its_county(visit, house, drawn):
    clerk = visit("clerk")
    clerk.get("/")
    record(house, date(2026, 3, 5), unit=house.township)
    clerk.get("/")

    assert len(drawn) == 2


def test_what_another_county_writes_leaves_the_page_as_it_is(visit, house, donghe, drawn):
    clerk = visit("clerk")
    clerk.get("/")
    orgs.add_term(donghe, 9, date(2022, 1, 1), date(2026, 12, 31), by=None, now=house.now)
    clerk.get("/")
    clerk.get("/")

    assert len(drawn) == 1


def test_a_fact_that_another_county_posts_for_us_redraws_the_page(visit, house, donghe, drawn):
    clerk = visit("clerk")
    clerk.get(DRAWER)
    entry = Entry.objects.create(organization=donghe, at=house.now, actor="系统", verb="activities.record")
    PostedFact.objects.create(
        organization=house.county, kind="activities.held", on=date(2026, 3, 5), posted_at=house.now, measure="次",
        record="activities.activity:1", version=1, entry=entry,
    )  # fmt: skip
    clerk.get(DRAWER)

    assert len(drawn) == 2


def test_an_entry_that_was_numbered_before_and_committed_after_redraws_the_page(visit, house, drawn):
    late = Entry.objects.create(organization=house.county, at=house.now, actor="系统", verb="orgs.body")
    Entry.objects.create(organization=house.county, at=house.now, actor="系统", verb="orgs.body")
    number = late.pk
    Entry.objects.filter(pk=number).delete()
    clerk = visit("clerk")
    clerk.get("/")
    Entry.objects.create(pk=number, organization=house.county, at=house.now, actor="系统", verb="orgs.body")
    clerk.get("/")

    assert len(drawn) == 2


def test_a_notice_and_its_being_read_show_at_once(visit, house, drawn):
    clerk = visit("clerk")
    clerk.get("/")
    notices.tell([house.user("clerk")], "请核对本月活动", organization=house.county, now=house.now)
    told = words(clerk.get("/"))
    notices.mark_read(house.user("clerk"), now=house.now)
    read = words(clerk.get("/"))

    assert 'class="bottom__n">1<' in told and 'class="bottom__n">1<' not in read


def test_a_draft_of_my_own_shows_at_once(visit, house, drawn):
    clerk = visit("clerk")
    clerk.get("/activities/")
    typed = {"title": "没填完的视察", "values": {"title": ["没填完的视察"]}}
    drafts.save(
        house.county,
        uuid4(),
        typed,
        verb="activities.record",
        key="activities.new",
        by=house.user("clerk"),
        now=house.now,
    )

    assert "没填完的视察" in words(clerk.get("/activities/"))


@pytest.mark.parametrize("later", [timedelta(hours=1), timedelta(days=1)])
def test_an_hour_or_a_day_later_the_page_is_drawn_again(visit, house, drawn, later):
    clerk = visit("clerk")
    clerk.get("/")
    with clock.at(house.now + later):
        clerk.get("/")

    assert len(drawn) == 2


def test_nobody_is_given_the_page_of_another(visit, house):
    for role in ("clerk", "leader", "member"):
        assert f'data-user="{house.user(role).pk}"' in words(visit(role).get("/"))


def test_who_lost_his_role_loses_the_page_with_it(visit, house):
    clerk = visit("clerk")
    assert clerk.get(DRAWER).status_code == 200
    accounts.grant(house.user("sec_admin"), Role.SEC_ADMIN, house.county, by=None, now=house.now)
    accounts.revoke(
        Grant.objects.get(user=house.user("clerk")), reason="离岗", by=house.user("sec_admin"), now=house.now
    )

    assert clerk.get(DRAWER).status_code == 403


def test_the_forms_on_a_kept_page_can_be_sent(house):
    client = Client(enforce_csrf_checks=True)
    client.force_login(house.user("clerk"), backend="django.contrib.auth.backends.ModelBackend")
    client.get("/")
    tokens = {found[1] for found in TOKEN.findall(words(client.get("/")))}

    assert len(tokens) == 1
    assert client.post("/notices/read", {"csrfmiddlewaretoken": tokens.pop()}).status_code == 302
    assert client.post("/notices/read").status_code == 403


def test_what_is_said_once_is_said_once(visit, house):
    clerk = visit("clerk")
    clerk.post("/feedback", {"text": "字再大些就好了"})

    assert "谢谢" in words(clerk.get("/"))
    assert "谢谢" not in words(clerk.get("/"))


def test_a_visit_is_written_down_though_the_page_is_kept(visit, house):
    clerk = visit("clerk")
    clerk.get("/")
    before = house.user("clerk").seen_at
    with clock.at(house.now + timedelta(minutes=20)):
        clerk.get("/")

    assert house.user("clerk").seen_at > before


def test_what_waits_is_counted_once_for_all_pages_until_something_is_written(visit, house, monkeypatch):
    asked = []
    monkeypatch.setattr(todo, "waiting", lambda user, unit, today: asked.append(unit) or [])
    clerk = visit("clerk")
    for address in ("/plans/", "/activities/", DRAWER):
        clerk.get(address)
    assert len(asked) == 1
    record(house, date(2026, 3, 5))
    clerk.get("/plans/")
    assert len(asked) == 2
