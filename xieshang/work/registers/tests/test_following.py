"""The follow-up part: by its table of moves, solved on its day, its rate made by itself, what is overdue waits; and what a stock is."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from xieshang.base import registry, todo
from xieshang.base.accounts import actions as accounts
from xieshang.base.accounts.roles import Role
from xieshang.base.errors import NotAllowed, Refused, Stale
from xieshang.base.ledger import figures
from xieshang.base.ledger.models import PeriodLock
from xieshang.base.ledger.verify import verify
from xieshang.conftest import build
from xieshang.work.registers import actions, queries, rules
from xieshang.work.registers.actions import About
from xieshang.work.registers.fields import Field, Measure
from xieshang.work.registers.models import Entry

FIELDS = (Field("on", "征集日期", "date", True, role="on"), Field("title", "内容", "text", True, role="title"))


@pytest.fixture
def book(house):
    """征集建议, with a follow-up part."""
    return actions.make(
        house.county, name="征集建议", unit="条", fields=FIELDS, follow=True, by=house.user("clerk"), now=house.now
    )


@pytest.fixture
def enter(house, book):
    def record(title="路灯不亮", on="2026-03-05", **about):
        return actions.record(
            book, on=on, title=title, values={}, by=house.user("clerk"), now=house.now, about=About(**about)
        )

    return record


def value(unit, suffix, start="2026-01-01", end="2026-12-31"):
    known = figures.indicators(unit)
    code = next(code for code in known if code.endswith(suffix))
    return figures.figure(
        figures.Query(known[code], unit.pk, date.fromisoformat(start), date.fromisoformat(end)), known
    ).value


def do(house, entry, verb, **more):
    who = {"by": house.user("clerk"), "now": house.now, "seen": Entry.objects.get(pk=entry.pk).version}
    return getattr(actions, verb)(entry, About(), **who, **more)


def test_what_is_solved_counts_on_the_day_it_was_solved_and_in_the_share_of_its_own_time(house, enter):
    first, second = enter(on="2026-03-05"), enter("窨井盖破损", on="2026-05-06")
    enter("公交站远", on="2026-05-07")
    do(house, first, "solve", on=date(2026, 5, 20))
    do(house, second, "solve", on=date(2026, 6, 1))

    assert [
        value(house.county, ".solved", *span) for span in (("2026-03-01", "2026-03-31"), ("2026-05-01", "2026-05-31"))
    ] == [0, 1]
    assert value(house.county, ".solved_rate", "2026-03-01", "2026-03-31") == 100
    assert value(house.county, ".solved_rate", "2026-05-01", "2026-05-31") == 50
    assert round(value(house.county, ".solved_rate"), 2) == round(200 / 3, 2) or str(
        value(house.county, ".solved_rate")
    ).startswith("66.67")
    assert verify().problems == []


def test_what_was_not_solved_after_all_is_taken_up_again_and_no_longer_counts(house, enter):
    entry = enter()
    do(house, entry, "solve", on=date(2026, 4, 1))
    do(house, entry, "take_up", reason="又坏了")

    assert (value(house.county, ".solved"), value(house.county, ".solved_rate")) == (0, 0)
    assert verify().problems == []


def test_a_locked_time_keeps_its_share_when_something_of_it_is_solved_later(house, enter):
    entry = enter(on="2026-01-05")
    PeriodLock.objects.create(
        organization=house.county, through=date(2026, 3, 31), grace_until=date(2026, 4, 30), locked_at=house.now
    )
    do(house, entry, "solve", on=date(2026, 6, 20))

    assert value(house.county, ".solved", "2026-06-01", "2026-06-30") == 1
    assert value(house.county, ".solved_rate", "2026-01-01", "2026-03-31") == 0


def test_void_takes_everything_back_also_what_was_solved(house, enter):
    entry = do(house, enter(), "solve", on=date(2026, 4, 1))
    actions.void(entry, by=house.user("clerk"), now=house.now, seen=2, reason="记重了")

    assert (value(house.county, ".solved"), value(house.county, ".solved_rate")) == (0, None)
    assert verify().problems == []


@pytest.mark.parametrize(
    ("verb", "more", "code"),
    [
        ("solve", {"on": date(2026, 3, 4)}, "too_early"),
        ("solve", {"on": date(2026, 7, 1)}, "in_the_future"),
        ("shelve", {"reason": " "}, "no_reason"),
        ("take_up", {"reason": "再办"}, "wrong_course"),
    ],
)
def test_a_step_that_does_not_fit_is_refused_with_a_sentence(house, enter, verb, more, code):
    entry = enter()
    with pytest.raises(Refused) as refused:
        do(house, entry, verb, **more)
    assert refused.value.code == code
    assert (Entry.objects.get().course, Entry.objects.get().version) == ("open", 1)


def test_an_entry_of_a_register_without_a_follow_up_part_has_none(house, desk):
    entry = actions.record(desk, on="2026-03-05", title="来访", values={"kind": "来访"}, by=None, now=house.now)
    with pytest.raises(Refused, match="没有办结段"):
        do(house, entry, "assign")


def test_only_staff_moves_it_and_on_what_they_saw(house, enter):
    entry = enter()
    with pytest.raises(NotAllowed):
        actions.solve(entry, About(), on=house.now.date(), by=house.user("member"), now=house.now, seen=1)
    actions.assign(entry, About(owner="住建局"), by=house.user("clerk"), now=house.now, seen=1)
    with pytest.raises(Stale):
        actions.assign(entry, About(owner="交通局"), by=house.user("clerk"), now=house.now, seen=1)


def test_what_is_overdue_waits_for_its_keeper_or_for_all_and_no_longer_when_it_is_solved(house, enter):
    clerk, day = house.user("clerk"), date(2026, 6, 30)
    mine, anybodys = enter(due=date(2026, 6, 1), keeper=clerk), enter("窨井盖", due=date(2026, 6, 2))
    enter("公交站", due=date(2026, 6, 30))

    def waits():
        return [one.title for one in todo.waiting(house.user("clerk"), house.county, day) if "逾期" in one.title]

    assert waits() == ["征集建议逾期未办结：路灯不亮", "征集建议逾期未办结：窨井盖"]
    do(house, mine, "solve", on=day)
    do(house, anybodys, "shelve", reason="要等规划")
    assert waits() == []


def test_who_leaves_hands_on_what_he_sees_to(house, enter):
    clerk, next_one = (
        house.user("clerk"),
        accounts.make(
            "next", name="接手人", password="correct horse battery", organization=house.county, by=None, now=house.now
        ),
    )
    accounts.grant(next_one, Role.CLERK, house.county, by=None, now=house.now)
    mine = enter(keeper=clerk)
    do(house, enter("已办结的", keeper=clerk), "solve", on=date(2026, 4, 1))
    (held,) = [one for one in registry.held(clerk, house.county) if str(one.title) == "没有办结的登记"]
    assert [title for title, _url in held.things] == ["路灯不亮"]

    held.hand(next_one, None, house.now)

    assert Entry.objects.get(pk=mine.pk).keeper == next_one
    assert verify().problems == []


def test_a_keeper_must_be_able_to_do_it(house, enter):
    with pytest.raises(Refused, match="没有办理"):
        enter(keeper=house.user("member"))


@pytest.mark.parametrize(
    "which, titles", [("overdue", ["乙"]), ("open", ["丙", "乙"]), ("solved", ["甲"]), ("", ["丙", "乙", "甲"])]
)
def test_the_list_is_narrowed_by_how_it_stands(house, book, enter, which, titles):
    do(house, enter("甲", on="2026-03-01"), "solve", on=date(2026, 4, 1))
    enter("乙", on="2026-03-02", due=date(2026, 6, 1))
    enter("丙", on="2026-03-03", due=date(2026, 8, 1))
    sift = queries.Sift(date(2026, 1, 1), date(2026, 12, 31), course=which)
    assert [one.title for one in queries.entries(book, sift)] == titles


STEPS = st.lists(st.tuples(st.sampled_from(["assign", "solve", "shelve", "take_up"]), st.integers(0, 100)), max_size=7)


class ByTheTable(TestCase):
    """Whatever is tried in whatever order: only the table's moves happen, and the ledger says what the entry says."""

    @settings(max_examples=15, deadline=None)
    @given(STEPS)
    def test_any_order_of_steps(self, steps):
        house = build()
        book = actions.make(
            house.county, name="征集建议", unit="条", fields=FIELDS, follow=True, by=None, now=house.now
        )
        entry = actions.record(book, on="2026-03-05", title="路灯", values={}, by=None, now=house.now)
        course = "open"
        after = {
            "assign": {},
            "solve": {"open": "solved", "hard": "solved"},
            "shelve": {"open": "hard"},
            "take_up": {"solved": "open", "hard": "open"},
        }
        for verb, days in steps:
            more = (
                {"on": date(2026, 3, 5) + timedelta(days=days)}
                if verb == "solve"
                else {"reason": "理由"}
                if verb != "assign"
                else {}
            )
            allowed = verb == "assign" or course in after[verb]
            try:
                do(house, entry, verb, **more)
            except Refused as refused:
                assert not allowed and refused.code == "wrong_course", (verb, course)
            else:
                assert allowed, (verb, course)
                course = after[verb].get(course, course)
            assert Entry.objects.get().course == course
        assert value(house.county, ".solved") == (course == "solved")
        assert verify().problems == []


