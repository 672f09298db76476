"""What clerks made of what was read is kept as cases; the reader of today is asked whether it reads them as they did."""

import json
from decimal import Decimal
from pathlib import Path

import pytest
from django.test import Client

from xieshang.base.errors import NotAllowed, Refused
from xieshang.cli.main import main
from xieshang.conftest import House
from xieshang.measure.plans import actions, corrections, rules
from xieshang.measure.plans.models import Plan
from xieshang.text.reading import read
from xieshang.text.replay import agrees

from .conftest import TEXT, bring_in, target


def only(house: House) -> corrections.Case:
    (case,) = corrections.cases(house.township)
    return case


def by(house: House) -> dict[str, object]:
    return {"by": house.user("part_timer"), "now": house.now}


def test_what_is_left_as_it_was_read_is_no_correction(house: House, plan: Plan) -> None:
    actions.accept_all_sure(plan, **by(house))
    actions.correct(target(plan, "简讯"), fields={"value": Decimal(6)}, **by(house))  # only the blank was filled in
    actions.correct(target(plan, "集体活动"), fields={"owner": "办公室"}, **by(house))
    assert corrections.cases(house.township) == []


def test_a_correction_tells_what_was_read_by_which_rule_and_what_the_clerk_made_of_it(house: House, plan: Plan) -> None:
    actions.correct(target(plan, "捐款"), fields={"op": "exactly"}, **by(house))
    case = only(house)
    assert (case["kind"], case["rule"], case["sentence"]) == (
        "correct",
        "quantity",
        "每季度开展一次三进活动，年内至少进行一次为困难户捐款活动",
    )
    assert (case["read"][0]["op"], case["made"][0]["op"]) == ("at_least", "exactly")
    assert not agrees(case)
    assert agrees({**case, "made": case["read"]})


def test_what_was_dropped_is_a_case_until_it_is_restored(house: House, plan: Plan) -> None:
    dropped = actions.drop(target(plan, "三进"), **by(house))
    assert (only(house)["kind"], only(house)["made"], agrees(only(house))) == ("drop", [], False)
    actions.restore(dropped, **by(house))
    assert corrections.cases(house.township) == []


def test_parts_of_a_split_and_the_whole_of_a_merge_are_kept(house: House) -> None:
    made = bring_in(house, TEXT.replace("全年编发简讯___期", "全年编发简讯、专报共8期"))
    actions.split(target(made, "简讯"), ["编发简讯6期", "编发专报2期"], **by(house))
    case = only(house)
    assert (case["kind"], [(one["quote"], one["value"]) for one in case["made"]]) == (
        "split",
        [("编发简讯6期", "6.00"), ("编发专报2期", "2.00")],
    )
    actions.merge([target(made, "集体活动"), target(made, "专题调研活动")], **by(house))
    merged = next(case for case in corrections.cases(house.township) if case["kind"] == "merge")
    assert [len(merged["read"]), len(merged["made"])] == [2, 1]


def test_a_sentence_the_reader_passed_over_is_added_from_the_text(house: House, plan: Plan) -> None:
    made = actions.add(plan, "完善委员意见建议的\n办理和反馈制度。", **by(house))
    made.refresh_from_db()
    assert (made.state, made.kind, made.read_by) == ("open", "qualitative", "核对时补上")
    assert plan.text[made.start : made.end] == made.quote == "完善委员意见建议的办理和反馈制度"
    assert made.section and made.section.title == "健全工作制度"
    assert (only(house)["kind"], only(house)["read"]) == ("add", [])


@pytest.mark.parametrize(
    ("words", "code"), [("  ", "no_words"), ("组织观影3场", "not_in_text"), ("长" * 501, "too_long")]
)
def test_only_words_of_the_text_are_added(house: House, plan: Plan, words: str, code: str) -> None:
    with pytest.raises(Refused) as refused:
        actions.add(plan, words, **by(house))
    assert (refused.value.code, refused.value.field) == (code, "words")


def test_a_plan_in_force_takes_no_addition_and_neither_does_a_stranger(house: House, running: Plan) -> None:
    with pytest.raises(Refused) as refused:
        actions.add(running, "全年编发简讯", **by(house))
    assert refused.value.code == "in_force"
    with pytest.raises(NotAllowed):
        actions.add(running, "全年编发简讯", by=house.user("member"), now=house.now)


def test_the_page_adds_and_keeps_what_was_typed_when_it_is_refused(desk: Client, plan: Plan) -> None:
    wrong = desk.post(f"/plans/{plan.pk}/add", {"words": "组织观影3场"})
    assert (wrong.status_code, "原文里没有这句话" in wrong.text, "组织观影3场</textarea>" in wrong.text) == (
        422,
        True,
        True,
    )
    made = desk.post(f"/plans/{plan.pk}/add", {"words": "完善委员意见建议的办理和反馈制度"})
    assert made.status_code == 302
    assert plan.targets.filter(rule="added").count() == 1


def test_an_item_says_which_rule_read_it_and_how_sure(desk: Client, plan: Plan) -> None:
    one = target(plan, "集体活动")
    shown = desk.get(f"/plans/targets/{one.pk}/item?edit=1", headers={"HX-Request": "true"}).text
    assert "读出依据：数量 · 把握 95%" in shown


def test_every_rule_of_the_reader_has_its_word() -> None:
    papers = Path(__file__).resolve().parents[4] / "bench" / "data" / "seen"
    table = "任务分解表\n\n序号\t工作任务\t目标值\t责任单位\n1\t走访企业\t9家\t办公室\n2\t每季度召开例会\t\t办公室\n3\t健全联络制度\t\t办公室\n"
    texts = [path.read_text(encoding="utf-8") for path in papers.glob("*.txt")]
    documents = [document for text in [*texts, table] for document in read(text).documents]
    said = {one.rule for document in documents for one in (*document.targets, *document.tasks)}
    assert said >= {"quantity", "deadline", "clause", "table: figure"}
    assert said <= dict(rules.READ_BY).keys()


def test_names_are_blotted_out_and_the_file_replays(house: House, tmp_path: Path) -> None:
    name = house.user("part_timer").name
    made = bring_in(house, TEXT.replace("年内组织集体活动", f"由{name}牵头组织集体活动"))
    actions.correct(target(made, "集体活动"), fields={"op": "exactly"}, **by(house))
    out = tmp_path / "cases.json"
    assert main(["plan", "corrections", "--org", "qingshi", "-o", str(out)]) == 0
    (case,) = json.loads(out.read_text(encoding="utf-8"))["cases"]
    assert name not in out.read_text(encoding="utf-8")
    assert "某" * len(name) in case["sentence"]
    assert agrees({**case, "made": case["read"]})


def test_another_unit_s_corrections_stay_with_it(house: House, plan: Plan) -> None:
    actions.drop(target(plan, "三进"), **by(house))
    assert corrections.cases(house.county) == []
