"""任务分解表: who does which task of a plan by when, as a lying A4 .docx and as .xlsx."""

from collections.abc import Sequence
from datetime import datetime
from math import sqrt

from xieshang.documents import paper, sheets
from xieshang.documents.skeleton import whole
from xieshang.documents.tables import SHORT, Table, characters, line, table_xml

# The columns of a printed table from a county (序号 … 完成时限), for callers who have no others.
COLUMNS = ("序号", "任务类别", "主要任务", "牵头领导", "牵头委室", "协作委室及部门", "责任人", "完成时限")
SIDES = 2 * 85 + 20  # twips beside the text of a cell
AIR = 0.75  # characters; some programs put a little air between digits and 汉字


def breakdown_docx(
    title: str,
    headings: Sequence[str],
    rows: Sequence[Sequence[str]],
    *,
    widths: Sequence[float] | None = None,
    merged: Sequence[int] = (),
    note: str = "",
    at: datetime | None = None,
) -> bytes:
    """The table as .docx; its headings repeat on each page, and a row is not torn over two.

    widths  proportions of the columns; None takes them from the contents
    merged  columns in which equal cells one under the other become one (任务类别); the next page does not repeat
            what stands in such a cell, so a table of several pages is better without
    note    a line between title and table, on the right (单位, as of which day)
    raises  ValueError when a row is longer than the headings
    """
    shares = widths or _widths(headings, rows)
    body = line(paper.TITLE, title) + line(paper.NOTE, note)
    body += table_xml(Table(headings, rows, shares, merged), paper.LYING.core) + line(paper.LAST, "")
    return whole(body, paper.LYING, title=title, category="任务分解表", at=at)


def breakdown_xlsx(
    title: str,
    headings: Sequence[str],
    rows: Sequence[Sequence[object]],
    *,
    widths: Sequence[float] | None = None,
) -> bytes:
    """The same table as a sheet named after `title`; `widths` in characters. Raises ValueError as `write_xlsx`."""
    return sheets.write_xlsx(title, headings, rows, widths=widths)


def _widths(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> list[float]:
    """Twips: a column of short cells (names, dates) is as wide as its longest; long texts share what is left."""
    lengths = [[characters(row[n]) for row in rows if n < len(row)] for n in range(len(headings))]
    needed = [
        (max([*found, _least(heading)]) + AIR) * paper.CELL.character + SIDES
        for heading, found in zip(headings, lengths, strict=True)
    ]
    short = [max(found, default=0) <= SHORT for found in lengths]
    left = paper.LYING.core - sum(width for width, is_short in zip(needed, short, strict=True) if is_short)
    if all(short) or left < paper.LYING.core / 3:
        return [float(width) for width in needed]
    weights = [0.0 if s else sqrt(sum(f) / len(f)) for s, f in zip(short, lengths, strict=True)]
    return [w * left / sum(weights) if w else float(n) for w, n in zip(weights, needed, strict=True)]


def _least(heading: str) -> float:
    """The width a heading wants: short ones whole, long ones on two lines."""
    wide = characters(heading)
    return wide if wide <= 4 else wide / 2
