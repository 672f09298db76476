"""Several plans of a unit side by side, each with its source and its time; a five-year plan stands in each of its years."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from xieshang.base import clock
from xieshang.base.orgs import actions as orgs
from xieshang.base.settings import parameters
from xieshang.conftest import House
from xieshang.measure.plans import actions, cli, queries
from xieshang.measure.plans.models import Plan

from .conftest import bring_in, hold, target

pytestmark = pytest.mark.django_db
TEXT = "青石镇{title}\n\n一、活动\n\n1、组织集体活动不少于{n}次。\n"


def plan(house: House, title: str, *, n: int = 20, **more: Any) -> Plan:
    """In force, its one target tied to the collective activities."""
    by = house.user("part_timer")
    paper = actions.keep(house.township, TEXT.format(title=title, n=n).encode(), f"{title}.txt", by=by, now=house.now)
    made = actions.open_plan(paper, by=by, now=house.now, **more)
    for one in made.targets.filter(state="open"):
        actions.correct(one, fields={"indicator": "activities.collective"}, by=by, now=house.now)
    return actions.put_in_force(made, by=by, now=house.now)


@pytest.fixture
def five(house: House) -> Plan:
    return plan(house, "2022—2026年工作规划", year=2022, source="five_year")


def titles(house: House, year: int) -> list[str]:
    return [one.title for one in queries.of_year(house.township, year)]


def test_a_five_year_plan_stands_in_each_of_its_years_and_no_other(house: House, five: Plan) -> None:
    assert [year for year in range(2020, 2029) if titles(house, year)] == [2022, 2023, 2024, 2025, 2026]


def test_a_five_year_plan_is_paced_over_its_five_years(house: House, five: Plan) -> None:
    hold(house, date(2023, 5, 1))
    [shown] = cli.show(house.township, 2024, date(2024, 6, 30))["targets"]
    assert (shown["actual"], shown["expected_by_now"], shown["state"]) == (1, 9, "behind")  # 20 × 912/1826


BELONGS = [
    (date(2026, 2, 10), date(2027, 2, 9), [2026]),  # a session year: its last weeks do not make it next year's
    (date(2025, 10, 1), date(2026, 3, 31), [2025, 2026]),  # half a year over New Year stands in both
    (date(2026, 6, 1), date(2026, 6, 30), [2026]),  # one month
    (date(2025, 12, 20), date(2026, 12, 31), [2026]),  # it began a few days early
]


@pytest.mark.parametrize(("start", "end", "years"), BELONGS)
def test_a_plan_stands_in_the_years_that_hold_a_quarter_of_it(
    house: House, start: date, end: date, years: list[int]
) -> None:
    plan(house, "专项工作方案", year=start.year, source="special", starts_on=start, ends_on=end)
    assert [year for year in range(2024, 2029) if titles(house, year)] == years


def test_plans_stand_by_their_source_each_named_and_one_strip_counts_them_all(
    house: House, desk: Client, five: Plan
) -> None:
    for title, source in (("专项工作方案", "special"), ("县里分解的任务", "above"), ("2026年工作计划", "own")):
        plan(house, title, year=2026, source=source)
    assert titles(house, 2026) == ["青石镇2026年工作计划", "青石镇县里分解的任务", five.title, "青石镇专项工作方案"]

    with clock.at("2026-06-30"):
        page = desk.get("/plans/").content.decode()
    for word in ("自定 ·", "上级分解 ·", "五年规划 ·", "专项 ·", "2022.1.1–2026.12.31", "全部计划合在一起"):
        assert word in page
    _listed, counts = queries.listed(house.township, date(2026, 1, 1), date(2026, 12, 31), date(2026, 6, 30))
    assert sum(counts.values()) == 4
    assert cli.show(house.township, 2026, date(2026, 6, 30))["targets"][2]["plan"] == five.title


def test_a_plan_for_a_session_year_is_measured_from_plenary_to_plenary(house: House) -> None:
    made = plan(house, "会议年度计划", n=12, year=2026, starts_on=date(2026, 2, 10), ends_on=date(2027, 2, 9))
    hold(house, date(2026, 2, 9))
    hold(house, date(2026, 2, 10))
    [row] = queries.sheet(made, date(2027, 1, 31)).rows
    assert (row.verdict.actual, row.verdict.expected) == (1, 11)  # the one on the eve of the plenary is last year's


def test_a_targets_own_time_and_months_are_kept_shown_and_honoured(house: House, desk: Client) -> None:
    made = plan(house, "2026年工作计划", n=8, year=2026)
    one = target(made, "集体活动")
    given = {
        "kind": "quantified", "op": "at_least", "value": "8", "unit": "次", "indicator": "activities.collective", "starts_on": "2026-05-01",
        "ends_on": "2026-12-31", "months": "5、11 月", "reason": "主席会议排定", "seen": one.version,
    }  # fmt: skip
    with clock.at("2026-06-30"):
        assert desk.post(f"/plans/targets/{one.pk}/change", given).status_code == 302
        page = desk.get(one.get_absolute_url()).content.decode()
    assert "2026.5.1–2026.12.31" in page and "5 月、11 月" in page
    [detail] = cli.show(house.township, 2026, date(2026, 6, 30))["details"]
    assert (detail["from"], detail["months"]) == ("2026-05-01", [5, 11])
    [shown] = cli.show(house.township, 2026, date(2026, 6, 30))["targets"]
    assert (shown["expected_by_now"], shown["state"]) == (4, "behind")


def test_a_month_that_is_none_is_said_at_its_field(house: House, desk: Client) -> None:
    made = plan(house, "2026年工作计划", year=2026)
    one = target(made, "集体活动")
    given = {
        "kind": "quantified",
        "op": "at_least",
        "value": "8",
        "months": "13",
        "reason": "排定",
        "seen": one.version,
    }
    answer = desk.post(f"/plans/targets/{one.pk}/change", given)
    assert answer.status_code == 422 and "月份写 1 到 12" in answer.content.decode()


def test_what_is_about_enough_is_the_units_own_rule(house: House) -> None:
    made = plan(house, "2026年工作计划", n=20, year=2026)
    actions.change(
        target(made, "集体活动"), fields={"op": "about", "value": 5}, by=None, now=house.now, reason="改为约数"
    )
    for month in range(1, 5):
        hold(house, date(2026, month, 2))
    assert queries.sheet(made, date(2026, 6, 30)).rows[0].state == "on_track"
    parameters.set_value(
        house.county, "plans.about_percent", "80", effective_from=date(2026, 1, 1), citation="主席会议", by=house.user("clerk"), now=house.now
    )  # fmt: skip
    assert queries.sheet(made, date(2026, 6, 30)).rows[0].state == "done"


def test_in_a_session_year_a_plan_is_read_in_for_that_year(house: House, desk: Client) -> None:
    orgs.add_session(house.term, 5, date(2026, 2, 10), date(2026, 2, 13), by=None, now=house.now)
    paper = actions.keep(house.township, TEXT.format(title="计划", n=4).encode(), "计划.txt", by=None, now=house.now)
    page = desk.get(f"/plans/import/{paper.pk}?years=session&year=2026").content.decode()
    assert 'value="2026-02-10"' in page and 'value="2027-02-09"' in page


def test_a_closed_or_withdrawn_plan_of_the_same_unit_does_not_hide_another(house: House, five: Plan) -> None:
    by = house.user("part_timer")
    actions.withdraw(five, by=by, now=house.now, reason="导错了")
    bring_in(house)
    assert titles(house, 2026) == ["青石镇委员小组2026年工作计划"]
