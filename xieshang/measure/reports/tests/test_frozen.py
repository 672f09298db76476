"""What is frozen: versions sent up, the final one with its code, the annex, and a report that comes back."""

import io
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from docx import Document
from python_calamine import CalamineWorkbook

from xieshang.base.audit.models import Entry
from xieshang.base.errors import NotAllowed, Refused
from xieshang.base.ledger.verify import verify
from xieshang.base.paperwork.models import Approval
from xieshang.conftest import House
from xieshang.measure.reports import actions, annex, checking, freezing, offering, printing, queries
from xieshang.measure.reports.models import Blank, Report, Version
from xieshang.work.activities import actions as activities
from xieshang.work.activities.models import Activity

from .template import comments, held, template, texts
from .test_reports import at, begun

pytestmark = pytest.mark.django_db

LINES = ("云岭县政协20xx年工作总结", "组织集体活动x次。", "走访企业x家，印发简报12期。", "共捐资x万元。")


@pytest.fixture
def report(house: House) -> Report:
    held(house, on=date(2026, 2, 3), money="100000")
    held(house, on=date(2026, 3, 5))
    return begun(house, *LINES)


def finished(house: House, report: Report) -> Version:
    actions.type_in(at(report, "家"), "38", by=house.user("clerk"), now=house.now)
    actions.finish(report, by=house.user("clerk"), now=house.now)
    return report.versions.get(final=True)


def back(version: Version, **words: str) -> bytes:
    """The clean copy with some words written otherwise."""
    document = Document(io.BytesIO(actions.download(Report.objects.get(pk=version.report_id), clean=True)))
    for paragraph in document.paragraphs:
        for old, new in words.items():
            if old in paragraph.text:
                paragraph.text = paragraph.text.replace(old, new)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def checked(data: bytes, code: str = "") -> checking.Checked:
    found = checking.paragraphs(data, "退回.docx")
    return checking.check(checking.version_of(found, code, Version.objects.all()), found)


def test_each_sending_up_keeps_a_version_and_asks_the_leader(house: House, report: Report) -> None:
    by = house.user("clerk")
    first = actions.send_up(report, by=by, now=house.now)
    actions.type_in(at(report, "家"), "38", by=by, now=house.now)
    second = actions.send_up(report, by=by, now=house.now)

    assert [v.number for v in report.versions.all()] == [2, 1]
    assert Approval.objects.get(pk=first.pk).state == "withdrawn" and second.state == "asked"
    assert texts(actions.download(report, clean=True, version=report.versions.get(number=1)))[2].startswith(
        "走访企业x家"
    )
    assert texts(actions.download(report, clean=True, version=report.versions.get(number=2)))[2].startswith(
        "走访企业38家"
    )


def test_what_was_signed_is_frozen_with_its_facts_and_a_later_correction_stands_beside_it(
    house: House, report: Report
) -> None:
    version = finished(house, report)
    activity = Activity.objects.get(on=date(2026, 3, 5))
    activities.void(activity, by=house.user("clerk"), now=house.now, seen=1, reason="重复登记")

    assert len(version.facts["activities.collective"]) == 2
    assert [(c.old, c.new) for c in queries.changes_since(version)] == [("2", "1")]
    assert "组织集体活动2次。" in texts(actions.download(Report.objects.get(pk=report.pk), clean=True))
    assert verify().problems == []


def test_the_code_is_another_one_when_anything_frozen_is_another(house: House, report: Report) -> None:
    version = Version.objects.get(pk=finished(house, report).pk)

    assert freezing.code(version) == version.code
    version.blanks[1]["text"] = "3"
    assert freezing.code(version) != version.code


def test_the_last_line_says_from_to_as_of_and_the_code(house: House, report: Report) -> None:
    draft = texts(actions.download(report, clean=True))[-1]
    version = finished(house, report)
    final = texts(actions.download(Report.objects.get(pk=report.pk), clean=True))[-1]

    assert draft == "统计起止：2026年1月1日至2026年12月31日；数据截至2026年6月30日12:00。"
    assert final == f"{draft}定稿，核对码：{version.code}。"


