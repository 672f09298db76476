"""Tables of figures: what each empty cell asks for, by the name of its row and of its column; which cells are the sum of which others. No database.

A cell is asked only where both names are understood and one of them, or the table's caption, is a 统计项: a list of names stays as it is.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise

from xieshang.base.ledger.facts import Indicator
from xieshang.documents.grids import Cell, Grid
from xieshang.text.blanks import SIGN

from . import naming
from .naming import Meaning, Names
from .scopes import Scope

NUMBER = re.compile(r"-?\d+(?:,\d{3})*(?:\.\d+)?%?")
ORDINAL = re.compile(r"序号|编号|No\.?|号")
UNIT = re.compile(r"单位[:：]\s*(?P<unit>[^\s()（）]{1,4})")
CAPTION = re.compile(
    r"\A(?:附?[表件]\s*[0-9一二三四五六七八九十]*[:：.、]?)|(?:19|20)\d\d\s*[年度]*|[上下]半年|全年|[按各分](?:乡镇街道|乡镇|镇街|街道|社区|单位|机构|界别|专委会|委员小组|小组|季度|月份?|年度?)(?:和|、)?|(?:对比|比较)|(?:情况)?(?:统计|一览|汇总|分布|对比|明细)?(?:情况)?表?\Z"
)
ADDED = ("count", "sum")
WIDEST, LONGEST = 60, 400  # of a table that is read


@dataclass(frozen=True)
class Asked:
    """A cell to be filled.

    place       its paragraph
    names       of its row and its column, as they are printed
    indicators  what it may count: one is sure
    scope       days and body, of row and column together
    parts       of a 合计: the cells that it adds up, by their paragraphs; typed: what is printed in those that are no blanks
    over        what the parts are told apart by: time · place · unit · kind
    """

    place: int
    text: str
    names: tuple[str, str]
    indicators: tuple[Indicator, ...]
    scope: Scope
    unit: str = ""
    parts: tuple[int, ...] = ()
    typed: Decimal | None = None
    over: str = ""
    row: tuple[int, int] = (0, 0)  # which table, which row

    @property
    def total(self) -> bool:
        return bool(self.over)


@dataclass(frozen=True)
class Wrong:
    """A printed 合计 that is not the sum of what is printed beside it."""

    names: tuple[str, str]
    printed: Decimal
    added: Decimal


@dataclass(frozen=True)
class Table:
    """What a table asks for, the names in it that were not understood, and printed sums that are wrong."""

    caption: str
    cells: tuple[Asked, ...] = ()
    unknown: tuple[str, ...] = ()
    wrong: tuple[Wrong, ...] = ()


@dataclass(frozen=True)
class _Line:
    """A row or a column: its names from the outer to the inner, and what they mean together; None: not understood."""

    names: tuple[str, ...]
    meaning: Meaning | None

    @property
    def name(self) -> str:
        return " ".join(self.names)

    @property
    def total(self) -> bool:
        return self.meaning is not None and self.meaning.total


def table(grid: Grid, names: Names, said: Callable[[str], str] = str) -> Table:
    """`said`: a text of the table with its named places filled."""
    if not grid.rows or grid.width > WIDEST or len(grid.rows) > LONGEST:
        return Table("")
    return _Reader(grid, names, said).read()


class _Reader:
    def __init__(self, grid: Grid, names: Names, said: Callable[[str], str]) -> None:
        self.names, self.said = names, said
        titles = [n for n, row in enumerate(grid.rows) if n < 3 and len(row) == 1 and row[0].width == grid.width > 1]
        self.caption = said("\n".join([grid.caption, *(grid.rows[n][0].text for n in titles)]).strip())
        kept = [row for n, row in enumerate(grid.rows) if n not in titles]
        self.grid = [tuple(replace(cell, row=n) for cell in row) for n, row in enumerate(kept)]
        self.head = next((n for n, row in enumerate(self.grid) if n and any(c.column and _takes(c) for c in row)), 0)
        self.left = self._labels()
        self.columns: dict[int, _Line] = {}
        self.rows: dict[int, _Line] = {}

    def _labels(self) -> int:
        """How many columns at the left hold names: up to the first that takes figures, a column of numbers 1 2 3 aside."""
        width = max((cell.columns.stop for row in self.grid for cell in row), default=0)
        for column in range(1, width):
            cells = [c for row in self.grid[self.head :] for c in row if c.column == column]
            header = " ".join(c.text for row in self.grid[: self.head] for c in row if column in c.columns)
            if any(_takes(c) for c in cells) and not ORDINAL.fullmatch(header.strip()):
                return column
        return width

    def read(self) -> Table:
        if not self.head or not any(_open(c) or _number(c) is not None for row in self.grid for c in row):
            return Table("")
        of_caption = self._captioned()
        for row in self.grid[self.head :]:
            for cell in row:
                if cell.column >= self.left:
                    self.columns.setdefault(cell.column, self._line(self._above(cell.column)))
        for n, row in enumerate(self.grid[self.head :], self.head):
            texts = [self.said(c.text).strip() for c in row if c.column < self.left]
            labels = [text for text in texts if text and not text.isdigit()]
            self.rows[n] = self._line(labels)
        cells = [asked for cell in self._data() if _open(cell) and (asked := self._asked(cell, of_caption))]
        if not cells:
            return Table(self.caption, wrong=tuple(self._wrong(of_caption)))
        return Table(self.caption, tuple(cells), tuple(dict.fromkeys(self._unknown())), tuple(self._wrong(of_caption)))

    def _data(self) -> Iterator[Cell]:
        return (c for row in self.grid[self.head :] for c in row if c.column >= self.left)

    def _above(self, column: int) -> list[str]:
        texts = [self.said(c.text).strip() for row in self.grid[: self.head] for c in row if column in c.columns]
        return list(dict.fromkeys(text for text in texts if text))

    def _line(self, labels: list[str]) -> _Line:
        """What the names say together: read as one, else each by itself."""
        if not labels:
            return _Line((), None)
        for asked in ("".join(labels), labels[-1]) if len(labels) > 1 else (labels[-1],):
            found = naming.meaning(asked, self.names, axis=True)
            if not found.unknown and not found.hand and (asked != labels[-1] or len(labels) == 1):
                return _Line(tuple(labels), found)
        return _Line(tuple(labels), self._joined([naming.meaning(label, self.names, axis=True) for label in labels]))

    def _joined(self, said: list[Meaning]) -> Meaning | None:
        """A group (会议) that says nothing by itself is only a heading; the innermost name must be understood."""
        if said[-1].unknown or said[-1].hand:
            return None
        made = said[-1]
        for outer in said[:-1]:
            if outer.unknown or outer.hand:
                continue
            if (scope := naming.together(outer.scope, made.scope)) is None or (outer.indicators and made.indicators):
                return None
            made = replace(
                made, scope=scope, indicators=made.indicators or outer.indicators, unit=made.unit or outer.unit
            )
        return made

    def _captioned(self) -> Meaning:
        """A 统计项 that the caption or the corner names for the whole table: 各乡镇集体活动统计表."""
        unit = found["unit"] if (found := UNIT.search(self.caption)) else ""
        corner = self.grid[0][0].text if self.grid[0] and self.head else ""
        for text in (self.caption.split("\n")[0], corner):
            bare = text.strip()
            while bare != (bare := CAPTION.sub("", bare).strip("：: 　")):
                pass
            if bare and (said := naming.meaning(self.said(bare), self.names)).indicators:
                return replace(said, unit=said.unit or unit)
        return Meaning(unit=unit)

    def _asked(self, cell: Cell, of_caption: Meaning) -> Asked | None:
        row, column = self.rows[cell.row], self.columns[cell.column]
        if row.meaning is None or column.meaning is None or cell.width > 1 or cell.place is None:
            return None
        made = self._together(row.meaning, column.meaning, of_caption)
        if made is None or not (made.indicators or row.total or column.total):
            return None
        names = (row.name, column.name)
        if not (row.total or column.total):
            return Asked(cell.place, cell.text, names, made.indicators, made.scope, made.unit, row=(id(self), cell.row))
        return self._summed(cell, made, names, of_caption)

    def _together(self, row: Meaning, column: Meaning, of_caption: Meaning) -> Meaning | None:
        both = row.indicators and column.indicators
        scope = naming.together(row.scope, column.scope)
        if scope is None or both:
            return None
        unit = column.unit or row.unit or of_caption.unit
        found = row.indicators or column.indicators or of_caption.indicators
        if not row.indicators and not column.indicators:
            joined = naming.together(of_caption.scope, scope)
            scope = joined if joined is not None else scope
        if unit and not scope.change and not (found := naming.fitting(found, unit)):
            return None
        return Meaning(found, scope, unit=unit)

    # --- sums ---------------------------------------------------------------------------------------------------------------

    def _summed(self, cell: Cell, made: Meaning, names: tuple[str, str], of_caption: Meaning) -> Asked | None:
        at = cell.row
        down = self.rows[at].total
        line = self._parts_down(at, cell.column) if down else self._parts_across(at, cell.column)
        parts = [c for c in line if c.width == 1]
        if not parts:
            return None
        meanings = [self._meaning_of(c, of_caption) for c in parts]
        if any(one is None for one in meanings):
            return None
        known = [one for one in meanings if one is not None]
        scope, over = _whole([one.scope for one in known], self.names)
        kinds = {one.indicators for one in known}
        if len(kinds) > 1:
            over = "kind"
        found = made.indicators or (next(iter(kinds)) if len(kinds) == 1 else ())
        outer = naming.together(made.scope, scope)
        typed = [n for c in parts if not _open(c) and (n := _number(c)) is not None]
        return Asked(
            cell.place or 0, cell.text, names, found, outer if outer is not None else scope, made.unit,
            tuple(c.place for c in parts if _open(c) and c.place is not None), sum(typed, Decimal(0)) if typed else None, over or "kind",
        )  # fmt: skip

    def _parts_down(self, at: int, column: int) -> list[Cell]:
        """For 小计 the rows above it up to the last sum; for 合计 all rows that are no sums."""
        meaning = self.rows[at].meaning
        rows = range(self.head, len(self.grid))
        if meaning is not None and meaning.sub:
            last = max((n for n in rows if n < at and self.rows[n].total), default=self.head - 1)
            rows = range(last + 1, at)
        lines = [n for n in rows if not self.rows[n].total]
        return [c for n in lines for c in self.grid[n] if c.column == column and (_open(c) or _number(c) is not None)]

    def _parts_across(self, at: int, column: int) -> list[Cell]:
        cells = [c for c in self.grid[at] if c.column >= self.left and (_open(c) or _number(c) is not None)]
        meaning = self.columns[column].meaning
        if meaning is not None and meaning.sub:
            last = max((c.column for c in cells if c.column < column and self.columns[c.column].total), default=-1)
            cells = [c for c in cells if last < c.column < column]
        plain = [c for c in cells if not self.columns[c.column].total and self.columns[c.column].meaning is not None]
        return [c for c in plain if not (m := self.columns[c.column].meaning) or not m.scope.change]

    def _meaning_of(self, cell: Cell, of_caption: Meaning) -> Meaning | None:
        row, column = self.rows[cell.row].meaning, self.columns[cell.column].meaning
        return None if row is None or column is None else self._together(row, column, of_caption)

    def _wrong(self, of_caption: Meaning) -> Iterator[Wrong]:
        """Printed sums of printed parts."""
        for cell in self._data():
            at = cell.row
            printed = _number(cell)
            if printed is None or cell.column not in self.columns:
                continue
            down, across = self.rows[at].total, self.columns[cell.column].total
            if not (down or across):
                continue
            parts = self._parts_down(at, cell.column) if down else self._parts_across(at, cell.column)
            meanings = [self._meaning_of(c, of_caption) for c in parts]
            numbers = [_number(c) for c in parts]
            if len(parts) < 2 or None in numbers or any("%" in c.text for c in parts) or not _adds(meanings):
                continue
            added = sum((n for n in numbers if n is not None), Decimal(0))
            if added != printed:
                yield Wrong((self.rows[at].name, self.columns[cell.column].name), printed, added)

    def _unknown(self) -> Iterator[str]:
        """Names of rows and columns that have open cells and were not understood."""
        for cell in self._data():
            if not _open(cell):
                continue
            for line in (self.rows[cell.row], self.columns[cell.column]):
                if line.meaning is None and line.name:
                    yield line.name


def _adds(meanings: list[Meaning | None]) -> bool:
    """May their figures be added? Different people, rates and averages may not; what is not known is taken for a plain number."""
    return not any(
        one and (one.scope.change or any(i.how not in ADDED and i.how != "stock" for i in one.indicators))
        for one in meanings
    )


def _whole(scopes: list[Scope], names: Names) -> tuple[Scope, str]:
    """What the parts make together, and by what they are told apart: time · place · unit · kind."""
    first = replace(scopes[0], words="")
    if len(scopes) == 1:
        return first, "kind"
    vary = {name for name in vars(first) if name != "words" and len({getattr(one, name) for one in scopes}) > 1}
    if vary and vary <= {"since", "until", "back"}:
        days = sorted(one.days(names.start, names.end) for one in scopes)
        if all((later[0] - earlier[1]).days == 1 for earlier, later in pairwise(days)):
            return replace(first, since=days[0][0], until=days[-1][1], back=0), "time"
    if vary and vary <= {"body", "sector"}:
        return replace(first, body=None, sector=None), "place"
    if vary and vary <= {"organization", "code"}:
        return replace(first, organization=None, code=""), "unit"
    return naming.WHOLE, "kind"


def _takes(cell: Cell) -> bool:
    """An empty cell, one that holds a mark of a blank, or a figure."""
    return (_open(cell) and cell.place is not None) or _number(cell) is not None


def _open(cell: Cell) -> bool:
    text = "".join(cell.text.split())
    return (
        cell.place is not None
        and cell.single
        and (not text or bool((m := SIGN.fullmatch(text)) and m.lastgroup not in ("quotes", "bracket", "lost")))
    )


def _number(cell: Cell) -> Decimal | None:
    text = "".join(cell.text.split())
    if cell.place is None or not NUMBER.fullmatch(text) or re.fullmatch(r"(?:19|20)\d\d", text):
        return None
    return Decimal(text.replace(",", "").rstrip("%"))
