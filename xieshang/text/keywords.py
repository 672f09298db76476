"""What a text is about beside others of its kind: the terms that are its own, the sentences that hold them, and which others are nearest. Counting only, so that each answer can be told."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from xieshang.text.passages import sentences

PART = re.compile(r"[\u4e00-\u9fff]+")
CUT = re.compile(
    r"[的了和与及或等在对把被将由从为是有其这那并也又都就而于以所并且因此通过进行关于提案建议]|目前|没有|可以|应当|需要|不能|情况|问题|工作|加强|推进|完善|进一步|我县|我市|我区|全县|全市|全区"
)
LONGEST, SHORTEST = 6, 2


class Near(NamedTuple):
    """Another text by its place, how near it is (0..1), and the words that both hold."""

    at: int
    share: float
    words: tuple[str, ...]


def pairs(text: str) -> frozenset[str]:
    """Pairs of neighbouring characters, not over words that every text has."""
    return frozenset(
        piece[i : i + 2] for part in PART.findall(text) for piece in CUT.split(part) for i in range(len(piece) - 1)
    )


class Others:
    """The texts beside which one is looked at."""

    def __init__(self, texts: Sequence[str]) -> None:
        self.pairs = [pairs(text) for text in texts]
        self.known = Counter(pair for one in self.pairs for pair in one)

    def weight(self, pair: str) -> float:
        """The rarer among the others, the heavier."""
        return math.log((len(self.pairs) + 1) / (self.known[pair] + 0.5))

    def terms(self, text: str, most: int = 8) -> list[str]:
        """The text's own terms: said more than once or in its first line, heaviest first; a part of a longer one is not told apart."""
        first = text.split("\n", 1)[0]
        counted: Counter[str] = Counter()
        for part in PART.findall(text):
            for piece in CUT.split(part):
                for size in range(SHORTEST, LONGEST + 1):
                    counted.update(piece[i : i + size] for i in range(len(piece) - size + 1))
        kept = {term: n for term, n in counted.items() if n > 1 or (term in first and len(term) > SHORTEST)}
        whole = [t for t, n in kept.items() if not any(t != o and t in o and kept[o] >= n for o in kept)]
        return sorted(whole, key=lambda term: (-self._heavy(term, kept[term]), term))[:most]

    def _heavy(self, term: str, times: int) -> float:
        return times * sum(self.weight(term[i : i + 2]) for i in range(len(term) - 1)) / math.sqrt(len(term) - 1)

    def told_by(self, text: str, most: int = 3) -> list[str]:
        """The sentences that hold most of the terms, in their order."""
        terms = self.terms(text)
        scored = [(sum(term in one for term in terms), -n, one) for n, one in enumerate(sentences(text))]
        best = sorted((one for one in scored if one[0]), reverse=True)[:most]
        return [one for _score, _n, one in sorted(best, key=lambda found: -found[1])]

    def nearest(self, text: str, most: int = 12, least: float = 0.08) -> list[Near]:
        """The others that share most with it, by weight."""
        own = pairs(text)
        total = sum(self.weight(pair) for pair in own) or 1
        found = []
        for at, theirs in enumerate(self.pairs):
            both = own & theirs
            if (share := sum(self.weight(pair) for pair in both) / total) >= least:
                words = sorted(both, key=lambda pair: (-self.weight(pair), pair))[:4]
                found.append(Near(at, share, tuple(words)))
        return sorted(found, key=lambda one: (-one.share, one.at))[:most]
