"""一句进展: every month or quarter for every task, by its owner, from the to-do list in one step."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from xieshang.base import clock, todo
from xieshang.base.errors import Refused
from xieshang.base.settings import parameters
from xieshang.conftest import House
from xieshang.documents.reading import read_document
from xieshang.measure.plans import actions, exports, lines, queries
from xieshang.measure.plans.models import Plan, ProgressLine, Target

from .conftest import bring_in, hold, target

pytestmark = pytest.mark.django_db
HTMX = {"HTTP_HX_REQUEST": "true"}
JUNE = date(2026, 6, 30)
LATE, TASK, DUE_LATER = "集体活动", "健全工作制度", "组织2次专题调研"


@pytest.fixture
def owned(house: House, running: Plan) -> Plan:
    """Every task has the part-timer for its owner."""
    by = house.user("part_timer")
    for one in running.targets.filter(state="accepted"):
        actions.change(one, fields={"owner": str(by)}, by=by, now=house.now, reason="分工")
    return running


def write(house: House, plan: Plan, words: str, on: date = JUNE, **said: Any) -> Target:
    given = {"text": "正在筹备", "reason": "", "next_step": "", **said}
    return actions.report_progress(target(plan, words), on=on, by=house.user("part_timer"), now=house.now, **given)


def waiting(house: House, on: date = JUNE) -> list[str]:
    return [row.target.quote for row in lines.waiting(house.user("part_timer"), house.township, on).rows]


def titles(house: House, on: date = JUNE) -> list[str]:
    return [str(one.title) for one in todo.waiting(house.user("part_timer"), house.township, on)]


PERIODS = [
    ("quarter", date(2026, 6, 30), "二季度", date(2026, 4, 1), JUNE),  # on its last day it is asked about
    ("quarter", date(2026, 6, 29), "一季度", date(2026, 1, 1), date(2026, 3, 31)),
    ("quarter", date(2026, 12, 31), "四季度", date(2026, 10, 1), date(2026, 12, 31)),
    ("quarter", date(2027, 2, 3), "四季度", date(2026, 10, 1), date(2026, 12, 31)),
    ("month", date(2026, 6, 29), "5 月", date(2026, 5, 1), date(2026, 5, 31)),
    ("month", date(2026, 6, 30), "6 月", date(2026, 6, 1), JUNE),
]


@pytest.mark.parametrize(("every", "on", "label", "start", "end"), PERIODS)
def test_the_period_that_is_over_is_asked_about(
    house: House, every: str, on: date, label: str, start: date, end: date
) -> None:
    chief = house.user("clerk")
    parameters.set_value(
        house.county, "plans.progress_every", every, effective_from=date(2026, 1, 1), citation="分工会议", by=chief, now=house.now
    )  # fmt: skip
    found = lines.period(house.township, on)
    assert found and (found.label, found.start, found.end, (found.due - found.end).days) == (label, start, end, 10)


def test_a_unit_that_wants_no_lines_is_asked_for_none_but_for_what_is_late(house: House, owned: Plan) -> None:
    parameters.set_value(
        house.county, "plans.progress_every", "never", effective_from=date(2026, 1, 1), citation="主席会议", by=house.user("clerk"), now=house.now
    )  # fmt: skip
    assert lines.period(house.township, JUNE) is None
    assert all(one in waiting(house) for one in [target(owned, LATE).quote])
    assert target(owned, TASK).quote not in waiting(house)


def test_every_task_that_is_not_done_waits_for_its_line(house: House, owned: Plan) -> None:
    hold(house, date(2026, 2, 3), kind="research")
    hold(house, date(2026, 3, 3), kind="research")  # 2 of 2: done, nothing more is asked
    asked = waiting(house)
    assert target(owned, DUE_LATER).quote not in asked
    assert target(owned, TASK).quote in asked and target(owned, LATE).quote in asked
    assert "填写二季度进展" in titles(house)


def test_a_line_of_its_second_half_or_later_answers_a_period_and_no_later_one(house: House, owned: Plan) -> None:
    quote = target(owned, TASK).quote
    write(house, owned, TASK, date(2026, 4, 2))  # in the first days of the quarter: says little about it
    assert quote in waiting(house)
    write(house, owned, TASK, date(2026, 6, 20))
    assert quote not in waiting(house)
    assert quote in waiting(house, date(2026, 9, 30))


def test_who_is_late_says_why_and_what_comes_next(house: House, owned: Plan) -> None:
    before = ProgressLine.objects.count(), target(owned, LATE).version
    for said, code in (({}, "no_reason"), ({"reason": "汛期"}, "no_next_step")):
        with pytest.raises(Refused) as refused:
            write(house, owned, LATE, **said)
        assert refused.value.code == code
        assert "进度滞后：比序时少 1 次" in refused.value.why
    assert (ProgressLine.objects.count(), target(owned, LATE).version) == before  # nothing was written

    write(house, owned, LATE, reason="汛期", next_step="七月办两次")
    assert target(owned, LATE).quote not in waiting(house)


def test_who_says_that_it_was_not_done_says_why_at_once(house: House, owned: Plan) -> None:
    with pytest.raises(Refused) as refused:
        write(house, owned, TASK, failed=True)
    assert refused.value.code == "no_reason"
    done = write(house, owned, TASK, failed=True, reason="机构改革", next_step="转入明年")
    [row] = [row for row in queries.sheet(owned, JUNE).rows if row.target == done]
    assert (row.state, row.reason) == ("missed", "认定未完成")


def test_a_line_leaves_what_was_found_before(house: House, owned: Plan) -> None:
    write(house, owned, TASK, finished=True)
    assert write(house, owned, TASK, text="已存档").finished_on == JUNE
    assert write(house, owned, TASK, text="发现遗漏，重新修订", finished=False).finished_on is None


def test_a_figure_of_a_day_is_read_as_of_that_day(house: House) -> None:
    made = bring_in(house, "青石镇2026年工作计划\n\n一、宣传\n\n1、编发手抄报12期。\n", accept_sure=True)
    by = house.user("part_timer")
    for one in made.targets.filter(state="open"):
        actions.accept(one, by=by, now=house.now)
    actions.put_in_force(made, by=by, now=house.now)
    for day, figure in ((date(2026, 3, 31), 3), (JUNE, 6), (date(2026, 5, 31), 5)):  # one comes late
        write(house, made, "手抄报", day, figure=figure)

    def actual(on: date) -> Any:
        return queries.sheet(made, on).rows[0].verdict.actual

    assert [actual(on) for on in (date(2026, 2, 1), date(2026, 4, 30), date(2026, 6, 1), JUNE)] == [None, 3, 5, 6]


def test_a_reason_is_asked_for_again_after_as_many_days_as_the_unit_says(house: House, owned: Plan) -> None:
    write(house, owned, LATE, reason="汛期", next_step="七月办两次")
    quote = f"填未完成原因：{target(owned, LATE).quote}"
    assert quote not in titles(house, date(2026, 7, 31))
    assert quote in titles(house, date(2026, 8, 1))
    parameters.set_value(
        house.county, "plans.reason_days", "60", effective_from=date(2026, 1, 1), citation="主席会议", by=house.user("clerk"), now=house.now
    )  # fmt: skip
    assert quote not in titles(house, date(2026, 8, 1))


def test_what_nobody_with_an_account_owns_waits_for_the_office(house: House, running: Plan) -> None:
    assert waiting(house) == []
    assert "代填二季度进展（责任人没有账号）" in titles(house)


def test_the_table_carries_the_line_and_why_and_what_next_in_columns_of_their_own(house: House, owned: Plan) -> None:
    write(house, owned, LATE, text="已联系两个村", reason="汛期", next_step="七月办两次")
    sheet = queries.sheet(owned, JUNE)
    assert exports.COLUMNS[-2:] == ("进展", "未完成原因及下一步")
    [row] = [row for row in exports.rows(sheet) if "集体活动" in str(row[2])]
    assert row[-2:] == [
        "已联系两个村（2026-06-30）",
        "比序时少 1 次；还没有开展过；12 月 31 日前补足仍可完成；汛期；下一步：七月办两次",
    ]
    text = read_document(exports.docx(sheet, at=house.now.replace(tzinfo=None)), "表.docx").text
    assert "下一步：七月办两次" in text


def test_the_table_says_the_months_a_task_is_scheduled_in_or_its_own_time(house: House, owned: Plan) -> None:
    said: dict[str, Any] = {"by": house.user("part_timer"), "now": house.now, "reason": "主席会议调整"}
    assert exports.due(target(owned, LATE)) == "12月31日"
    own = actions.change(
        target(owned, LATE), fields={"starts_on": date(2026, 5, 1), "ends_on": date(2027, 3, 31)}, **said
    )
    assert exports.due(own) == "5月1日—2027年3月31日"
    assert exports.due(actions.change(own, fields={"months": "5,10"}, **said)) == "5、10月"


# --- the page ---------------------------------------------------------------------------------------------------------------


def test_all_that_waits_stands_on_one_page_each_line_with_its_own_button(desk: Client, owned: Plan) -> None:
    with clock.at("2026-06-30"):
        page = desk.get("/plans/lines").content.decode()
    assert "填写二季度进展" in page and "7月10日前写完" in page
    assert page.count('action="/plans/lines/') == len(lines.waiting(desk_user(owned), owned.organization, JUNE).rows)


def desk_user(plan: Plan) -> Any:
    return plan.targets.exclude(owner_user=None)[0].owner_user


def test_a_line_is_written_in_its_row_and_the_row_says_so(desk: Client, owned: Plan) -> None:
    one = target(owned, TASK)
    given = {"text": "已形成初稿", "on": "2026-06-30", "outcome": "", "seen": one.version}
    with clock.at("2026-06-30"):
        answer = desk.post(f"/plans/lines/{one.pk}", given, **HTMX)
    assert answer.status_code == 200 and "进展已记下" in answer.content.decode()
    assert one.progress.get().text == "已形成初稿"


def test_without_script_the_page_comes_back(desk: Client, owned: Plan) -> None:
    one = target(owned, TASK)
    given = {"text": "已形成初稿", "on": "2026-06-30", "outcome": "", "seen": one.version}
    with clock.at("2026-06-30"):
        assert desk.post(f"/plans/lines/{one.pk}", given).headers["Location"] == "/plans/lines"


def test_what_is_refused_is_said_in_the_row_with_what_was_typed(desk: Client, owned: Plan) -> None:
    one = target(owned, LATE)
    given = {"text": "正在筹备", "on": "2026-06-30", "seen": one.version, "reason": "汛期", "next_step": ""}
    with clock.at("2026-06-30"):
        for more in ({}, HTMX):
            answer = desk.post(f"/plans/lines/{one.pk}", given, **more)
            page = answer.content.decode()
            assert answer.status_code == 422
            assert "请写一句下一步怎么办" in page and "正在筹备" in page and 'value="汛期"' in page


def test_when_all_is_written_the_page_says_so(desk: Client, house: House) -> None:
    with clock.at("2026-06-30"):
        assert "都写完了" in desk.get("/plans/lines").content.decode()


def test_the_page_asks_the_database_no_more_often_for_many_tasks_than_for_few(
    house: House, desk: Client, owned: Plan
) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as found:
            assert desk.get("/plans/lines").status_code == 200
        return len(found)

    with clock.at("2026-06-30"):
        desk.get("/plans/lines")  # what is remembered between pages is remembered now
        few = asked()
        one = target(owned, TASK)
        for n in range(20):
            copy = Target.objects.get(pk=one.pk)
            copy.pk, copy.order = None, 100 + n
            copy.save(force_insert=True)
        assert asked() <= few
