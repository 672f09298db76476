"""工作进展通报 and 五年回顾: nobody is accused wrongly, nothing is summed that must not be, and each number goes on being one of the ledger."""

import io
import re
import zipfile
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.utils.translation import override
from docx import Document

from xieshang.base.errors import Refused
from xieshang.base.orgs import actions as orgs
from xieshang.base.orgs.models import BodyKind
from xieshang.conftest import House
from xieshang.documents.gongwen import Chart, Figure, Paragraph, Part, Table
from xieshang.documents.tables import words
from xieshang.measure.plans import actions, bulletin, five_years
from xieshang.measure.plans.models import Plan
from xieshang.measure.reports import actions as reports
from xieshang.measure.reports import checking
from xieshang.measure.reports.composed import Counted
from xieshang.measure.reports.models import Report
from xieshang.work.earlier import actions as earlier
from xieshang.work.earlier.actions import Given

from .conftest import bring_in, hold, target

pytestmark = pytest.mark.django_db
YEAR = (date(2026, 1, 1), date(2026, 12, 31))


def made(house: House, on: date | None = None) -> bulletin.Bulletin:
    return bulletin.draft(house.township, *YEAR, on or house.now.date(), 1)


def said(parts: list[Part]) -> str:
    """The words of all paragraphs and tables, a line each."""
    lines = []
    for part in parts:
        if isinstance(part, Paragraph):
            runs = [part.runs] if isinstance(part.runs, str) else part.runs
            lines.append("".join(words(one) for one in runs))
        elif isinstance(part, Table):
            lines += ["|".join(words(cell) for cell in row) for row in part.rows]
    return "\n".join(lines)


def figures_of(parts: list[Part]) -> list[Figure]:
    found: list[Any] = []
    for part in parts:
        if isinstance(part, Paragraph) and not isinstance(part.runs, str):
            found += part.runs
        elif isinstance(part, Table):
            found += [cell for row in part.rows for cell in row]
    return [one for one in found if isinstance(one, Figure)]


def table(parts: list[Part], first: str) -> Table:
    return next(part for part in parts if isinstance(part, Table) and part.headings[0] == first)


def report_of(response: Any) -> Report:
    return Report.objects.get(pk=int(response.url.rsplit("/", 1)[1].split("?")[0]))


# --- 工作进展通报 -------------------------------------------------------------------------------------------------------------


@pytest.fixture
def mixed(house: House, running: Plan) -> Plan:
    """Of 4 collective activities none is there by June and 1 is expected to be; the small goals wait; a rhythm has lost its first quarter."""
    hold(house, date(2026, 5, 6), kind="research", title="调研", collective=False)
    return running


def test_late_is_only_what_the_calendar_calls_late_with_how_much_and_until_when(house: House, mixed: Plan) -> None:
    text = said(made(house).parts)

    assert (
        "“年内组织集体活动不少于4次”，已完成0次，序时应完成1次，进度滞后：比序时少1次；还没有开展过；12月31日前补足仍可完成"
        in text
    )
    assert "一季度" in text and "以后的补不了以前的" in text
    late = text.split("需要加快")[0]
    assert "组织2次专题调研活动”，已完成1次，" not in late  # a goal of 2 is not due before its day


def test_a_task_that_only_people_can_tell_is_counted_apart_and_never_late(house: House, mixed: Plan) -> None:
    text = said(made(house, date(2026, 12, 31)).parts)
    row = next(line for line in text.split("\n") if "工作制度" in line and "|" in line)

    assert "|人工填报|" in row
    assert "不评快慢" in text


def test_the_reason_somebody_wrote_is_told_and_a_missing_one_is_a_gap(house: House, mixed: Plan) -> None:
    by = house.user("part_timer")
    late = target(mixed, "集体活动")
    actions.report_progress(
        late,
        text="正在筹备",
        reason="上半年忙于换届",
        next_step="七月集中开展",
        on=house.now.date(),
        by=by,
        now=house.now,
    )
    parts = made(house).parts

    assert "原因：上半年忙于换届。下一步：七月集中开展。" in said(parts)
    assert [one.text for one in figures_of(parts) if one.marked].count("（请责任单位补写原因和措施）") == 1


