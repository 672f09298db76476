"""Tables of tasks as offices draw them up: columns known by their headings, each row read as one sentence. All of it is invented."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xieshang.text.headings import heading
from xieshang.text.model import Document
from xieshang.text.reading import read
from xieshang.text.tables import when


def one(text: str) -> Document:
    [document] = read(text).documents
    return document


def targets(text: str) -> list[tuple[object, ...]]:
    return [(t.quote, t.op, t.value, t.unit, t.period, t.per, t.deadline, t.actor) for t in one(text).targets]


def tasks(text: str) -> list[tuple[object, ...]]:
    return [(t.quote, t.deadline, t.actor) for t in one(text).tasks]


def table(*rows: str) -> str:
    return "\n".join("\t".join(row.split("|")) for row in rows)


def test_a_table_of_tasks_with_figures_offices_and_days() -> None:
    text = "云岭县政协2026年重点工作任务分解表\n\n" + table(
        "序号|工作任务|目标值|责任单位|配合单位|完成时限",
        "1|组织集体活动|≥4次|办公室|各委员小组|全年",
        "2|开展专题调研|2次|经济委|县发改局、县工信局|6月底前",
        "3|建好委员之家||办公室|/|2026.9",
    )
    assert targets(text) == [
        ("组织集体活动", "at_least", 4, "次", None, None, None, "办公室"),
        ("开展专题调研", "exactly", 2, "次", None, None, "06-30", "经济委"),
    ]
    assert tasks(text) == [("建好委员之家", "2026-09-30", "办公室")]
    charges = [target.charge.cooperating for target in one(text).targets if target.charge]
    assert charges == ["各委员小组", "县发改局、县工信局"]


def test_a_table_of_consultations_gives_topics_with_form_and_time() -> None:
    text = table(
        "序号|议题|协商形式|时间|承办|协办|备注",
        "1|河湖治理|专题协商会|第二季度|人资环委|县水利局|会前调研不少于3次",
        "2|养老服务|对口协商|9月|社法委|县民政局|",
    )
    assert tasks(text) == [("河湖治理", "06-30", "人资环委"), ("养老服务", "09-30", "社法委")]
    assert [(task.action, task.charge and task.charge.form) for task in one(text).tasks] == [
        ("专题协商会", "专题协商会"),
        ("对口协商", "对口协商"),
    ]
    assert targets(text) == [("会前调研不少于3次", "at_least", 3, "次", None, None, None, "人资环委")]


def test_a_table_of_aims_whose_merged_cells_hold_for_the_rows_below() -> None:
    text = table(
        "任务类别|主要任务|指标|责任人|时间",
        "党建工作|理论学习|每季度1次|王丽|全年",
        "|主题党日|每月1次||",
        "履职|提交提案|人均1件|李　强|第二季度",
        "|反映社情民意|2条/人||",
    )
    assert targets(text) == [
        ("理论学习", "exactly", 1, "次", "quarter", None, None, "王丽"),
        ("主题党日", "exactly", 1, "次", "month", None, None, "王丽"),
        ("提交提案", "exactly", 1, "件", None, "member", "06-30", "李强"),
        ("反映社情民意", "exactly", 2, "条", None, "person", "06-30", "李强"),
    ]


def test_a_task_over_several_rows_of_measures() -> None:
    text = table(
        "序号|重点任务|工作措施|牵头领导|责任委室|时限",
        "1|提升协商质效|召开专题协商会2次|张建国|社法委|10月底前",
        "||全年开展“有事好商量”协商议事活动不少于12次|||12月底前",
        "2|加强委员管理|进一步健全委员履职档案|李秀英|人资环委|上半年",
    )
    assert targets(text) == [
        ("召开专题协商会2次", "exactly", 2, "次", None, None, "10-31", "社法委"),
        ("全年开展“有事好商量”协商议事活动不少于12次", "at_least", 12, "次", None, None, "12-31", "社法委"),
    ]
    assert tasks(text) == [("提升协商质效", "10-31", "社法委"), ("加强委员管理", "06-30", "人资环委")]
    assert {target.charge.leader for target in one(text).targets if target.charge} == {"张建国"}


def test_cells_of_several_lines_as_a_spreadsheet_pastes_them() -> None:
    text = '重点工作\t"量化\n指标"\t"完成\n时限"\t主办单位\n委员培训\t2期\t2026-06-30\t办公室\n"文史资料\n征集"\t20篇以上\t2026-11\t"文史委\n宣传科"\n'
    assert targets(text) == [
        ("委员培训", "exactly", 2, "期", None, None, "2026-06-30", "办公室"),
        ("文史资料征集", "at_least", 20, "篇", None, None, "2026-11-30", "文史委、宣传科"),
    ]


def test_lines_of_a_task_and_of_its_figures_belong_together() -> None:
    text = table("工作任务|数量|承办单位", "集体活动 专题调研|4次 2篇|办公室")
    assert [row[:4] for row in targets(text)] == [("集体活动", "exactly", 4, "次"), ("专题调研", "exactly", 2, "篇")]


def test_numbered_points_in_one_cell_are_read_one_by_one() -> None:
    text = table("序号|工作内容|责任科室|完成时间", "1|1.组织视察2次 2.开展调研3次|联络科|11月底")
    assert [row[:4] for row in targets(text)] == [
        ("组织视察2次", "exactly", 2, "次"),
        ("开展调研3次", "exactly", 3, "次"),
    ]


def test_a_work_ledger_with_the_unit_at_the_head_what_was_done_and_the_headings_again_on_the_next_page() -> None:
    text = "2026年工作台账\n\n一、提案工作\n" + table(
        "序号|工作事项|目标（件）|责任人|完成情况|备注",
        "1|征集提案|100|周敏|已征集提案63件|",
        "2|督办重点提案|8|吴刚||需召开督办会2次",
        "序号|工作事项|目标（件）|责任人|完成情况|备注",
        "3|提案回头看|5|周敏||",
        "合计||113|||",
    )
    assert targets(text) == [
        ("征集提案", "exactly", 100, "件", None, None, None, "周敏"),
        ("督办重点提案", "exactly", 8, "件", None, None, None, "吴刚"),
        ("需召开督办会2次", "exactly", 2, "次", None, None, None, "吴刚"),
        ("提案回头看", "exactly", 5, "件", None, None, None, "周敏"),
    ]
    assert [(fact.quote, fact.value) for fact in one(text).facts] == [("已征集提案63件", 63)]


def test_headings_on_two_lines() -> None:
    text = table(
        "序号|目标任务|责任分工||完成时间",
        "||牵头单位|配合单位|",
        "1|举办政协讲堂6期|学习委|办公室|11月底",
        "2|编发简报|办公室|各委室|每月",
    )
    assert targets(text) == [
        ("举办政协讲堂6期", "exactly", 6, "期", None, None, "11-30", "学习委"),
        ("编发简报", "exactly", 1, None, "month", None, None, "办公室"),
    ]


def test_columns_parted_by_blanks() -> None:
    text = "2026年活动安排表\n月份 活动内容 参加人员 责任人\n2月 走访慰问委员20人 机关干部 王芳\n4月 组织专题视察 部分委员 李明\n"
    assert targets(text) == [("走访慰问委员20人", "exactly", 20, "人", None, None, "02-28", "王芳")]
    assert tasks(text) == [("组织专题视察", "04-30", "李明")]


def test_a_measure_word_in_a_column_of_its_own() -> None:
    text = table("项目|单位|数量|承办部门", "组织集体视察|次|6|联络科", "会议出席率|%|不低于90|办公室")
    assert [row[:4] for row in targets(text)] == [
        ("组织集体视察", "exactly", 6, "次"),
        ("会议出席率", "at_least", 90, "%"),
    ]


def test_units_that_are_offices() -> None:
    text = table("工作目标|单位|时限", "全年反映社情民意信息不少于40条|各专委会|12月底前")
    assert targets(text) == [("全年反映社情民意信息不少于40条", "at_least", 40, "条", None, None, "12-31", "各专委会")]


def test_several_tables_after_running_text_each_under_its_heading() -> None:
    text = (
        "云岭县政协2026年工作计划\n\n一、主要目标\n全年召开常委会会议4次。\n"
        + table("任务|指标值|牵头", "征集提案|120件|提案委")
        + "\n二、协商安排\n"
        + table("课题|方式|季度", "乡村旅游|界别协商|三季度")
        + "\n三、工作要求\n（一）加强组织领导。\n"
    )
    document = one(text)
    assert [row[:3] for row in targets(text)] == [
        ("全年召开常委会会议4次", "exactly", 4),
        ("征集提案", "exactly", 120),
    ]
    assert [(task.quote, task.section) for task in document.tasks[:1]] == [("乡村旅游", 1)]
    assert [entry.title for entry in document.outline] == ["主要目标", "协商安排", "工作要求", "加强组织领导"]


def test_items_are_a_class_where_contents_stand_beside_them() -> None:
    text = table(
        "项目|内容|时间|责任人", "会议|召开主席会议，审议工作要点|3月上旬|刘强", "学习|委员培训班2期|4月、10月|何芳"
    )
    assert tasks(text) == [("召开主席会议，审议工作要点", "03-10", "刘强")]
    assert [row[:4] for row in targets(text)] == [("委员培训班2期", "exactly", 2, "期")]


def test_standards_beside_a_task_are_read_though_they_hold_no_verb() -> None:
    text = table("目标任务|完成标准|权重|责任领导", "社情民意|每人每年不少于4条|20|李军")
    assert targets(text) == [("每人每年不少于4条", "at_least", 4, "条", "year", "person", None, "李军")]


def test_proposals_to_be_pressed_are_topics() -> None:
    text = table("提案号|案由|督办领导|主办单位|会办单位|督办时间", "12|加强停车管理|张副主席|县住建局|县公安局|8月")
    [task] = one(text).tasks
    assert (task.quote, task.action, task.deadline, task.actor) == ("加强停车管理", "督办", "08-31", "县住建局")


def test_numbered_points_without_figures_are_tasks_of_their_own() -> None:
    text = table("序号|工作任务|责任单位|完成时限", "1|（一）制定年度工作要点；（二）印发协商计划。|办公室|3月底前")
    assert tasks(text) == [("制定年度工作要点", "03-31", "办公室"), ("印发协商计划", "03-31", "办公室")]


def test_each_figure_of_a_cell_has_its_own_rhythm() -> None:
    text = table("序号|事项|数量|责任人", "1|集体学习|每月1次，全年12次|王五")
    assert [row[1:5] for row in targets(text)] == [("exactly", 1, "次", "month"), ("exactly", 12, "次", None)]


def test_a_title_in_the_first_row_of_the_table_is_the_title_of_the_document() -> None:
    text = "2026年目标任务分解表\t\t\t\n" + table("序号|任务|数量|单位", "1|走访委员|20人次|联络委")
    assert one(text).title == "2026年目标任务分解表"
    assert [row[:4] for row in targets(text)] == [("走访委员", "exactly", 20, "人次")]


def test_names_of_groups_between_the_rows() -> None:
    text = table("序号|任务|数量|责任单位", "一、党建工作|||") + "\n" + table("1|专题学习|4次|机关党支部") + "\n二、履职工作\n" + table(
        "2|专题视察|3次|联络委"
    )  # fmt: skip
    assert [(row[0], row[-1]) for row in targets(text)] == [("专题学习", "机关党支部"), ("专题视察", "联络委")]
    assert tasks(text) == []


def test_a_row_broken_inside_a_cell_goes_on_below() -> None:
    text = "序号\t任务\t协办单位\t时限\n1\t加强水域治理\t县水利局、\n县环境局\t6月底前\n2\t改造老旧小区\t县住建局\t9月底前\n"
    assert [(task.deadline, task.charge and task.charge.cooperating) for task in one(text).tasks] == [
        ("06-30", "县水利局、县环境局"),
        ("09-30", "县住建局"),
    ]


def test_a_day_taken_over_from_a_numbered_row_above_is_read_with_doubt() -> None:
    text = table("序号|任务|目标值|时限", "1|集体学习|6次|11月", "2|专题辅导|2次|")
    assert [(target.deadline, target.sure) for target in one(text).targets] == [("11-30", 0.9), ("11-30", 0.7)]


def test_same_as_above_is_taken_over_and_a_dash_is_nothing() -> None:
    text = table("序号|任务|目标值|责任单位|时限", "1|集体学习|6次|办公室|11月", "2|专题辅导|2次|同上|—")
    assert [(row[0], row[6], row[7]) for row in targets(text)] == [
        ("集体学习", "11-30", "办公室"),
        ("专题辅导", None, "办公室"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        table("序号|项目|数量|金额", "1|电脑|2台|1万元", "2|会议|4次|3万元"),
        table("姓名|职务|联系电话", "王芳|主任|1234567"),
        table("序号|姓名|单位|备注", "1|王芳|县医院|参加会议3次者优先"),
        "单位\t县政协\t联系人\t王芳\n共12人\t其中委员8人\n",
    ],
)  # fmt: skip
def test_figures_of_a_table_that_names_no_task_are_no_targets(text: str) -> None:
    assert [row for row in targets(text) if row[0] not in ("参加会议3次者优先",)] == []
    assert not any(task.rule.startswith("table") for task in one(text).tasks)


def test_a_table_of_what_was_done_gives_no_targets() -> None:
    text = "云岭县政协2025年工作总结\n\n一、任务完成情况\n" + table(
        "序号|任务|目标值|责任单位|完成情况", "1|组织视察|4次|联络委|组织视察5次"
    )
    assert targets(text) == []
    assert tasks(text) == []


WHEN = {
    "6月底前": "06-30", "2026.6": "2026-06-30", "2026年6月": "2026-06-30", "2026-06-15": "2026-06-15", "2026/6/5": "2026-06-05",
    "2026年6月30日": "2026-06-30", "第二季度": "06-30", "二季度末": "06-30", "上半年": "06-30", "全年": None, "长期坚持": None, "1-12月": None,
    "3-5月": "05-31", "3月启动，10月底前完成": "10-31", "2026.3-2026.6": "2026-06-30", "2026.3-6": "2026-06-30", "年底前": "12-31", "9": "09-30", "6.30": "06-30",
    "10月下旬": "10-31", "适时": None, "": None, "每月": None, "5月、9月": "09-30",
}  # fmt: skip


@pytest.mark.parametrize(("words", "day"), WHEN.items())
def test_what_a_column_of_time_says(words: str, day: str | None) -> None:
    assert when(words).deadline == day


def test_months_and_rhythms_in_a_column_of_time() -> None:
    assert when("3、9月").months == (3, 9)
    assert when("6月底前").months == ()
    assert when("每季度末").period == "quarter"
    assert when("3月1日—5月31日").starts == "03-01"


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("序 号", "number"), ("主 办 单 位", "lead"), ("协办单位", "coop"), ("分管领导", "leader"), ("责任人", "owner"), ("完成时限", "time"), ("目标值（次）", "value"),
        ("协商议题", "topic"), ("调研课题", "topic"), ("协商形式", "form"), ("任务类别", "class"), ("工作任务", "task"), ("主要内容", "plain"), ("年度目标", "goal"),
        ("进度", "past"), ("完成情况", "past"), ("备注", "remark"), ("联系电话", "other"), ("天气", ""),
    ],
)  # fmt: skip
def test_columns_are_known_by_their_headings(words: str, kind: str) -> None:
    assert heading(words).kind == kind


CELLS = (  # noqa: SIM905
    "序号 任务 工作任务 议题 指标 目标值 数量（次） 单位 责任单位 配合单位 责任人 时间 完成时限 协商形式 备注 进度 类别 1 2 一、 （一） 组织视察2次 集体活动 4次 ≥95% 每季度1次 12 "
    '办公室 县水利局、 6月底前 2026.6 全年 同上 / — 合计 " "甲 乙" 任务\n书 x次 ___ 已完成3次 \t \n \n\n 一、总体要求 2026年13月45日 99.99 0 ， 。'
).split(" ")


@settings(max_examples=300, deadline=None)
@given(st.lists(st.lists(st.sampled_from(CELLS), min_size=1, max_size=8), max_size=12), st.sampled_from(["\t", "  "]))
def test_a_rubbish_table_raises_nothing_and_quotes_what_stands_there(rows: list[list[str]], between: str) -> None:
    text = "\n".join(between.join(row) for row in rows)
    for document in read(text).documents:
        for item in (*document.targets, *document.tasks, *document.facts):
            assert re.sub(r"\s", "", text[item.start : item.end]) == item.quote != ""


@given(st.text(max_size=40))
def test_any_words_in_a_column_of_time_raise_nothing(words: str) -> None:
    when(words)
    heading(words)


def test_a_long_table_costs_no_more_than_its_length() -> None:
    head = "序号\t任务\t目标值\t时限\n"
    rows = [head, '1\t"组织\n', "视察2次\t4次\n", "\t\t\t\n", "2\t开展调研、\n", "二、名称\n"]
    for row in rows:
        read(head + row * (100_000 // len(row)))  # a quadratic step would not come back
