"""分解: a target is handed down in shares, confirmed or objected to, and counted up again by the stated weights."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from xieshang.base.errors import NotAllowed, Refused
from xieshang.base.ledger import verify
from xieshang.base.notices.models import Notice
from xieshang.base.orgs import actions as orgs
from xieshang.base.orgs.models import Body, BodyKind
from xieshang.conftest import House
from xieshang.measure.plans import actions, composing, measuring, pace, queries
from xieshang.measure.plans.actions import Share
from xieshang.measure.plans.models import Plan, Target
from xieshang.work.activities import actions as activities

from .conftest import TEXT, target

TODAY = date(2026, 6, 30)
MAY = date(2026, 5, 12)
BUDGET = 30  # queries of the page of a task that was handed down, however many units it was handed to


@pytest.fixture
def county(house: House) -> Plan:
    """A plan of the county in force."""
    by = house.user("clerk")
    text = TEXT.replace("不少于4次", "不少于10次")
    made = actions.bring_in(
        house.county, year=2026, data=text.encode(), name="计划.txt", accept_sure=True, by=by, now=house.now
    )
    actions.accept_tasks(made, by=by, now=house.now)
    for one in made.targets.filter(state="open"):
        actions.drop(one, by=by, now=house.now)
    return actions.put_in_force(made, by=by, now=house.now)


@pytest.fixture
def committee(house: House) -> Body:
    return orgs.add_body(house.county, BodyKind.COMMITTEE, "提案委员会", by=None, now=house.now)


def give(house: House, parent: Target, *shares: Share, **more: object) -> Target:
    return actions.hand_down(parent, shares, by=house.user("clerk"), now=house.now, **more)  # type: ignore[arg-type]


def town(house: House, value: int | None = 4, weight: int = 1) -> Share:
    return Share(house.township, None, None if value is None else Decimal(value), Decimal(weight))


def hold(house: House, unit: object, on: date = MAY, **more: object) -> None:
    fields = {"title": f"活动{on}", "kind": "visit", "on": on, "collective": True, "carriers": [], **more}
    activities.record(unit, fields=fields, presence={}, by=None, now=house.now)  # type: ignore[arg-type]


def child(house: House) -> Target:
    return Target.objects.select_related("plan", "organization", "parent").get(
        parent__isnull=False, organization=house.township
    )


def test_the_receiver_finds_it_in_a_plan_of_its_own_that_says_where_it_came_from(house: House, county: Plan) -> None:
    give(house, target(county, "集体活动"), town(house))
    received = child(house)
    assert (received.state, received.value, received.indicator) == ("open", Decimal(4), "activities.collective")
    assert (received.plan.source, received.plan.sender, received.plan.state) == ("above", house.county, "in_force")
    assert received.plan in queries.of_year(house.township, 2026)
    assert Notice.objects.filter(user=house.user("part_timer"), text__contains="分解来任务").exists()
    assert verify.verify().problems == []


def test_one_plan_holds_all_that_one_unit_handed_down_in_a_year(house: House, county: Plan) -> None:
    give(house, target(county, "集体活动"), town(house))
    give(house, target(county, "专题调研活动"), town(house, 1))
    assert Plan.objects.filter(sender=house.county).count() == 1


def test_it_counts_only_after_it_was_confirmed(house: House, county: Plan) -> None:
    parent = target(county, "集体活动")
    give(house, parent, town(house))
    hold(house, house.township)
    assert composing.composed(parent, TODAY).missing == ["青石镇（待确认）"]
    actions.accept(child(house), by=house.user("part_timer"), now=house.now)
    found = composing.composed(parent, TODAY)
    assert (found.parts[0].row.verdict.actual, found.missing) == (Decimal(1), [])  # type: ignore[union-attr]


def test_each_share_is_counted_for_its_own_body_or_unit(house: House, county: Plan, committee: Body) -> None:
    parent = target(county, "集体活动")
    give(house, parent, town(house, 4), Share(house.county, committee, Decimal(2), Decimal(3)))
    for one in parent.shares.select_related("organization", "plan"):
        actions.accept(one, by=None, now=house.now)
    hold(house, house.township)
    hold(house, house.county, date(2026, 5, 13), organizer=committee)
    hold(house, house.county, date(2026, 5, 14))
    [own] = measuring.measure([target(county, "集体活动")], TODAY)
    found = composing.composed(parent, TODAY, own)
    assert own.verdict.actual == Decimal(2)
    assert {part.name: part.row.verdict.actual for part in found.parts if part.row} == {"青石镇": 1, "提案委员会": 1}
    assert found.percent == Decimal("43.8")  # (1 × 1/4 + 3 × 1/2) / 4
    assert found.below == Decimal(3)
    assert "body" in next(part.row.url for part in found.parts if part.name == "提案委员会" and part.row)


def test_what_is_not_handed_out_and_who_has_no_figure_is_said_in_words(
    house: House, county: Plan, committee: Body
) -> None:
    parent = target(county, "集体活动")
    give(house, parent, town(house, 4), Share(house.county, committee, Decimal(2), Decimal(1)))
    actions.object_to(child(house), reason="人手不够", by=house.user("part_timer"), now=house.now)
    found = composing.composed(parent, TODAY)
    assert found.remainder == "还有 4 次未分解"
    assert found.missing == ["青石镇（有异议）", "提案委员会（待确认）"]
    assert (found.percent, found.parts[0].why) == (None, "人手不够")


def test_a_task_that_nobody_reported_on_is_missing_not_nothing(house: House, county: Plan) -> None:
    parent = target(county, "健全工作制度")
    give(house, parent, town(house, None))
    received = actions.accept(child(house), by=house.user("part_timer"), now=house.now)
    assert composing.composed(parent, TODAY).missing == ["青石镇（未报）"]
    actions.report_progress(
        received, text="已印发", on=TODAY, finished=True, by=house.user("part_timer"), now=house.now
    )
    assert composing.composed(parent, TODAY).percent == Decimal(100)


def test_shares_of_its_own_bodies_are_no_second_task_of_the_unit(house: House, county: Plan, committee: Body) -> None:
    before = queries.listed(house.county, date(2026, 1, 1), date(2026, 12, 31), TODAY)[1]
    give(house, target(county, "集体活动"), Share(house.county, committee, Decimal(2), Decimal(1)))
    actions.accept(target(county, "集体活动").shares.get(), by=None, now=house.now)
    assert queries.listed(house.county, date(2026, 1, 1), date(2026, 12, 31), TODAY)[1] == before


def test_another_share_asks_again_and_keeps_the_old_one(house: House, county: Plan) -> None:
    parent = target(county, "集体活动")
    give(house, parent, town(house, 4))
    actions.accept(child(house), by=house.user("part_timer"), now=house.now)
    with pytest.raises(Refused) as refused:
        give(house, parent, town(house, 3))
    assert refused.value.code == "no_reason"
    give(house, parent, town(house, 3), reason="主席会议调整")
    received = child(house)
    assert (received.state, received.value) == ("open", Decimal(3))
    assert received.versions.get().said["goal"] == "不少于 4 次"
    give(house, parent, reason="不再分解")
    assert child(house).state == "withdrawn"


def test_giving_the_same_again_changes_nothing(house: House, county: Plan) -> None:
    parent = target(county, "集体活动")
    give(house, parent, town(house))
    actions.accept(child(house), by=house.user("part_timer"), now=house.now)
    version = child(house).version
    give(house, parent, town(house))
    assert (child(house).version, child(house).state) == (version, "accepted")


def test_the_receiver_does_not_change_what_it_was_given(house: House, county: Plan) -> None:
    give(house, target(county, "集体活动"), town(house))
    by, received = house.user("part_timer"), child(house)
    for act in (
        lambda: actions.correct(received, fields={"value": Decimal(1)}, by=by, now=house.now),
        lambda: actions.drop(received, by=by, now=house.now),
        lambda: actions.split(received, ["一", "二"], by=by, now=house.now),
    ):
        with pytest.raises(Refused) as refused:
            act()
        assert refused.value.code == "received"
    received = actions.accept(received, by=by, now=house.now)
    for fields in ({"value": Decimal(1)}, {"deadline": TODAY}):
        with pytest.raises(Refused) as refused:
            actions.change(received, fields=fields, by=by, now=house.now, reason="少做")
        assert refused.value.code == "received"
    assert actions.change(received, fields={"owner": "周晓云"}, by=by, now=house.now, reason="分工").owner == "周晓云"


def test_a_target_that_leaves_its_plan_leaves_those_it_was_handed_to(house: House, county: Plan) -> None:
    parent = target(county, "集体活动")
    give(house, parent, town(house))
    actions.withdraw_target(target(county, "集体活动"), by=house.user("clerk"), now=house.now, reason="县委统一安排")
    assert child(house).state == "withdrawn"


def test_only_those_below_are_handed_something_and_only_by_staff(house: House, county: Plan) -> None:
    parent = target(county, "集体活动")
    with pytest.raises(Refused) as refused:
        give(house, parent, Share(house.community, None, Decimal(1), Decimal(1)))
    assert refused.value.code == "not_below"
    for share, code in ((town(house, -1), "no_value"), (town(house, 1, 0), "bad_weight")):
        with pytest.raises(Refused) as refused:
            give(house, parent, share)
        assert refused.value.code == code
    for role in ("leader", "member", "part_timer"):
        with pytest.raises(NotAllowed):
            actions.hand_down(parent, [town(house)], by=house.user(role), now=house.now)


def test_a_target_of_one_body_counts_only_what_that_body_did(house: House, county: Plan, committee: Body) -> None:
    actions.change(
        target(county, "集体活动"),
        fields={"body": committee},
        by=house.user("clerk"),
        now=house.now,
        reason="由提案委承担",
    )
    hold(house, house.county, organizer=committee)
    hold(house, house.county, date(2026, 5, 14))
    [row] = measuring.measure([target(county, "集体活动")], TODAY)
    assert row.verdict.actual == Decimal(1)


# --- the composed figure ------------------------------------------------------------------------------------------------------

PARTS = st.lists(
    st.tuples(st.integers(1, 9), st.integers(1, 9), st.one_of(st.none(), st.integers(0, 20))), min_size=1, max_size=8
)


def made(goal: int, weight: int, actual: int | None) -> composing.Part:
    one = Target(kind="quantified", op="at_least", value=Decimal(goal), weight=Decimal(weight), state="accepted")
    verdict = pace.Verdict("on_track", None if actual is None else Decimal(actual), Decimal(goal))
    row = measuring.Measured(one, pace.Aim(TODAY, TODAY), verdict)
    return composing.Part(one, row)


@given(PARTS)
def test_the_composed_figure_lies_between_its_parts_and_says_nothing_of_those_without_one(
    parts: list[tuple[int, int, int | None]],
) -> None:
    found = composing.Composed(Target(), None, [made(*one) for one in parts])
    reckoned = [min(Decimal(100), Decimal(actual * 100) / goal) for goal, _w, actual in parts if actual is not None]
    if not reckoned:
        assert found.percent is None
    else:
        assert found.percent is not None
        assert min(reckoned) - 1 <= found.percent <= max(reckoned) + 1
        assert found.percent <= 100


@given(PARTS, st.integers(2, 5))
def test_the_composed_figure_does_not_depend_on_the_scale_of_weights(
    parts: list[tuple[int, int, int | None]], times: int
) -> None:
    one = composing.Composed(Target(), None, [made(*part) for part in parts])
    other = composing.Composed(Target(), None, [made(g, w * times, a) for g, w, a in parts])
    assert one.percent == other.percent


# --- pages --------------------------------------------------------------------------------------------------------------------


def test_from_handing_down_to_confirming_and_back(house: House, county: Plan, client: Client) -> None:
    parent = target(county, "集体活动")
    client.force_login(house.user("clerk"))
    page = client.get(f"/plans/targets/{parent.pk}/handing").content.decode()
    assert f'name="give_o{house.township.pk}"' in page
    key = f"o{house.township.pk}"
    typed = {f"give_{key}": "on", f"value_{key}": "四", "seen": parent.version}
    wrong = client.post(f"/plans/targets/{parent.pk}/handing", typed)
    assert (wrong.status_code, "“四”不是数" in wrong.content.decode()) == (422, True)
    done = client.post(f"/plans/targets/{parent.pk}/handing", {**typed, f"value_{key}": "4"}, follow=True)
    assert "待确认" in done.content.decode()
    received = child(house)
    client.force_login(house.user("part_timer"))
    assert client.get(f"/plans/{received.plan_id}/review")["Location"] == f"/plans/{received.plan_id}/received"
    page = client.get(f"/plans/{received.plan_id}/received").content.decode()
    assert "云岭县政协分解" in page
    objected = client.post(f"/plans/targets/{received.pk}/object", {"reason": "人手不够", "seen": received.version})
    assert objected.status_code == 302
    received.refresh_from_db()
    client.post(f"/plans/targets/{received.pk}/confirm", {"seen": received.version})
    client.force_login(house.user("clerk"))
    page = client.get(parent.get_absolute_url()).content.decode()
    assert "按权重折算" in page and "0 / 4" not in page
    assert client.get(f"/plans/{received.plan_id}/received").status_code == 404


@pytest.mark.parametrize("n", [1, 6])
def test_the_page_asks_for_six_units_what_it_asks_for_one(
    house: House, county: Plan, client: Client, n: int, django_assert_max_num_queries: Any
) -> None:
    towns = [house.township] + [
        orgs.add(
            name=f"镇{k}", short_name=f"镇{k}", code=f"town{k}", level="township", parent=house.county, by=None, now=house.now
        )
        for k in range(n - 1)
    ]  # fmt: skip
    parent = target(county, "集体活动")
    give(house, parent, *(Share(town, None, Decimal(2), Decimal(1)) for town in towns))
    for k, one in enumerate(Target.objects.filter(parent=parent).select_related("plan", "organization").order_by("id")):
        actions.accept(one, by=None, now=house.now)
        for day in range(k + 1):
            hold(house, one.organization, date(2026, 5, 12 + day))
    client.force_login(house.user("clerk"))
    client.get("/")
    with django_assert_max_num_queries(BUDGET):
        page = client.get(f"/plans/targets/{parent.pk}/handing").content.decode()

    rows = composing.composed(target(county, "集体活动"), TODAY).parts
    assert [row.row and row.row.verdict.actual for row in rows] == list(range(1, n + 1))
    assert page.count('data-label="已完成"') == n
    alone = [measuring.measure([row.child], TODAY)[0].verdict for row in rows]
    assert [row.row and row.row.verdict for row in rows] == alone
