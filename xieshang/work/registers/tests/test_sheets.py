"""Pasting, importing, exporting: all rows or none, each refused row with its reason."""

import pytest

from xieshang.base.errors import Refused
from xieshang.base.ledger.models import PeriodLock, PostedFact
from xieshang.base.ledger.verify import verify
from xieshang.documents.sheets import parse_pasted, read_rows, write_xlsx
from xieshang.work.registers import actions, catalogue, queries, sheets
from xieshang.work.registers.models import Entry

HEADS = ["收到日期", "来访事由", "来访种类", "人数"]
ROWS = [["2026-03-05", "反映停车难", "来访", "3"], ["2026-03-06", "咨询医保", "来信", "1"]]
BAD = ["2026-13-01", "看不清的一行", "路过", "几个"]


def tabbed(*rows):
    return "\n".join("\t".join(row) for row in rows)


def lines_of(desk, *rows, headed=False):
    return sheets.read(desk, parse_pasted(tabbed(*rows)), queries.known(desk.organization), headed=headed)


def bring(house, desk, lines, **more):
    return actions.bring(desk, [line.values for line in lines], by=house.user("clerk"), now=house.now, **more)


def test_rows_with_headings_may_stand_in_any_order(house, desk):
    made, there = bring(house, desk, lines_of(desk, HEADS[::-1], *[row[::-1] for row in ROWS]))
    assert ([(one.title, one.payload["heads"], one.category) for one in made], there) == (
        [("反映停车难", "3", "visit"), ("咨询医保", "1", "letter")],
        0,
    )
    assert verify().problems == []


def test_rows_without_headings_stand_in_the_registers_order(house, desk):
    (made, _there) = bring(house, desk, lines_of(desk, *ROWS))
    assert [one.title for one in made] == ["反映停车难", "咨询医保"]


def test_one_bad_row_and_nothing_is_written(house, desk):
    lines = lines_of(desk, HEADS, *ROWS, BAD)
    assert [(line.number, len(line.problems)) for line in lines] == [(2, 0), (3, 0), (4, 3)]
    with pytest.raises(actions.BadRows) as bad:
        bring(house, desk, lines)
    assert list(bad.value.rows) == [2]
    assert Entry.objects.count() == 0


def test_a_row_that_only_the_ledger_refuses_takes_the_others_back_too(house, desk):
    with pytest.raises(actions.BadRows) as bad:
        bring(house, desk, lines_of(desk, HEADS, *ROWS, ["2026-07-02", "还没到的一天", "来访", "1"]))
    assert bad.value.rows == {2: "日期 2026-07-02 还没有到。已经发生的才计数，请检查日期；还没办的可先存草稿。"}
    assert (Entry.objects.count(), PostedFact.objects.filter(record__startswith="registers").count()) == (0, 0)


def test_the_same_rows_brought_in_again_are_not_entered_twice(house, desk):
    bring(house, desk, lines_of(desk, HEADS, *ROWS))
    made, there = bring(house, desk, lines_of(desk, HEADS, *ROWS, ["2026-03-07", "新的一行", "来电", "1"]))
    assert ([one.title for one in made], there, Entry.objects.count()) == (["新的一行"], 2, 3)


def test_two_equal_rows_of_one_sheet_are_two_entries(house, desk):
    made, _there = bring(house, desk, lines_of(desk, HEADS, ROWS[0], ROWS[0]))
    assert len(made) == 2


def test_a_row_that_was_voided_may_be_brought_in_again(house, desk):
    (first,), _ = bring(house, desk, lines_of(desk, HEADS, ROWS[0]))
    actions.void(first, by=house.user("clerk"), now=house.now, seen=1, reason="记错")
    made, there = bring(house, desk, lines_of(desk, HEADS, ROWS[0]))
    assert (len(made), there) == (1, 0)


def test_late_rows_ask_for_one_reason_for_all(house, desk):
    PeriodLock.objects.create(
        organization=house.county, through="2026-03-31", grace_until="2026-04-10", locked_at=house.now
    )
    lines = lines_of(desk, HEADS, *ROWS)
    rows, head = [line.values for line in lines], {"by": house.user("head"), "now": house.now}
    with pytest.raises(actions.BadRows) as bad:
        bring(house, desk, lines)
    assert not bad.value.late  # a clerk alone cannot, whatever he writes
    with pytest.raises(actions.BadRows) as bad:
        actions.bring(desk, rows, **head)
    assert bad.value.late
    assert len(actions.bring(desk, rows, reason="补录一季度", **head)[0]) == 2


def test_an_unknown_heading_is_named(house, desk):
    with pytest.raises(Refused) as refused:
        lines_of(desk, [*HEADS, "备注"], *[[*row, "x"] for row in ROWS])
    assert refused.value.why == "表头“备注”不在这本登记簿里"


