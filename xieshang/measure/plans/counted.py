"""计入: in which tasks a record counts, said on its page and on the button of its form."""

from collections import defaultdict
from collections.abc import Sequence

from xieshang.base.ledger import figures
from xieshang.base.ledger.facts import Fact, Indicator
from xieshang.base.orgs.models import Organization

from . import measuring, single
from .counting import takes
from .models import Target


def counting(organization: Organization, facts: list[Fact], record: str = "") -> list[tuple[str, str]]:
    """The provider of `registry.counts`: tasks in force of every unit that the facts speak of."""
    by_unit: dict[int, list[Fact]] = defaultdict(list)
    for fact in facts:
        by_unit[fact.organization or organization.pk].append(fact)
    units = {organization.pk: organization, **Organization.objects.in_bulk(set(by_unit) - {organization.pk})}
    return [
        (target.words, target.get_absolute_url())
        for pk, told in by_unit.items()
        for target in tasks(units[pk], told, record)
    ]


def tasks(organization: Organization, facts: Sequence[Fact], record: str = "") -> list[Target]:
    """The tasks of one unit in which a record with these facts counts, in the order of plan and document."""
    known = figures.indicators(organization)
    running = Target.objects.filter(
        organization=organization, state="accepted", plan__state="in_force", kind="quantified", value__isnull=False
    ).exclude(indicator="")
    everything = [
        target
        for target in running.select_related("plan", "organization").order_by("plan__source", "plan", "order", "id")
        if target.indicator in known
    ]
    found = [target for target in everything if any(_fits(target, known, fact) for fact in facts)]
    shared = [target for target in everything if target.plan.turns]
    if not any(target.plan.turns for target in found):
        return found
    turns = measuring.turns(shared, max(fact.on for fact in facts), known)
    if not turns:
        return found
    takers = _takers(organization, turns, facts, record or "new", known)
    others = {one.target.pk for one in turns}
    return [target for target in found if target.pk not in others or target.pk in takers]


def _takers(
    organization: Organization,
    turns: list[single.Turn],
    facts: Sequence[Fact],
    record: str,
    known: dict[str, Indicator],
) -> set[int]:
    """Which tasks the record goes to where tasks take turns: in its own place, or behind those of its day when it is new."""
    day = min(fact.on for fact in facts)
    standing = single.records(organization.pk, turns, max(fact.on for fact in facts))
    mine = next((n for n, (ref, _facts) in enumerate(standing) if ref == record), None)
    if mine is None:
        mine = sum(min(fact.on for fact in told) <= day for _ref, told in standing)
        standing.insert(mine, (record, list(facts)))
    else:
        standing[mine] = (record, list(facts))
    single.share_out(turns, standing, known)
    return {one.target.pk for one in turns if any(ref == record for ref, _fact in one.got)}


def _fits(target: Target, known: dict[str, Indicator], fact: Fact) -> bool:
    body = target.body_id or target.plan.body_id
    return target.begins <= fact.on <= (target.deadline or target.finishes) and takes(
        known[target.indicator], fact, known, body
    )
