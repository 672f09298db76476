"""A blank whose sentence names its own days is counted over those: half a year, a five-year plan, five years."""

from datetime import date

import pytest

from xieshang.conftest import House

from .template import comments, held
from .test_filling import filled


@pytest.fixture
def two(house: House) -> House:
    """One collective activity in spring and one last year; it is the end of June."""
    held(house, on=date(2025, 9, 1))
    held(house, on=date(2026, 3, 5))
    held(house, on=date(2026, 5, 6))
    return house


def test_a_part_of_the_year_is_counted_over_that_part(two: House) -> None:
    [text], made = filled(two, "一季度组织集体活动x次。")

    assert text == "一季度组织集体活动1次。"
    assert (made.figures[0]["from"], made.figures[0]["to"]) == ("2026-01-01", "2026-03-31")
    assert "期间：2026-01-01 至 2026-03-31" in comments(made.document)[0]


@pytest.mark.parametrize(
    ("said", "count"),
    [("五年来", "3"), ("过去五年，", "3"), ("“十四五”期间，", "1"), ("近两年", "3"), ("十三五期间，", "0")],
)
def test_several_years_are_only_offered_since_the_ledger_may_not_go_back_so_far(
    two: House, said: str, count: str
) -> None:
    [text], made = filled(two, f"{said}组织集体活动x次。")

    assert text == f"{said}组织集体活动x次。"
    assert made.left[0]["guesses"][0]["value"] == count


@pytest.mark.parametrize("said", ["其中上半年", "上半年，教育界", "力争上半年"])
def test_what_else_speaks_against_a_figure_still_does(two: House, said: str) -> None:
    assert filled(two, f"{said}组织集体活动x次。")[1].figures == []
