"""Sentences written for the project, in the manner of work plans."""

import pytest

from xieshang.text.reading import read

KEYS = ("op", "value", "max", "unit", "period", "per", "deadline")


def targets_of(sentence, title="某某县政协2026年工作计划"):
    (document,) = read(f"{title}\n\n一、重点任务\n\n{sentence}\n").documents
    return [(t.quote, {key: getattr(t, key) for key in KEYS if getattr(t, key) is not None}) for t in document.targets]


CASES = [  # the plan says, what it means
    ("全年组织视察不少于3次。", [("全年组织视察不少于3次", {"op": "at_least", "value": 3, "unit": "次"})]),
    ("各支部每季度开展活动一次。", [("各支部每季度开展活动一次", {"op": "exactly", "value": 1, "unit": "次", "period": "quarter", "per": "group"})]),
    (
        "每名委员每年提交提案1件以上，反映信息不少于2条。",  # 每名委员 and 每年 hold for the shared subject
        [
            ("每名委员每年提交提案1件以上", {"op": "at_least", "value": 1, "unit": "件", "period": "year", "per": "member"}),
            ("反映信息不少于2条", {"op": "at_least", "value": 2, "unit": "条", "period": "year", "per": "member"}),
        ],
    ),
    (
        "每季度召开例会一次，参会率达到90%以上。",  # 参会率 is a subject of its own
        [
            ("每季度召开例会一次", {"op": "exactly", "value": 1, "unit": "次", "period": "quarter"}),
            ("参会率达到90%以上", {"op": "at_least", "value": 90, "unit": "%"}),
        ],
    ),
    (
        "6月底前走访企业20家，征集建议30条。",  # a deadline at the head of the sentence
        [
            ("6月底前走访企业20家", {"op": "exactly", "value": 20, "unit": "家", "deadline": "06-30"}),
            ("征集建议30条", {"op": "exactly", "value": 30, "unit": "条", "deadline": "06-30"}),
        ],
    ),
    (
        "举办讲堂4期、读书会6场。",
        [("举办讲堂4期", {"op": "exactly", "value": 4, "unit": "期"}), ("读书会6场", {"op": "exactly", "value": 6, "unit": "场"})],
    ),
    (
        "邀请3名专家开展2次辅导。",  # one clause with two quantities is two targets
        [
            ("邀请3名专家开展2次辅导", {"op": "exactly", "value": 3, "unit": "名"}),
            ("邀请3名专家开展2次辅导", {"op": "exactly", "value": 2, "unit": "次"}),
        ],
    ),
    ("对口协商、界别协商各不少于2次。", [("对口协商、界别协商各不少于2次", {"op": "at_least", "value": 2, "unit": "次"})]),
    ("9月底前，完成章程修订。", [("9月底前，完成章程修订", {"deadline": "09-30"})]),
    ("到2027年，全县建成议事厅30个。", [("全县建成议事厅30个", {"op": "exactly", "value": 30, "unit": "个", "deadline": "2027-12-31"})]),
    ("年内完成办公系统升级。", [("年内完成办公系统升级", {"deadline": "12-31"})]),
    ("每周五组织机关学习。", [("每周五组织机关学习", {"op": "exactly", "value": 1, "period": "week"})]),
    ("每月25日前报送信息。", [("每月25日前报送信息", {"op": "exactly", "value": 1, "period": "month"})]),
    ("每年11月30日前提交述职报告1份。", [("每年11月30日前提交述职报告1份", {"op": "exactly", "value": 1, "unit": "份", "period": "year", "deadline": "11-30"})]),
    ("会后10个工作日内形成专报。", [("会后10个工作日内形成专报", {"op": "at_most", "value": 10, "unit": "工作日"})]),
    ("人均撰写提案___件以上。", [("人均撰写提案___件以上", {"op": "at_least", "unit": "件", "per": "member"})]),
    ("x月底前召开交办会。", [("x月底前召开交办会", {})]),
    ("力争立案率不低于八成。", [("力争立案率不低于八成", {"op": "at_least", "value": 80, "unit": "%"})]),
    ("每位党员全年参加志愿服务不少于3次、累计时长12小时以上。", [
        ("每位党员全年参加志愿服务不少于3次", {"op": "at_least", "value": 3, "unit": "次", "per": "person"}),
        ("累计时长12小时以上", {"op": "at_least", "value": 12, "unit": "小时", "per": "person"}),
    ]),
    ("党课每半年一次（其中书记讲党课全年不少于1次）。", [
        ("党课每半年一次", {"op": "exactly", "value": 1, "unit": "次", "period": "half_year"}),
        ("其中书记讲党课全年不少于1次", {"op": "at_least", "value": 1, "unit": "次"}),
    ]),
    # what brackets say does not hold after them
    ("每名委员每年提交提案1件（联名提案不超过2件），反映信息2条以上。", [
        ("每名委员每年提交提案1件", {"op": "exactly", "value": 1, "unit": "件", "period": "year", "per": "member"}),
        ("联名提案不超过2件", {"op": "at_most", "value": 2, "unit": "件"}),
        ("反映信息2条以上", {"op": "at_least", "value": 2, "unit": "条", "period": "year", "per": "member"}),
    ]),
    ("议政会（2次）由主席会议审定。", [("议政会（2次）由主席会议审定", {"op": "exactly", "value": 2, "unit": "次"})]),
    ("知晓率、满意率分别达到90%和95%。", [  # the bound holds for both
        ("知晓率、满意率分别达到90%和95%", {"op": "at_least", "value": 90, "unit": "%"}),
        ("知晓率、满意率分别达到90%和95%", {"op": "at_least", "value": 95, "unit": "%"}),
    ]),
    ("4月启动、8月完成。", [("4月启动", {"deadline": "04-30"}), ("8月完成", {"deadline": "08-31"})]),
    ("4月底前完成交办；办结率达到100%。", [  # a deadline holds up to ；
        ("4月底前完成交办", {"deadline": "04-30"}),
        ("办结率达到100%", {"op": "at_least", "value": 100, "unit": "%"}),
    ]),
    ("支部大会一季一次，党课一年四次。", [
        ("支部大会一季一次", {"op": "exactly", "value": 1, "unit": "次", "period": "quarter"}),
        ("党课一年四次", {"op": "exactly", "value": 4, "unit": "次", "period": "year"}),
    ]),
    ("每个支部联系困难党员3户。", [("每个支部联系困难党员3户", {"op": "exactly", "value": 3, "unit": "户", "per": "group"})]),
    ("召开双月座谈会3次。", [("召开双月座谈会3次", {"op": "exactly", "value": 3, "unit": "次"})]),
    ("一年内学习不少于12次。", [("一年内学习不少于12次", {"op": "at_least", "value": 12, "unit": "次"})]),
    ("每日巡查两次，发现问题2小时内上报。", [
        ("每日巡查两次", {"op": "exactly", "value": 2, "unit": "次", "period": "day"}),
        ("发现问题2小时内上报", {"op": "at_most", "value": 2, "unit": "小时"}),
    ]),
]  # fmt: skip
NONE = [
    "落实三项制度，抓好两项工程。",
    "对连续三次缺席的委员进行约谈。",
    "须有半数以上代表参加方为有效。",
    "每采用一条奖励200元。",
    "分动员、实施、总结三个阶段。",
    "考核得分90分以上为优秀。",
    "提供24小时便民服务。",
    "下半年，重点做好以下工作。",
    "办好2026年第一期讲堂。",
    "进一步完善学习制度，加强队伍建设。",  # a plain intention
    "做好四个方面的工作，打造一支过硬队伍。",  # announced lists, 一 as an article
    "增强“四个意识”，推进三年行动计划。",
    "坚持一题一策，做到件件有回音。",
    "不合格票超过50%的，认定为不合格。",  # a condition
    "每缺席1次扣2分，未完成的扣5分。",  # points
    "现有委员120名，分设5个界别小组。",  # standing numbers
    "时间：9月18日",
    "自2026年1月1日起施行。",
    "第三次全体会议期间，听取意见。",
    "由三分之二以上委员通过。",
    "年初有计划，年终有总结。",
]


