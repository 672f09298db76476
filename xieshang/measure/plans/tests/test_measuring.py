"""A plan measures itself by the ledger, and a change of it is never silent."""

from datetime import date
from decimal import Decimal

import pytest

from xieshang.base.calendar import actions as calendar
from xieshang.base.errors import NotAllowed, Refused
from xieshang.conftest import House
from xieshang.measure.plans import actions, cli, measuring, queries
from xieshang.measure.plans.models import Plan, Target
from xieshang.work.activities import actions as activities

from .conftest import bring_in, hold, target

TODAY = date(2026, 6, 30)


def measured(plan: Plan, words: str, on: date = TODAY) -> measuring.Measured:
    return next(row for row in queries.sheet(plan, on).rows if words in row.target.quote)


def test_the_plan_moves_from_none_to_one_when_an_activity_is_recorded(house: House, running: Plan) -> None:
    before = measured(running, "集体活动")
    assert (before.verdict.actual, before.goal, before.state) == (0, "4", "behind")
    hold(house, date(2026, 4, 12))
    after = measured(running, "集体活动")
    assert (after.verdict.actual, after.goal, after.verdict.expected, after.state) == (1, "4", 1, "on_track")
    assert "indicator=activities.collective&org=qingshi&from=2026-01-01&to=2026-06-30" in after.url


def test_a_late_target_says_when_it_last_happened(house: House, running: Plan) -> None:
    hold(house, date(2026, 4, 12))
    late = measured(running, "集体活动", date(2026, 12, 1))
    assert (late.state, late.reason) == ("behind", "比序时少 2 次；上次是 4 月 12 日；12 月 31 日前补足仍可完成")


def test_a_rhythm_is_measured_quarter_by_quarter(house: House, running: Plan) -> None:
    hold(house, date(2026, 5, 6), carriers=["into_village"])
    hold(house, date(2026, 5, 7), carriers=["into_village", "into_company"])
    row = measured(running, "三进活动")
    assert [beat["state"] for beat in row.beats] == ["behind", "done", "not_due", "not_due"]
    assert (row.verdict.actual, row.goal, row.state, row.short) == (2, "4", "behind", "缺一季度")


def test_a_weekly_task_asks_nothing_in_a_week_without_a_working_day(house: House, running: Plan) -> None:
    """1–7 October 2026 is National Day; a unit may keep more days free, or work on them."""
    Target.objects.filter(pk=target(running, "集体活动").pk).update(period="week", value=1)
    after = date(2026, 10, 8)

    def weeks() -> tuple[object, object, bool]:
        row = measured(running, "集体活动", after)
        return row.verdict.expected, row.verdict.goal, "第 40 周" in row.verdict.late

    assert weeks() == (39, 51, False)
    special = {"by": house.user("clerk"), "now": house.now, "name": "加班"}
    calendar.set_day(house.county, date(2026, 10, 3), workday=True, **special)  # type: ignore[arg-type]
    assert weeks() == (40, 52, True)
    for day in range(8, 15):
        calendar.set_day(house.county, date(2026, 1, day), workday=False, **special)  # type: ignore[arg-type]
    assert weeks() == (39, 51, True)


def test_an_average_divides_by_the_members_in_office(house: House) -> None:
    made = actions.bring_in(
        house.county,
        year=2026,
        data="工作计划\n\n一、委员\n\n每名委员参加集体活动1次。\n".encode(),
        name="a.txt",
        by=house.user("clerk"),
        now=house.now,
    )
    one = made.targets.get(kind="quantified")
    fields = {"indicator": "activities.attended", "per": "member", "value": Decimal(1), "op": "at_least"}
    actions.correct(one, fields=fields, by=house.user("clerk"), now=house.now)
    came = {person.pk: "attended" for person in house.members[:6]}
    activities.record(
        house.county,
        fields={"title": "视察", "kind": "inspection", "on": date(2026, 3, 1)},
        presence=came,
        by=house.user("clerk"),
        now=house.now,
    )
    row = measured(made, "每名委员")
    assert (row.verdict.actual, row.averaged) == (Decimal("0.5"), "12 名委员共 6 次")


