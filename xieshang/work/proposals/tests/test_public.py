"""What everybody may see without a log-in: what was decided to be published, and nothing else."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache, caches
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from xieshang.base.errors import Refused
from xieshang.base.settings.models import Setting
from xieshang.work.proposals import actions, public, queries, rules
from xieshang.work.proposals.models import Assignment, FollowUp, Proposal, Publication

from .test_walk import NOW, Cast, again, answer, assigned
from .test_walk import given as given_to

LIST = "/public/proposals/yunling/"


@pytest.fixture(autouse=True)
def _fresh() -> None:
    cache.clear()
    caches["public"].clear()


@pytest.fixture
def guest() -> Client:
    return Client()


def answered(cast: Cast) -> Proposal:
    """With an open reply of the host; the co-handler went back."""
    made = assigned(cast)
    town = given_to(made, cast.units["town"])
    town = actions.sign(town, by=cast.town, now=NOW)
    actions.opine(town, "配合。", by=cast.town, now=NOW, seen=town.version)
    answer(cast, given_to(made, cast.units["road"]), cast.road)
    return again(made)


def published(cast: Cast, abstract: str = "") -> Proposal:
    made = answered(cast)
    return actions.publish(made, abstract=abstract, by=cast.clerk, now=NOW, seen=made.version)


def setting(cast: Cast, key: str, value: Any) -> None:
    Setting.objects.create(organization=cast.house.county, key=key, value=value, effective_from=NOW.date(), set_at=NOW)


def test_a_published_one_is_listed_and_read_without_a_log_in_or_a_cookie(cast: Cast, guest: Client) -> None:
    made = published(cast)
    listed, one = guest.get(LIST), guest.get(f"{LIST}{made.pk}")
    assert made.title in listed.content.decode()
    assert "列入今年养护计划。" in one.content.decode() and "已列入计划。" in one.content.decode()
    assert not guest.cookies and "noindex" in one.content.decode() and one["X-Robots-Tag"] == "noindex"
    assert guest.get("/public/proposals/").status_code == 302


def test_no_telephone_no_officer_and_no_member_by_name_unless_the_unit_says_so(cast: Cast, guest: Client) -> None:
    made = published(cast)
    Assignment.objects.filter(proposal=made).update(reply="已到委员01家中说明，电话 13912345678 或 0000-6320011。")
    said = guest.get(f"{LIST}{made.pk}").content.decode()
    for word in ("李科长", "6320011", "13912345678", "委员01", "王局长"):
        assert word not in said
    assert "经济界委员" in said
    setting(cast, rules.PUBLIC_NAMES, "names")
    assert "委员01" in guest.get(f"{LIST}{made.pk}").content.decode()


def test_an_abstract_stands_in_the_place_of_text_and_reply(cast: Cast, guest: Client) -> None:
    made = published(cast, "建议修桥，已列入计划。")
    said = guest.get(f"{LIST}{made.pk}").content.decode()
    assert (
        "建议修桥，已列入计划。" in said
        and "多年没有养护。" not in said
        and "已列入计划。</p></div></div></section>" not in said.split("摘要")[0]
    )
    assert (
        made.title not in guest.get(f"{LIST}?q=多年没有养护").content.decode()
    )  # nor is it found by what is not shown
    assert made.title in guest.get(f"{LIST}?q=修桥").content.decode()


def test_it_is_not_found_by_who_proposed_it(cast: Cast, guest: Client) -> None:
    made = published(cast)
    assert made.title not in guest.get(f"{LIST}?q=委员01").content.decode()


def test_what_is_taken_back_is_gone_at_once_and_a_reason_is_kept(cast: Cast, guest: Client) -> None:
    made = published(cast)
    assert made.title in guest.get(LIST).content.decode()
    with pytest.raises(Refused, match="理由"):
        actions.unpublish(made, by=cast.clerk, now=NOW, seen=made.version, reason=" ")
    actions.unpublish(made, by=cast.clerk, now=NOW + timedelta(minutes=1), seen=made.version, reason="提案者要求")
    assert made.title not in guest.get(LIST).content.decode()
    assert guest.get(f"{LIST}{made.pk}").status_code == 404


def test_a_unit_that_is_off_or_published_nothing_has_no_page(cast: Cast, guest: Client) -> None:
    assert guest.get(LIST).status_code == guest.get("/public/proposals/").status_code == 404
    published(cast)
    setting(cast, rules.PUBLIC, False)
    assert guest.get(LIST).status_code == guest.get("/public/proposals/").status_code == 404


def test_what_became_of_it_and_the_filters_and_the_feed(cast: Cast, guest: Client) -> None:
    made = published(cast)
    FollowUp.objects.create(proposal=made, on=NOW.date(), before="B", result="A", words="桥已修好。", at=NOW)
    assert "B → A" in guest.get(f"{LIST}{made.pk}").content.decode()
    road = cast.units["road"].pk
    for query in (
        f"unit={road}",
        "category=society",
        "result=B",
        "year=2026",
        f"session={made.session_id}",
        "q=1",
        "q=养护",
    ):
        assert made.title in guest.get(f"{LIST}?{query}").content.decode(), query
    assert "这样找没有提案" in guest.get(f"{LIST}?q=没有的词").content.decode()
    feed = guest.get(f"{LIST}feed.atom")
    assert made.title in feed.content.decode() and f"{LIST}{made.pk}" in feed.content.decode()
    assert feed["Content-Type"].startswith("application/atom+xml") and not guest.cookies


def test_an_address_that_asks_too_often_is_told_to_wait(cast: Cast, guest: Client) -> None:
    published(cast)
    setting(cast, rules.PUBLIC_RATE, 2)
    assert [guest.get(LIST).status_code for _n in range(3)] == [200, 200, 429]
    assert guest.get(LIST, REMOTE_ADDR="10.0.0.9").status_code == 200


def test_a_list_costs_the_same_however_long_and_nothing_when_kept(cast: Cast, guest: Client, django_assert_max_num_queries: Any) -> None:  # fmt: skip
    published(cast)
    with django_assert_max_num_queries(15):
        guest.get(LIST)
    with django_assert_max_num_queries(5):
        guest.get(LIST)


FLAGS = st.fixed_dictionaries({
    "state": st.sampled_from([state for state in rules.STATES if state not in rules.LIVE] + list(rules.LIVE)),
    "published": st.booleans(), "open_text": st.booleans(), "withdrawn": st.booleans(),
    "publicity": st.sampled_from(["", "open", "on_request", "closed"]), "assignment": st.sampled_from(list(rules.ASSIGNMENT_STATES)), "abstract": st.sampled_from(["", "短短一段。"]),
})  # fmt: skip


@pytest.mark.django_db
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(flags=FLAGS)
def test_nothing_that_was_not_published_ever_appears(cast: Cast, flags: dict[str, Any]) -> None:
    made = Proposal.objects.first() or published(cast)
    Proposal.objects.filter(pk=made.pk).update(**{name: flags[name] for name in ("state", "published", "open_text")})
    Publication.objects.filter(proposal=made).update(abstract=flags["abstract"], withdrawn_on=NOW.date() if flags["withdrawn"] else None)  # fmt: skip
    Assignment.objects.filter(proposal=made).update(state=flags["assignment"], publicity=flags["publicity"])
    caches["public"].clear()
    cache.clear()
    guest = Client()
    said = "".join(guest.get(f"{LIST}{end}").content.decode() for end in ("", str(made.pk), "feed.atom", "?q=修整"))
    open_ = flags["state"] in rules.LIVE and flags["published"] and flags["open_text"] and not flags["withdrawn"]
    assert (made.title in said) == open_
    assert ("多年没有养护。" in said) == (open_ and not flags["abstract"])
    replied = flags["assignment"] == rules.DELIVERED and flags["publicity"] == rules.OPEN_TO_ALL
    assert ("已列入计划。" in said) == (open_ and replied and not flags["abstract"])
    assert "配合。" not in said  # what one unit writes to another is nobody's else


def test_the_text_of_numbers_is_left_out_wherever_it_stands(cast: Cast) -> None:
    made = queries.shown_with(queries.published(cast.house.county).filter(proposal=published(cast)))[0]
    said = public.clean("手机13800138000，电话：6320011，2026年5月1日，投资1200000元", made, "names")
    assert "13800138000" not in said and "6320011" not in said and "2026年5月1日" in said and "1200000元" in said
