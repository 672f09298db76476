"""The pages, without script and with htmx, for those who may and those who may not."""

import io
import json
import zipfile
from datetime import date
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from python_calamine import CalamineWorkbook

from xieshang.base import todo
from xieshang.conftest import House
from xieshang.measure.plans import actions, queries
from xieshang.measure.plans.models import Paper, Plan

from .conftest import TEXT, bring_in, hold, target

HTMX = {"HTTP_HX_REQUEST": "true"}


def body(response: object) -> str:
    return response.content.decode()  # type: ignore[attr-defined]


def test_an_empty_year_offers_the_first_step(desk: Client) -> None:
    page = body(desk.get("/plans/"))
    assert "2026 年还没有计划" in page
    assert "/plans/import" in page


def test_a_file_goes_from_import_to_review(desk: Client) -> None:
    upload = SimpleUploadedFile("计划.txt", TEXT.encode("gb18030"))
    kept = desk.post("/plans/import", {"file": upload}, follow=True)
    assert "量化任务 5 项" in body(kept)
    paper = Paper.objects.get()
    review = desk.post(f"/plans/import/{paper.pk}", {"document": 1, "year": 2026, "source": "own"}, follow=True)
    page = body(review)
    assert "核对：识别出" in page
    assert '<mark id="m' in page
    assert "原文此处缺“2、”，没有补写" in page


def test_pasted_words_are_a_paper_too(desk: Client) -> None:
    desk.post("/plans/import", {"pasted": TEXT})
    assert Paper.objects.get().text.strip() == TEXT.strip()


@pytest.mark.parametrize(
    ("data", "name", "words"),
    [
        (b"", "a.txt", "空"),
        (b"MZ\x00\x01" * 400, "a.txt", "纯文本"),
        (b"PK\x03\x04xx", "a.docx", "损坏"),
        (b"x", "a.exe", "不能读取|还不能读取"),
    ],
)
def test_a_file_that_cannot_be_read_says_what_to_do(desk: Client, data: bytes, name: str, words: str) -> None:
    answer = desk.post("/plans/import", {"file": SimpleUploadedFile(name, data)})
    assert answer.status_code == 422
    assert any(word in body(answer) for word in words.split("|"))
    assert Paper.objects.count() == 0


def test_nothing_chosen_is_said_beside_the_field(desk: Client) -> None:
    answer = desk.post("/plans/import", {})
    assert (answer.status_code, "还没有选择文件" in body(answer)) == (422, True)


def test_importing_again_is_refused_beside_the_choice(desk: Client, plan: Plan) -> None:
    answer = desk.post(f"/plans/import/{plan.paper_id}", {"document": 1, "year": 2026, "source": "own"})
    assert answer.status_code == 422
    assert "已经导入过 2026 年度" in body(answer)


def test_an_item_is_accepted_in_its_place(desk: Client, plan: Plan) -> None:
    one = target(plan, "集体活动")
    answer = desk.post(f"/plans/targets/{one.pk}/accept", {"seen": one.version}, **HTMX)
    one.refresh_from_db()
    assert (answer.status_code, one.state) == (200, "accepted")
    assert f'<li id="t{one.pk}"' in body(answer)
    assert 'hx-swap-oob="true"' in body(answer)


def test_without_script_it_comes_back_to_the_item(desk: Client, plan: Plan) -> None:
    one = target(plan, "集体活动")
    answer = desk.post(f"/plans/targets/{one.pk}/accept", {"seen": one.version})
    assert answer["Location"] == f"/plans/{plan.pk}/review#t{one.pk}"


def test_a_blank_number_is_asked_for_and_filled_in(desk: Client, plan: Plan) -> None:
    one = target(plan, "简讯")
    answer = desk.post(f"/plans/targets/{one.pk}/accept", {"seen": one.version}, **HTMX)
    assert "还没有目标值" in body(answer)
    desk.post(f"/plans/targets/{one.pk}/accept", {"seen": one.version, "value": "6"}, **HTMX)
    one.refresh_from_db()
    assert (one.state, one.value) == ("accepted", Decimal(6))


def test_correcting_shows_what_is_wrong_and_keeps_what_was_typed(desk: Client, plan: Plan) -> None:
    one = target(plan, "集体活动")
    typed = {
        "seen": one.version,
        "kind": "quantified",
        "op": "between",
        "value": "5",
        "max": "3",
        "unit": "次",
        "owner": "周晓云",
    }
    answer = desk.post(f"/plans/targets/{one.pk}/correct", typed, **HTMX)
    assert answer.status_code == 422
    assert "要写两个数" in body(answer)
    assert 'value="周晓云"' in body(answer)
    desk.post(f"/plans/targets/{one.pk}/correct", {**typed, "max": "7"}, **HTMX)
    one.refresh_from_db()
    assert (one.state, one.max, one.owner) == ("accepted", Decimal(7), "周晓云")


