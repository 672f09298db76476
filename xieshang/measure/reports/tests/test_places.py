"""Named places, repeated parts and tables of figures: what each gets, what is left open, and why."""

import io
from datetime import date
from typing import Any

import pytest
from docx import Document

from xieshang.base.ledger import figures
from xieshang.conftest import House
from xieshang.measure.reports import naming
from xieshang.measure.reports.commanding import Filled, fill
from xieshang.measure.reports.naming import Names
from xieshang.measure.reports.scopes import DIFFERENCE, RATE, Scope

from .template import comments, held, template, texts

YEAR = (date(2026, 1, 1), date(2026, 12, 31))


@pytest.fixture
def busy(house: House) -> House:
    """Last year two collective activities; this year one in the first quarter and two in the second, one of them a talk."""
    held(house, on=date(2025, 4, 1))
    held(house, on=date(2025, 9, 1))
    held(house, on=date(2026, 2, 3), came=9, money="60000")
    held(house, on=date(2026, 5, 6), kind="talk", came=12)
    held(house, on=date(2026, 6, 6), came=6)
    return house


def filled(house: House, *paragraphs: str, period: tuple[date, date] = YEAR) -> tuple[list[str], Filled]:
    made = fill(template(*paragraphs), house.county, *period)
    return texts(made.document), made


def table(*rows: tuple[str, ...], caption: str = "") -> bytes:
    document = Document()
    if caption:
        document.add_paragraph(caption)
    made = document.add_table(rows=len(rows), cols=len(rows[0]))
    for row, said in zip(made.rows, rows, strict=True):
        for cell, text in zip(row.cells, said, strict=True):
            cell.text = text
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def cells(data: bytes) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in Document(io.BytesIO(data)).tables[0].rows]


def open_(made: Filled) -> list[str]:
    said: list[dict[str, Any]] = made.as_json().get("open", [])
    return [one["why"] for one in said]


# --- named places -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("place", "printed"),
    [
        ("{{单位}}", "云岭县政协"),
        ("{{年份}}年", "2026年"),
        ("{{届次}}", "十一届"),
        ("{{期间}}", "2026年1月1日至2026年12月31日"),
        ("{{日期}}", "2026年6月30日"),
        ("组织{{集体活动}}次", "组织3次"),
        ("组织{{ 全组活动 }}件", "组织{{ 全组活动 }}件"),  # 次 and 件 are not one
        ("去年{{集体活动 上年}}次", "去年2次"),
        ("去年{{上年集体活动}}次", "去年2次"),
        ("{{集体活动（一季度）}}次", "1次"),
        ("{{集体活动 2025年}}次", "2次"),
        ("同比增长{{集体活动 同比}}", "同比增长50%"),
        ("同比增长{{集体活动 同比}}%", "同比增长50%"),
        ("增加{{集体活动 增减}}次", "增加1次"),
        ("{{捐款}}万元", "6万元"),
        ("{{捐款}}元", "60000元"),
        ("到会率{{到会率}}", "到会率75%"),
        ("｛｛集体活动｝｝次", "3次"),
        ("集体活动{{集体活动数}}次、专题调研x次", "集体活动3次、专题调研x次"),
    ],
)
def test_a_named_place_gets_what_its_name_says(busy: House, place: str, printed: str) -> None:
    assert filled(busy, place)[0] == [printed]


def test_a_name_that_is_not_understood_stays_and_the_nearest_are_named(busy: House) -> None:
    [text], made = filled(busy, "{{集体活动次术}}次")

    assert text == "{{集体活动次术}}次"
    assert open_(made) == ["“集体活动次术”没有认出来。相近的有：集体活动、活动。"]
    assert made.left[0].keys() == {"before", "mark", "after", "guesses"}


def test_what_the_house_does_not_know_is_for_the_clerk(busy: House) -> None:
    assert open_(filled(busy, "{{文号}}", "{{主送}}：")[1]) == ["系统里没有“文号”，请手填", "系统里没有“主送”，请手填"]


def test_nothing_recorded_is_no_nought(busy: House) -> None:
    [text], made = filled(busy, "专题调研{{专题调研}}次")

    assert text == "专题调研{{专题调研}}次"
    assert open_(made) == ["至今没有登记过专题调研，不能断定是 0"]


def test_a_time_to_come_has_no_figure_yet(busy: House) -> None:
    assert open_(filled(busy, "{{集体活动 四季度}}次")[1]) == ["这段时间还没有到"]


def test_the_comment_says_of_when_the_figure_is(busy: House) -> None:
    _texts, made = filled(busy, "{{集体活动 一季度}}次")

    assert made.figures[0]["from"] == "2026-01-01" and made.figures[0]["to"] == "2026-03-31"
    assert "统计项：集体活动（一季度） 1 次（1 条数据明细）" in comments(made.document)[0]


# --- repeated parts -----------------------------------------------------------------------------------------------------------


