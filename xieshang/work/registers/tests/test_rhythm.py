"""Whether a register is kept as often as it should be, and what waits because of it."""

from datetime import date

import pytest

from xieshang.base import clock, todo
from xieshang.base.settings import parameters
from xieshang.work.registers import actions, queries, rhythm, rules
from xieshang.work.registers.models import Register

ASKING = rhythm.Asking(
    {"month": 25, "quarter": 15, "half_year": 1, "year": 1}, 10
)  # as the settings stand where nobody set them


def register(kind, number=1, made="2025-01-10"):
    return Register(name="简讯", unit="期", rhythm=kind, rhythm_count=number, made_at=clock.parse(made))


CASES = [  # rhythm, expected, entries by month, today, state, words
    ("month", 1, {}, "2026-06-12", "not_due", "6 月 0 / 1 期"),
    ("month", 1, {}, "2026-06-25", "behind", "6 月还差 1 期"),
    ("month", 2, {6: 1}, "2026-06-26", "behind", "6 月还差 1 期"),
    ("month", 1, {6: 1}, "2026-06-26", "done", "6 月已登记"),
    ("month", 1, {}, "2026-07-03", "behind", "6 月还差 1 期"),  # the month that is over is still asked for
    ("month", 1, {}, "2026-07-11", "not_due", "7 月 0 / 1 期"),  # and then no more
    ("quarter", 1, {4: 1}, "2026-06-20", "done", "二季度已登记"),
    ("quarter", 1, {}, "2026-06-14", "not_due", "二季度 0 / 1 期"),
    ("quarter", 1, {}, "2026-06-15", "behind", "二季度还差 1 期"),
    ("half_year", 1, {}, "2026-06-01", "behind", "上半年还差 1 期"),
    ("year", 2, {3: 1}, "2026-12-01", "behind", "2026 年还差 1 期"),
]


@pytest.mark.parametrize(("kind", "number", "months", "today", "state", "words"), CASES)
def test_the_light_of_a_register_says_what_is_wanting(kind, number, months, today, state, words):
    found = rhythm.light(
        register(kind, number),
        {date(2026, month, 1): n for month, n in months.items()},
        date.fromisoformat(today),
        ASKING,
    )
    assert (found.state, found.text) == (state, words)


def test_a_register_without_rhythm_has_no_light():
    assert rhythm.light(register("none"), {}, date(2026, 6, 30), ASKING) is None


def test_what_ended_before_the_register_was_made_is_not_asked_for():
    assert rhythm.light(register("month", made="2026-07-01"), {}, date(2026, 7, 3), ASKING).state == "not_due"


def test_a_unit_sets_from_which_day_it_asks_and_for_how_long_after(house):
    clerk, day = house.user("clerk"), date(2026, 6, 20)
    actions.take(house.county, "newsletters", by=None, now=clock.parse("2026-01-05"))

    def light(on):
        return queries.lights(clerk, house.county, on)[0][1].state

    assert (light(day), light(date(2026, 7, 8))) == ("not_due", "behind")
    for key, given in ((rules.ASK_FROM["month"], 20), (rules.GRACE_DAYS, 5)):
        given = {"effective_from": day, "citation": "主席会议", "by": clerk, "now": house.now, "given": given}
        parameters.set_value(house.county, key, given.pop("given"), **given)
    assert (light(day), light(date(2026, 7, 8))) == ("behind", "not_due")


def test_a_day_that_a_month_does_not_have_is_its_last(house):
    late = rhythm.Asking({"month": 31}, 0)
    assert rhythm.light(register("month"), {}, date(2026, 6, 30), late).state == "behind"


def test_a_missed_newsletter_waits_until_it_is_recorded(house):
    clerk = house.user("clerk")
    news = actions.take(house.county, "newsletters", by=clerk, now=house.now)
    (waiting,) = [one for one in todo.waiting(clerk, house.county, date(2026, 6, 26)) if "简讯" in one.title]
    assert (waiting.title, waiting.url, waiting.verb, waiting.due) == (
        "政协工作简讯：6 月还差 1 期",
        f"/registers/{news.pk}/new",
        "登记",
        date(2026, 6, 30),
    )

    actions.record(news, on="2026-06-26", title="简讯第 6 期", values={}, by=clerk, now=house.now)
    assert not [one for one in todo.waiting(clerk, house.county, date(2026, 6, 26)) if "简讯" in one.title]


def test_nothing_waits_for_those_who_do_not_record(house):
    actions.take(house.county, "newsletters", by=None, now=house.now)
    for role in ("leader", "member", "sys_admin"):
        assert not [
            one for one in todo.waiting(house.user(role), house.county, date(2026, 6, 26)) if "简讯" in one.title
        ]


def test_a_voided_entry_and_a_closed_register_are_left_out(house):
    clerk = house.user("clerk")
    news = actions.take(house.county, "newsletters", by=clerk, now=house.now)
    entry = actions.record(news, on="2026-06-26", title="简讯第 6 期", values={}, by=clerk, now=house.now)
    actions.void(entry, by=clerk, now=house.now, seen=1, reason="没有编成")
    assert [one for one in todo.waiting(clerk, house.county, date(2026, 6, 26)) if "简讯" in one.title]
    actions.close(news, by=clerk, now=house.now)
    assert not [one for one in todo.waiting(clerk, house.county, date(2026, 6, 26)) if "简讯" in one.title]
