"""What a seconding says, and the indicator that counts it."""

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext_lazy as _

from xieshang.base.ledger.facts import Fact, count

from . import clue_rules
from .models import Second


def facts(one: Second) -> list[Fact]:
    """A member stands by a proposal; who withdrew says nothing."""
    if one.state != clue_rules.JOINED:
        return []
    return [Fact("proposals.seconded", one.on, measure="人次", person=one.person_id, sector=one.sector_id)]


def replay(organization: int | None) -> Iterator[tuple[int, int, list[Fact]]]:
    """Every seconding with its fact."""
    found = Second.objects.order_by("pk")
    for one in (found.filter(organization=organization) if organization else found).iterator(1000):
        yield one.pk, one.organization_id, facts(one)


def titles(ids: Iterable[int]) -> dict[int, str]:
    return dict(Second.objects.filter(pk__in=list(ids)).values_list("pk", "proposal__title"))


def versions() -> Iterable[tuple[int, int]]:
    return Second.objects.values_list("pk", "version")


INDICATORS = (
    count("proposals.seconded", _("附议"), unit="人次", words=("附议提案", "提案附议", "附议"), note=_("每位委员附议一件计一次，撤回的不算，以附议日为准")),
)  # fmt: skip
