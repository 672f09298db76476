"""Corrections replayed: does today's reader read a clause as the clerk made it? The cases come from `xieshang plan corrections`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from xieshang.text.model import Document, Target, Task
from xieshang.text.reading import read

LIKE = 0.5  # share of two spans that is common, from which they are the same clause


def agrees(case: Mapping[str, Any]) -> bool:
    """Whether what is read in the case's sentence now is what the clerk left: `made`, or nothing where it is empty."""
    (document, *_) = read(f"工作计划\n\n一、任务\n\n{case['sentence']}\n").documents
    made: Sequence[Mapping[str, Any]] = case["made"]
    if not made:
        return not _at(document, case["quote"], [*document.targets, *document.tasks])
    counted = [one for one in made if one["kind"] == "quantified" or one["deadline"]]
    found = [target for one in counted if (target := _same(document, one))]
    said = {id(target) for target in found}
    rest = [t for t in _at(document, case["quote"], document.targets) if id(t) not in said]
    return len(said) == len(counted) and not rest


def _same(document: Document, made: Mapping[str, Any]) -> Target | None:
    near = _at(document, made["quote"], document.targets)
    return next((target for target in near if _means(target, made)), None)


def _at(document: Document, quote: str, among: Sequence[Any]) -> list[Any]:
    """Those whose words and `quote` are mostly the same."""
    return [one for one in among if _common(one, quote) >= LIKE]


def _common(one: Target | Task, quote: str) -> float:
    """Of the longer of the two, how much the shorter is; 0 where neither holds the other."""
    if one.quote in quote or quote in one.quote:
        return min(len(one.quote), len(quote)) / max(len(one.quote), len(quote), 1)
    return 0.0


def _means(target: Target, made: Mapping[str, Any]) -> bool:
    words = all((getattr(target, name) or "") == made[name] for name in ("op", "unit", "period", "per"))
    numbers = all(_number(getattr(target, name)) == _number(made[name]) for name in ("value", "max"))
    when = made["deadline"] or ""
    return words and numbers and (when.endswith(target.deadline) if target.deadline else not when)


def _number(value: Any) -> float | None:
    return None if value in (None, "") else round(float(value), 2)
