"""Which sentences of two texts say the same, side by side, with the words they share."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from xieshang.text.similarity import BOILERPLATE

END = re.compile(r"(?<=[。！？；\n])")
NUMBER = re.compile(
    r"^\s*([一二三四五六七八九十]{1,3}[、.．是]|[（(][一二三四五六七八九十\d]{1,3}[）)]|\d{1,2}[、.．](?!\d))\s*"
)
SHORTEST = 8  # characters: what is shorter agrees by chance
ALIKE = 0.45  # share of the character pairs
RUN = 3  # characters in a row that are marked

Run = tuple[str, bool]  # words, whether the other has them too


class Passage(NamedTuple):
    """A sentence of the one and one of the other, each as runs, and how much they share (0..1)."""

    mine: Sequence[Run]
    theirs: Sequence[Run]
    share: float


def sentences(text: str) -> list[str]:
    """Sentences without their numbers."""
    found = (NUMBER.sub("", piece).strip() for piece in END.split(text))
    return [piece for piece in found if len(piece) >= SHORTEST]


def agreeing(mine: str, theirs: str, most: int = 6, common: Iterable[str] = ()) -> list[Passage]:
    """The sentences that agree, likest first: each is told once. common: sentences of the genre that prove nothing."""
    known = {_plain(one) for one in common}
    ours = [(one, _pairs(one)) for one in sentences(mine) if _plain(one) not in known]
    others = [(one, _pairs(one)) for one in sentences(theirs) if _plain(one) not in known]
    scored = [
        (_share(pairs, given), n, m)
        for n, (_one, pairs) in enumerate(ours)
        for m, (_other, given) in enumerate(others)
        if pairs and given and len(pairs & given) * 2 >= ALIKE * min(len(pairs), len(given))
    ]
    taken_ours: set[int] = set()
    taken_others: set[int] = set()
    found: list[Passage] = []
    for share, n, m in sorted(scored, key=lambda one: (-one[0], one[1], one[2])):
        if share < ALIKE or len(found) == most:
            break
        if n not in taken_ours and m not in taken_others:
            taken_ours.add(n)
            taken_others.add(m)
            found.append(_passage(ours[n][0], others[m][0], share))
    return found


def _plain(text: str) -> str:
    return re.sub(r"\W", "", text)


def _pairs(text: str) -> frozenset[str]:
    plain = _plain(BOILERPLATE.sub("", text))
    return frozenset(plain[i : i + 2] for i in range(len(plain) - 1))


def _share(one: frozenset[str], other: frozenset[str]) -> float:
    return 2 * len(one & other) / (len(one) + len(other))


def _passage(mine: str, theirs: str, share: float) -> Passage:
    blocks = [b for b in SequenceMatcher(None, mine, theirs, autojunk=False).get_matching_blocks() if b.size >= RUN]
    return Passage(_runs(mine, [(b.a, b.size) for b in blocks]), _runs(theirs, [(b.b, b.size) for b in blocks]), share)


def _runs(text: str, same: Iterable[tuple[int, int]]) -> list[Run]:
    found: list[Run] = []
    at = 0
    for start, size in same:
        found += [(text[at:start], False), (text[start : start + size], True)]
        at = start + size
    return [run for run in [*found, (text[at:], False)] if run[0]]
