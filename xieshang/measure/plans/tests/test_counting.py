"""计入: a record says in which tasks it counts, before and after it is saved."""

from datetime import date
from decimal import Decimal

from django.test import Client

from xieshang.base import registry
from xieshang.base.ledger import figures
from xieshang.base.ledger.facts import Fact
from xieshang.base.ledger.figures import Query
from xieshang.base.ledger.models import PostedFact
from xieshang.conftest import House
from xieshang.measure.plans import actions, counting
from xieshang.measure.plans.models import Plan
from xieshang.work.activities import facts as told
from xieshang.work.activities.models import Activity

from .conftest import hold, target

MAY = date(2026, 5, 12)


def names(found: list[tuple[str, str]]) -> list[str]:
    return [title for title, _url in found]


def test_an_activity_counts_in_every_task_in_force_that_its_facts_fit(house: House, running: Plan) -> None:
    held = hold(house, MAY, kind="research", carriers=["into_community"])
    assert isinstance(held, Activity)
    found = registry.counts(house.township, told.facts(held), held.ref)
    assert names(found) == ["组织2次专题调研活动", "年内组织集体活动不少于4次", "每季度开展一次三进活动"]
    assert found[0][1] == f"/plans/targets/{target(running, '专题调研活动').pk}"


def test_a_task_of_another_time_or_not_in_force_is_not_named(house: House, running: Plan) -> None:
    fact = [Fact("activities.collective", MAY, category="visit")]
    assert len(registry.counts(house.township, fact)) == 1
    assert registry.counts(house.township, [Fact("activities.collective", date(2025, 5, 12))]) == []
    assert registry.counts(house.county, fact) == []
    assert registry.counts(house.township, []) == []
    by = house.user("part_timer")
    actions.withdraw_target(target(running, "集体活动"), by=by, now=house.now, reason="并入专项")
    assert registry.counts(house.township, fact) == []


def test_a_fact_told_for_another_unit_counts_in_that_units_tasks(house: House, running: Plan) -> None:
    fact = Fact("activities.collective", MAY, organization=house.township.pk)
    assert names(registry.counts(house.county, [fact])) == ["年内组织集体活动不少于4次"]


def test_what_an_indicator_takes_is_the_same_for_a_fact_and_for_the_ledger(house: House) -> None:
    """Every indicator of the unit against every fact of three activities."""
    for kind, carriers in (("research", ["member_day"]), ("visit", ["into_farms", "salon"]), ("charity", [])):
        hold(house, MAY, kind=kind, carriers=carriers, guests=4, money=Decimal(300))
    known = figures.indicators(house.township)
    posted = list(PostedFact.objects.filter(organization=house.township))
    for indicator in known.values():
        rows = set(figures.rows(Query(indicator, house.township.pk, MAY, MAY), known).values_list("pk", flat=True))
        mine = {one.pk for one in posted if counting.takes(indicator, _fact(one), known)}
        assert rows == mine, indicator.code


def _fact(row: PostedFact) -> Fact:
    return Fact(
        row.kind, row.on, row.quantity, row.measure, row.person_id, row.body_id, row.sector_id, row.carrier, row.category, row.outlet
    )  # fmt: skip


def test_the_button_says_in_how_many_tasks_it_will_count(house: House, running: Plan, client: Client) -> None:
    client.force_login(house.user("part_timer"))
    client.get("/plans/?org=qingshi")
    typed = {"title": "", "kind": "research", "collective": "on", "on": "2026-05-12", "half_days": "1"}
    assert "（计入 2 项任务）" in client.post("/activities/counts", typed).content.decode()
    assert "项任务" not in client.post("/activities/counts", {**typed, "on": ""}).content.decode()
    assert "项任务" not in client.post("/activities/counts", {**typed, "on": "2031-05-12"}).content.decode()
    assert Activity.objects.count() == 0


def test_the_page_of_an_activity_links_the_tasks(house: House, running: Plan, client: Client) -> None:
    held = hold(house, MAY, kind="research")
    assert isinstance(held, Activity)
    client.force_login(house.user("part_timer"))
    page = client.get(held.get_absolute_url()).content.decode()
    assert "计入 2 项任务" in page
    assert target(running, "集体活动").get_absolute_url() in page
