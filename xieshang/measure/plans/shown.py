"""The parts of a 公文 as plain values, for the page that shows a draft before it is taken down."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from xieshang.documents.ends import spelled
from xieshang.documents.gongwen import (
    Annex,
    Byline,
    Chart,
    Figure,
    Head,
    Heading,
    IssueHead,
    Paragraph,
    Part,
    Signature,
    Table,
    Title,
)
from xieshang.documents.numbering import chinese
from xieshang.documents.tables import characters


def shown(parts: Iterable[Part], head: Head | None = None) -> list[dict[str, Any]]:
    """Each part for the template, headings with their numbers; what a paper has only on paper is left out."""
    found: list[dict[str, Any]] = []
    if isinstance(head, IssueHead):
        found.append({"kind": "head", "sign": head.sign, "issue": head.issue, "office": head.office, "day": head.day})
    counts = [0, 0, 0, 0]
    for part in parts:
        if isinstance(part, Annex):
            counts = [0, 0, 0, 0]
        if (one := _shown(part, counts)) is not None:
            found.append(one)
    return found


def _shown(part: Part, counts: list[int]) -> dict[str, Any] | None:
    match part:
        case Title(text) | Byline(text):
            return {"kind": type(part).__name__.lower(), "text": text}
        case Heading(level, text, numbered):
            return {"kind": "heading", "level": level, "text": _number(level, counts) + text if numbered else text}
        case Paragraph(runs):
            return {"kind": "paragraph", "runs": _runs([runs] if isinstance(runs, str) else runs)}
        case Table():
            rows = [[_cell(cell) for cell in row] for row in part.rows]
            return {"kind": "table", "headings": part.headings, "rows": rows, "caption": part.caption}
        case Chart():
            bars = [
                {"label": name, "value": value, "unit": "", "state": "not_due" if n in part.hatched else "", "url": ""}
                for n, (name, value) in enumerate(zip(part.names, part.values, strict=True))
                if value is not None
            ]  # fmt: skip
            return {
                "kind": "chart",
                "title": part.caption.replace("斜线", "浅色").replace("空心点", "浅色"),
                "rows": bars,
                "first": "",
                "second": part.series,
            }
        case Annex(title=title):
            return {"kind": "annex", "text": title}
        case Signature(name, day):
            return {"kind": "signature", "text": name, "day": spelled(day) if isinstance(day, date) else day}
    return None


LONG = 8  # characters, from which on a cell holds words


def _cell(cell: str | Figure) -> list[dict[str, Any]]:
    [made] = _runs([cell])
    return [{**made, "words": isinstance(cell, str) and characters(cell) > LONG}]


def _runs(pieces: Sequence[str | Figure]) -> list[dict[str, Any]]:
    return [
        {"text": one}
        if isinstance(one, str)
        else {"text": one.text, "comment": one.comment or "", "marked": one.marked, "figure": True}
        for one in pieces
    ]


def _number(level: int, counts: list[int]) -> str:
    counts[level - 1] += 1
    counts[level:] = [0] * (4 - level)
    count = counts[level - 1]
    return (f"{chinese(count)}、", f"（{chinese(count)}）", f"{count}.", f"（{count}）")[level - 1]
