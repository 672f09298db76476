"""Pieces of a clause: parted at 、 or 和 where each part has its own quantity."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import NamedTuple

from xieshang.text.amounts import Amount, amounts_in
from xieshang.text.words import has_verb


class Piece(NamedTuple):
    start: int
    end: int
    amounts: tuple[Amount, ...]
    first: bool  # the first of its clause: later ones share its verb and its time


def pieces(text: str, start: int, end: int) -> list[Piece]:
    """The clause `text[start:end]` as pieces that each have a quantity; one piece where it cannot be parted."""
    found = amounts_in(text, start, end)
    if found:
        end = _without_tail(text, found[-1], end)
    if len(found) < 2:
        return [Piece(start, end, tuple(found), True)]
    cuts = [cut for before, after in pairwise(found) if (cut := _cut(text, before, after, end))]
    edges = [(start, start), *cuts, (end, end)]
    result = []
    for (_, begin), (stop, _) in pairwise(edges):
        inside = tuple(amount for amount in found if begin <= amount.start < stop)
        result.append(Piece(begin, stop, inside, begin == start))
    return result


def _without_tail(text: str, last: Amount, end: int) -> int:
    """A last part whose number is no quantity (、平均年龄37岁) does not belong to the quote."""
    joint = text.find("、", last.end, end)
    vague = joint > 0 and (any(sign.isdigit() for sign in text[joint:end]) or "若干" in text[joint:end])
    return joint if vague else end


def _cut(text: str, before: Amount, after: Amount, end: int) -> tuple[int, int] | None:
    """Where the piece of `before` ends and that of `after` begins; None where the two cannot be parted."""
    between = text[before.end : after.start]
    depth = 0
    comma = None
    for i, sign in enumerate(between):
        depth += (sign in "“《（(") - (sign in "”》）)")
        if sign == "、" and depth == 0 and between != "、":
            comma = i
            break
    if comma is not None:
        at = before.end + comma
        return at, at + 1
    for found in re.finditer("以及|和|及|与|并", between):
        at, to = before.end + found.start(), before.end + found.end()
        left, right = text[before.end : at], text[to : after.start]
        tail = text[after.end : end]
        if found[0] == "并":
            return (at, at) if has_verb(right) else None
        if not left and len(right) >= 2:
            return at, to  # 培训2期和讲座3场
        if left and not right and tail and not has_verb(tail) and len(tail) >= 2:
            return at, to  # 6所甲学校和10所乙学校
    return None
