"""Timing two pieces of work side by side: page, bare, page, bare …, so that whatever else the machine does falls on both."""

import gc
import time
from collections.abc import Callable
from statistics import mean, median, quantiles
from typing import Any

ROUNDS = 5
Work = Callable[[], object]


def ratio(work: Work, bare: Work, *, each: int, warm: int = 3) -> dict[str, Any]:
    """The median of five interleaved rounds, each the mean of `each` runs in turn, in milliseconds and as a ratio."""
    for _i in range(warm):
        work()
        bare()
    rounds = []
    for _i in range(ROUNDS):
        gc.collect()
        pairs = [(_ms(work), _ms(bare)) for _n in range(each)]
        rounds.append(tuple(mean(column) for column in zip(*pairs, strict=True)))
    ms, base = (median(column) for column in zip(*rounds, strict=True))
    return {
        "value": round(ms / base, 2), "unit": "×", "baseline": round(base, 3), "samples": [round(one, 3) for one, _bare in rounds],
        "baseline_samples": [round(bare_one, 3) for _one, bare_one in rounds], "ms": round(ms, 2),
    }  # fmt: skip


def _ms(work: Work) -> float:
    began = time.perf_counter()
    work()
    return (time.perf_counter() - began) * 1000


def tail(work: Work, bare: Work, *, times: int, warm: int = 3) -> dict[str, Any]:
    """The 95th percentiles of as many runs of each in turn, in milliseconds and as a ratio."""
    for _i in range(warm):
        work()
        bare()
    gc.collect()
    ms, base = zip(*((_ms(work), _ms(bare)) for _n in range(times)), strict=True)
    late, late_bare = (quantiles(found, n=20, method="inclusive")[-1] for found in (ms, base))
    return {
        "value": round(late / late_bare, 2), "unit": "×", "baseline": round(late_bare, 3), "samples": [round(one, 2) for one in ms],
        "baseline_samples": [round(one, 2) for one in base], "ms": round(late, 2), "median_ms": round(median(ms), 2),
    }  # fmt: skip


def seconds(work: Work, times: int = ROUNDS) -> list[float]:
    """How long each of several runs took."""
    work()
    found = []
    for _i in range(times):
        gc.collect()
        began = time.perf_counter()
        work()
        found.append(time.perf_counter() - began)
    return found
