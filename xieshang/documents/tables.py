"""Lines and tables of an official paper, as WordprocessingML."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape
from unicodedata import east_asian_width

from xieshang.documents import paper
from xieshang.documents.comments import printable

SHORT = 8  # characters; a column whose cells are all this short is centred


@dataclass(frozen=True)
class Figure:
    """A number in a paragraph or a cell. `marked`: a blank still open, yellow; bold in a copy without comments."""

    text: str
    comment: str | None = None
    marked: bool = False


Cell = str | Figure
Printed = Callable[[paper.Look, Figure], str]


@dataclass(frozen=True)
class Table:
    """A table over the width of the type area; its headings repeat on each page.

    widths   in any unit, only their proportions count; None: all alike
    merged   columns in which equal cells one under the other become one
    caption  a line above it
    keep     it stays on one page with what follows
    tall     the least height of a row in twips, for what is written in by hand
    """

    headings: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    widths: Sequence[float] | None = None
    merged: Sequence[int] = ()
    caption: str = ""
    tall: int = 0
    keep: bool = False


def words(cell: Cell) -> str:
    """What is printed in a cell."""
    return cell.text if isinstance(cell, Figure) else cell


def characters(text: str) -> float:
    """The width of a text in whole characters; a digit is half of one."""
    return sum(1.0 if east_asian_width(char) in "WFA" else 0.5 for char in text)


def line(look: paper.Look, text: str, more: str = "", left: float = 0) -> str:
    """One paragraph; `more` goes first into its settings, `left` is a left indent in characters."""
    return f"<w:p>{look.paragraph(more, left)}{run(look, text) if text else ''}</w:p>"


def run(look: paper.Look, text: str, more: str = "", *, bold: bool = False) -> str:
    """One run of text; newlines become line breaks."""
    lines = escape(printable(text), quote=False).replace("\t", " ").split("\n")
    inner = "<w:br/>".join(f'<w:t xml:space="preserve">{each}</w:t>' for each in lines)
    return f"<w:r>{look.run(more, bold)}{inner}</w:r>"


EMPTY = line(paper.BODY, "")


def _plain(look: paper.Look, figure: Figure) -> str:
    return run(look, figure.text)


def table_xml(table: Table, width: int, printed: Printed = _plain) -> str:
    """The caption and the w:tbl, `width` twips wide.

    printed  how a figure in a cell is written, with its comment
    raises  ValueError when a row is longer than the headings, or the widths are not as many as they
    """
    widths = _widths(table, width)
    looks = _looks(table)
    columns = "".join(f'<w:gridCol w:w="{column}"/>' for column in widths)
    heads = [paper.CELL_HEAD] * len(widths)
    keep = "<w:keepNext/>" if table.keep else ""
    head = _row(table.headings, widths, heads, {}, _plain, keep, traits="<w:cantSplit/><w:tblHeader/>")
    high = f'<w:trHeight w:val="{table.tall}" w:hRule="atLeast"/>' if table.tall else ""
    rows = [
        _row(row, widths, looks, _merging(table, number), printed, keep, traits=f"<w:cantSplit/>{high}")
        for number, row in enumerate(table.rows)
    ]
    caption = line(paper.CAPTION, table.caption, more="<w:keepNext/>") if table.caption else ""
    return f"{caption}<w:tbl>{settings(width)}<w:tblGrid>{columns}</w:tblGrid>{head}{''.join(rows)}</w:tbl>"


def _widths(table: Table, width: int) -> list[int]:
    shares = list(table.widths or [1.0] * len(table.headings))
    if len(shares) != len(table.headings) or any(len(row) > len(shares) for row in table.rows):
        raise ValueError("a table row or its widths do not match its headings")
    return [int(width * share / sum(shares)) for share in shares]


def _looks(table: Table) -> list[paper.Look]:
    """Short columns (numbers, dates, names) stand in the middle, sentences on the left."""
    columns = [[words(row[n]) for row in table.rows if n < len(row)] for n in range(len(table.headings))]
    return [
        paper.CELL_MIDDLE if all(characters(cell) <= SHORT for cell in column) else paper.CELL for column in columns
    ]


def _merging(table: Table, number: int) -> dict[int, str]:
    """For each merged column of row `number`: whether its cell begins a run of equal cells or goes on with one."""
    merging = {}
    for column in table.merged:
        above = number > 0 and _same(table.rows[number - 1], table.rows[number], column)
        below = number + 1 < len(table.rows) and _same(table.rows[number], table.rows[number + 1], column)
        if above or below:
            merging[column] = "continue" if above else "restart"
    return merging


def _same(one: Sequence[Cell], other: Sequence[Cell], column: int) -> bool:
    return column < min(len(one), len(other)) and bool(one[column]) and one[column] == other[column]


def _row(
    cells: Sequence[Cell], widths: list[int], looks: list[paper.Look], merging: dict[int, str], printed: Printed, keep: str, *, traits: str
) -> str:  # fmt: skip
    padded = [*cells, *[""] * (len(widths) - len(cells))]
    inner = "".join(
        _cell(cell, width, look, merging.get(column, ""), printed, keep)
        for column, (cell, width, look) in enumerate(zip(padded, widths, looks, strict=True))
    )
    return f"<w:tr><w:trPr>{traits}</w:trPr>{inner}</w:tr>"


def _cell(cell: Cell, width: int, look: paper.Look, merge: str, printed: Printed, keep: str) -> str:
    merged = f'<w:vMerge w:val="{merge}"/>' if merge else ""
    if isinstance(cell, Figure) and merge != "continue":
        inner = f"<w:p>{look.paragraph(keep)}{printed(look, cell)}</w:p>"
    else:
        lines = [""] if merge == "continue" else words(cell).split("\n")
        inner = "".join(line(look, each, keep) for each in lines)
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{merged}<w:vAlign w:val="center"/></w:tcPr>{inner}</w:tc>'


def settings(width: int) -> str:
    """The w:tblPr of a ruled table, `width` twips wide."""
    sides = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    return (
        f'<w:tblPr><w:tblW w:w="{width}" w:type="dxa"/><w:jc w:val="center"/><w:tblBorders>{sides}</w:tblBorders>'
        '<w:tblLayout w:type="fixed"/><w:tblCellMar><w:top w:w="40" w:type="dxa"/><w:left w:w="85" w:type="dxa"/>'
        '<w:bottom w:w="40" w:type="dxa"/><w:right w:w="85" w:type="dxa"/></w:tblCellMar></w:tblPr>'
    )
