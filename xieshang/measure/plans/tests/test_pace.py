"""序时进度, one row a rule: what is wanted, the day, what was done, and how it then stands."""

# ruff: noqa: C408 - a row names its numbers as the Aim does

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from xieshang.measure.plans import pace

JUNE = date(2026, 6, 30)  # day 181 of 365
NEXT = date(2027, 1, 1)


def aim(**given: Any) -> pace.Aim:
    numbers = {key: Decimal(str(given.pop(key))) for key in ("value", "max") if key in given}
    return pace.Aim(
        **{
            "starts_on": date(2026, 1, 1),
            "ends_on": date(2026, 12, 31),
            "op": "at_least",
            "unit": "次",
            **numbers,
            **given,
        }
    )


# fmt: off
WHOLE = [
    # the rule                                                aim                                              day                done   expected state
    ("goal reached",                                          dict(value=4),                                   JUNE,              4,     1,    "done"),
    ("more than the goal is still done",                      dict(value=4, op="exactly"),                     JUNE,              6,     1,    "done"),
    ("what should be done is rounded down: 4×181/365=1.98",   dict(value=4),                                   JUNE,              1,     1,    "on_track"),
    ("less than that is behind",                              dict(value=4),                                   JUNE,              0,     1,    "behind"),
    ("6 a year: 2.97 are 2, never 2.97",                      dict(value=6),                                   JUNE,              2,     2,    "on_track"),
    ("one fewer",                                             dict(value=6),                                   JUNE,              1,     2,    "behind"),
    ("on the last day the whole is expected",                 dict(value=6),                                   date(2026, 12, 31), 5,    6,    "behind"),
    ("after the last day it is missed",                       dict(value=6),                                   NEXT,              5,     6,    "missed"),
    ("after the last day, reached",                           dict(value=6),                                   NEXT,              6,     6,    "done"),
    ("in the first days nothing is expected",                 dict(value=12),                                  date(2026, 1, 30), 0,     0,    "on_track"),
    ("a goal below 4 is not due before its day",              dict(value=3),                                   date(2026, 12, 31), 0,    3,    "not_due"),
    ("a goal of 2, one done",                                 dict(value=2, op="exactly"),                     JUNE,              1,     0,    "not_due"),
    ("a goal below 4, the day after",                         dict(value=3),                                   NEXT,              2,     3,    "missed"),
    ("a goal below 4, reached early",                         dict(value=2),                                   JUNE,              2,     0,    "done"),
    ("its own day: not due before",                           dict(value=8, deadline=date(2026, 10, 31)),      date(2026, 10, 1), 0,     0,    "not_due"),
    ("its own day itself",                                    dict(value=8, deadline=date(2026, 10, 31)),      date(2026, 10, 31), 0,    8,    "not_due"),
    ("its own day is over",                                   dict(value=1, deadline=date(2026, 6, 29)),       JUNE,              0,     1,    "missed"),
    ("its own from–to: the half is a quarter of the goal",    dict(value=8, starts_on=date(2026, 5, 1)),       JUNE,              1,     1,    "on_track"),
    ("its time has not begun",                                dict(value=8, starts_on=date(2026, 7, 1)),       JUNE,              0,     0,    "not_due"),
    ("a session year, from plenary to plenary",               dict(value=12, starts_on=date(2026, 3, 1), ends_on=date(2027, 2, 28)), JUNE, 4, 4, "on_track"),
    ("at most: below",                                        dict(value=5, op="at_most"),                     JUNE,              3,     None, "on_track"),
    ("at most: just",                                         dict(value=5, op="at_most"),                     JUNE,              5,     None, "on_track"),
    ("at most: over it is missed at once",                    dict(value=5, op="at_most"),                     JUNE,              6,     None, "missed"),
    ("at most: kept to the end",                              dict(value=5, op="at_most"),                     NEXT,              5,     None, "done"),
    ("3—5 times: the lower number is wanted",                 dict(value=3, max=5, op="between"),              JUNE,              3,     0,    "done"),
    ("10—12: paced by the lower number, 4.95 are 4",          dict(value=10, max=12, op="between"),            JUNE,              3,     4,    "behind"),
    ("about 20 is reached from 18",                           dict(value=20, op="about"),                      JUNE,              18,    8,    "done"),
    ("about 20, paced by 18: 8.9 are 8",                      dict(value=20, op="about"),                      JUNE,              8,     8,    "on_track"),
    ("a rate below its number",                               dict(value=90, unit="%", level=True),            JUNE,              85,    90,   "behind"),
    ("a rate above its number is on track, not yet done",     dict(value=90, unit="%", level=True),            JUNE,              95,    90,   "on_track"),
    ("a rate at the end",                                     dict(value=90, unit="%", level=True),            NEXT,              95,    90,   "done"),
    ("a rate with nothing to divide by accuses nobody",       dict(value=90, unit="%", level=True),            JUNE,              None,  90,   "not_due"),
    ("a rate with nothing to divide by at the end"   ,       dict(value=90, unit="%", level=True),            NEXT,              None,  90,   "by_hand"),
    ("an average of one for each member is not due",          dict(value=1, unit="条"),                        JUNE,              "0.38", 0,   "not_due"),
    ("an average of 12 for each member: 5.95 are 5",          dict(value=12, unit="条"),                       JUNE,              "4.5", 5,    "behind"),
    ("every day of a year",                                   dict(value=1, period="day"),                     JUNE,              181,   181,  "on_track"),
    ("taken out of the plan",                                 dict(value=4, withdrawn=True),                   NEXT,              0,     None, "withdrawn"),
]

