"""Spreadsheets: written for people, read from people, and rows pasted from one."""

import io
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from math import isfinite
from typing import Any

import xlsxwriter
from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetVisibleEnum

from xieshang.documents import old
from xieshang.documents.errors import DocumentError
from xieshang.documents.guard import check_kind, check_size, misnamed, suffix_of
from xieshang.documents.package import Package

FORMATS = (".xlsx", ".xls", ".et", ".ods")
OLD = (".xls", ".et")  # OLE or zip, whatever the name says
WANTED = ".xlsx"
MOST_ROWS, MOST_COLUMNS = 20_000, 200
LONGEST = 32_767  # characters in a cell, as many as Excel allows
EXACT = 2**53  # whole numbers above this lose digits in a spreadsheet
REASON = "原因"  # heading of what stands beside a refused row

_FONT = {"font_name": "宋体", "font_size": 11, "valign": "top", "text_wrap": True}
_HEAD = {**_FONT, "bold": True, "valign": "vcenter", "align": "center", "bg_color": "#EEF1F4", "border": 1}
_STYLES: Mapping[str, dict[str, Any]] = {
    "head": _HEAD,
    "text": _FONT,
    "quoted": {**_FONT, "quote_prefix": True},  # begins like a formula; Excel shall never take it for one
    "number": _FONT,
    "date": {**_FONT, "num_format": "yyyy-mm-dd", "align": "left"},
    "moment": {**_FONT, "num_format": "yyyy-mm-dd hh:mm", "align": "left"},
}


def write_xlsx(
    sheet_name: str,
    headings: Sequence[str],
    rows: Sequence[Sequence[object]],
    *,
    widths: Sequence[float] | None = None,
    notes: Mapping[str, str] | None = None,
) -> bytes:
    """A workbook of one sheet: headings in a frozen row, then the rows.

    rows    str, int, float, Decimal, bool (是, 否), date, datetime, None; anything else as its str()
    widths  of the columns in characters; None: by their contents
    notes   heading: a note on its cell, for the person who fills the sheet in
    raises  ValueError for more rows than a sheet holds
    """
    return _book([(sheet_name, headings, rows, widths, notes)])


def write_book(sheets: Sequence[tuple[str, Sequence[str], Sequence[Sequence[object]]]]) -> bytes:
    """A workbook of several sheets, each (name, headings, rows) as `write_xlsx` takes them."""
    return _book([(*sheet, None, None) for sheet in sheets])


def _book(
    sheets: Sequence[
        tuple[str, Sequence[str], Sequence[Sequence[object]], Sequence[float] | None, Mapping[str, str] | None]
    ],
) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_urls": False}) as book:
        styles = {name: book.add_format(style) for name, style in _STYLES.items()}
        for name, headings, rows, widths, notes in sheets:
            if len(rows) >= 1_048_576:
                raise ValueError(f"{len(rows)} rows do not fit into a sheet")
            sheet = book.add_worksheet(_sheet_name(name))
            for column, heading in enumerate(headings):
                sheet.write_string(0, column, heading, styles["head"])
                if notes and heading in notes:
                    sheet.write_comment(0, column, notes[heading], {"font_name": "宋体", "font_size": 10, "x_scale": 2})
            for number, row in enumerate(rows, 1):
                for column, value in enumerate(row):
                    _write_cell(sheet, number, column, value, styles)
            _arrange(sheet, headings, widths or _fitting(headings, rows))
    return out.getvalue()


def write_refused(
    sheet_name: str, headings: Sequence[str], rows: Iterable[tuple[Sequence[object], Sequence[str]]]
) -> bytes:
    """Rows as they came, (cells, reasons), with the reasons beside each; corrected, the sheet can be read again as it is."""
    told = [[*cells, "；".join(reasons)] for cells, reasons in rows]
    return write_xlsx(sheet_name, [*headings, REASON], told)


def _arrange(sheet: Any, headings: Sequence[str], widths: Sequence[float]) -> None:
    sheet.freeze_panes(1, 0)
    sheet.set_row(0, 24)
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width)
    if headings:
        sheet.repeat_rows(0)
    sheet.set_paper(9)  # A4
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)


def _sheet_name(name: str) -> str:
    """What Excel accepts: at most 31 characters, none of []:*?/\\, no ' at either end."""
    return re.sub(r"[\[\]:*?/\\]", " ", name)[:31].strip(" '") or "Sheet1"


def _write_cell(sheet: Any, row: int, column: int, value: object, styles: Mapping[str, Any]) -> None:
    match value:
        case None | "":
            sheet.write_blank(row, column, None, styles["text"])
        case bool():
            sheet.write_string(row, column, "是" if value else "否", styles["text"])
        case datetime():
            sheet.write_datetime(row, column, value.replace(tzinfo=None), styles["moment"])
        case date():
            sheet.write_datetime(row, column, value, styles["date"])
        case int() | float() | Decimal() if _is_exact(value):
            sheet.write_number(row, column, value, styles["number"])
        case _:
            text = str(value)[:LONGEST]
            sheet.write_string(row, column, text, styles["quoted" if text.startswith(("=", "+", "-", "@")) else "text"])


def _is_exact(number: int | float | Decimal) -> bool:
    """Whether a spreadsheet keeps all digits of it; what it would round is written as text."""
    return isfinite(number) and -EXACT <= number <= EXACT


