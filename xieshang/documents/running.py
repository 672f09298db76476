"""Running heads, feet and page numbers of printed pages: what stands in the same place on most of them."""

import re
from collections import Counter
from collections.abc import Sequence
from typing import Protocol, TypeVar

DEEPEST = 3  # lines of a running head or foot
MARGIN = 0.12  # of the page's height, in which a lone page number stands
MOST = 1 / 3  # of the pages: left and right pages may have heads of their own, and the first one none
FEWEST_CELLS = 3  # of the head of a table; a running head has its words on the left and on the right at most
SLACK = 6.0  # points by which the place may differ
_NUMBER = re.compile(r"[—–－\-·•\s]*(?:第?\d{1,4}页?|[ivxIVX]{1,6})(?:[/／,，共]*共?\d{1,4}页?)?[—–－\-·•\s]*")
_DIGITS = re.compile(r"\d+")


class Printed(Protocol):
    """A row of a page; heights in points from the foot of the page."""

    @property
    def shut(self) -> str: ...
    @property
    def text(self) -> str: ...
    @property
    def bottom(self) -> float: ...
    @property
    def height(self) -> float: ...


Line = TypeVar("Line", bound=Printed)
Key = tuple[str, str, int]


def without_running(pages: Sequence[Sequence[Line]]) -> list[Line]:
    """The rows of all pages, top to bottom, without what recurs at their heads and feet. The head of a table that recurs stays once."""
    ends = [_ends(page) for page in pages]
    seen: Counter[Key] = Counter()
    for at_head, at_foot in ends:
        seen.update({key for rows in (at_head, at_foot) for row in rows for key in _keys(row, rows is at_head)})
    enough = max(2, MOST * sum(1 for page in pages if page))
    kept: list[Line] = []
    told: set[str] = set()
    for page, both in zip(pages, ends, strict=True):
        gone: set[int] = set()
        for rows in both:
            for row in rows:
                recurs = any(seen[key] >= enough for key in _keys(row, rows is both[0]))
                if not recurs and not _is_page_number(row):
                    break  # a line is running only if all outside it are
                if not _is_table_head(row) or row.shut in told:
                    gone.add(id(row))
        rest = [row for row in page if id(row) not in gone]
        if rest and kept and _goes_on(kept[-1], rest[0], told):
            del rest[0]
        told |= {row.shut for row in page if _is_table_head(row)}
        kept += rest
    return kept


def _ends(page: Sequence[Line]) -> tuple[list[Line], list[Line]]:
    """The outermost lines at the head and at the foot, the outermost first."""
    by_height = sorted(page, key=lambda row: -row.bottom)
    return by_height[:DEEPEST], by_height[::-1][: min(DEEPEST, max(0, len(page) - DEEPEST))]


def _keys(row: Printed, at_head: bool) -> list[Key]:
    """Its end, its words without the numbers, and its place; two, since a place may lie on the border of two steps."""
    step = int(row.bottom // SLACK)
    return [("head" if at_head else "foot", _DIGITS.sub("#", row.shut), near) for near in (step, step + 1)]


def _is_table_head(row: Printed) -> bool:
    return row.text.count("\t") >= FEWEST_CELLS - 1


def _goes_on(last: Printed, row: Printed, told: set[str]) -> bool:
    """Whether a table goes on over the page, with its head printed once more."""
    return "\t" in last.text and _is_table_head(row) and row.shut in told


def _is_page_number(row: Printed) -> bool:
    in_margin = row.bottom < row.height * MARGIN or row.bottom > row.height * (1 - MARGIN)
    return in_margin and _NUMBER.fullmatch(row.shut) is not None