RHYTHM = [
    # the rule                                                aim                                              day                by period         expected cells    state
    ("each quarter, both kept",                               dict(value=1, period="quarter"),                 JUNE,              [1, 1],           1,    "●●○○",  "on_track"),
    ("the present quarter is not due before its last day",    dict(value=1, period="quarter"),                 JUNE,              [1, 0],           1,    "●○○○",  "on_track"),
    ("a later quarter cannot make up for an earlier",         dict(value=1, period="quarter"),                 JUNE,              [0, 3],           1,    "▲●○○",  "behind"),
    ("the day after, it is late",                             dict(value=1, period="quarter"),                 date(2026, 7, 1),  [1, 0],           2,    "●▲○○",  "behind"),
    ("nothing is due in the first quarter",                   dict(value=1, period="quarter"),                 date(2026, 3, 31), [0],              0,    "○○○○",  "not_due"),
    ("all four kept",                                         dict(value=1, period="quarter"),                 date(2026, 12, 1), [1, 2, 1, 1],     3,    "●●●●",  "done"),
    ("at the end one quarter is missed",                      dict(value=1, period="quarter"),                 NEXT,              [1, 0, 4, 4],     4,    "●▲●●",  "missed"),
    ("two each quarter",                                      dict(value=2, period="quarter"),                 JUNE,              [2, 1],           2,    "●○○○",  "on_track"),
    ("every two months",                                      dict(value=1, period="two_months"),              JUNE,              [1, 0, 1],        2,    "●▲●○○○", "behind"),
    ("every half-year",                                       dict(value=1, period="half_year"),               JUNE,              [0],              0,    "○○",    "not_due"),
    ("every month",                                           dict(value=1, period="month"),                   date(2026, 3, 10), [1, 1, 0],        2,    "●●" + "○" * 10, "on_track"),
    ("at most one each quarter",                              dict(value=1, op="at_most", period="quarter"),   JUNE,              [1, 2],           None, "●■○○",  "missed"),
    ("at most one each quarter, kept so far",                 dict(value=1, op="at_most", period="quarter"),   JUNE,              [0, 1],           None, "●◐○○",  "on_track"),
    ("a rate each quarter",                                   dict(value=90, unit="%", level=True, period="quarter"), JUNE,       [95, 80],         90,   "●○○○",  "on_track"),
    ("a session year has its own quarters",                   dict(value=1, period="quarter", starts_on=date(2026, 3, 1), ends_on=date(2027, 2, 28)), JUNE, [1, 0], 1, "●○○○", "on_track"),
]
# fmt: on
SHAPES = {"done": "●", "behind": "▲", "not_due": "○", "on_track": "◐", "missed": "■"}


@pytest.mark.parametrize(("rule", "wanted", "day", "done", "expected", "state"), WHOLE, ids=[row[0] for row in WHOLE])
def test_a_number_for_the_whole_time(
    rule: str, wanted: dict[str, Any], day: date, done: Any, expected: Any, state: str
) -> None:
    verdict = pace.judge(aim(**wanted), day, actual=None if done is None else Decimal(str(done)))
    assert (verdict.state, verdict.expected) == (state, expected)


