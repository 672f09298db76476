"""Every read of 报送, narrowed first to what the user may see: what his unit sends, and what it is sent."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404

from xieshang.base.accounts import permissions
from xieshang.base.accounts.models import User
from xieshang.base.accounts.roles import STAFF
from xieshang.base.ledger import figures
from xieshang.base.ledger.facts import Indicator
from xieshang.base.orgs.models import Organization
from xieshang.base.orgs.queries import ancestors
from xieshang.base.settings import parameters
from xieshang.base.workflow.engine import find

from . import rules, words
from .models import Line, Submission, Wanted


def visible(user: User) -> QuerySet[Submission]:
    """Submissions from and to the units in which `user` may see them."""
    units = permissions.units(user, "submissions.see")
    return Submission.objects.filter(Q(organization__in=units) | Q(to__in=units)).select_related("organization", "to")


def one(user: User, pk: int) -> Submission:
    """One submission, or 404 when it is not theirs to see."""
    return get_object_or_404(visible(user).select_related("saved_by"), pk=pk)


def verbs(record: Submission, user: User) -> list[str]:
    """What `user` may do with it now: the sender sends again, the unit above accepts or returns."""
    at = dict.fromkeys(rules.ABOVE, record.to)
    return [
        verb
        for verb in ("send", *rules.ABOVE)
        if find(rules.MOVES, verb, record.state)
        and permissions.may(user, f"submissions.{verb}", at.get(verb, record.organization))
    ]


def staff(unit: Organization) -> list[User]:
    """Who sends and receives for a unit. One query."""
    return list(
        User.objects.filter(grants__organization=unit, grants__role__in=STAFF, grants__ended_at=None, is_active=True).distinct()
    )  # fmt: skip


# --- which periods, and what is told ---------------------------------------------------------------------------------------


def periods(unit: Organization, year: int) -> list[tuple[date, date]]:
    """The periods of a year for which those below `unit` send. One query."""
    ends = [date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1) for month in range(1, 13)]
    return rules.periods(year, parameters.on_days(unit, rules.RHYTHM, ends))


def due_on(unit: Organization, end: date) -> date:
    """By which day the period that ends then has to be sent to `unit`."""
    return end + timedelta(days=int(parameters.value(unit, rules.DUE, end)))


def open_to(indicator: Indicator, known: dict[str, Indicator]) -> bool:
    """May the unit above be told? Never what is only for the unit itself (Party work), nor what is made of it."""
    parts = [known.get(code) for code in (indicator.part, indicator.whole) if code]
    return not indicator.inside and all(part is not None and open_to(part, known) for part in parts)


def wanted(above: Organization) -> list[str]:
    """Codes that a unit wants to be told, its own choice or that of the nearest unit above it; the usual ones where nobody chose."""
    line = ancestors(above)
    chosen = list(Wanted.objects.filter(organization__in=line).order_by("order", "id"))
    nearest = min((line.index(one.organization_id) for one in chosen), default=None)
    if nearest is None:
        return list(rules.USUAL)
    return [one.indicator for one in chosen if one.organization_id == line[nearest]]


def counted(unit: Organization, above: Organization, start: date, end: date) -> list[figures.Figure]:
    """The figures that `unit` tells `above` of a period, as they stand now; what it does not have or may not tell is left out."""
    known = figures.indicators(unit)
    codes = [code for code in wanted(above) if code in known and open_to(known[code], known)]
    return figures.figures([figures.Query(known[code], unit.pk, start, end) for code in codes], known)


# --- one submission ------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Told:
    """A figure as it was sent and as it is now: 报 38，现 39. `now` is None where the indicator is gone."""

    line: Line
    name: Any
    now: figures.Figure | None

    @property
    def sent(self) -> str:
        return text(self.line.value)

    @property
    def differs(self) -> bool:
        return self.now is not None and self.now.value != self.line.value


def text(value: Decimal | None) -> str:
    if value is None:
        return "—"
    return f"{int(value):,}" if value == value.to_integral_value() else f"{value.normalize():,f}"


def told(record: Submission) -> list[Told]:
    """The lines of the last sending beside what the ledger says today; a fixed number of queries."""
    lines = list(record.lines.filter(round=record.round).order_by("order"))
    known = figures.indicators(record.organization)
    asked = [line.indicator for line in lines if line.indicator in known]
    queries = [figures.Query(known[code], record.organization_id, record.start, record.end) for code in asked]
    found = dict(zip(asked, figures.figures(queries, known), strict=True)) if queries else {}
    return [
        Told(line, known[line.indicator].name if line.indicator in known else line.name, found.get(line.indicator))
        for line in lines
    ]


# --- the table of those below, and one's own list ----------------------------------------------------------------------------


@dataclass(frozen=True)
class Cell:
    """One unit's period: `state` is one of rules.STATES, `missing` (the day is past), `waiting` or "" (not over yet)."""

    start: date
    end: date
    due: date
    state: str
    submission: Submission | None = None

    @property
    def label(self) -> str:
        return words.short(self.start, self.end)


@dataclass(frozen=True)
class Row:
    unit: Organization
    cells: list[Cell]


def own(unit: Organization, year: int, today: date) -> list[Cell]:
    """The unit's own periods of a year, the newest first; only those that are over. Fixed queries."""
    if unit.parent is None:
        return []
    return [cell for row in _rows(unit.parent, [unit], year, today) for cell in reversed(row.cells) if cell.state]


def below(unit: Organization, year: int, today: date) -> list[Row]:
    """unit × period for those right below. Fixed queries."""
    return _rows(unit, list(unit.children.order_by("path")), year, today)


def _rows(above: Organization, units: list[Organization], year: int, today: date) -> list[Row]:
    spans = [span for span in periods(above, year) if span[0] <= today] if units else []
    if not spans:
        return []
    due = dict(zip(spans, parameters.on_days(above, rules.DUE, [end for _start, end in spans]), strict=True))
    sent = {
        (one.organization_id, one.start, one.end): one
        for one in Submission.objects.filter(organization__in=units, start__year=year).select_related("organization")
    }
    return [Row(unit, [_cell(span, due[span], sent.get((unit.pk, *span)), today) for span in spans]) for unit in units]


def _cell(span: tuple[date, date], days: int, found: Submission | None, today: date) -> Cell:
    start, end = span
    due = end + timedelta(days=int(days))
    if found:
        return Cell(start, end, due, found.state, found)
    state = "" if end >= today else "waiting" if due >= today else "missing"
    return Cell(start, end, due, state)


def count(cells: Iterable[Cell], state: str) -> int:
    return sum(cell.state == state for cell in cells)


def titles(ids: Iterable[int]) -> dict[int, str]:
    return {one.pk: str(one) for one in Submission.objects.filter(pk__in=ids).select_related("organization")}
