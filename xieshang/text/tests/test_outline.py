import pytest

from xieshang.text.reading import read

CASES = [  # lines of a document, (level, marker, title) of its headings, and why
    ("一、目标\n（一）学习。加强学习\n1、读书\n(1)精读\n①《章程》\n二、保障", [(1, "一、", "目标"), (2, "（一）", "学习"), (3, "1、", "读书"), (4, "(1)", "精读"), (5, "①", "《章程》"), (1, "二、", "保障")]),
    ("第一章总则\n第一条为规范工作，制定本办法。\n第二条委员应当：\n（一）参会；\n（二）调研。\n第二章附则", [(1, "第一章", "总则"), (2, "第一条", "为规范工作，制定本办法"), (2, "第二条", "委员应当"), (3, "（一）", "参会"), (3, "（二）", "调研"), (1, "第二章", "附则")]),
    ("1．学习\n2．调研", [(1, "1．", "学习"), (1, "2．", "调研")]),  # no parent: level 1
    ("二、任务\n(1)学习\n(2)调研\n(一)协商\n1、对口", [(1, "二、", "任务"), (2, "(1)", "学习"), (2, "(2)", "调研"), (2, "(一)", "协商"), (3, "1、", "对口")]),  # neither contains the other
    ("（二）协商\n（三）监督\n三、保障", [(2, "（二）", "协商"), (2, "（三）", "监督"), (1, "三、", "保障")]),  # the parent was cut off
    ("1、学习。2、调研；3、协商", [(1, "1、", "学习")]),  # items in one paragraph
    ("加强学习。四、做好调研。\n1、选题", [(1, "1、", "选题")]),  # a heading in mid-paragraph
    ("⑴学习\n⑵调研", [(1, "⑴", "学习"), (1, "⑵", "调研")]),
    ("1.5万元经费到位。\n3月召开会议。\n2026年任务。", []),  # numbers are no markers
    ("1、4月底前完成交办\n2.2026年起执行", [(1, "1、", "4月底前完成交办"), (1, "2.", "2026年起执行")]),
    ("一是学习；二是调研；三是协商", []),  # an enumeration in a sentence
    ("1、学习\n（一）读书\n（二）讨论\n2、调研", [(1, "1、", "学习"), (2, "（一）", "读书"), (2, "（二）", "讨论"), (1, "2、", "调研")]),
]  # fmt: skip


@pytest.mark.parametrize("lines, expected", CASES)
def test_headings_have_their_depth_in_the_document(lines, expected):
    (document,) = read("某某县政协工作计划\n" + lines).documents
    assert [(h.level, h.marker, h.title) for h in document.outline] == expected


def test_a_missing_number_is_told_and_never_invented():
    (document,) = read("某某县政协工作计划\n一、任务\n(1)学习\n(3)调研\n三、保障\n").documents
    assert [(g.after, g.missing) for g in document.gaps] == [("(1)", "(2)"), ("一、", "二、")]
    assert len(document.outline) == 4


def test_a_series_that_begins_late_tells_its_first_number():
    (document,) = read("某某县政协工作计划\n（二）学习\n（三）调研\n").documents
    assert [(g.after, g.missing) for g in document.gaps] == [(None, "（一）")]


def test_a_heading_keeps_its_place_in_the_printed_text():
    text = "某某县政协工作计划\n\n　　一、 学 习\n"
    (heading,) = read(text).documents[0].outline
    assert text[heading.start : heading.end] == "一、 学 习"


def test_lines_broken_in_mid_sentence_are_joined_also_across_a_blank_line():
    text = "某某县政协工作计划\n一、任务\n深入基层开展调研，全年走访服务对象不\n\n少于50户，并把群众的意见带回来。\n"
    (target,) = read(text).documents[0].targets
    assert (target.quote, text[target.start : target.end]) == (
        "全年走访服务对象不少于50户",
        "全年走访服务对象不\n\n少于50户",
    )
