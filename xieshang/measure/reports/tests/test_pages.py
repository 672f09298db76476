"""The pages of 报告编制, with and without script."""

import io
from datetime import date
from typing import Any

import pytest
from django.test import Client
from docx import Document

from xieshang.base import clock, todo
from xieshang.conftest import House
from xieshang.measure.reports import actions
from xieshang.measure.reports.models import Report

from .template import held, template, texts
from .test_reports import at, begun

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk(house: House, client: Client) -> Client:
    client.force_login(house.user("clerk"), backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def report(house: House) -> Report:
    held(house, money="10000")
    return begun(house)


def upload(data: bytes, name: str = "去年总结.docx") -> io.BytesIO:
    file = io.BytesIO(data)
    file.name = name
    return file


def test_a_template_and_a_period_begin_a_report(house: House, clerk: Client) -> None:
    held(house)

    answer = clerk.post(
        "/reports/new", {"file": upload(template("上半年，组织集体活动x次。")), "period": "half"}, follow=True
    )

    report = Report.objects.get()
    assert answer.redirect_chain == [(f"/reports/{report.pk}", 302)]
    assert (report.title, str(report.end)) == ("去年总结", "2026-06-30")
    assert "已填 1 / 1" in answer.content.decode()


BAD = [
    (b"", "空.docx", "空"),
    (b"text", "文字.docx", "内容却是"),
    (template("没有空处。"), "无.docx", "没有找到要填的空处"),
]


@pytest.mark.parametrize(("data", "name", "words"), BAD)
def test_a_bad_file_is_said_beside_the_field_and_what_was_typed_is_kept(
    clerk: Client, data: bytes, name: str, words: str
) -> None:
    answer = clerk.post(
        "/reports/new",
        {"file": upload(data, name), "period": "own", "start": "2026-02-01", "end": "2026-03-01", "title": "二月小结"},
    )

    page = answer.content.decode()
    assert answer.status_code == 422
    assert words in page
    assert "二月小结" in page and "2026-02-01" in page


def test_a_period_of_one_s_own_needs_its_days(clerk: Client) -> None:
    answer = clerk.post(
        "/reports/new", {"file": upload(template("x次")), "period": "own", "start": "2026-03-02", "end": "2026-03-01"}
    )

    assert answer.status_code == 422
    assert "止日不能早于起日" in answer.content.decode()


def test_the_studio_shows_the_document_with_its_blanks_and_the_first_open_one(clerk: Client, report: Report) -> None:
    page = clerk.get(f"/reports/{report.pk}").content.decode()

    for words in (
        "组织集体活动",
        "blank--sure",
        "blank--pick",
        "blank--empty",
        "已填 3 / 6",
        "委员参加活动",
        "前文在说“组织集体活动x次”",
        'data-keys="item-2"',
    ):
        assert words in page


def test_without_script_a_choice_is_a_form_that_goes_on_to_the_next_open_blank(clerk: Client, report: Report) -> None:
    blank = at(report, "人次")

    answer = clerk.post(f"/reports/{report.pk}/blanks/{blank.pk}", {"choice": "0", "seen": "1"})

    assert answer["Location"] == f"/reports/{report.pk}?blank=3"
    assert at(report, "人次").text == "10"


def test_a_differing_figure_asks_once_who_wanted_it(clerk: Client, report: Report) -> None:
    blank = at(report, "次，委员")

    answer = clerk.post(f"/reports/{report.pk}/blanks/{blank.pk}", {"text": "9", "seen": "1"}, follow=True)

    page = answer.content.decode()
    assert answer.redirect_chain[0][0].endswith("?blank=1")
    assert "与明细不符" in page and "谁要求的" in page


def test_an_empty_answer_is_refused_on_the_same_page(clerk: Client, report: Report) -> None:
    blank = at(report, "家")

    answer = clerk.post(f"/reports/{report.pk}/blanks/{blank.pk}", {"text": " "})

    assert answer.status_code == 422
    assert "还没有填写内容" in answer.content.decode()


@pytest.mark.parametrize("copy", ["clean", "check"])
def test_both_copies_can_be_taken_down(clerk: Client, report: Report, copy: str) -> None:
    answer = clerk.get(f"/reports/{report.pk}/{copy}.docx")

    assert texts(answer.content)[1] == "组织集体活动1次，委员参加x人次。"


def test_a_leader_reads_and_fills_nothing(house: House, client: Client, report: Report) -> None:
    client.force_login(house.user("leader"), backend="django.contrib.auth.backends.ModelBackend")
    page = client.get(f"/reports/{report.pk}").content.decode()

    assert "组织集体活动" in page
    assert "data-type" not in page and "定稿</button>" not in page
    assert client.post(f"/reports/{report.pk}/blanks/{at(report, '家').pk}", {"text": "1"}).status_code == 403


def test_another_unit_s_report_is_not_found(house: House, client: Client, report: Report) -> None:
    client.force_login(house.user("part_timer"), backend="django.contrib.auth.backends.ModelBackend")

    for address in ("", "/clean.docx"):
        assert client.get(f"/reports/{report.pk}{address}").status_code == 404


def test_finishing_and_dropping_are_one_step_each(clerk: Client, report: Report) -> None:
    assert clerk.post(f"/reports/{report.pk}/drop", {"reason": ""}).status_code == 422
    clerk.post(f"/reports/{report.pk}/finish")
    report.refresh_from_db()
    assert report.state == "final"


def test_my_unfinished_report_waits_for_me(house: House, report: Report) -> None:
    [waiting] = [
        t for t in todo.waiting(house.user("clerk"), house.county, clock.today()) if "报告待填" in str(t.title)
    ]

    assert waiting.detail == "还有 3 处没有填"


def test_the_pages_ask_a_fixed_number_of_questions(
    clerk: Client, house: House, django_assert_max_num_queries: Any
) -> None:
    held(house)
    report = begun(house, *["组织集体活动x次，走访企业x家，***出席，共捐资x万元。"] * 30)
    clerk.get("/reports/")

    with django_assert_max_num_queries(24):
        clerk.get(f"/reports/{report.pk}")
    with django_assert_max_num_queries(14):
        clerk.get("/reports/")


def test_an_empty_list_offers_the_first_step(clerk: Client) -> None:
    assert "还没有报告" in clerk.get("/reports/").content.decode()


def test_programs_read_the_same(house: House, report: Report) -> None:
    from django.test import RequestFactory

    from xieshang.base.orgs.years import calendar
    from xieshang.measure.reports import api
    from xieshang.web.middleware import DeskState

    request = RequestFactory().get("/api/reports/")
    request.user = house.user("clerk")
    request.desk = DeskState([house.county], house.county, calendar(2026), [])  # type: ignore[attr-defined]

    assert api.listed(request)["items"][0]["filled"] == 3
    assert [f["to"] for f in api.figures(request, report.pk)["figures"]] == ["1", "1"]
    assert api.one(request, report.pk)["blanks"][2]["how"] == "open"


def test_a_table_is_seen_as_a_table(house: House, clerk: Client) -> None:
    document = Document()
    document.add_paragraph("云岭县政协2026年工作总结")
    table = document.add_table(rows=2, cols=2)
    for cell, text in zip(
        [cell for row in table.rows for cell in row.cells], ("项目", "次数", "集体活动", "x次"), strict=True
    ):
        cell.text = text
    out = io.BytesIO()
    document.save(out)
    report = actions.start(
        house.county, data=out.getvalue(), name="表.docx", start=date(2026, 1, 1), end=date(2026, 12, 31), by=house.user("clerk"), now=house.now
    )  # fmt: skip
    page = clerk.get(report.get_absolute_url()).content.decode()

    assert "<tr><td>项目</td><td>次数</td></tr>" in page
    assert '<td>集体活动</td><td><a class="blank' in page
