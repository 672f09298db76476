"""查数: a figure equals its rows, wherever it is asked; a wrong address says what is wrong with it."""

import io
from datetime import date, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from python_calamine import CalamineWorkbook

from xieshang.base import clock
from xieshang.base.orgs import actions as orgs
from xieshang.base.orgs.models import BodyKind, Level
from xieshang.base.people import actions as people
from xieshang.work.activities import actions as activities

from .conftest import record, words

YEAR = {"from": "2026-01-01", "to": "2026-06-30"}


@pytest.fixture
def worked(house):
    """Three inspections of the county, each with four who came; the last one was recorded today. One more in the year before."""
    for n, on in enumerate((date(2025, 3, 3), date(2026, 2, 2), date(2026, 3, 3))):
        with clock.at(house.now - timedelta(days=30)):
            record(house, on, f"视察{n}")
    record(house, date(2026, 6, 1), "视察3")
    return house


def rows_of(response):
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(response.content)).get_sheet_by_index(0)
    return sheet.to_python()[1:]


def test_typed_words_lead_straight_to_the_figure_of_that_period(worked, visit):
    answer = visit("clerk").get("/figures/", {"q": "今年视察"})

    assert answer.status_code == 200
    assert (answer.context["figure"].indicator.code, answer.context["figure"].number, answer.context["last"].number) == ("activities.inspection", 3, 1)  # fmt: skip


def test_the_sentence_to_copy_says_who_when_how_much_how_counted_and_as_of_when(worked, visit):
    sentence = visit("clerk").get("/figures/", {"q": "今年视察"}).context["sentence"]

    assert sentence.startswith("云岭县2026年1月1日至6月30日视察 3 次（口径：")
    assert sentence.endswith("；截至 2026-06-30 12:00）")


def test_the_sentence_names_what_the_figure_is_narrowed_to(worked, visit):
    sector = visit("clerk").get("/figures/", {"q": "今年经济界委员参加"}).context

    assert sector["figure"].query.sector == worked.sectors[0].pk
    assert "云岭县经济界2026年" in sector["sentence"]


def test_a_share_with_nothing_to_divide_by_is_a_dash_and_a_sentence(house, visit):
    context = visit("clerk").get("/figures/", {"indicator": "activities.attendance_rate"}).context

    assert context["figure"].text == "—"
    assert "还没有可以相除的数据" in context["sentence"]


def test_by_month_the_parts_add_up_and_a_picture_is_drawn(worked, visit):
    answer = visit("clerk").get("/figures/", {"q": "今年按月视察"})
    parts = answer.context["parts"]

    assert [(part["label"], int(part["value"])) for part in parts if part["value"]] == [
        ("2月", 1),
        ("3月", 1),
        ("6月", 1),
    ]
    assert "chart__svg" in words(answer)


def test_by_body_what_no_body_holds_is_said(worked, visit):
    parts = visit("clerk").get("/figures/", {"indicator": "activities.inspection", "by": "body"}).context["parts"]

    assert parts == []  # nobody organised them: nothing to split
    record(worked, date(2026, 6, 2), "有承办的", organizer=worked.sectors[0])
    parts = visit("clerk").get("/figures/", {"indicator": "activities.inspection", "by": "sector"}).context["parts"]
    assert parts == []


def test_by_sector_those_who_came_add_up(worked, visit):
    context = visit("clerk").get("/figures/", {"indicator": "activities.attended", "by": "sector"}).context

    assert context["figure"].number == 12
    assert sum(int(part["value"]) for part in context["parts"]) == 12


def test_a_figure_of_one_person(worked, visit):
    pk = worked.members[0].pk
    context = visit("clerk").get("/figures/", {"indicator": "activities.attended", "person": pk}).context

    assert (context["figure"].number, context["who"]) == (3, "委员01")


