"""A report posts no facts: it is made of them. What the registry asks of a kind of record stands here."""

from collections.abc import Iterable, Iterator
from typing import Any

from xieshang.base.ledger.facts import Fact

from .models import Report


def facts(record: Any) -> list[Fact]:
    return []


def replay(organization: int | None) -> Iterator[tuple[int, int, list[Fact]]]:
    found = Report.objects.filter(organization=organization) if organization else Report.objects.all()
    for pk, owner in found.order_by("pk").values_list("pk", "organization_id").iterator():
        yield pk, owner, []


def titles(ids: Iterable[int]) -> dict[int, str]:
    return dict(Report.objects.filter(pk__in=ids).values_list("pk", "title"))


def versions() -> Iterable[tuple[int, int]]:
    return Report.objects.values_list("pk", "version")
