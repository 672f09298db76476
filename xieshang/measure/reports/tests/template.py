"""Small templates made in memory, and what an office has recorded."""

import io
from datetime import date
from decimal import Decimal
from typing import Any

from docx import Document

from xieshang.conftest import House
from xieshang.work.activities import actions
from xieshang.work.activities.models import Activity


def template(*paragraphs: str) -> bytes:
    """A .docx of these paragraphs."""
    document = Document()
    for text in paragraphs:
        document.add_paragraph(text)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def texts(data: bytes) -> list[str]:
    """The paragraphs of a .docx."""
    return [p.text for p in Document(io.BytesIO(data)).paragraphs]


def comments(data: bytes) -> list[str]:
    """The comments of a .docx."""
    return [c.text for c in Document(io.BytesIO(data)).comments]


def held(
    house: House,
    *,
    on: date = date(2026, 3, 5),
    kind: str = "inspection",
    came: int = 10,
    money: str = "0",
    **fields: Any,
) -> Activity:
    """An activity of the county, recorded by its clerk."""
    given = {
        "title": "视察重点工程",
        "kind": kind,
        "on": on,
        "collective": True,
        "carriers": [],
        "money": Decimal(money),
        **fields,
    }
    presence = {person.pk: "attended" if n < came else "absent" for n, person in enumerate(house.members)}
    return actions.record(house.county, fields=given, presence=presence, by=house.user("clerk"), now=house.now)
