"""Text without its whitespace, the way back to the original offsets, and paragraphs whose broken lines are joined."""

from __future__ import annotations

import re
from array import array
from typing import NamedTuple

from xieshang.text.markers import marker_of

INK = re.compile(r"[^\s\ufeff]+")
LINE = re.compile(r"[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+")

ENDS = "。！？!?；;：:…"
CLOSERS = "”’）)》】」』\"'"
LEANS = "，,、（(《“—和与及的"  # a line that ends so goes on
RUN_ON = "，,、；;。）)》”：:%％"  # a line that begins so belongs to the one before
SHORT = 20  # a shorter line that ends with 、 or the like may be a cell of a flattened table
SENTENCE = 15  # a shorter line stands alone
FEWEST_CELLS = 3  # of a row whose cells are parted by spaces
COLUMN = re.compile(
    r"(?:序号|月份|时间|日期|时限|内容|名称|项目|事项|任务|目标|措施|人员|对象|责任人|责任单位|牵头|单位|部门|领导|地点|方式|备注|数量|议题|课题|指标|要求)\Z"
)
FEWEST_LINES = 8  # from so many full lines of one length we take the text to be hard-wrapped


class Squeezed(NamedTuple):
    """`text` is the original without whitespace; `places[i]` is where its i-th character stood."""

    text: str
    places: array[int]

    def original(self, start: int, end: int) -> tuple[int, int]:
        """Offsets in the original of the squeezed span `start:end` (not empty)."""
        return self.places[start], self.places[end - 1] + 1


class Paragraph(NamedTuple):
    start: int  # offsets in the squeezed text
    end: int
    cells: tuple[int, ...]  # where a tab parts two cells
    lines: int  # how many printed lines it was
    after_blank: bool  # a blank line, or the beginning of the text, stands before


class _Line(NamedTuple):
    start: int
    end: int
    cells: tuple[int, ...]
    indented: bool
    after_blank: bool


def squeeze(text: str) -> Squeezed:
    places = array("L")
    runs = []
    for run in INK.finditer(text):
        runs.append(run[0])
        places.extend(range(run.start(), run.end()))
    return Squeezed("".join(runs), places)


def paragraphs(original: str, squeezed: Squeezed) -> list[Paragraph]:
    """Paragraphs in order; hard line breaks in mid-sentence are undone, also across a blank line."""
    lines = _lines(original)
    width = _wrapped_at(lines)
    found: list[Paragraph] = []
    group: list[_Line] = []
    for line in lines:
        if group and not _goes_on(squeezed.text, group[-1], line, group[0], width):
            found.append(_paragraph(group))
            group = []
        group.append(line)
    if group:
        found.append(_paragraph(group))
    return found


def _paragraph(group: list[_Line]) -> Paragraph:
    cells = tuple(cell for line in group for cell in line.cells)
    return Paragraph(group[0].start, group[-1].end, cells, len(group), group[0].after_blank)


def _lines(original: str) -> list[_Line]:
    found: list[_Line] = []
    at, last_end, in_table = 0, 0, False
    for match in LINE.finditer(original):
        printed = match[0]
        size = sum(len(run[0]) for run in INK.finditer(printed))
        if not size:
            continue
        gap = original[last_end : match.start()]
        after_blank = (
            not found or gap.count("\n") > 1 or (gap.count("\r") > 1 and "\n" not in gap) or bool(gap.strip("\r\n"))
        )
        indented = printed[0].isspace() and printed[0] != "\ufeff"
        in_table = _heads_table(printed) or (in_table and not after_blank and len(printed.split()) >= FEWEST_CELLS)
        found.append(_Line(at, at + size, _cells(printed, at, in_table), indented, after_blank))
        at += size
        last_end = match.end()
    return found


def _cells(printed: str, at: int, in_table: bool) -> tuple[int, ...]:
    """Where the cells of a row part: at tabs, and at spaces below the headings of a table."""
    if "\t" not in printed and not in_table:
        return ()
    cells = []
    for piece in (printed.split("\t") if "\t" in printed else printed.split())[:-1]:
        at += sum(len(run[0]) for run in INK.finditer(piece))
        cells.append(at)
    return tuple(cells)


def _heads_table(printed: str) -> bool:
    """月份 活动内容 参加人员 责任人: short words side by side, most of them what stands at the head of a column."""
    words = printed.split()
    headings = sum(bool(COLUMN.search(word)) for word in words)
    return len(words) >= FEWEST_CELLS and headings * 2 > len(words) and all(len(word) <= 12 for word in words)


def _wrapped_at(lines: list[_Line]) -> int:
    """The length at which every line was broken; 0 where the text is not hard-wrapped."""
    sizes = [line.end - line.start for line in lines]
    if len(sizes) < FEWEST_LINES:
        return 0
    widest = sorted(sizes)[int(len(sizes) * 0.95)]
    full = sum(1 for size in sizes if widest - 3 <= size <= widest + 3)
    return widest if 15 <= widest <= 90 and full >= max(5, len(sizes) * 0.2) else 0


def _goes_on(text: str, line: _Line, following: _Line, first: _Line, width: int) -> bool:
    """Whether `following` continues the sentence that `line` broke off."""
    if line.cells or following.cells:
        return bool(line.cells) and not following.cells and text[line.end - 1] == "、"
    begin = text[following.start : min(following.end, following.start + 12)]
    if begin[0] in RUN_ON:
        return True
    if line.start == 0 and following.after_blank and not any(stop in text[: line.end] for stop in "。；;"):
        return False  # a title
    size = line.end - line.start
    last = text[line.end - 1]
    if last == "□" and following.after_blank:
        return False  # the sign stands for a lost full stop
    full = bool(width) and size >= width - 3
    if marker_of(begin) and not (full and last not in ENDS + CLOSERS + ".)" and not following.indented):
        return False
    if last in CLOSERS and size > 1:
        last = text[line.end - 2] if text[line.end - 2] in ENDS else last
    if last in ENDS or (last == "." and size > 1):
        return False
    if full and not following.indented:
        return True
    if last in LEANS and not following.indented:
        return size >= SHORT
    return _has_inner_stop(text, line, first) and size >= SENTENCE and not following.indented


def _has_inner_stop(text: str, line: _Line, first: _Line) -> bool:
    """A running sentence, not a title: it holds a stop, or its paragraph was already joined."""
    piece = text[line.start : min(line.end, line.start + 400)]
    if line is not first:
        return True
    numbered = marker_of(piece)
    return any(stop in piece for stop in "。；！？;") or (
        (not numbered or len(piece) > 40) and any(stop in piece for stop in "，,")
    )
