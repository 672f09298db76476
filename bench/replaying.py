"""Replaying the whole ledger: rebuild timed, verify's word that it is whole, and the memory it took."""

import resource
import sys
import time
from typing import Any

from xieshang.base import clock
from xieshang.base.ledger import verify


def check() -> verify.Report:
    """Verify's report of a whole ledger. Raises RuntimeError when something is wrong with it."""
    report = verify.verify()
    if report.problems:
        raise RuntimeError(f"the bench's ledger does not pass verify: {report.problems[:3]}")
    return report


def _peak_mb() -> int:
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024**2 if sys.platform == "darwin" else 1024))


def measure() -> dict[str, Any]:
    """Facts replayed a second. It runs in a process of its own, so that the peak memory is its own."""
    began = time.perf_counter()
    changed = verify.rebuild(reason="bench", now=clock.now())
    spent = time.perf_counter() - began
    if changed != (0, 0):
        raise RuntimeError(f"rebuild found something to do in a whole ledger: {changed}")
    peak = _peak_mb()
    began = time.perf_counter()
    report = check()
    return {
        "value": round(report.facts / spent), "unit": "facts/s", "baseline": None, "samples": [round(report.facts / spent)], "facts": report.facts,
        "records": report.records, "seconds": round(spent, 1), "peak_mb": peak, "verify_s": round(time.perf_counter() - began, 1),
        "verify_peak_mb": _peak_mb(),
    }  # fmt: skip
