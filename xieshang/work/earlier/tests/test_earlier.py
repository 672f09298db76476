"""历年数据 is read instead of detail, never beside it; what cannot be a figure of a year is refused; replay says what stands."""

import io
from datetime import date
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from xieshang.base.accounts.roles import Role
from xieshang.base.conftest import ROWS, forgotten
from xieshang.base.errors import NotAllowed, Refused
from xieshang.base.files import storage
from xieshang.base.ledger import earlier, figures, rollup, verify
from xieshang.base.ledger.models import PeriodLock
from xieshang.base.paperwork import actions as paperwork
from xieshang.base.paperwork.models import Approval
from xieshang.work.activities import actions as activities
from xieshang.work.earlier import actions
from xieshang.work.earlier.actions import Given
from xieshang.work.earlier.models import YearFigure

SOURCE = "《工作总结》"
HELD = {
    "title": "视察", "kind": "inspection", "carriers": [], "collective": True, "half_days": 1, "place": "青石镇", "organizer": None,
    "guests": 0, "outcome": "", "money": 0, "goods_value": 0, "goods": "",
}  # fmt: skip


@pytest.fixture
def known(house):
    return figures.indicators(house.county)


@pytest.fixture
def tell(house):
    def made(year, code, value, **more):
        return actions.record(house.county, Given(year, code, Decimal(value), SOURCE), by=None, now=house.now, **more)

    return made


@pytest.fixture
def ask(house, known):
    def made(code, start, end, **more):
        days = date.fromisoformat(start), date.fromisoformat(end)
        return figures.figure(figures.Query(known[code], house.county.pk, *days, **more), known)

    return made


@pytest.fixture
def held(house):
    def made(on, came=0):
        presence = {person.pk: "attended" for person in house.members[:came]}
        return activities.record(house.county, fields={**HELD, "on": on}, presence=presence, by=None, now=house.now)

    return made


