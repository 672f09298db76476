"""Finding proposals by words and by likeness, on either database."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from xieshang.base.accounts.models import User
from xieshang.conftest import House
from xieshang.work.proposals import actions, finding
from xieshang.work.proposals.models import IndexRow, Proposal
from xieshang.work.proposals.queries import Narrowed, listed

from .test_walk import NOW, TEXT, Cast, again, answer, assigned, sent
from .test_walk import given as given_to

BRIDGE = {
    "title": "关于为青石镇5G基站配备柴油发电机的提案",
    "situation": "去年汛期，农村公\n路旁的基站停电，《通信条例》第12条落空；PM2.5监测也中断。",
    "analysis": "Ｇ３１８国道沿线没有备用电源。",
    "advice": "每站配一台，Smart City平台统一调度。",
}


def hits(cast: Cast, words: str, by: User | None = None) -> set[int]:
    found = listed(by or cast.fresh(cast.clerk), cast.house.county, Narrowed(words=words), NOW.date())
    return set(found.values_list("pk", flat=True))


def drafted(cast: Cast, **fields: str) -> Proposal:
    return actions.draft(cast.house.county, fields={**TEXT, **fields}, by=cast.first, now=NOW)


@pytest.mark.parametrize(
    ("words", "is_found"),
    [
        ("基站", True), ("5G基站", True), ("５ｇ", True), ("柴油发电机", True), ("农村公路", True), ("G318国道", True), ("318国道", True), ("pm2.5", True),
        ("《通信条例》", True), ("smart city", True), ("委员01", True), ("委员02", True), ("基站 备用电源", True), ("12", True), ("流水号1", True), ("1", False),
        ("柴油电机", False), ("停电通信", False), ("基站 学校", False), ("委员03", False), ("%%", False), ("基", False), ("'\"*", False), ("AND OR", False),
    ],
)  # fmt: skip
def test_what_stands_in_a_proposal_is_found_by_any_two_characters_of_it(cast: Cast, words: str, is_found: bool) -> None:
    made = sent(cast, **BRIDGE)
    sent(cast)
    assert (made.pk in hits(cast, words)) is is_found


def test_a_number_finds_the_proposal_of_that_number_and_the_texts_it_stands_in(cast: Cast) -> None:
    one, other = assigned(cast), sent(cast, title="关于第1产业和101路公交的提案")
    assert hits(cast, "1") == {one.pk} == hits(cast, "第1号")
    assert hits(cast, "101") == {other.pk}


def test_one_character_is_too_short_and_is_passed_over_beside_others(cast: Cast) -> None:
    made = sent(cast)
    assert finding.too_short("桥 白石桥 1") == ["桥"]
    assert hits(cast, "桥 白石桥") == {made.pk}


def test_what_was_edited_is_found_as_it_reads_now(cast: Cast) -> None:
    made = drafted(cast)
    mine = cast.fresh(cast.first)
    assert hits(cast, "白石桥", mine) == {made.pk}
    actions.write(made, fields={"title": "关于修整红旗渠的提案"}, by=cast.first, now=NOW, seen=made.version)
    assert hits(cast, "红旗渠", mine) == {made.pk}
    assert hits(cast, "白石桥", mine) == set()


def test_a_draft_is_found_by_who_may_see_it_only(cast: Cast) -> None:
    drafted(cast, title="关于保护古银杏的提案")
    assert hits(cast, "古银杏") == set() == hits(cast, "古银杏", cast.fresh(cast.road))


def test_a_reply_and_its_unit_are_found_once_each_has_its_say(cast: Cast) -> None:
    made = assigned(cast)
    assert hits(cast, "交通运输局") == {made.pk} == hits(cast, "白石桥", cast.fresh(cast.road))
    assert hits(cast, "列入计划") == set()
    actions.opine(
        actions.sign(given_to(made, cast.units["town"]), by=cast.town, now=NOW), "配合。", by=cast.town, now=NOW, seen=2
    )
    answer(cast, given_to(made, cast.units["road"]), cast.road)
    assert hits(cast, "列入计划") == {made.pk}


def test_what_is_forgotten_is_found_no_more(cast: Cast) -> None:
    made, other = sent(cast), sent(cast)
    finding.forget(made)
    assert hits(cast, "白石桥") == {other.pk}
    assert not IndexRow.objects.filter(proposal=made).exists()
    assert _nearest(cast, made) == [other.pk]


def _nearest(cast: Cast, like: Proposal) -> list[int]:
    return [one.pk for one, _score in finding.similar(like)]


def test_what_came_in_past_the_actions_is_indexed_by_the_next_round(cast: Cast) -> None:
    made = sent(cast)
    finding.forget(made)
    finding.catch_up(NOW)
    assert hits(cast, "白石桥") == {made.pk}


def _index() -> tuple[Any, ...]:
    """All that stands in it, pairs and text."""
    rows = list(IndexRow.objects.order_by("pk").values_list())
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT proposal_id, pairs FROM proposals_indexrow ORDER BY 1")
        else:
            cursor.execute("SELECT doc, term FROM proposals_pairs_by ORDER BY 1, 2")
        return rows, cursor.fetchall()


WORDS = st.text(st.sampled_from("白石桥水库5G%'\" ，\n道"), min_size=1, max_size=12).filter(lambda text: text.strip())


@settings(
    max_examples=8, deadline=None, phases=[Phase.generate], suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.tuples(st.integers(0, 2), st.sampled_from(("title", "situation", "advice")), WORDS), max_size=6))
def test_the_index_kept_step_by_step_is_the_index_made_anew(cast: Cast, edits: list[tuple[int, str, str]]) -> None:
    made = [drafted(cast), drafted(cast, title="关于水库的提案"), drafted(cast)]
    for which, part, text in edits:
        one = again(made[which])
        actions.write(one, fields={part: text}, by=cast.first, now=NOW, seen=one.version)
    kept = _index()
    for unit in (cast.house.county, None):
        finding.rebuild(unit)
        assert _index() == kept
    for one in Proposal.objects.all():
        words = [word for word in finding.pieces(one.title) if len(word) > 1]
        assert not words or one.pk in hits(cast, " ".join(words), cast.fresh(cast.first))


ALIKE = {
    "title": "关于在农村公路旁的基站配置备用电源的建议",
    "situation": "汛期停电，公路旁基站断了信号。",
    "analysis": "没有备用电源。",
    "advice": "给基站配柴油发电机。",
}


def test_similar_ones_are_the_sent_ones_that_say_the_same_likest_first(cast: Cast) -> None:
    like, same = sent(cast, **ALIKE), sent(cast, **BRIDGE)
    for n, topic in enumerate(("古树", "食堂", "河道", "戏曲", "养老", "药店")):
        sent(cast, title=f"关于{topic}的提案", situation=f"{topic}{n}处。", analysis="缺钱。", advice=f"管好{topic}。")
    drafted(cast, **BRIDGE)
    finding.renew(NOW + timedelta(days=1))
    assert _nearest(cast, like)[0] == same.pk
    assert all(one.state != "draft" and one.pk != like.pk for one, _score in finding.similar(like))
    assert _nearest(cast, sent(cast, **BRIDGE))[0] == same.pk


def test_the_page_of_the_list_and_the_search_of_the_frame_find_alike(cast: Cast, house: House) -> None:
    made = sent(cast, **BRIDGE)
    browser = Client()
    browser.force_login(cast.fresh(cast.clerk))
    for address in ("/proposals/?q=柴油发电机", "/search?q=柴油发电机"):
        assert made.title in browser.get(address).content.decode()
    page = browser.get("/proposals/?q=柴").content.decode()
    assert made.title not in page
    assert "两个字" in page
