"""Plans post no facts: they are measured by them. What the registry asks of a kind of record stands here."""

from collections.abc import Iterable, Iterator
from typing import Any

from xieshang.base.ledger.facts import Fact

from .models import Plan, Revision, Target


def facts(record: Any) -> list[Fact]:
    return []


def replay_plans(organization: int | None) -> Iterator[tuple[int, int, list[Fact]]]:
    found = Plan.objects.filter(organization=organization) if organization else Plan.objects.all()
    for pk, owner in found.order_by("pk").values_list("pk", "organization_id").iterator():
        yield pk, owner, []


def replay_targets(organization: int | None) -> Iterator[tuple[int, int, list[Fact]]]:
    found = Target.objects.filter(organization=organization) if organization else Target.objects.all()
    for pk, owner in found.order_by("pk").values_list("pk", "organization_id").iterator():
        yield pk, owner, []


def replay_revisions(organization: int | None) -> Iterator[tuple[int, int, list[Fact]]]:
    found = Revision.objects.filter(organization=organization) if organization else Revision.objects.all()
    for pk, owner in found.order_by("pk").values_list("pk", "organization_id").iterator():
        yield pk, owner, []


def plan_titles(ids: Iterable[int]) -> dict[int, str]:
    return dict(Plan.objects.filter(pk__in=ids).values_list("pk", "title"))


def target_titles(ids: Iterable[int]) -> dict[int, str]:
    return dict(Target.objects.filter(pk__in=ids).values_list("pk", "quote"))


def revision_titles(ids: Iterable[int]) -> dict[int, str]:
    return dict(Revision.objects.filter(pk__in=ids).values_list("pk", "paper__name"))


def revision_versions() -> Iterable[tuple[int, int]]:
    return Revision.objects.values_list("pk", "version")


def plan_versions() -> Iterable[tuple[int, int]]:
    return Plan.objects.values_list("pk", "version")


def target_versions() -> Iterable[tuple[int, int]]:
    return Target.objects.values_list("pk", "version")
