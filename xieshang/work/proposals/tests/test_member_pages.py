"""What a proposer meets: writing, cosigning, sending and rating on his own pages."""

from collections.abc import Callable

import pytest
from django.test import Client

from xieshang.base.accounts.models import User
from xieshang.work.proposals import actions, rules
from xieshang.work.proposals.models import Proposal, Signature

from .test_walk import NOW, TEXT, Cast, again, answer, assigned, given

Enter = Callable[[User], Client]
TYPED = {**TEXT, "open_text": "on", "secrets_read": "on"}
RATED = {"visited": "yes", "way": "visit", "attitude": "satisfied", "aim": "to_point", "result": "agree"}


@pytest.fixture
def enter() -> Enter:
    """A browser in which somebody is logged in."""

    def opened(user: User) -> Client:
        client = Client()
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return opened


def test_a_member_writes_invites_and_sends_from_his_own_pages(cast: Cast, enter: Enter) -> None:
    first, second = enter(cast.first), enter(cast.second)
    assert first.post("/proposals/new", {**TYPED, "advice": ""}).status_code == 302  # kept though not whole
    made = Proposal.objects.get()
    assert (made.state, made.first_id) == (rules.DRAFT, cast.house.members[0].pk)

    refused = first.post(f"/proposals/{made.pk}/submit", {"seen": made.version})
    assert refused.status_code == 422
    assert "还没有写：建议" in refused.content.decode()
    first.post(f"/proposals/{made.pk}/edit", {**TYPED, "seen": made.version})
    made = again(made)
    first.post(f"/proposals/{made.pk}/invite", {"people": [cast.house.members[1].pk], "seen": made.version})

    assert "请您会签" in second.get("/").content.decode()
    second.post(f"/proposals/{made.pk}/cosign", {"agrees": "yes"})
    assert made.signatures.get(person=cast.house.members[1]).state == Signature.SIGNED
    made = again(made)
    sent = first.post(f"/proposals/{made.pk}/submit", {"seen": made.version}, follow=True).content.decode()
    assert "已提交，流水号 1" in sent
    assert again(made).proposer == rules.JOINT


def test_a_draft_is_seen_by_its_proposer_and_those_he_asks_only(cast: Cast, enter: Enter) -> None:
    made = actions.draft(cast.house.county, fields=TEXT, by=cast.first, now=NOW)
    page = f"/proposals/{made.pk}"
    assert enter(cast.first).get(page).status_code == 200
    assert {enter(who).get(page).status_code for who in (cast.second, cast.clerk, cast.road, cast.office)} == {404}
    actions.invite(made, [cast.house.members[1]], by=cast.first, now=NOW, seen=made.version)
    assert enter(cast.second).get(page).status_code == 200
    assert enter(cast.second).get(f"{page}/edit").status_code == 403


def test_two_who_edit_at_once_lose_nothing(cast: Cast, enter: Enter) -> None:
    made = actions.draft(cast.house.county, fields=TEXT, by=cast.first, now=NOW)
    seen = made.version
    client = enter(cast.first)
    client.post(f"/proposals/{made.pk}/edit", {**TYPED, "advice": "先写的。", "seen": seen})
    late = client.post(f"/proposals/{made.pk}/edit", {**TYPED, "advice": "后写的。", "seen": seen})
    assert late.status_code == 409
    assert "后写的。" in late.content.decode()
    assert again(made).advice == "先写的。"


def test_each_proposer_rates_and_only_the_office_sees_who_said_what(cast: Cast, enter: Enter) -> None:
    proposal = assigned(cast)
    anybody = cast.house.user("handler")
    town = actions.sign(given(proposal, cast.units["town"]), by=anybody, now=NOW)
    actions.opine(town, "配合。", by=anybody, now=NOW, seen=town.version)
    answer(cast, given(proposal, cast.units["road"]), cast.road)
    page = f"/proposals/{proposal.pk}"

    assert "请评价办理结果" in enter(cast.second).get("/").content.decode()
    assert enter(cast.first).post(f"{page}/rate", {**RATED, "words": "办得好"}).status_code == 302
    assert enter(cast.first).post(f"{page}/rate", RATED).status_code == 422  # once in a round
    assert enter(cast.third).post(f"{page}/rate", RATED).status_code == 404  # he declined to sign
    assert enter(cast.road).post(f"{page}/rate", RATED).status_code == 403

    assert "办得好" in enter(cast.clerk).get(page).content.decode()
    for unit in (cast.road, cast.office):
        text = enter(unit).get(page).content.decode()
        assert "办得好" not in text
        assert "提案者的评价" not in text
    assert "请评价办理结果" not in enter(cast.first).get("/").content.decode()


def test_the_office_has_one_line_for_each_state_that_waits(cast: Cast, enter: Enter) -> None:
    for _n in range(2):
        made = actions.draft(cast.house.county, fields=TEXT, by=cast.first, now=NOW)
        actions.submit(made, by=cast.first, now=NOW)
    assert "2 件提案待初审" in enter(cast.clerk).get("/").content.decode()
    listed = enter(cast.clerk).get("/proposals/?state=submitted").content.decode()
    assert listed.count("关于修整白石桥的提案</a>") == 2


def test_the_list_asks_as_much_for_many_as_for_one(cast: Cast, enter: Enter, django_assert_max_num_queries: Callable[..., object]) -> None:  # fmt: skip
    client = enter(cast.clerk)
    for _n in range(12):
        actions.submit(actions.draft(cast.house.county, fields=TEXT, by=cast.first, now=NOW), by=cast.first, now=NOW)
    client.get("/proposals/")
    with django_assert_max_num_queries(40):  # type: ignore[attr-defined]
        assert client.get("/proposals/").status_code == 200
