"""结转: at the year's end what was not finished goes into the next plan, and is counted once."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import transaction
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from xieshang.base import clock, registry
from xieshang.base.errors import NotAllowed, Refused
from xieshang.base.ledger import verify
from xieshang.base.orgs import actions as orgs
from xieshang.conftest import House
from xieshang.measure.plans import actions, carrying, measuring, queries
from xieshang.measure.plans.actions import Carry
from xieshang.measure.plans.models import Plan, Target
from xieshang.work.activities import facts as told

from .conftest import TEXT, bring_in, hold, target

LAST = date(2026, 12, 31)
NEXT = date(2027, 12, 31)


@pytest.fixture
def following(house: House) -> Plan:
    """The next year's plan, in force."""
    by = house.user("part_timer")
    orgs.add_term(house.county, 12, date(2027, 1, 1), date(2031, 12, 31), by=None, now=house.now)
    made = bring_in(
        house, TEXT.replace("2026", "2027").replace("年内组织集体活动不少于4次。", ""), year=2027, accept_sure=True
    )
    actions.accept_tasks(made, by=by, now=house.now)
    for one in made.targets.filter(state="open"):
        actions.drop(one, by=by, now=house.now)
    return actions.put_in_force(made, by=by, now=house.now)


def over(house: House, plan: Plan, into: Plan, *chosen: Carry, **more: object) -> list[Target]:
    given = {"reason": "年内未完成", "by": house.user("part_timer"), "now": house.now, **more}
    return actions.carry_over(plan, into, chosen, **given)  # type: ignore[arg-type]


def done(found: Target, on: date) -> Decimal | None:
    [row] = measuring.measure([found], on)
    return row.verdict.actual


def test_what_remains_is_the_goal_less_what_was_done(house: House, running: Plan) -> None:
    for day in (3, 4, 5):
        hold(house, date(2026, 5, day), title=f"视察{day}")
    left = {one.row.target.words: one.remains for one in carrying.left(running, date(2027, 1, 10))}
    assert left["年内组织集体活动不少于4次"] == Decimal(1)
    assert left["每季度开展一次三进活动"] == Decimal(4)
    assert left["健全工作制度"] is None


def test_the_old_says_where_to_and_the_new_where_from(house: House, running: Plan, following: Plan) -> None:
    old = target(running, "集体活动")
    [new] = over(house, running, following, Carry(old, Decimal(2)))
    old = target(running, "集体活动")
    assert (old.state, new.state, new.value, new.carried_from_id) == ("carried", "accepted", Decimal(2), old.pk)
    assert (new.indicator, new.period, new.plan) == ("activities.collective", "", following)
    assert old.versions.first().reason == f"结转至《{following.title}》：年内未完成"  # type: ignore[union-attr]
    [row] = measuring.measure([old], LAST)
    assert (row.state, row.short) == ("withdrawn", "已结转")
    assert verify.verify().problems == []


DAYS = st.lists(st.tuples(st.sampled_from([2026, 2027]), st.integers(1, 12), st.integers(1, 28)), max_size=4)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=8, deadline=None)
@given(DAYS, st.sampled_from([None, date(2027, 3, 31)]))
def test_a_happening_counts_in_one_of_the_two_years(
    house: House, running: Plan, following: Plan, days: list[tuple[int, int, int]], late: date | None
) -> None:
    """Whatever was held when, and even where the old task ran into the new year."""
    with clock.at(clock.parse("2028-01-05T12:00:00")) as later, transaction.atomic():
        by = house.user("part_timer")
        if late:
            actions.change(
                target(running, "集体活动"), fields={"ends_on": late}, by=by, now=house.now, reason="延到一季度"
            )
        [new] = over(house, running, following, Carry(target(running, "集体活动"), Decimal(2)))
        house.now = later
        for n, (year, month, day) in enumerate(days):
            hold(house, date(year, month, day), title=f"活动{n}")
        both = [done(target(running, "集体活动"), date(2028, 1, 5)), done(afresh(new), date(2028, 1, 5))]
        assert sum(one or 0 for one in both) == len(days)
        transaction.set_rollback(True)
    house.now = clock.parse("2026-06-30T12:00:00")


def afresh(one: Target) -> Target:
    return Target.objects.select_related("plan", "organization").get(pk=one.pk)


