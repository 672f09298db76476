"""Tables of tasks: what a table becomes as a plan, how it is shown, and that our own 任务分解表 reads back as it was."""

import io
import random
from datetime import date
from decimal import Decimal

import docx
import pytest
from django.test import Client
from django.urls import reverse

from xieshang.conftest import House
from xieshang.documents import sheets
from xieshang.documents.reading import read_document
from xieshang.measure.plans import actions, exports, queries, reading, rules
from xieshang.measure.plans.models import Plan, Target

from .conftest import bring_in

TABLE = """青石镇委员小组2026年重点工作任务分解表

序号\t工作任务\t目标值\t牵头领导\t责任单位\t配合单位\t责任人\t完成时限
1\t组织集体活动\t≥4次\t张建国\t联络组\t各界别活动组\t周晓云\t全年
2\t编发简讯\t每季度1期\t\t宣传组\t/\t\t
3\t开展专题调研\t2次\t张建国\t调研组\t\t李　敏\t5月、10月
4\t建好委员之家\t\t\t联络组\t镇政府办\t\t2026.9
"""
TOPICS = """青石镇2026年度协商计划

序号\t议题\t协商形式\t时间\t承办\t备注
1\t河塘治理\t专题协商会\t第二季度\t农业农村组\t会前调研不少于3次
"""


def row(plan: Plan, words: str) -> Target:
    return plan.targets.get(quote__contains=words)


def test_a_row_becomes_a_target_with_who_is_charged_with_it(house: House) -> None:
    plan = bring_in(house, TABLE)

    one = row(plan, "集体活动")
    assert (one.kind, one.op, one.value, one.unit, one.deadline) == ("quantified", "at_least", Decimal(4), "次", None)
    assert (one.lead_leader, one.lead_office, one.cooperating, one.owner) == (
        "张建国",
        "联络组",
        "各界别活动组",
        "周晓云",
    )
    assert one.indicator == "activities.collective"
    assert plan.text[one.start : one.end] == "组织集体活动"

    news = row(plan, "简讯")
    assert (news.op, news.value, news.unit, news.period, news.cooperating) == (
        "exactly",
        Decimal(1),
        "期",
        "quarter",
        "",
    )

    visit = row(plan, "专题调研")
    assert (visit.months, visit.deadline, visit.owner) == ("5,10", None, "李敏")

    house_of = row(plan, "委员之家")
    assert (house_of.kind, house_of.deadline, house_of.lead_office) == ("qualitative", date(2026, 9, 30), "联络组")


def test_a_topic_is_a_task_with_its_form_and_its_day(house: House) -> None:
    plan = bring_in(house, TOPICS)

    topic = row(plan, "河塘治理")
    assert (topic.kind, topic.action, topic.deadline, topic.lead_office) == (
        "qualitative",
        "专题协商会",
        date(2026, 6, 30),
        "农业农村组",
    )
    assert row(plan, "会前调研").value == Decimal(3)


def test_a_pasted_table_without_a_title_can_be_imported_and_is_named_so(house: House, desk: Client) -> None:
    chosen = desk.post("/plans/import", {"pasted": TABLE.split("\n\n")[1]}, follow=True)
    assert "没有标题的任务表" in chosen.content.decode()

    answer = desk.post(chosen.request["PATH_INFO"], {"document": 1, "year": 2026, "source": "own"}, follow=True)
    assert "组织集体活动" in answer.content.decode()
    assert "不少于 4 次" in answer.content.decode()


def test_a_sheet_without_a_title_bears_the_name_of_its_file(house: House, running: Plan) -> None:
    data = exports.xlsx(queries.sheet(running, date(2026, 6, 30)))
    said = {"year": 2027, "by": house.user("part_timer"), "now": house.now}
    plan = actions.bring_in(house.township, data=data, name=f"{exports.title(running)}.xlsx", **said)

    assert plan.title == "《青石镇委员小组2026年工作计划》任务分解表"
    quotes = list(running.targets.filter(state="accepted").order_by("order").values_list("quote", flat=True))
    assert [one.quote for one in plan.targets.order_by("order")] == quotes


def word_table() -> bytes:
    """Merged cells, a cell of two paragraphs, a row over the whole width: as such tables are drawn in a word processor."""
    document = docx.Document()
    document.add_paragraph("青石镇2026年目标责任表")
    table = document.add_table(rows=6, cols=5)
    rows = [
        ("序号", "目标任务", "数量", "责任单位", "完成时限"), ("一、协商", "", "", "", ""), ("1", "组织专题调研", "2次", "调研组", "6月底前"),
        ("2", "召开协商议事会", "每季度1次", "", ""), ("3", "走访界别群众", "", "联络组", "全年"), ("", "", "", "", ""),
    ]  # fmt: skip
    for row, cells in zip(table.rows, rows, strict=True):
        for cell, words in zip(row.cells, cells, strict=True):
            cell.text = words
    table.cell(1, 0).merge(table.cell(1, 4))
    table.cell(2, 3).merge(table.cell(3, 3))
    table.cell(4, 1).add_paragraph("不少于30户")
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def test_a_table_drawn_in_a_word_processor_with_merged_cells(house: House) -> None:
    said = {"year": 2026, "by": house.user("part_timer"), "now": house.now}
    plan = actions.bring_in(house.township, data=word_table(), name="责任表.docx", **said)

    found = [(one.quote, one.value, one.unit, one.period, one.lead_office) for one in plan.targets.order_by("order")]
    assert found == [
        ("组织专题调研", 2, "次", "", "调研组"),
        ("召开协商议事会", 1, "次", "quarter", "调研组"),
        ("走访界别群众不少于30户", 30, "户", "", "联络组"),
    ]


