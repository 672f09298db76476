"""文稿状态: draft, fixed, issued, adjusted, each with the meeting and number it rests on."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from xieshang.base.audit.models import Entry
from xieshang.base.errors import NotAllowed, Refused
from xieshang.conftest import House
from xieshang.documents.reading import read_document
from xieshang.measure.plans import actions, exports, queries, reading
from xieshang.measure.plans.models import Plan

pytestmark = pytest.mark.django_db

FIXED = {"status": "fixed", "meeting": "主席会议第三十次会议", "on": date(2026, 2, 20)}
ISSUED = {"status": "issued", "number": "青联发〔2026〕1号", "on": date(2026, 3, 2)}
ADJUSTED = {
    "status": "adjusted",
    "meeting": "主席会议第三十五次会议",
    "number": "青联发〔2026〕9号",
    "on": date(2026, 6, 8),
}


def settle(house: House, plan: Plan, said: dict[str, Any]) -> Plan:
    return actions.settle(plan, by=house.user("part_timer"), now=house.now, **said)


def test_a_plan_is_a_draft_until_somebody_says_what_it_rests_on(running: Plan) -> None:
    assert (running.status, running.status_words) == ("draft", "草案")


def test_a_plan_goes_from_draft_to_adjusted_and_keeps_what_it_rested_on(house: House, running: Plan) -> None:
    for said in (FIXED, ISSUED, ADJUSTED):
        plan = settle(house, running, said)

    assert plan.status_words == "已调整（主席会议第三十五次会议；青联发〔2026〕9号；2026-06-08）"
    assert [(f.status, f.meeting, f.number) for f in plan.footings.all()] == [
        ("fixed", "主席会议第三十次会议", ""),
        ("issued", "", "青联发〔2026〕1号"),
        ("adjusted", "主席会议第三十五次会议", "青联发〔2026〕9号"),
    ]
    assert Entry.objects.filter(verb="plans.settle", record=plan.ref).count() == 3


REFUSALS = [
    ([], {**ADJUSTED}, "bad_status"),  # nothing was fixed that could be adjusted
    ([ISSUED], {**FIXED, "on": date(2026, 3, 3)}, "bad_status"),  # never back
    (
        [],
        {"status": "fixed", "number": "青联发〔2026〕1号", "on": date(2026, 3, 2)},
        "no_footing",
    ),  # a meeting fixes a plan
    ([], {"status": "issued", "on": date(2026, 3, 2)}, "no_footing"),
    ([], {**ISSUED, "on": date(2027, 3, 2)}, "in_the_future"),
    ([FIXED], {**ISSUED, "on": date(2026, 1, 2)}, "before"),
]


@pytest.mark.parametrize(("before", "said", "code"), REFUSALS)
def test_a_status_without_its_ground_or_out_of_order_is_refused_and_nothing_is_written(
    house: House, running: Plan, before: list[dict[str, Any]], said: dict[str, Any], code: str
) -> None:
    for one in before:
        settle(house, running, one)
    stood = Plan.objects.get(pk=running.pk).version, running.footings.count()

    with pytest.raises(Refused) as refused:
        settle(house, running, said)

    assert refused.value.code == code
    assert (Plan.objects.get(pk=running.pk).version, running.footings.count()) == stood


def test_the_same_status_again_puts_its_number_right(house: House, running: Plan) -> None:
    settle(house, running, ISSUED)
    plan = settle(house, running, {**ISSUED, "number": "青联发〔2026〕2号"})
    assert (plan.number, plan.footings.count()) == ("青联发〔2026〕2号", 2)


def test_a_plan_still_being_checked_may_be_issued_and_a_closed_one_no_more(house: House, plan: Plan) -> None:
    assert settle(house, plan, ISSUED).state == "reading"
    Plan.objects.filter(pk=plan.pk).update(state="closed")
    with pytest.raises(Refused):
        settle(house, plan, ADJUSTED)


def test_who_only_looks_settles_nothing(house: House, running: Plan) -> None:
    with pytest.raises(NotAllowed):
        actions.settle(running, by=house.user("member"), now=house.now, **ISSUED)


def test_the_page_takes_it_says_what_is_missing_and_keeps_what_was_typed(desk: Client, running: Plan) -> None:
    url = f"/plans/{running.pk}/status"
    given = {
        "status": "fixed",
        "meeting": "",
        "number": "青联发〔2026〕1号",
        "on": "2026-02-20",
        "seen": running.version,
    }
    answer = desk.post(url, given)
    assert answer.status_code == 422
    assert "审定要写明是哪次会议" in answer.content.decode() and "青联发〔2026〕1号" in answer.content.decode()

    assert desk.post(url, given | {"meeting": "主席会议"}).status_code == 302
    assert "审定（主席会议；青联发〔2026〕1号；2026-02-20）" in desk.get(running.get_absolute_url()).content.decode()
    assert "主席会议" in desk.get(url).content.decode()


def test_the_table_says_whose_plan_it_is_from_where_and_what_it_rests_on(house: House, running: Plan) -> None:
    plan = settle(house, running, ISSUED)
    sheet = queries.sheet(plan, date(2026, 6, 30))
    said = "自定　印发（青联发〔2026〕1号；2026-03-02）　2026.01.01—2026.12.31　截至2026年6月30日"
    assert said in read_document(exports.docx(sheet, at=house.now.replace(tzinfo=None)), "表.docx").text
    assert said in exports.note(sheet)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("青石镇联络室文件\n青联发〔2026〕1 号\n2026年工作计划\n一、学习", "青联发〔2026〕1号"),
        ("2026年工作计划\n根据县委办〔2025〕12号文件精神，制定本计划。", ""),
        ("2026年工作计划", ""),
    ],
)
def test_a_papers_own_number_is_read_and_one_it_cites_is_not(text: str, number: str) -> None:
    assert reading.number(text) == number
