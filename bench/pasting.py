"""A pasted paragraph: how many fields are read rightly, in forty invented chats and newsletters by somebody who had not seen the reader.

The texts with an even number (from 0) were looked at while the rules were written; the others were not, and are the figure.
A field is judged where the text says it or the reader does; a wrong value is told apart from an empty one.
"""

import json
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from xieshang.text.happening import Happening, read

PARAGRAPHS = Path(__file__).parent / "data" / "paragraphs.json"
GUESTS = ("masses", "experts", "departments")
Judged = Iterator[tuple[str, Any, Any]]  # field, what was read, what is right


def fields_right() -> dict[str, Any]:
    """The share of fields right in the texts that were not seen; beside it that of the seen ones, and what was wrong or left empty."""
    seen, unseen = Tally(), Tally()
    for number, paragraph in enumerate(json.loads(PARAGRAPHS.read_text(encoding="utf-8"))):
        tally = unseen if number % 2 else seen
        tally.add(read(paragraph["text"], date.fromisoformat(paragraph["today"])), paragraph["fields"])
    return {
        "value": unseen.share, "unit": "share", "baseline": None, "samples": unseen.samples, "fields": unseen.judged, "wrong": unseen.wrong,
        "empty": unseen.empty, "seen": seen.share, "seen_fields": seen.judged,
    }  # fmt: skip


class Tally:
    """Right, wrong and empty over several texts."""

    def __init__(self) -> None:
        self.right = self.wrong = self.empty = 0
        self.samples: list[float] = []

    @property
    def judged(self) -> int:
        return self.right + self.wrong + self.empty

    @property
    def share(self) -> float:
        return round(self.right / max(1, self.judged), 3)

    def add(self, found: Happening, gold: dict[str, Any]) -> None:
        rights = [self._one(*one, planned=gold["planned"]) for one in judged(found, gold)]
        self.samples.append(round(sum(rights) / max(1, len(rights)), 3))

    def _one(self, name: str, mine: Any, right: Any, *, planned: bool) -> bool:
        """Who is to come to what is planned may be left open until the day."""
        ok = is_right(name, mine, right) or (planned and name in ("members", "leaders") and not mine)
        self.right += ok
        self.empty += not ok and not mine
        self.wrong += not ok and bool(mine)
        return ok


def judged(found: Happening, gold: dict[str, Any]) -> Judged:
    """Each field of which the text, or the reader, says something. A length that the text leaves open is not judged."""
    for name in (
        "on",
        "until",
        "half_days",
        "place",
        "kind",
        "carriers",
        "members",
        "leaders",
        "money",
        "goods_value",
        "planned",
    ):
        mine, right = found.value(name), gold.get(name)
        if name == "half_days" and right is None:
            continue
        if mine or right:
            yield name, mine, right
    for name in GUESTS:
        mine, right = found.value(name), gold["guests"].get(name)
        if mine or right:
            yield name, mine, right


def is_right(name: str, mine: Any, right: Any) -> bool:
    """As the texts' author judges: days and numbers exactly, one of several places or kinds, lists as sets."""
    if name in ("on", "until"):
        return bool(mine) and mine.isoformat() == right
    if name == "place":
        return bool(mine) and any(one in mine or (len(mine) > 1 and mine in one) for one in right or ())
    if name == "kind":
        return (mine or "other") in right
    if name in ("carriers", "leaders"):
        return set(mine or ()) == set(right or ())
    if name in ("money", "goods_value"):
        return Decimal(mine or 0) == Decimal(str(right or 0))
    return bool(mine == right)