def test_a_report_that_comes_back_as_it_was_is_whole(house: House, report: Report) -> None:
    found = checked(back(finished(house, report)))

    assert (found.same, found.changed, found.since) == (4, [], [])
    assert [(one.kind, one.now) for one in found.never] == [("typed", "38"), ("fixed", "12")]


def test_what_was_changed_added_or_taken_out_is_named(house: House, report: Report) -> None:
    data = back(
        finished(house, report), 活动2次="活动5次", 共捐资10万元="共捐资若干", 印发简报12期="印发简报12期，接待群众77人"
    )

    found = checked(data)

    assert [(one.kind, one.frozen, one.now) for one in found.changed] == [
        ("changed", "2", "5"),
        ("changed", "10", "若干"),
    ]
    assert ("added", "77") in [(one.kind, one.now) for one in found.never]


def test_a_paragraph_that_was_taken_out_or_moved_is_not_mistaken_for_another(house: House, report: Report) -> None:
    version = finished(house, report)
    lines = [text for text in texts(back(version)) if "集体活动" not in text]

    found = checking.check(version, ["新写的开头。", *lines])

    assert [(one.kind, one.frozen) for one in found.changed] == [("gone", "2")]
    assert found.same == 3


def test_a_text_without_a_code_asks_for_it(house: House, report: Report) -> None:
    version = finished(house, report)

    with pytest.raises(Refused, match="没有核对码"):
        checked(template("组织集体活动2次。"))
    with pytest.raises(Refused, match="没有核对码是"):
        checked(template("组织集体活动2次。"), "ZZZZ-ZZZZ")
    assert checked(template("组织集体活动2次。"), version.code.lower().replace("-", " ")).version == version


def test_the_annex_names_each_number_and_what_a_leader_insisted_on(house: House, report: Report) -> None:
    actions.type_in(at(report, "次"), "9", asked_by="李主任", reason="含联办", by=house.user("clerk"), now=house.now)
    finished(house, report)
    final = Report.objects.get(pk=report.pk)

    table = Document(io.BytesIO(annex.docx(final, at=house.now))).tables[0]
    row = next(r for r in [[c.text for c in r.cells] for r in table.rows] if r[2] == "9")
    assert row[3:] == [
        "集体活动",
        "2026.01.01–2026.12.31",
        "2次",
        "2",
        "与台账不符，明细为 2；要求人：李主任；理由：含联办",
    ]
    book = CalamineWorkbook.from_filelike(io.BytesIO(annex.xlsx(final)))
    assert book.sheet_names == ["数字", "明细"]
    assert "视察重点工程" in [row[2] for row in book.get_sheet_by_name("明细").to_python()]


def test_remarks_stand_at_their_place_and_only_in_the_checked_copy(house: House, report: Report) -> None:
    leader, clerk = house.user("leader"), house.user("clerk")
    remark = actions.remark(report, "再核一核", blank=at(report, "次"), by=leader, now=house.now)

    assert any("再核一核" in said for said in comments(actions.download(report, clean=False)))
    assert comments(actions.download(report, clean=True)) == []
    assert actions.settle(remark, by=clerk, now=house.now).settled_by == clerk
    assert Entry.objects.filter(verb="reports.remark").get().detail["text"] == "再核一核"
    with pytest.raises(NotAllowed):
        actions.remark(report, "不是我的", by=house.user("member"), now=house.now)
    actions.finish(report, by=clerk, now=house.now)
    with pytest.raises(Refused, match="不再收"):
        actions.remark(report, "晚了", by=leader, now=house.now)


def test_drawn_to_november_and_refreshed_in_january_lists_only_what_changed(house: House) -> None:
    held(house, on=date(2026, 2, 3), money="100000")
    held(house, on=date(2026, 6, 20), money="0")
    by = house.user("clerk")
    report = actions.start(
        house.county, data=template(*LINES), name="总结.docx", start=date(2026, 1, 1), end=date(2026, 5, 31), by=by, now=house.now
    )  # fmt: skip
    actions.send_up(report, by=by, now=house.now)

    changed = actions.refresh(report, end=date(2026, 6, 30), by=by, now=house.now)

    assert [(c.indicator.code, c.old, c.new) for c in changed] == [("activities.collective", "1", "2")]
    with pytest.raises(Refused, match="止日早于起日"):
        actions.refresh(report, end=date(2025, 6, 30), by=by, now=house.now)


