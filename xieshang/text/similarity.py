"""How alike two short texts are, by the pairs of neighbouring characters they share."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache

# Words of the trade that say nothing about which work is meant.
BOILERPLATE = re.compile(
    r"工作|活动|情况|有关|相关|进一步|认真|切实|深入|积极|开展|组织|做好|加强|[的了和与及等、，。；：“”《》（）()\s]"
)


@lru_cache(maxsize=4096)
def _pairs(text: str) -> Counter[str]:
    plain = BOILERPLATE.sub("", text) or re.sub(r"\s", "", text)
    return Counter(plain[i : i + 2] for i in range(len(plain) - 1)) or Counter([plain] if plain else [])


def ratio(a: str, b: str) -> float:
    """Dice coefficient of the character pairs of `a` and `b`, 0..1; words that every paper uses do not count."""
    pairs_a, pairs_b = _pairs(a), _pairs(b)
    size = pairs_a.total() + pairs_b.total()
    return 2 * (pairs_a & pairs_b).total() / size if size else 0.0


def share(object: str, name: str) -> float:
    """How much of the shorter text is found in the longer, 0..1: `集体活动` is wholly in `组织委员集体活动一次`."""
    pairs_a, pairs_b = _pairs(object), _pairs(name)
    size = min(pairs_a.total(), pairs_b.total())
    return (pairs_a & pairs_b).total() / size if size else 0.0
