"""Reads about people."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q, QuerySet

from xieshang.base.orgs.models import Body, BodyKind, Organization

from .models import Membership, Person, Seat


def in_office(organization: Organization, on: date) -> QuerySet[Seat]:
    """Seats held on a day, in the unit's order of names."""
    alive = Seat.objects.filter(organization=organization, started_on__lte=on).filter(
        Q(ended_on=None) | Q(ended_on__gt=on)
    )
    return alive.select_related("person", "sector").order_by("person__order", "id")


def sectors_on(persons: Iterable[int], on: date) -> dict[int, int | None]:
    """Person → sector as of a day, for those who held a seat then. One query."""
    alive = Seat.objects.filter(person__in=persons, started_on__lte=on).filter(Q(ended_on=None) | Q(ended_on__gt=on))
    return dict(alive.values_list("person", "sector"))


def groups(organization: Organization, on: date) -> list[tuple[Body, list[Person]]]:
    """Every body of the unit that people belong to, with its people on a day: what a person picker offers. Three queries."""
    bodies = list(Body.objects.filter(organization=organization, ended_on=None).exclude(kind=BodyKind.HANDLING_UNIT))
    people: dict[int, list[Person]] = {body.pk: [] for body in bodies}
    alive = Membership.objects.filter(body__in=bodies, started_on__lte=on).filter(Q(ended_on=None) | Q(ended_on__gt=on))
    for one in alive.select_related("person").order_by("person__order"):
        people[one.body_id].append(one.person)
    for held in in_office(organization, on):
        if held.sector_id in people:
            people[held.sector_id].append(held.person)
    return [(body, people[body.pk]) for body in bodies if people[body.pk]]
