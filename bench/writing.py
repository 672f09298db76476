"""Writing official papers: a sample of each kind, and a table of two thousand rows."""

from statistics import median
from typing import Any

from xieshang.documents.breakdown import COLUMNS
from xieshang.documents.gongwen import Table, Title, write
from xieshang.documents.samples import SAMPLES
from xieshang.documents.samples.lists import TASKS

from . import rounds

ROWS = 2000


def kind(name: str) -> dict[str, Any]:
    """The sample of a kind, from its parts to the bytes of the .docx."""
    return _measured(next(made for each, made in SAMPLES.items() if each == name))


def table() -> dict[str, Any]:
    """An official table of two thousand rows."""
    rows = [(str(number + 1), *TASKS[number % len(TASKS)][1:]) for number in range(ROWS)]
    return _measured(lambda: write([Title("任务分解表"), Table(COLUMNS, rows)]))


def _measured(made: Any) -> dict[str, Any]:
    spent = rounds.seconds(made)
    return {
        "value": round(median(spent), 4),
        "unit": "s",
        "baseline": None,
        "samples": [round(one, 4) for one in spent],
    }
