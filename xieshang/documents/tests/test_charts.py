"""A chart of a paper: greys only, its numbers behind it, gaps where nothing is known."""

import io
import re
from decimal import Decimal

import pytest
from docx import Document
from lxml import etree
from python_calamine import CalamineWorkbook

from xieshang.documents.gongwen import Chart, Figure, Paragraph, Table, Title, write
from xieshang.documents.tests.making import unzipped

YEARS = [f"{year}年" for year in range(2022, 2027)]
VALUES = [Decimal(3), None, Decimal("7.5"), Decimal(8), Decimal(9)]
C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"


def parts(as_line: bool = False) -> dict[str, bytes]:
    return unzipped(write([Title("回顾"), Chart(YEARS, VALUES, "调研（次）", "图1　调研", as_line, hatched=(0,))]))


@pytest.mark.parametrize("as_line", [False, True])
def test_only_greys_are_used(as_line: bool) -> None:
    colours = set(re.findall(rb'srgbClr val="(\w{6})"', parts(as_line)["word/charts/chart1.xml"]))

    assert colours and all(colour[:2] == colour[2:4] == colour[4:] for colour in colours)


@pytest.mark.parametrize("as_line", [False, True])
def test_what_is_not_known_is_a_gap_and_labels_say_the_value_alone(as_line: bool) -> None:
    root = etree.fromstring(parts(as_line)["word/charts/chart1.xml"])
    points = [point.get("idx") for point in root.findall(f".//{C}val//{C}pt")]

    assert points == ["0", "2", "3", "4"]
    assert root.find(f".//{C}dispBlanksAs").get("val") == "gap"
    assert [root.find(f".//{C}dLbls/{C}{name}").get("val") for name in ("showVal", "showCatName", "showSerName")] == [
        "1",
        "0",
        "0",
    ]
    if as_line:
        assert root.find(f".//{C}ser/{C}smooth").get("val") == "0"


def test_the_numbers_stand_in_a_workbook_behind_the_chart() -> None:
    found = parts()
    book = CalamineWorkbook.from_filelike(io.BytesIO(found["word/embeddings/chart1.xlsx"]))

    assert book.get_sheet_by_index(0).to_python()[:3] == [["", "调研（次）"], ["2022年", 3.0], ["2023年", ""]]
    assert b"embeddings/chart1.xlsx" in found["word/charts/_rels/chart1.xml.rels"]
    assert b"<c:externalData" in found["word/charts/chart1.xml"]


def test_a_paper_with_charts_opens_and_is_the_same_each_time() -> None:
    made = [Title("回顾"), Chart(YEARS, VALUES, "调研（次）"), Chart(YEARS, VALUES, "立案率（%）", as_line=True)]
    data = write(made)

    assert data == write(made)
    assert len(Document(io.BytesIO(data)).inline_shapes) == 2


def test_a_figure_in_a_cell_keeps_its_comment_and_a_clean_copy_has_none() -> None:
    made = [Paragraph(["调研", Figure("3", "甲"), "次。"]), Table(("年度", "次"), [["2022年", Figure("3", "乙")]])]
    checked, clean = unzipped(write(made)), unzipped(write(made, comments=False))

    assert checked["word/comments.xml"].decode().count("<w:comment ") == 2
    assert "word/comments.xml" not in clean and b"commentReference" not in clean["word/document.xml"]
