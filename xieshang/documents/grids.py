"""The tables of a .docx as grids: which text stands in which row and column, merged cells told apart, with the caption above."""

from collections.abc import Iterator
from dataclasses import dataclass

from xieshang.documents.filling import located
from xieshang.documents.package import Element
from xieshang.documents.words import TBL, TC, TR, VAL, P, text_of, w

CAPTION = 4  # paragraphs above a table in which its caption is looked for
LEVELS = 3  # tables within tables within tables


@dataclass(frozen=True)
class Cell:
    """One cell.

    text         its paragraphs, one under the other
    place        the number of its first paragraph, as `filling.Place.index` counts; None where it has none of its own (goes on from above)
    single       it has one paragraph, so that a figure may stand in it
    row, column  where it begins, from 0; merged cells before it are counted
    width        over how many columns it goes
    """

    text: str
    place: int | None
    single: bool
    row: int
    column: int
    width: int

    @property
    def columns(self) -> range:
        return range(self.column, self.column + self.width)


@dataclass(frozen=True)
class Grid:
    """A table: its cells row by row, and the text right above it."""

    caption: str
    rows: tuple[tuple[Cell, ...], ...]

    def at(self, row: int, column: int) -> Cell | None:
        """The cell that covers this place."""
        return next((cell for cell in self.rows[row] if column in cell.columns), None)

    @property
    def width(self) -> int:
        return max((cell.columns.stop for row in self.rows for cell in row), default=0)


def grids(data: bytes) -> list[Grid]:
    """Every table of the body, in its order; one inside another stands after it. Raises DocumentError as `filling.find`."""
    root, places = located(data)
    return [_grid(table, places) for table in root.iter(TBL) if _depth(table) < LEVELS]


def _depth(table: Element) -> int:
    return sum(1 for _ in table.iterancestors(TBL))


def _grid(table: Element, places: dict[Element, int]) -> Grid:
    rows: list[tuple[Cell, ...]] = []
    for number, row in enumerate(_own(table, TR)):
        rows.append(tuple(_cells(row, number, places, rows[-1] if rows else ())))
    return Grid(_caption(table), tuple(rows))


def _own(element: Element, tag: str) -> Iterator[Element]:
    """The rows of a table or the cells of a row, also those inside content controls, but none of a table inside it."""
    for child in element:
        if child.tag == tag:
            yield child
        elif child.tag in (w("sdt"), w("sdtContent"), w("customXml"), w("ins")):
            yield from _own(child, tag)


def _cells(row: Element, number: int, places: dict[Element, int], above: tuple[Cell, ...]) -> Iterator[Cell]:
    column = _number(row.find(f"{w('trPr')}/{w('gridBefore')}"), 0)
    for cell in _own(row, TC):
        properties = cell.find(w("tcPr"))
        width = _number(None if properties is None else properties.find(w("gridSpan")), 1)
        merged = None if properties is None else properties.find(w("vMerge"))
        paragraphs = [p for p in cell.iter(P) if next(p.iterancestors(TC)) is cell]
        text = "\n".join(text for p in paragraphs if (text := text_of(p).strip()))
        if merged is not None and merged.get(VAL, "continue") == "continue":
            over = next((one for one in above if column in one.columns), None)
            yield Cell(over.text if over else "", None, False, number, column, width)
        else:
            place = places.get(paragraphs[0]) if paragraphs else None
            nested = next(cell.iter(TBL), None) is not None
            yield Cell(text, place, len(paragraphs) == 1 and not nested, number, column, width)
        column += width


def _number(element: Element | None, default: int) -> int:
    said = "" if element is None else element.get(VAL, "")
    return min(int(said), 1000) if said.isdecimal() and len(said) < 5 else default


def _caption(table: Element) -> str:
    """The nearest paragraph with text above it, and the unit line between: “各乡镇活动情况\\n单位：次”."""
    lines: list[str] = []
    for nth, before in enumerate(table.itersiblings(preceding=True)):
        if nth >= CAPTION or before.tag == TBL:
            break
        text = text_of(before).strip() if before.tag == P else ""
        if text:
            lines.insert(0, text)
            if not text.lstrip("（(").startswith("单位"):
                break
    return "\n".join(lines)
