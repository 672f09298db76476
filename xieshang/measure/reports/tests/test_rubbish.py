"""Whatever stands in a template, reading its names and tables raises nothing."""

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from xieshang.base import registry
from xieshang.documents.grids import grids
from xieshang.documents.sections import expand, sections
from xieshang.documents.tests.making import docx, p
from xieshang.documents.tests.making import table as table_xml
from xieshang.measure.reports import naming, tabling
from xieshang.measure.reports.naming import Names
from xieshang.measure.reports.scopes import Scope

WORDS = (
    "集体活动",
    "捐款",
    "合计",
    "小计",
    "上年",
    "本年",
    "一季度",
    "十三月",
    "2025年",
    "9999年",
    "同比",
    "（万元）",
    "（",
    "青石镇",
    "序号",
    "x",
    "",
    "12",
    "3.5%",
    "{{年份}}",
    "{{#每季度}}",
    "{{/每季度}}",
    " ",
)
NAMES = Names(
    tuple(registry.INDICATORS.values()),
    date(2026, 1, 1),
    date(2026, 12, 31),
    {"年份": "2026"},
    {"青石镇": Scope(organization=1, words="青石镇")},
)
some = st.lists(st.sampled_from(WORDS), max_size=3).map("".join)


@settings(deadline=None, max_examples=300)
@given(st.one_of(some, st.text(max_size=20)), st.booleans())
def test_any_name_has_a_meaning_or_is_said_not_to_be_understood(name: str, axis: bool) -> None:
    naming.meaning(name, NAMES, axis=axis)


@settings(deadline=None, max_examples=150)
@given(
    st.integers(1, 4).flatmap(
        lambda width: st.lists(st.lists(some, min_size=width, max_size=width), min_size=1, max_size=5)
    )
)
def test_any_table_asks_for_cells_of_its_own(rows: list[list[str]]) -> None:
    data = docx(p("各乡镇集体活动统计表") + table_xml(*rows))

    for grid in grids(data):
        found = tabling.table(grid, NAMES)
        own = {cell.place for row in grid.rows for cell in row}
        assert all(cell.place in own and set(cell.parts) <= own - {cell.place} for cell in found.cells)


@settings(deadline=None, max_examples=150)
@given(st.lists(some, max_size=8), st.integers(0, 3))
def test_any_marks_are_written_out_or_named(paragraphs: list[str], count: int) -> None:
    data = docx(
        "".join(map(p, paragraphs))
        + table_xml(["{{#每季度}}甲", "乙"], paragraphs[:2] + ["", ""][len(paragraphs[:2]) :])
    )

    found, _troubles = sections(data)
    made, owners = expand(data, found, [count] * len(found))

    assert all(copy < count for _section, copy in owners.values())
    assert sections(made)[0] == [] or not found
