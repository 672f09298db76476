"""What a clue says, and the indicators that count it."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from xieshang.base.ledger.facts import Fact, count, rate

from .models import Clue


def facts(clue: Clue) -> list[Fact]:
    """It came in; and a proposal that was begun from it was sent."""
    like = Fact("proposals.clues", clue.received_on, measure="条", outlet=clue.source, body=clue.body_id)
    return [like, replace(like, kind="proposals.clues_used", on=clue.used_on)] if clue.used_on else [like]


def replay(organization: int | None) -> Iterator[tuple[int, int, list[Fact]]]:
    """Every clue with its facts."""
    found = Clue.objects.order_by("pk").defer("text", "contact")
    for one in (found.filter(organization=organization) if organization else found).iterator(1000):
        yield one.pk, one.organization_id, facts(one)


def titles(ids: Iterable[int]) -> dict[int, str]:
    return dict(Clue.objects.filter(pk__in=list(ids)).values_list("pk", "title"))


def versions() -> Iterable[tuple[int, int]]:
    return Clue.objects.values_list("pk", "version")


INDICATORS = (
    count("proposals.clues", _("提案线索"), unit="条", measures=("件", "个"), words=("征集提案线索", "提案线索", "收到提案线索", "征集线索"), note=_("收到的线索，网上征集、委员和单位提供、来信来电的都计，以收到日为准")),
    count("proposals.clues_used", _("线索写成提案"), unit="条", measures=("件", "个"), words=("线索转化为提案", "线索写成提案", "采用提案线索"), note=_("至少有一件提案由它写成并提交的线索，以第一件的提交日为准")),
    rate("proposals.clue_rate", _("线索采用率"), part="proposals.clues_used", whole="proposals.clues", words=("线索采用率", "线索转化率"), note=_("写成提案的线索除以收到的线索")),
)  # fmt: skip
