"""The paper is measured: in the XML against GB/T 9704-2012, and on the printed page."""

import io
import re
import shutil
import subprocess
from collections import Counter
from datetime import UTC, date, datetime

import pytest
from docx import Document
from lxml import etree

from xieshang.documents import paper
from xieshang.documents.breakdown import COLUMNS, breakdown_docx, breakdown_xlsx
from xieshang.documents.errors import DocumentError
from xieshang.documents.gongwen import (
    Addressee,
    Attachments,
    Byline,
    Figure,
    Heading,
    Paragraph,
    Signature,
    Table,
    Title,
    write,
)
from xieshang.documents.pdf import office, to_pdf
from xieshang.documents.reading import read_document
from xieshang.documents.sheets import read_rows
from xieshang.documents.tests.making import unzipped
from xieshang.documents.words import w

MM = 1440 / 25.4  # twips
TEXT = "县政协常委会坚持围绕中心服务大局认真履行政治协商民主监督参政议政职能各项工作取得新的进展"
PARTS = [
    Title("政协云溪县委员会\n关于2025年度工作情况的报告"),
    Addressee("县委"),
    Heading(1, "主要工作"),
    Heading(2, "提案工作"),
    Paragraph(
        ["征集提案", Figure("120", "提交提案 · 2025年 · 120 条"), "件，简讯", Figure("x", "猜测", marked=True), "期。"]
    ),
    Heading(3, "重点提案"),
    Heading(3, "督办"),
    Heading(4, "现场督办"),
    Heading(1, "下一步打算"),
    Table(["序号", "类别"], [["1", "经济"], ["2", "经济"]], merged=(1,), caption="分类"),
    Attachments(["统计表。", "一览表"]),
    Signature("政协云溪县委员会办公室", date(2026, 1, 5)),
]


def part(data, name="document"):
    return etree.fromstring(unzipped(data)[f"word/{name}.xml"])


def text(data):
    return read_document(data, "a.docx").text.split("\n")


def paragraph(data, beginning):
    return next(p for p in part(data).iter(w("p")) if "".join(p.itertext()).startswith(beginning))


def measure(element):
    """Font, size, line, first indent and alignment that stand on a paragraph and its first run."""
    settings, formatting = element.find(w("pPr")), element.find(f"{w('r')}/{w('rPr')}")
    spacing, indent = settings.find(w("spacing")), settings.find(w("ind"))
    return (
        formatting.find(w("rFonts")).get(w("eastAsia")),
        int(formatting.find(w("sz")).get(w("val"))) / 2,
        (spacing.get(w("line")), spacing.get(w("lineRule"))),
        int(indent.get(w("firstLineChars"))) / 100,
        settings.find(w("jc")).get(w("val")),
    )


def test_the_page_is_a4_with_the_margins_and_the_grid_of_the_standard():
    section = part(write(PARTS)).find(f".//{w('sectPr')}")
    size, margin, grid = (section.find(w(name)) for name in ("pgSz", "pgMar", "docGrid"))

    assert [round(int(size.get(w(side))) / MM) for side in "wh"] == [210, 297]
    assert [round(int(margin.get(w(side))) / MM) for side in ("top", "left", "bottom", "right")] == [37, 28, 35, 26]
    half_a_line = int(part(write(PARTS), "footer1").find(f".//{w('spacing')}").get(w("line"))) / 2
    assert round((int(margin.get(w("bottom"))) - int(margin.get(w("footer"))) - half_a_line) / MM, 1) == 7.0
    assert (grid.get(w("type")), grid.get(w("linePitch"))) == ("lines", "579")


def test_every_kind_of_paragraph_has_its_font_size_line_and_indent():
    data = write(PARTS)
    line = ("579", "exact")

    assert [measure(paragraph(data, begin)) for begin in ("政协", "县委", "一、", "（一）", "征集", "1.", "（1）")] == [
        ("方正小标宋简体", 22, line, 0, "center"),
        ("仿宋_GB2312", 16, line, 0, "both"),
        ("黑体", 16, line, 2, "both"),
        ("楷体_GB2312", 16, line, 2, "both"),
        ("仿宋_GB2312", 16, line, 2, "both"),
        ("仿宋_GB2312", 16, line, 2, "both"),
        ("仿宋_GB2312", 16, line, 2, "both"),
    ]