def test_the_second_of_two_people_is_told(desk: Client, plan: Plan) -> None:
    one = target(plan, "集体活动")
    desk.post(f"/plans/targets/{one.pk}/accept", {"seen": one.version})
    assert desk.post(f"/plans/targets/{one.pk}/drop", {"seen": one.version}).status_code == 409


def test_what_is_sure_is_confirmed_together_and_the_plan_is_put_in_force(desk: Client, plan: Plan) -> None:
    desk.post(f"/plans/{plan.pk}/accept-sure")
    desk.post(f"/plans/{plan.pk}/accept-tasks")
    refused = desk.post(f"/plans/{plan.pk}/put-in-force")
    assert (refused.status_code, "没有核对" in body(refused)) == (422, True)
    for one in plan.targets.filter(state="open"):
        desk.post(f"/plans/targets/{one.pk}/drop")
    desk.post(f"/plans/{plan.pk}/put-in-force")
    plan.refresh_from_db()
    assert plan.state == "in_force"


def test_the_plan_page_shows_the_outline_and_where_each_target_stands(
    house: House, desk: Client, running: Plan
) -> None:
    hold(house, date(2026, 4, 12))
    page = body(desk.get(f"/plans/{running.pk}"))
    assert page.index("围绕中心，深入调研") < page.index("年内组织集体活动不少于4次") < page.index("贴近群众，办好实事")
    assert "indicator=activities.collective" in page
    assert "正常推进" in page


def test_filters_stand_in_the_address(desk: Client, running: Plan) -> None:
    page = body(desk.get(f"/plans/{running.pk}?kind=qualitative"))
    assert "健全工作制度" in page
    assert f'href="/plans/targets/{target(running, "集体活动").pk}"' not in page


def test_a_change_without_a_reason_keeps_what_was_typed(desk: Client, running: Plan) -> None:
    one = target(running, "集体活动")
    typed = {
        "seen": one.version,
        "kind": "quantified",
        "op": "at_least",
        "value": "6",
        "unit": "次",
        "indicator": one.indicator,
        "owner": "李建国",
    }
    answer = desk.post(f"/plans/targets/{one.pk}/change", {**typed, "reason": ""})
    assert (answer.status_code, 'value="李建国"' in body(answer)) == (422, True)
    desk.post(f"/plans/targets/{one.pk}/change", {**typed, "reason": "主任会议"})
    assert "主任会议" in body(desk.get(f"/plans/targets/{one.pk}"))


def test_progress_is_written_with_evidence(desk: Client, running: Plan) -> None:
    one = target(running, "健全工作制度")
    upload = SimpleUploadedFile("制度.txt", "办法".encode())
    desk.post(
        f"/plans/targets/{one.pk}/progress",
        {"seen": one.version, "text": "已印发", "on": "2026-06-30", "finished": "on", "files": upload},
    )
    page = body(desk.get(f"/plans/targets/{one.pk}"))
    assert "已印发" in page
    assert "制度.txt" in page


def test_the_breakdown_opens_as_a_sheet_and_as_a_document(house: House, desk: Client, running: Plan) -> None:
    hold(house, date(2026, 4, 12))
    sheet = desk.get(f"/plans/{running.pk}/breakdown.xlsx")
    rows = CalamineWorkbook.from_filelike(io.BytesIO(sheet.content)).get_sheet_by_index(0).to_python()
    assert rows[0] == [
        "序号",
        "任务类别",
        "主要任务",
        "牵头领导",
        "牵头委室",
        "协作委室及部门",
        "责任人",
        "完成时限",
        "目标值",
        "已完成",
        "状态",
        "进展",
        "未完成原因及下一步",
    ]
    collective = next(row for row in rows if row[2] == "年内组织集体活动不少于4次")
    assert collective[7:11] == ["12月31日", "不少于 4 次", 1, "正常推进"]
    document = desk.get(f"/plans/{running.pk}/breakdown.docx")
    assert (
        "年内组织集体活动不少于4次" in zipfile.ZipFile(io.BytesIO(document.content)).read("word/document.xml").decode()
    )


