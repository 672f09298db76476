"""序时进度, a table of worked cases: one row a rule, what is wanted, the day, what was done, and how it then stands, in which words.

Read it against 平常的日子 1: what should be done is rounded down; a small goal, one with its own day or scheduled months is not due before; a rhythm is
judged period by period and a later one makes up for none before; “at most” the other way round; nobody is accused whom only a person can judge.
"""

# ruff: noqa: C408 - a row names its numbers as the Aim does, and stands in one line

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from xieshang.measure.plans import pace, rules, telling

JUNE = date(2026, 6, 30)  # day 181 of 365
LAST = date(2026, 12, 31)
NEXT = date(2027, 1, 1)
APRIL = date(2026, 4, 12)
FIVE = dict(starts_on=date(2022, 1, 1))  # a five-year plan
SESSION = dict(starts_on=date(2026, 3, 1), ends_on=date(2027, 2, 28))  # from plenary to plenary


def aim(**given: Any) -> pace.Aim:
    numbers = {key: Decimal(str(given.pop(key))) for key in ("value", "max") if key in given}
    usual = {"starts_on": date(2026, 1, 1), "ends_on": LAST, "op": "at_least", "unit": "次"}
    return pace.Aim(**{**usual, **numbers, **given})


def in_words(wish: pace.Aim, verdict: pace.Verdict, on: date, last: date | None) -> str:
    """The word beside the light, and the sentence under it."""
    beside = telling.short(wish, verdict, on) or str(rules.STATE_WORDS[verdict.state])
    under = telling.reason(wish, verdict, last=last) or telling.asked(wish, verdict)
    return f"{beside}：{under}" if under else beside


def exact(number: Any) -> Decimal | None:
    return None if number is None else Decimal(str(number))


