"""Steps that a leader approves: a report's 定稿, a plan's 审定; where the rule is on nothing passes without; late entries of registers."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from xieshang.base.accounts.roles import Role
from xieshang.base.audit import telling
from xieshang.base.errors import Refused
from xieshang.base.ledger.models import PeriodLock
from xieshang.base.paperwork import actions as paperwork
from xieshang.base.paperwork import slip
from xieshang.base.paperwork.models import Approval
from xieshang.base.settings import parameters
from xieshang.conftest import House
from xieshang.documents.reading import read_document
from xieshang.measure.plans import actions as plans
from xieshang.measure.plans.models import Plan
from xieshang.measure.reports import actions as reports
from xieshang.measure.reports.models import Report
from xieshang.measure.reports.tests.template import template
from xieshang.work.registers import actions as registers
from xieshang.work.registers.models import Entry, Register

PLAN = "云岭县政协2026年工作计划\n\n一、学习\n\n1、组织集中学习不少于2次。\n"


def browser(house: House, role: str) -> Client:
    client = Client()
    client.force_login(house.user(role))
    return client


def rule(house: House, key: str) -> None:
    parameters.set_value(
        house.county, key, True, effective_from=date(2026, 1, 1), citation="主席会议", by=house.user(Role.CLERK), now=house.now
    )  # fmt: skip


@pytest.fixture
def report(house: House) -> Report:
    return reports.start(
        house.county, data=template("一年来，组织集体活动x次。"), name="去年总结.docx", start=date(2026, 1, 1), end=date(2026, 6, 30), by=house.user(Role.CLERK),
        now=house.now,
    )  # fmt: skip


def ask(house: House, report: Report) -> Approval:
    answer = browser(house, Role.CLERK).post("/approvals/ask", {"step": "reports.finish", "record": report.pk})
    assert answer.status_code == 302
    return Approval.objects.get()


def test_where_the_rule_is_on_a_report_is_final_only_with_a_leaders_word(house: House, report: Report) -> None:
    rule(house, "reports.approval")
    with pytest.raises(Refused) as refusal:
        reports.finish(report, by=house.user(Role.CLERK), now=house.now)
    assert refusal.value.code == "needs_approval"
    approval = ask(house, report)
    assert browser(house, Role.LEADER).post(f"/approvals/{approval.pk}/sign?agreed=yes&seen=1").status_code == 302
    report.refresh_from_db()
    assert report.state == "final"
    told = telling.told(telling.entries(report.ref), {}, lambda entry: [])[0]
    assert (told.who, told.changes) == ("办公室工作人员", ["经领导同意（2026-06-30）"])
    page = browser(house, Role.CLERK).get(f"/reports/{report.pk}").content.decode()
    assert "领导 2026-06-30 签批" in page


def test_where_it_is_off_a_report_is_final_as_before(house: House, report: Report) -> None:
    assert reports.finish(report, by=house.user(Role.CLERK), now=house.now).state == "final"


def test_what_changed_after_it_was_sent_is_not_what_was_approved(house: House, report: Report) -> None:
    approval = ask(house, report)
    reports.type_in(report.blanks.get(), "9", by=house.user(Role.CLERK), now=house.now)
    with pytest.raises(Refused) as refusal:
        paperwork.approve(approval, by=house.user(Role.LEADER), now=house.now)
    assert refusal.value.code == "changed"
    report.refresh_from_db()
    assert report.state == "draft"


def test_the_head_of_the_office_does_not_sign_for_the_leader(house: House, report: Report) -> None:
    with pytest.raises(Refused):
        paperwork.approve(ask(house, report), by=house.user(Role.HEAD), now=house.now)


def test_the_slip_says_what_is_approved_and_leaves_room_to_sign(house: House, report: Report) -> None:
    approval = ask(house, report)
    text = read_document(slip.slip(approval, {}, at=house.now), "审批单.docx").text
    for words in (
        "云岭县政协",
        "报告定稿",
        "去年总结",
        "2026-01-01 至 2026-06-30",
        "办公室工作人员",
        "□ 同意",
        "签批日期",
    ):
        assert words in text
    answer = browser(house, Role.CLERK).get(f"/approvals/{approval.pk}/slip.docx")
    assert answer.status_code == 200 and answer.content[:2] == b"PK"


def test_a_plan_is_fixed_when_the_leader_has_approved_it(house: House) -> None:
    rule(house, "plans.approval")
    plan = plans.bring_in(
        house.county, year=2026, data=PLAN.encode(), name="计划.txt", by=house.user(Role.CLERK), now=house.now
    )
    given = {"status": "fixed", "meeting": "第三十次主席会议", "number": "", "on": "2026-03-02", "seen": plan.version}
    client = browser(house, Role.CLERK)
    assert client.post(f"/plans/{plan.pk}/status", {**given, "ask": "1"}).status_code == 302
    assert Plan.objects.get().status == "draft"
    approval = Approval.objects.get()
    paperwork.approve(approval, by=house.user(Role.LEADER), now=house.now)
    found = Plan.objects.get()
    assert (found.status, found.meeting) == ("fixed", "第三十次主席会议")


@pytest.fixture
def locked(house: House) -> Register:
    PeriodLock.objects.create(
        organization=house.county, through=date(2025, 12, 31), grace_until=date(2026, 2, 28), locked_at=house.now
    )
    return registers.take(house.county, "donations", by=house.user(Role.CLERK), now=house.now)


def test_a_late_entry_of_a_register_waits_for_the_head_with_its_files(house: House, locked: Register) -> None:
    client = browser(house, Role.CLERK)
    from xieshang.work.registers import catalogue

    typed: dict[str, Any] = {**catalogue.READY["donations"].example, "on": "2025-12-20", "title": "年末资助"}
    first = client.post(f"/registers/{locked.pk}/new", typed)
    assert first.status_code == 422 and 'name="late"' in first.content.decode()
    assert client.post(f"/registers/{locked.pk}/new", {**typed, "late": "1"}).status_code == 422
    assert client.post(f"/registers/{locked.pk}/new", {**typed, "late": "1", "reason": "收据晚到"}).status_code == 302
    assert not Entry.objects.exists()
    approval = Approval.objects.get()
    assert approval.title.endswith("：年末资助")
    paperwork.approve(approval, by=house.user(Role.HEAD), now=house.now)
    made = Entry.objects.get()
    assert (made.title, made.on, made.created_by) == ("年末资助", date(2025, 12, 20), house.users[Role.CLERK])


def test_a_void_in_a_locked_period_can_be_asked_for_from_the_record(house: House, locked: Register) -> None:
    made = registers.record(
        locked, on="2025-12-20", title="年末资助", values={"purpose": "慰问孤老病残", "money": "500"}, by=None, now=house.now
    )  # fmt: skip
    client = browser(house, Role.CLERK)
    answer = client.post(f"/registers/entries/{made.pk}/void", {"seen": made.version, "reason": "登重了"})
    assert answer.status_code == 422 and 'value="registers.void"' in answer.content.decode()
    client.post("/approvals/ask", {"step": "registers.void", "record": made.pk, "reason": "登重了"})
    paperwork.approve(Approval.objects.get(), by=house.user(Role.HEAD), now=house.now)
    assert Entry.objects.get().state == "void"
