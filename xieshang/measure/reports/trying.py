"""试填: what each place of a template would get for some days, before a report is begun from it. Nothing is written."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from xieshang.base.orgs.models import Organization

from . import commanding, studio
from .filling import Answer
from .models import Blank, Report
from .opening import checked
from .places import Prepared, Repeat
from .reading import CELL
from .studio import Line


@dataclass(frozen=True)
class Row:
    """One place: as it is written, what it gets, and from what."""

    place: str
    around: str
    text: str
    name: str
    period: str
    facts: int | None
    url: str
    why: str
    guesses: str
    again: bool  # in a later copy of a repeated part

    @property
    def look(self) -> str:
        return "sure" if self.text else "pick" if self.guesses else "empty"


@dataclass(frozen=True)
class Trial:
    """A template tried: its places (`more`: those filled alike in later copies of a repeated part), its repeated parts, what was not understood, the document as it would be."""

    rows: list[Row]
    more: list[Row]
    repeats: list[Repeat]
    unread: list[str]
    sums: list[str]
    lines: list[Line]
    document: bytes
    filled: int

    @property
    def whole(self) -> int:
        return len(self.rows) + len(self.more)


def trial(data: bytes, unit: Organization, start: date, end: date) -> Trial:
    """Raises Refused for a file that cannot be read."""
    made = checked(lambda: commanding.fill(data, unit, start, end))
    ready = made.prepared
    assert ready is not None
    report = Report(organization=unit, start=start, end=end)
    rows = [_row(answer, ready, report) for answer in ready.answers]
    lines = studio.lines(made.document, [])
    more = [row for row in rows if row.again and row.text]
    return Trial(
        [row for row in rows if not (row.again and row.text)],
        more,
        ready.repeats,
        ready.unread,
        ready.sums,
        lines,
        made.document,
        made.filled,
    )


def _row(answer: Answer, ready: Prepared, report: Report) -> Row:
    spot, scope = answer.spot, answer.scope
    since, until = answer.days(report.start, report.end)
    blank = Blank(order=0, indicator="", **(scope.stored() if scope else {"since": since, "until": until, "scope": {}}))
    counted = answer.indicator is not None and answer.value is not None
    around = spot.head.rstrip("：") if spot.kind == CELL else spot.clause.strip()
    return Row(
        place=spot.mark.strip() or _("（空格）"), around=around[:60], text=answer.text or "", name=str(answer.indicator.name) if answer.indicator else "",
        period=f"{since:%Y.%m.%d}–{until:%Y.%m.%d}" if counted else "", facts=answer.facts if counted else None,
        url=studio.facts_url(report, answer.indicator.code, blank=blank) if answer.indicator and counted else "",
        why=answer.why, guesses="；".join(f"{g.name} {g.value}{g.unit}" for g in answer.guesses) if answer.text is None else "",
        again=ready.owners.get(spot.paragraph, (0, 0))[1] > 0,
    )  # fmt: skip