@pytest.mark.parametrize(
    "query, why",
    [
        ({"indicator": "none.such"}, "没有这个统计项"),
        ({"indicator": "activities.held", "start": "2026-06-30", "end": "2026-01-01"}, "止日早于起日"),
        ({"indicator": "activities.held", "start": "30.6.2026"}, "日历上没有这一天"),
        ({"indicator": "activities.held", "start": "0001-01-01"}, "年份要在 1949 到 2100 之间"),
        ({"indicator": "activities.held", "body": "999999"}, "没有这个机构或界别"),
        ({"indicator": "activities.held", "person": "999999"}, "没有这个人"),
        ({"indicator": "activities.held", "by": "colour"}, "只能按月、机构、界别、党派或人员分列"),
    ],
)
def test_a_wrong_address_of_the_page_is_answered_at_the_field(house, visit, query, why):
    answer = visit("clerk").get("/figures/", query)

    assert answer.status_code == 422
    assert why in words(answer)


def test_words_that_mean_nothing_are_answered_with_what_to_try(house, visit):
    answer = visit("clerk").get("/figures/", {"q": "胡说八道"})

    assert answer.status_code == 200
    assert "没有叫“胡说八道”的统计项" in words(answer)


def test_the_days_that_were_asked_for_stand_in_the_form_as_the_browser_reads_them(house, visit):
    page = words(visit("clerk").get("/figures/", {"q": "去年上半年视察"}))

    assert 'value="2025-01-01"' in page
    assert 'value="2025-06-30"' in page


# --- the drawer and the rows ------------------------------------------------------------------------------------------------------


def test_every_figure_on_the_shelf_opens_to_rows_that_make_it(worked, visit):
    client = visit("clerk")
    for one in client.get("/figures/").context["shelf"]:
        figure, drawer = one["figure"], client.get(one["url"])
        rows = rows_of(client.get(one["url"].replace("/drawer", "/rows.xlsx")))
        assert drawer.status_code == 200
        assert drawer.context["figure"].value == figure.value
        if figure.indicator.how == "count":
            assert len(rows) == figure.number, figure.indicator.code
        if figure.indicator.how == "people":
            assert len({row[2] for row in rows}) == figure.number, figure.indicator.code
        if figure.indicator.how in ("sum", "stock"):
            assert sum(row[4] for row in rows) == figure.number, figure.indicator.code


def test_the_drawer_is_a_page_of_its_own_and_a_fragment_for_htmx(worked, visit):
    address = {"indicator": "activities.inspection", "org": "yunling", **YEAR}
    page = visit("clerk").get("/figures/drawer", address)
    fragment = visit("clerk").get("/figures/drawer", address, headers={"HX-Request": "true"})

    assert "<html" in words(page)
    assert "<html" not in words(fragment)
    assert "视察3" in words(fragment)


def test_as_of_an_earlier_moment_the_figure_is_what_was_known_then(worked, visit):
    client = visit("clerk")
    address = {"indicator": "activities.inspection", "org": "yunling", **YEAR, "as_of": "2026-06-29T12:00:00"}

    assert client.get("/figures/drawer", address).context["figure"].number == 2
    assert len(rows_of(client.get("/figures/rows.xlsx", address))) == 2


def test_a_corrected_activity_counts_once_and_at_its_new_day(worked, visit):
    made = record(worked, date(2026, 6, 5), "改日子的")
    fields = {"on": date(2025, 6, 5)}
    activities.correct(
        made, fields=fields, presence={}, by=worked.user("clerk"), now=clock.now(), seen=1, reason="日期写错"
    )

    assert visit("clerk").get("/figures/", {"q": "今年视察"}).context["figure"].number == 3


WRONG = [
    ({"indicator": "none.such"}, "没有这个统计项"),
    ({"indicator": None}, "没有这个统计项"),
    ({"org": "none"}, "属于别的单位"),
    ({"org": "guihua"}, "属于别的单位"),
    ({"from": None}, "日期不对"),
    ({"from": "yesterday"}, "日期不对"),
    ({"from": "2026-12-31", "to": "2026-01-01"}, "起止日期不对"),
    ({"from": "0001-01-01"}, "起止日期不对"),
    ({"to": "9999-12-31"}, "起止日期不对"),
    ({"body": "x"}, "编号不对"),
    ({"person": "99999999999999999999"}, "编号不对"),
    ({"person": "424242"}, "没有这个人"),
    ({"as_of": "then"}, "日期不对"),
]