def _fitting(headings: Sequence[str], rows: Sequence[Sequence[object]]) -> list[float]:
    """Widths of 8 to 50 characters by the longest line of the first 200 rows."""
    widths = [_width(heading) + 2 for heading in headings]
    for row in rows[:200]:
        for column, value in enumerate(row[: len(widths)]):
            lines = "" if value is None else str(value)
            widths[column] = max(widths[column], *(_width(each) + 2 for each in lines.split("\n")))
    return [float(min(50, max(8, width))) for width in widths]


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(char) in "WFA" else 1 for char in text)


def read_rows(data: bytes, name: str) -> list[list[object]]:
    """The first sheet that has anything in it, from its first row and column on; row 1 is [0] in the list.

    Cells are str (trimmed), int, float, bool, date, datetime, time, or None when empty; the rows are equally long,
    empty rows at the end are left away. Whole numbers are int whatever the program stored.
    raises  DocumentError: empty, too_large, unsupported, misnamed, encrypted, broken, zip_bomb, too_many_rows, no_text
    """
    for _title, rows in read_sheets(data, name):
        if rows:
            return rows
    raise DocumentError("no_text")


def read_sheets(data: bytes, name: str) -> list[tuple[str, list[list[object]]]]:
    """Every sheet with its name, as `read_rows` gives the first, without those that are hidden; an empty one has no rows. Raises the same."""
    check_size(data)
    _check(data, name)
    found = _sheets(data)
    for _title, rows in found:
        while rows and not any(cell is not None for cell in rows[-1]):
            rows.pop()
    return found


def _check(data: bytes, name: str) -> None:
    suffix = suffix_of(name)
    if suffix == ".ofd":
        raise DocumentError("ofd")
    if suffix not in FORMATS:
        raise DocumentError("unsupported", suffix=suffix or name, wanted=WANTED)
    kind = check_kind(data, name, expected=("zip", "doc") if suffix in OLD else ("zip",), wanted=WANTED)
    if kind == "zip":
        _check_zip(Package(data), name)
    elif really := old.kind(data):
        if really != "sheet":
            raise misnamed(name, {"doc": "old_doc"}.get(really, really), wanted=WANTED)
        _check_reach(*old.reach(data))
    else:
        raise DocumentError("broken")


_REFERENCE = re.compile(rb'\br="([A-Z]{1,3})(\d{1,7})"')


def _check_zip(package: Package, name: str) -> None:
    """Refuse what is no workbook, and one with a cell so far out that reading it would fill the memory."""
    if "word/document.xml" in package or not {"xl/workbook.xml", "xl/workbook.bin", "content.xml"} & set(package.names):
        raise misnamed(name, "docx" if "word/document.xml" in package else "zip", wanted=WANTED)
    for part in package.names:
        if part.startswith("xl/worksheets/") and part.endswith(".xml"):
            for letters, row in set(_REFERENCE.findall(package.part(part))):
                _check_reach(int(row), column(letters))


def column(letters: bytes) -> int:
    """The number of a column by its letters: A is 1, AB is 28."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _check_reach(rows: int, columns: int) -> None:
    if rows > MOST_ROWS or columns > MOST_COLUMNS:
        raise DocumentError("too_many_rows", rows=MOST_ROWS, columns=MOST_COLUMNS)


def _sheets(data: bytes) -> list[tuple[str, list[list[object]]]]:
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        seen = [n for n, sheet in enumerate(book.sheets_metadata) if sheet.visible == SheetVisibleEnum.Visible]
        sheets = [book.get_sheet_by_index(number) for number in seen or range(len(book.sheet_names))]
        for sheet in sheets:
            _check_reach(sheet.total_height, sheet.total_width)
        return [
            (sheet.name.strip(), [[_value(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)])
            for sheet in sheets
        ]
    except PasswordError as error:
        raise DocumentError("encrypted") from error
    except (CalamineError, ValueError, OSError) as error:
        raise DocumentError("broken") from error


def _value(cell: object) -> object:
    match cell:
        case str():
            return cell.strip() or None
        case float() if cell.is_integer() and abs(cell) <= EXACT:
            return int(cell)
        case datetime() if cell.time() == time():
            return cell.date()
        case _:
            return cell


_PLAIN = re.compile(r"[^\t\n]*")
_QUOTED = re.compile(r'"((?:[^"\t]|"")*)"(?=[\t\n]|\Z)')


def parse_pasted(text: str) -> list[list[str]]:
    """Rows pasted from a spreadsheet: cells parted by tabs, rows by line ends; all rows equally long.

    A cell of several lines comes in quotes, with inner quotes doubled; a cell that merely begins with a quote does
    not, and keeps it. Cells are trimmed; empty rows at the end are left away.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    rows: list[list[str]] = [[]]
    at = 0
    while at <= len(text):
        quoted = _QUOTED.match(text, at)
        if quoted and "\n" in quoted[1]:
            cell, at = quoted[1].replace('""', '"'), quoted.end()
        else:
            plain = _PLAIN.match(text, at)
            assert plain is not None  # it may be empty
            cell, at = plain[0], plain.end()
        rows[-1].append(cell.strip(" \u00a0\u3000"))
        if text[at : at + 1] == "\n":
            rows.append([])
        at += 1
    while rows and not any(rows[-1]):
        rows.pop()
    longest = max(map(len, rows), default=0)
    return [row + [""] * (longest - len(row)) for row in rows]