# fmt: off
WHOLE = [
    # the rule, what is wanted (last: when it last happened), the day, what was done → state, 序时应完成, missing, words
    # floor
    ("what should be done is rounded down: 4×181/365 is 1.98, so 1", dict(value=4), JUNE, 1, "on_track", 1, 0, "正常推进：序时应完成 1 次"),
    ("less than that is behind: how much, and until when", dict(value=4), JUNE, 0, "behind", 1, 1, "进度滞后：比序时少 1 次；还没有开展过；12 月 31 日前补足仍可完成"),
    ("6 a year: 2.97 are 2, never 2.97", dict(value=6), JUNE, 2, "on_track", 2, 0, "正常推进：序时应完成 2 次"),
    ("one fewer, and when the last one was", dict(value=6, last=APRIL), JUNE, 1, "behind", 2, 1, "进度滞后：比序时少 1 次；上次是 4 月 12 日；12 月 31 日前补足仍可完成"),
    ("in the first days nothing is expected", dict(value=12), date(2026, 1, 30), 0, "on_track", 0, 0, "正常推进"),
    ("on the last day the whole is expected, and it can still be done", dict(value=6, last=APRIL), LAST, 5, "behind", 6, 1, "进度滞后：比序时少 1 次；上次是 4 月 12 日；12 月 31 日前补足仍可完成"),
    ("after the last day it is missed", dict(value=6, last=APRIL), NEXT, 5, "missed", 6, 1, "未完成：到 12 月 31 日还差 1 次；上次是 4 月 12 日"),
    ("after the last day, reached", dict(value=6), NEXT, 6, "done", 6, 0, "已完成：序时应完成 6 次"),
    ("reached before its time", dict(value=4), JUNE, 4, "done", 1, 0, "已完成：序时应完成 1 次"),
    ("exactly 4: more is still done", dict(value=4, op="exactly"), JUNE, 6, "done", 1, 0, "已完成：序时应完成 1 次"),
    ("money in 万元, with a fraction done: 4.95 are 4", dict(value=10, unit="万元"), JUNE, "4.2", "on_track", 4, 0, "正常推进：序时应完成 4 万元"),
    ("every day of a year", dict(value=1, period="day"), JUNE, 181, "on_track", 181, 0, "正常推进：序时应完成 181 次"),
    # small goals, and goals with their own day
    ("a goal below 4 is not due before its day", dict(value=3), date(2026, 12, 30), 0, "not_due", 0, 0, "未到期"),
    ("on its last day it is expected, and not late yet", dict(value=3), LAST, 0, "not_due", 3, 0, "未到期：序时应完成 3 次"),
    ("a goal below 4, the day after", dict(value=3, last=APRIL), NEXT, 2, "missed", 3, 1, "未完成：到 12 月 31 日还差 1 次；上次是 4 月 12 日"),
    ("a goal of 2, one done", dict(value=2, op="exactly"), JUNE, 1, "not_due", 0, 0, "未到期"),
    ("a goal of 2, reached early", dict(value=2), JUNE, 2, "done", 0, 0, "已完成"),
    ("a unit may draw the line elsewhere: 6 is small", dict(value=6, small=8), JUNE, 0, "not_due", 0, 0, "未到期"),
    ("a unit may draw the line elsewhere: 3 is paced", dict(value=3, small=1), JUNE, 0, "behind", 1, 1, "进度滞后：比序时少 1 次；还没有开展过；12 月 31 日前补足仍可完成"),
    ("its own day: not due before", dict(value=8, deadline=date(2026, 10, 31)), date(2026, 10, 1), 0, "not_due", 0, 0, "10 月到期"),
    ("its own day itself", dict(value=8, deadline=date(2026, 10, 31)), date(2026, 10, 31), 0, "not_due", 8, 0, "10 月到期：序时应完成 8 次"),
    ("its own day is over", dict(value=1, deadline=date(2026, 6, 29)), JUNE, 0, "missed", 1, 1, "未完成：到 6 月 29 日还差 1 次"),
    ("its own day is over, and it was done", dict(value=1, deadline=date(2026, 6, 29)), JUNE, 1, "done", 1, 0, "已完成：序时应完成 1 次"),
    # scheduled months (排定月份)
    ("5 月 and 10 月: not due before May is over", dict(value=2, months=(5, 10)), date(2026, 5, 31), 0, "not_due", 0, 0, "5 月到期"),
    ("May is over: one should be there", dict(value=2, months=(5, 10)), date(2026, 6, 1), 0, "behind", 1, 1, "进度滞后：比排定的少 1 次；还没有开展过；12 月 31 日前补足仍可完成"),
    ("the one of May was held in April", dict(value=2, months=(5, 10)), JUNE, 1, "on_track", 1, 0, "正常推进：序时应完成 1 次"),
    ("4 in three months: 1.33 are 1", dict(value=4, months=(3, 6, 9)), date(2026, 5, 2), 1, "on_track", 1, 0, "正常推进：序时应完成 1 次"),
    ("20 scheduled for November are not paced through the year", dict(value=20, months=(11,)), date(2026, 10, 31), 0, "not_due", 0, 0, "11 月到期"),
    ("the last scheduled month is over, the year is not: still to be made up", dict(value=20, months=(11,), last=APRIL), date(2026, 12, 1), 12, "behind", 20, 8, "进度滞后：比排定的少 8 次；上次是 4 月 12 日；12 月 31 日前补足仍可完成"),
    ("scheduled, after the last day", dict(value=2, months=(5, 10)), NEXT, 1, "missed", 2, 1, "未完成：到 12 月 31 日还差 1 次"),
    # its own from–to
    ("from May on: the half-year is a quarter of the goal", dict(value=8, starts_on=date(2026, 5, 1)), JUNE, 1, "on_track", 1, 0, "正常推进：序时应完成 1 次"),
    ("to September: it is over earlier", dict(value=8, ends_on=date(2026, 9, 30), last=APRIL), date(2026, 10, 1), 7, "missed", 8, 1, "未完成：到 9 月 30 日还差 1 次；上次是 4 月 12 日"),
    ("its time has not begun", dict(value=8, starts_on=date(2026, 7, 1)), JUNE, 0, "not_due", 0, 0, "未到期"),
    ("a session year, from plenary to plenary", dict(value=12, **SESSION), JUNE, 4, "on_track", 4, 0, "正常推进：序时应完成 4 次"),
    ("a session year goes on after New Year", dict(value=12, last=APRIL, **SESSION), NEXT, 9, "behind", 10, 1, "进度滞后：比序时少 1 次；上次是 4 月 12 日；2 月 28 日前补足仍可完成"),
    ("five years: 50 by 2026, 45 of them by June", dict(value=50, **FIVE), JUNE, 44, "on_track", 44, 0, "正常推进：序时应完成 44 次"),
    ("five years: a day is said with its year", dict(value=50, last=date(2025, 4, 12), **FIVE), JUNE, 40, "behind", 44, 4, "进度滞后：比序时少 4 次；上次是 2025 年 4 月 12 日；2026 年 12 月 31 日前补足仍可完成"),
    ("five years: its own day is said with its year", dict(value=1, deadline=date(2026, 10, 31), **FIVE), date(2024, 5, 1), 0, "not_due", 0, 0, "2026 年 10 月到期"),
    # at most
    ("at most: below", dict(value=5, op="at_most"), JUNE, 3, "on_track", None, 0, "正常推进"),
    ("at most: just", dict(value=5, op="at_most"), JUNE, 5, "on_track", None, 0, "正常推进"),
    ("at most: not begun", dict(value=5, op="at_most", starts_on=date(2026, 7, 1)), JUNE, 0, "not_due", None, 0, "未到期"),
    ("at most: what was passed cannot be taken back", dict(value=5, op="at_most", last=APRIL), JUNE, 6, "missed", None, 1, "未完成：超出上限 1 次"),
    ("at most: kept to the end", dict(value=5, op="at_most"), NEXT, 5, "done", None, 0, "已完成"),
    ("a rate at most: over it, it can still come down", dict(value=10, op="at_most", unit="%", level=True), JUNE, 12, "behind", None, 2, "进度滞后：超出上限 2 个百分点；12 月 31 日前降下来仍可完成"),
    ("a rate at most: over it at the end", dict(value=10, op="at_most", unit="%", level=True), NEXT, 12, "missed", None, 2, "未完成：超出上限 2 个百分点"),
    ("a stock at most: it can be brought down", dict(value=3, op="at_most", unit="个", sinks=True), JUNE, 4, "behind", None, 1, "进度滞后：超出上限 1 个；12 月 31 日前降下来仍可完成"),
    ("a rate at most with nothing to divide by", dict(value=10, op="at_most", unit="%", level=True), JUNE, None, "not_due", None, 0, "未到期"),
    # between and about
    ("3—5 times: the lower number is wanted", dict(value=3, max=5, op="between"), JUNE, 3, "done", 0, 0, "已完成"),
    ("3—5 times: 2 are not late", dict(value=3, max=5, op="between"), JUNE, 2, "not_due", 0, 0, "未到期"),
    ("10—12: paced by the lower number, 4.95 are 4", dict(value=10, max=12, op="between", last=APRIL), JUNE, 3, "behind", 4, 1, "进度滞后：比序时少 1 次；上次是 4 月 12 日；12 月 31 日前补足仍可完成"),
    ("10—12: more than the higher accuses nobody", dict(value=10, max=12, op="between"), JUNE, 14, "done", 4, 0, "已完成：序时应完成 4 次"),
    ("about 20 is reached from 18", dict(value=20, op="about"), JUNE, 18, "done", 8, 0, "已完成：序时应完成 8 次"),
    ("about 20, paced by 18: 8.9 are 8", dict(value=20, op="about"), JUNE, 8, "on_track", 8, 0, "正常推进：序时应完成 8 次"),
    ("about 20, 17 at the end: one is missing of 18", dict(value=20, op="about"), NEXT, 17, "missed", 18, 1, "未完成：到 12 月 31 日还差 1 次"),
    ("about 4 is 4, not 3.6", dict(value=4, op="about", small=1), NEXT, 3, "missed", 4, 1, "未完成：到 12 月 31 日还差 1 次"),
    # rates and averages
    ("a rate below its number, today", dict(value=90, unit="%", level=True), JUNE, 85, "behind", 90, 5, "进度滞后：比目标低 5 个百分点；12 月 31 日前达到仍可完成"),
    ("a rate above its number is on track, not yet done", dict(value=90, unit="%", level=True), JUNE, 95, "on_track", 90, 0, "正常推进"),
    ("a rate at the end", dict(value=90, unit="%", level=True), NEXT, 95, "done", 90, 0, "已完成"),
    ("a rate at the end, below", dict(value=90, unit="%", level=True), NEXT, 85, "missed", 90, 5, "未完成：到 12 月 31 日还差 5 个百分点"),
    ("a rate with its own day (10 月底前办结率 100%) is not due before", dict(value=100, unit="%", level=True, deadline=date(2026, 10, 31)), JUNE, 20, "not_due", 0, 0, "10 月到期"),
    ("a rate with nothing to divide by accuses nobody", dict(value=90, unit="%", level=True), JUNE, None, "not_due", 90, 0, "未到期"),
    ("a rate with nothing to divide by at the end asks", dict(value=90, unit="%", level=True), NEXT, None, "by_hand", 90, 0, "到期，请填报：12 月 31 日已到期，请填报是否完成"),
    ("an average of one for each member is not due", dict(value=1, unit="条"), JUNE, "0.38", "not_due", 0, 0, "未到期"),
    ("an average of 12 for each member: 5.95 are 5", dict(value=12, unit="条", last=APRIL), JUNE, "4.5", "behind", 5, "0.5", "进度滞后：比序时少 0.5 条；上次是 4 月 12 日；12 月 31 日前补足仍可完成"),
    ("a stock that stood already is paced from what there is", dict(value=10, unit="个", sinks=True), JUNE, 8, "on_track", 4, 0, "正常推进：序时应完成 4 个"),
    # out of the plan
    ("taken out of the plan", dict(value=4, withdrawn=True), NEXT, 0, "withdrawn", None, 0, "已调出"),
]

