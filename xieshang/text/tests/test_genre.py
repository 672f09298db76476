"""What careful reading of more of the genre taught: one rule a row, in sentences written for the project."""

import pytest

from xieshang.text.reading import read

from .test_targets import targets_of


def said(text):
    (document,) = read(text).documents
    return document


@pytest.mark.parametrize(
    ("sentence", "wanted"),
    [
        ("例会一般不超过半天。", [("例会一般不超过半天", {"op": "at_most", "value": 0.5, "unit": "天"})]),
        ("在市级媒体发稿8篇（条）以上。", [("在市级媒体发稿8篇（条）以上", {"op": "at_least", "value": 8, "unit": "篇"})]),
        (
            "每位委员接待群众不少于3次，收集意见建议4条以上。",  # 收集意见 is a verb with its object, no noun
            [
                ("每位委员接待群众不少于3次", {"op": "at_least", "value": 3, "unit": "次", "per": "member"}),
                ("收集意见建议4条以上", {"op": "at_least", "value": 4, "unit": "条", "per": "member"}),
            ],
        ),
        (
            "每名委员至少提交1件提案或3条信息。",  # 至少 holds for both
            [
                ("每名委员至少提交1件提案或3条信息", {"op": "at_least", "value": 1, "unit": "件", "per": "member"}),
                ("每名委员至少提交1件提案或3条信息", {"op": "at_least", "value": 3, "unit": "条", "per": "member"}),
            ],
        ),
        ("对无故缺席三次以上的委员，由小组提醒。", []),
        ("对年度得分排名后3位的委员进行约谈。", []),
        ("党员委员与党外委员1对1以上结对。", []),
        ("按照“每月一课、每季一考”的要求，组织委员学习6次。", [("组织委员学习6次", {"op": "exactly", "value": 6, "unit": "次"})]),
        ("办结率由60%提升到80%以上。", [("办结率由60%提升到80%以上", {"op": "at_least", "value": 80, "unit": "%"})]),
        ("五年累计征集提案900件以上。", [("五年累计征集提案900件以上", {"op": "at_least", "value": 900, "unit": "件", "period": "term"})]),
        ("召开全体会议1次（2月份）。", [("召开全体会议1次（2月份）", {"op": "exactly", "value": 1, "unit": "次", "deadline": "02-28"})]),
        (
            "4月底前完成选题，8月底前完成初稿，每个专委会提交1篇。",  # the newest date holds on
            [
                ("4月底前完成选题", {"deadline": "04-30"}),
                ("8月底前完成初稿", {"deadline": "08-31"}),
                ("每个专委会提交1篇", {"op": "exactly", "value": 1, "unit": "篇", "per": "group", "deadline": "08-31"}),
            ],
        ),
        (
            "每名委员提出建议1条以上，召开评议会一次。",  # nobody calls a meeting alone
            [
                ("每名委员提出建议1条以上", {"op": "at_least", "value": 1, "unit": "条", "per": "member"}),
                ("召开评议会一次", {"op": "exactly", "value": 1, "unit": "次"}),
            ],
        ),
        ("每支服务队每季度至少活动1次。", [("每支服务队每季度至少活动1次", {"op": "at_least", "value": 1, "unit": "次", "period": "quarter", "per": "group"})]),
    ],
)  # fmt: skip
def test_a_clause_means_what_a_careful_clerk_reads(sentence, wanted):
    assert targets_of(sentence) == wanted


def test_a_heading_that_names_a_half_year_and_an_opening_under_somebody_s_lead_are_no_targets():
    document = said(
        "青溪社区2024年上半年总结及下半年打算\n\n上半年，社区在镇党委的坚强领导下，各项工作取得进展。\n一、上半年工作\n走访居民80户。\n二、下半年打算\n举办讲堂4期。\n"
    )

    assert [t.quote for t in document.targets] == ["举办讲堂4期"]
    assert [f.quote for f in document.facts] == ["走访居民80户"]


def test_numbered_items_below_a_heading_without_a_number_are_of_its_time():
    document = said(
        "政协某县委员会工作报告\n\n过去一年工作回顾\n一年来，共组织视察12次。\n今后一年工作安排\n（一）组织视察15次。\n（二）征集提案100件。\n"
    )

    assert [t.quote for t in document.targets] == ["组织视察15次", "征集提案100件"]
    assert [f.quote for f in document.facts] == ["共组织视察12次"]


def test_the_parts_of_a_title_are_headings_of_the_same_document():
    document = said(
        "2024年总结和2025年思路\n——某街道工委\n\n2024年总结\n一年来，走访企业20家。\n\n2025年思路\n一、走访企业30家。\n"
    )

    assert document.title == "2024年总结和2025年思路"
    assert ([f.quote for f in document.facts], [t.quote for t in document.targets]) == (
        ["走访企业20家"],
        ["走访企业30家"],
    )


def test_whom_a_notice_is_addressed_to_is_not_who_each_of_its_tasks_is_for():
    document = said(
        "关于开展走访活动的通知\n\n各专委会、各界别组、各联络处：\n现通知如下。\n一、要求\n1.收集的意见不少于20条。\n"
    )

    assert [(t.value, t.per) for t in document.targets] == [(20, None)]


def test_in_a_table_parted_by_spaces_only_a_cell_with_a_verb_and_a_figure_is_a_target():
    document = said(
        "某镇2025年活动计划表\n\n月份 活动内容 参加人员 责任人\n3月 开展植树活动，植树150株 委员15人 王某\n6月 走访企业6家 副主任 张某\n\n备注：到会率不低于80%。\n"
    )

    assert [t.quote for t in document.targets] == ["植树150株", "走访企业6家", "到会率不低于80%"]


def test_what_something_is_done_with_may_stand_before_what_was_done():
    document = said("某委2024年工作总结\n\n一年来，依托“委员客厅”接待群众600人次，依托8个驿站开展服务30场。\n")

    assert [(f.value, f.unit) for f in document.facts] == [(600, "人次"), (30, "场")]