def test_a_workbook_with_a_title_groups_and_dates_in_its_cells(house: House) -> None:
    rows = [
        ["序号", "任务", "目标值", "单位", "完成时间"], ["一、学习"], [1, "集体学习", 6, "次", date(2026, 11, 30)], ["履职"],
        [2, "委员出席率", "90%以上", "", ""], [3, "提交提案", 12, "件", date(2026, 3, 15)],
    ]  # fmt: skip
    said = {"year": 2026, "by": house.user("part_timer"), "now": house.now}
    data = sheets.write_xlsx("台账", ["青石镇2026年工作台账"], rows)
    plan = actions.bring_in(house.township, data=data, name="台账.xlsx", **said)

    assert plan.title == "青石镇2026年工作台账"
    found = [(one.quote, one.op, one.value, one.unit, one.deadline) for one in plan.targets.order_by("order")]
    assert found == [
        ("集体学习", "exactly", 6, "次", date(2026, 11, 30)),
        ("委员出席率", "at_least", 90, "%", None),
        ("提交提案", "exactly", 12, "件", date(2026, 3, 15)),
    ]


def test_the_original_shows_a_table_with_its_headings_beside_each_cell(house: House, desk: Client) -> None:
    plan = bring_in(house, TABLE)

    page = desk.get(reverse("plans:review", args=[plan.pk])).content.decode()
    assert '<th scope="col">责任单位</th>' in page
    assert 'data-label="完成时限"' in page
    assert f'id="m{row(plan, "集体活动").pk}"' in page


def test_lines_between_rows_stand_in_the_table_and_all_words_are_shown() -> None:
    text = "计划\n序号\t任务\t时间\n党建工作\n1\t学习\t6月\n\n余下的话。"
    title, table, rest = reading.lines(text, [(13, 15, "target", 1)], [], [])

    assert [piece.text for piece in title.pieces] == ["计划"]
    assert [cell.words for cell in table.head] == ["序号", "任务", "时间"]
    assert [[cell.words for cell in line] for line in table.rows] == [["党建工作"], ["1", "学习", "6月"]]
    assert [cell.label for cell in table.rows[1]] == ["序号", "任务", "时间"]
    assert rest.pieces[0].text == "余下的话。"


def test_a_line_that_only_begins_with_a_tab_is_no_table() -> None:
    shown = list(reading.lines("一、会议\n\t每年召开全体会议1次。\n", [], [], [(0, 4)]))

    assert [bool(line.rows) for line in shown] == [False, False]


WORDS = (
    "组织集体活动",
    "开展专题调研",
    "提交提案",
    "反映社情民意信息",
    "举办政协讲堂",
    "全年编发简讯不少于6期",
    "组织委员视察2次、调研3次",
)
TASKS = ("健全委员联系群众制度", "建好委员之家", "做好换届的各项准备工作")
UNITS = ("次", "件", "条", "期", "%", "人次", "")
OFFICES = ("办公室", "提案委", "社法委、文史委", "")
PEOPLE = ("周晓云", "李敏", "")


def drawn(rng: random.Random, plan: Plan, order: int) -> Target:
    """A target as any clerk may have set it."""
    one = Target(organization=plan.organization, plan=plan, order=order * 100, state="accepted", kind="qualitative")
    one.created_at = one.saved_at = plan.saved_at
    one.quote = rng.choice(TASKS)
    one.lead_leader, one.owner = rng.choice(PEOPLE), rng.choice(PEOPLE)
    one.lead_office, one.cooperating = rng.choice(OFFICES), rng.choice(OFFICES)
    one.deadline = rng.choice((None, date(2026, 6, 30), date(2026, 9, 15), date(2027, 2, 28)))
    one.starts_on = rng.choice((None, None, date(2026, 3, 1)))
    if rng.random() < 0.8:
        one.kind, one.quote = "quantified", rng.choice(WORDS)
        one.op = rng.choice([code for code, _ in rules.OPS])
        one.value, one.unit = Decimal(rng.choice((1, 2, 4, 12, 85, 1200))), rng.choice(UNITS)
        one.max = one.value + 3 if one.op == "between" else None
        one.period = rng.choice(["", *(code for code, _ in rules.PERIODS)])
        one.per = rng.choice(["", *(code for code, _ in rules.PERS)])
        one.months = rng.choice(("", "", "5", "3,9", "2,6,11"))
    return one


SAID = (
    "quote",
    "kind",
    "op",
    "value",
    "max",
    "unit",
    "period",
    "per",
    "months",
    "lead_leader",
    "lead_office",
    "cooperating",
    "owner",
)


def told(target: Target) -> dict[str, object]:
    found = {name: getattr(target, name) for name in SAID}
    return {**found, "due": exports.due(target)}


@pytest.mark.parametrize("form", ["docx", "xlsx"])
@pytest.mark.parametrize("seed", range(4))
def test_our_own_table_of_tasks_reads_back_to_the_same_targets(house: House, plan: Plan, form: str, seed: int) -> None:
    rng = random.Random(f"{form}{seed}")
    plan.targets.all().delete()
    Target.objects.bulk_create(drawn(rng, plan, n) for n in range(30))
    sheet = queries.sheet(plan, date(2026, 6, 30))
    data = exports.xlsx(sheet) if form == "xlsx" else exports.docx(sheet, at=house.now.replace(tzinfo=None))
    text = read_document(data, f"a.{form}").text

    [found] = reading.documents(text)
    again = [target for target, _ in reading.targets(found.document, plan, ())]
    before = [told(one.target) for one in sheet.rows]
    assert [told(target) for target in sorted(again, key=lambda one: one.start)] == before