def test_money_is_measured_in_the_unit_of_the_target(house: House) -> None:
    made = bring_in(house, "工作计划\n\n一、公益\n\n全年捐款捐物不少于2万元。\n")
    one = made.targets.get(kind="quantified")
    actions.correct(one, fields={"indicator": "gifts.amount"}, by=house.user("part_timer"), now=house.now)
    hold(house, date(2026, 3, 1), money=Decimal(15000))
    assert measured(made, "捐款捐物").verdict.actual == Decimal("1.5")


def test_a_change_keeps_the_old_version_and_asks_why(house: House, running: Plan) -> None:
    one = target(running, "集体活动")
    with pytest.raises(Refused) as refused:
        actions.change(one, fields={"value": Decimal(6)}, by=house.user("part_timer"), now=house.now, reason=" ")
    assert refused.value.code == "no_reason"
    actions.change(
        one, fields={"value": Decimal(6)}, by=house.user("part_timer"), now=house.now, reason="主任会议第3次"
    )
    kept = one.versions.get()
    assert (kept.said["goal"], kept.reason, str(kept.by)) == ("不少于 4 次", "主任会议第3次", "乡镇、社区工作人员")
    assert measured(running, "集体活动").goal == "6"


def test_a_target_is_not_changed_before_the_plan_is_in_force(house: House) -> None:
    made = bring_in(house, accept_sure=True)
    with pytest.raises(Refused) as refused:
        actions.change(
            target(made, "集体活动"),
            fields={"value": Decimal(6)},
            by=house.user("part_timer"),
            now=house.now,
            reason="x",
        )
    assert refused.value.code == "not_in_force"


def test_a_target_in_force_is_not_corrected_in_silence(house: House, running: Plan) -> None:
    with pytest.raises(Refused) as refused:
        actions.correct(
            target(running, "集体活动"), fields={"value": Decimal(6)}, by=house.user("part_timer"), now=house.now
        )
    assert refused.value.code == "in_force"


def test_what_was_taken_out_is_shown_and_no_longer_counted(house: House, running: Plan) -> None:
    total = queries.sheet(running, TODAY).total
    actions.withdraw_target(target(running, "集体活动"), by=house.user("part_timer"), now=house.now, reason="并入专项")
    assert measured(running, "集体活动").state == "withdrawn"
    assert queries.sheet(running, TODAY).total == total - 1


def test_progress_by_hand_carries_a_figure_and_evidence(house: House) -> None:
    made = bring_in(house)
    by = house.user("part_timer")
    actions.correct(
        target(made, "简讯"), fields={"value": Decimal(6), "op": "at_least", "indicator": ""}, by=by, now=house.now
    )
    for one in made.targets.filter(state="open"):
        actions.drop(one, by=by, now=house.now)
    actions.put_in_force(made, by=by, now=house.now)
    one = target(made, "简讯")
    actions.report_progress(
        one, text="编发3期", on=TODAY, figure=Decimal(3), files=[("第3期.txt", "简讯".encode())], by=by, now=house.now
    )
    row = measured(made, "简讯")
    assert (row.state, row.verdict.actual, row.target.progress.get().text) == ("by_hand", 3, "编发3期")


def test_what_an_indicator_counts_takes_no_figure_by_hand(house: House, running: Plan) -> None:
    with pytest.raises(Refused) as refused:
        actions.report_progress(
            target(running, "集体活动"),
            text="已办",
            on=TODAY,
            figure=Decimal(9),
            by=house.user("part_timer"),
            now=house.now,
        )
    assert refused.value.code == "counted"


def test_a_task_is_done_when_it_was_found_so(house: House, running: Plan) -> None:
    task = target(running, "健全工作制度")
    assert measured(running, "健全工作制度").state == "by_hand"
    actions.report_progress(
        task, text="制度已印发", on=TODAY, finished=True, by=house.user("part_timer"), now=house.now
    )
    assert measured(running, "健全工作制度").state == "done"


