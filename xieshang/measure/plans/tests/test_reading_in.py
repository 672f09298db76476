"""A paper becomes a plan; every item is decided by a person."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from xieshang.base.audit.models import Entry
from xieshang.base.errors import NotAllowed, Refused, Stale
from xieshang.base.ledger import verify
from xieshang.conftest import House
from xieshang.documents.errors import DocumentError
from xieshang.measure.plans import actions, cli, reading
from xieshang.measure.plans.models import Plan, Target

from .conftest import TEXT, bring_in, target

SEED = Path(__file__).resolve().parents[5] / "shared" / "corpus" / "seed.txt"


def test_each_target_and_task_of_the_text_is_an_open_item(plan: Plan) -> None:
    assert plan.title == "青石镇委员小组2026年工作计划"
    assert plan.state == "reading"
    assert set(plan.targets.values_list("state", flat=True)) == {"open"}
    collective = target(plan, "集体活动")
    assert (collective.op, collective.value, collective.unit, collective.kind) == (
        "at_least",
        Decimal(4),
        "次",
        "quantified",
    )
    assert (collective.indicator, collective.tied_surely, collective.is_sure) == ("activities.collective", True, True)
    assert plan.text[collective.start : collective.end] == "年内组织集体活动不少于4次"


def test_a_missing_number_in_the_outline_is_kept_as_a_gap(plan: Plan) -> None:
    assert list(plan.marks.filter(kind="gap").values_list("after", "missing")) == [("1、", "2、")]


def test_what_is_sure_is_accepted_at_once_and_the_rest_stays_open(house: House) -> None:
    made = bring_in(house, accept_sure=True)
    assert target(made, "集体活动").state == "accepted"
    assert target(made, "专题调研活动").state == "accepted"
    assert target(made, "简讯").state == "open"
    assert target(made, "健全工作制度").state == "open"


def test_a_blank_number_asks_for_the_number(house: House, plan: Plan) -> None:
    blank = target(plan, "简讯")
    with pytest.raises(Refused) as refused:
        actions.accept(blank, by=house.user("part_timer"), now=house.now)
    assert (refused.value.code, refused.value.field) == ("no_value", "value")
    actions.correct(blank, fields={"op": "at_least", "value": Decimal(6)}, by=house.user("part_timer"), now=house.now)
    blank.refresh_from_db()
    assert (blank.state, blank.value) == ("accepted", Decimal(6))


def test_the_same_document_is_not_imported_twice(house: House, plan: Plan) -> None:
    with pytest.raises(Refused) as refused:
        bring_in(house, TEXT.replace("\n", "\r\n") + "\n\n")
    assert refused.value.code == "imported"
    assert Plan.objects.count() == 1


def test_the_same_document_is_another_plan_in_another_year_and_another_unit(house: House, plan: Plan) -> None:
    bring_in(house, year=2027)
    actions.bring_in(house.county, year=2026, data=TEXT.encode(), name="a.txt", by=house.user("clerk"), now=house.now)
    assert Plan.objects.count() == 3


def test_a_withdrawn_plan_may_be_imported_again(house: House, plan: Plan) -> None:
    actions.withdraw(plan, by=house.user("part_timer"), now=house.now)
    assert bring_in(house).pk != plan.pk


def test_a_revised_paper_is_paired_item_by_item(house: House, running: Plan) -> None:
    collective = target(running, "集体活动")
    actions.change(
        collective, fields={"owner": "周晓云"}, by=house.user("part_timer"), now=house.now, reason="明确责任人"
    )
    words = (
        TEXT.replace("不少于4次", "不少于6次")
        .replace("组织2次专题调研活动。", "")
        .replace("反馈制度。", "反馈制度。年内举办委员沙龙不少于3次。")
    )
    revised = bring_in(house, words, revise=True)

    collective.refresh_from_db()
    assert revised.pk == running.pk
    assert (collective.value, collective.owner, collective.state) == (Decimal(6), "周晓云", "accepted")
    assert collective.versions.first().said["goal"] == "不少于 4 次"
    assert target(revised, "专题调研活动").state == "withdrawn"
    assert target(revised, "委员沙龙").state == "open"


def test_several_documents_need_a_number(house: House) -> None:
    two = TEXT + "\n\n" + TEXT.replace("青石镇委员小组", "桂花社区党支部").replace("不少于4次", "不少于5次")
    with pytest.raises(Refused) as refused:
        bring_in(house, two)
    assert refused.value.code == "which_document"
    assert "2 《桂花社区党支部2026年工作计划》" in refused.value.why
    made = bring_in(house, two, document=2)
    assert (made.title, made.document) == ("桂花社区党支部2026年工作计划", 2)
    assert made.text[target(made, "集体活动").start :].startswith("年内组织集体活动不少于5次")
    with pytest.raises(Refused) as refused:
        bring_in(house, two, document=3)
    assert refused.value.code == "no_such_document"


def test_a_plan_without_targets_is_still_imported_with_its_outline(house: House) -> None:
    made = bring_in(house, "工作计划\n\n一、总体要求\n\n坚持正确方向。\n")
    assert made.targets.filter(kind="quantified").count() == 0
    assert made.sections.count() == 1


@pytest.mark.parametrize(
    ("data", "name", "code"),
    [
        (b"", "a.txt", "empty"),
        (b"PK\x03\x04broken", "a.docx", "broken"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a.docx", "misnamed"),
    ],
)
def test_a_file_that_cannot_be_read_says_why_and_leaves_nothing(
    house: House, data: bytes, name: str, code: str
) -> None:
    with pytest.raises(DocumentError) as error:
        actions.bring_in(house.township, year=2026, data=data, name=name, by=house.user("part_timer"), now=house.now)
    assert error.value.code == code
    assert Plan.objects.count() == 0


def test_splitting_reads_each_part_from_its_own_words(house: House) -> None:
    made = bring_in(house, "工作计划\n\n一、活动\n\n年内组织集体活动不少于4次。\n")
    whole = target(made, "集体活动")
    parts = actions.split(whole, ["组织集体活动不少于3次", "组织视察1次"], by=house.user("part_timer"), now=house.now)
    read = [(p.quote, p.value, p.indicator, p.state) for p in parts]
    assert read == [
        ("组织集体活动不少于3次", 3, "activities.collective", "open"),
        ("组织视察1次", 1, "activities.inspection", "open"),
    ]


def test_splitting_into_one_is_refused(house: House, plan: Plan) -> None:
    with pytest.raises(Refused) as refused:
        actions.split(target(plan, "集体活动"), ["只有一项", " "], by=house.user("part_timer"), now=house.now)
    assert refused.value.code == "one_part"


def test_merging_keeps_the_first_and_drops_the_others(house: House, plan: Plan) -> None:
    first, second = target(plan, "专题调研活动"), target(plan, "集体活动")
    merged = actions.merge([first, second], by=house.user("part_timer"), now=house.now)
    second.refresh_from_db()
    assert merged.quote == "组织2次专题调研活动；年内组织集体活动不少于4次"
    assert (second.state, second.made_from_id) == ("dropped", first.pk)


def test_what_was_dropped_can_be_restored(house: House, plan: Plan) -> None:
    by = house.user("part_timer")
    dropped = actions.drop(target(plan, "集体活动"), by=by, now=house.now)
    assert actions.restore(dropped, by=by, now=house.now).state == "open"


def test_of_two_people_correcting_one_item_the_second_sees_both(house: House, plan: Plan) -> None:
    one = target(plan, "集体活动")
    seen = one.version
    actions.correct(one, fields={"value": Decimal(5)}, by=house.user("part_timer"), now=house.now, seen=seen)
    with pytest.raises(Stale) as stale:
        actions.correct(one, fields={"value": Decimal(6)}, by=house.user("part_timer"), now=house.now, seen=seen)
    assert (stale.value.theirs["value"], stale.value.yours["value"]) == ("5.00", "6")


def test_leaving_half_way_loses_nothing(house: House, plan: Plan) -> None:
    actions.accept(target(plan, "集体活动"), by=house.user("part_timer"), now=house.now)
    again = Plan.objects.get(pk=plan.pk)
    assert again.state == "reading"
    assert [t.quote for t in again.targets.filter(state="accepted")] == ["年内组织集体活动不少于4次"]


def test_a_plan_is_not_in_force_before_every_item_is_decided(house: House, plan: Plan) -> None:
    with pytest.raises(Refused) as refused:
        actions.put_in_force(plan, by=house.user("part_timer"), now=house.now)
    assert refused.value.code == "open_items"


@pytest.mark.parametrize("role", ["leader", "member", "audit_admin", "sys_admin"])
def test_only_staff_bring_plans_in(house: House, role: str) -> None:
    with pytest.raises(NotAllowed):
        actions.bring_in(house.county, year=2026, data=TEXT.encode(), name="a.txt", by=house.user(role), now=house.now)
    assert Plan.objects.count() == 0


def test_every_step_leaves_an_audit_entry_and_verify_finds_nothing(house: House, running: Plan) -> None:
    actions.withdraw_target(target(running, "集体活动"), by=house.user("part_timer"), now=house.now, reason="并入专项")
    verbs = set(Entry.objects.values_list("verb", flat=True))
    assert {
        "plans.keep",
        "plans.import",
        "plans.read",
        "plans.accept",
        "plans.drop",
        "plans.put_in_force",
        "plans.withdraw_target",
    } <= verbs
    assert verify.verify().problems == []


@pytest.mark.skipif(not SEED.exists(), reason="the corpus is not here")
def test_the_second_document_of_the_collection_is_read_tied_and_measured(house: House) -> None:
    made = cli.bring_in(
        house.township, 2026, SEED.read_bytes(), "seed.txt", document=2, accept_sure=True, now=house.now
    )
    item = next(one for one in made["accepted"] if one["quote"] == "年内组织集体活动不少于4次")
    assert (item["op"], item["goal"], item["unit"], item["indicator"]) == (
        "at_least",
        {"value": 4, "max": None},
        "次",
        "activities.collective",
    )
    row = next(one for one in cli.show(house.township, 2026, date(2026, 6, 30))["targets"] if one["id"] == item["id"])
    assert (row["goal"], row["actual"], row["expected_by_now"], row["state"]) == (
        {"value": 4, "max": None},
        0,
        1,
        "behind",
    )
    assert Target.objects.filter(plan=made["plan"], state="open").count() == len(made["open"]) > 0


def test_the_original_is_shown_whole_whatever_is_marked_in_it() -> None:
    spans = [(0, 9, "target", 1), (3, 6, "blank", 0), (5, 40, "fact", 0), (8, 30, "target", 2), (60, 999, "target", 3)]
    shown = list(reading.lines(TEXT, spans, [(12, "1、", "2、")], [(0, 5)]))
    words = ["".join(piece.text for piece in line.pieces) for line in shown if line.pieces[0].kind != "gap"]
    assert words == [line for line in TEXT.split("\n") if line.strip()]
    marked = [piece.target for line in shown for piece in line.pieces if piece.first]
    assert marked == [1, 2, 3]


def test_a_target_of_households_cannot_be_tied_to_what_counts_happenings(house: House, plan: Plan) -> None:
    one = target(plan, "集体活动")
    with pytest.raises(Refused) as refused:
        actions.correct(one, fields={"unit": "户"}, by=house.user("part_timer"), now=house.now, seen=one.version)

    assert (refused.value.code, refused.value.field) == ("other_measure", "indicator")
    changed = actions.correct(one, fields={"unit": "场"}, by=house.user("part_timer"), now=house.now, seen=one.version)
    assert (changed.unit, changed.indicator) == ("场", "activities.collective")