def test_a_part_is_repeated_for_each_quarter_that_has_begun(busy: House) -> None:
    found, made = filled(busy, "{{#每季度}}", "{{序号}}. {{名称}}组织集体活动{{集体活动}}次", "{{/每季度}}", "完")

    assert found == ["1. 一季度组织集体活动1次", "2. 二季度组织集体活动2次", "完"]
    assert [one["facts"] for one in made.figures] == [1, 2]
    assert made.as_json()["repeats"] == [{"name": "每季度", "count": 2, "why": "", "near": []}]


def test_a_part_is_repeated_for_each_sector_and_each_unit_below(busy: House) -> None:
    found, _made = filled(
        busy, "{{#每个界别}}", "{{名称}}委员参加{{委员参加活动}}人次", "{{/每个界别}}", "{{#每个乡镇}}", "{{名称}}：{{集体活动}}次", "{{/每个乡镇}}"
    )  # fmt: skip

    assert found == ["经济界委员参加9人次", "教育界委员参加9人次", "农业界委员参加9人次", "青石镇：{{集体活动}}次"]


def test_a_part_is_repeated_for_each_record_of_a_figure(busy: House) -> None:
    found, _made = filled(busy, "{{#每次集体活动}}", "{{日期}}　{{标题}}", "{{/每次集体活动}}")

    assert found == ["2月3日　视察重点工程", "5月6日　视察重点工程", "6月6日　视察重点工程"]


def test_a_part_with_nothing_to_say_says_why(busy: House) -> None:
    found, made = filled(
        busy, "前", "{{#每个任务}}", "{{任务}}", "{{/每个任务}}", "{{#每个任物}}", "x次", "{{/每个任物}}"
    )

    assert found == ["前"]
    assert [(one.name, one.why) for one in made.prepared.repeats] == [  # type: ignore[union-attr]
        ("每个任务", "这个期间没有已确认的计划任务"), ("每个任物", "“每个任物”不知道按什么重复"),
    ]  # fmt: skip
    assert "每个任务" in made.prepared.repeats[1].near  # type: ignore[union-attr]


# --- tables of figures --------------------------------------------------------------------------------------------------------


def test_a_table_is_filled_by_the_name_of_row_and_column(busy: House) -> None:
    made = fill(
        table(("项目", "单位", "{{上年}}年", "本年", "增减", "同比", "备注"), ("集体活动", "次", "", "x", "", "___", ""), ("捐款（万元）", "", "", "", "", "", "")),
        busy.county, *YEAR,
    )  # fmt: skip

    assert cells(made.document)[1] == ["集体活动", "次", "2", "3", "1", "50%", ""]
    assert cells(made.document)[2] == ["捐款（万元）", "", "", "6", "", "", ""]


def test_quarters_add_to_the_year_and_the_sum_is_the_year_s_own_figure(busy: House) -> None:
    made = fill(table(("集体活动", "一季度", "二季度", "合计"), ("次数", "", "", "")), busy.county, *YEAR)

    assert cells(made.document)[1] == ["次数", "1", "2", "3"]
    assert made.figures[-1]["to"] == "2026-06-30" and made.prepared.sums == []  # type: ignore[union-attr]


def test_different_people_are_not_added(busy: House) -> None:
    made = fill(
        table(("统计项", "一季度", "二季度", "小计"), ("参加过活动的委员", "", "", ""), ("委员参加活动", "", "", "")), busy.county, *YEAR
    )  # fmt: skip

    assert cells(made.document)[1:] == [["参加过活动的委员", "9", "12", "12"], ["委员参加活动", "9", "18", "27"]]
    assert any("不重复：同一个人只计一次，各项相加是 21" in one.why for one in made.prepared.answers)  # type: ignore[union-attr]


def test_parts_that_do_not_make_the_whole_are_named_and_left_to_choose(busy: House) -> None:
    made = fill(
        table(("界别", "人次"), ("经济界", ""), ("教育界", ""), ("合计", ""), caption="各界别委员参加活动情况表"), busy.county, *YEAR
    )  # fmt: skip

    assert cells(made.document)[1:] == [["经济界", "9"], ["教育界", "9"], ["合计", ""]]
    assert made.prepared.sums == ["合计 · 人次：各项相加是 18，整体是 27：有 9 没有记到这几项名下"]  # type: ignore[union-attr]
    assert [g["value"] for g in made.left[-1]["guesses"]] == ["18", "27"]


def test_sectors_that_make_the_whole_are_added(busy: House) -> None:
    rows = [(name, "") for name in ("经济界", "教育界", "农业界", "合计")]
    made = fill(table(("界别", "数量"), *rows, caption="各界别委员参加活动情况表"), busy.county, *YEAR)

    assert cells(made.document)[-1] == ["合计", "27"]


def test_a_printed_sum_that_is_wrong_is_named(busy: House) -> None:
    made = fill(
        table(("季度", "集体活动", "会议"), ("一季度", "", "3"), ("二季度", "", "4"), ("合计", "", "8")),
        busy.county,
        *YEAR,
    )

    assert made.prepared.sums == ["“合计 · 会议”印的是 8，各项相加是 7"]  # type: ignore[union-attr]
    assert cells(made.document)[-1] == ["合计", "3", "8"]


