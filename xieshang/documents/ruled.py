"""Tables of a printed page, from the lines that are ruled around their cells: each row becomes one run with tabs between its cells."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from xieshang.documents.layout import Run

THIN = 3.0  # points: a path no thicker is a line
SHORT = 6.0  # points: a shorter line is no rule
TOUCH = 3.0  # points within which two rules meet
MOST_RULES = 2500  # on a page; one with more is a drawing
MOST_CELLS = 20_000
FULL_TO = 1.5  # em from the right edge of its cell, up to which a line goes on in the next
HALF_LINE = 6.0  # points: half the height that a row is given among the lines of the page

Box = tuple[float, float, float, float]  # left, bottom, right, top


@dataclass(frozen=True)
class Rule:
    """A line: where it lies across, and from where to where it runs."""

    at: float
    begin: float
    end: float

    def covers(self, place: float) -> bool:
        return self.begin - TOUCH <= place <= self.end + TOUCH


@dataclass
class Grid:
    """The rules of one table."""

    across: set[Rule]
    down: set[Rule]


def rules_of(boxes: Sequence[Box]) -> tuple[list[Rule], list[Rule]]:
    """The rules across and down among the boxes of a page's paths; a frame is four of them."""
    across: list[Rule] = []
    down: list[Rule] = []
    for left, bottom, right, top in boxes if len(boxes) <= MOST_RULES else ():
        wide, high = right - left > SHORT, top - bottom > SHORT
        if wide and top - bottom <= THIN:
            across.append(Rule((top + bottom) / 2, left, right))
        elif high and right - left <= THIN:
            down.append(Rule((left + right) / 2, bottom, top))
        elif wide and high:
            across += [Rule(bottom, left, right), Rule(top, left, right)]
            down += [Rule(left, bottom, top), Rule(right, bottom, top)]
    return across, down


def with_tables(runs: Sequence[Run], across: Sequence[Rule], down: Sequence[Rule]) -> list[Run]:
    """The runs of a page, those within a ruled table put together row by row."""
    rest = list(runs)
    for grid in _grids(across, down):
        columns, rows = _places(grid.down), _places(grid.across)[::-1]
        if len(columns) < 3 or len(rows) < 2 or len(columns) * len(rows) > MOST_CELLS:
            continue  # a frame around one cell is a text box, one with countless cells a drawing
        inside = [
            run
            for run in rest
            if columns[0] < (run.left + run.right) / 2 < columns[-1] and rows[-1] < run.middle < rows[0]
        ]
        if inside:
            gone = set(map(id, inside))
            rest = [run for run in rest if id(run) not in gone] + list(_Table(grid, columns, rows, inside).runs())
    return rest


def _grids(across: Sequence[Rule], down: Sequence[Rule]) -> list[Grid]:
    """Rules that meet belong together."""
    grids: list[Grid] = []
    for rule in sorted(down, key=lambda rule: rule.at):
        mine = Grid({line for line in across if rule.covers(line.at) and line.covers(rule.at)}, {rule})
        for grid in [grid for grid in grids if not grid.across.isdisjoint(mine.across)]:
            grids.remove(grid)
            mine = Grid(grid.across | mine.across, grid.down | mine.down)
        grids.append(mine)
    return grids


def _places(rules: Iterable[Rule]) -> list[float]:
    """Where the rules lie, those that touch as one."""
    places: list[float] = []
    for at in sorted(rule.at for rule in rules):
        if not places or at - places[-1] > TOUCH:
            places.append(at)
    return places


class _Table:
    """Finds for each run the cell it stands in; a cell that reaches over several is the one at its upper left."""

    def __init__(self, grid: Grid, columns: list[float], rows: list[float], runs: Sequence[Run]) -> None:
        self._columns, self._rows = columns, rows
        self._left = set(_crossed(grid.down, columns, rows))
        self._above = {(row, column) for column, row in _crossed(grid.across, rows, columns)}
        self._filled: dict[tuple[int, int], list[Run]] = defaultdict(list)
        falling = [-row for row in rows]
        for run in runs:
            row = min(max(bisect_right(falling, -run.middle) - 1, 0), len(rows) - 2)
            column = min(max(bisect_right(columns, run.left + run.em / 2) - 1, 0), len(columns) - 2)
            self._filled[self._first(row, column)].append(run)

    def runs(self) -> Iterator[Run]:
        """One for each row that says something."""
        for row, (top, bottom) in enumerate(pairwise(self._rows)):
            held = [self._filled.get((row, column), []) for column in range(len(self._columns) - 1)]
            if any(held):
                middle, sure = (top + bottom) / 2, min(run.sure for cell in held for run in cell)
                text = "\t".join(self._words(cell) for cell in held)
                yield Run(text, self._columns[0], self._columns[-1], middle - HALF_LINE, middle + HALF_LINE, sure)

    def _first(self, row: int, column: int) -> tuple[int, int]:
        """The upper left one of the cells that no rule parts."""
        while column and (row, column) not in self._left:
            column -= 1
        while row and (row, column) not in self._above:
            row -= 1
        return row, column

    def _words(self, cell: list[Run]) -> str:
        """The lines of a cell on one: what fills its line goes on in the next without a space."""
        lines = sorted(cell, key=lambda run: (-run.middle, run.left))
        text, widest = "", max((run.reach for run in lines), default=0.0)
        for last, run in zip([None, *lines], lines, strict=False):
            goes_on = last is None or (last.reach > widest - FULL_TO * last.em and run.middle < last.bottom)
            text += run.text if goes_on else f" {run.text}"
        return text.replace("\t", " ")


def _crossed(rules: Iterable[Rule], places: Sequence[float], others: Sequence[float]) -> Iterator[tuple[int, int]]:
    """(number in `others`, number in `places`) of each stretch along which a rule parts two cells."""
    middles = [(one + following) / 2 for one, following in pairwise(others)]
    for rule in rules:
        place = min(range(len(places)), key=lambda n: abs(places[n] - rule.at))
        yield from ((other, place) for other, middle in enumerate(middles) if rule.covers(middle))
