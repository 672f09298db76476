"""What a yearly figure says: one fact, which the ledger reads where the year has no detail."""

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from xieshang.base.ledger import earlier
from xieshang.base.ledger.facts import Fact

from .models import YearFigure


def facts(one: YearFigure) -> list[Fact]:
    if one.state != "valid":
        return []
    code = earlier.category(one.indicator)
    return [Fact(earlier.KIND, earlier.last_day(one.year), one.value, one.measure, category=code)]


def replay(organization: int | None) -> Iterator[tuple[int, int, list[Fact]]]:
    found = YearFigure.objects.order_by("id")
    for one in (found.filter(organization=organization) if organization else found).iterator():
        yield one.pk, one.organization_id, facts(one)


def titles(ids: Iterable[int]) -> dict[int, str]:
    found = YearFigure.objects.filter(pk__in=ids).values_list("pk", "year", "name")
    return {pk: _("%(year)s年%(name)s（补录，无明细）") % {"year": year, "name": name} for pk, year, name in found}


def sources(ids: Iterable[int]) -> dict[int, str]:
    return dict(YearFigure.objects.filter(pk__in=ids).values_list("pk", "source"))


def versions() -> Iterable[tuple[int, int]]:
    return YearFigure.objects.values_list("pk", "version")
