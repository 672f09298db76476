"""Spreadsheets out and in, and rows pasted from one."""

import struct
from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from xieshang.documents import old
from xieshang.documents.errors import SENTENCES, DocumentError
from xieshang.documents.guard import ENCRYPTED, OLE
from xieshang.documents.sheets import parse_pasted, read_rows, write_refused, write_xlsx
from xieshang.documents.tests.making import FILES, docx, p, unzipped, zipped

OLD = (FILES / "sheet.xls").read_bytes()
ROWS = [
    ["走访群众", date(2026, 3, 5), 4, "=1+1"],
    ["提案\n座谈", datetime(2026, 3, 5, 14, 30), 2.5, "+86"],  # noqa: DTZ001 - a sheet knows no zones
    ["", None, Decimal("12.50"), "007"],
]


def code(data, name):
    with pytest.raises(DocumentError) as refusal:
        read_rows(data, name)
    return refusal.value.code


def sheet(data):
    return unzipped(data)["xl/worksheets/sheet1.xml"].decode()


def test_what_is_written_is_read_back():
    data = write_xlsx("活动", ["标题", "日期", "人数", "备注"], ROWS)

    assert read_rows(data, "活动.xlsx") == [
        ["标题", "日期", "人数", "备注"],
        ["走访群众", date(2026, 3, 5), 4, "=1+1"],
        ["提案\n座谈", datetime(2026, 3, 5, 14, 30), 2.5, "+86"],  # noqa: DTZ001
        [None, None, 12.5, "007"],
    ]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", '=HYPERLINK("http://x")', "{=1}"])
def test_a_text_that_looks_like_a_formula_is_never_one(text):
    data = write_xlsx("表", ["甲"], [[text]])

    assert "<f>" not in sheet(data)
    assert read_rows(data, "a.xlsx")[1] == [text]


def test_headings_stay_in_sight_and_explain_themselves():
    data = write_xlsx("表", ["标题", "日期"], [], notes={"日期": "如 2026-03-05"})

    assert 'state="frozen"' in sheet(data) and 'ySplit="1"' in sheet(data)
    assert "如 2026-03-05" in unzipped(data)["xl/comments1.xml"].decode()


def test_odd_names_and_values_are_written_as_well_as_can_be():
    data = write_xlsx(
        "2026/第1期[草稿]?" * 5, ["甲"], [[float("nan")], [10**20], [True], ["长" * 40000], [("元", "组")]]
    )

    rows = read_rows(data, "a.xlsx")
    assert rows[1:4] == [["nan"], ["1" + "0" * 20], ["是"]]
    assert len(rows[4][0]) == 32767
    name = etree.fromstring(unzipped(data)["xl/workbook.xml"]).find(".//{*}sheet").get("name")
    assert len(name) <= 31 and not set(name) & set("[]:*?/\\")


def test_what_cannot_be_read_says_why():
    sound = write_xlsx("表", ["甲"], [["乙"]])
    far = unzipped(sound)
    far["xl/worksheets/sheet1.xml"] = far["xl/worksheets/sheet1.xml"].replace(b'r="A2"', b'r="XFD1048576"')

    assert code(b"", "a.xlsx") == "empty"
    assert code(b"PK\x03\x04 rubbish", "a.xlsx") == "broken"
    assert code(sound[:-30], "a.xlsx") == "broken"
    assert code(OLE + b" " * 600 + ENCRYPTED, "a.xlsx") == "encrypted"
    assert code(docx(p("一")), "a.xlsx") == code(b"%PDF-1.7", "a.xlsx") == code(b"a,b", "a.xls") == "misnamed"
    assert code(b"a,b", "a.csv") == "unsupported"
    assert code(zipped(far), "a.xlsx") == "too_many_rows"
    assert code(write_xlsx("表", [], []), "a.xlsx") == "no_text"


def ods(rows):
    names = (
        'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
    )
    return zipped(
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "META-INF/manifest.xml": '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>',
            "content.xml": f"<office:document-content {names}><office:body><office:spreadsheet>"
            f'<table:table table:name="表">{rows}</table:table></office:spreadsheet></office:body></office:document-content>',
        }
    )


REFUSED = ("too_many_rows", "broken")  # by us, or by the library before us
CELL = '<table:table-cell office:value-type="string"{}><text:p>甲</text:p></table:table-cell>'


def test_an_ods_file_is_read_and_its_endless_empty_rows_are_not():
    rows = (
        f"<table:table-row>{CELL.format('')}</table:table-row>"
        '<table:table-row table:number-rows-repeated="1048000"><table:table-cell/></table:table-row>'
    )

    assert read_rows(ods(rows), "a.ods") == [["甲"]]


def test_an_ods_file_that_repeats_a_cell_a_billion_times_is_refused():
    wide = CELL.format(' table:number-columns-repeated="16000"')

    assert (
        code(ods(f'<table:table-row table:number-rows-repeated="60000">{wide}</table:table-row>'), "a.ods") in REFUSED
    )


@settings(deadline=None)
@given(
    st.binary(max_size=300), st.sampled_from(["a.xlsx", "a.xls", "a.ods"]), st.sampled_from([b"", OLE, b"PK\x03\x04"])
)
def test_rubbish_is_refused(data, name, magic):
    try:
        read_rows(magic + data, name)
    except DocumentError as refusal:
        assert refusal.code in SENTENCES


