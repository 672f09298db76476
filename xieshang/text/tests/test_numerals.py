import cn2an
import pytest
from hypothesis import given
from hypothesis import strategies as st

from xieshang.text.numerals import to_chinese, to_number

CASES = [  # as printed, what it stands for
    ("12", 12),
    ("１２", 12),  # full-width
    ("1,284", 1284),  # grouped
    ("0.8", 0.8),
    ("十二", 12),
    ("二十", 20),
    ("廿五", 25),
    ("两百", 200),
    ("一百二", 120),  # colloquial
    ("三万五", 35000),
    ("二〇二六", 2026),
    ("2.1万", 21000),
    ("1.5亿", 150_000_000),
    ("85%", 85),
    ("５％", 5),
    ("百分之百", 100),
    ("百分之九十五", 95),
    ("百分之三点五", 3.5),
    ("八成", 80),
    ("8成", 80),
    ("八成五", 85),
    ("九成半", 95),
    ("三分之一", 33.33),
    ("三分之二", 66.67),
    ("半", 0.5),
    ("半数", 50),
    ("一半", 50),
    ("", None),
    ("若干", None),
    ("x", None),
    ("成", None),
]


@pytest.mark.parametrize("printed, number", CASES)
def test_a_number_is_read_as_it_is_meant(printed, number):
    assert to_number(printed) == number


@given(st.integers(0, 10**12))
def test_what_is_written_in_chinese_is_read_back(number):
    assert to_number(to_chinese(number)) == number


@given(st.integers(1, 10**9))
def test_chinese_numerals_are_read_as_the_reference_reads_them(number):
    assert to_number(cn2an.an2cn(number)) == number


@given(st.text(max_size=60))
def test_no_text_raises(text):
    to_number(text)


def test_markers_of_headings_are_written_as_offices_write_them():
    assert [to_chinese(n) for n in (1, 10, 12, 20, 21, 110)] == ["一", "十", "十二", "二十", "二十一", "一百一十"]
