"""计入: in which tasks a record counts.

What an indicator takes is asked of a fact here as the ledger asks it of its table; a test holds the two together.
"""

from collections import defaultdict
from collections.abc import Sequence

from xieshang.base.ledger import figures
from xieshang.base.ledger.facts import Fact, Indicator
from xieshang.base.orgs.models import Organization

from .models import Target

JOINT = ".joint"  # the kind of a fact that is told of a body beside the one that led


def takes(indicator: Indicator, fact: Fact, known: dict[str, Indicator], body: int | None = None) -> bool:
    """Is this fact among those under the indicator (of a rate: under its part), asked for a body where one is given?"""
    if indicator.part:
        return takes(known[indicator.part], fact, known, body)
    kind = fact.kind.removesuffix(JOINT) if body else fact.kind
    return (
        kind == indicator.kind
        and all(getattr(fact, dimension) in codes for dimension, codes in indicator.where)
        and (body is None or fact.body == body)
        and (indicator.how != "people" or fact.person is not None)
    )


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
    running = Target.objects.filter(
        organization=organization, state="accepted", plan__state="in_force", kind="quantified", value__isnull=False
    )
    known = figures.indicators(organization)
    return [
        target
        for target in running.exclude(indicator="")
        .select_related("plan")
        .order_by("plan__source", "plan", "order", "id")
        if target.indicator in known and any(_fits(target, known, fact) for fact in facts)
    ]


def _fits(target: Target, known: dict[str, Indicator], fact: Fact) -> bool:
    return target.begins <= fact.on <= (target.deadline or target.finishes) and takes(
        known[target.indicator], fact, known, target.body_id or target.plan.body_id
    )
