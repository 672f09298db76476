"""Limits: by a day of the year, suspended by the office, amended opinions."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from xieshang.base.errors import NotAllowed, Refused
from xieshang.base.ledger import verify
from xieshang.work.proposals import actions, papers, queries, rules
from xieshang.work.proposals.models import Assignment

from .test_handling import at, contacted, road, told
from .test_walk import NOW, Cast, again, answer, assigned, filed, given

BACKEND = "django.contrib.auth.backends.ModelBackend"


def suspended(cast: Cast, one: Assignment, **more: Any) -> Assignment:
    typed: dict[str, Any] = {"why": "policy", "citation": "县府办函〔2026〕3号", "from_on": NOW.date(), "to_on": NOW.date() + timedelta(days=9)}  # fmt: skip
    return actions.suspend(one, **{**typed, "by": cast.office, "now": NOW, "seen": one.version, **more})


def test_suspended_days_move_the_limit_and_unit_and_proposers_are_told(cast: Cast) -> None:
    one = road(cast)
    due = one.due_on
    one = suspended(cast, one)
    assert due + timedelta(days=10) <= one.due_on <= due + timedelta(days=13)  # on a working day
    assert "中止" in told(cast.road)[-1] and "中止" in told(cast.first)[-1]
    assert verify.verify().problems == []


def test_only_the_assigning_office_suspends_with_a_reason_and_a_citation(cast: Cast) -> None:
    one = road(cast)
    with pytest.raises(NotAllowed):
        suspended(cast, one, by=cast.road)
    for wrong in (
        {"citation": " "},
        {"why": "lazy"},
        {"to_on": NOW.date() - timedelta(days=1)},
        {"from_on": NOW.date() - timedelta(days=1)},
    ):
        with pytest.raises(Refused):
            suspended(cast, one, **wrong)
    one = suspended(cast, one)
    with pytest.raises(Refused, match="已经中止"):
        suspended(cast, one, from_on=NOW.date() + timedelta(days=5))


def test_what_is_late_already_is_not_suspended(cast: Cast) -> None:
    one = contacted(cast, road(cast), cast.road)
    actions.mark_overdue(at(one.due_on + timedelta(days=2)))
    one = again(one)
    with pytest.raises(Refused, match="逾期"):
        suspended(cast, one, from_on=one.due_on)


def test_going_on_earlier_takes_off_what_was_given_too_much(cast: Cast) -> None:
    one = road(cast)
    due = one.due_on
    put_off = suspended(cast, one)
    one = actions.resume(put_off, by=cast.office, now=NOW + timedelta(days=1), seen=put_off.version)
    assert one.suspensions.get().days == 2
    assert due < one.due_on < put_off.due_on
    with pytest.raises(Refused, match="没有中止"):
        actions.resume(one, by=cast.office, now=NOW + timedelta(days=2), seen=one.version)


def test_nobody_is_reminded_while_it_is_suspended(cast: Cast) -> None:
    one = road(cast)
    from_on = one.due_on - timedelta(days=5)
    one = suspended(cast, one, from_on=from_on, to_on=from_on + timedelta(days=20), now=at(from_on))
    before = len(told(cast.road))
    actions.remind(at(one.due_on - timedelta(days=15)))  # within it
    assert len(told(cast.road)) == before
    actions.remind(at(one.due_on - timedelta(days=3)))
    assert len(told(cast.road)) == before + 1


def test_the_letter_and_the_page_say_that_it_was_suspended(cast: Cast, client: Client) -> None:
    proposal = assigned(cast)
    town = actions.sign(given(proposal, cast.units["town"]), by=cast.town, now=NOW)
    actions.opine(town, "配合。", by=cast.town, now=NOW, seen=town.version)
    one = suspended(cast, given(proposal, cast.units["road"]))
    client.force_login(cast.fresh(cast.office), backend=BACKEND)
    assert "期限中止至" in client.get(f"/proposals/assignments/{one.pk}").content.decode()
    answer(cast, one, cast.road)
    body = papers.letter(again(one), NOW.date()).body
    assert any("县府办函〔2026〕3号" in text for _level, text in body)


def test_a_day_of_the_year_goes_before_the_months_and_the_more_exact_rule_first(cast: Cast) -> None:
    def rule(**more: Any) -> None:
        fields = {"kind": "", "proposer": "", "category": "", "month": 8, "day": 31, "since": date(2026, 1, 1), "citation": "办理规定"}  # fmt: skip
        actions.set_due_rule(cast.house.county, {**fields, **more}, by=cast.clerk, now=NOW)

    rule()
    rule(kind="interim", category="society", day=20)
    rule(kind="interim", category="society", month=5, day=10)  # is past
    rule(proposer="party", kind="interim", category="society", day=1)
    assert road(cast).due_on == date(2026, 8, 20)
    with pytest.raises(Refused, match="没有这一天"):
        rule(month=2, day=29)
    with pytest.raises(NotAllowed):
        actions.set_due_rule(cast.house.county, {}, by=cast.road, now=NOW)


def test_a_rule_that_was_stopped_holds_no_more(cast: Cast, client: Client) -> None:
    client.force_login(cast.fresh(cast.clerk), backend=BACKEND)
    typed = {"month": "8", "day": "20", "since": "2026-01-01", "citation": "办理规定"}
    assert client.post("/proposals/due-rules", {**typed, "citation": ""}).status_code == 422
    client.post("/proposals/due-rules", typed)
    proposal = actions.hand_over(filed(cast), by=cast.clerk, now=NOW)
    assert "2026 年 8 月 20 日" in client.get(f"/proposals/{proposal.pk}/assign").content.decode()
    ruled = queries.ruled_day(proposal, NOW.date())
    assert ruled
    client.post(f"/proposals/due-rules/{ruled[1].pk}/stop")
    assert queries.ruled_day(proposal, NOW.date()) is None


def test_an_opinion_is_amended_until_the_host_signs_off_and_keeps_its_first_day(cast: Cast) -> None:
    proposal = assigned(cast)
    town = actions.sign(given(proposal, cast.units["town"]), by=cast.town, now=NOW)
    town = actions.opine(town, "配合。", by=cast.town, now=NOW, seen=town.version)
    later = NOW + timedelta(days=2)
    town = actions.opine(town, "配合，八月完成。", by=cast.town, now=later, seen=town.version)
    assert (town.opinion, town.delivered_on) == ("配合，八月完成。", NOW.date())
    assert "改了会办意见" in told(cast.road)[-1]
    answer(cast, given(proposal, cast.units["road"]), cast.road, now=later)
    with pytest.raises(Refused, match="已经签发"):
        actions.opine(again(town), "再改。", by=cast.town, now=later, seen=again(town).version)


def test_the_yellow_light_comes_on_as_many_days_before_as_the_unit_says(cast: Cast) -> None:
    from xieshang.base.settings.models import Setting

    one = road(cast)
    day = one.due_on - timedelta(days=9)
    assert queries.lights(one, day) == "fine"
    Setting.objects.create(organization=cast.house.county, key=rules.SOON_DAYS, value=10, effective_from=NOW.date(), set_at=NOW)  # fmt: skip
    assert queries.lights(one, day) == "soon"


def test_what_is_not_handed_out_after_the_plenary_waits_with_its_day(cast: Cast) -> None:
    from xieshang.work.proposals.models import Proposal
    from xieshang.work.proposals.todo import to_hand_out

    made = filed(cast)
    assert list(to_hand_out(cast.fresh(cast.clerk), cast.house.county, NOW.date())) == []  # 平时提案
    Proposal.objects.filter(pk=made.pk).update(kind=rules.SESSION)
    (one,) = to_hand_out(cast.fresh(cast.clerk), cast.house.county, NOW.date())
    assert one.due == date(2026, 2, 14) and "1 件大会提案" in one.title
    assert list(to_hand_out(cast.fresh(cast.road), cast.house.county, NOW.date())) == []