@pytest.mark.parametrize("path", ["/figures/drawer", "/figures/rows.xlsx"])
@pytest.mark.parametrize("wrong, why", WRONG)
def test_a_wrong_address_of_a_figure_is_not_found_and_says_why(house, visit, path, wrong, why):
    address = {"indicator": "activities.held", "org": "yunling", **YEAR} | wrong
    answer = visit("clerk").get(path, {name: value for name, value in address.items() if value is not None})

    assert answer.status_code == 404
    assert why in words(answer)


@pytest.mark.parametrize("role", ["handler", "sys_admin", "sec_admin", "audit_admin"])
@pytest.mark.parametrize("org", [{"org": "yunling"}, {}])
def test_who_may_not_see_figures_gets_neither_drawer_nor_rows(house, visit, role, org):
    client = visit(role)
    address = {"indicator": "activities.held", **YEAR, **org}

    assert client.get("/figures/drawer", address).status_code == 404
    assert client.get("/figures/rows.xlsx", address).status_code == 404
    assert client.get("/figures/").status_code == 403


def test_a_member_may_ask_for_his_own_year_and_for_no_one_elses(worked, visit):
    client = visit("member")
    address = {"indicator": "activities.attended", "org": "yunling", **YEAR}

    assert client.get("/figures/drawer", address | {"person": worked.members[0].pk}).context["figure"].number == 3
    assert client.get("/figures/drawer", address | {"person": worked.members[1].pk}).status_code == 404
    assert (
        client.get("/figures/", {"indicator": "activities.attended", "person": worked.members[1].pk}).status_code == 422
    )


def test_the_units_below_are_taken_in_only_when_asked_for(worked, visit):
    record(worked, date(2026, 6, 3), "镇里的", unit=worked.township)
    client = visit("clerk")
    alone = client.get("/figures/", {"indicator": "activities.inspection"}).context
    all_ = client.get("/figures/", {"indicator": "activities.inspection", "children": "on"}).context

    assert (alone["figure"].number, all_["figure"].number) == (3, 4)
    assert all_["sentence"].startswith("云岭县及下级单位")
    assert parse_qs(urlsplit(all_["drawer"]).query)["children"] == ["1"]


def test_a_unit_without_units_below_is_not_asked_about_them(house, visit):
    client = visit("part_timer")

    assert "汇总下级单位" not in words(client.get("/figures/?org=guihua"))
    assert client.get("/figures/?indicator=activities.held&children=1").status_code == 200


def test_the_29th_of_february_has_a_year_before(house, visit):
    with clock.at("2028-03-01"):
        answer = visit("clerk").get(
            "/figures/", {"indicator": "activities.held", "from": "2028-02-29", "to": "2028-02-29"}
        )

    assert answer.context["last"].query.start == date(2027, 2, 28)


def test_figures_cost_as_many_queries_with_5_activities_as_with_40(house, visit, django_assert_max_num_queries):
    client = visit("clerk")
    client.get("/figures/")  # what waits is counted once in half a minute
    counts = []
    for more in (5, 35):
        for n in range(more):
            record(house, date(2026, 1, 5) + timedelta(days=n), f"活动{more}-{n}")
        client.get("/me?org=yunling")  # what waits and the unit at hand are remembered from here on
        with django_assert_max_num_queries(48) as asked:
            client.get("/figures/")
            client.get("/figures/", {"q": "今年按月视察"})
            client.get("/figures/drawer", {"indicator": "activities.inspection", "org": "yunling", **YEAR})
        counts.append(len(asked))

    assert counts[0] == counts[1]


# --- search -----------------------------------------------------------------------------------------------------------------------


def found(answer):
    return [row["title"] for section in answer.context["sections"] for row in section["rows"]]


