"""What was done, with a number that counts work."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from xieshang.text.amounts import TIME_UNITS, Amount
from xieshang.text.phrases import POINTS, STANDING
from xieshang.text.pieces import Piece
from xieshang.text.words import action_and_object

EVENT = re.compile(r"举办|召开|开展|组织|进行|举行|听取|接受|获")
TAKING_PART = re.compile(r"参加|参与|出席|获|受益")
OPEN_FOR = re.compile(
    r"(?:开放|时长|服务|学习|培训|驻[村点]|累计)(?:时间|时长)?[共达约近]?计?达?到?\Z"
)  # 全年开放260余天
NO_RESULT = re.compile(r"年龄|出生|电话|邮编|地址|以来的|原则|(?:重点|着力)做好|强调|要求：")


class Done(NamedTuple):
    """A fact in squeezed offsets."""

    start: int
    end: int
    object: str | None
    amount: Amount
    rule: str


def read_clause(text: str, parted: list[Piece], start: int, end: int) -> Iterator[Done]:
    """The facts of one clause about what was done."""
    clause = text[start:end]
    if POINTS.search(clause):
        return
    for piece in parted:
        words = text[piece.start : piece.end]
        if (STANDING.search(words) and not TAKING_PART.search(words)) or NO_RESULT.search(words):
            continue
        for amount in piece.amounts:
            if _is_result(text, amount, piece, words):
                place = (amount.start - piece.start, amount.end - piece.start)
                rule = "rate" if amount.unit == "%" else "sum" if (amount.unit or "").endswith("元") else "count"
                yield Done(piece.start, piece.end, action_and_object(words, place)[1], amount, rule)


def _is_result(text: str, amount: Amount, piece: Piece, words: str) -> bool:
    if amount.unit in ("天", "小时") and OPEN_FOR.search(text, piece.start, amount.start):
        return True
    if amount.unit in TIME_UNITS or amount.unit == "分":
        return False
    if amount.unit is None and amount.value is not None and amount.value < 100:
        return False
    if amount.written == "一":
        return amount.unit in ("次", "场", "期", "届") and bool(EVENT.search(words[: amount.start - piece.start]))
    return True
