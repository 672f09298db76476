"""What is asked of the calendar and of the ledger for one target."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, NamedTuple

from xieshang.base.calendar.workdays import WorkCalendar
from xieshang.base.ledger.facts import Indicator
from xieshang.base.ledger.figures import Query
from xieshang.base.orgs.models import Organization
from xieshang.base.people.facts import IN_OFFICE
from xieshang.base.settings import parameters

from . import pace
from .models import Target
from .rules import ABOUT, SMALL_GOAL


class Limits(NamedTuple):
    """What a unit has set for judging, and its working days, where a target of it has weeks."""

    small: int
    about: int
    calendar: WorkCalendar | None


def limits_of(organization: Organization, on: date, targets: Iterable[Target]) -> Limits:
    return _limits(parameters.values(organization, (SMALL_GOAL, ABOUT), on), organization, targets)


def limits_of_units(by_unit: Mapping[Organization, Collection[Target]], on: date) -> dict[int, Limits]:
    """The same for several units, with one query but for their weeks."""
    found = parameters.values_of(by_unit, (SMALL_GOAL, ABOUT), on)
    return {unit.pk: _limits(found[unit.pk], unit, targets) for unit, targets in by_unit.items()}


def _limits(found: Mapping[str, Any], organization: Organization, targets: Iterable[Target]) -> Limits:
    weekly = any(target.period == "week" for target in targets)
    return Limits(found[SMALL_GOAL], found[ABOUT], WorkCalendar(organization) if weekly else None)


@dataclass
class Ask:
    """What is asked of the ledger for one target."""

    target: Target
    aim: pace.Aim
    indicator: Indicator | None
    total: Query | None = None
    parts: tuple[Query, ...] = ()

    def all(self) -> Iterable[Query]:
        return (self.total, *self.parts) if self.total else ()

    def wholes(self, known: dict[str, Indicator]) -> Iterable[Query]:
        """Members in office on the last day asked for, where the target is for each member."""
        if self.total and self.target.per == "member" and not self.total.body and IN_OFFICE in known:
            yield Query(known[IN_OFFICE], self.total.organization, self.total.end, self.total.end)


def aim_of(target: Target, indicator: Indicator | None, limits: Limits) -> pace.Aim:
    made = pace.Aim(
        starts_on=target.begins, ends_on=target.finishes, op=target.op if target.kind == "quantified" else "", value=target.value, max=target.max,
        unit=target.unit or (indicator.unit if indicator else ""), period=target.period, deadline=target.deadline, months=target.month_numbers, level=bool(indicator and indicator.how == "rate"),
        sinks=bool(indicator and indicator.how == "stock"),
        counted=indicator is not None, withdrawn=target.state in ("withdrawn", "carried"), small=limits.small, about=limits.about,
    )  # fmt: skip
    if made.period != "week" or limits.calendar is None:
        return made
    calendar = limits.calendar
    return replace(
        made, idle=frozenset(week.start for week in made.spans if not calendar.works_within(week.start, week.end))
    )


def ask_of(target: Target, on: date, known: dict[str, Indicator], limits: Limits) -> Ask:
    indicator = known.get(target.indicator) if target.indicator and target.kind == "quantified" else None
    ask = Ask(target, aim_of(target, indicator, limits), indicator)
    if indicator is None:
        return ask
    start, end = ask.aim.starts_on, max(ask.aim.starts_on, min(on, ask.aim.due))
    body = target.body_id or target.plan.body_id
    ask.total = Query(indicator, target.organization_id, start, end, body=body)
    ask.parts = tuple(
        Query(indicator, target.organization_id, span.start, min(end, span.end), body=body)
        for span in ask.aim.spans
        if span.start <= end
    )
    return ask