def test_search_shows_a_figure_with_its_number_for_the_period_that_was_said(worked, visit):
    answer = visit("clerk").get("/search", {"q": "去年视察"})
    row = answer.context["sections"][0]["rows"][0]

    assert (row["title"], row["note"]) == ("视察", "1 次")
    assert "from=2025-01-01" in row["url"]


def test_search_is_narrowed_to_the_unit_at_hand(worked, visit):
    record(worked, date(2026, 6, 3), "视察镇里的事", unit=worked.township)
    orgs.add(
        name="白沙镇",
        short_name="白沙镇",
        code="baisha",
        level=Level.TOWNSHIP,
        parent=worked.county,
        by=None,
        now=worked.now,
    )

    assert "视察镇里的事" not in found(visit("clerk").get("/search", {"q": "视察镇里"}))
    assert "视察镇里的事" in found(visit("part_timer").get("/search", {"q": "视察镇里"}))


def test_search_finds_people_only_for_those_who_may_see_them(house, visit):
    assert "委员03" in found(visit("clerk").get("/search", {"q": "委员03"}))
    assert found(visit("sys_admin").get("/search", {"q": "委员03"})) == []


@pytest.mark.parametrize("typed", ["", "   ", "%", "_", "'; drop table", "？" * 100, "\x00"])
def test_search_stands_any_words(house, visit, typed):
    assert visit("clerk").get("/search", {"q": typed}).status_code == 200


def test_a_figure_of_a_partys_members_is_asked_by_name_and_split_by_party(worked, visit):
    party = orgs.add_body(worked.county, BodyKind.PARTY, "民盟", by=None, now=worked.now)
    people.join(worked.members[0], party, started_on=date(2024, 1, 1), by=None, now=worked.now)
    asked = visit("clerk").get("/figures/", {"q": "今年民盟参加活动多少人次"}).context

    assert (asked["figure"].query.members_of, asked["figure"].number) == (party.pk, 3)
    assert "云岭县民盟成员2026年" in asked["sentence"]
    split = visit("clerk").get("/figures/", {"q": "今年参加活动多少人次", "by": "party"}).context
    assert next((row["label"], row["value"]) for row in split["parts"]) == ("民盟", 3)


def test_as_of_a_day_the_page_shows_what_was_recorded_by_then(worked, visit):
    early = visit("clerk").get("/figures/", {"q": "今年视察", "as_of": "2026-06-10"}).context

    assert (early["figure"].number, early["figure"].query.as_of.isoformat()) == (2, "2026-06-10T23:59:59+08:00")
    assert "截至 2026-06-10 23:59" in early["sentence"]


def test_the_same_period_of_earlier_years_stands_beside_it(worked, visit):
    years = visit("clerk").get("/figures/", {"q": "今年视察"}).context["years"]

    assert [(row["label"], row["value"]) for row in years] == [("2025年同期", 1), ("2026年同期", 3)]


def test_a_body_that_helped_to_organise_counts_it_too_and_the_page_says_that_the_whole_does_not_repeat_it(house, visit):
    groups = [orgs.add_body(house.county, BodyKind.GROUP, f"第{n}小组", by=None, now=house.now) for n in (1, 2)]
    fields = {
        "title": "联办视察", "kind": "inspection", "carriers": [], "collective": True, "on": date(2026, 6, 1), "half_days": 1, "place": "青石镇",
        "organizer": groups[0], "guests": 0, "outcome": "", "money": 0, "goods_value": 0, "goods": "",
    }  # fmt: skip
    beside = activities.Parts(co_organizers=[groups[1].pk])
    activities.record(house.county, fields=fields, presence={}, parts=beside, by=None, now=house.now)
    page = visit("clerk").get("/figures/", {"q": "今年视察", "by": "body"})

    assert [row["value"] for row in page.context["parts"]] == [1, 1]
    assert (page.context["figure"].number, page.context["overlap"]) == (1, "含联办 1 次，合计不重复")