RHYTHM = [
    # the rule, what is wanted, the day, what was done in each period → periods, state, 序时应完成, missing, words
    ("each quarter, both kept", dict(value=1, period="quarter"), JUNE, [1, 1], "●●○○", "on_track", 1, 0, "正常推进：序时应完成 1 次"),
    ("the present quarter is not due before its last day is over", dict(value=1, period="quarter"), JUNE, [1, 0], "●○○○", "on_track", 1, 0, "正常推进：序时应完成 1 次"),
    ("the day after, it is late and cannot be made up", dict(value=1, period="quarter", last=date(2026, 3, 5)), date(2026, 7, 1), [1, 0], "●▲○○", "behind", 2, 1, "缺二季度：缺二季度，以后的补不了以前的；上次是 3 月 5 日"),
    ("a later quarter cannot make up for an earlier", dict(value=1, period="quarter", last=date(2026, 5, 1)), JUNE, [0, 3], "▲●○○", "behind", 1, 1, "缺一季度：缺一季度，以后的补不了以前的；上次是 5 月 1 日"),
    ("nothing is due in the first quarter", dict(value=1, period="quarter"), date(2026, 3, 31), [0], "○○○○", "not_due", 0, 0, "未到期"),
    ("all four kept", dict(value=1, period="quarter"), date(2026, 12, 1), [1, 2, 1, 1], "●●●●", "done", 3, 0, "已完成：序时应完成 3 次"),
    ("the fourth is not due before the year is over", dict(value=1, period="quarter"), LAST, [1, 2, 1, 0], "●●●○", "on_track", 3, 0, "正常推进：序时应完成 3 次"),
    ("at the end one quarter is missing", dict(value=1, period="quarter", last=date(2026, 12, 1)), NEXT, [1, 0, 4, 4], "●▲●●", "missed", 4, 1, "未完成：到期时缺二季度；上次是 12 月 1 日"),
    ("two each quarter, one done", dict(value=2, period="quarter"), JUNE, [2, 1], "●○○○", "on_track", 2, 0, "正常推进：序时应完成 2 次"),
    ("two each quarter, one missing in the first", dict(value=2, period="quarter"), JUNE, [1, 2], "▲●○○", "behind", 2, 1, "缺一季度：缺一季度，以后的补不了以前的"),
    ("every two months", dict(value=1, period="two_months"), JUNE, [1, 0, 1], "●▲●○○○", "behind", 2, 1, "缺3–4 月：缺3–4 月，以后的补不了以前的"),
    ("three that are late are not all named beside the light", dict(value=1, period="month"), date(2026, 4, 1), [0, 0, 0, 0], "▲▲▲○○○○○○○○○", "behind", 3, 3, "进度滞后：缺1 月、2 月、3 月，以后的补不了以前的"),
    ("every half-year", dict(value=1, period="half_year"), JUNE, [0], "○○", "not_due", 0, 0, "未到期"),
    ("every month", dict(value=1, period="month"), date(2026, 3, 10), [1, 1, 0], "●●○○○○○○○○○○", "on_track", 2, 0, "正常推进：序时应完成 2 次"),
    ("at most one each quarter", dict(value=1, op="at_most", period="quarter"), JUNE, [1, 2], "●■○○", "missed", None, 1, "未完成：超出上限 1 次"),
    ("at most one each quarter, kept so far", dict(value=1, op="at_most", period="quarter"), JUNE, [0, 1], "●◐○○", "on_track", None, 0, "正常推进"),
    ("at most one each quarter, kept to the end", dict(value=1, op="at_most", period="quarter"), NEXT, [0, 1, 1, 0], "●●●●", "done", None, 0, "已完成"),
    ("a rate each quarter: the present one is not judged yet", dict(value=90, unit="%", level=True, period="quarter"), JUNE, [95, 80], "●○○○", "on_track", 90, 0, "正常推进"),
    ("a rate each quarter: one that is over was too low", dict(value=90, unit="%", level=True, period="quarter"), date(2026, 7, 1), [95, 80], "●▲○○", "behind", 90, 10, "进度滞后：二季度没有达到目标"),
    ("a rate each quarter: at most, the present one may still come down", dict(value=10, op="at_most", unit="%", level=True, period="quarter"), JUNE, [8, 12], "●▲○○", "behind", None, 2, "进度滞后：超出上限 2 个百分点"),
    ("from July on there are two quarters, none of them before", dict(value=1, period="quarter", starts_on=date(2026, 7, 1)), JUNE, [], "○○", "not_due", 0, 0, "未到期"),
    ("a session year has its own quarters", dict(value=1, period="quarter", **SESSION), JUNE, [1, 0], "●○○○", "on_track", 1, 0, "正常推进：序时应完成 1 次"),
    ("ten days over four quarters are no fifth one", dict(value=1, period="quarter", starts_on=date(2026, 2, 10), ends_on=date(2027, 2, 20)), JUNE, [1, 0], "●○○○", "on_track", 1, 0, "正常推进：序时应完成 1 次"),
    ("two months over three quarters are a fourth", dict(value=1, period="quarter", ends_on=date(2026, 11, 30)), JUNE, [1, 1], "●●○○", "on_track", 1, 0, "正常推进：序时应完成 1 次"),
    ("every year of a five-year plan: the present one is not due", dict(value=4, period="year", **FIVE), JUNE, [4, 5, 4, 4, 1], "●●●●○", "on_track", 16, 0, "正常推进：序时应完成 16 次"),
    ("every year of a five-year plan: one was missed", dict(value=4, period="year", **FIVE), JUNE, [4, 3, 4, 4, 1], "●▲●●○", "behind", 16, 1, "缺2023 年：缺2023 年，以后的补不了以前的"),
    ("each half-year of a five-year plan is named with its year", dict(value=1, period="half_year", starts_on=date(2025, 1, 1)), JUNE, [1, 0, 1], "●▲●○", "behind", 2, 1, "缺2025 年下半年：缺2025 年下半年，以后的补不了以前的"),
]

