"""附议: opened by the first proposer, joined by other members with one tap, told of the result, counted, and no signature."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client

from xieshang.base.accounts.models import User
from xieshang.base.errors import NotAllowed, Refused
from xieshang.base.ledger import figures, verify
from xieshang.base.notices.models import Notice
from xieshang.base.orgs.models import System
from xieshang.base.registry import INDICATORS
from xieshang.base.settings import parameters
from xieshang.work.proposals import actions, clue_rules, rules
from xieshang.work.proposals.actions import Opinion, seconding
from xieshang.work.proposals.models import Proposal, Second
from xieshang.work.proposals.queries.seconding import raters

from .test_walk import NOW, TEXT, Cast, again

Enter = Callable[[User], Client]


@pytest.fixture
def enter() -> Enter:
    def opened(user: User) -> Client:
        client = Client()
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return opened


def counted(cast: Cast) -> Any:
    asked = figures.Query(INDICATORS["proposals.seconded"], cast.house.county.pk, date(2026, 1, 1), date(2026, 12, 31))
    return figures.figures([asked], INDICATORS)[0].number


def opened(cast: Cast) -> Proposal:
    made = actions.draft(cast.house.county, fields=TEXT, by=cast.first, now=NOW)
    return seconding.open_up(made, by=cast.first, now=NOW, seen=made.version)


def test_members_find_an_open_draft_and_join_with_one_tap(cast: Cast, enter: Enter) -> None:
    first, second = enter(cast.first), enter(cast.second)
    draft = actions.draft(cast.house.county, fields=TEXT, by=cast.first, now=NOW)
    assert second.get(f"/proposals/{draft.pk}").status_code == 404
    first.post(f"/proposals/{draft.pk}/open_up", {"seen": draft.version})
    assert draft.title in second.get("/proposals/open?q=白石桥").content.decode()
    assert draft.title not in second.get("/proposals/open?q=校车").content.decode()
    before = again(draft).version
    for _twice in range(2):
        assert second.post(f"/proposals/{draft.pk}/second", {"seen": 1}).status_code == 302
    assert Second.objects.get().person == cast.second.person
    assert again(draft).version == before  # nobody's open page grows stale
    assert counted(cast) == 1
    page = first.get(f"/proposals/{draft.pk}").content.decode()
    assert str(cast.house.members[1]) in page
    assert not draft.signatures.filter(person=cast.second.person).exists()

    second.post(f"/proposals/{draft.pk}/unsecond", {"seen": 1})
    assert counted(cast) == 0
    first.post(f"/proposals/{draft.pk}/close_up", {"seen": again(draft).version})
    assert second.get(f"/proposals/{draft.pk}").status_code == 404
    assert enter(cast.road).get(f"/proposals/{draft.pk}").status_code == 404
    assert verify.verify().problems == []


def test_only_the_first_proposer_opens_and_nobody_stands_by_his_own(cast: Cast) -> None:
    made = opened(cast)
    with pytest.raises(Refused, match="已经是"):
        seconding.second(made, by=cast.first, now=NOW)
    with pytest.raises(NotAllowed):
        seconding.second(made, by=cast.clerk, now=NOW)
    with pytest.raises(Refused, match="不是您领衔"):
        seconding.close_up(made, by=cast.second, now=NOW, seen=made.version)


def test_where_the_unit_says_so_it_ends_with_sending_or_is_never(cast: Cast) -> None:
    def says(until: str) -> None:
        parameters.set_value(cast.house.county, clue_rules.SECONDING, until, effective_from=NOW.date(), citation="办法", by=cast.clerk, now=NOW)  # fmt: skip

    says("draft")
    made = opened(cast)
    seconding.second(made, by=cast.second, now=NOW)
    sent = actions.submit(made, by=cast.first, now=NOW)
    assert sent.seconding_on is None
    with pytest.raises(Refused):
        seconding.second(sent, by=cast.third, now=NOW)
    with pytest.raises(Refused, match="规定"):
        seconding.open_up(sent, by=cast.first, now=NOW, seen=sent.version)


def test_who_stands_by_it_is_told_the_result_and_rates_only_where_set(cast: Cast) -> None:
    made = opened(cast)
    seconding.second(made, by=cast.third, now=NOW)
    made = actions.submit(made, by=cast.first, now=NOW)
    says = Opinion("file", "society", System.GOVERNMENT)
    made = actions.review(made, says, by=cast.clerk, now=NOW, seen=made.version)
    seconding.second(made, by=cast.second, now=NOW)
    made = actions.review_again(made, says, by=cast.other_clerk, now=NOW, seen=made.version)
    sheet = actions.prepare(cast.house.county, "第三次会议", NOW.date(), [made], by=cast.clerk, now=NOW)
    actions.decide(sheet, by=cast.clerk, now=NOW, seen=sheet.version)
    made = again(made)
    assert Notice.objects.filter(user=cast.third, text__contains="您附议的").exists()
    with pytest.raises(Refused, match="审查完"):
        seconding.unsecond(made, by=cast.second, now=NOW)
    assert [one.pk for one in raters(made)] == [cast.house.members[0].pk]
    parameters.set_value(cast.house.county, clue_rules.SECONDERS_RATE, True, effective_from=NOW.date(), citation="办法", by=cast.clerk, now=NOW)  # fmt: skip
    assert len(raters(made)) == 3
    assert counted(cast) == 2
    assert made.state == rules.FILED


def test_a_draft_that_is_given_up_counts_for_nobody(cast: Cast) -> None:
    made = opened(cast)
    seconding.second(made, by=cast.second, now=NOW)
    actions.discard(again(made), by=cast.first, now=NOW, seen=again(made).version)
    assert counted(cast) == 0
    assert Notice.objects.filter(user=cast.second, text__contains="不提了").exists()
