"""A submission posts no facts: it is made of them. What the registry asks of a kind of record stands here."""

from collections.abc import Iterable, Iterator
from typing import Any

from xieshang.base.ledger.facts import Fact

from .models import Submission


def facts(record: Any) -> list[Fact]:
    return []


def replay(organization: int | None) -> Iterator[tuple[int, int, list[Fact]]]:
    found = Submission.objects.filter(organization=organization) if organization else Submission.objects.all()
    for pk, owner in found.order_by("pk").values_list("pk", "organization_id").iterator():
        yield pk, owner, []


def titles(ids: Iterable[int]) -> dict[int, str]:
    return {one.pk: str(one) for one in Submission.objects.filter(pk__in=ids).select_related("organization")}


def versions() -> Iterable[tuple[int, int]]:
    return Submission.objects.values_list("pk", "version")
