"""Tables of tasks in a text: where they stand, and what each row says in which column.

A row is a line with tabs between its cells, or with blanks below headings that are parted by blanks. A cell in quotation marks may run over lines.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from xieshang.text.headings import LONGEST, MAIN, Heading, heading, of_tasks, settled
from xieshang.text.lines import LEANS, LINE, Paragraph, Squeezed
from xieshang.text.markers import marker_of

Span = tuple[int, int]

CELL = re.compile(r"[^\t\n\r\v\f\x1c-\x1e\x85\u2028\u2029]*")
QUOTED = re.compile(r'"((?:[^"\t]|""){0,1000})"(?=[\t\n\r]|\Z)')
WORD = re.compile(r"\S+")
FEWEST_WORDS = 3  # of a line of headings that are parted by blanks
MOST_COLUMNS = 63
MOST_GROUPS = 3  # names of groups one under the other
SAME = re.compile(r"同上|同前|[〃″]")
NOTHING = re.compile(r"[-－—–/／\\]{1,4}|无")
SILENT = re.compile(r"(?:合计|总计|小计|共计|说明|注|备注|填表\S{0,6}|制表\S{0,6}|审核\S{0,6})[：:]?")
NUMBERED = re.compile(r"[（(]?(?:\d{1,4}|[一二三四五六七八九十]{1,3})[）)]?[、.．]?")
POINT = re.compile(
    r"(?<=[。；;])(?=(?:\d{1,2}[、．.](?!\d)|[（(][\d一二三四五六七八九十]{1,3}[）)]|[①-⑳⑴-⒇]))|(?<=[。；;])\s+(?=\S)|\s+(?=(?:\d{1,2}[、．.](?!\d)|[（(][\d一二三四五六七八九十]{1,3}[）)]|[①-⑳⑴-⒇])\S)"
)
WHO = ("lead", "leader", "owner")
MERGED = (
    *WHO,
    "time",
    "start",
    "form",
    "unit",
)  # what may hold for the rows below, though they have numbers of their own
OWN = ("value", "past", "remark", "other", "")  # what never does


class Cell(NamedTuple):
    """A cell in squeezed offsets, as printed, and cut: at its numbered points, and at every blank."""

    start: int
    end: int
    words: str
    points: tuple[Span, ...]
    lines: tuple[Span, ...]


@dataclass(frozen=True)
class Row:
    """A row; without `cells` it is a line of headings, a group or a sum, which says nothing of its own."""

    start: int
    end: int
    columns: tuple[Heading, ...] = ()
    cells: tuple[Cell | None, ...] = ()
    held: frozenset[int] = frozenset()  # columns whose cell stands further up

    def all(self, *kinds: str) -> list[tuple[int, Cell]]:
        """Column and cell of these kinds, from left to right."""
        both = enumerate(zip(self.columns, self.cells, strict=True))
        return [(n, cell) for n, (column, cell) in both if cell and column.kind in kinds]

    def own_number(self) -> bool:
        return any(n not in self.held for n, _ in self.all("number"))

    def first(self, *kinds: str) -> Cell | None:
        return next((cell for _, cell in self.all(*kinds)), None)


class _Line(NamedTuple):
    """A printed row in offsets of the original; an empty cell has no length."""

    start: int
    end: int
    cells: tuple[Span, ...]
    after_blank: bool


@dataclass
class _Table:
    columns: list[Heading]
    lines: list[_Line] = field(default_factory=list)  # of headings too
    rows: list[tuple[Span, ...]] = field(default_factory=list)  # beside each line: its cells; () where it says nothing
    groups: list[_Line] = field(default_factory=list)  # lines just met that may name the rows below

    def put(self, line: _Line, row: tuple[Span, ...]) -> bool:
        self.lines.append(line)
        self.rows.append(row)
        return True

    def join(self, line: _Line) -> bool:
        """The line brings the rest of the last cell above, and the cells after it."""
        *above, last = self.rows[-1]
        first, *cells = line.cells
        seam = first if last[0] == last[1] else last if first[0] == first[1] else (last[0], first[1])
        self.rows[-1] = (*above, seam, *cells)
        self.lines[-1] = self.lines[-1]._replace(end=line.end)
        return True


def rows(original: str, squeezed: Squeezed) -> list[Row]:
    """The rows of all tables of tasks, in order. Never raises; cost grows linearly with the length."""
    if not squeezed.text:
        return []
    found: list[Row] = []
    for table in _tables(original):
        found += _rows(original, squeezed, table)
    return found


def rowed(paragraphs: list[Paragraph], found: Sequence[Row]) -> list[Paragraph]:
    """The paragraphs with one for each row in the place of what the row is made of."""
    if not found:
        return paragraphs
    kept: list[Paragraph] = []
    ahead = iter([*found, None])
    row = next(ahead)
    for paragraph in paragraphs:
        start = paragraph.start
        while row and row.start < paragraph.end:
            if start < row.start:
                kept.append(paragraph._replace(start=start, end=row.start))
            if row.end > paragraph.end:
                start = paragraph.end
                break
            kept.append(Paragraph(row.start, row.end, (row.start,), 1, False))
            start, row = row.end, next(ahead)
        if start < paragraph.end:
            kept.append(paragraph if start == paragraph.start else paragraph._replace(start=start))
    return kept


# --- lines and cells --------------------------------------------------------------------------------------------------------


def _lines(original: str) -> Iterator[_Line]:
    """Every line with ink in it, in turn; a cell in quotation marks may make it run over several printed ones."""
    at, last = 0, 0
    while found := LINE.search(original, at):
        begin = found.start()
        blank = not last or original.count("\n", last, begin) > 1
        quoted = QUOTED.match(original, begin) if found[0][0] == '"' else None
        if "\t" not in found[0] and not (quoted and original[quoted.end() : quoted.end() + 1] == "\t"):
            at = found.end()
            words = tuple(word.span() for word in WORD.finditer(original, begin, at))
            cells = words if FEWEST_WORDS <= len(words) <= MOST_COLUMNS else _trim(original, begin, at)
        else:
            cells, at = _tabbed(original, begin)
        if any(start < end for start, end in cells):
            yield _Line(begin, at, cells, blank)
            last = at


def _tabbed(original: str, at: int) -> tuple[tuple[Span, ...], int]:
    cells: list[Span] = []
    while True:
        quoted = QUOTED.match(original, at)
        if quoted and re.search(r"[\n\r]", quoted[1]):
            cells += _trim(original, *quoted.span(1))
            at = quoted.end()
        else:
            stop = CELL.match(original, at)
            assert stop is not None
            cells += _trim(original, at, stop.end())
            at = stop.end()
        if original[at : at + 1] != "\t":
            return tuple(cells), at
        at += 1


def _trim(original: str, start: int, end: int) -> tuple[Span, ...]:
    words = original[start:end]
    bare = words.strip(" \t\n\r\v\f\u3000\u00a0\ufeff")
    if not bare or bare.isspace():
        return ((start, start),)
    begin = start + words.index(bare[0])
    return ((begin, begin + len(bare)),)


# --- tables -----------------------------------------------------------------------------------------------------------------


def _tables(original: str) -> Iterator[_Table]:
    table: _Table | None = None
    for line in _lines(original):
        columns = _headings(original, line)
        if columns and not (table and _repeats(table, columns)):
            if table:
                yield table
            table = _Table(columns, [line], [()])
        elif table and not _take(original, table, line, columns):
            yield table
            table = None
    if table:
        yield table


def _headings(original: str, line: _Line) -> list[Heading]:
    """The headings of a table of tasks, or none."""
    if len(line.cells) < 2 or len(line.cells) > MOST_COLUMNS:
        return []
    if any(end - start > 3 * LONGEST for start, end in line.cells):
        return []
    columns = [heading(original[start:end]) for start, end in line.cells]
    return columns if of_tasks(columns) else []


def _repeats(table: _Table, columns: list[Heading]) -> bool:
    return [column.words for column in columns] == [column.words for column in table.columns]


def _take(original: str, table: _Table, line: _Line, columns: list[Heading]) -> bool:
    """Whether the line belongs to the table; it is put there."""
    if "\t" in original[table.lines[0].start : table.lines[0].end] and "\t" not in original[line.start : line.end]:
        line = line._replace(cells=_trim(original, line.start, line.end))
    groups, table.groups = table.groups, []
    if columns:  # the headings again
        return table.put(line, ())
    if len(table.lines) == 1 and (below := _second_line(original, table, line)):
        table.columns = below
        return table.put(line, ())
    if table.rows[-1] and not groups and _goes_on(original, table, line):
        return table.join(line)
    wide = len(table.columns)
    if len(line.cells) == 1 and not line.after_blank and len(groups) < MOST_GROUPS and _names_a_group(original, line):
        table.groups = [*groups, line]  # taken in by the row that follows
        return True
    if len(line.cells) == 1 or (line.after_blank and len(line.cells) < max(2, wide - 1)):
        return False
    if "\t" not in original[line.start : line.end] and (len(line.cells) != wide or line.after_blank):
        return False
    for group in groups:
        table.put(group, ())
    filled = [cell for cell in line.cells[:wide] if cell[0] < cell[1]]
    return table.put(line, () if _says_nothing(original, table, line, filled) else line.cells[:wide])


def _names_a_group(original: str, line: _Line) -> bool:
    """A short line of its own inside a table: the name of the rows below."""
    words = re.sub(r"\s", "", original[line.start : line.end])
    return len(words) <= LONGEST and words[-1] not in "。；"


def _second_line(original: str, table: _Table, line: _Line) -> list[Heading]:
    """The columns with the headings of a second line under those that span several: 责任分工 over 牵头单位, 配合单位."""
    upper = table.columns
    if len(line.cells) > len(upper) or line.cells[0][0] < line.cells[0][1] or not upper[0].words:
        return []
    lower = [heading(original[start:end]) for start, end in line.cells]
    lower += [Heading("", "", None)] * (len(upper) - len(lower))
    said = [below for below in lower if below.words]
    if not said or any(len(below.words) > 12 for below in said):
        return []
    if sum(bool(below.kind) for below in said) * 2 <= len(said):
        return []
    return [below if below.words else above for above, below in zip(upper, lower, strict=True)]


def _says_nothing(original: str, table: _Table, line: _Line, filled: list[Span]) -> bool:
    words = [re.sub(r"\s", "", original[start:end]) for start, end in filled]
    if (
        any(SILENT.fullmatch(word) for word in words[:2])
        or [column.words for column in table.columns[: len(words)]] == words
    ):
        return True
    if len(filled) != 1 or len(table.columns) < 3:
        return False
    first = filled[0] == line.cells[0] and table.columns[0].kind not in MAIN
    return first or bool(marker_of(words[0]))


def _goes_on(original: str, table: _Table, line: _Line) -> bool:
    """Whether the row above was broken inside a cell, and this line brings the rest of it."""
    wide, above = len(table.columns), table.rows[-1]
    if len(above) >= wide or len(above) + len(line.cells) - 1 > wide or line.after_blank:
        return False
    last = original[above[-1][0] : above[-1][1]][-1:]
    if len(line.cells) == 1:
        return last in LEANS and last != ""
    if len(above) + len(line.cells) - 1 != wide:
        return False
    first = original[line.cells[0][0] : line.cells[0][1]]
    if last and last in LEANS:
        return True
    numbers = table.columns[0].kind == "number" and NUMBERED.fullmatch(original[above[0][0] : above[0][1]])
    return bool(numbers) and not NUMBERED.fullmatch(first)


# --- rows -------------------------------------------------------------------------------------------------------------------


def _rows(original: str, squeezed: Squeezed, table: _Table) -> Iterator[Row]:
    wide = len(table.columns)
    said = [row + ((0, 0),) * (wide - len(row)) for row in table.rows if row]
    below = [
        [re.sub(r"\s", "", original[slice(*row[n])]) for row in said if row[n][0] < row[n][1]] for n in range(wide)
    ]
    columns = settled(table.columns, below)
    above: dict[int, Cell] = {}
    for line, spans in zip(table.lines, table.rows, strict=True):
        start, end = bisect_left(squeezed.places, line.start), bisect_left(squeezed.places, line.end)
        if not spans:
            if len(line.cells) == 1 or len([cell for cell in line.cells if cell[0] < cell[1]]) == 1:
                above.clear()
            yield Row(start, end)
            continue
        cells = [_cell(original, squeezed, span) for span in spans] + [None] * (wide - len(spans))
        same = {n for n, cell in enumerate(cells) if cell and SAME.fullmatch(cell.words)}
        cells = [None if n in same else cell for n, cell in enumerate(cells)]
        held = {n for n in _held(columns, cells, above) | same if n in above}
        above |= {n: cell for n, cell in enumerate(cells) if cell}
        full = [above.get(n) if n in held else _unless_nothing(cell) for n, cell in enumerate(cells)]
        yield Row(start, end, columns, tuple(full), frozenset(held))


def _cell(original: str, squeezed: Squeezed, span: Span) -> Cell | None:
    if span[0] >= span[1]:
        return None
    start, end = bisect_left(squeezed.places, span[0]), bisect_left(squeezed.places, span[1])
    if start >= end:
        return None
    printed = original[span[0] : span[1]]
    cut = [
        tuple(
            (bisect_left(squeezed.places, span[0] + a), bisect_left(squeezed.places, span[0] + b))
            for a, b in _between(pattern, printed)
        )
        for pattern in (POINT, SPACE)
    ]
    return Cell(start, end, " ".join(printed.split()), cut[0], cut[1])


SPACE = re.compile(r"\s+")


def _between(pattern: re.Pattern[str], printed: str) -> Iterator[Span]:
    at = 0
    for found in pattern.finditer(printed):
        if at < found.start():
            yield at, found.start()
        at = found.end()
    if at < len(printed):
        yield at, len(printed)


def _unless_nothing(cell: Cell | None) -> Cell | None:
    return None if cell is None or NOTHING.fullmatch(cell.words) else cell


def _held(columns: Sequence[Heading], cells: Sequence[Cell | None], above: dict[int, Cell]) -> set[int]:
    """Columns that take an empty cell over from further up, where it was merged over several rows."""
    empty = {n: column.kind for n, (column, cell) in enumerate(zip(columns, cells, strict=True)) if cell is None}
    if _is_below(columns, cells):
        return {n for n, kind in empty.items() if kind not in OWN}
    if any(
        cell and column.kind == "class" and _other(cell, above.get(n))
        for n, (column, cell) in enumerate(zip(columns, cells, strict=True))
    ):
        return set()  # the first of another class
    if _of_a_program(columns):
        return {n for n, kind in empty.items() if kind == "class"}
    nobody = not any(cell and column.kind in WHO for column, cell in zip(columns, cells, strict=True))
    return {n for n, kind in empty.items() if kind in ("class", *MERGED) and (nobody or kind not in WHO)}


def _other(cell: Cell, above: Cell | None) -> bool:
    return above is None or cell.words != above.words


def _is_below(columns: Sequence[Heading], cells: Sequence[Cell | None]) -> bool:
    """The row is part of the one above: it has no number, or, where rows have none, no task and no class of its own."""
    own = {column.kind for column, cell in zip(columns, cells, strict=True) if cell}
    if any(column.kind == "number" for column in columns):
        return "number" not in own and not own & {"class"}
    return not own & {"task", "topic", "class"}


def _of_a_program(columns: Sequence[Heading]) -> bool:
    """已完成 beside 状态: a table that a program printed; what it leaves empty it does not know."""
    return {"已完成", "状态"} <= {column.words for column in columns}
