"""What the studio page shows: the document line by line with its blanks, and beside it each blank with what it may be."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from xieshang.base.ledger.facts import Indicator
from xieshang.documents import filling

from . import offering
from .models import Blank, Report, Version
from .reading import CELL, NAMED, is_heading, is_title
from .scopes import Scope


@dataclass(frozen=True)
class Line:
    """A paragraph in pieces: text, or a blank. `look`: title, heading, cell or plain; table: its `rows` of cells, each of paragraphs."""

    look: str
    pieces: list[str | Blank]
    rows: "list[list[list[Line]]]" = field(default_factory=list)


@dataclass(frozen=True)
class Item:
    """A blank in the panel: its candidates with the address of their facts, and its own figure's."""

    blank: Blank
    name: str
    choices: list[dict[str, Any]]
    url: str
    offers: list[str]
    first: date
    last: date


def lines(template: bytes, blanks: Sequence[Blank]) -> list[Line]:
    """The document as the page shows it."""
    by_paragraph: dict[int, list[Blank]] = defaultdict(list)
    for blank in blanks:
        by_paragraph[blank.paragraph].append(blank)
    found: list[tuple[str, Line]] = []
    for place in filling.find(template):
        margin = place.kind in ("header", "footer") and place.index not in by_paragraph  # page numbers and the like
        if margin or not (place.text.strip() or TABLED.match(place.address)):
            continue
        look = "cell" if place.kind != "body" else "heading" if is_heading(place.text) else "plain"
        if not found and is_title(place):
            look = "title"
        found.append((place.address, Line(look, _pieces(place.text, by_paragraph[place.index]))))
    return list(_gathered(found))


TABLED = re.compile(
    r"(?P<table>document/t\d+)/r(?P<row>\d+)/c(?P<cell>\d+)/p\d+\Z"
)  # a table within a table stays a list of cells


def _gathered(found: list[tuple[str, Line]]) -> Iterator[Line]:
    """The cells of a table gathered into its rows, so that it is seen as one."""
    table, last = None, ("", "", "")
    for address, line in found:
        at = TABLED.match(address) if line.look == "cell" else None
        if at is None:
            table, last = None, ("", "", "")
            yield line
            continue
        here = (at["table"], at["row"], at["cell"])
        if table is None or here[0] != last[0]:
            table = Line("table", [])
            yield table
        if here[:2] != last[:2]:
            table.rows.append([])
        if here != last:
            table.rows[-1].append([])
        table.rows[-1][-1].append(line)
        last = here


def _pieces(text: str, blanks: list[Blank]) -> list[str | Blank]:
    pieces: list[str | Blank] = []
    at = 0
    for blank in blanks:
        pieces += [text[at : blank.start], blank]
        at = blank.end
    return [piece for piece in [*pieces, text[at:]] if piece != ""]


def items(report: Report, blanks: Sequence[Blank], known: dict[str, Indicator]) -> list[Item]:
    """Every blank with its candidates, in order."""
    return [_item(report, blank, known, offering.offers(blank, blanks)) for blank in blanks]


def _item(report: Report, blank: Blank, known: dict[str, Indicator], offers: list[str]) -> Item:
    choices = [
        {
            **guess,
            "url": facts_url(report, guess["indicator"], blank=blank) if guess["indicator"] else "",
            "key": n,
            "fits": guess["unit"] in ("", blank.unit) or (not blank.unit and blank.kind in (NAMED, CELL)),
        }
        for n, guess in enumerate(blank.guesses, 1)
    ]
    counted = known.get(blank.indicator)
    return Item(
        blank, str(counted.name) if counted else "", choices, facts_url(report, blank.indicator, blank=blank) if counted else "", offers,
        *Scope.of(blank).days(report.start, report.end),
    )  # fmt: skip


def facts_url(report: Report, code: str, version: Version | None = None, blank: Blank | None = None) -> str:
    """The address of the facts under a figure, of a version those of its day: the figure's drawer."""
    source = version or report
    asked = {
        "indicator": code,
        "org": report.organization.code,
        "from": source.start.isoformat(),
        "to": source.end.isoformat(),
    }
    if blank is not None:
        asked |= _narrowed(blank, source)
    if as_of := version.known_at if version else report.as_of:
        asked["as_of"] = as_of.isoformat()
    return f"{reverse('figure_drawer')}?{urlencode(asked)}"


def _narrowed(blank: Blank, source: Report | Version) -> dict[str, str]:
    """What stands beside the blank, as the drawer's address says it."""
    scope = Scope.of(blank)
    start, end = scope.days(source.start, source.end)
    narrow = {"org": scope.code, "body": scope.body, "sector": scope.sector, "children": int(scope.children)}
    return {"from": start.isoformat(), "to": end.isoformat()} | {k: str(v) for k, v in narrow.items() if v}


def following(report: Report, blank: Blank) -> Blank:
    """The next open blank behind this one, else the first open one, else the one that simply follows."""
    blanks = list(report.blanks.all())
    later = [b for b in blanks if b.order > blank.order]
    return next((b for b in [*later, *blanks] if not b.how), later[0] if later else blank)


@dataclass(frozen=True)
class Sent:
    """A version with what was written anew in it: (name, old, new) against the one before."""

    version: Version
    changed: list[tuple[str, str, str]]


def versions(report: Report) -> list[Sent]:
    """The versions, newest first, each with what it changed. One query."""
    found = list(report.versions.select_related("by"))
    before: list[Version | None] = [*found[1:], None][: len(found)]
    return [
        Sent(one, differences(earlier.blanks, one.blanks) if earlier else [])
        for one, earlier in zip(found, before, strict=True)
    ]


def differences(before: Sequence[dict[str, Any]], after: Sequence[dict[str, Any]]) -> list[tuple[str, str, str]]:
    """The places that say something else: (what it counts or where it stands, old, new)."""
    earlier = {said["order"]: said for said in before}
    return [
        (now["name"] or now["before"][-6:] + "…", old["text"] or old["mark"], now["text"] or now["mark"])
        for now in after
        if (old := earlier.get(now["order"])) and old["text"] != now["text"]
    ]
