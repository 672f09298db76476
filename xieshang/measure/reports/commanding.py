"""Filling a template in one go, for `xieshang report fill` and for trying one: the .docx, and what was put where."""

from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from typing import Any

from xieshang.base import clock
from xieshang.base.ledger import figures
from xieshang.base.orgs.models import Organization
from xieshang.documents import filling as paper

from . import places
from .filling import Answer, Source, edit
from .places import Prepared
from .reading import CELL, NAMED


@dataclass(frozen=True)
class Filled:
    """What `xieshang report fill` prints, and the .docx. `prepared`: all that is known of its places."""

    document: bytes
    blanks: int
    filled: int
    left: list[dict[str, Any]] = field(default_factory=list)
    figures: list[dict[str, Any]] = field(default_factory=list)
    prepared: Prepared | None = None

    def as_json(self) -> dict[str, Any]:
        """As the contract has it; beside it, where there is any, what was repeated, not understood, and does not add up."""
        said: dict[str, Any] = {
            "blanks": self.blanks,
            "filled": self.filled,
            "left": self.left,
            "figures": self.figures,
        }
        if self.prepared:
            left = [one for one in self.prepared.answers if one.text is None and one.spot.kind in (NAMED, CELL)]
            more = {
                "open": [{"place": one.spot.address, "mark": one.spot.mark, "why": one.why} for one in left],
                "repeats": [one.as_json() for one in self.prepared.repeats], "unread": self.prepared.unread, "sums": self.prepared.sums,
            }  # fmt: skip
            said |= {name: found for name, found in more.items() if found}
        return said


def fill(
    data: bytes,
    organization: Organization,
    start: date,
    end: date,
    *,
    as_of: datetime | None = None,
    clean: bool = False,
) -> Filled:
    """A template (.docx) filled from the ledger for a period, both days included.

    as_of   as it was known at this moment; None for now
    clean   without comments and colour; what is left open is bold
    raises  DocumentError for a file that cannot be read
    """
    known = figures.indicators(organization)
    ready = places.prepare(data, organization, start, end, as_of=as_of, known=known, own_periods=True)
    source = Source(start, end, as_of or clock.now())
    document = paper.fill(
        ready.data, [edit(one, source) for one in ready.answers], clean=clean, at=clock.now().replace(tzinfo=None)
    )
    filled = sum(one.text is not None for one in ready.answers)
    left = [_left(one) for one in ready.answers if one.text is None]
    counted = [_figure(one, start, end) for one in ready.answers if one.text is not None and one.indicator]
    return Filled(document, len(ready.answers), filled, left, counted, ready)


def _left(answer: Answer) -> dict[str, Any]:
    spot = answer.spot
    guesses = [asdict(guess) for guess in answer.guesses]
    return {"before": spot.before, "mark": spot.mark, "after": spot.after, "guesses": guesses}


def _figure(answer: Answer, start: date, end: date) -> dict[str, Any]:
    since, until = answer.days(start, end)
    return {
        "place": answer.spot.address, "indicator": answer.indicator.code if answer.indicator else "", "from": since.isoformat(), "to": until.isoformat(),
        "facts": answer.facts, "mark": answer.spot.mark, "text": answer.text,
    }  # fmt: skip
