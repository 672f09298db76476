import pytest

from xieshang.text.reading import read

PLAN = "一、学习\n加强学习，提高本领。\n"
CASES = [  # text, (title, kind) of each document
    (f"某某县政协2026年工作要点\n\n{PLAN}", [("某某县政协2026年工作要点", "plan")]),
    (f"某某县政协\n2026年工作要点\n\n{PLAN}", [("某某县政协2026年工作要点", "plan")]),  # the title on two lines
    ("委员联络工作办法（试行）\n第一条　为规范工作，制定本办法。\n", [("委员联络工作办法（试行）", "rules")]),
    ("某某区政协2025年工作总结\n全年组织视察6次。\n", [("某某区政协2025年工作总结", "summary")]),
    (f"某某区政协2025年工作总结和2026年工作计划\n{PLAN}", [("某某区政协2025年工作总结和2026年工作计划", "plan")]),
    ("在全会闭幕时的讲话\n各位委员，同志们：\n会议开得很好。\n", [("在全会闭幕时的讲话", "speech")]),
    ("关于召开联席会议的通知\n各单位：\n请准时参加。\n", [("关于召开联席会议的通知", "notice")]),
    ("1、每季度召开会议一次。\n2、每月报送信息。\n", [(None, "plan")]),  # no title line
    (
        f"学习制度\n一、每月学习一次。\n\n会议制度\n一、每季度开会一次。\n\n值班制度\n{PLAN}",
        [("学习制度", "rules"), ("会议制度", "rules"), ("值班制度", "rules")],
    ),
    (
        f"最新社区工作计划(精选2篇)\n写计划要注意些什么呢？我们来看一看吧。\n社区工作计划篇一\n{PLAN}社区工作计划篇二\n{PLAN}",
        [("社区工作计划篇一", "plan"), ("社区工作计划篇二", "plan")],  # the front page belongs to none
    ),
    (
        f"青政协〔2026〕3号\n\n中国人民政治协商会议\n某某县委员会\n2026年工作要点\n\n{PLAN}",
        [("中国人民政治协商会议某某县委员会2026年工作要点", "plan")],
    ),
    (
        f"某某县政协2026年工作要点\n重点工作安排\n{PLAN}下一步工作计划\n{PLAN}保障机制\n加强领导。\n",  # headings without a number
        [("某某县政协2026年工作要点", "plan")],
    ),
    (
        f"某某县政协2026年工作要点\n{PLAN}\n附件1\n某某县政协2026年监督计划\n{PLAN}",
        [("某某县政协2026年工作要点", "plan"), ("某某县政协2026年监督计划", "plan")],
    ),
    ("凝心聚力谋发展，团结奋进谱新篇\n\n近日，县政协组织视察3次。\n", [("凝心聚力谋发展，团结奋进谱新篇", "other")]),
    ("", []),
    ("\n 　\n", []),
]


@pytest.mark.parametrize("text, expected", CASES)
def test_documents_are_told_apart(text, expected):
    assert [(d.title, d.kind) for d in read(text).documents] == expected