SOUND = write_xlsx("表", ["甲", "乙"], [["一", date(2026, 1, 5)]])


@settings(deadline=None)
@given(st.data())
def test_a_damaged_workbook_is_either_read_or_refused(data):
    parts = unzipped(SOUND)
    name = data.draw(st.sampled_from(sorted(parts)))
    at = data.draw(st.integers(0, len(parts[name])))
    junk = data.draw(st.one_of(st.binary(max_size=6), st.sampled_from([b"<c>", b'r="A0"', b"-1", b"99999999999"])))
    parts[name] = parts[name][:at] + junk + parts[name][at + data.draw(st.integers(0, 12)) :]
    try:
        read_rows(zipped(parts), "a.xlsx")
    except DocumentError as refusal:
        assert refusal.code in SENTENCES


@pytest.mark.parametrize(
    "pasted, rows",
    [
        ("甲\t乙\r\n1\t2\r\n", [["甲", "乙"], ["1", "2"]]),  # the plain case, as Excel puts it on the clipboard
        ('"第一行\n第二行"\t乙', [["第一行\n第二行", "乙"]]),  # a cell of two lines
        ('"他说""好""\n走了"\t乙\n丙', [['他说"好"\n走了', "乙"], ["丙", ""]]),  # quotes in it are doubled
        ('"三进"活动\t2', [['"三进"活动', "2"]]),  # a cell that begins with a quote and is not quoted
        ('"三进"\t2', [['"三进"', "2"]]),  # quotes that belong to the text
        ('5"\t2\n"半句\t3', [['5"', "2"], ['"半句', "3"]]),  # quotes that never close
        ("甲\t\t乙\n\n丙", [["甲", "", "乙"], ["", "", ""], ["丙", "", ""]]),  # empty cells and an empty row between
        (" 甲 \t\u3000乙\u00a0", [["甲", "乙"]]),  # spaces of all kinds
        ("", []),
        ("\n\t\n", []),
    ],
)
def test_pasted_rows_are_read_as_they_stood_in_the_sheet(pasted, rows):
    assert parse_pasted(pasted) == rows


@settings(deadline=None)
@given(st.lists(st.lists(st.text("甲乙12' ，", max_size=5), min_size=2, max_size=2), max_size=5))
def test_what_has_no_line_breaks_in_it_is_parted_by_tabs_alone(rows):
    text = "\n".join("\t".join(row) for row in rows)
    expected = [[cell.strip(" \u3000") for cell in row] for row in rows]
    while expected and not any(expected[-1]):
        expected.pop()

    assert parse_pasted(text) == expected


def test_reading_gives_plain_python_values():
    assert {type(cell) for row in read_rows(write_xlsx("表", ["甲"], ROWS), "a.xlsx") for cell in row} <= {
        str,
        int,
        float,
        date,
        datetime,
        type(None),
    }


def test_refused_rows_come_back_with_their_reasons_beside_them() -> None:
    data = write_refused(
        "活动", ["标题", "日期"], [(["视察", "明天"], ["日期：认不出", "标题：太短"]), (["走访", None], [])]
    )

    assert read_rows(data, "a.xlsx") == [
        ["标题", "日期", "原因"],
        ["视察", "明天", "日期：认不出；标题：太短"],
        ["走访", None, None],
    ]


def test_an_old_workbook_is_read_under_either_name():
    """sheet.xls was made by xlwt; WPS saves the same format under .et."""
    rows = [
        ["标题", "日期", "人数", "备注"],
        ["走访群众", date(2026, 3, 5), 4, "=1+1"],
        ["提案座谈", date(2026, 3, 6), 2.5, "007"],
    ]
    assert read_rows(OLD, "a.xls") == read_rows(OLD, "a.ET") == rows
    assert read_rows(write_xlsx("表", ["甲"], [["一"]]), "a.et") == [["甲"], ["一"]]


def test_an_old_workbook_with_a_cell_far_out_is_refused_before_it_fills_the_memory():
    far = OLD.replace(struct.pack("<HHHH", 0x00FD, 10, 2, 0), struct.pack("<HHHH", 0x00FD, 10, 65535, 0))
    assert far != OLD and old.reach(far)[0] == 65536
    assert code(far, "a.xls") == "too_many_rows"


def test_what_is_no_old_workbook_says_what_it_is():
    word = (FILES / "plan.doc").read_bytes()
    with pytest.raises(DocumentError, match="内容却是旧版 Word 或 WPS 文字"):
        read_rows(word, "a.xls")
    assert code(OLE + b"x" * 600, "a.et") == "broken"
    assert code(b"PK", "a.ofd") == "ofd"


@settings(deadline=None, max_examples=60)
@given(st.integers(0, 1 << 16), st.binary(min_size=1, max_size=8))
def test_a_damaged_old_workbook_is_read_or_refused(at, junk):
    at %= len(OLD)
    try:
        read_rows(OLD[:at] + junk + OLD[at + len(junk) :], "a.xls")
    except DocumentError as refusal:
        assert refusal.code in SENTENCES