def test_the_summary_says_only_what_is_known(house: House, desk: Client, running: Plan) -> None:
    hold(house, date(2026, 4, 12))
    by = house.user("part_timer")
    actions.change(
        target(running, "专题调研活动"), fields={"value": Decimal(3)}, by=by, now=house.now, reason="主任会议"
    )
    page = body(desk.get(f"/plans/{running.pk}/summary?kind=half"))
    assert "青石镇委员小组2026年上半年工作小结" in page
    assert "目标值调整前等于2次，调整后等于3次" in page
    assert "明确责任人" not in page
    assert "（请补写进展）" in page
    assert "（请补写原因）" in page
    document = zipfile.ZipFile(io.BytesIO(desk.get(f"/plans/{running.pk}/summary.docx?kind=half").content))
    assert (
        "统计项：集体活动；期间：2026-01-01 至 2026-06-30；数据明细 1 条" in document.read("word/comments.xml").decode()
    )
    clean = zipfile.ZipFile(io.BytesIO(desk.get(f"/plans/{running.pk}/summary.docx?kind=half&clean=1").content))
    assert "word/comments.xml" not in clean.namelist()


def test_a_foreign_plan_is_not_there(house: House, client: Client, running: Plan) -> None:
    client.force_login(house.user("clerk"))  # of the county
    one = target(running, "集体活动")
    for address in (
        f"/plans/{running.pk}",
        f"/plans/{running.pk}/review",
        f"/plans/targets/{one.pk}",
        f"/plans/import/{running.paper_id}",
    ):
        assert client.get(address).status_code == 404
    assert client.post(f"/plans/targets/{one.pk}/drop").status_code == 404


@pytest.mark.parametrize(
    ("role", "see", "review", "export"),
    [("clerk", 200, 200, 200), ("leader", 200, 403, 200), ("member", 200, 403, 403), ("audit_admin", 404, 404, 404)],
)
def test_who_may_open_what(house: House, client: Client, role: str, see: int, review: int, export: int) -> None:
    made = actions.bring_in(
        house.county, year=2026, data=TEXT.encode(), name="a.txt", by=house.user("clerk"), now=house.now
    )
    client.force_login(house.user(role))
    asked = [client.get(f"/plans/{made.pk}{page}").status_code for page in ("", "/review", "/breakdown.xlsx")]
    assert asked == [see, review, export]


def test_what_waits_for_the_clerk(house: House, plan: Plan) -> None:
    waiting = todo.waiting(house.user("part_timer"), house.township, date(2026, 6, 30))
    assert [one.url for one in waiting if "核对" in str(one.title)] == [f"/plans/{plan.pk}/review"]


def test_a_late_target_waits_for_its_owner_until_a_reason_is_given(house: House, running: Plan) -> None:
    by = house.user("part_timer")
    actions.change(target(running, "集体活动"), fields={"owner": str(by)}, by=by, now=house.now, reason="分工")
    waiting = [one for one in todo.waiting(by, house.township, date(2026, 6, 30)) if "未完成原因" in str(one.title)]
    assert len(waiting) == 1
    actions.report_progress(
        target(running, "集体活动"), text="筹备中", reason="汛期", next_step="七月办两次", on=date(2026, 6, 30), by=by, now=house.now
    )  # fmt: skip
    assert [one for one in todo.waiting(by, house.township, date(2026, 6, 30)) if "未完成原因" in str(one.title)] == []


def test_the_list_of_a_year_counts_all_plans_together(house: House, desk: Client, running: Plan) -> None:
    bring_in(house, TEXT.replace("青石镇委员小组", "青石镇联络室"), accept_sure=True)
    page = body(desk.get("/plans/"))
    assert page.count("sheet__head") == 2
    assert "接着核对" in page


def test_the_api_lists_plans_and_says_how_one_stands(house: House, running: Plan) -> None:
    from types import SimpleNamespace

    from xieshang.base.orgs.years import calendar
    from xieshang.measure.plans import api

    request = SimpleNamespace(
        user=house.user("part_timer"), desk=SimpleNamespace(unit=house.township, at=calendar(2026))
    )
    assert [one["title"] for one in api.plans(request)] == [running.title]  # type: ignore[arg-type]
    assert json.dumps(api.one(request, running.pk)["targets"])  # type: ignore[arg-type]


def test_what_was_taken_out_and_lost_its_heading_stands_last_under_one_of_its_own(house: House, running: Plan) -> None:
    gone = running.targets.filter(state="accepted").first()
    actions.withdraw_target(gone, by=None, now=house.now, seen=gone.version, reason="主席会议调整")
    gone.refresh_from_db()
    gone.section = None
    gone.save(update_fields=["section"])

    parts = queries.sheet(running, date(2026, 6, 30)).parts

    assert [(part.gone, [row.target.pk for row in part.rows]) for part in parts if part.section is None] == [
        (True, [gone.pk])
    ]
    assert parts[-1].gone
