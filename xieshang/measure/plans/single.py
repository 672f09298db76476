"""一次活动只计一项: where a plan wants it, one record counts in one of its tasks only.

Where a task was carried over from the year before and the plan has another of the same 统计项, the two take turns also without that rule, for a
happening counts once in one 统计项: what was carried over has it until it is done, from then on the others have it.

In the order of days each record goes to the first task of the document that it fits and that has not reached its goal yet; when all have, to the first.
“At most” is a limit and no achievement: what it counts is not shared out, nor are rates, averages and stocks, which have no rows of their own.
Such figures are reckoned from the facts one by one, so that they are what their rows say.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from xieshang.base.ledger import figures
from xieshang.base.ledger.facts import Fact, Indicator
from xieshang.base.ledger.figures import Figure, Query

from . import pace
from .counting import JOINT, takes
from .models import Target

SHARED_OUT = ("count", "sum", "people")


@dataclass
class Turn:
    """A task that takes its turn. `need`: from how much on it is reached, in what its indicator counts, for each of its periods."""

    target: Target
    aim: pace.Aim
    indicator: Indicator
    body: int | None
    need: Decimal
    got: list[tuple[str, Fact]] = field(default_factory=list)
    spans: tuple[pace.Span, ...] = ()

    @property
    def last(self) -> date | None:
        return max((fact.on for _record, fact in self.got), default=None)

    def fits(self, fact: Fact, known: dict[str, Indicator]) -> bool:
        return self.aim.starts_on <= fact.on <= self.aim.due and takes(self.indicator, fact, known, self.body)

    def reached(self, day: date) -> bool:
        """Whether it has all that it wants by now, of a rhythm in the period of that day."""
        span = next((one for one in self.spans if one.start <= day <= one.end), None)
        facts = [fact for _record, fact in self.got if span is None or span.start <= fact.on <= span.end]
        return worth(self.indicator, facts) >= self.need


def worth(indicator: Indicator, facts: Iterable[Fact]) -> Decimal:
    """What an indicator makes of facts that it takes."""
    found = list(facts)
    if indicator.how == "people":
        return Decimal(len({fact.person for fact in found}))
    return Decimal(len(found)) if indicator.how == "count" else sum((fact.quantity for fact in found), Decimal(0))


def turn(target: Target, aim: pace.Aim, indicator: Indicator, scale: Decimal = Decimal(1)) -> Turn | None:
    """A task as one that may take turns; None where its plan shares nothing out, or it is none that takes turns."""
    if not target.plan.turns or indicator.how not in SHARED_OUT or target.op == "at_most" or target.value is None:
        return None
    return Turn(target, aim, indicator, target.body_id or target.plan.body_id, aim.needed * scale, spans=aim.spans)


def in_play(turns: Iterable[Turn]) -> list[Turn]:
    """Those that do take turns: all of a plan that wants it; of another, what was carried over and its like."""
    found = list(turns)
    carried = {_like(one) for one in found if one.target.carried_from_id}
    new = {_like(one) for one in found if not one.target.carried_from_id}
    return [one for one in found if one.target.plan.single or _like(one) in carried & new]


def _like(one: Turn) -> tuple[int, str]:
    return one.target.plan_id, one.indicator.code


def share_out(
    turns: Sequence[Turn], records: Iterable[tuple[str, Sequence[Fact]]], known: dict[str, Indicator]
) -> None:
    """Each record, in their order, to those that it counts for."""
    groups: dict[tuple[int, str], list[Turn]] = defaultdict(list)
    for one in sorted(turns, key=lambda one: (one.target.order, one.target.pk)):
        groups[(one.target.plan_id, "") if one.target.plan.single else _like(one)].append(one)
    for record, facts in records:
        for (_plan, code), tasks in groups.items():
            fitting = [one for one in tasks if any(one.fits(fact, known) for fact in facts)]
            if fitting:
                day = min(fact.on for fact in facts)
                for taker in _carried_first(fitting, day) if code else _first(fitting, day):
                    taker.got += [(record, fact) for fact in facts if taker.fits(fact, known)]


def _first(fitting: list[Turn], day: date) -> list[Turn]:
    """The first of the document that still wants it; when all have what they want, the first."""
    return [next((one for one in fitting if not one.reached(day)), fitting[0])]


def _carried_first(fitting: list[Turn], day: date) -> list[Turn]:
    """What was carried over, until it is done; from then on the others, each as if it stood alone."""
    carried = [one for one in fitting if one.target.carried_from_id]
    if waiting := next((one for one in carried if not one.reached(day)), None):
        return [waiting]
    return [one for one in fitting if not one.target.carried_from_id] or carried[:1]


def records(organization: int, turns: Sequence[Turn], until: date) -> list[tuple[str, list[Fact]]]:
    """The standing facts that some task may take, by record, in the order of days. One query."""
    kinds = {kind for one in turns for kind in (one.indicator.kind, one.indicator.kind + JOINT)}
    start, end = min(one.aim.starts_on for one in turns), min(until, max(one.aim.due for one in turns))
    found = figures.standing().filter(organization=organization, kind__in=kinds, on__range=(start, end))
    by_record: dict[str, list[Fact]] = defaultdict(list)
    columns = ("kind", "on", "quantity", "measure", "person", "body", "sector", "carrier", "category", "outlet")
    for record, *row in found.order_by("on", "id").values_list("record", *columns):
        by_record[record].append(Fact(*row))
    return list(by_record.items())


def figures_of(one: Turn, queries: Iterable[Query]) -> dict[Query, Figure]:
    """The figures of a task from what it was given."""
    found = {}
    for query in queries:
        facts = [fact for _record, fact in one.got if query.start <= fact.on <= query.end]
        found[query] = Figure(query, worth(one.indicator, facts), len(facts))
    return found
