"""What the page of a revision shows: the pairs with both wordings and goals, how many of each kind, and what an item may be paired with."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.shortcuts import get_object_or_404

from xieshang.base.accounts.models import User
from xieshang.base.workflow.engine import possible
from xieshang.text.similarity import ratio

from . import carrying, rules
from .actions.revising import new_target
from .models import Pair, Paper, Plan, Revision, Target
from .queries import visible

TABS = ("open", *(code for code, _word in rules.CHANGES), "all")
MOST_OFFERED = 12


@dataclass
class Row:
    """A pair as it is shown. `offered`: old items that stand alone, likeliest first, where this row is being paired."""

    pair: Pair
    olds: list[Target]
    new: Target | None
    offered: list[Target] = field(default_factory=list)

    @property
    def asks(self) -> bool:
        """Somebody has to look at it: paired by likeness only."""
        return not self.pair.sure

    @property
    def blank(self) -> bool:
        """A confirmed target would lose its number."""
        return (
            self.pair.take == "new" and self.new is not None and self.new.kind == "quantified" and self.new.value is None
            and any(old.state == "accepted" for old in self.olds) and self.pair.kind != "same"
        )  # fmt: skip


@dataclass
class Compared:
    """A revision as the page shows it."""

    revision: Revision
    rows: list[Row]
    shown: list[Row]
    counts: dict[str, int]


def revision(user: User, pk: int) -> Revision:
    found = Revision.objects.filter(plan__in=visible(user)).select_related(
        "plan", "plan__organization", "organization", "paper", "old_paper", "saved_by"
    )
    return get_object_or_404(found, pk=pk)


def standing(plan: Plan) -> Revision | None:
    """The revision of a plan that is being paired."""
    return plan.revisions.filter(state="pairing").first()


def beside(user: User, plan: Plan, today: date) -> dict[str, Any]:
    """What the plan's page says of revisions: the one being paired, and those that changed it, newest first. One query."""
    found = list(plan.revisions.exclude(state="abandoned").select_related("paper", "old_paper").order_by("-id"))
    may = plan.sender_id is None and "revise" in possible(plan, user, rules.PLAN_MOVES)
    return {
        "pairing": next((one for one in found if one.state == "pairing"), None),
        "revisions": [one for one in found if one.state == "applied"],
        "may_revise": may,
        "may_carry": carrying.near_its_end(plan, user, today),
    }


def left_open(plan: Plan) -> list[dict[str, Any]]:
    """What the last revision did not dare to pair: the old items stand, the new one waits beside them."""
    last = plan.revisions.filter(state="applied").order_by("-id").first()
    pairs = last.pairs.filter(take="open").prefetch_related("olds") if last else ()
    return [{"old": [old.quote for old in pair.olds.all()], "new": (pair.said or {})["quote"]} for pair in pairs]


def papers(plan: Plan) -> list[Paper]:
    """Papers of the unit that may be the revised one."""
    found = Paper.objects.filter(organization=plan.organization).exclude(pk=plan.paper_id)
    return list(found.defer("text")[:8])


def compared(one: Revision, tab: str = "open", pairing: int = 0) -> Compared:
    """Two queries, whatever the number of pairs."""
    pairs = list(one.pairs.prefetch_related("olds"))
    rows = []
    for pair in pairs:
        pair.revision = one
        rows.append(
            Row(pair, sorted(pair.olds.all(), key=lambda t: (t.order, t.pk)), new_target(pair) if pair.said else None)
        )
    counts = Counter(row.pair.kind for row in rows)
    counts["all"], counts["open"] = len(rows), len(rows) - counts["same"]
    for row in rows:
        if row.pair.pk == pairing and row.new is not None:
            row.offered = _offered(row.new, rows)
    shown = [row for row in rows if tab == "all" or row.pair.kind == tab or (tab == "open" and row.pair.kind != "same")]
    return Compared(one, rows, shown, {name: counts[name] for name in TABS})


def _offered(new: Target, rows: list[Row]) -> list[Target]:
    alone = [row.olds[0] for row in rows if row.new is None and row.olds]
    return sorted(alone, key=lambda old: -ratio(old.quote, new.quote))[:MOST_OFFERED]
