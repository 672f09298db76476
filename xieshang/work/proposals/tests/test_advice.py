"""What is said before sending and at the review; it never stands in the way."""

from collections.abc import Callable
from datetime import timedelta

from django.test import Client

from xieshang.base.accounts.models import User
from xieshang.base.drafts.models import Draft
from xieshang.base.orgs.models import System
from xieshang.base.settings.parameters import set_value
from xieshang.work.proposals import actions, advice, looking, rules, thinking
from xieshang.work.proposals.actions import Opinion
from xieshang.work.proposals.models import Proposal

from .test_member_pages import TYPED, enter
from .test_walk import NOW, TEXT, Cast, again

__all__ = ["enter"]
Enter = Callable[[User], Client]
WHOLE = {
    **TYPED,
    "advice": "一、由县交通运输局牵头，列入今年养护计划。\n二、每座桥落实一名管护员，按季检查，结果公示。",
}
CLIENT = "6f1d3c52-9b5e-4a8e-9a53-0d2b8f5f7a11"


def test_a_thin_proposal_is_kept_and_advised_on_once_and_then_goes(cast: Cast, enter: Enter) -> None:
    client = enter(cast.first)
    page = client.post("/proposals/new", {**TYPED, "submit": "1"}, follow=True)
    made = Proposal.objects.get()
    assert made.state == rules.DRAFT
    assert "建议还比较单薄" in page.content.decode()
    assert client.post(f"/proposals/{made.pk}/submit", {"seen": made.version}).status_code == 302
    assert again(made).state == rules.SUBMITTED
    review = enter(cast.clerk).get(f"/proposals/{made.pk}/review").content.decode()
    assert "建议还比较单薄" in review
    assert "R10" in review


def test_a_whole_proposal_goes_at_once(cast: Cast, enter: Enter) -> None:
    enter(cast.first).post("/proposals/new", {**WHOLE, "submit": "1"})
    assert Proposal.objects.get().state == rules.SUBMITTED


def test_every_remark_has_its_words_and_a_known_ground(cast: Cast) -> None:
    assert {ground for *_words, ground, _grave in advice.SAID.values()} <= {*rules.GROUNDS, ""}
    made = actions.draft(cast.house.county, fields={**TEXT, "advice": ""}, by=cast.first, now=NOW)
    assert [one.code for one in advice.of(made, NOW.date())] == ["no_advice"]
    set_value(
        cast.house.county,
        advice.ON,
        False,
        effective_from=NOW.date(),
        citation="主任会议",
        by=cast.house.user("head"),
        now=NOW,
    )
    assert advice.of(made, NOW.date()) == []


def test_nothing_is_saved_before_the_secrets_notice_was_read(cast: Cast, enter: Enter) -> None:
    client = enter(cast.first)
    unread = {name: typed for name, typed in TYPED.items() if name != "secrets_read"}
    refused = client.post("/proposals/new", unread)
    assert refused.status_code == 422
    assert list(refused.context["form"].errors) == ["secrets_read"]
    assert refused.context["form"]["title"].value() == TEXT["title"]
    sent = {"client_id": CLIENT, "key": "proposals-new"}
    assert client.post("/proposals/draft", {**sent, "payload": '[["title", "修桥"]]'}).status_code == 422
    assert not Draft.objects.exists()
    assert client.post("/proposals/draft", {**sent, "payload": '[["title", "修桥"], ["secrets_read", "on"]]'}).status_code == 200  # fmt: skip
    assert not Proposal.objects.exists()


def test_similar_ones_stand_with_the_sentences_that_agree_for_who_may_see_them(cast: Cast, enter: Enter) -> None:
    before = NOW - timedelta(days=300)
    old = actions.draft(cast.house.county, fields={**TEXT, "title": "关于修整白石桥的建议"}, by=cast.second, now=before)
    actions.submit(old, by=cast.second, now=before)
    made = actions.draft(cast.house.county, fields=TEXT, by=cast.first, now=NOW)
    assert looking.alike(made, cast.first, NOW.date()) == []  # another's, and not published
    actions.submit(made, by=cast.first, now=NOW)
    (found,) = looking.alike(again(made), cast.clerk, NOW.date())
    assert found.proposal == old
    assert [("".join(words for words, _same in one.mine)) for one in found.passages] == ["列入今年养护计划。"]
    page = enter(cast.clerk).get(f"/proposals/{made.pk}/review").content.decode()
    assert "<mark>列入今年养护计划。</mark>" in page
    set_value(
        cast.house.county,
        looking.ALIKE,
        False,
        effective_from=NOW.date(),
        citation="主任会议",
        by=cast.house.user("head"),
        now=NOW,
    )
    assert looking.alike(again(made), cast.clerk, NOW.date()) == []


def test_the_past_suggests_category_and_unit_with_its_reasons(cast: Cast, enter: Enter) -> None:
    for n in range(3):
        made = actions.draft(
            cast.house.county, fields={**TEXT, "title": f"关于修整{'东西南'[n]}门石桥的提案"}, by=cast.second, now=NOW
        )
        made = actions.submit(made, by=cast.second, now=NOW)
        says = Opinion("file", "society", System.GOVERNMENT, units=(cast.units["road"].pk,))
        made = actions.review(made, says, by=cast.clerk, now=NOW, seen=made.version)
        made = actions.review_again(made, says, by=cast.other_clerk, now=NOW, seen=made.version)
        sheet = actions.prepare(cast.house.county, f"第{n}次会议", NOW.date(), [made], by=cast.clerk, now=NOW)
        actions.decide(sheet, by=cast.clerk, now=NOW, seen=sheet.version)
        made = actions.hand_over(again(made), by=cast.clerk, now=NOW)
        actions.assign(made, [(cast.units["road"], rules.SOLE)], by=cast.office, now=NOW)
    made = actions.draft(cast.house.county, fields=TEXT, wanted=[cast.units["water"].pk], by=cast.first, now=NOW)
    made = actions.submit(made, by=cast.first, now=NOW)
    page = enter(cast.clerk).get(f"/proposals/{made.pk}/review").content.decode()
    assert "用词相近的 3 件里 3 件是“社会建设”" in page
    assert "用词相近、交办过的 3 件里 3 件由县交通运输局承办" in page
    assert "县水利局" in page  # what the proposer wants stands beside it
    for key in (thinking.KEYWORDS, thinking.CATEGORY, thinking.UNIT):
        set_value(
            cast.house.county,
            key,
            False,
            effective_from=NOW.date(),
            citation="主任会议",
            by=cast.house.user("head"),
            now=NOW,
        )
    assert thinking.hints(again(made), NOW.date()) is None
