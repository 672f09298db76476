"""Sentences and clauses: a clause runs from one ，；：。 to the next, and 、 parts it only where each part has a quantity."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

STOP = "，；：。！？,;:!?…\t"
END = "。！？!?"
LONGEST = 300  # characters; a longer run without a stop is no clause of a work document
LONGEST_BRACKET = 200
LONGEST_QUOTE = 30
PAIRS = {"（": "）", "(": ")", "“": "”", "《": "》", "「": "」"}
HAS_AMOUNT = re.compile(r"[\d＿*□○一二两三四五六七八九十半百千廿卅xX_×（(]")
IN_BRACKET_STOP = re.compile(
    r"不少于|不低于|不超过|至少|[，；：。,;:]|\d+[^\d、）)]{0,3}[名人次个件篇条份户家场期项处支批]|[一二两三四五六七八九十]次|[xX_]+[名人次个件篇条份户家场期项处支批]"
)
ONLY_AMOUNT = re.compile(
    r"各?[\d一二两三四五六七八九十xX_]{1,6}(?:[-—～~至到][\d一二两三四五六七八九十]{1,4})?\w{1,2}(?:以上|左右|以内)?\Z"
)
LABEL = re.compile(  # 组织视察2次 责任单位：…
    r"(?:责任|牵头|承办|配合|协办|主办|分管)(?:领导|科室|委室|单位|部门|人)[：:]|完成(?:时限|时间)[：:]"
)
LIST_MARK = re.compile(r"(?:\d{1,2}[、．.](?!\d|$)|[（(][\d一二三四五六七八九十]{1,3}[）)]|[①-⑳⑴-⒇])")
ORDINAL_LEAD = re.compile(r"[一二三四五六七八九十](?:是要?|要(?!素|求|点|件|领))")


class Clause(NamedTuple):
    start: int
    end: int
    sentence: int  # counts the sentences of the paragraph
    first: bool  # the first of its sentence
    stop: str  # the sign that ended it
    bracketed: bool


def clauses(text: str, start: int, end: int, cells: tuple[int, ...] = ()) -> Iterator[Clause]:
    """The clauses of the paragraph `text[start:end]`, in order; signs inside short quotation marks do not part."""
    sentence, first, at = 0, True, start
    for place, sign, depth in _stops(text, start, end, frozenset(cells)):
        begin, finish = _trim(text, at, place)
        if begin < finish:
            yield Clause(begin, finish, sentence, first, sign, depth)
            first = False
        at = place if sign == "\t" else place + 1
        if sign in END or sign in "\t.":
            sentence, first = sentence + 1, True
    begin, finish = _trim(text, at, end)
    if begin < finish:
        yield Clause(begin, finish, sentence, first, "", False)


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start] in "、.．)）]】":
        start += 1
    found = LIST_MARK.match(text, start, end)
    if found and found.end() < end:
        start = found.end()
    found = ORDINAL_LEAD.match(text, start, end)
    if found and found.end() < end:
        start = found.end()
    while start < end and text[end - 1] in "、.．([（【—":
        end -= 1
    return start, end


def _stops(text: str, start: int, end: int, cells: frozenset[int]) -> Iterator[tuple[int, str, bool]]:
    """(place, sign, inside a bracket) for everything that ends a clause."""
    quiet = _quiet(text, start, end)
    cells |= {label.start() for label in LABEL.finditer(text, start + 1, end)}
    brackets: list[int] = []
    opening = _opening(text, start, end)
    for i in range(start, end):
        sign = text[i]
        if i in cells:
            yield i, "\t", False
        if i in quiet:
            continue
        if sign in STOP:
            if not (sign in ",:：" and _between_digits(text, i, start, end)):
                yield i, sign, bool(brackets)
        elif sign in opening.get(i, ""):
            yield i, "（", bool(brackets)
            brackets.append(i) if sign in "（(" else brackets and brackets.pop()
        elif sign == "." and i > start and _is_full_stop(text, i, end):
            yield i, ".", bool(brackets)
        elif sign == "□" and i > start and text[i - 1] in "%％件篇次名人" and (i + 1 >= end or text[i + 1] != "□"):
            yield i, "，", bool(brackets)


def _between_digits(text: str, i: int, start: int, end: int) -> bool:
    return (
        start < i < end - 1
        and text[i - 1].isdigit()
        and text[i + 1].isdigit()
        and (text[i] in ":：" or (text[i + 1 : i + 4].isdigit() and len(text[i + 1 : i + 4]) == 3))
    )


def _is_full_stop(text: str, i: int, end: int) -> bool:
    return "\u4e00" <= text[i - 1] <= "\u9fff" or (text[i - 1] in "%％)）”" and not text[i + 1 : i + 2].isdigit())


def _opening(text: str, start: int, end: int) -> dict[int, str]:
    """Brackets that part: those that hold a stop or a quantity of their own."""
    parting: dict[int, str] = {}
    open_at: list[int] = []
    for i in range(start, end):
        if text[i] in "（(":
            open_at.append(i)
        elif text[i] in "）)" and open_at:
            begin = open_at.pop()
            inside = text[begin + 1 : i] if i - begin <= LONGEST_BRACKET else ""
            if inside and IN_BRACKET_STOP.search(inside) and not ONLY_AMOUNT.match(inside):
                parting[begin], parting[i] = text[begin], text[i]
    return parting


def _quiet(text: str, start: int, end: int) -> set[int]:
    """Places inside “short quotation” and 《title》, where no sign ends a clause."""
    quiet: set[int] = set()
    for opener, limit in (("“", LONGEST_QUOTE), ("《", 60)):
        at = text.find(opener, start, end)
        while at >= 0:
            close = text.find(PAIRS[opener], at + 1, min(end, at + limit))
            if close > 0 and not any(stop in END for stop in text[at:close]):
                quiet.update(range(at, close + 1))
                at = text.find(opener, close, end)
            else:
                at = text.find(opener, at + 1, end)
    return quiet