@pytest.mark.parametrize("sentence, expected", CASES)
def test_a_plan_is_read_as_it_is_meant(sentence, expected):
    assert targets_of(sentence) == expected


@pytest.mark.parametrize("sentence", NONE)
def test_what_cannot_be_counted_or_dated_is_no_target(sentence):
    assert targets_of(sentence) == []


def test_a_lead_in_says_for_whom_the_items_below_it_hold():
    text = "委员履职办法\n第五条　每名委员须完成下列各项：\n（一）提交提案1件以上；\n（二）参加活动不少于4次。\n第六条　组织视察2次。\n"
    (document,) = read(text).documents
    assert [(t.value, t.per) for t in document.targets] == [(1, "member"), (4, "member"), (2, None)]


def test_four_ones_are_tasks_of_each_member():
    found = targets_of("组织委员扎实开展“四个一”活动，即撰写一件提案、反映一条信息、帮扶一户家庭、参加一次活动。")
    assert [(t["value"], t["unit"], t["per"]) for _, t in found] == [(1, unit, "member") for unit in "件条户次"]


def test_a_target_names_its_heading_action_and_object():
    text = "某某区政协2026年工作要点\n一、学习\n加强学习。\n二、调研\n全年形成调研报告5篇以上。\n"
    (target,) = read(text).documents[0].targets
    assert (target.section, target.action, target.object, target.rule) == (1, "形成", "调研报告", "quantity")


def test_a_report_is_read_as_facts_and_its_plans_as_targets():
    text = (
        "关于2025年工作总结和2026年工作打算的报告\n一、2025年工作情况\n全年组织视察6次，慰问困难群众80余户，下一步拟开展回访2次。\n"
        "二、存在问题\n有3名委员没有提交提案。\n三、2026年工作打算\n组织视察8次。去年开展的调研形成建议12条，今年要对其中3条开展督办。\n"
    )
    (document,) = read(text).documents
    assert [(f.value, f.unit) for f in document.facts] == [(6, "次"), (80, "户"), (12, "条")]
    assert [(t.value, t.unit) for t in document.targets] == [(2, "次"), (8, "次"), (3, "条")]


def test_a_plain_intention_is_a_task():
    text = "某某区政协2026年工作要点\n一、建设\n1、进一步完善学习制度。修订有关办法。\n2、全年组织学习4次。\n"
    (document,) = read(text).documents
    assert [(task.quote, task.section) for task in document.tasks] == [("进一步完善学习制度", 1)]