def test_the_task_is_asked_for_in_one_of_the_two_years(house: House, running: Plan, following: Plan) -> None:
    def asked(year: int) -> int:
        _found, counts = queries.listed(house.township, date(year, 1, 1), date(year, 12, 31), LAST)
        return sum(n for state, n in counts.items() if state != "withdrawn")

    before = asked(2026) + asked(2027)
    over(house, running, following, Carry(target(running, "集体活动"), Decimal(2)))
    assert asked(2026) + asked(2027) == before


def test_a_closed_plan_is_carried_over_too_but_nothing_twice(house: House, running: Plan, following: Plan) -> None:
    old = target(running, "集体活动")
    actions.close(running, by=house.user("part_timer"), now=house.now)
    over(house, running, following, Carry(target(running, "集体活动"), Decimal(2)))
    with pytest.raises(Refused) as refused:
        over(house, running, following, Carry(old, Decimal(2)))
    assert refused.value.code == "wrong_state"
    assert Target.objects.filter(carried_from=old).count() == 1


def test_what_is_missing_is_said_and_nothing_is_written(house: House, running: Plan, following: Plan) -> None:
    one = target(running, "集体活动")
    wrong: list[tuple[list[Carry], Plan, dict[str, object], str]] = [
        ([], following, {}, "nothing_chosen"),
        ([Carry(one, Decimal(2))], running, {}, "not_after"),
        ([Carry(one, None)], following, {}, "no_value"),
        ([Carry(one, Decimal(2))], following, {"reason": " "}, "no_reason"),
    ]
    for chosen, into, more, code in wrong:
        with pytest.raises(Refused) as refused:
            over(house, running, into, *chosen, **more)
        assert refused.value.code == code
    with pytest.raises(NotAllowed):
        over(house, running, following, Carry(one, Decimal(2)), by=house.user("member"))
    assert not Target.objects.filter(carried_from__isnull=False).exists()


def test_carrying_back_restores_the_old_and_takes_out_the_new(house: House, running: Plan, following: Plan) -> None:
    [new] = over(house, running, following, Carry(target(running, "集体活动"), Decimal(2)))
    actions.carry_back(target(running, "集体活动"), reason="选错了", by=house.user("part_timer"), now=house.now)
    new.refresh_from_db()
    assert (target(running, "集体活动").state, new.state) == ("accepted", "withdrawn")


def test_the_page_carries_what_is_ticked(house: House, running: Plan, following: Plan, client: Client) -> None:
    old = target(running, "集体活动")
    with clock.at(clock.parse("2026-12-20T09:00:00")):
        client.force_login(house.user("part_timer"))
        assert f"/plans/{running.pk}/carry" in client.get(running.get_absolute_url()).content.decode()
        page = client.get(f"/plans/{running.pk}/carry").content.decode()
        assert f'name="remains_{old.pk}" value="4"' in page
        typed = {f"carry_{old.pk}": "on", f"remains_{old.pk}": "两次", "into": following.pk, "reason": "未完成"}
        wrong = client.post(f"/plans/{running.pk}/carry", typed)
        assert (wrong.status_code, "还没有写结转多少" in wrong.content.decode()) == (422, True)
        client.post(f"/plans/{running.pk}/carry", {**typed, f"remains_{old.pk}": "2"})
        page = client.get(old.get_absolute_url()).content.decode()
    assert "结转至" in page and following.title in page
    new = Target.objects.get(carried_from=old)
    assert "结转自" in client.get(new.get_absolute_url()).content.decode()


def test_a_revised_paper_does_not_take_out_what_came_from_another_year(
    house: House, running: Plan, following: Plan
) -> None:
    [new] = over(house, running, following, Carry(target(running, "集体活动"), Decimal(2)))
    bring_in(house, TEXT.replace("2026", "2027").replace("2次专题调研", "3次专题调研"), year=2027, revise=True)
    assert afresh(new).state == "accepted"


# --- what was carried over and a new task of the same 统计项 ---------------------------------------------------------------------

# (goal carried over, goal of the new task, days on which something was held) → (counted in the carried one, counted in the new one)
CASES = [
    (2, 4, [], (0, 0)),
    (2, 4, [5], (1, 0)),
    (2, 4, [5, 6], (2, 0)),
    (2, 4, [5, 6, 7], (2, 1)),
    (2, 4, [5, 6, 7, 8, 9, 10, 11], (2, 5)),  # what is more goes to the new one
    (1, 1, [5, 6], (1, 1)),
]


def both(house: House, running: Plan, following: Plan, carried: int, goal: int) -> tuple[Target, Target]:
    new = target(following, "2次专题调研")
    [old] = over(house, running, following, Carry(target(running, "2次专题调研"), Decimal(carried)))
    by = house.user("part_timer")
    if new.value != goal:
        actions.change(new, fields={"value": Decimal(goal)}, by=by, now=house.now, reason="按新年的安排")
    return old, afresh(new)


