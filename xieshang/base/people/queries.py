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


# Bodies in the order in which a person is taken to come for them: his group before his committee, his sector last.
USUAL = (BodyKind.GROUP, BodyKind.LIAISON, BodyKind.BRANCH, BodyKind.COMMITTEE, BodyKind.OFFICE, BodyKind.PARTY)


def capacities_on(organization: Organization, persons: Iterable[int], on: date) -> dict[int, int]:
    """Person → the body of the unit for which he usually comes, as of a day; the sector of his seat where he is in no other. Two queries."""
    persons = list(persons)
    alive = Membership.objects.filter(person__in=persons, body__organization=organization, started_on__lte=on)
    rows = alive.filter(Q(ended_on=None) | Q(ended_on__gt=on)).values_list("person", "body", "body__kind")
    place = {kind: n for n, kind in enumerate(USUAL)}
    ordered = sorted(rows, key=lambda row: (place.get(BodyKind(row[2]), len(place)), row[1]), reverse=True)
    sectors = in_office(organization, on).filter(person__in=persons).exclude(sector=None).order_by()
    return {**dict(sectors.values_list("person", "sector")), **{person: body for person, body, _kind in ordered}}


def belonging(organization: Organization, persons: Iterable[int], on: date) -> set[int]:
    """Those of `persons` who are the unit's own on a day: its people, members of its bodies, holders of its seats. One query."""
    alive = Q(started_on__lte=on) & (Q(ended_on=None) | Q(ended_on__gt=on))
    members = Membership.objects.filter(alive, body__organization=organization).values("person")
    seats = Seat.objects.filter(alive, organization=organization).values("person")
    own = Q(organization=organization) | Q(pk__in=members) | Q(pk__in=seats)
    return set(Person.objects.filter(own, pk__in=list(persons)).values_list("pk", flat=True))


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