def test_a_leader_and_a_member_see_and_do_not_change(house: House) -> None:
    made = actions.bring_in(
        house.county,
        year=2026,
        data="工作计划\n\n一、活动\n\n年内组织集体活动不少于4次。\n".encode(),
        name="a.txt",
        by=house.user("clerk"),
        now=house.now,
    )
    for role in ("leader", "member"):
        assert made in queries.visible(house.user(role))
        with pytest.raises(NotAllowed):
            actions.accept(target(made, "集体活动"), by=house.user(role), now=house.now)


def test_show_answers_as_the_contract_says(house: House, running: Plan) -> None:
    hold(house, date(2026, 4, 12))
    shown = cli.show(house.township, 2026, TODAY)
    found = shown["targets"]
    assert [set(one) for one in found] == [
        {"id", "plan", "quote", "indicator", "op", "goal", "actual", "expected_by_now", "state", "owner"}
    ] * len(found)
    collective = next(one for one in found if "集体活动" in one["quote"])
    del collective["id"]
    assert collective == {
        "plan": "青石镇委员小组2026年工作计划", "quote": "年内组织集体活动不少于4次", "indicator": "activities.collective", "op": "at_least",
        "goal": {"value": 4, "max": None}, "actual": 1, "expected_by_now": 1, "state": "on_track", "owner": None,
    }  # fmt: skip
    assert [(one["title"], one["source"], one["status"], one["from"], one["to"]) for one in shown["plans"]] == [
        ("青石镇委员小组2026年工作计划", "own", "draft", "2026-01-01", "2026-12-31")
    ]
    assert len(shown["details"]) == len(found)
    assert {(one["source"], one["from"], one["to"]) for one in shown["details"]} == {
        ("own", "2026-01-01", "2026-12-31")
    }


def _many(house: House, count: int) -> Plan:
    """A plan with `count` targets: totals, rhythms and averages in turn."""
    made = bring_in(house, f"第{count}号工作计划\n\n一、活动\n\n年内组织集体活动不少于4次。\n", accept_sure=True)
    one = target(made, "集体活动")
    shapes = [
        {},
        {"period": "quarter", "value": Decimal(1)},
        {"per": "member"},
        {"indicator": "activities.attendance_rate", "unit": "%"},
        {"value": Decimal(40)},
    ]
    for n in range(count - 1):
        copy = Target.objects.get(pk=one.pk)
        copy.pk, copy.order = None, n + 1
        for name, value in shapes[n % len(shapes)].items():
            setattr(copy, name, value)
        copy.save()
    return made


def test_the_queries_of_a_plan_page_do_not_grow_with_its_targets(house: House) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    hold(house, date(2026, 4, 12))
    counts = []
    for size in (6, 41):
        made = _many(house, size)
        with CaptureQueriesContext(connection) as asked:
            assert len(queries.sheet(made, date(2026, 12, 1)).rows) == size
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 20


def test_a_heading_that_says_no_more_than_its_target_is_not_repeated(house: House) -> None:
    words = "工作计划\n\n一、开展活动\n\n1、年内组织集体活动不少于4次。\n\n2、年内组织委员沙龙不少于5次。\n"
    made = bring_in(house, words, accept_sure=True)
    [part] = queries.sheet(made, TODAY).parts
    assert (part.section.title, len(part.rows)) == ("开展活动", 2)  # type: ignore[union-attr]


def test_an_old_version_says_what_was_changed(house: House, running: Plan) -> None:
    one = target(running, "集体活动")
    by = house.user("part_timer")
    actions.change(one, fields={"value": Decimal(6)}, by=by, now=house.now, reason="主任会议")
    actions.change(target(running, "集体活动"), fields={"owner": "周晓云"}, by=by, now=house.now, reason="分工")
    told = [(version.reason, differences) for version, differences in queries.changes(target(running, "集体活动"))]
    assert told == [("分工", [("责任人", "", "周晓云")]), ("主任会议", [("目标值", "不少于 4 次", "不少于 6 次")])]
