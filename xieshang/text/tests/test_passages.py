"""Sentences of two proposals that say the same stand side by side."""

from hypothesis import given, settings
from hypothesis import strategies as st

from xieshang.text.passages import agreeing, sentences

MINE = "全县有古树三百二十株。\n一、由县林业局逐株落实管护人，建立档案。\n二、设立保护牌，注明树种和树龄。\n进一步加强宣传工作。"
THEIRS = "（一）请县林业局对古树逐株落实管护人并建立档案；（二）对校车进行年检。古树旁应设立保护牌，注明树龄。"


def test_what_agrees_is_paired_once_likest_first() -> None:
    found = agreeing(MINE, THEIRS)
    pairs = [("".join(words for words, _same in one.mine), "".join(words for words, _same in one.theirs)) for one in found]  # fmt: skip
    assert pairs == [
        ("设立保护牌，注明树种和树龄。", "古树旁应设立保护牌，注明树龄。"),
        ("由县林业局逐株落实管护人，建立档案。", "请县林业局对古树逐株落实管护人并建立档案；"),
    ]
    assert [one.share for one in found] == sorted((one.share for one in found), reverse=True)
    assert ("逐株落实管护人", True) in found[1].mine
    assert ("逐株落实管护人", True) in found[1].theirs


def test_texts_on_other_matters_agree_in_nothing() -> None:
    assert agreeing(MINE, "建议开通县城到青石镇的夜间公交。票价二元，每半小时一班。") == []


def test_sentences_of_the_genre_prove_nothing() -> None:
    same = "请有关部门加强沟通协调，形成齐抓共管的局面。"
    assert agreeing(same + MINE, same) != []
    assert agreeing(same + MINE, same, common=[same]) == []


@settings(max_examples=40, deadline=None)
@given(st.text("古树管护县林业局一、。；\n12", max_size=120), st.text("古树管护县林业局一、。；\n12", max_size=120))
def test_runs_are_the_sentence_again_and_what_is_marked_is_in_both(mine: str, theirs: str) -> None:
    for one in agreeing(mine, theirs):
        assert "".join(words for words, _same in one.mine) in sentences(mine)
        assert "".join(words for words, _same in one.theirs) in sentences(theirs)
        marked = [[words for words, same in side if same] for side in (one.mine, one.theirs)]
        assert marked[0] == marked[1]
        assert 0 < one.share <= 1