# --- stocks ---

HOMES = (*FIELDS, Field("until", "撤销日期", "date", role="until"))
STOCK = (Measure("standing", "委员之家", "个", "stock", words=("委员之家",), note="当日还在的"),)
LIVES = st.lists(st.tuples(st.integers(0, 60), st.none() | st.integers(0, 60)), max_size=6)


class Stocks(TestCase):
    """The stock on any day is the number of entries that are alive on it."""

    @settings(max_examples=15, deadline=None)
    @given(LIVES, st.lists(st.integers(-5, 125), min_size=3, max_size=3))
    def test_the_stock_on_a_day_is_what_is_alive_on_it(self, lives, days):
        house, first = build(), date(2026, 1, 1)
        book = actions.make(
            house.county, name="委员之家", unit="个", fields=HOMES, measures=STOCK, by=None, now=house.now
        )
        spans = []
        for n, (set_up, lasts) in enumerate(lives):
            on = first + timedelta(days=set_up)
            entry = actions.record(book, on=on, title=f"第{n}家", values={}, by=None, now=house.now)
            ended = None if lasts is None else on + timedelta(days=lasts)
            if ended:
                actions.give_up(entry, on=ended, by=None, now=house.now, seen=1)
            spans.append((on, ended))
        for day in (first + timedelta(days=n) for n in days):
            alive = sum(on <= day and (ended is None or day < ended) for on, ended in spans)
            assert value(house.county, ".standing", "2025-01-01", day.isoformat()) == alive
        assert verify().problems == []


def test_a_thing_is_given_up_once_and_not_before_it_was_set_up(house):
    book = actions.make(house.county, name="委员之家", unit="个", fields=HOMES, measures=STOCK, by=None, now=house.now)
    home = actions.record(book, on="2026-03-05", title="青石镇委员之家", values={}, by=None, now=house.now)
    who = {"by": house.user("clerk"), "now": house.now}
    with pytest.raises(Refused, match="早于"):
        actions.give_up(home, on=date(2026, 3, 4), seen=1, **who)
    actions.give_up(home, on=date(2026, 6, 1), seen=1, **who)
    with pytest.raises(Refused, match="已经撤销"):
        actions.give_up(home, on=date(2026, 6, 2), seen=2, **who)


def test_nothing_is_given_up_in_a_register_that_counts_no_stock(house, enter):
    with pytest.raises(Refused, match="不按存量"):
        actions.give_up(enter(), on=date(2026, 6, 1), by=house.user("clerk"), now=house.now, seen=1)


def test_the_courses_of_the_table_are_the_courses_of_the_entry():
    assert {move.verb for move in rules.MOVES if Role.MEMBER in move.who} == {"report", "resubmit"}
    assert set(rules.COURSES) == {"open", "solved", "hard"}
