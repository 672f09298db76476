"""A workbook as text: what stands above a table in lines of its own, each row with tabs between its cells.

A sheet stores 85% as 0.85 and says beside it how it is shown; the reader sees 85%.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time

from xieshang.documents import sheets
from xieshang.documents.errors import DocumentError
from xieshang.documents.guard import ZIP
from xieshang.documents.package import Package, parse

_USUAL_NAME = re.compile(r"(?:Sheet|工作表|表)\s*\d*", re.IGNORECASE)
_PERCENT = (9, 10)  # Excel's own formats 0% and 0.00%
_PLACE = re.compile(r"([A-Z]{1,3})(\d{1,7})")
_MAIN = "{*}"


def sheet_text(data: bytes, name: str) -> str:
    """All sheets with something in them, one after the other; of several, one without a title of its own is under its name.

    raises  what `sheets.read_rows` raises
    """
    found = [(title, rows) for title, rows in sheets.read_sheets(data, name) if rows]
    if not found:
        raise DocumentError("no_text")
    percents = _percents(data)
    parts = []
    for title, rows in found:
        lines = list(_lines(_told(rows, percents.get(title, frozenset()))))
        named = len(found) > 1 and "\t" in lines[0] and not _USUAL_NAME.fullmatch(title)
        parts.append("\n".join([title, *lines] if named else lines))
    return "\n\n".join(parts)


def _lines(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """One line for a row; a row with words in its first cell only is a title or a remark, and stands alone."""
    for row in rows:
        if row and row[0] and not any(row[1:]):
            yield row[0]
        elif any(row):
            yield "\t".join(row)


def _told(rows: Sequence[Sequence[object]], percents: frozenset[tuple[int, int]]) -> list[list[str]]:
    return [[said(cell, (r, c) in percents) for c, cell in enumerate(row)] for r, row in enumerate(rows)]


def said(cell: object, percent: bool = False) -> str:
    """A cell's value as it is read, on one line."""
    match cell:
        case None:
            return ""
        case bool():
            return "是" if cell else "否"
        case int() | float() if percent:
            return f"{cell * 100:.10g}%"
        case float():
            return f"{cell:.15g}"
        case datetime():
            return f"{cell.year}年{cell.month}月{cell.day}日 {cell:%H:%M}"
        case date():
            return f"{cell.year}年{cell.month}月{cell.day}日"
        case time():
            return f"{cell:%H:%M}"
        case _:
            return " ".join(str(cell).split())


def _percents(data: bytes) -> dict[str, frozenset[tuple[int, int]]]:
    """Sheet name → the cells (row, column, from 0) that are shown in per cent; only .xlsx says it in a way that we read."""
    if not data.startswith(ZIP):
        return {}
    package = Package(data)
    book = next(iter(package.related("", "officeDocument")), "")
    styles = next(iter(package.related(book, "styles")), "")
    if book not in package or styles not in package:
        return {}
    shown = _percent_styles(package.part(styles))
    parts = dict(package.relations(book))
    found = {}
    for sheet in package.tree(book).iter(f"{_MAIN}sheet"):
        target = next((parts[value] for key, value in sheet.items() if key.endswith("}id") and value in parts), "")
        if shown and target in package:
            found[sheet.get("name", "").strip()] = frozenset(_cells(package.part(target), shown))
    return found


def _percent_styles(styles: bytes) -> frozenset[str]:
    root = parse(styles)
    own = {
        f.get("numFmtId") for f in root.iter(f"{_MAIN}numFmt") if "%" in re.sub(r'"[^"]*"', "", f.get("formatCode", ""))
    }
    own |= {str(number) for number in _PERCENT}
    formats = root.find(f"{_MAIN}cellXfs")
    return frozenset(str(n) for n, f in enumerate(formats if formats is not None else ()) if f.get("numFmtId") in own)


def _cells(sheet: bytes, shown: frozenset[str]) -> Iterator[tuple[int, int]]:
    for cell in parse(sheet).iter(f"{_MAIN}c"):
        if cell.get("s") in shown and (place := _PLACE.fullmatch(cell.get("r", ""))):
            yield int(place[2]) - 1, sheets.column(place[1].encode()) - 1
