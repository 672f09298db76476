"""What seats (委员资格) and memberships (任职) say: one more member in office from a day, one fewer from another."""

from collections.abc import Iterable, Iterator
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from xieshang.base.ledger.facts import Fact, stock
from xieshang.base.orgs.models import BodyKind, Level

from .models import Membership, Seat

IN_OFFICE = "people.in_office"
INDICATORS = (
    stock(
        IN_OFFICE,
        _("在任委员"),
        unit="人",
        measures=("名", "位"),
        distinct=True,
        words=("在任委员", "现有委员", "委员总数"),
        note=_("统计截止日在任的委员，同一人只计一个"),
    ),
)


def facts(seat: Seat) -> list[Fact]:
    said = [Fact(IN_OFFICE, seat.started_on, Decimal(1), "名", person=seat.person_id, sector=seat.sector_id)]
    if seat.ended_on:
        said.append(Fact(IN_OFFICE, seat.ended_on, Decimal(-1), "名", person=seat.person_id, sector=seat.sector_id))
    return said


def replay(organization: int | None) -> Iterator[tuple[int, int, list[Fact]]]:
    seats = Seat.objects.order_by("id")
    for seat in (seats.filter(organization=organization) if organization else seats).iterator():
        yield seat.pk, seat.organization_id, facts(seat)


def membership_facts(one: Membership) -> list[Fact]:
    """In a township or community the members of its groups and liaison offices are its members in office."""
    if one.body.kind not in (BodyKind.GROUP, BodyKind.LIAISON) or one.organization.level not in (
        Level.TOWNSHIP,
        Level.COMMUNITY,
    ):
        return []
    said = [Fact(IN_OFFICE, one.started_on, Decimal(1), "名", person=one.person_id, body=one.body_id)]
    if one.ended_on:
        said.append(Fact(IN_OFFICE, one.ended_on, Decimal(-1), "名", person=one.person_id, body=one.body_id))
    return said


def membership_replay(organization: int | None) -> Iterator[tuple[int, int, list[Fact]]]:
    found = Membership.objects.order_by("id").select_related("body", "organization")
    for one in (found.filter(organization=organization) if organization else found).iterator():
        yield one.pk, one.organization_id, membership_facts(one)


def titles(ids: Iterable[int]) -> dict[int, str]:
    return dict(Seat.objects.filter(pk__in=ids).values_list("pk", "person__name"))


def membership_titles(ids: Iterable[int]) -> dict[int, str]:
    found = Membership.objects.filter(pk__in=ids).values_list("pk", "person__name", "body__name")
    return {pk: f"{person} · {body}" for pk, person, body in found}


def versions() -> Iterable[tuple[int, int]]:
    return Seat.objects.values_list("pk", "version")


def membership_versions() -> Iterable[tuple[int, int]]:
    return Membership.objects.values_list("pk", "version")
