"""The markers that head a numbered paragraph: 第一章 第一条 一、 （一） 1、 (1) ①."""

from __future__ import annotations

import re
from typing import NamedTuple

from xieshang.text.numerals import to_chinese, to_number

_C = "[一二三四五六七八九十百零〇两]{1,6}"
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_BRACKETED = "⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇"
_DOTTED = "⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑⒒⒓⒔⒕⒖⒗⒘⒙⒚⒛"
_CHINESE_BRACKETED = "㈠㈡㈢㈣㈤㈥㈦㈧㈨㈩"
_RANKED = {sign: i % 20 + 1 for i, sign in enumerate(_CIRCLED + _BRACKETED + _DOTTED)}
_RANKED |= {sign: i + 1 for i, sign in enumerate(_CHINESE_BRACKETED)}

# (kind, rank, pattern): a lower rank contains a higher one.
KINDS = (
    ("编", 0, re.compile(rf"第({_C}|\d{{1,3}})[编篇部](?!分)")),
    ("章", 1, re.compile(rf"第({_C}|\d{{1,3}})章")),
    ("节", 2, re.compile(rf"第({_C}|\d{{1,3}})节")),
    ("条", 3, re.compile(rf"第({_C}|\d{{1,3}})条(?![款第规、和的])")),
    ("一、", 4, re.compile(rf"({_C})[、．.](?!{_C}[、是]|[二三四]季度)")),
    ("（一）", 5, re.compile(rf"[（(]({_C})[）)][、.．]?")),
    ("（一）", 5, re.compile(rf"([{_CHINESE_BRACKETED}])")),
    ("1.1", 7, re.compile(r"(\d{1,2}[.．]\d{1,2})[、.．]?(?![\d.．%％万亿元个件年月日])(?=[^\W\d_])")),
    ("1、", 6, re.compile(r"(\d{1,3})(?:、(?!\d{1,3}[、，项号])|[．.](?![\d%％]|\Z)|[．.](?=\d{4}年|\d{1,2}月))")),
    ("1、", 6, re.compile(rf"([{_DOTTED}])")),
    ("（1）", 8, re.compile(r"[（(](\d{1,3})[）)][、.．]?")),
    ("1）", 9, re.compile(r"(\d{1,3})[）)][、.．]?")),
    ("①", 10, re.compile(rf"([{_CIRCLED}{_BRACKETED}])")),
)


class Marker(NamedTuple):
    printed: str
    kind: str
    rank: int
    number: int


def marker_of(paragraph: str) -> Marker | None:
    """The marker that `paragraph` begins with, whitespace already removed; None where it is not numbered."""
    head = paragraph[:12]
    if not head or not (
        head[0] in "第（(" or head[0] in "一二三四五六七八九十百" or head[0].isdigit() or head[0] in _RANKED
    ):
        return None
    for kind, rank, pattern in KINDS:
        found = pattern.match(head)
        if found:
            number = _number(found[1])
            return Marker(found[0], kind, rank, number) if number else None
    return None


def _number(written: str) -> int:
    if written in _RANKED:
        return _RANKED[written]
    value = to_number(written.replace("．", ".").rpartition(".")[2])
    return int(value) if value else 0


def printed_like(marker: Marker, number: int) -> str:
    """The marker a series would have printed for `number`: `(1)` and 2 give `(2)`."""
    sign = marker.printed[0]
    for row in (_CIRCLED, _BRACKETED, _DOTTED, _CHINESE_BRACKETED):
        if sign in row:
            return row[number - 1] if number <= len(row) else str(number)
    old = re.search(rf"{_C}|\d+(?:[.．]\d+)?", marker.printed)
    if not old:
        return str(number)
    new = str(number) if old[0][0].isdigit() else to_chinese(number)
    if "." in old[0] or "．" in old[0]:
        new = old[0][: old[0].replace("．", ".").index(".") + 1] + new
    return marker.printed[: old.start()] + new + marker.printed[old.end() :]