def test_headings_are_numbered_level_by_level_and_kept_with_their_text():
    assert [each for each in text(write(PARTS)) if each][2:-4] == [
        "县委：",
        "一、主要工作",
        "（一）提案工作",
        "征集提案120件，简讯x期。",
        "1.重点提案",
        "2.督办",
        "（1）现场督办",
        "二、下一步打算",
        "分类",
        "序号\t类别",
        "1\t经济",
        "2\t",
    ]
    assert paragraph(write(PARTS), "一、").find(f"{w('pPr')}/{w('keepNext')}") is not None
    assert text(write([Heading(1, "三、已有编号", numbered=False)])) == ["三、已有编号"]


def test_a_heading_of_level_five_is_refused():
    with pytest.raises(ValueError, match="level 5"):
        write([Heading(5, "过深")])


def test_page_numbers_stand_outside_one_character_in_with_dashes():
    data = write(PARTS)

    for name, side in (("footer1", "right"), ("footer2", "left")):
        footer = part(data, name)
        assert "".join(footer.itertext()) == "—  PAGE 1 —"
        assert footer.find(f".//{w('jc')}").get(w("val")) == side
        assert footer.find(f".//{w('ind')}").get(w(f"{side}Chars")) == "100"
        assert {(r.get(w("eastAsia")), r.get(w("ascii"))) for r in footer.iter(w("rFonts"))} == {("宋体", "宋体")}
        assert {s.get(w("val")) for s in footer.iter(w("sz"))} == {"28"}
    assert part(data, "settings").find(w("evenAndOddHeaders")) is not None


def left(data, beginning):
    return int(paragraph(data, beginning).find(f"{w('pPr')}/{w('ind')}").get(w("leftChars"))) / 100


@pytest.mark.parametrize(
    "name, day, starts",
    [
        (
            "政协云溪县委员会办公室",
            date(2026, 1, 5),
            (15, 17),
        ),  # 11 characters, two in from the right; date two further
        ("李敏", date(2026, 11, 25), (17, 19)),  # the date is longer: it stands two in, and pushes the name left
        ("李敏", "二〇二六年", (19, 21)),
    ],
)
def test_the_signature_without_seal_stands_where_the_standard_says(name, day, starts):
    data = write([Paragraph("正文。"), Signature(name, day)])
    written = day if isinstance(day, str) else f"{day.year}年{day.month}月{day.day}日"

    assert (left(data, name), left(data, written)) == starts


def test_attachments_are_listed_without_marks_at_the_end():
    assert text(write([Attachments(["统计表。", "一览表"])])) == ["", "附件：1. 统计表", "　　　2. 一览表"]
    assert text(write([Attachments(["统计表"])])) == ["", "附件：统计表"]


def test_figures_carry_word_comments_that_other_programs_see():
    data = write(PARTS, at=datetime(2026, 1, 5, 9, 0, tzinfo=UTC))

    assert [(c.author, c.text) for c in Document(io.BytesIO(data)).comments] == [
        ("协商", "提交提案 · 2025年 · 120 条"),
        ("协商", "猜测"),
    ]
    assert etree.tostring(part(data)).count(b"commentReference") == 2
    assert etree.tostring(part(data)).count(b'w:val="yellow"') == 1


def test_a_clean_copy_has_no_comments_and_an_open_blank_is_bold():
    data = write(PARTS, comments=False)

    assert "word/comments.xml" not in unzipped(data)
    assert b"comment" not in etree.tostring(part(data)) and b"highlight" not in etree.tostring(part(data))
    assert [p.getparent().getparent().find(w("t")).text for p in part(data).iter(w("b"))] == ["x"]


def test_the_same_paper_is_the_same_file():
    assert write(PARTS) == write(PARTS)


def test_signs_that_xml_cannot_hold_are_left_out_and_markup_is_text():
    assert text(write([Paragraph("<w:b/> & \x00\x0b“引”")])) == ["<w:b/> & “引”"]


