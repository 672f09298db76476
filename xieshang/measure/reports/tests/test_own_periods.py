"""A blank whose sentence names its own days is counted over those: half a year, a five-year plan, five years."""

from datetime import date

import pytest
from django.test import Client

from xieshang.conftest import House
from xieshang.measure.reports import actions, annex

from .template import comments, held
from .test_filling import filled
from .test_reports import at, begun


@pytest.fixture
def two(house: House) -> House:
    """One collective activity in spring and one last year; it is the end of June."""
    held(house, on=date(2025, 9, 1))
    held(house, on=date(2026, 3, 5))
    held(house, on=date(2026, 5, 6))
    return house


def test_a_part_of_the_year_is_counted_over_that_part(two: House) -> None:
    [text], made = filled(two, "一季度组织集体活动x次。")

    assert text == "一季度组织集体活动1次。"
    assert (made.figures[0]["from"], made.figures[0]["to"]) == ("2026-01-01", "2026-03-31")
    assert "期间：2026-01-01 至 2026-03-31" in comments(made.document)[0]


@pytest.mark.parametrize(
    ("said", "count"),
    [("五年来", "3"), ("过去五年，", "3"), ("“十四五”期间，", "1"), ("近两年", "3"), ("十三五期间，", "0")],
)
def test_several_years_are_only_offered_since_the_ledger_may_not_go_back_so_far(
    two: House, said: str, count: str
) -> None:
    [text], made = filled(two, f"{said}组织集体活动x次。")

    assert text == f"{said}组织集体活动x次。"
    assert made.left[0]["guesses"][0]["value"] == count


@pytest.mark.parametrize("said", ["其中上半年", "上半年，教育界", "力争上半年"])
def test_what_else_speaks_against_a_figure_still_does(two: House, said: str) -> None:
    assert filled(two, f"{said}组织集体活动x次。")[1].figures == []


# --- in the studio ----------------------------------------------------------------------------------------------------------


def test_a_stored_place_keeps_the_days_its_sentence_names(two: House) -> None:
    report = begun(two, "云岭县政协2026年工作总结", "一季度组织集体活动x次。“十四五”期间，组织集体活动x次。")
    [quarter, five] = report.blanks.order_by("order")

    assert (quarter.text, quarter.since, quarter.until) == ("1", date(2026, 1, 1), date(2026, 3, 31))
    assert (five.text, five.guesses[0]["value"], five.until) == ("", "1", date(2025, 12, 31))


def test_a_person_chooses_the_days_and_a_refresh_keeps_them(two: House) -> None:
    by = two.user("clerk")
    report = begun(two, "云岭县政协2026年工作总结", "组织集体活动x次。", "走访企业x家。")
    blank = at(report, "次")
    assert blank.text == "2"

    blank = actions.over(blank, date(2021, 1, 1), date(2025, 12, 31), by=by, now=two.now)
    assert (blank.text, blank.how, blank.by_hand) == ("1", "ledger", True)

    held(two, on=date(2025, 10, 1))
    held(two, on=date(2026, 6, 1))
    changed = actions.refresh(report, by=by, now=two.now)
    assert [(one.old, one.new) for one in changed] == [("1", "2")]
    assert at(report, "次").since == date(2021, 1, 1)

    actions.over(at(report, "次"), report.start, report.end, by=by, now=two.now)
    assert (at(report, "次").text, at(report, "次").since) == ("3", None)


def test_the_annex_prints_the_days_of_each_place(two: House) -> None:
    by = two.user("clerk")
    report = begun(two, "云岭县政协2026年工作总结", "组织集体活动x次。")
    actions.over(at(report, "次"), date(2025, 1, 1), date(2025, 12, 31), by=by, now=two.now)
    actions.finish(report, by=by, now=two.now)

    row = next(row for row in annex.rows(report.versions.get()) if row[2] == "1")
    assert row[4] == "2025.01.01–2025.12.31"


def test_days_the_wrong_way_round_are_refused_on_the_page(two: House, client: Client) -> None:
    client.force_login(two.user("clerk"))
    report = begun(two, "云岭县政协2026年工作总结", "组织集体活动x次。")
    blank = at(report, "次")
    address = f"/reports/{report.pk}/blanks/{blank.pk}"

    wrong = client.post(address, {"days": "", "first_day": "2026-05-01", "last_day": "2026-01-01"})
    assert wrong.status_code == 422 and "统计止日早于起日" in wrong.content.decode()
    client.post(address, {"days": "2021-01-01/2025-12-31"})
    assert at(report, "次").text == "1"
    assert "“十四五”期间" in client.get(report.get_absolute_url()).content.decode()


def test_what_ends_with_the_report_moves_on_with_it(two: House) -> None:
    by = two.user("clerk")
    report = begun(two, "云岭县政协2026年工作总结", "五年来组织集体活动x次。")
    blank = actions.choose(report.blanks.get(kind="count"), 0, by=by, now=two.now)
    assert (blank.text, blank.until) == ("3", report.end)

    actions.refresh(report, end=date(2026, 4, 30), by=by, now=two.now)
    assert (report.blanks.get(kind="count").text, report.blanks.get(kind="count").until) == ("2", date(2026, 4, 30))