@pytest.mark.parametrize(("carried", "goal", "days", "expected"), CASES)
def test_a_happening_counts_once_in_one_indicator_of_one_plan_the_carried_task_first(
    house: House, running: Plan, following: Plan, carried: int, goal: int, days: list[int], expected: tuple[int, int]
) -> None:
    with clock.at(clock.parse("2027-06-30T12:00:00")) as later:
        old, new = both(house, running, following, carried, goal)
        house.now = later
        for day in days:
            hold(house, date(2027, 5, day), kind="research", title=f"调研{day}")
        rows = {row.target.pk: row for row in measuring.measure(queries.targets_of([following]), later.date())}
        assert (rows[old.pk].verdict.actual, rows[new.pk].verdict.actual) == expected
        alone = [done(afresh(one), later.date()) for one in (old, new)]
        assert tuple(alone) == expected  # the page of a task alone says the same
        assert [len(measuring.given(afresh(one), later.date())) for one in (old, new)] == list(expected)
        assert rows[old.pk].shared_out and rows[new.pk].shared_out


def test_another_indicator_counts_the_same_happening_as_ever(house: House, running: Plan, following: Plan) -> None:
    with clock.at(clock.parse("2027-06-30T12:00:00")) as later:
        both(house, running, following, 1, 2)
        house.now = later
        made = hold(house, date(2027, 5, 6), kind="research", carriers=["into_community"], title="调研进社区")
        rows = {row.target.words: row for row in measuring.measure(queries.targets_of([following]), later.date())}
        assert rows["每季度开展一次三进活动"].verdict.actual == 1
        assert not rows["每季度开展一次三进活动"].shared_out
        titles = [title for title, _url in registry.counts(house.township, told.facts(made), made.ref)]
        assert len([title for title in titles if "专题调研" in title]) == 1 and "结转" in "".join(titles)


def test_each_of_two_plans_counts_it_for_its_own_source(house: House, running: Plan, following: Plan) -> None:
    """What was carried over in one plan takes nothing from the task of another: the two have different sources."""
    with clock.at(clock.parse("2027-06-30T12:00:00")) as later:
        text = "1.组织2次专题调研活动。"
        other = bring_in(house, text, year=2027, accept_sure=True)
        by = house.user("part_timer")
        actions.accept_tasks(other, by=by, now=house.now)
        for one in other.targets.filter(state="open"):
            actions.drop(one, by=by, now=house.now)
        actions.put_in_force(other, by=by, now=house.now)
        [old] = over(house, running, following, Carry(target(running, "2次专题调研"), Decimal(1)))
        house.now = later
        hold(house, date(2027, 5, 6), kind="research", title="调研水利")
        assert done(afresh(old), later.date()) == 1
        assert done(target(other, "专题调研"), later.date()) == 1


def test_what_the_new_task_does_not_take_stays_with_the_carried_one(
    house: House, running: Plan, following: Plan
) -> None:
    """The new task begins in July: what is held before counts in the carried one, also beyond its goal."""
    with clock.at(clock.parse("2027-06-30T12:00:00")) as later:
        old, new = both(house, running, following, 1, 2)
        actions.change(
            new, fields={"starts_on": date(2027, 7, 1)}, by=house.user("part_timer"), now=house.now, reason="下半年的"
        )
        house.now = later
        for day in (5, 6, 7):
            hold(house, date(2027, 5, day), kind="research", title=f"调研{day}")
        assert done(afresh(old), later.date()) == 3
        assert done(afresh(new), later.date()) == 0


def test_the_records_of_the_carried_one_open_from_its_figure(
    house: House, running: Plan, following: Plan, client: Client
) -> None:
    with clock.at(clock.parse("2027-06-30T12:00:00")) as later:
        old, new = both(house, running, following, 1, 2)
        house.now = later
        hold(house, date(2027, 5, 6), kind="research", title="调研水利")
        client.force_login(house.user("part_timer"))
        client.get("/?org=qingshi")
        assert "调研水利" in client.get(f"/plans/targets/{old.pk}/records").content.decode()
        page = client.get(f"/plans/targets/{new.pk}/records").content.decode()
        assert "还没有计入这一项的记录" in page and "先计入结转的" in page
        assert "先计入结转的" in client.get(new.get_absolute_url()).content.decode()
