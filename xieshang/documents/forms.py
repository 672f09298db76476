"""What is filled in or read down: a form whose cells may be merged (提案), and names in columns (名单)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from xieshang.documents import paper
from xieshang.documents.tables import line, run, settings


@dataclass(frozen=True)
class Cell:
    """One cell over so many columns; a label stands in the middle in 黑体."""

    text: str
    span: int = 1
    label: bool = False
    middle: bool = False


@dataclass(frozen=True)
class Form:
    """Rows of cells over columns of these proportions; `heights` are least heights in millimetres, 0 for a line."""

    widths: Sequence[float]
    rows: Sequence[Sequence[Cell]]
    heights: Sequence[float] = ()


@dataclass(frozen=True)
class Names:
    """名单: names in columns, two-character names spread to three, in the order they are given."""

    names: Sequence[str]
    columns: int = 6


def form_xml(form: Form, width: int) -> str:
    """The w:tbl, `width` twips wide. Raises ValueError where the cells of a row are not as wide as the form."""
    widths = [int(width * share / sum(form.widths)) for share in form.widths]
    heights = [*form.heights, *[0.0] * len(form.rows)]
    rows = "".join(_row(row, widths, high) for row, high in zip(form.rows, heights, strict=False))
    columns = "".join(f'<w:gridCol w:w="{column}"/>' for column in widths)
    return f"<w:tbl>{settings(width)}<w:tblGrid>{columns}</w:tblGrid>{rows}</w:tbl>"


def _row(cells: Sequence[Cell], widths: Sequence[int], high: float) -> str:
    if sum(cell.span for cell in cells) != len(widths):
        raise ValueError("the cells of a row are not as wide as the form")
    inner, column = "", 0
    for cell in cells:
        inner += _cell(cell, sum(widths[column : column + cell.span]))
        column += cell.span
    tall = f'<w:trHeight w:val="{round(high * 1440 / 25.4)}" w:hRule="atLeast"/>' if high else ""
    return f"<w:tr><w:trPr><w:cantSplit/>{tall}</w:trPr>{inner}</w:tr>"


def _cell(cell: Cell, width: int) -> str:
    look = paper.CELL_HEAD if cell.label else paper.CELL_MIDDLE if cell.middle else paper.CELL
    merged = f'<w:gridSpan w:val="{cell.span}"/>' if cell.span > 1 else ""
    lines = "".join(line(look, each) for each in cell.text.split("\n"))
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{merged}<w:vAlign w:val="center"/></w:tcPr>{lines}</w:tc>'


def names_xml(part: Names) -> str:
    """Lines of names, each name at its stop; a name longer than a column takes the next stop."""
    stops = "".join(f'<w:tab w:val="left" w:pos="{at}"/>' for at in _stops(part.columns))
    look = replace(paper.BODY, indent=0, align="left")
    tabs = f"<w:tabs>{stops}</w:tabs>"
    lines, row, filled = [], "", 0
    for name in part.names:
        shown = spread(name)
        needs = -(-(len(shown) + 1) * part.columns // paper.CHARACTERS)
        if filled and filled + needs > part.columns:
            lines.append(row)
            row, filled = "", 0
        row += ("\t" if row else "") + shown
        filled += needs
    return "".join(_stopped(look, tabs, each) for each in [*lines, row])


def spread(name: str) -> str:
    """A name of two characters is set as wide as one of three."""
    return f"{name[0]}　{name[1]}" if len(name) == 2 else name


@cache
def _stops(columns: int) -> tuple[int, ...]:
    return tuple(round(paper.UPRIGHT.core * n / columns) for n in range(1, columns))


def _stopped(look: paper.Look, tabs: str, row: str) -> str:
    pieces = "<w:r><w:tab/></w:r>".join(run(look, each) for each in row.split("\t"))
    return f"<w:p>{look.paragraph(tabs=tabs)}{pieces}</w:p>"
