import pytest

from xieshang.text.amounts import amounts

CASES = [  # the text says, what we read as (op, value, max, unit), and why the case is here
    ("开展联谊活动不少于5次", [("at_least", 5, None, "次")]),  # the plain case
    ("集中学习不得少于十二次", [("at_least", 12, None, "次")]),
    ("至少走访3户", [("at_least", 3, None, "户")]),
    ("提案三十件以上", [("at_least", 30, None, "件")]),
    ("参会率达到95%", [("at_least", 95, None, "%")]),
    ("听众突破2000人次", [("at_least", 2000, None, "人次")]),  # 人次 is not 人
    ("缺席不得超过两次", [("at_most", 2, None, "次")]),
    ("经费控制在3.5万元以内", [("at_most", 3.5, None, "万元")]),  # money keeps its unit
    ("公文数量控制在120件以下", [("at_most", 120, None, "件")]),
    ("发言不突破8分钟", [("at_most", 8, None, "分钟")]),
    ("组织视察2次", [("exactly", 2, None, "次")]),  # no bound: exactly
    ("开展调研3—5次", [("between", 3, 5, "次")]),
    ("开展调研3至5次", [("between", 3, 5, "次")]),
    ("开展调研3次至5次", [("between", 3, 5, "次")]),
    ("确定一到两项课题", [("between", 1, 2, "项")]),
    ("走访两三户", [("between", 2, 3, "户")]),
    ("至少谈心2-4次", [("between", 2, 4, "次")]),  # 至少 with a range
    ("邀请代表10名左右", [("about", 10, None, "名")]),
    ("走访群众约200户", [("about", 200, None, "户")]),
    ("收集信息百余条", [("about", 100, None, "条")]),
    ("解决难题十多个", [("about", 10, None, "个")]),
    ("近300人次", [("about", 300, None, "人次")]),
    ("新增岗位2万个", [("exactly", 20000, None, "个")]),  # 万 multiplies before a measure word
    ("新增就业24万以上", [("at_least", 240000, None, None)]),
    ("引资1.2亿元", [("exactly", 1.2, None, "亿元")]),
    ("总人数1,284人", [("exactly", 1284, None, "人")]),
    ("学习不少于30个学时", [("at_least", 30, None, "学时")]),  # 个 before a unit of measure is dropped
    ("提高2个百分点", [("exactly", 2, None, "百分点")]),
    ("回收率不低于八成五", [("at_least", 85, None, "%")]),
    ("占三分之一以上", [("at_least", 33.33, None, "%")]),
    ("办结率百分之百", [("exactly", 100, None, "%")]),
    ("半数以上委员", [("at_least", 50, None, "%")]),
    ("不少于半天", [("at_least", 0.5, None, "天")]),
    ("会后15个工作日内报送", [("at_most", 15, None, "工作日")]),  # a limit in time
    ("两个月内办复", [("at_most", 2, None, "月")]),
    ("24小时内报告", [("at_most", 24, None, "小时")]),
    ("一周内反馈", [("at_most", 1, None, "周")]),
    ("提案x件", [("exactly", None, None, "件")]),  # a blank keeps its unit
    ("不少于____次", [("at_least", None, None, "次")]),
    ("先进单位（ ）个", [("exactly", None, None, "个")]),
    ("提案十二件以上、信息二十条", [("at_least", 12, None, "件"), ("exactly", 20, None, "条")]),  # two in one line
    ("十一届三次会议期间调研2次", [("exactly", 2, None, "次")]),  # an ordinal is no amount
]
NONE = [
    "第三次全体会议",
    "七届五次全会",
    "做好四个方面工作",
    "分三个阶段推进",
    "增强“四个意识”",
    "坚持两个维护",
    "落实八项规定",
    "三年行动计划",
    "建国75周年",
    "65周岁以上老人",
    "2026年3月15日",
    "3：1的比例",
    "由三分之二以上的多数通过",
    "市政发〔2025〕12号",
    "文史资料第三十二辑",
    "“十四五”期间",
    "设施二期工程",
    "八项规定精神",
    "人民生活",
]


@pytest.mark.parametrize("text, expected", CASES)
def test_amounts_are_read_as_the_plan_means_them(text, expected):
    assert [(a.op, a.value, a.max, a.unit) for a in amounts(text)] == expected


@pytest.mark.parametrize("text", NONE)
def test_what_counts_no_work_is_no_amount(text):
    assert amounts(text) == []


def test_offsets_are_those_of_the_text_with_its_spaces():
    text = "组织 视察\n 2 次以上，走访"
    (amount,) = amounts(text)
    assert text[amount.start : amount.end] == "2 次以上"
