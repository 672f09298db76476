import pytest

from xieshang.text.blanks import blanks

CASES = [  # the text, (mark, kind, unit) of each blank
    ("共征集提案x件", [("x", "count", "件")]),
    ("提交提案___件以上", [("___", "count", "件")]),
    ("信息X余条", [("X", "count", "条")]),
    ("第x届x次会议", [("x", "count", "届"), ("x", "count", "次")]),
    ("立案率x%，占__％", [("x", "rate", "%"), ("__", "rate", "％")]),
    ("投入资金xx万元", [("xx", "amount", "万元")]),
    ("20xx年x月__日", [("20xx", "date", "年"), ("x", "date", "月"), ("__", "date", "日")]),
    ("xx区政协主席xx", [("xx", "name", None), ("xx", "name", None)]),
    ("**局、**镇参加", [("**", "name", None), ("**", "name", None)]),
    ("区委书记***出席", [("***", "name", None)]),
    ("贯彻***精神", [("***", "redacted", None)]),
    ("以^v^理论为指导", [("^v^", "redacted", None)]),
    ("结合___实际", [("___", "redacted", None)]),
    ("围绕“”调研", [("“”", "redacted", None)]),
    ("出版□xx□等书", [("□", "redacted", None), ("xx", "name", None), ("□", "redacted", None)]),
    ("表彰单位（　）个", [("（　）", "count", "个")]),
    ("20xx-20xx年", [("20xx", "date", None), ("20xx", "date", "年")]),
    ("关于□□花卉市场的提案", [("□□", "name", None)]),
    ("满意度：满意□ 基本满意□", []),  # tick boxes behind their words
    ("1+3+X体系，长5×3米", []),
    ("活动时间  月  日", []),  # mere spaces
    ("□同意 □不同意", []),  # tick boxes
    ("每周学习2小时，AI培训5g", []),
]


@pytest.mark.parametrize("text, expected", CASES)
def test_blanks_have_their_mark_kind_and_unit(text, expected):
    assert [(text[b.start : b.end], b.kind, b.unit) for b in blanks(text)] == expected


def test_a_blank_knows_its_neighbours_and_its_clause():
    text = "全年共征集 提案x件，经审查立案x件。"
    first, second = blanks(text)
    assert (first.before, first.mark, first.after) == ("全年共征集提案", "x", "件，经审查立案x")
    assert text[slice(*first.clause)] == "全年共征集 提案x件"
    assert text[slice(*second.clause)] == "经审查立案x件"
