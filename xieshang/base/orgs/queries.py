"""Reads about units and bodies."""

from datetime import date

from django.db.models import Q, QuerySet

from .models import Body, BodyKind, Organization, Session, Term


def by_code(code: str) -> Organization | None:
    return Organization.objects.filter(code=code).first()


def subtree(organization: Organization) -> QuerySet[Organization]:
    """`organization` and all units below it."""
    return Organization.objects.filter(path__startswith=organization.path)


def ancestors(organization: Organization) -> list[int]:
    """Ids from the unit itself up to the root: nearest first."""
    return [int(part) for part in reversed(organization.path.strip("/").split("/"))]


def bodies(organization: Organization, *kinds: BodyKind, on: date | None = None) -> QuerySet[Body]:
    """Bodies of one unit, of the given kinds (all when none is given), alive on a day."""
    found = Body.objects.filter(organization=organization)
    if kinds:
        found = found.filter(kind__in=kinds)
    return found.filter(Q(ended_on=None) | Q(ended_on__gte=on)) if on else found.filter(ended_on=None)


def term_on(organization: Organization, day: date) -> Term | None:
    """The term in which `day` lies; a township or community lives in the term of the committee above it."""
    return (
        Term.objects.filter(organization__in=ancestors(organization), starts_on__lte=day, ends_on__gte=day)
        .order_by("-organization__path")
        .first()
    )


def committee(organization: Organization) -> Organization | None:
    """The unit itself where it has a 政协委员会, else the nearest above it that has one."""
    line = ancestors(organization)
    above = sorted(Organization.objects.filter(pk__in=line), key=lambda unit: line.index(unit.pk))
    return next((unit for unit in above if unit.has_committee), None)


def next_plenary(organization: Organization, after: date) -> Session | None:
    """The first plenary that opens after a day, of this unit or of the committee above it."""
    return (
        Session.objects.filter(term__organization=committee(organization), opens_on__gt=after)
        .order_by("opens_on")
        .first()
    )
