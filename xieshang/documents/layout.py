"""Text of a printed page in reading order, from where its pieces stand: of a PDF or of a recognised picture.

Pieces on one height are a row; rows that leave the same strip of the page empty between two blocks of running text stand
in columns. A full row and the next, when it is not indented, are one paragraph, also across columns and pages; what is not
joined here keeps its line break, and the indent of a first line, by which `xieshang.text` joins what goes on.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from xieshang.documents.running import without_running
from xieshang.text.markers import marker_of

INDENT = 1.2  # em from the edge of the column
GAP = 1.7  # of the usual distance of two lines, from which there is an empty line between
HANGING = "，。、；：,.;"
GUTTER = 6.0  # points that stay free between two columns
COLUMN = 5  # lines that each of two columns has at least
FULL = 0.75  # how much of its column the usual line of running text fills
FULL_TO = 1.5  # em from the right edge of the column, up to which a row is full
SHORT = 10  # em: a shorter row is never full
LONGEST_MARKER = 12  # characters
STOPS = "。；！？;!?"
MOST_RUNS = 2000  # on a page; one with more is a drawing, and has no columns
NARROWEST = 8  # em of a column of running text
MOST_STEPS = 200
STEP = 4.0  # points between two places tried for a gutter
SIDE = 0.2  # of the text's width, in which no gutter is looked for

Span = tuple[int, int]


@dataclass(frozen=True)
class Run:
    """Characters side by side: their text, and the box in points, the origin at the lower left of the page. `sure`: of what was recognised."""

    text: str
    left: float
    right: float
    bottom: float
    top: float
    sure: float = 1.0

    @property
    def em(self) -> float:
        return max(self.top - self.bottom, 1.0)

    @property
    def reach(self) -> float:
        """How far its ink goes to the right: a stop at the end of a line may hang out of its column."""
        return self.right - (self.em / 2 if self.text[-1:] in HANGING else 0)

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2


@dataclass(frozen=True)
class Page:
    """What stands on a page. `picture`: it shows something and holds no text."""

    number: int
    height: float
    runs: tuple[Run, ...]
    picture: bool = False


@dataclass(frozen=True)
class Row:
    """What stands on one height of a column. `indented`: away from the column's left edge; `full`: up to its right edge."""

    text: str
    bottom: float
    page: int
    height: float  # of the page
    sure: float
    indented: bool = False
    full: bool = False

    @property
    def shut(self) -> str:
        """Without white space."""
        return "".join(self.text.split())

    @property
    def printed(self) -> str:
        return f"\u3000\u3000{self.text}" if self.indented else self.text


def text_of(pages: Sequence[Page], doubtful_below: float = 0.0) -> tuple[str, tuple[Span, ...]]:
    """The text of all pages without running heads, feet and page numbers, and where it was recognised less surely than that."""
    gutters: list[float] = []
    rows = without_running([list(_rows_of(page, gutters)) for page in pages])
    usual = _usual_step(rows)
    text, at = [], 0
    doubtful: list[Span] = []
    for last, row in zip([None, *rows], rows, strict=False):
        joint, words = _joint(last, row, usual) if last else "", row.printed
        if last and not joint:
            words = row.text
        if row.sure < doubtful_below:
            doubtful.append((at + len(joint), at + len(joint) + len(words)))
        text.append(joint + words)
        at += len(joint) + len(words)
    return "".join(text), tuple(doubtful)


def _usual_step(rows: Sequence[Row]) -> float:
    steps = [a.bottom - b.bottom for a, b in pairwise(rows) if a.page == b.page and a.bottom > b.bottom]
    return median(steps) if steps else 0.0


def _joint(last: Row, row: Row, usual: float) -> str:
    """What stands between two rows: nothing within a paragraph, an empty line where more room is left than usual."""
    cells = "\t" in last.text + row.text
    if (
        last.page == row.page
        and last.bottom - row.bottom > usual * GAP
        and not ("\t" in last.text and "\t" in row.text)
    ):
        return "\n\n"
    begins = marker_of(row.text[:LONGEST_MARKER]) and last.text[-1] in STOPS
    return "" if last.full and not (cells or row.indented or begins) else "\n"


