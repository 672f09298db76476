"""What the ledger says of a blank, as it is stored, and which blanks it says something else of now. The action saves them."""

from dataclasses import asdict
from datetime import datetime
from typing import Any

from xieshang.base.accounts.models import User
from xieshang.base.files import storage
from xieshang.base.ledger import figures
from xieshang.base.ledger.facts import Indicator

from . import places, scopes
from .deciding import Period
from .filling import Answer
from .models import Blank, Report
from .scopes import Scope


def said(answer: Answer, known: dict[str, Indicator]) -> dict[str, Any]:
    """The columns of a blank that come from the ledger."""
    scope = answer.scope or Scope()
    told: dict[str, Any] = {
        "indicator": answer.indicator.code if answer.indicator else "", "why": answer.why[:200], "text": answer.text or "",
        "how": "ledger" if answer.text is not None else "", "ledger_value": answer.value, "facts": answer.facts,
        "since": answer.period and answer.period.start, "until": answer.period and answer.period.end,
        "guesses": [{**asdict(g), "measure": scopes.measured_in(scope, known[g.indicator]) if g.indicator else ""} for g in answer.guesses],
    }  # fmt: skip
    if answer.scope or answer.sum_of:
        told |= scope.stored()
        told["scope"] |= {"sum_of": list(answer.sum_of)} if answer.sum_of else {}
        told["scope"] |= {"typed": str(answer.typed)} if answer.typed is not None else {}
    return told


def ask_again(report: Report, blanks: list[Blank], by: User | None, now: datetime) -> list[Blank]:
    """Open blanks, and words that were put in without a figure (plan states, days), whose answer is another now; those of a composed report want words that no ledger tells."""
    if not blanks or report.series:
        return []
    known = figures.indicators(report.organization)
    chosen = {blank.order: Period(*Scope.of(blank).days(report.start, report.end)) for blank in blanks if blank.by_hand}
    source = storage.path_of(report.original or report.template).read_bytes()
    ready = places.prepare(
        source, report.organization, report.start, report.end, as_of=report.as_of, known=known, own_periods=True, chosen=chosen
    )  # fmt: skip
    answers = {(one.spot.paragraph, one.spot.start): one for one in ready.answers}
    places_now = [(blank.paragraph, blank.start) for blank in blanks]
    if ready.repeats and list(answers) != places_now:
        return []  # more tasks, records or quarters than when it was begun: what stands there stays
    newly = []
    for blank, answer in ((b, answers[place]) for b, place in zip(blanks, places_now, strict=True) if place in answers):
        words = blank.how == "ledger" and not blank.indicator and blank.ledger_value is None
        told = said(answer, known)
        if (not blank.how or (words and told["how"])) and any(
            getattr(blank, name) != value for name, value in told.items()
        ):
            for name, value in told.items():
                setattr(blank, name, value)
            blank.version, blank.saved_at, blank.saved_by = blank.version + 1, now, by
            newly.append(blank)
    return newly
