"""Names that count on."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xieshang.text.series import next_of

CASES = [
    ("第三期政协讲堂", "第四期政协讲堂"),
    ("“有事好商量”第9场协商", "“有事好商量”第10场协商"),
    ("第十九次主席会议", "第二十次主席会议"),
    ("第二季度走访", "第二季度走访"),  # no series
    ("十一届第三次全体会议", "十一届第四次全体会议"),
    ("走访企业", "走访企业"),
]


@pytest.mark.parametrize("title, following", CASES)
def test_a_name_that_counts_goes_on_as_it_is_written(title, following):
    assert next_of(title) == following


@given(st.text(max_size=40))
def test_any_name_has_a_next_one(title):
    assert next_of(title)[:1] == title[:1]
