"""与上年对照: what is new, dropped, raised, lowered, reworded."""

from decimal import Decimal
from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from docx import Document

from xieshang.conftest import House
from xieshang.measure.plans import yearly
from xieshang.measure.plans.models import Plan, Target

from .conftest import TEXT, bring_in

LAST = (
    TEXT.replace("2026", "2025")
    .replace("不少于4次", "不少于3次")
    .replace("组织2次专题调研", "组织3次专题调研")
    .replace("健全工作制度", "健全各项工作制度")
    .replace("年内至少进行一次为困难户捐款活动", "年内举办委员沙龙2期")
)


@pytest.fixture
def found(house: House, plan: Plan) -> yearly.Compared:
    bring_in(house, LAST, year=2025)
    old, _there = yearly.before(house.user("part_timer"), plan)
    assert old is not None
    return yearly.compared(plan, old)


def test_each_item_is_new_dropped_raised_lowered_reworded_or_the_same(found: yearly.Compared) -> None:
    kinds = {(row.new or row.olds[0]).quote: row.kind for row in found.rows}
    assert {kind: [quote for quote, one in kinds.items() if one == kind] for kind in kinds.values()} == {
        "lowered": ["组织2次专题调研活动"],
        "raised": ["年内组织集体活动不少于4次"],
        "same": ["开展专题调研", "每季度开展一次三进活动", "做好宣传工作", "全年编发简讯___期"],
        "new": ["年内至少进行一次为困难户捐款活动"],
        "dropped": ["年内举办委员沙龙2期"],
        "reworded": ["健全工作制度"],
    }


@pytest.mark.parametrize(
    ("last", "this", "way"),
    [
        ({"value": 1, "period": "quarter"}, {"value": 4}, "reworded"),  # four a year are four a year
        ({"value": 1, "period": "quarter"}, {"value": 1, "period": "two_months"}, "raised"),
        ({"value": 2, "max": 3}, {"value": 3, "max": 5}, "raised"),
        ({"value": 2, "max": 5}, {"value": 3, "max": 4}, "reworded"),  # narrower is neither more nor less
        ({"value": 4, "unit": "期"}, {"value": 5}, "reworded"),  # 期 and 次 are not compared
        ({"value": 1, "per": "member"}, {"value": 30}, "reworded"),
        ({"value": 95, "unit": "%"}, {"value": 95, "unit": "%", "period": "quarter"}, "reworded"),
        ({"value": None}, {"value": 4}, "reworded"),
    ],
)
def test_only_numbers_that_count_the_same_are_higher_or_lower(
    last: dict[str, object], this: dict[str, object], way: str
) -> None:
    def made(quote: str, said: dict[str, object]) -> Target:
        numbers = {name: Decimal(str(said[name])) for name in ("value", "max") if said.get(name) is not None}
        return Target(**{"quote": quote, "kind": "quantified", "unit": "次", **said, **numbers})  # type: ignore[arg-type]

    assert yearly.kind((made("去年的说法", last),), made("今年的说法", this)) == way


def test_the_page_and_the_table_show_what_moved(desk: Client, found: yearly.Compared) -> None:
    page = desk.get(reverse("plans:year_before", args=[found.plan.pk])).content.decode()
    assert "提高" in page and "委员沙龙" in page and "每季度开展一次三进活动" not in page
    table = Document(BytesIO(desk.get(reverse("plans:year_before_docx", args=[found.plan.pk])).content)).tables[0]  # type: ignore[attr-defined]
    cells = [[cell.text for cell in row.cells] for row in table.rows]
    assert ["提高", "年内组织集体活动不少于3次", "不少于 3 次", "年内组织集体活动不少于4次", "不少于 4 次"] in cells
    assert not any("未变" in row for row in cells)


def test_without_an_earlier_plan_the_page_says_what_to_do(desk: Client, plan: Plan) -> None:
    page = desk.get(reverse("plans:year_before", args=[plan.pk]))
    assert "系统里没有更早的计划" in page.content.decode()
    table = desk.get(reverse("plans:year_before_docx", args=[plan.pk]))
    assert (table.status_code, table["Location"]) == (302, reverse("plans:year_before", args=[plan.pk]))


def test_the_number_of_queries_does_not_grow_with_the_items(
    found: yearly.Compared, django_assert_num_queries: object
) -> None:
    with django_assert_num_queries(2):  # type: ignore[operator]
        yearly.compared(found.plan, found.before)
