"""The cards of an account in a unit, with their figures."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from xieshang.base.accounts import permissions
from xieshang.base.accounts.models import User
from xieshang.base.ledger import figures
from xieshang.base.ledger.figures import NARROWS
from xieshang.base.orgs.models import Organization

from .models import Card


@dataclass(frozen=True)
class Shown:
    """A card and what it says now; `fixed`: of a period of its own."""

    card: Card
    figure: figures.Figure
    fixed: bool


def mine(user: User, unit: Organization) -> Any:
    return Card.objects.filter(user=user, organization=unit)


def shown(user: User, unit: Organization, start: date, end: date) -> list[Shown]:
    """Those that may still be seen, their figures asked together. One query more where there are none."""
    cards = list(mine(user, unit)) if permissions.may(user, "ledger.see", unit) else []
    if not cards:
        return []
    known, everyone = figures.indicators(unit), permissions.may(user, "duty.see", unit)
    cards = [c for c in cards if c.indicator in known and (everyone or c.person in (None, user.person_id))]
    asked = [
        figures.Query(
            known[card.indicator], unit.pk, card.start or start, card.end or end, children=card.children,
            **{name: getattr(card, name) for name in NARROWS},
        )
        for card in cards
    ]  # fmt: skip
    found = figures.figures(asked, known)
    return [Shown(card, figure, card.start is not None) for card, figure in zip(cards, found, strict=True)]
