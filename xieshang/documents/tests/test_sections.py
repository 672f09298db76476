"""Parts that are repeated, and tables read as grids: the copies are right and nothing else moves."""

import re

import pytest

from xieshang.documents.filling import Edit, fill, find
from xieshang.documents.grids import grids
from xieshang.documents.sections import NAME, Trouble, expand, sections
from xieshang.documents.tests.making import docx, p, r, table, text_box, unzipped


def texts(data):
    return [place.text for place in find(data)]


def expanded(template, *counts):
    found, troubles = sections(template)
    assert not troubles
    return expand(template, found, counts)


def test_paragraphs_between_two_marks_are_repeated_and_know_whose_they_are():
    template = docx(
        p("前") + p("{{#每个任务}}") + p("{{任务}}") + p("完成{{完成}}") + p("{{/每个任务}}") + p("后") + "<w:sectPr/>"
    )

    done, owners = expanded(template, 2)

    assert texts(done) == ["前", "{{任务}}", "完成{{完成}}", "{{任务}}", "完成{{完成}}", "后"]
    assert owners == {1: (0, 0), 2: (0, 0), 3: (0, 1), 4: (0, 1)}


def test_a_row_is_repeated_with_its_look_and_loses_its_marks():
    template = docx(
        table(
            ["任务", "完成"],
            [p("{{#每个任务}}", r("{{任务}}", "<w:b/>")), "{{完成}}{{/每个任务}}"],
            ["合计", "{{完成任务数}}"],
        )
    )

    done, owners = expanded(template, 3)

    assert texts(done) == ["任务", "完成", *["{{任务}}", "{{完成}}"] * 3, "合计", "{{完成任务数}}"]
    assert sorted(owners) == [2, 3, 4, 5, 6, 7] and owners[5] == (0, 1)
    assert unzipped(done)["word/document.xml"].count(b"<w:b/>") == 3


def test_a_mark_in_a_row_without_its_end_means_that_row():
    done, _owners = expanded(docx(table(["任务"], ["{{#每个任务}}{{任务}}"]) + p("别动")), 2)

    assert texts(done) == ["任务", "{{任务}}", "{{任务}}", "别动"]


def test_braces_of_an_input_method_do_as_well():
    assert texts(expanded(docx(p("｛｛＃每个任务｝｝") + p("｛｛任务｝｝") + p("｛｛／每个任务｝｝")), 1)[0]) == [
        "｛｛任务｝｝"
    ]
    assert NAME.search("有｛｛ 集体活动 ｝｝次")["name"] == "集体活动"


def test_a_part_with_nothing_to_say_is_taken_out():
    template = docx(p("前") + p("{{#每个任务}}") + p("{{任务}}") + p("{{/每个任务}}") + p("后"))

    assert texts(expanded(template, 0)[0]) == ["前", "后"]


def test_a_table_that_would_have_no_row_keeps_one_that_belongs_to_nobody():
    done, owners = expanded(docx(table(["{{#每个任务}}{{任务}}"])), 0)

    assert texts(done) == ["{{任务}}"] and owners == {}


def test_two_parts_and_what_stands_between_them_keep_their_order():
    template = docx(
        p("{{#每个乡镇}}")
        + p("{{名称}}")
        + p("{{/每个乡镇}}")
        + p("中间", text_box(p("第x期")))
        + table(["{{#每季度}}{{名称}}"])
    )

    done, owners = expanded(template, 2, 4)

    assert texts(done) == ["{{名称}}", "{{名称}}", "中间", "第x期", *["{{名称}}"] * 4]
    assert owners == {0: (0, 0), 1: (0, 1), **{4 + n: (1, n) for n in range(4)}}
    assert texts(fill(done, [Edit(3, 1, 2, "8")]))[3] == "第8期"