def test_who_has_not_confirmed_a_share_is_named_so_and_not_late(house: House, mixed: Plan) -> None:
    by = house.user("part_timer")
    group = orgs.add_body(house.township, BodyKind.GROUP, "第二小组", by=None, now=house.now)
    share = actions.Share(house.township, group, Decimal(2), Decimal(1))
    actions.hand_down(target(mixed, "集体活动"), [share], by=by, now=house.now)

    found = next(row for row in table(made(house).parts, "责任单位（责任人）").rows if row[0] == "第二小组")
    heads = table(made(house).parts, "责任单位（责任人）").headings

    assert dict(zip(heads, found, strict=True))["待确认"] == "1"
    assert dict(zip(heads, found, strict=True))["进度滞后"] == "0"


def test_ahead_is_more_than_the_calendar_asks(house: House, mixed: Plan) -> None:
    for day in (5, 6, 7):
        hold(house, date(2026, 4, day), title=f"视察{day}")
    parts = made(house).parts

    assert "“年内组织集体活动不少于4次”，已完成3次，比序时快2次" in said(parts)


def test_it_is_a_chinese_paper_whoever_asks_for_it(house: House, mixed: Plan) -> None:
    with override("en"):
        text = said(made(house).parts)

    assert "比序时少1次" in text


def test_without_a_plan_it_says_so(house: House) -> None:
    assert "没有启用的计划任务" in said(made(house).parts)


def test_the_questions_do_not_grow_with_the_tasks(
    house: House, mixed: Plan, django_assert_max_num_queries: Any
) -> None:
    more = "".join(f"{n}、组织视察{n}次。\n\n" for n in range(3, 30))
    other = bring_in(house, f"青石镇2026年专项方案\n\n一、任务\n\n{more}", name="专项.txt", accept_sure=True)
    actions.put_in_force(other, by=house.user("part_timer"), now=house.now)
    assert other.targets.filter(state="accepted").count() > 20
    with django_assert_max_num_queries(30):
        made(house)


def test_the_page_shows_it_and_both_copies_can_be_taken_down(house: House, desk: Client, mixed: Plan) -> None:
    page = desk.get("/plans/bulletin?issue=4&on=2026-05-31").content.decode()
    checked = desk.get("/plans/bulletin.docx?issue=4&on=2026-05-31")
    clean = desk.get("/plans/bulletin.docx?issue=4&on=2026-05-31&clean=1")

    assert "第4期" in page and "截至2026年5月31日" in page and "转入报告编制" in page
    assert "word/comments.xml" in zipfile.ZipFile(io.BytesIO(checked.content)).namelist()
    assert "word/comments.xml" not in zipfile.ZipFile(io.BytesIO(clean.content)).namelist()


def test_a_number_is_given_once_and_the_next_is_proposed(house: House, desk: Client, mixed: Plan) -> None:
    report = report_of(desk.post("/plans/bulletin/draft", {"issue": "1", "on": "2026-06-30"}))

    assert "工作进展通报第 2 期" in desk.get("/plans/bulletin").content.decode()
    with pytest.raises(Refused, match="第 1 期已经有了"):
        from xieshang.measure.reports import composed

        one = made(house)
        composed.start(
            house.township, one.parts, title="通报", start=one.start, end=one.on, series=bulletin.SERIES, issue=1,
            by=house.user("part_timer"), now=house.now,
        )  # fmt: skip
    reports.drop(report, reason="写错了", by=house.user("part_timer"), now=house.now)
    assert "工作进展通报第 1 期" in desk.get("/plans/bulletin").content.decode()


def test_as_a_draft_its_numbers_are_those_of_the_ledger_and_its_gaps_wait(
    house: House, desk: Client, mixed: Plan
) -> None:
    hold(house, date(2026, 4, 5))
    report = report_of(desk.post("/plans/bulletin/draft", {"issue": "1", "on": "2026-06-30"}))
    counted = [blank for blank in report.blanks.all() if blank.indicator == "activities.collective"]
    clean = "\n".join(p.text for p in Document(io.BytesIO(reports.download(report, clean=True))).paragraphs)

    assert counted and all(blank.text == "1" and blank.how == "ledger" for blank in counted)
    assert [blank.mark for blank in report.blanks.filter(how="")][-1] == "（请补写工作要求）"
    assert "第1期" in "".join(Document(io.BytesIO(reports.download(report, clean=True))).element.itertext())
    assert "共有任务5项" in clean.replace(" ", "") or "共有任务" in clean


