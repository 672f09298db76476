"""一次活动只计一项: where a plan wants it, one record counts in one task only, and figures are what their rows say."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from xieshang.base import registry
from xieshang.base.ledger.facts import Fact, count
from xieshang.conftest import House
from xieshang.measure.plans import actions, measuring, pace, queries, single
from xieshang.measure.plans.models import Plan, Target
from xieshang.work.activities import facts as told
from xieshang.work.activities.models import Activity

from .conftest import hold, target

TODAY = date(2026, 6, 30)
START, END = date(2026, 1, 1), date(2026, 12, 31)


@pytest.fixture
def one_each(house: House, running: Plan) -> Plan:
    by = house.user("part_timer")
    return actions.edit(running, fields={"single": True}, by=by, now=house.now)


def counts(plan: Plan) -> dict[str, object]:
    rows = measuring.measure(queries.targets_of([plan]), TODAY)
    return {row.target.words: row.verdict.actual for row in rows if row.verdict.actual is not None}


def test_without_the_switch_one_record_counts_in_every_task_it_fits(house: House, running: Plan) -> None:
    hold(house, date(2026, 5, 12), kind="research", carriers=["into_community"])
    found = counts(running)
    assert [
        found[words] for words in ("组织2次专题调研活动", "年内组织集体活动不少于4次", "每季度开展一次三进活动")
    ] == [1, 1, 1]


def test_with_it_a_record_counts_in_the_first_task_that_still_wants_it(house: House, one_each: Plan) -> None:
    for day in (3, 4, 5):
        hold(house, date(2026, 5, day), kind="research", title=f"调研{day}")
    found = counts(one_each)
    assert (found["组织2次专题调研活动"], found["年内组织集体活动不少于4次"]) == (2, 1)


def test_when_all_have_what_they_want_the_first_gets_it(house: House, one_each: Plan) -> None:
    for day in range(1, 9):
        hold(house, date(2026, 5, day), kind="research", title=f"调研{day}")
    found = counts(one_each)
    assert (found["组织2次专题调研活动"], found["年内组织集体活动不少于4次"]) == (4, 4)


def test_the_page_of_a_task_alone_says_the_same_as_the_plan(house: House, one_each: Plan) -> None:
    for day in (3, 4, 5):
        hold(house, date(2026, 5, day), kind="research", title=f"调研{day}")
    alone = target(one_each, "集体活动")
    [row] = measuring.measure([alone], TODAY)
    assert row.verdict.actual == 1
    assert row.verdict.actual == len(measuring.given(alone, TODAY))
    assert row.last == date(2026, 5, 5)


def test_a_record_says_the_one_task_it_counts_in(house: House, one_each: Plan) -> None:
    held = [hold(house, date(2026, 5, day), kind="research", title=f"调研{day}") for day in (3, 4, 5)]
    said = []
    for one in held:
        assert isinstance(one, Activity)
        said.append([title for title, _url in registry.counts(house.township, told.facts(one), one.ref)])
    assert said == [["组织2次专题调研活动"], ["组织2次专题调研活动"], ["年内组织集体活动不少于4次"]]
    new = [
        Fact("activities.held", date(2026, 5, 6), category="research"),
        Fact("activities.collective", date(2026, 5, 6)),
    ]
    assert [title for title, _url in registry.counts(house.township, new)] == ["年内组织集体活动不少于4次"]
    early = [Fact("activities.held", date(2026, 5, 1), category="research")]
    assert [title for title, _url in registry.counts(house.township, early)] == ["组织2次专题调研活动"]


def test_the_list_of_records_opens_from_the_figure(house: House, one_each: Plan, client: Client) -> None:
    hold(house, date(2026, 5, 3), kind="research", title="调研水利")
    client.force_login(house.user("part_timer"))
    page = client.get(f"/plans/targets/{target(one_each, '专题调研活动').pk}/records").content.decode()
    assert "调研水利" in page and "只计一项" in page
    other = client.get(f"/plans/targets/{target(one_each, '集体活动').pk}/records").content.decode()
    assert "还没有计入这一项的记录" in other
    assert "一条记录只计一项" in client.get(one_each.get_absolute_url()).content.decode()


# --- sharing out, pure --------------------------------------------------------------------------------------------------------

ANY = count("a.held", "活动")
VISIT = count("a.visit", "走访", of="a.held", where={"category": "visit"})
KNOWN = {one.code: one for one in (ANY, VISIT)}


def made(goals: list[tuple[int, bool, str]]) -> list[single.Turn]:
    plan = Plan(pk=1, single=True, starts_on=START, ends_on=END)
    turns = []
    for n, (goal, narrow, period) in enumerate(goals):
        one = Target(pk=n + 1, plan=plan, order=n, kind="quantified", op="at_least", value=Decimal(goal), period=period)
        aim = pace.Aim(START, END, op="at_least", value=Decimal(goal), period=period)
        turn = single.turn(one, aim, VISIT if narrow else ANY)
        assert turn is not None
        turns.append(turn)
    return turns


GOALS = st.lists(
    st.tuples(st.integers(1, 4), st.booleans(), st.sampled_from(["", "quarter", "month"])), min_size=1, max_size=5
)
DAYS = st.lists(st.tuples(st.integers(0, 364), st.sampled_from(["visit", "talk"])), max_size=25).map(sorted)


def records(days: list[tuple[int, str]]) -> list[tuple[str, list[Fact]]]:
    return [
        (f"a:{n}", [Fact("a.held", START + timedelta(days=day), category=kind)]) for n, (day, kind) in enumerate(days)
    ]


@given(GOALS, DAYS)
def test_every_record_that_fits_some_task_counts_in_exactly_one(
    goals: list[tuple[int, bool, str]], days: list[tuple[int, str]]
) -> None:
    turns, told_of = made(goals), records(days)
    single.share_out(turns, told_of, KNOWN)
    got = [record for one in turns for record, _fact in one.got]
    fitting = [ref for ref, facts in told_of if any(one.fits(fact, KNOWN) for one in turns for fact in facts)]
    assert sorted(got) == sorted(fitting)
    assert all(one.fits(fact, KNOWN) for one in turns for _record, fact in one.got)


@given(GOALS, DAYS, st.integers(0, 25))
def test_what_comes_later_does_not_move_what_was_counted_before(
    goals: list[tuple[int, bool, str]], days: list[tuple[int, str]], cut: int
) -> None:
    early, late, told_of = made(goals), made(goals), records(days)
    single.share_out(early, told_of[:cut], KNOWN)
    single.share_out(late, told_of, KNOWN)
    before = {ref for ref, _facts in told_of[:cut]}
    assert [[r for r, _f in one.got] for one in early] == [[r for r, _f in one.got if r in before] for one in late]
