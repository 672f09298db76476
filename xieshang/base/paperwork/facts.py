"""Approvals post no facts: what they approve does. What the registry asks of a kind of record stands here."""

from collections.abc import Iterable, Iterator
from typing import Any

from xieshang.base.ledger.facts import Fact

from .models import Approval


def facts(record: Any) -> list[Fact]:
    return []


def replay(organization: int | None) -> Iterator[tuple[int, int, list[Fact]]]:
    found = Approval.objects.filter(organization=organization) if organization else Approval.objects.all()
    for pk, owner in found.order_by("pk").values_list("pk", "organization_id").iterator():
        yield pk, owner, []


def titles(pks: Iterable[int]) -> dict[int, str]:
    return dict(Approval.objects.filter(pk__in=list(pks)).values_list("pk", "title"))


def versions() -> Iterable[tuple[int, int]]:
    return Approval.objects.values_list("pk", "version")