def _rows_of(page: Page, gutters: list[float]) -> Iterator[Row]:
    for block in _blocks(page.runs, gutters):
        lines = list(in_lines(block))
        words = [line for line in lines if "\t" not in line[0].text] or lines  # a table may be wider than the text
        edge = min(line[0].left for line in words)
        end = max((line[-1].reach for line in words if len(line) == 1), default=0.0)
        for line in lines:
            first, last = line[0], line[-1]
            yield Row(
                "\t".join(run.text for run in line), min(run.bottom for run in line), page.number, page.height, min(run.sure for run in line),
                first.left - edge > INDENT * first.em, last.reach > end - FULL_TO * last.em and last.right - first.left > SHORT * last.em,
            )  # fmt: skip


def in_lines(block: Sequence[Run]) -> Iterator[list[Run]]:
    """Runs on one height, from left to right."""
    lines: list[list[Run]] = []
    for run in sorted(block, key=lambda run: -run.middle):
        if lines and run.middle > lines[-1][0].bottom:
            lines[-1].append(run)
        else:
            lines.append([run])
    return (sorted(line, key=lambda run: run.left) for line in lines)


def _blocks(runs: Sequence[Run], gutters: list[float]) -> Iterator[Sequence[Run]]:
    """In reading order: what stands above columns, the columns from left to right, what stands below. `gutters`: those met, and of earlier pages."""
    found = _columns(runs, gutters)
    if found is None:
        if runs:
            yield runs
        return
    gutter, above, within, below = found
    gutters.append(gutter)
    for part in (
        above,
        [run for run in within if run.reach <= gutter],
        [run for run in within if run.reach > gutter],
        below,
    ):
        yield from _blocks(part, gutters)


Columns = tuple[float, list[Run], list[Run], list[Run]]


def _columns(runs: Sequence[Run], known: Sequence[float]) -> Columns | None:
    """The place of a gutter; what stands above it, on its sides and below; None where the text stands in one column."""
    if not runs or len(runs) > MOST_RUNS:
        return None
    left, right = min(run.left for run in runs), max(run.right for run in runs)
    first = left + (right - left) * SIDE
    if not known and sum(run.left > first for run in runs) < COLUMN:
        return None
    lines = list(in_lines(runs))
    best: Columns | None = None
    step = max(STEP, (right - left) * (1 - 2 * SIDE) / MOST_STEPS)
    for place in (first + n * step for n in range(MOST_STEPS) if first + n * step < right - (right - left) * SIDE):
        for begin, stop in _zones(lines, place):
            within = _all(lines[begin:stop])
            met = any(abs(place - one) < step for one in known)
            if (best is None or len(within) > len(best[2])) and _are_columns(within, place, met):
                best = place, _all(lines[:begin]), within, _all(lines[stop:])
    return best


def _all(lines: Sequence[list[Run]]) -> list[Run]:
    return [run for line in lines for run in line]


def _zones(lines: Sequence[list[Run]], place: float) -> Iterator[tuple[int, int]]:
    """From top to bottom the stretches of lines in which nothing crosses the gutter."""
    begin = 0
    for number, line in enumerate(lines):
        if any(run.left < place + GUTTER / 2 and run.reach > place - GUTTER / 2 for run in line):
            yield begin, number
            begin = number + 1
    yield begin, len(lines)


def _are_columns(zone: list[Run], place: float, met: bool) -> bool:
    """Running text on both sides: enough lines, and most of them full. The cells of a table are neither. Of columns `met` before, the last lines may be few and short."""
    left = [run for run in zone if run.reach <= place]
    right = [run for run in zone if run.reach > place]
    return all(_is_running_text(side, met) for one in (left, right) for side in _sides(one))


def _sides(side: list[Run]) -> Iterator[list[Run]]:
    """The side itself, or the columns it holds again: their lines begin far from each other."""
    far = NARROWEST * median(run.em for run in side) if side else 0.0
    held: list[Run] = []
    for run in sorted(side, key=lambda run: run.left):
        if held and run.left - held[-1].left > far:
            yield held
            held = []
        held.append(run)
    yield held


def _is_running_text(side: list[Run], met: bool) -> bool:
    if len(side) < (1 if met else COLUMN):
        return False
    width = max(run.right for run in side) - min(run.left for run in side)
    if not met and width < NARROWEST * median(run.em for run in side):
        return False
    return sum(run.right - run.left > width * FULL for run in side) * 2 >= len(side)