def test_properties_stand_in_the_order_of_the_schema():
    """Word refuses a file in which they do not; LibreOffice does not mind, so only this test would tell."""
    paragraph_order = (
        "pStyle keepNext widowControl overflowPunct autoSpaceDE autoSpaceDN snapToGrid spacing ind jc outlineLvl"
    )
    run_order = "rFonts b color spacing kern sz szCs highlight lang"
    data = write(PARTS)
    for name in ("document", "styles", "footer1"):
        for tag, order in (("pPr", paragraph_order.split()), ("rPr", run_order.split())):
            for element in part(data, name).iter(w(tag)):
                ranks = [order.index(etree.QName(child).localname) for child in element]
                assert ranks == sorted(ranks)


def test_every_style_that_is_used_is_there():
    for data in (write(PARTS), breakdown_docx("表", ["甲"], [["乙"]])):
        there = {style.get(w("styleId")) for style in part(data, "styles").iter(w("style"))}
        assert {style.get(w("val")) for style in part(data).iter(w("pStyle"))} <= there


def test_the_breakdown_is_a_lying_table_whose_headings_repeat():
    rows = [["1", "会议", "召开全体会议", "李敏", "办公室", "", "王建国", "6月底前"]]
    root = part(breakdown_docx("任务分解表", COLUMNS, rows, note="截至3月底"))

    assert root.find(f".//{w('pgSz')}").attrib == {w("w"): "16838", w("h"): "11906", w("orient"): "landscape"}
    assert len(list(root.iter(w("tblHeader")))) == 1
    assert sum(int(col.get(w("w"))) for col in root.iter(w("gridCol"))) <= paper.LYING.core
    assert text(breakdown_docx("任务分解表", COLUMNS, rows))[2:4] == ["\t".join(COLUMNS), "\t".join(rows[0])]
    assert read_rows(breakdown_xlsx("任务分解表", COLUMNS, rows), "a.xlsx")[1][2] == "召开全体会议"


def test_a_row_longer_than_the_headings_is_a_mistake_of_the_caller():
    with pytest.raises(ValueError, match="row"):
        breakdown_docx("表", ["甲"], [["乙", "丙"]])


@pytest.fixture
def libreoffice():
    if office() is None or shutil.which("pdftotext") is None:
        pytest.skip(
            "LibreOffice and pdftotext are not installed: apt-get install libreoffice-writer-nogui poppler-utils"
        )


@pytest.mark.office
def test_on_paper_a_full_page_has_22_lines_of_28_characters(libreoffice, tmp_path):
    pdf = tmp_path / "a.pdf"
    pdf.write_bytes(to_pdf(write([Byline("题注"), *[Paragraph(TEXT * 20)] * 3])))

    pages = _pages(pdf)

    for lines in pages[1:3]:
        assert len(lines) == 23 and re.fullmatch("—.*—", lines[-1])  # and the page number
        assert Counter(len(line) for line in lines[:-1]).most_common(1)[0][0] == 28
        assert max(len(line) for line in lines) == 28


def _pages(pdf):
    printed = subprocess.run(["pdftotext", "-layout", pdf, "-"], capture_output=True, check=True, text=True).stdout
    return [[line.strip() for line in page.split("\n") if line.strip()] for page in printed.split("\f")]


@pytest.mark.office
def test_on_paper_no_mark_is_lost_at_the_end_of_a_line(libreoffice, tmp_path):
    """A mark that would be the 29th of its line: it hangs or takes its character along, and is never dropped."""
    pdf, sentence = tmp_path / "a.pdf", TEXT[:26] + "，" + TEXT[:20] + "。"
    pdf.write_bytes(to_pdf(write([Paragraph(sentence)])))

    assert "".join(line for line in _pages(pdf)[0][:-1]) == sentence


def test_without_libreoffice_the_sentence_says_what_to_do(monkeypatch):
    monkeypatch.setattr("shutil.which", lambda _program: None)

    with pytest.raises(DocumentError) as refusal:
        to_pdf(b"x")

    assert refusal.value.code == "no_office"


@pytest.mark.office
def test_what_libreoffice_cannot_convert_is_refused(libreoffice):
    with pytest.raises(DocumentError) as refusal:
        to_pdf(b"PK\x03\x04 rubbish")

    assert refusal.value.code == "office_failed"


def test_a_paper_without_parts_is_an_empty_page():
    assert Document(io.BytesIO(write([]))).paragraphs == []