TOLD = [
    # the rule, what is wanted, the day, what people said → state, missing, words
    ("定性任务: a task without a figure", dict(op=""), JUNE, dict(), "by_hand", 0, "人工填报"),
    ("a task found to be done", dict(op=""), JUNE, dict(finished=True), "done", 0, "已完成"),
    ("a task with a day, before it", dict(op="", deadline=JUNE), JUNE, dict(), "by_hand", 0, "人工填报"),
    ("a task whose day is over and of which nobody said a word is asked about, not accused", dict(op="", deadline=date(2026, 6, 29)), JUNE, dict(), "by_hand", 0, "到期，请填报：6 月 29 日已到期，请填报是否完成"),
    ("the same at the end of the plan", dict(op=""), NEXT, dict(), "by_hand", 0, "到期，请填报：12 月 31 日已到期，请填报是否完成"),
    ("its day is over and somebody said that it was not done", dict(op="", deadline=date(2026, 6, 29)), JUNE, dict(failed=True), "missed", 0, "未完成：认定未完成"),
    ("its day is over and it was found to be done", dict(op="", deadline=date(2026, 6, 29)), JUNE, dict(finished=True), "done", 0, "已完成"),
    ("a number that nothing counts", dict(value=4, counted=False), JUNE, dict(), "unmeasured", 0, "未关联统计项"),
    ("a number that nothing counts, after its day", dict(value=4, counted=False), NEXT, dict(), "unmeasured", 0, "到期，请填报：12 月 31 日已到期，请填报是否完成"),
    ("a number that nothing counts, said not to be done", dict(value=4, counted=False), NEXT, dict(failed=True), "missed", 0, "未完成：认定未完成"),
    ("a figure given by hand is not paced", dict(value=40, counted=False), JUNE, dict(figure=1, on=JUNE), "by_hand", 0, "人工填报"),
    ("a figure given by hand that reaches the goal", dict(value=4, counted=False), JUNE, dict(figure=4, on=APRIL), "done", 0, "已完成"),
    ("a figure of April says nothing about December: it is asked about", dict(value=4, counted=False), NEXT, dict(figure=3, on=APRIL), "by_hand", 0, "到期，请填报：12 月 31 日已到期，请填报是否完成"),
    ("a figure as of the last day, too small", dict(value=4, counted=False), NEXT, dict(figure=3, on=LAST), "missed", 1, "未完成：到 12 月 31 日还差 1 次"),
    ("each quarter by hand: four in the year", dict(value=1, period="quarter", counted=False), JUNE, dict(figure=3, on=JUNE), "by_hand", 0, "人工填报"),
    ("each quarter by hand: four are there", dict(value=1, period="quarter", counted=False), JUNE, dict(figure=4, on=JUNE), "done", 0, "已完成"),
    ("at most, by hand", dict(value=4, op="at_most", counted=False), JUNE, dict(figure=3, on=JUNE), "by_hand", 0, "人工填报"),
    ("at most, by hand, passed", dict(value=4, op="at_most", counted=False), JUNE, dict(figure=5, on=JUNE), "missed", 1, "未完成：超出上限 1 次"),
    ("at most, by hand, kept to the last day", dict(value=4, op="at_most", counted=False), NEXT, dict(figure=3, on=LAST), "done", 0, "已完成"),
    ("a rate with nothing to divide by, found to be done", dict(value=90, unit="%", level=True), NEXT, dict(finished=True), "done", 0, "已完成"),
]
# fmt: on
SHAPES = {"done": "●", "behind": "▲", "not_due": "○", "on_track": "◐", "missed": "■"}


