"""Sentences made of indicator words, wrong neighbours and unknown nouns: a filled value is always that of the number's own noun."""

from datetime import date

from django.utils.translation import override
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from xieshang.base import registry
from xieshang.base.ledger.facts import Indicator
from xieshang.documents.filling import Place
from xieshang.measure import tying
from xieshang.measure.reports.deciding import Decision, Period, Unit, decide
from xieshang.measure.reports.reading import spots

UNIT = Unit(
    own=("云岭县政协", "县政协", "云岭县", "全县"), places={"县": "云岭"}, others=("青石镇", "桂花社区", "经济界")
)
YEAR = Period(date(2026, 1, 1), date(2026, 12, 31))
VERBS = ("", "组织", "开展", "共", "积极开展", "举办", "云岭县政协组织", "今年以来组织")
UNKNOWN = (
    "走访企业",
    "慰问老人",
    "新委员",
    "读书会",
    "文艺汇演",
    "种植树木",
    "帮扶企业",
    "宣讲",
    "青年论坛",
    "集体经济",
    "活动室",
    "调研报告",
    "会议室",
    "视察通报",
    "培训教材",
)
COMPOUND = (
    "学校{}",
    "{}照片",
    "{}经费",
    "网上{}",
    "{}报道",
    "退休干部{}",
    "{}参与企业",
    "模拟{}",
    "{}先进个人",
    "不{}",
    "{}方案",
)
MEASURES = (
    "次",
    "场",
    "人次",
    "人",
    "名",
    "户",
    "家",
    "件",
    "篇",
    "条",
    "期",
    "个",
    "项",
    "%",
    "元",
    "万元",
    "册",
    "半天",
    "份",
)
OTHERS = ("青石镇", "市政协", "工会", "教育局", "经济界", "企业")


def indicators() -> list[Indicator]:
    return list(registry.INDICATORS.values())


def words() -> list[tuple[str, Indicator]]:
    return [(word, one) for one in indicators() for word in one.words]


def decided(sentence: str) -> Decision:
    [decision] = [
        d
        for d in decide(spots([Place(0, sentence, "body", "document/p1")]), indicators(), UNIT, YEAR)
        if d.spot.mark == "x"
    ]
    return decision


def longest(noun: str) -> set[str]:
    """The indicators one of whose words is exactly this noun (活动 may follow)."""
    return {one.code for word, one in words() if noun in (word, f"{word}活动")}


relaxed = settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
pick = st.deferred(lambda: st.sampled_from(words()))


@relaxed
@given(pick, st.sampled_from(VERBS), st.sampled_from(MEASURES), st.booleans())
def test_what_is_filled_is_the_figure_of_the_number_s_own_noun_in_a_measure_it_accepts(
    meant: tuple[str, Indicator], verb: str, measure: str, before: bool
) -> None:
    word, _indicator = meant
    decision = decided(f"{verb}{word}x{measure}。" if before else f"{verb}x{measure}{word}。")

    if decision.indicator is not None:
        assert decision.indicator.code in longest(word) | longest(verb + word) | longest(verb[-2:] + word)
        assert measure in decision.indicator.accepts


@relaxed
@given(st.sampled_from(UNKNOWN), st.sampled_from(VERBS), st.sampled_from(MEASURES), st.booleans())
def test_an_unknown_noun_is_never_filled(noun: str, verb: str, measure: str, before: bool) -> None:
    assert decided(f"{verb}{noun}x{measure}。" if before else f"{verb}x{measure}{noun}。").indicator is None


@relaxed
@given(pick, st.sampled_from(COMPOUND), st.sampled_from(VERBS), st.sampled_from(MEASURES), st.booleans())
def test_a_longer_noun_around_a_known_word_is_never_filled(
    meant: tuple[str, Indicator], around: str, verb: str, measure: str, before: bool
) -> None:
    noun = around.format(meant[0])

    assert decided(f"{verb}{noun}x{measure}。" if before else f"{verb}x{measure}{noun}。").indicator is None


@relaxed
@given(pick, st.sampled_from(OTHERS), st.sampled_from(MEASURES), st.booleans())
def test_another_subject_is_never_filled(meant: tuple[str, Indicator], other: str, measure: str, apart: bool) -> None:
    assert (
        decided(
            f"{other}认真履职，{meant[0]}x{measure}。"
            if apart and other in UNIT.others
            else f"{other}组织{meant[0]}x{measure}。"
        ).indicator
        is None
    )


@relaxed
@given(pick, pick, st.sampled_from("、和及与"), st.sampled_from(MEASURES))
def test_two_nouns_under_one_number_are_never_filled(
    one: tuple[str, Indicator], two: tuple[str, Indicator], joint: str, measure: str
) -> None:
    decision = decided(f"组织{one[0]}{joint}{two[0]}x{measure}。")

    assert decision.indicator is None or decision.indicator.code in longest(f"{one[0]}{joint}{two[0]}")


@relaxed
@given(pick, st.data())
def test_a_word_beside_which_an_indicator_is_not_meant_takes_it_away(
    meant: tuple[str, Indicator], data: st.DataObject
) -> None:
    word, indicator = meant
    for never in indicator.never:
        measure = data.draw(st.sampled_from(indicator.accepts))
        for sentence in (
            f"对{never}开展{word}x{measure}。",
            f"{never}{word}x{measure}。",
            f"{word}{never}x{measure}。",
        ):
            found = decided(sentence).indicator
            assert found is None or found.code != indicator.code


@relaxed
@given(
    st.text("组织开展视察调研集体活动委员参加捐款捐物民主评议党员对的和、共其中", min_size=1, max_size=14),
    st.sampled_from(MEASURES),
)
def test_any_text_at_all_is_filled_only_by_a_word_that_ends_at_the_number(text: str, measure: str) -> None:
    with override("zh-hans"):
        decision = decided(f"{text}x{measure}。")

    if decision.indicator is not None:
        assert measure in decision.indicator.accepts
        held = [word for word in decision.indicator.words if word in text]
        assert any(
            tying._only("活动", *tying._HOW, *tying._VERB, *tying._BOUND).fullmatch(text.rpartition(word)[2])
            is not None
            for word in held
        )