@pytest.mark.parametrize(
    ("rule", "wanted", "day", "done", "expected", "cells", "state"), RHYTHM, ids=[row[0] for row in RHYTHM]
)
def test_a_rhythm_is_judged_period_by_period(
    rule: str, wanted: dict[str, Any], day: date, done: list[int], expected: Any, cells: str, state: str
) -> None:
    values = [Decimal(n) for n in done]
    verdict = pace.judge(aim(**wanted), day, actual=sum(values, Decimal(0)), by_period=values)
    assert ("".join(SHAPES[cell.state] for cell in verdict.cells), verdict.state, verdict.expected) == (
        cells,
        state,
        expected,
    )


BY_HAND = [
    ("a task without a figure", dict(op=""), JUNE, None, False, "by_hand"),
    ("a task found to be done", dict(op=""), JUNE, None, True, "done"),
    ("a task with a day, before it", dict(op="", deadline=JUNE), JUNE, None, False, "by_hand"),
    ("a task with a day, after it", dict(op="", deadline=date(2026, 6, 29)), JUNE, None, False, "missed"),
    ("a number that nothing counts", dict(value=4, counted=False), JUNE, None, False, "unmeasured"),
    ("a figure given by hand is not paced", dict(value=40, counted=False), JUNE, 1, False, "by_hand"),
    ("a figure given by hand that reaches the goal", dict(value=4, counted=False), JUNE, 4, False, "done"),
    ("a figure given by hand, too small at the end", dict(value=4, counted=False), NEXT, 3, False, "missed"),
    (
        "each quarter by hand: four in the year",
        dict(value=1, period="quarter", counted=False),
        JUNE,
        3,
        False,
        "by_hand",
    ),
    ("at most, by hand", dict(value=4, op="at_most", counted=False), JUNE, 3, False, "by_hand"),
]


@pytest.mark.parametrize(
    ("rule", "wanted", "day", "figure", "finished", "state"), BY_HAND, ids=[row[0] for row in BY_HAND]
)
def test_what_nothing_counts_is_told_by_hand(
    rule: str, wanted: dict[str, Any], day: date, figure: Any, finished: bool, state: str
) -> None:
    manual = None if figure is None else Decimal(figure)
    assert pace.judge(aim(**wanted), day, manual=manual, finished=finished).state == state


def test_periods_are_counted_in_the_targets_own_time() -> None:
    counts = {
        period: len(pace.spans(aim(value=1, period=period)))
        for period in ("half_year", "quarter", "two_months", "month", "week", "year", "session", "")
    }
    assert counts == {
        "half_year": 2,
        "quarter": 4,
        "two_months": 6,
        "month": 12,
        "week": 52,
        "year": 0,
        "session": 0,
        "": 0,
    }
    five = aim(value=1, period="year", ends_on=date(2030, 12, 31))
    assert [span.label for span in pace.spans(five)] == ["2026 年", "2027 年", "2028 年", "2029 年", "2030 年"]
    assert [span.label for span in pace.spans(aim(value=1, period="two_months"))][:2] == ["1–2 月", "3–4 月"]


REASONS = [
    (dict(value=12), JUNE, 3, [], date(2026, 4, 12), "比序时少 2 次；上次是 4 月 12 日；12 月 31 日前补足仍可完成"),
    (dict(value=12), JUNE, 0, [], None, "比序时少 5 次；还没有开展过；12 月 31 日前补足仍可完成"),
    (dict(value=12), NEXT, 10, [], date(2026, 12, 3), "到 12 月 31 日还差 2 次；上次是 12 月 3 日"),
    (
        dict(value=1, period="quarter"),
        JUNE,
        3,
        [0, 3],
        date(2026, 5, 1),
        "缺一季度，以后的补不了以前的；上次是 5 月 1 日",
    ),
    (dict(value=5, op="at_most"), JUNE, 7, [], None, "超出上限 2 次"),
    (dict(value=90, unit="%", level=True), JUNE, 85, [], None, "比目标低 5 %"),
    (dict(value=12), JUNE, 5, [], date(2026, 4, 12), ""),
]


@pytest.mark.parametrize(("wanted", "day", "done", "parts", "last", "words"), REASONS)
def test_a_late_light_says_how_much_since_when_and_until_when(
    wanted: dict[str, Any], day: date, done: int, parts: list[int], last: date | None, words: str
) -> None:
    wish = aim(**wanted)
    verdict = pace.judge(wish, day, actual=Decimal(done), by_period=[Decimal(n) for n in parts])
    assert pace.reason(wish, verdict, last=last) == words


def test_what_the_calendar_asks_is_a_whole_number_in_words() -> None:
    wish = aim(value=6)
    assert pace.asked(wish, pace.judge(wish, JUNE, actual=Decimal(1))) == "序时应完成 2 次"
