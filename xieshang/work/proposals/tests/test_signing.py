"""会签: order, expiry, refusal, an answer entered for a member, and a text changed after it was signed."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from xieshang.base.accounts.models import User
from xieshang.base.errors import NotAllowed, Refused
from xieshang.base.notices.models import Notice
from xieshang.base.paperwork.models import Acting
from xieshang.work.proposals import actions, queries, rules
from xieshang.work.proposals.models import Proposal, Signature

from .test_member_pages import TYPED, enter
from .test_walk import NOW, TEXT, Cast, again

__all__ = ["enter"]
Enter = Callable[[User], Client]
LATER = NOW + timedelta(days=30)


@pytest.fixture
def asked(cast: Cast) -> Proposal:
    made = actions.draft(cast.house.county, fields=TEXT, by=cast.first, now=NOW)
    return actions.invite(made, cast.house.members[1:4], by=cast.first, now=NOW, seen=made.version)


def _names(proposal: Proposal) -> list[int]:
    return [one.person_id for one in proposal.signatures.order_by("order", "id")]


def test_the_first_proposer_puts_the_others_in_order_and_stays_first(cast: Cast, asked: Proposal) -> None:
    first, second, third, fourth = cast.house.members[:4]
    made = actions.arrange_signers(asked, fourth, up=True, by=cast.first, now=NOW, seen=asked.version)
    assert _names(made) == [first.pk, second.pk, fourth.pk, third.pk]
    for _n in range(3):
        made = actions.arrange_signers(made, fourth, up=True, by=cast.first, now=NOW, seen=made.version)
    assert _names(made) == [first.pk, fourth.pk, second.pk, third.pk]
    with pytest.raises(Refused):
        actions.arrange_signers(made, first, up=False, by=cast.first, now=NOW, seen=made.version)
    with pytest.raises(Refused):
        actions.arrange_signers(made, third, up=True, by=cast.second, now=NOW, seen=made.version)


def test_an_invitation_that_lapsed_is_made_anew_and_an_answer_stays(cast: Cast, asked: Proposal) -> None:
    second, third = cast.house.members[1:3]
    actions.cosign(asked, third, agrees=False, note="不熟悉情况", by=cast.third, now=NOW)
    with pytest.raises(Refused, match="过期"):
        actions.cosign(asked, second, agrees=True, by=cast.second, now=LATER)
    made = again(asked)
    made = actions.invite(made, [second, third], by=cast.first, now=LATER, seen=made.version)
    actions.cosign(made, second, agrees=True, by=cast.second, now=LATER)
    states = dict(made.signatures.values_list("person", "state"))
    assert (states[second.pk], states[third.pk]) == (Signature.SIGNED, Signature.REFUSED)
    assert made.signatures.get(person=third).note == "不熟悉情况"


def test_who_signed_another_text_is_told_and_may_take_it_back(cast: Cast, asked: Proposal, enter: Enter) -> None:
    second = cast.house.members[1]
    actions.cosign(asked, second, agrees=True, by=cast.second, now=NOW)
    made = again(asked)
    made = actions.write(made, fields={"wanted": ""}, by=cast.first, now=NOW, seen=made.version)
    assert made.signatures.get(person=second).changed_at is None  # the text is the same
    made = actions.write(made, fields={"advice": "拆了重建。"}, by=cast.first, now=NOW, seen=made.version)
    assert Notice.objects.filter(user=cast.second, text__contains="改过了").count() == 1
    page = enter(cast.second).get(f"/proposals/{made.pk}").content.decode()
    assert "您会签以后，内容改过了" in page
    assert TEXT["advice"] in page  # what he signed stands there too
    actions.agree_again(made, by=cast.second, now=NOW)
    assert again(made).signatures.get(person=second).changed_at is None
    actions.unsign(made, by=cast.second, now=NOW, note="不同意重建")
    assert made.signatures.get(person=second).state == Signature.REFUSED
    sent = actions.submit(again(made), by=cast.first, now=NOW)
    assert sent.proposer == rules.MEMBER  # nobody signs with him
    assert [one.pk for one in queries.signers(sent)] == [cast.house.members[0].pk]
    with pytest.raises(Refused):
        actions.unsign(sent, by=cast.second, now=NOW)


def test_the_office_enters_what_a_member_said_by_telephone_and_it_is_marked(cast: Cast, asked: Proposal, enter: Enter) -> None:  # fmt: skip
    fourth = cast.house.members[3]  # has no account
    clerk, page = enter(cast.clerk), f"/proposals/{asked.pk}/cosign_for"
    assert TEXT["situation"] in clerk.get(page).content.decode()
    said = {"person": fourth.pk, "agrees": "yes", "note": "同意", "for-asked_on": "2026-06-30"}
    assert clerk.post(page, {**said, "for-how": "paper"}).status_code == 422  # on paper: with the scan
    assert clerk.post(page, {**said, "for-how": "phone"}).status_code == 302
    assert asked.signatures.get(person=fourth).state == Signature.SIGNED
    assert Acting.objects.get().person == fourth
    assert (
        clerk.get(page).status_code == 404
    )  # nobody without an account waits any more: the draft is not the office's to see
    with pytest.raises(NotAllowed):
        actions.cosign_for(
            asked, fourth, agrees=True, note="", how="phone", asked_on=NOW.date(), scan=None, by=cast.second, now=NOW
        )


def test_a_refused_form_that_is_mended_and_sent_again_is_one_proposal_with_the_new_text(cast: Cast, enter: Enter) -> None:  # fmt: skip
    client = enter(cast.first)
    typed = {**TYPED, "client_id": "6f1d3c52-9b5e-4a8e-9a53-0d2b8f5f7a12", "submit": "1", "advised": "1"}
    assert client.post("/proposals/new", {**typed, "advice": ""}).status_code == 422
    assert client.post("/proposals/new", {**typed, "advice": "列入计划。"}).status_code == 302
    made = Proposal.objects.get()
    assert (made.state, made.advice) == (rules.SUBMITTED, "列入计划。")
    assert client.post("/proposals/new", typed).status_code == 302  # once more, after it had arrived
    assert Proposal.objects.get().version == made.version


def test_who_does_not_agree_to_publication_says_why(cast: Cast, enter: Enter) -> None:
    client = enter(cast.first)
    closed = {name: typed for name, typed in TYPED.items() if name != "open_text"}
    assert client.post("/proposals/new", closed).status_code == 302  # what is only saved may be incomplete
    made = Proposal.objects.get()
    assert client.post(f"/proposals/{made.pk}/submit", {"seen": made.version}).status_code == 422
    made = actions.write(made, fields={"closed_reason": "涉及商业秘密"}, by=cast.first, now=NOW, seen=made.version)
    assert client.post(f"/proposals/{made.pk}/submit", {"seen": made.version}).status_code == 302
