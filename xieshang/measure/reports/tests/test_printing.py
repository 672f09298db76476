"""True ways of writing a figure."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xieshang.measure.reports.printing import scaled, tells_truth, written

WRITTEN = [  # value, words before and behind, what is printed
    ("38", "走访近", "家", "40"),
    ("41", "走访", "余家", "40"),
    ("41", "走访近", "家", None),  # 50 is far off
    ("38", "走访", "余家", None),  # 30 is far off
    ("214", "参加近", "人次", "220"),
    ("40", "走访近", "家", None),  # exactly 40 is not near 40
    ("17.6", "捐款近", "万元", "18"),
    ("17.6", "捐款", "多万元", "17"),
    ("17.6", "捐款", "万元", "17.6"),
    ("17.6312", "捐款", "万元", "17.6312"),
    ("97.96", "满意率", "%", "97.96"),
    ("0", "捐款近", "万元", None),
]


@pytest.mark.parametrize(("value", "head", "tail", "text"), WRITTEN)
def test_a_figure_is_written_between_the_words_it_finds(value: str, head: str, tail: str, text: str | None) -> None:
    assert written(Decimal(value), head, tail) == text


@given(st.decimals(min_value=0, max_value=10**7, places=2))
def test_near_is_always_a_little_more_and_over_a_little_less_than_the_truth(value: Decimal) -> None:
    near, over = written(value, "近", "次"), written(value, "", "余次")

    assert near is None or value < Decimal(near) <= value / Decimal("0.9")
    assert over is None or value * Decimal("0.9") <= Decimal(over) < value


TOLD = [  # typed, value, words before and behind, whether it is true
    ("38", "38", "", "家", True),
    ("40", "38", "", "家", False),
    ("近40", "38", "", "家", True),
    ("40", "38", "近", "家", True),
    ("40余", "41", "", "家", True),
    ("40余", "38", "", "家", False),
    ("40多", "41", "", "家", True),
    ("近38", "38", "", "家", False),
    ("1,284", "1284", "", "家", True),
    ("若干", "38", "", "家", False),
]


@pytest.mark.parametrize(("typed", "value", "head", "tail", "true"), TOLD)
def test_a_typed_figure_is_held_against_the_real_one(typed: str, value: str, head: str, tail: str, true: bool) -> None:
    assert tells_truth(typed, Decimal(value), "家", "家", head, tail) is true


def test_a_rate_may_be_rounded_but_never_to_a_hundred() -> None:
    assert tells_truth("98", Decimal("97.96"), "%", "%", "", "%")
    assert not tells_truth("100", Decimal("99.96"), "%", "%", "", "%")
    assert tells_truth("100", Decimal(100), "%", "%", "", "%")


def test_money_is_turned_and_nothing_else_is() -> None:
    assert scaled(Decimal(186000), "元", "万元") == Decimal("18.6")
    assert scaled(Decimal(12), "次", "户") == Decimal(12)