def test_different_things_are_not_added(busy: House) -> None:
    made = fill(table(("时间", "集体活动", "座谈交流", "合计"), ("本年", "", "", "")), busy.county, *YEAR)

    assert cells(made.document)[1] == ["本年", "3", "1", ""]
    assert made.left[0]["guesses"][0]["value"] == "4"
    assert "各项是不同的统计项，相加可能重复，请核对" in open_(made)


@pytest.mark.parametrize(
    "rows",
    [
        (("序号", "姓名", "单位", "签名"), ("1", "", "", ""), ("2", "", "", "")),
        (("任务", "目标值", "责任单位", "备注"), ("集体活动", "", "", "")),
        (("集体活动", ""), ("专题调研", "")),
        (("项目", "计划数"), ("集体活动", "")),
        (("项目", "数量"), ("其他重要工作", "")),
        (("项目", "数量（件）"), ("集体活动", "")),
    ],
)
def test_a_table_that_asks_for_nothing_stays_as_it_is(busy: House, rows: tuple[tuple[str, ...], ...]) -> None:
    made = fill(table(*rows), busy.county, *YEAR)

    assert cells(made.document) == [list(row) for row in rows]
    assert made.blanks == 0


def test_a_comparison_agrees_with_the_years_its_row_shows(busy: House) -> None:
    half = (date(2026, 1, 1), date(2026, 6, 30))
    same = fill(table(("项目", "上年同期", "本年", "增减"), ("集体活动", "", "", "")), busy.county, *half)
    other = fill(table(("项目", "2025年", "本年", "增减"), ("集体活动", "", "", "")), busy.county, *half)

    assert cells(same.document)[1] == ["集体活动", "1", "3", "2"]
    assert cells(other.document)[1] == ["集体活动", "2", "3", ""]
    assert open_(other) == ["同比是与上年同一段时间比，这一行列的上年是另一段时间，请核对"]


def test_rates_are_compared_in_points(busy: House) -> None:
    [one, other], made = filled(busy, "到会率提高{{到会率 增减}}个百分点", "到会率同比{{到会率 同比}}")

    assert one == "到会率提高-8.33个百分点" and other == "到会率同比{{到会率 同比}}"
    assert open_(made) == ["比率与上年比较用百分点，不算同比"]


def test_a_subtotal_is_of_the_rows_above_it(busy: House) -> None:
    rows = (("时间", "集体活动"), ("一季度", ""), ("二季度", ""), ("小计", ""), ("三季度", ""), ("合计", ""))
    made = fill(table(*rows), busy.county, *YEAR)

    assert [row[1] for row in cells(made.document)] == ["集体活动", "1", "2", "3", "", ""]
    assert "有 1 个数还没有填，不能合计" in open_(made)


def test_units_below_are_added_and_say_so(busy: House) -> None:
    rows = (("单位", "集体活动"), ("青石镇", ""), ("桂花社区", ""), ("合计", ""))
    made = fill(table(*rows), busy.county, *YEAR)

    assert [row[1] for row in cells(made.document)[1:]] == [
        "",
        "",
        "",
    ]  # they have recorded nothing: no nought is invented


# --- names --------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "scope"),
    [
        ("本年", Scope()),
        ("2026年", Scope()),
        ("上年", Scope(back=1)),
        ("上年同期", Scope(back=1)),
        ("2024年", Scope(back=2)),
        ("一季度", Scope(since=date(2026, 1, 1), until=date(2026, 3, 31))),
        ("第四季度", Scope(since=date(2026, 10, 1), until=date(2026, 12, 31))),
        ("2025年上半年", Scope(since=date(2025, 1, 1), until=date(2025, 6, 30))),
        ("上年二季度", Scope(since=date(2025, 4, 1), until=date(2025, 6, 30))),
        ("2月", Scope(since=date(2026, 2, 1), until=date(2026, 2, 28))),
        ("十二月", Scope(since=date(2026, 12, 1), until=date(2026, 12, 31))),
        ("1-6月", Scope(since=date(2026, 1, 1), until=date(2026, 6, 30))),
        ("同比（%）", Scope(change=RATE)),
        ("比上年增减", Scope(change=DIFFERENCE)),
        ("十三月", None),
        ("五季度", None),
        ("目标值", None),
    ],
)
def test_a_time_or_comparison_is_read_from_its_words(name: str, scope: Scope | None) -> None:
    said = naming.meaning(name, Names((), *YEAR), axis=True)

    found = None if said.unknown else Scope(**{**vars(said.scope), "words": ""})
    assert found == scope


def test_every_name_of_a_unit_s_own_indicators_is_understood(busy: House) -> None:
    known = figures.indicators(busy.county)
    names = Names(tuple(known.values()), *YEAR)

    for one in known.values():
        assert one in naming.meaning(str(one.name), names).indicators, one.name
