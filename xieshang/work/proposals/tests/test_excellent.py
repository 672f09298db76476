"""Excellent proposals: recommended, scored blind, ranked with ties named, decided within the share."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from xieshang.base.errors import NotAllowed, Refused
from xieshang.base.ledger import figures, verify
from xieshang.base.settings import parameters
from xieshang.work.proposals import actions, rules
from xieshang.work.proposals.models import Candidate, Proposal, Score, Selection

from .test_walk import NOW, Cast, again, assigned
from .test_years import ROW, bring

DAY = NOW.date()
FOUR = (80, 80, 80, 80)


@pytest.fixture
def scoring(cast: Cast) -> Selection:
    """Two candidates of last year; the office's two clerks and a member review."""
    bring(
        cast,
        *(
            {
                **ROW,
                "编号": str(n),
                "年度": 2025,
                **{name: date(2025, 3, 1) for name in ("提交日期", "审查日期", "答复日期")},
                "提案者": f"委员0{n}",
            }
            for n in (2, 3, 4)
        ),
    )
    made = actions.start_selection(cast.house.county, 2025, by=cast.clerk, now=NOW)
    for one in Proposal.objects.filter(old_number__in="34"):
        actions.recommend(made, one, "针对性强", by=cast.clerk, now=NOW)
    return actions.begin_scoring(
        made, [cast.clerk, cast.other_clerk, cast.third], by=cast.clerk, now=NOW, seen=made.version
    )


def both(scoring: Selection) -> list[Candidate]:
    return list(
        scoring.candidates.select_related("selection__organization", "proposal").order_by("proposal__old_number")
    )


def closed(cast: Cast, scoring: Selection, *, tie: bool = False) -> Selection:
    first, second = both(scoring)
    for who in (cast.clerk, cast.other_clerk):
        actions.score(first, FOUR, by=who, now=NOW)
        actions.score(second, FOUR if tie else (90, 90, 90, 90), by=who, now=NOW)
    actions.score(second, FOUR if tie else (90, 90, 90, 90), by=cast.third, now=NOW)  # the first is his own
    return actions.close_scoring(scoring, by=cast.clerk, now=NOW, seen=scoring.version)


def test_weights_rule_the_score_and_places_follow(cast: Cast, scoring: Selection) -> None:
    first, _second = both(scoring)
    made = actions.score(first, (100, 60, 80, 40), by=cast.clerk, now=NOW)
    assert made.total == Decimal("70.00")
    closed(cast, scoring)
    assert [(one.score, one.place) for one in both(scoring)] == [(Decimal("80.00"), 2), (Decimal("90.00"), 1)]


def test_nobody_scores_his_own_nor_who_is_no_reviewer(cast: Cast, scoring: Selection) -> None:
    own = both(scoring)[0]
    with pytest.raises(NotAllowed, match="自己的提案"):
        actions.score(own, FOUR, by=cast.third, now=NOW)
    with pytest.raises(NotAllowed, match="不是这次评选"):
        actions.score(own, FOUR, by=cast.second, now=NOW)


@pytest.mark.parametrize("points", [(80, 80, 80), (80, 80, 80, 101), (80, 80, 80, -1)])
def test_points_that_cannot_be_are_refused(cast: Cast, scoring: Selection, points: tuple[int, ...]) -> None:
    with pytest.raises(Refused, match="0 到 100"):
        actions.score(both(scoring)[1], points, by=cast.clerk, now=NOW)


def test_a_reviewer_sees_only_what_he_gave_until_it_is_closed(cast: Cast, scoring: Selection, client: Client) -> None:
    actions.score(both(scoring)[1], (93, 93, 93, 93), by=cast.clerk, now=NOW)
    client.force_login(cast.other_clerk)
    page = client.get(f"/proposals/excellent/{scoring.pk}").content.decode()
    assert "93" not in page and "名 ·" not in page
    client.force_login(cast.clerk)
    assert "您评的：93" in client.get(f"/proposals/excellent/{scoring.pk}").content.decode()


def test_who_has_not_scored_is_waited_for_or_gone_on_without_with_a_reason(cast: Cast, scoring: Selection) -> None:
    for one in both(scoring):
        actions.score(one, FOUR, by=cast.clerk, now=NOW)
    with pytest.raises(Refused, match="还没有评完"):
        actions.close_scoring(scoring, by=cast.clerk, now=NOW, seen=scoring.version)
    done = actions.close_scoring(scoring, by=cast.clerk, now=NOW, seen=scoring.version, reason="出差")
    with pytest.raises(Refused, match="不是评分的时候"):
        actions.score(both(done)[0], FOUR, by=cast.clerk, now=NOW)
    assert Score.objects.count() == 2


def test_equals_share_their_place_and_the_page_says_so(cast: Cast, scoring: Selection, client: Client) -> None:
    closed(cast, scoring, tie=True)
    assert {one.place for one in both(scoring)} == {1}
    client.force_login(cast.clerk)
    assert client.get(f"/proposals/excellent/{scoring.pk}").content.decode().count("并列第 1 名") == 2


def test_the_share_and_the_collective_ones_are_kept_and_the_chosen_count(cast: Cast, scoring: Selection) -> None:
    made = closed(cast, scoring)
    ids = [one.pk for one in both(made)]
    given: dict[str, Any] = {"on": DAY, "by": cast.clerk, "now": NOW, "seen": made.version}
    with pytest.raises(Refused, match="最多评 1 件"):
        actions.decide_selection(made, ids, **given)
    with pytest.raises(Refused, match="集体提案只有"):
        actions.decide_selection(made, ids[1:], **given)
    actions.decide_selection(made, ids[1:], **given, reason="本年集体提案未获推荐")
    best = Proposal.objects.get(old_number="4")
    known = figures.indicators(cast.house.county)
    counted = figures.figure(
        figures.Query(known["proposals.excellent"], cast.house.county.pk, date(2026, 1, 1), DAY), known
    ).value
    assert (best.excellent_on, best.state, counted) == (DAY, rules.ARCHIVED, 1) and verify.verify().problems == []


def test_weights_that_are_not_a_hundred_start_nothing(cast: Cast) -> None:
    parameters.set_value(
        cast.house.county,
        "proposals.weight_study",
        "30",
        effective_from=date(2026, 1, 1),
        citation="办法",
        by=cast.clerk,
        now=NOW,
    )
    with pytest.raises(Refused, match="不是 100"):
        actions.start_selection(cast.house.county, 2025, by=cast.clerk, now=NOW)


def test_from_recommending_to_publishing_on_the_pages(cast: Cast, client: Client) -> None:
    made = assigned(cast)
    client.force_login(cast.clerk)
    client.post("/proposals/excellent", {"year": "2026"})
    found = Selection.objects.get()
    at = f"/proposals/excellent/{found.pk}"
    client.post(f"{at}/recommend", {"proposal": made.pk, "words": "有实效"})
    client.post(f"{at}/begin", {"reviewers": [cast.clerk.pk], "seen": found.version})
    client.post(f"{at}/score", {"candidate": Candidate.objects.get().pk, **{f"points-{n}": "88" for n in range(1, 5)}})
    client.post(f"{at}/close", {"seen": again(found).version})
    sent = {"seen": again(found).version, "on": DAY, "chosen": [Candidate.objects.get().pk], "reason": "只此一件"}
    assert client.post(f"{at}/decide", sent, follow=True).status_code == 200
    assert again(made).excellent_on == DAY and again(found).state == "published"