@pytest.fixture
def clerk(house):
    client = Client()
    client.force_login(house.user(Role.CLERK), backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_a_year_without_detail_is_its_yearly_figure_and_opens_to_it(tell, ask, known):
    tell(2024, "activities.inspection", 38)
    year = ask("activities.inspection", "2024-01-01", "2024-12-31")

    assert (year.value, year.rows, year.years.used) == (38, 1, {2024: 38})
    assert [(row.kind, row.quantity) for row in figures.rows(year.query, known)] == [(earlier.KIND, 38)]


def test_detail_replaces_it_and_is_never_added_to_it(tell, ask, held):
    tell(2024, "activities.inspection", 38)
    held(date(2024, 5, 6))
    year = ask("activities.inspection", "2024-01-01", "2024-12-31")

    assert (year.value, year.rows, year.years.used, year.years.replaced) == (1, 1, {}, {2024: 38})


def test_when_the_detail_is_gone_the_yearly_figure_is_read_again(tell, ask, held, house):
    tell(2024, "activities.inspection", 38)
    one = held(date(2024, 5, 6))
    activities.void(one, by=None, now=house.now, seen=one.version, reason="登错了")

    assert ask("activities.inspection", "2024-01-01", "2024-12-31").value == 38


def test_several_years_add_the_yearly_figures_of_those_without_detail_to_the_detail_of_the_others(tell, ask, held):
    for year, value in ((2022, 10), (2023, 20), (2024, 40)):
        tell(year, "activities.inspection", value)
    held(date(2024, 5, 6))
    held(date(2026, 2, 2))
    several = ask("activities.inspection", "2022-01-01", "2026-06-30")

    assert (several.value, several.years.used, several.years.replaced) == (32, {2022: 10, 2023: 20}, {2024: 40})


@pytest.mark.parametrize(
    ("start", "end"), [("2024-01-01", "2024-06-30"), ("2024-07-01", "2025-06-30"), ("2024-12-31", "2024-12-31")]
)
def test_of_a_part_of_the_year_nothing_is_said(tell, ask, start, end):
    tell(2024, "activities.inspection", 38)
    part = ask("activities.inspection", start, end)

    assert (part.value, part.years.split, part.rows) == (None, True, 0)


def test_of_a_part_of_the_unit_nothing_is_said(tell, ask, house):
    tell(2024, "activities.attended", 380)
    year = ("2024-01-01", "2024-12-31")
    narrow = (
        {"sector": house.sectors[0].pk},
        {"person": house.members[0].pk},
        {"body": house.group.pk},
        {"children": True},
    )

    assert [ask("activities.attended", *year, **one).value for one in narrow] == [None] * 4


def test_different_people_of_several_years_are_not_added(tell, ask):
    tell(2023, "activities.participants", 100)
    tell(2024, "activities.participants", 110)

    assert ask("activities.participants", "2024-01-01", "2024-12-31").value == 110
    assert ask("activities.participants", "2023-01-01", "2024-12-31").value is None


def test_a_stock_is_that_of_the_years_last_day_and_a_rate_is_made_of_its_parts(tell, ask):
    tell(2019, "people.in_office", 118)
    tell(2019, "activities.attended", 80)
    tell(2019, "activities.invited", 100)

    assert ask("people.in_office", "2019-01-01", "2019-12-31").value == 118
    assert ask("people.in_office", "2019-01-01", "2019-11-30").value is None
    assert ask("activities.attendance_rate", "2019-01-01", "2019-12-31").value == 80


def test_a_rate_of_which_only_the_rate_is_known_is_read_as_it_stands(tell, ask):
    tell(2019, "activities.attendance_rate", "92.5")

    assert ask("activities.attendance_rate", "2019-01-01", "2019-12-31").value == Decimal("92.5")


def test_as_of_a_moment_before_it_was_entered_it_was_not_known(tell, ask, house):
    tell(2024, "activities.inspection", 38)
    before = house.now.replace(hour=1)

    assert ask("activities.inspection", "2024-01-01", "2024-12-31", as_of=before).value == 0


def test_codes_too_long_for_a_fact_are_told_apart():
    long = [f"registers.{'x' * 60}.{end}" for end in ("count", "people")]

    assert len({earlier.category(code) for code in long}) == 2
    assert {len(earlier.category(code)) for code in long} == {earlier.LONGEST}
    assert earlier.category("activities.held") == "activities.held"


@settings(ROWS, max_examples=8)
@given(
    told=st.dictionaries(st.integers(2019, 2025), st.integers(0, 50), max_size=4),
    detail=st.lists(st.integers(2022, 2025), max_size=4),
    span=st.tuples(st.integers(2019, 2025), st.integers(2019, 2025)),
    fold=st.booleans(),
)
def test_a_count_over_years_is_detail_where_there_is_detail_and_else_the_yearly_figure(
    house, known, told, detail, span, fold
):
    with forgotten():
        for year, value in told.items():
            actions.record(
                house.county, Given(year, "activities.inspection", Decimal(value), SOURCE), by=None, now=house.now
            )
        for year in detail:
            activities.record(
                house.county, fields={**HELD, "on": date(year, 3, 3)}, presence={}, by=None, now=house.now
            )
        if fold:
            rollup.fold_all()
        query = figures.Query(
            known["activities.inspection"], house.county.pk, date(min(span), 1, 1), date(max(span), 12, 31)
        )
        years = range(min(span), max(span) + 1)
        found = figures.figure(query, known)

        assert found.value == sum(detail.count(year) or told.get(year, 0) for year in years)
        rows = list(figures.rows(query, known))
        assert len(rows) == found.rows
        assert sum(row.quantity for row in rows) == found.value
        assert verify.verify().problems == []


def test_a_correction_and_a_void_leave_replay_and_ledger_alike(tell, ask, house):
    one = tell(2024, "activities.inspection", 38)
    given = Given(2024, "activities.inspection", Decimal(36), SOURCE)
    one = actions.correct(one, given, by=None, now=house.now, seen=one.version, reason="抄错了")
    assert ask("activities.inspection", "2024-01-01", "2024-12-31").value == 36
    actions.void(one, by=None, now=house.now, seen=one.version, reason="重复")

    assert ask("activities.inspection", "2024-01-01", "2024-12-31").value == 0
    assert verify.verify().problems == []


@pytest.mark.parametrize(
    ("given", "code"),
    [
        (Given(2026, "activities.inspection", Decimal(1), SOURCE), "bad_year"),
        (Given(1900, "activities.inspection", Decimal(1), SOURCE), "bad_year"),
        (Given(2024, "none.such", Decimal(1), SOURCE), "no_indicator"),
        (Given(2024, "activities.inspection", Decimal(-1), SOURCE), "bad_value"),
        (Given(2024, "activities.inspection", Decimal("1.5"), SOURCE), "not_whole"),
        (Given(2024, "activities.attendance_rate", Decimal(101), SOURCE), "over_100"),
        (Given(2024, "activities.inspection", Decimal(1), " "), "no_source"),
    ],
)
def test_what_cannot_be_the_figure_of_a_year_is_refused(house, given, code):
    with pytest.raises(Refused) as refused:
        actions.record(house.county, given, by=None, now=house.now)

    assert refused.value.code == code
    assert not YearFigure.objects.exists()


def test_a_year_has_one_figure_of_an_indicator(tell):
    tell(2024, "activities.inspection", 38)
    with pytest.raises(Refused) as refused:
        tell(2024, "activities.inspection", 39)

    assert "38" in refused.value.why


def test_a_member_may_not_enter_one(house):
    with pytest.raises(NotAllowed):
        actions.record(
            house.county,
            Given(2024, "activities.inspection", Decimal(1), SOURCE),
            by=house.user(Role.MEMBER),
            now=house.now,
        )


# --- the pages ----------------------------------------------------------------------------------------------------------------------


def test_rows_are_pasted_with_a_heading_and_names_of_the_indicators(clerk):
    text = "年度\t统计项\t数\t出处\n2023年\t视察\t1,234\t2023年总结\n2024\t捐款捐物\t98.5\t"
    answer = clerk.post("/earlier/bring", {"text": text, "source": "2024年总结"})

    assert answer.status_code == 302
    kept = YearFigure.objects.order_by("year").values_list("year", "indicator", "value", "source")
    assert list(kept) == [
        (2023, "activities.inspection", 1234, "2023年总结"),
        (2024, "gifts.amount", Decimal("98.5"), "2024年总结"),
    ]


def test_one_wrong_row_writes_none_and_keeps_what_was_pasted(clerk):
    text = "2023\t视察\t5\t总结\n2023\t天上的云\t5\t总结\n2023\t视察\t6\t总结"
    answer = clerk.post("/earlier/bring", {"text": text})

    assert answer.status_code == 422
    assert answer.context["problems"] == [
        "第 2 行：没有叫“天上的云”的统计项",
        "第 3 行：同一年度的同一个统计项写了两次",
    ]
    assert "天上的云" in answer.content.decode()
    assert not YearFigure.objects.exists()


def test_the_sheet_that_is_taken_out_can_be_brought_in(clerk, house, tell):
    one = tell(2023, "activities.inspection", 5)
    data = clerk.get("/earlier/sheet.xlsx").content
    assert CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python()[1][:3] == [
        2023,
        "视察",
        5,
    ]
    actions.void(one, by=None, now=house.now, seen=one.version, reason="重来")

    answer = clerk.post("/earlier/bring", {"file": SimpleUploadedFile("历年.xlsx", data)})
    assert (answer.status_code, YearFigure.objects.filter(state="valid").count()) == (302, 1)


def test_the_list_says_what_was_replaced_and_when_detail_is_far_less(clerk, tell, held):
    tell(2024, "activities.inspection", 38)
    held(date(2024, 5, 6))
    page = clerk.get("/earlier/").content.decode()

    assert "历年数据 38 已由明细 1 替代" in page
    assert "请核对是否录全" in page


def test_the_figure_page_says_so_too_and_compares_the_years(clerk, tell, held):
    tell(2023, "activities.inspection", 20)
    tell(2025, "activities.inspection", 38)
    held(date(2026, 5, 6))
    page = clerk.get("/figures/", {"indicator": "activities.inspection", "start": "2025-01-01", "end": "2025-12-31"})

    assert (page.context["figure"].value, page.context["of_years"]) == (38, ["2025年是历年数据：补录，无明细"])
    assert next((row["label"], row["value"]) for row in page.context["years"]) == ("2023年（补录）", 20)
    half = clerk.get("/figures/", {"indicator": "activities.inspection", "start": "2026-01-01", "end": "2026-06-30"})
    assert half.context["last"].value is None
    assert "不能分段" in half.context["last_words"][0]


def test_a_refused_form_keeps_what_was_typed_and_a_corrected_one_is_shown_with_its_course(clerk, tell, house):
    refused = clerk.post(
        "/earlier/new", {"year": "2026", "indicator": "activities.inspection", "value": "7", "source": SOURCE}
    )
    assert refused.status_code == 422
    assert 'value="7"' in refused.content.decode()
    one = tell(2024, "activities.inspection", 38)
    sent = {
        "year": "2024",
        "indicator": "activities.inspection",
        "value": "36",
        "source": SOURCE,
        "seen": one.version,
        "reason": "抄错了",
    }
    assert clerk.post(f"/earlier/{one.pk}", sent).status_code == 302
    page = clerk.get(f"/earlier/{one.pk}").content.decode()
    assert "抄错了" in page
    assert "38.00 → 36" in page


def test_the_list_asks_the_database_no_more_often_with_many(clerk, tell, django_assert_max_num_queries):
    for year in range(2015, 2025):
        tell(year, "activities.inspection", 5)
        tell(year, "activities.attended", 50)
    with django_assert_max_num_queries(27):
        clerk.get("/earlier/")


# --- a locked year -------------------------------------------------------------------------------------------------------------


@pytest.fixture
def shut(house):
    """The years up to 2025 are locked; the clerk is at his desk."""
    PeriodLock.objects.create(
        organization=house.county, through=date(2025, 12, 31), grace_until=date(2026, 1, 31), locked_at=house.now
    )
    client = Client()
    client.force_login(house.user(Role.CLERK))
    return client


def consented(house):
    approval = Approval.objects.latest("id")
    paperwork.approve(approval, by=house.user(Role.HEAD), now=house.now)
    assert verify.verify().problems == []
    return approval


def test_a_figure_of_a_locked_year_waits_for_the_head_with_its_paper(house, shut):
    typed = {"year": "2022", "indicator": "activities.inspection", "value": "6", "source": "《2022年工作总结》"}
    page = shut.post("/earlier/new", typed)
    assert page.status_code == 422 and 'name="late"' in page.content.decode()
    assert "还没有写为什么晚录" in shut.post("/earlier/new", {**typed, "late": "1"}).content.decode()
    paper = SimpleUploadedFile("总结.txt", "二〇二二年工作总结".encode())
    sent = shut.post("/earlier/new", {**typed, "late": "1", "reason": "启用前的数", "file": paper})
    assert sent.status_code == 302 and not YearFigure.objects.exists()
    assert "视察：6" in shut.get(sent["Location"]).content.decode()

    approval = consented(house)

    made = YearFigure.objects.get()
    assert (made.year, made.value, approval.why) == (2022, 6, "启用前的数")
    assert [one.name for one in storage.of(made.ref)] == ["总结.txt"]


def test_many_wait_together_with_one_reason(house, shut):
    text = "2022\t视察\t6\n2023\t视察\t7"
    given = {"text": text, "source": SOURCE}
    page = shut.post("/earlier/bring", given)
    assert page.status_code == 422 and 'name="late"' in page.content.decode()
    assert shut.post("/earlier/bring", {**given, "late": "1", "reason": "启用前的数"}).status_code == 302

    consented(house)

    assert sorted(YearFigure.objects.values_list("year", "value")) == [(2022, 6), (2023, 7)]


def test_it_is_corrected_and_voided_with_his_word(house, tell, shut):
    one = tell(2022, "activities.inspection", 6)
    typed = {"year": "2022", "indicator": "activities.inspection", "value": "8", "source": SOURCE, "seen": one.version}
    assert shut.post(f"/earlier/{one.pk}", {**typed, "reason": "看错了", "late": "1"}).status_code == 302
    consented(house)
    one.refresh_from_db()
    assert one.value == 8

    page = shut.post(f"/earlier/{one.pk}/void", {"seen": one.version, "reason": "不该有"}).content.decode()
    assert "送办公室主任同意" in page
    shut.post("/approvals/ask", {"step": "earlier.void", "record": one.pk, "reason": "不该有"})
    consented(house)
    one.refresh_from_db()
    assert one.state == "void"
