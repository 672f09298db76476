"""The worker's rounds: one every so many seconds, and one at once when somebody waits for what it makes.

The bell is a file in the data folder: site and worker are two processes, and looking at a file costs the database nothing.
"""

import time
from pathlib import Path

from django.conf import settings
from django.db import transaction

STEP = 0.5  # seconds between two looks at the bell


def _bell() -> Path:
    return Path(settings.DATA) / "bell"


def ring() -> None:
    """Once this transaction is committed the worker begins a round, if one runs."""
    transaction.on_commit(_ring)


def _ring() -> None:
    _bell().parent.mkdir(parents=True, exist_ok=True)
    _bell().touch()


def rung() -> int:
    """When the bell was last rung; 0: never."""
    try:
        return _bell().stat().st_mtime_ns
    except FileNotFoundError:
        return 0


def rest(seconds: float, since: int) -> None:
    """Until the next round is due, or the bell is rung after `since`."""
    end = time.monotonic() + seconds
    while rung() == since and (left := end - time.monotonic()) > 0:
        time.sleep(min(STEP, left))
