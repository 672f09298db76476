"""A blank that counts other days, or another body, than its report: asked, frozen, renewed and opened with what stands beside it."""

from datetime import date
from decimal import Decimal

import pytest

from xieshang.conftest import House
from xieshang.measure.reports import actions, queries, scopes, studio
from xieshang.measure.reports.models import Blank, Report
from xieshang.measure.reports.scopes import Scope

from .template import held
from .test_reports import begun


@pytest.fixture
def report(house: House) -> Report:
    held(house, on=date(2025, 9, 1))
    held(house, on=date(2026, 3, 5))
    held(house, on=date(2026, 5, 6))
    return begun(house, "组织集体活动x次，走访企业x家。")


def narrowed(report: Report, scope: Scope) -> Blank:
    blank = report.blanks.get(order=0)
    for name, value in scope.stored().items():
        setattr(blank, name, value)
    blank.save()
    return blank


@pytest.mark.parametrize(
    ("scope", "value"),
    [
        (Scope(), "2"),
        (Scope(since=date(2026, 1, 1), until=date(2026, 3, 31)), "1"),
        (Scope(back=1), "1"),
        (Scope(change=scopes.DIFFERENCE), "1"),
        (Scope(change=scopes.RATE), "100"),
        (Scope(back=1, change=scopes.RATE), None),
    ],
)
def test_a_figure_is_counted_as_its_blank_says(report: Report, scope: Scope, value: str | None) -> None:
    blank = narrowed(report, scope)

    told = scopes.told(report, [blank], _known(report), None)

    assert told[0].value == (Decimal(value) if value else None)


def _known(report: Report) -> dict:  # type: ignore[type-arg]
    from xieshang.base.ledger import figures

    return figures.indicators(report.organization)


def test_another_unit_is_counted_by_itself(house: House, report: Report) -> None:
    blank = narrowed(report, Scope(organization=house.township.pk, code="qingshi", words="青石镇"))

    assert scopes.told(report, [blank], _known(report), None)[0] == scopes.Told(Decimal(0), 0)
    assert "org=qingshi" in studio.facts_url(report, blank.indicator, blank=blank)


def test_a_choice_and_a_refresh_keep_to_its_days(house: House, report: Report) -> None:
    narrowed(report, Scope(since=date(2026, 1, 1), until=date(2026, 3, 31), words="一季度"))
    [change] = queries.changes(report)
    assert (change.old, change.new) == ("2", "1")

    actions.refresh(report, by=house.user("clerk"), now=house.now)
    held(house, on=date(2026, 6, 1))

    assert report.blanks.get(order=0).text == "1"
    assert queries.changes(Report.objects.get(pk=report.pk)) == []


def test_a_version_keeps_the_days_and_the_facts_of_each_blank(house: House, report: Report) -> None:
    narrowed(report, Scope(since=date(2026, 1, 1), until=date(2026, 3, 31), words="一季度"))
    actions.refresh(report, by=house.user("clerk"), now=house.now)
    actions.send_up(report, by=house.user("clerk"), now=house.now)
    version = report.versions.get()

    assert [len(ids) for ids in version.facts.values()] == [1]
    assert next(iter(version.facts)).startswith("activities.collective@since=2026-01-01")
    assert queries.remade(version)[0] == "1"
    assert queries.changes_since(version) == []


def test_the_days_a_year_before_end_with_the_month() -> None:
    assert scopes.years_before(date(2025, 2, 1), date(2025, 2, 28), 1) == (date(2024, 2, 1), date(2024, 2, 29))
    assert scopes.years_before(date(2026, 1, 1), date(2026, 11, 24), 1) == (date(2025, 1, 1), date(2025, 11, 24))