@pytest.mark.parametrize(
    ("value", "measure", "offered"),
    [
        ("38", "次", ["近40", "30余"]),
        ("41", "次", ["40余"]),
        ("40", "次", []),
        ("97.96", "%", ["98"]),
        ("99.97", "%", []),
        ("0", "次", []),
    ],
)
def test_only_true_roundings_are_offered(value: str, measure: str, offered: list[str]) -> None:
    found = printing.roundings(Decimal(value), measure, "组织", "次")

    assert [one for one in offered if one in found] == [one for one in offered if one != "30余"]
    for text in found:
        assert printing.tells_truth(text, Decimal(value), measure, None, "组织", "次")
    assert "100" not in found


def test_shares_of_one_whole_add_to_a_hundred() -> None:
    thirds = [Decimal("33.3333"), Decimal("33.3333"), Decimal("33.3334")]

    for places in (0, 1):
        assert sum(printing.shares(thirds, places)) == 100


def test_the_pages_show_the_frozen_figures_and_check_a_file(house: House, client: Client, report: Report) -> None:
    version = finished(house, report)
    client.force_login(house.user("leader"), backend="django.contrib.auth.backends.ModelBackend")

    assert client.post("/reports/check", {"code": version.code})["Location"] == version.get_absolute_url()
    page = client.get(version.get_absolute_url()).content.decode()
    assert version.code in page and "未变" in page
    file = io.BytesIO(back(version, 活动2次="活动5次"))
    file.name = "退回.docx"
    answer = client.post("/reports/check", {"file": file}).content.decode()
    assert "留底 2，这里是 5" in answer
    assert client.post("/reports/check", {}).status_code == 422
    assert client.post("/reports/check", {"code": "ZZZZ-ZZZZ"}).status_code == 422


def test_a_version_asks_a_fixed_number_of_questions(
    house: House, client: Client, django_assert_max_num_queries: Any
) -> None:
    held(house)
    report = begun(house, *["组织集体活动x次，走访企业x家，共捐资x万元。"] * 20)
    version = actions.finish(report, by=house.user("clerk"), now=house.now).versions.get()
    client.force_login(house.user("clerk"), backend="django.contrib.auth.backends.ModelBackend")
    client.get(version.get_absolute_url())

    with django_assert_max_num_queries(24):
        client.get(version.get_absolute_url())


def test_page_numbers_years_and_headings_are_no_figures(house: House, report: Report) -> None:
    version = finished(house, report)
    lines = [*texts(back(version)), "— 1 —", "2026年7月3日", "3. 存在问题", "增长5.2%", "126"]

    found = checking.check(version, lines)

    assert [one.now for one in found.never if one.kind == "added"] == ["5.2%", "126"]


def test_shares_in_one_paragraph_are_offered_so_that_they_add_to_a_hundred() -> None:
    together = [
        Blank(order=n, paragraph=1, unit="%", clause="占x%", at_start=1, at_end=2, indicator="r", guesses=[{"indicator": "r", "measure": "%"}], ledger_value=Decimal(value))
        for n, value in enumerate(("33.3", "33.3", "33.4"))
    ]  # fmt: skip

    assert [offering.offers(blank, together)[-1] for blank in together] == ["33", "33", "34"]


def test_a_true_rounding_is_no_difference(house: House, report: Report) -> None:
    for _n in range(36):
        held(house, on=date(2026, 4, 1))
    actions.refresh(report, by=house.user("clerk"), now=house.now)

    said = actions.type_in(at(report, "次"), "近40", by=house.user("clerk"), now=house.now)
    assert (said.real, said.differs) == ("38", False)
    assert actions.type_in(at(report, "次"), "40余", by=house.user("clerk"), now=house.now).differs
