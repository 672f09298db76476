"""Reads of 历年数据, narrowed first to what the user may see."""

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from xieshang.base.accounts import permissions
from xieshang.base.accounts.models import User
from xieshang.base.ledger import figures
from xieshang.base.ledger.earlier import last_day
from xieshang.base.orgs.models import Organization

from .models import YearFigure
from .rules import FEW


@dataclass(frozen=True)
class Shown:
    """A yearly figure as it stands now. `detail`: the figure of what was entered since, which is read instead; None: there is none."""

    one: YearFigure
    detail: figures.Figure | None
    few: bool


def visible(user: User) -> QuerySet[YearFigure]:
    return YearFigure.objects.filter(organization__in=permissions.units(user, "earlier.see"))


def one(user: User, pk: int) -> YearFigure:
    """One of them, or 404 when it is not theirs to see."""
    return get_object_or_404(visible(user).select_related("organization", "created_by", "saved_by"), pk=pk)


def names(unit: Organization) -> dict[str, str]:
    """What the unit's indicators are called."""
    return {code: str(one.name) for code, one in figures.indicators(unit).items()}


def listed(user: User, unit: Organization) -> list[Shown]:
    """The unit's valid ones, the newest year first; what replaced them is asked together."""
    found = list(visible(user).filter(organization=unit, state="valid").order_by("-year", "name", "id"))
    return shown(unit, found)


def shown(unit: Organization, found: list[YearFigure]) -> list[Shown]:
    known = figures.indicators(unit)
    asked = {
        one.pk: figures.Query(known[one.indicator], unit.pk, date(one.year, 1, 1), last_day(one.year))
        for one in found
        if one.indicator in known
    }
    measured = dict(zip(asked, figures.figures(list(asked.values()), known), strict=True))
    return [_shown(one, measured.get(one.pk)) for one in found]


def _shown(one: YearFigure, figure: figures.Figure | None) -> Shown:
    if figure is None or one.year not in figure.years.replaced:
        return Shown(one, None, False)
    return Shown(one, figure, figure.value is not None and figure.value * FEW < one.value)