def test_a_sheet_without_headings_is_sent_to_the_template(house, desk):
    with pytest.raises(Refused) as refused:
        lines_of(desk, *ROWS, headed=True)
    assert refused.value.do == "表头至少要有：收到日期、来访事由、来访种类。可以先下载模板"


@pytest.mark.parametrize("rows", [[], [[]], [HEADS]])
def test_nothing_to_read_is_said(house, desk, rows):
    with pytest.raises(Refused) as refused:
        lines_of(desk, *rows)
    assert refused.value.code == "no_rows"


def test_a_row_with_more_cells_than_fields_is_not_cut_in_silence(house, desk):
    (line,) = lines_of(desk, [*ROWS[0], *[""] * 7, "多出来的"])
    assert line.problems == ["这一行比登记簿多出“多出来的”等 1 格"]


def test_refused_rows_come_back_with_the_reason_beside_each_and_can_be_mended(house, desk):
    lines = sheets.unpacked(
        sheets.packed([line for line in lines_of(desk, HEADS, *ROWS, BAD) if line.problems]),
        desk,
        queries.known(house.county),
    )
    rows = read_rows(sheets.refused(desk, lines), "退回的行.xlsx")
    assert rows[0][-1] == "原因"
    assert rows[1][:4] == ["2026-13-01", "看不清的一行", "路过", "几个"]
    assert rows[1][-1].count("；") == 2
    rows[1][:4] = ROWS[0]
    (line,) = sheets.read(desk, rows, queries.known(house.county), headed=True)
    assert line.problems == []


def test_the_template_can_be_filled_and_its_example_is_not_brought_in(house, desk):
    rows = read_rows(sheets.template(desk), "模板.xlsx")
    with pytest.raises(Refused):
        sheets.read(desk, rows, queries.known(house.county), headed=True)
    rows.append([*ROWS[0], *[None] * (len(rows[0]) - 4)])
    (line,) = sheets.read(desk, rows, queries.known(house.county), headed=True)
    assert (line.problems, line.number) == ([], 3)


@pytest.mark.parametrize("key", catalogue.READY)
def test_every_example_row_of_the_catalogue_is_valid(house, key):
    register = actions.take(house.county, key, by=None, now=house.now)
    rows = read_rows(sheets.template(register), "x.xlsx")
    assert len(rows) == 2
    values = dict(zip([one.key for one in sheets.columns(register)], rows[1], strict=True))
    (entry,), _ = actions.bring(
        register, [{key: value for key, value in values.items() if value is not None}], by=None, now=house.now
    )
    assert entry.title == catalogue.READY[key].example["title"]


def test_an_export_can_be_brought_in_elsewhere(house, desk, enter):
    enter(heads="3", help="1200.5", team=[p.pk for p in house.members[:2]], place="一楼", words="第一行\n第二行")
    found = queries.shown(Entry.objects.select_related("fields_version"))
    rows = read_rows(sheets.export(desk, found), "导出.xlsx")
    (line,) = sheets.read(desk, rows, queries.known(house.county), headed=True)
    assert line.problems == []
    assert {key: sheets.said(value) for key, value in line.values.items()} == {
        "on": "2026-03-05", "title": "反映停车难", "kind": "来访", "heads": "3", "help": "1200.5", "team": "委员01、委员02", "place": "一楼", "words": "第一行\n第二行",
    }  # fmt: skip


def test_formulas_in_a_cell_stay_text(house, desk, enter):
    enter("=1+1")
    rows = read_rows(sheets.export(desk, queries.shown(Entry.objects.select_related("fields_version"))), "x.xlsx")
    assert rows[1][1] == "=1+1"


def test_too_many_rows_at_once_are_refused(house, desk):
    with pytest.raises(Refused) as refused:
        actions.bring(desk, [{"on": "2026-03-05", "title": "甲", "kind": "来访"}] * 2001, by=None, now=house.now)
    assert refused.value.code == "too_many_rows"


def test_what_a_hidden_field_carries_is_checked_afresh(house, desk):
    with pytest.raises(Refused):
        sheets.unpacked("{}", desk, queries.known(house.county))
    (line,) = sheets.unpacked(
        '[[2, {"on": "2026-03-05", "title": "甲", "kind": "路过"}, []]]', desk, queries.known(house.county)
    )
    assert len(line.problems) == 1


def test_an_xlsx_of_dates_and_numbers_is_read_as_it_stands(house, desk):
    data = write_xlsx("信访", HEADS, [["2026/3/5", "反映停车难", "来访", 3]])
    (made,), _ = bring(
        house, desk, sheets.read(desk, read_rows(data, "信访.xlsx"), queries.known(house.county), headed=True)
    )
    assert made.payload["heads"] == "3"