def test_whatever_stands_outside_keeps_every_byte():
    odd = "<w:p  w:rsidR='00AB'><w:r><w:t>保持 &#x539F;样</w:t></w:r></w:p>"
    template = docx(odd + p("{{#每个任务}}") + p("{{任务}}") + p("{{/每个任务}}") + odd)

    done = unzipped(expanded(template, 3)[0])

    before = unzipped(template)
    assert {n: c for n, c in before.items() if n != "word/document.xml"} == {
        n: c for n, c in done.items() if n != "word/document.xml"
    }
    assert done["word/document.xml"] == re.sub(
        rb"<w:p><w:r><w:t[^>]*>\{\{#.*?\{\{/[^>]*></w:r></w:p>", p("{{任务}}").encode() * 3, before["word/document.xml"]
    )


def test_a_copy_repeats_no_bookmark_comment_or_number_that_may_stand_only_once():
    once = (
        "<w:bookmarkStart w:id='1' w:name='a'/><w:bookmarkEnd w:id='1'/><w:commentRangeStart w:id='2'/><w:commentRangeEnd w:id='2'/>"
        "<w:r><w:commentReference w:id='2'/></w:r><w:r><w:drawing><x:docPr xmlns:x='urn:x' id='5'/></w:drawing></w:r>"
    )
    xml = unzipped(expanded(docx(p("{{#每个任务}}") + p(once, "{{任务}}") + p("{{/每个任务}}")), 2)[0])[
        "word/document.xml"
    ].decode()

    assert [xml.count(f"<w:{name} ") for name in ("bookmarkStart", "commentRangeEnd", "commentReference")] == [1, 1, 1]
    assert len(set(re.findall(r"docPr[^>]* id=.(\d+)", xml))) == 2


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (p("{{#每个任务}}") + p("{{任务}}"), "open"),
        (p("{{任务}}") + p("{{/每个任务}}"), "stray"),
        (p("一、{{#每个任务}}") + p("{{任务}}") + p("{{/每个任务}}"), "alone"),
        (p("{{#每个任务}}{{任务}}{{/每个任务}}"), "alone"),
        (p("{{#每个任务}}") + table(["{{任务}}{{/每个任务}}"]), "apart"),
        (p("{{#每个乡镇}}") + p("{{#每季度}}") + p("x") + p("{{/每季度}}"), "within"),
        (p(text_box(p("{{#每个任务}}"), p("x"), p("{{/每个任务}}"))), "box"),
    ],
)
def test_a_mark_that_makes_no_part_is_named(body, code):
    found, [trouble, *_] = sections(docx(body))

    assert isinstance(trouble, Trouble) and trouble.code == code
    assert all(section.name == "每季度" for section in found)


# --- grids ------------------------------------------------------------------------------------------------------------------


def test_a_table_is_a_grid_with_merged_cells_in_their_places():
    wide = f"<w:tc><w:tcPr><w:gridSpan w:val='2'/></w:tcPr>{p('2026年')}</w:tc>"
    down = f"<w:tc><w:tcPr><w:vMerge w:val='restart'/></w:tcPr>{p('会议')}</w:tc>"
    on = f"<w:tc><w:tcPr><w:vMerge/></w:tcPr>{p()}</w:tc>"
    cell = "<w:tc>{}</w:tc>".format
    xml = (
        p("附件") + p("会议统计表") + p("单位：次")
        + f"<w:tbl><w:tr>{cell(p('类别'))}{cell(p('名称'))}{wide}</w:tr><w:tr>{down}{cell(p('常委会'))}{cell(p('x'))}{cell(p())}</w:tr>"
        f"<w:tr>{on}{cell(p('主席会'))}{cell(p() + p())}{cell(p())}</w:tr></w:tbl>"
    )  # fmt: skip

    [grid] = grids(docx(xml))

    assert grid.caption == "会议统计表\n单位：次"
    assert [[(c.text, c.column, c.width) for c in row] for row in grid.rows] == [
        [("类别", 0, 1), ("名称", 1, 1), ("2026年", 2, 2)],
        [("会议", 0, 1), ("常委会", 1, 1), ("x", 2, 1), ("", 3, 1)],
        [("会议", 0, 1), ("主席会", 1, 1), ("", 2, 1), ("", 3, 1)],
    ]
    assert grid.rows[2][0].place is None and not grid.rows[2][2].single
    assert texts(docx(xml))[grid.rows[1][2].place] == "x"
    assert grid.at(0, 3).text == "2026年" and grid.width == 4
