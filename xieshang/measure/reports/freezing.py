"""Freezing a report: what stands in it, with the facts under each figure and a short code made of all of it."""

import hashlib
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from xieshang.base.accounts.models import User
from xieshang.base.audit.trail import canonical, stamp
from xieshang.base.ledger import figures
from xieshang.base.ledger.facts import Indicator

from . import scopes
from .models import Blank, Report, Version

LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # without I, L, O and U, which are taken for others
COLUMNS = (
    "order", "paragraph", "start", "end", "before", "mark", "after", "kind", "unit", "clause", "at_start", "at_end", "indicator", "guesses", "why", "text",
    "how", "facts", "reason", "asked_by", "differs",
)  # fmt: skip


def version(report: Report, *, final: bool, by: User | None, now: datetime) -> Version:
    """The report as it stands, not yet saved."""
    known = figures.indicators(report.organization)
    blanks = list(report.blanks.all())
    last = report.versions.order_by("-number").values_list("number", flat=True).first() or 0
    known_at = report.as_of or report.taken_at
    made = Version(
        report=report, number=last + 1, final=final, at=now, by=by, start=report.start, end=report.end, known_at=known_at,
        blanks=[_frozen(blank, known) for blank in blanks], facts=_facts(report, blanks, known, known_at),
    )  # fmt: skip
    made.code = code(made)
    return made


def _frozen(blank: Blank, known: dict[str, Indicator]) -> dict[str, Any]:
    indicator = known.get(blank.indicator)
    named = {"name": str(indicator.name), "measure": str(indicator.unit)} if indicator else {"name": "", "measure": ""}
    value = "" if blank.ledger_value is None else str(blank.ledger_value.quantize(Decimal("0.0001")))
    own = {"since": _iso(blank.since), "until": _iso(blank.until), "scope": blank.scope}
    own = own if any(own.values()) else {}  # so that a version frozen before there were such blanks keeps its code
    return {name: getattr(blank, name) for name in COLUMNS} | {"ledger_value": value} | named | own


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _facts(
    report: Report, blanks: list[Blank], known: dict[str, Indicator], known_at: datetime
) -> dict[str, list[int]]:
    counted = {scopes.facts_key(b): b for b in blanks if b.is_filled and b.indicator in known and b.facts}
    asked = {
        key: scopes.Scope.of(b).queries(known[b.indicator], report.organization_id, report.start, report.end, known_at)[
            0
        ]
        for key, b in counted.items()
    }
    return {key: list(figures.rows(query, known).values_list("pk", flat=True)) for key, query in asked.items()}


def code(made: Version) -> str:
    """核对码, XXXX-XXXX: another one as soon as a frozen word, figure, day or fact is another."""
    said = [
        made.report_id,
        made.number,
        made.final,
        str(made.start),
        str(made.end),
        stamp(made.known_at),
        made.blanks,
        made.facts,
    ]
    number = int.from_bytes(hashlib.sha256(canonical(said).encode()).digest()[:5], "big")
    letters = "".join(LETTERS[number >> 5 * place & 31] for place in range(8))
    return f"{letters[:4]}-{letters[4:]}"


def final(report: Report) -> Version | None:
    return report.versions.filter(final=True).first() if report.state == "final" else None


def thawed(version: Version) -> list[Blank]:
    """The blanks as they stood, not to be saved."""
    return [
        Blank(
            report=version.report,
            ledger_value=Decimal(said["ledger_value"]) if said["ledger_value"] else None,
            since=_day(said.get("since", "")),
            until=_day(said.get("until", "")),
            scope=said.get("scope", {}),
            **{name: said[name] for name in COLUMNS},
        )
        for said in version.blanks
    ]
