"""What the search looks into: the text of a proposal, whose it is, who has it, and what was answered."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from typing import NamedTuple

from xieshang.text import pairs

from .. import rules
from ..models import Assignment, Proposal, Signature

OWN = ("title", "first__name", "body__name", "old_number", "old_names", "old_units", "situation", "analysis", "advice")
COLUMNS = ("pk", "organization_id", "number", "intake", *OWN)


class Row(NamedTuple):
    """As `IndexRow`."""

    proposal: int
    organization: int
    number: int | None
    text: str

    @property
    def pairs(self) -> set[int]:
        found = pairs.pairs(self.text)
        if self.number:
            found.add(pairs.number(self.number))
        return found


def rows(proposals: Collection[int]) -> Iterator[Row]:
    """Three queries. A reply stands in it once it was delivered; an answer that is still drafted is nobody's to find."""
    names: dict[int, list[str]] = defaultdict(list)
    answers: dict[int, list[str]] = defaultdict(list)
    signed = Signature.objects.filter(proposal__in=proposals, state=Signature.SIGNED).order_by("order", "pk")
    for proposal, name in signed.values_list("proposal", "person__name"):
        names[proposal].append(name)
    given = Assignment.objects.filter(proposal__in=proposals).exclude(state=rules.TAKEN_BACK).order_by("round", "pk")
    for proposal, unit, state, *texts in given.values_list("proposal", "unit__name", "state", "reply", "original_text"):
        names[proposal].append(unit)
        if state == rules.DELIVERED:
            answers[proposal] += texts
    for pk, organization, number, intake, *own in (
        Proposal.objects.filter(pk__in=proposals).order_by("pk").values_list(*COLUMNS)
    ):
        called = f"第{number}号" if number else f"流水号{intake}" if intake else ""
        parts = (called, *(part or "" for part in own), *dict.fromkeys(names[pk]), *answers[pk])
        old = own[3]  # of a proposal brought in from an old register
        number = number or (int(old) if old.isdecimal() and len(old) < 6 else None)
        yield Row(pk, organization, number, pairs.plain("。".join(parts)))
