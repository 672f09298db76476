"""How alike two texts of one genre are: by the pairs of neighbouring characters that they share, each weighing what it tells."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from math import log, sqrt

from . import pairs


@dataclass(frozen=True)
class Common:
    """In how many of `documents` texts each pair stands."""

    documents: int = 0
    counts: Mapping[int, int] = field(default_factory=dict)

    def weight(self, pair: int) -> float:
        """Much for what few texts say, nothing for what most say."""
        return max(0.0, log((self.documents + 1) / (self.counts.get(pair, 0) + 0.5)))


def common(texts: Iterable[str], least: int = 2) -> Common:
    """Counted over plain texts; pairs that stand in fewer than `least` are left out."""
    n, counts = 0, Counter[int]()
    for text in texts:
        n += 1
        counts.update(pairs.pairs(text))
    return Common(n, {pair: count for pair, count in counts.items() if count >= least})


Vector = dict[int, float]


def vector(parts: Iterable[tuple[str, float]], known: Common) -> Vector:
    """Pair → weight, of plain texts that weigh differently (a title more than what follows)."""
    found: Vector = {}
    for text, share in parts:
        for pair in pairs.pairs(text):
            found[pair] = max(found.get(pair, 0.0), share * known.weight(pair))
    return found


def likeness(a: Vector, b: Vector) -> float:
    """The cosine of two vectors, 0..1."""
    if len(b) < len(a):
        a, b = b, a
    shared = sum(weight * b[pair] for pair, weight in a.items() if pair in b)
    return shared / (_size(a) * _size(b)) if shared else 0.0


def _size(one: Vector) -> float:
    return sqrt(sum(weight * weight for weight in one.values()))
