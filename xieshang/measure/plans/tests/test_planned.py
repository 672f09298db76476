"""拟开展: what the rooms have planned does not count, and is said beside what does: 已完成 2、已排 1、还差 1."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from django.test import Client

from xieshang.base import clock, registry
from xieshang.base.ledger.facts import Fact
from xieshang.base.orgs.models import Organization
from xieshang.conftest import House
from xieshang.measure.plans import bulletin, queries, summary
from xieshang.measure.plans.measuring import Measured
from xieshang.measure.plans.models import Plan

from .conftest import hold
from .test_papers import said

pytestmark = pytest.mark.django_db
JUNE = date(2026, 6, 30)
Schedule = Callable[..., None]


@pytest.fixture
def schedule() -> Iterator[Schedule]:
    """A room that plans what it is told to; the other rooms plan nothing."""
    kept, planned = list(registry.SCHEDULED), []

    def room(organization: Organization, start: date, end: date) -> list[tuple[Fact, str, str]]:
        return [one for one in planned if start <= one[0].on <= end]

    registry.SCHEDULED[:] = [room]
    yield lambda on, ref="activities.activity:9", **more: planned.append(
        (Fact(more.pop("kind", "activities.collective"), on, **more), ref, "拟开展的活动")
    )
    registry.SCHEDULED[:] = kept


def row(plan: Plan, words: str = "集体活动", on: date = JUNE) -> Measured:
    [found] = [row for row in queries.sheet(plan, on).rows if words in row.target.quote]
    return found


def test_what_is_planned_is_said_and_not_counted(house: House, running: Plan, schedule: Schedule) -> None:
    hold(house, date(2026, 3, 2))
    hold(house, date(2026, 4, 2))
    schedule(date(2026, 9, 1))

    found = row(running)
    assert (found.verdict.actual, found.state, found.ahead) == (2, "on_track", "已完成 2、已排 1、还差 1")


def test_only_what_the_indicator_would_take_in_its_time_and_for_the_unit_is_planned_for_it(
    house: House, running: Plan, schedule: Schedule
) -> None:
    schedule(date(2026, 9, 1), kind="activities.held")  # counts elsewhere
    schedule(date(2027, 1, 5))  # after its last day
    schedule(date(2026, 9, 2), organization=house.county.pk)  # the county's own
    assert row(running).ahead == ""

    schedule(date(2026, 9, 3), organization=house.township.pk)
    assert row(running).ahead == "已完成 0、已排 1、还差 3"


def test_what_is_done_needs_no_plan(house: House, running: Plan, schedule: Schedule) -> None:
    for month in range(1, 5):
        hold(house, date(2026, month, 2))
    schedule(date(2026, 9, 1))
    assert row(running).ahead == ""


def test_the_row_and_the_page_of_a_task_say_it(desk: Client, running: Plan, schedule: Schedule) -> None:
    schedule(date(2026, 9, 1))
    with clock.at("2026-06-30"):
        for url in (running.get_absolute_url(), row(running).target.get_absolute_url()):
            assert "已完成 0、已排 1、还差 3" in desk.get(url).content.decode()


def test_the_rooms_are_asked_once_for_all_tasks(house: House, running: Plan) -> None:
    asked: list[Any] = []
    kept = list(registry.SCHEDULED)
    registry.SCHEDULED[:] = [lambda *given: asked.append(given) or []]  # type: ignore[func-returns-value]
    try:
        queries.sheet(running, JUNE)
    finally:
        registry.SCHEDULED[:] = kept
    assert asked == [(house.township, date(2026, 1, 1), date(2026, 12, 31))]


def test_the_papers_say_what_is_planned_beside_what_is_missing(house: House, running: Plan, schedule: Schedule) -> None:
    hold(house, date(2026, 5, 6), kind="research", title="调研", collective=False)
    schedule(date(2026, 9, 1))
    late = said(bulletin.draft(house.township, date(2026, 1, 1), date(2026, 12, 31), JUNE, 1).parts)
    next_steps = said(summary.draft(running, summary.term(running, "half", JUNE)))

    assert "还没有开展过；12月31日前补足仍可完成，已排1次" in late
    assert "“年内组织集体活动不少于4次”还差4次，已排1次" in next_steps
