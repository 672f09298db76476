"""The numbered headings of one document, their depth, and the numbers that are missing."""

from __future__ import annotations

import re
from typing import NamedTuple

from xieshang.text.lines import Paragraph
from xieshang.text.markers import Marker, marker_of, printed_like

TITLE_END = re.compile(r"[。：；:;]")
LOOK_AHEAD = 200  # headings; keeps the cost linear


class Entry(NamedTuple):
    """A heading in squeezed offsets; `body` is where its text begins."""

    marker: Marker
    level: int
    title: str
    start: int
    body: int
    end: int  # of the title


class Hole(NamedTuple):
    after: str | None
    missing: str
    start: int


def outline(text: str, paragraphs: list[Paragraph]) -> list[Entry]:
    """Headings in order, with their level in this document."""
    found: list[tuple[Marker, Paragraph]] = []
    for paragraph in paragraphs:
        if paragraph.cells and len(paragraph.cells) > 1:
            continue  # a row of a table
        marker = marker_of(text[paragraph.start : paragraph.start + 12])
        if marker and paragraph.end - paragraph.start > len(marker.printed):
            found.append((marker, paragraph))
    levels = _levels([marker for marker, _ in found])
    return [_entry(text, marker, paragraph, level) for (marker, paragraph), level in zip(found, levels, strict=True)]


def _entry(text: str, marker: Marker, paragraph: Paragraph, level: int) -> Entry:
    body = paragraph.start + len(marker.printed)
    stop = TITLE_END.search(text, body, paragraph.end)
    end = stop.start() if stop else paragraph.end
    return Entry(marker, level, text[body:end], paragraph.start, body, end)


def _levels(markers: list[Marker]) -> list[int]:
    levels: list[int] = []
    open_: list[tuple[Marker, int]] = []  # the headings that contain what comes next, with their levels
    inside: dict[tuple[str, str], int] = {}  # which series was inside which, and its last number
    for i, marker in enumerate(markers):
        if any(outer.kind == marker.kind for outer, _ in open_):
            while open_.pop()[0].kind != marker.kind:
                pass
        else:
            while open_ and not _contains(open_[-1][0], marker, markers, i, inside):
                open_.pop()
        if open_:
            inside[open_[-1][0].kind, marker.kind] = marker.number
        level = open_[-1][1] + 1 if open_ else _orphan_level(markers, i)
        levels.append(level)
        open_.append((marker, level))
    return levels


def _contains(outer: Marker, inner: Marker, markers: list[Marker], at: int, inside: dict[tuple[str, str], int]) -> bool:
    if outer.rank < inner.rank or 0 < inside.get((outer.kind, inner.kind), 0) < inner.number:
        return True  # 一、第1条 第2条 二、第3条: the series counts on
    return inner.number == 1 and _goes_on_after(outer, inner, markers, at)


def _goes_on_after(outer: Marker, inner: Marker, markers: list[Marker], at: int) -> bool:
    """A usually finer series that goes on with its next number after the usually coarser one: 1、（一）（二）2、."""
    for later in markers[at + 1 : at + LOOK_AHEAD]:
        if later.kind == outer.kind:
            return later.number == outer.number + 1 > 1
        if later.rank < inner.rank:
            return False
    return False


def _orphan_level(markers: list[Marker], at: int) -> int:
    """The depth of a heading whose parents were cut off: a coarser series that goes on later would hold it."""
    marker, level = markers[at], 1
    for later in markers[at + 1 : at + LOOK_AHEAD]:
        if later.rank < marker.rank:
            if later.number > 1 and not any(m.kind == later.kind for m in markers[max(0, at - LOOK_AHEAD) : at]):
                level += 1
            elif later.number == 1:
                break
            marker = later
    return level


def holes(entries: list[Entry]) -> list[Hole]:
    """Where a number is missing in a series; a series may go on under the next parent or begin again."""
    found: list[Hole] = []
    last: dict[tuple[str, int], Entry] = {}
    for entry in entries:
        key = (entry.marker.kind, entry.level)
        before = last.get(key)
        hole = _hole(before, entry)
        if hole:
            found.append(hole)
        last[key] = entry
    return found


def _hole(before: Entry | None, entry: Entry) -> Hole | None:
    marker = entry.marker
    if before is None:
        starts_late = marker.number > 1 and marker.kind not in ("章", "条", "节", "编")
        return Hole(None, printed_like(marker, 1), entry.start) if starts_late else None
    if marker.number == 1 or marker.number <= before.marker.number + 1:
        return None
    return Hole(before.marker.printed, printed_like(before.marker, before.marker.number + 1), entry.start)
