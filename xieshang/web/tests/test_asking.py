"""What a person types when the leader wants a figure by five."""

from datetime import date
from types import SimpleNamespace

import pytest

from xieshang.base.ledger.facts import count, people
from xieshang.web import asking

TODAY = date(2026, 6, 30)
KNOWN = {
    one.code: one
    for one in (
        count("a.held", "活动", words=("开展活动",)),
        count("a.collective", "集体活动", words=("集中活动",)),
        count("a.visit", "走访", words=("走访活动",)),
        count("a.company", "走访企业", words=("走访民营企业",)),
        count("a.review", "民主评议", words=("民主评议",), never=("民主评议党员",)),
        count("a.party", "民主评议党员"),
        people("a.people", "参加过活动的委员", of="a.attended"),
    )
}
# fmt: off
PERIODS = [  # typed, from, to, and the words that are left
    ("今年走访企业", "2026-01-01", "2026-06-30", "走访企业"),          # a period does not end after today
    ("去年走访企业", "2025-01-01", "2025-12-31", "走访企业"),
    ("前年", "2024-01-01", "2024-12-31", ""),
    ("2025年度走访企业", "2025-01-01", "2025-12-31", "走访企业"),
    ("上半年走访企业", "2026-01-01", "2026-06-30", "走访企业"),
    ("去年下半年走访企业", "2025-07-01", "2025-12-31", "走访企业"),
    ("一季度走访企业", "2026-01-01", "2026-03-31", "走访企业"),
    ("2025年第三季度走访", "2025-07-01", "2025-09-30", "走访"),
    ("去年前三季度走访", "2025-01-01", "2025-09-30", "走访"),
    ("本月走访", "2026-06-01", "2026-06-30", "走访"),
    ("上个月走访", "2026-05-01", "2026-05-31", "走访"),
    ("上季度走访", "2026-01-01", "2026-03-31", "走访"),
    ("本周走访", "2026-06-29", "2026-06-30", "走访"),
    ("3月份走访", "2026-03-01", "2026-03-31", "走访"),
    ("去年十二月走访", "2025-12-01", "2025-12-31", "走访"),
    ("今年1—3月走访", "2026-01-01", "2026-03-31", "走访"),
    ("走访企业", "2026-02-01", "2026-04-30", "走访企业"),              # nothing said: what is at hand
    ("13月走访", "2026-02-01", "2026-04-30", "13月走访"),              # no month of ours
    ("今年下半年走访", "2026-07-01", "2026-07-01", "走访"),            # has not begun: its first day, no period turned round
]
# fmt: on


@pytest.mark.parametrize("typed, start, end, rest", PERIODS)
def test_a_period_is_read_from_the_words(typed, start, end, rest):
    meant = asking.read(typed, today=TODAY, start=date(2026, 2, 1), end=date(2026, 4, 30))

    assert (meant.start.isoformat(), meant.end.isoformat(), meant.rest) == (start, end, rest)


@pytest.mark.parametrize(
    "typed, by",
    [("按月走访", "month"), ("各界别走访", "sector"), ("分界别走访", "sector"), ("各小组走访", "body"), ("走访", "")],
)
def test_a_split_is_read_from_the_words(typed, by):
    meant = asking.read(typed, today=TODAY, start=TODAY, end=TODAY)

    assert (meant.by, meant.rest) == (by, "走访")


SAID = [  # typed, the first that is meant, and whether it is plainly meant
    ("走访企业", "a.company", True),
    ("走访", "a.visit", True),
    ("今年开展了几次走访？", "a.visit", True),
    ("集中活动", "a.collective", True),
    ("民主评议党员", "a.party", True),  # not 民主评议: that word is told apart by what stands beside it
    ("民主评议", "a.review", True),
    ("企业", "a.company", False),  # only a part of its name: shown, not taken
    ("专项资金审计活动", "a.held", False),  # 活动 stands in it, and most of it is something else
]


@pytest.mark.parametrize("typed, code, sure", SAID)
def test_an_indicator_is_known_by_its_words(typed, code, sure):
    meant = asking.understand(typed, KNOWN, today=TODAY, start=TODAY, end=TODAY)

    assert (meant.found[0].code, meant.sure) == (code, sure)


@pytest.mark.parametrize("typed", ["", "今年", "胡说八道", "？", "%_", "x" * 80])
def test_what_means_nothing_finds_nothing(typed):
    meant = asking.understand(typed, KNOWN, today=TODAY, start=TODAY, end=TODAY)

    assert (meant.found, meant.sure) == ([], False)


def test_a_body_and_a_person_named_narrow_it():
    bodies = [SimpleNamespace(pk=7, name="经济界"), SimpleNamespace(pk=8, name="青石镇委员小组")]
    meant = asking.understand(
        "今年经济界何桂兰走访",
        KNOWN,
        today=TODAY,
        start=TODAY,
        end=TODAY,
        bodies=bodies,
        people=[(3, "何桂兰"), (4, "何桂")],
    )

    assert (meant.body, meant.person, meant.found[0].code, meant.sure) == (7, 3, "a.visit", True)
