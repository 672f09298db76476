"""A plan comes as whatever the office has: a printed PDF, a sheet, a pasted table, a scan."""

from collections.abc import Sequence

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL.Image import Image

from xieshang.conftest import House
from xieshang.documents import recognising
from xieshang.documents.recognising import Recognised
from xieshang.documents.tests.making import FILES
from xieshang.measure.plans import actions
from xieshang.measure.plans.models import Paper, Plan

from .conftest import target


def upload(desk: Client, file: str, name: str = "") -> Paper:
    answer = desk.post("/plans/import", {"file": SimpleUploadedFile(name or file, (FILES / file).read_bytes())})
    assert answer.status_code == 302, answer.content.decode()
    return Paper.objects.latest("id")


def open_plan(desk: Client, paper: Paper) -> Plan:
    desk.post(f"/plans/import/{paper.pk}", {"document": 1, "year": 2026, "source": "own"})
    return Plan.objects.get(paper=paper)


def test_a_printed_pdf_becomes_a_plan_with_the_targets_printed_in_it(desk: Client) -> None:
    plan = open_plan(desk, upload(desk, "plan.pdf"))

    assert plan.title == "云岭县政协2026年工作要点"
    assert target(plan, "征集提案").value == 100
    assert [section.title for section in plan.sections.all()][:2] == ["聚焦中心任务，深化专题协商", "深入调查研究"]


@pytest.mark.parametrize(("file", "name"), [("tasks.xlsx", "任务分解表.xlsx"), ("tasks.xls", "任务分解表.et")])
def test_a_sheet_is_kept_with_its_rows_as_lines(desk: Client, file: str, name: str) -> None:
    assert "序号\t工作任务\t" in upload(desk, file, name).text


def test_a_table_pasted_with_its_markup_is_kept_with_tabs_between_its_cells(desk: Client) -> None:
    markup = "<table><tr><td>任务</td><td>次数</td></tr><tr><td>视察</td><td>2次</td></tr></table>"
    desk.post("/plans/import", {"pasted": markup})

    assert Paper.objects.latest("id").text == "任务\t次数\n视察\t2次"


def test_a_scan_is_refused_with_what_to_do_where_nothing_can_recognise_it(
    desk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recognising, "recogniser", lambda: None)
    scan = SimpleUploadedFile("计划.pdf", (FILES / "scan.pdf").read_bytes())
    page = desk.post("/plans/import", {"file": scan}).content.decode()

    assert "是扫描件或图片，里面没有文字" in page and "Word 原稿" in page
    assert not Paper.objects.exists()


WORDS = (
    ("青石镇委员小组2026年工作计划", 0.99), ("一、委员活动", 0.99), ("年内组织集体活动不少于4次。", 0.99), ("二、视察", 0.99), ("全年组织视察不少于3次。", 0.6),
    ("三、自身建设", 0.99), ("健全委员小组的学习制度。", 0.7),
)  # fmt: skip


def recognised(picture: Image) -> Sequence[Recognised]:
    return [
        Recognised(words, sure, 200, 200 + 60 * n, 200 + 30 * len(words), 240 + 60 * n)
        for n, (words, sure) in enumerate(WORDS)
    ]


@pytest.fixture
def scanned(desk: Client, monkeypatch: pytest.MonkeyPatch) -> Plan:
    monkeypatch.setattr(recognising, "recogniser", lambda: recognised)
    return open_plan(desk, upload(desk, "scan.pdf"))


def test_what_a_scan_says_doubtfully_is_never_sure_and_says_so_on_the_page(desk: Client, scanned: Plan) -> None:
    clear, doubtful = target(scanned, "集体活动"), target(scanned, "视察不少于")
    page = desk.get(f"/plans/{scanned.pk}/review").content.decode()

    assert clear.is_sure and not doubtful.is_sure and doubtful.sure <= 0.3
    assert page.count('<span class="unsure">识别存疑</span>') == 2
    assert "有 2 处拿不准" in page


def test_what_is_doubtful_is_not_confirmed_with_what_is_sure(house: House, scanned: Plan) -> None:
    accepted = actions.accept_all_sure(scanned, by=house.user("part_timer"), now=house.now)

    assert [one.quote for one in accepted] == ["年内组织集体活动不少于4次"]
    assert actions.accept_tasks(scanned, by=house.user("part_timer"), now=house.now) == []