@pytest.mark.parametrize(
    ("rule", "wanted", "day", "done", "state", "expected", "missing", "words"), WHOLE, ids=[row[0] for row in WHOLE]
)
def test_a_number_for_the_whole_time(
    rule: str, wanted: dict[str, Any], day: date, done: Any, state: str, expected: Any, missing: Any, words: str
) -> None:
    wish = aim(**{key: value for key, value in wanted.items() if key != "last"})
    verdict = pace.judge(wish, day, actual=exact(done))
    assert (verdict.state, verdict.expected, verdict.missing) == (state, exact(expected), exact(missing))
    assert in_words(wish, verdict, day, wanted.get("last")) == words


@pytest.mark.parametrize(
    ("rule", "wanted", "day", "done", "cells", "state", "expected", "missing", "words"),
    RHYTHM,
    ids=[row[0] for row in RHYTHM],
)
def test_a_rhythm_is_judged_period_by_period(
    rule: str, wanted: dict[str, Any], day: date, done: list[int], cells: str, state: str, expected: Any, missing: int, words: str,
) -> None:  # fmt: skip
    wish = aim(**{key: value for key, value in wanted.items() if key != "last"})
    values = [Decimal(n) for n in done]
    verdict = pace.judge(wish, day, actual=sum(values, Decimal(0)), by_period=values)
    assert "".join(SHAPES[cell.state] for cell in verdict.cells) == cells
    assert (verdict.state, verdict.expected, verdict.missing) == (state, exact(expected), missing)
    assert in_words(wish, verdict, day, wanted.get("last")) == words