def test_a_refresh_lists_what_the_ledger_and_the_plans_say_otherwise(house: House, desk: Client, running: Plan) -> None:
    hold(house, date(2026, 2, 5))
    report = report_of(desk.post(f"/plans/{running.pk}/summary/draft", {"kind": "year"}))
    by = house.user("part_timer")
    hold(house, date(2026, 5, 5), title="五月视察")

    changed = reports.refresh(report, by=by, now=house.now)
    again = reports.refresh(Report.objects.get(pk=report.pk), by=by, now=house.now)

    assert ("activities.collective", "1", "2") in {(one.indicator.code, one.old, one.new) for one in changed}
    assert ("", "3", "2") in {
        (one.indicator.code, one.old, one.new) for one in changed
    }  # 还差3次, 还差2次: of the plan
    assert again == []


def test_where_the_sentences_would_be_others_numbers_alone_are_not_put_in(
    house: House, desk: Client, mixed: Plan
) -> None:
    """More than the calendar asks now: the task stands under another heading, and “比序时少1次” is no longer true."""
    report = report_of(desk.post("/plans/bulletin/draft", {"issue": "1", "on": "2026-06-30"}))
    hold(house, date(2026, 4, 5))
    hold(house, date(2026, 6, 5), title="又一次视察")

    with pytest.raises(Refused, match="正文的说法也要变"):
        reports.refresh(report, by=house.user("part_timer"), now=house.now)
    assert "计划的进展变了" in desk.get(report.get_absolute_url()).content.decode()


def test_another_last_day_is_another_draft(house: House, desk: Client, running: Plan) -> None:
    report = report_of(desk.post(f"/plans/{running.pk}/summary/draft", {"kind": "half"}))

    with pytest.raises(Refused, match="正文的说法也要变"):
        reports.refresh(report, end=date(2026, 5, 31), by=house.user("part_timer"), now=house.now)


def test_a_final_bulletin_that_comes_back_is_held_against_what_was_frozen(
    house: House, desk: Client, mixed: Plan
) -> None:
    hold(house, date(2026, 4, 5))
    report = report_of(desk.post("/plans/bulletin/draft", {"issue": "1", "on": "2026-06-30"}))
    by = house.user("part_timer")
    reports.type_in(report.blanks.filter(how="").last(), "请各责任单位对照补进度。", by=by, now=house.now)
    reports.finish(report, by=by, now=house.now)
    version = Report.objects.get(pk=report.pk).versions.get(final=True)
    texts = checking.paragraphs(reports.download(Report.objects.get(pk=report.pk), clean=True), "通报.docx")
    found = checking.check(version, texts)

    assert found.changed == [] and found.same == report.blanks.exclude(text="").count()
    spoilt = [re.sub(r"共有任务\d+项", "共有任务99项", text) for text in texts]
    assert [one.now for one in checking.check(version, spoilt).changed] == ["99"]


def test_a_summary_goes_on_as_a_draft_too(house: House, desk: Client, running: Plan) -> None:
    hold(house, date(2026, 4, 12))
    report = report_of(desk.post(f"/plans/{running.pk}/summary/draft", {"kind": "half"}))

    assert report.title == "青石镇委员小组2026年上半年工作小结"
    assert (report.start, report.end) == (date(2026, 1, 1), date(2026, 6, 30))
    assert desk.get(report.get_absolute_url()).status_code == 200


def test_a_leader_reads_the_bulletin_and_begins_no_draft(house: House, client: Client, running: Plan) -> None:
    client.force_login(house.user("leader"))

    assert "转入报告编制" not in client.get("/plans/bulletin").content.decode()
    assert client.post("/plans/bulletin/draft", {"issue": "1"}).status_code == 403


# --- 五年回顾 -----------------------------------------------------------------------------------------------------------------


