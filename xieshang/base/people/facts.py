"""What a seat (委员资格) says: one more member in office from a day, one fewer from another."""

from collections.abc import Iterable, Iterator
from decimal import Decimal

from xieshang.base.ledger.facts import Fact, stock

from .models import Seat

IN_OFFICE = "people.in_office"
INDICATORS = (
    stock(IN_OFFICE, "在任委员", unit="名", measures=("人", "位"), words=("在任委员", "现有委员", "委员总数"), note="统计截止日在任的委员"),
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


def titles(ids: Iterable[int]) -> dict[int, str]:
    return dict(Seat.objects.filter(pk__in=ids).values_list("pk", "person__name"))


def versions() -> Iterable[tuple[int, int]]:
    return Seat.objects.values_list("pk", "version")