@pytest.mark.parametrize(
    ("rule", "wanted", "day", "told", "state", "missing", "words"), TOLD, ids=[row[0] for row in TOLD]
)
def test_what_only_people_can_tell_is_never_missed_before_somebody_told_it(
    rule: str, wanted: dict[str, Any], day: date, told: dict[str, Any], state: str, missing: int, words: str
) -> None:
    wish = aim(**wanted)
    said = pace.Told(**{**told, "figure": exact(told.get("figure"))})
    verdict = pace.judge(wish, day, told=said)
    assert (verdict.state, verdict.missing) == (state, missing)
    assert in_words(wish, verdict, day, None) == words


def test_periods_are_counted_in_the_targets_own_time() -> None:
    counts = {
        period: len(aim(value=1, period=period).spans)
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
    assert [span.label for span in five.spans] == ["2026 年", "2027 年", "2028 年", "2029 年", "2030 年"]
    assert [span.label for span in aim(value=1, period="two_months").spans][:2] == ["1–2 月", "3–4 月"]


def test_a_week_without_a_working_day_asks_for_nothing_and_is_not_missed() -> None:
    wish = aim(value=1, period="week", idle=frozenset({date(2026, 1, 8)}))
    labels = [span.label for span in wish.spans]
    assert (len(labels), labels[:3]) == (51, ["第 1 周", "第 3 周", "第 4 周"])
    kept = pace.judge(wish, date(2026, 1, 20), actual=Decimal(1), by_period=[Decimal(1)])
    assert (kept.goal, kept.expected, kept.state) == (51, 1, "on_track")
    everything = aim(value=1, period="week", ends_on=date(2026, 1, 7), idle=frozenset({date(2026, 1, 1)}))
    assert len(everything.spans) == 1  # of nothing but idle weeks nothing is left out


def test_a_target_whose_day_lies_before_its_time_has_no_periods_and_does_not_break() -> None:
    wish = aim(value=1, period="quarter", starts_on=date(2026, 7, 1), deadline=JUNE)
    assert wish.spans == ()
    assert pace.judge(wish, JUNE, actual=Decimal(0)).state == "not_due"


PLANNED = [
    (dict(value=5), 2, 1, "已完成 2、已排 1、还差 2"),
    (dict(value=4), 3, 1, "已完成 3、已排 1"),
    (dict(value=4), 4, 1, ""),  # done
    (dict(value=5), 2, 0, ""),  # nothing is planned
    (dict(value=5, op="at_most"), 2, 1, ""),
    (dict(value=1, period="quarter"), 1, 2, "已完成 1、已排 2"),  # which quarters they fall in is for the rhythm to say
]


@pytest.mark.parametrize(("wanted", "done", "planned", "words"), PLANNED)
def test_what_is_planned_is_said_beside_what_is_done_and_what_is_still_missing(
    wanted: dict[str, Any], done: int, planned: int, words: str
) -> None:
    wish = aim(**wanted)
    verdict = pace.judge(wish, JUNE, actual=Decimal(done), by_period=[Decimal(done)])
    assert telling.planned(wish, verdict, Decimal(planned)) == words