@pytest.fixture
def told(house: House, running: Plan) -> House:
    """Collective activities: 3 and 5 known of 2023 and 2024 without detail, one a year since."""
    for year, value in ((2023, 3), (2024, 5)):
        given = Given(
            year=year, indicator="activities.collective", value=Decimal(value), source=f"《{year}年工作总结》"
        )
        earlier.record(house.township, given, by=house.user("part_timer"), now=house.now)
    hold(house, date(2025, 4, 5))
    hold(house, date(2026, 4, 5))
    return house


def reviewed(house: House, *codes: str, last: int = 2026) -> five_years.Review:
    return five_years.draft(house.township, last, house.now.date(), codes or ("activities.collective",))


def test_earlier_figures_stand_in_the_years_without_detail_marked_and_with_their_source(told: House) -> None:
    review = reviewed(told)
    row = table(review.parts, "统计项").rows[0]

    assert [words(cell) for cell in row] == ["集体活动", "次", "—", "3＊", "5＊", "1", "1", "—"]
    assert "2023年出自《2023年工作总结》；2024年出自《2024年工作总结》" in said(review.parts)
    assert "“—”表示那一年没有登记" in said(review.parts)


def test_a_sum_needs_all_five_years(told: House) -> None:
    given = Given(year=2022, indicator="activities.collective", value=Decimal(2), source="《2022年工作总结》")
    earlier.record(told.township, given, by=told.user("part_timer"), now=told.now)

    assert words(table(reviewed(told).parts, "统计项").rows[0][-1]) == "12"


@pytest.mark.parametrize("code", ["activities.participants", "activities.attendance_rate"])
def test_different_people_and_rates_are_never_summed(told: House, code: str) -> None:
    for year in range(2022, 2025):
        given = Given(year=year, indicator=code, value=Decimal(8), source="《总结》")
        earlier.record(told.township, given, by=told.user("part_timer"), now=told.now)
    rows = [row for row in five_years.draft(told.township, 2026, told.now.date()).rows if row.indicator.code == code]

    assert all(row.total is None for row in rows)


def test_each_chart_has_its_table_and_hatches_what_has_no_detail(told: House) -> None:
    parts = reviewed(told).parts
    [chart] = [part for part in parts if isinstance(part, Chart)]
    before = parts[parts.index(chart) - 1]

    assert isinstance(before, Table) and [words(cell) for cell in before.rows[0]][1:] == ["—", "3＊", "5＊", "1", "1"]
    assert list(chart.values) == [None, 3, 5, 1, 1] and list(chart.hatched) == [1, 2]
    assert "斜线为补录的历年数据" in chart.caption and "截至6月30日" in chart.caption


def test_years_to_come_are_not_told(told: House) -> None:
    review = reviewed(told, last=2025)

    assert review.years == (2021, 2022, 2023, 2024, 2025)
    assert words(table(review.parts, "统计项").rows[0][-2]) == "1"


def test_as_a_draft_a_changed_year_changes_its_chart(house: House, desk: Client, told: House) -> None:
    report = report_of(desk.post("/plans/five-years/draft", {"last": "2026", "indicator": "activities.collective"}))
    hold(house, date(2026, 5, 5), title="五月视察")
    reports.refresh(report, by=house.user("part_timer"), now=house.now)
    data = reports.download(Report.objects.get(pk=report.pk), clean=True)
    chart = zipfile.ZipFile(io.BytesIO(data)).read("word/charts/chart1.xml").decode()
    cells = [cell.text for row in Document(io.BytesIO(data)).tables[0].rows for cell in row.cells]

    assert "2" in cells and '<c:pt idx="4"><c:v>2</c:v>' in chart
    assert report.blanks.filter(indicator="activities.collective", since=date(2025, 1, 1)).exists()


def test_the_page_offers_what_else_may_be_told(desk: Client, told: House) -> None:
    page = desk.get("/plans/five-years?last=2026&indicator=activities.collective").content.decode()

    assert 'value="activities.collective" checked' in page
    assert "2022—2026 年五年回顾" in page
    assert desk.get("/plans/five-years.docx?last=2026&clean=1").status_code == 200


def test_a_figure_of_the_ledger_keeps_its_source(told: House) -> None:
    cells = [one for one in figures_of(reviewed(told).parts) if isinstance(one, Counted)]

    assert {(one.start.year, one.facts) for one in cells if one.start} == {(2025, 1), (2026, 1)}
