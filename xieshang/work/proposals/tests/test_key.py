"""Key proposals: named, decided at once by the chair's meeting, led, and seen through."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from xieshang.base.errors import NotAllowed, Refused, Stale
from xieshang.base.ledger import figures, verify
from xieshang.work.proposals import actions, archiving, queries, rules
from xieshang.work.proposals.models import KeyList, Nomination, Proposal

from .test_walk import NOW, Cast, again, assigned, sent

DAY = NOW.date()


def figure(cast: Cast, code: str) -> Any:
    known = figures.indicators(cast.house.county)
    return figures.figure(figures.Query(known[code], cast.house.county.pk, date(2026, 1, 1), DAY), known).value


def test_committee_unit_and_member_name_a_proposal_each_once(cast: Cast) -> None:
    made = assigned(cast)
    actions.nominate(made, "群众呼声高", by=cast.second, now=NOW)
    actions.nominate(made, "年内能办成", body=cast.units["road"], by=cast.road, now=NOW)
    with pytest.raises(Refused, match="已经推荐过"):
        actions.nominate(made, "再说一遍", by=cast.second, now=NOW)
    with pytest.raises(NotAllowed):
        actions.nominate(made, "不是我的", body=cast.units["water"], by=cast.road, now=NOW)
    assert queries.could_be_key(cast.house.county).get().named == 2  # type: ignore[attr-defined]


def test_what_is_not_filed_is_not_named(cast: Cast) -> None:
    with pytest.raises(Refused, match="立了案"):
        actions.nominate(sent(cast), "好", by=cast.second, now=NOW)


def test_the_meeting_decides_the_whole_list_once(cast: Cast) -> None:
    made = assigned(cast)
    decided = actions.prepare_key(cast.house.county, "主席会议", DAY, [made], by=cast.clerk, now=NOW)
    decided = actions.decide_key(decided, by=cast.clerk, now=NOW, seen=decided.version)
    assert (again(made).key_on, decided.state, figure(cast, "proposals.key")) == (DAY, "decided", 1)
    with pytest.raises(Refused):
        actions.decide_key(decided, by=cast.clerk, now=NOW, seen=decided.version)


def test_a_list_with_one_that_is_key_already_decides_nothing(cast: Cast) -> None:
    made = assigned(cast)
    made = actions.make_key(made, on=DAY, by=cast.clerk, now=NOW, seen=made.version)
    twice = actions.prepare_key(cast.house.county, "主席会议", DAY, [made], by=cast.clerk, now=NOW)
    with pytest.raises(Refused, match="已经是重点"):
        actions.decide_key(twice, by=cast.clerk, now=NOW, seen=twice.version)
    assert KeyList.objects.get().state == "open"


@pytest.fixture
def key(cast: Cast) -> Proposal:
    made = assigned(cast)
    return actions.make_key(made, on=DAY, by=cast.clerk, now=NOW, seen=made.version)


def test_leaders_plan_and_activities_stand_with_it_and_count(cast: Cast, key: Proposal) -> None:
    assert queries.wanting_key(cast.house.county).count() == 1
    led = actions.set_leads(
        key, [("lead", "张县长", "副县长"), ("supervise", "李主席", "副主席")], by=cast.clerk, now=NOW, seen=key.version
    )
    led = actions.supervise(led, "plan", {"on": DAY, "words": "一案一方案"}, by=cast.clerk, now=NOW, seen=led.version)
    led = actions.supervise(
        led,
        "activity",
        {"on": DAY, "words": "看了桥", "place": "白石桥", "who": "李主席"},
        files=[("现场.pdf", b"%PDF-1.4\n%%EOF\n")],
        by=cast.clerk,
        now=NOW,
        seen=led.version,
    )
    assert queries.wanting_key(cast.house.county).count() == 0
    assert figure(cast, "proposals.supervised") == 1 and verify.verify().problems == []
    assert [one.kind for one in archiving.items(again(led), NOW)].count("督办材料") == 2
    with pytest.raises(Stale):
        actions.set_leads(led, [], by=cast.clerk, now=NOW, seen=key.version)


def test_only_key_ones_are_seen_through_and_only_what_was_done(cast: Cast) -> None:
    made = assigned(cast)
    with pytest.raises(Refused, match="不是重点"):
        actions.supervise(made, "activity", {"on": DAY, "words": "看"}, by=cast.clerk, now=NOW, seen=made.version)
    made = actions.make_key(made, on=DAY, by=cast.clerk, now=NOW, seen=made.version)
    with pytest.raises(Refused, match="还没有到"):
        actions.supervise(
            made, "activity", {"on": DAY + timedelta(1), "words": "看"}, by=cast.clerk, now=NOW, seen=made.version
        )
    Proposal.objects.filter(pk=made.pk).update(state=rules.ARCHIVED)
    with pytest.raises(Refused, match="不能办理这一步"):
        actions.supervise(made, "activity", {"on": DAY, "words": "看"}, by=cast.clerk, now=NOW, seen=made.version)


def test_the_pages_lead_from_naming_to_the_result(cast: Cast, client: Client) -> None:
    made = assigned(cast)
    client.force_login(cast.second)
    Proposal.objects.filter(pk=made.pk).update(published=True)
    client.force_login(cast.clerk)
    assert client.post(f"/proposals/{made.pk}/nominate", {"reason": "急"}, follow=True).status_code == 200
    assert Nomination.objects.get().words == "急"
    page = client.get("/proposals/key/new").content.decode()
    assert "推荐 1 次" in page and "checked" in page
    listed = client.post("/proposals/key/new", {"title": "主席会议", "on": DAY, "proposals": [made.pk]}, follow=True)
    assert "急" in listed.content.decode()
    client.post(f"/proposals/key/{KeyList.objects.get().pk}/decide", {"seen": KeyList.objects.get().version})
    assert "还没有" in client.get("/proposals/key").content.decode()
    client.post(
        f"/proposals/{made.pk}/leads",
        {"seen": again(made).version, "role-1": "lead", "name-1": "张县长", "duty-1": "副县长"},
    )
    sent = {"seen": again(made).version, "kind": "result", "on": DAY, "words": "桥修好了"}
    page = client.post(f"/proposals/{made.pk}/supervision", sent, follow=True).content.decode()
    assert "张县长" in page and "桥修好了" in page


def test_the_page_of_key_ones_asks_as_often_for_many(
    cast: Cast, key: Proposal, client: Client, django_assert_max_num_queries: Any
) -> None:
    client.force_login(cast.clerk)
    with django_assert_max_num_queries(20):
        assert client.get("/proposals/key").status_code == 200
