"""Old years brought in by a sheet, and the bridge register taken over: checked whole, counted once."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from xieshang.base.errors import NotAllowed, Refused
from xieshang.base.ledger import figures, verify
from xieshang.base.settings import parameters
from xieshang.documents.sheets import read_sheets, write_xlsx
from xieshang.work.earlier import actions as earlier
from xieshang.work.proposals import actions, old_sheets, rules
from xieshang.work.proposals.actions import bringing
from xieshang.work.proposals.models import Assignment, Bringing, Proposal
from xieshang.work.proposals.queries import Narrowed, listed
from xieshang.work.registers import actions as registers
from xieshang.work.registers.models import Entry

from .test_walk import NOW, Cast

ROW = {
    "年度": 2023, "编号": "7", "案由": "关于老街消防的提案", "提案者": "委员01、委员02", "类别": "社会建设", "建议": "配消防栓。", "提交日期": date(2023, 1, 12),
    "审查日期": date(2023, 1, 14), "主办单位": "县交通运输局", "答复日期": date(2023, 5, 6), "办理类别": "A", "答复正文": "已装十二个。",
}  # fmt: skip
CODES = ("submitted", "filed", "merged", "to_info", "replied", "solved", "key", "proposers", "filing_rate")


def sheet(*rows: dict[str, Any]) -> bytes:
    return write_xlsx("旧年提案", old_sheets.HEADINGS, [[row.get(one) for one in old_sheets.HEADINGS] for row in rows])


def figure(cast: Cast, code: str, year: int = 2023) -> Decimal | None:
    known = figures.indicators(cast.house.county)
    return figures.figure(
        figures.Query(known[f"proposals.{code}"], cast.house.county.pk, date(year, 1, 1), date(year, 12, 31)), known
    ).value


def bring(cast: Cast, *rows: dict[str, Any], counted: bool = True, **more: Any) -> Bringing:
    asked = actions.ask_bringing(cast.house.county, sheet(*rows), "旧提案.xlsx", counted=counted, by=cast.clerk, now=NOW, **more)  # fmt: skip
    actions.bring_waiting(NOW)
    return Bringing.objects.get(pk=asked.pk)


def problems(cast: Cast, *rows: dict[str, Any]) -> list[tuple[str, str]]:
    return [(one.cell, one.sentence) for one in old_sheets.read(sheet(*rows), "旧.xlsx", cast.house.county).problems]


def test_an_old_year_is_brought_in_with_its_replies_and_counts_by_its_own_days(cast: Cast) -> None:
    merged = {
        **ROW,
        "编号": "8",
        "案由": "关于老街消防栓的提案",
        "提案者": "委员03",
        "审查结论": "并案",
        "并入编号": "7",
        "主办单位": "",
        "答复日期": None,
        "办理类别": "",
    }
    done = bring(
        cast,
        merged,
        {**ROW, "列为重点的日期": date(2023, 3, 1)},
        {
            **ROW,
            "编号": "9",
            "审查结论": "转社情民意信息",
            "主办单位": "",
            "答复日期": None,
            "办理类别": "",
            "提案者": "走了的人",
        },
    )
    assert (done.state, done.done, done.total) == (Bringing.DONE, 3, 3)
    assert {code: figure(cast, code) for code in CODES[:8]} == {"submitted": 3, "filed": 2, "merged": 1, "to_info": 1, "replied": 1, "solved": 1, "key": 1, "proposers": 3}  # fmt: skip
    old = Proposal.objects.get(old_number="7")
    assert (old.state, old.first, old.name, old.merged.get().title) == (
        rules.ARCHIVED,
        cast.house.members[0],
        "2023年 第 7 号",
        merged["案由"],
    )
    assert old.assignments.get().reply == "已装十二个。" and Proposal.objects.get(old_number="9").by_whom == "走了的人"
    assert verify.verify().problems == []
    found = [
        listed(cast.clerk, cast.house.county, Narrowed(words=word), date(2026, 6, 30))
        for word in ("7", "十二个", "走了的人")
    ]
    assert [[one.old_number for one in each] for each in found] == [["7"], ["7"], ["9"]]


def test_what_is_not_known_of_a_units_limits_is_not_counted(cast: Cast) -> None:
    bring(cast, ROW, {**ROW, "编号": "8", "交办日期": date(2023, 2, 1), "办理期限": date(2023, 5, 1)})
    assert (figure(cast, "answered"), figure(cast, "answered_in_time")) == (1, 0)


def test_only_for_reading_says_nothing_and_is_found(cast: Cast) -> None:
    bring(cast, ROW, counted=False)
    assert figure(cast, "submitted") == 0 and Proposal.objects.filter(old_number="7", counted=False).exists()
    assert verify.verify().problems == []


CASES: list[tuple[dict[str, Any], str, str]] = [
    ({"年度": "二三年"}, "A2", "四位数"),
    ({"案由": ""}, "D2", "还没有写案由"),
    ({"提交日期": "2023年13月1日"}, "K2", "认不出日期"),
    (
        {"提交日期": date(2027, 1, 1), "年度": 2027, "审查日期": None, "答复日期": None, "办理类别": ""},
        "K2",
        "还没有到",
    ),
    ({"审查日期": date(2022, 1, 1)}, "M2", "早于"),
    ({"办理类别": "D"}, "V2", "A、B 或 C"),
    ({"办理类别": ""}, "V2", "就要写办理类别"),
    ({"主办单位": "县某局"}, "P2", "认不出“县某局”"),
    ({"审查结论": "并案", "并入编号": "99"}, "N2", "没有找到"),
    ({"类别": "别的"}, "G2", "没有“别的”"),
]


@pytest.mark.parametrize(("change", "cell", "words"), CASES)
def test_every_fault_is_named_with_its_cell(cast: Cast, change: dict[str, Any], cell: str, words: str) -> None:
    found = problems(cast, {**ROW, **change})
    assert any(at == cell and words in sentence for at, sentence in found), found


def test_one_bad_cell_and_nothing_is_written(cast: Cast) -> None:
    with pytest.raises(Refused, match="还有 1 处"):
        bring(cast, ROW, {**ROW, "编号": ""})
    assert not Bringing.objects.exists() and not Proposal.objects.exists()


def test_the_same_number_of_a_year_is_not_brought_in_twice(cast: Cast) -> None:
    assert problems(cast, ROW, ROW)[0][0] == "B3"
    bring(cast, ROW)
    assert "已经导入过" in problems(cast, ROW)[0][1]
    assert problems(cast, {**ROW, "类型": "平时"}) == []


def test_an_old_name_of_a_unit_is_pointed_to_ours_or_kept_as_a_name(cast: Cast) -> None:
    given = {"by": cast.clerk, "now": NOW}
    actions.name_unit(cast.house.county, "县交通局", cast.units["road"], **given)
    actions.name_unit(cast.house.county, "县物资局", None, **given)
    bring(cast, {**ROW, "主办单位": "县交通局", "会办单位": "县物资局"})
    assert Assignment.objects.get().unit == cast.units["road"] and Proposal.objects.get().old_units == "县物资局"


def test_two_of_the_same_name_are_told_apart_by_their_sector(cast: Cast) -> None:
    from xieshang.base.people import actions as people

    people.seat(twin := people.add(cast.house.county, name="委员01", order=90, by=None, now=NOW), cast.house.term, sector=cast.house.sectors[2], started_on=date(2022, 1, 10), by=None, now=NOW)  # fmt: skip
    assert "有 2 位“委员01”" in problems(cast, ROW)[0][1]
    bring(cast, {**ROW, "提案者": "委员01（农业界）"})
    assert Proposal.objects.get().first == twin


def test_a_year_that_yearly_figures_count_is_only_for_reading(cast: Cast) -> None:
    head = cast.house.user("head")
    earlier.record(cast.house.county, earlier.Given(2023, "proposals.submitted", Decimal(80), "2023年工作报告"), by=head, now=NOW)  # fmt: skip
    with pytest.raises(Refused, match="历年数据"):
        bring(cast, ROW)
    assert bring(cast, ROW, counted=False).state == Bringing.DONE and figure(cast, "submitted") == 80


def test_a_stopped_bringing_goes_on_from_where_it_was(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = bringing.bring_in

    def breaks(asked: Any, row: Any, now: Any) -> Proposal:
        if row.number == 3:
            raise OSError("disk")
        return whole(asked, row, now)

    monkeypatch.setattr(bringing, "bring_in", breaks)
    stopped = bring(cast, ROW, {**ROW, "编号": "8"})
    assert (stopped.state, stopped.done) == (Bringing.FAILED, 1)
    monkeypatch.setattr(bringing, "bring_in", whole)
    actions.go_on(stopped, by=cast.clerk, now=NOW)
    actions.bring_waiting(NOW)
    assert Bringing.objects.get().state == Bringing.DONE and Proposal.objects.count() == 2


def test_a_member_brings_nothing_in(cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        actions.ask_bringing(cast.house.county, sheet(ROW), "旧.xlsx", counted=True, by=cast.first, now=NOW)


def test_the_page_checks_and_names_and_hands_to_the_worker(cast: Cast, client: Client) -> None:
    client.force_login(cast.clerk)
    sent = SimpleUploadedFile("旧.xlsx", sheet({**ROW, "主办单位": "交通处"}))
    page = client.post("/proposals/years", {"file": sent})
    assert page.status_code == 422 and "P2" in page.content.decode()
    kept = page.context["sheet"].pk
    assert "交通处" in read_sheets(client.get(f"/proposals/years/sheet/{kept}.xlsx").content, "a.xlsx")[0][1][1][-1]
    page = client.post("/proposals/years/units", {"sheet": kept, "unit-交通处": cast.units["road"].pk})
    assert "1 件提案核对无误" in page.content.decode()
    done = client.post("/proposals/years", {"sheet": kept, "confirm": "1", "counted": "yes"}, follow=True)
    assert "排队" in done.content.decode()
    actions.bring_waiting(NOW)
    assert "已导入 1 件提案" in client.get(f"/proposals/years/{Bringing.objects.get().pk}").content.decode()


def test_the_list_goes_out_as_it_is_narrowed_with_texts_by_choice(cast: Cast, client: Client, django_assert_max_num_queries: Any) -> None:  # fmt: skip
    bring(cast, ROW, {**ROW, "编号": "8", "案由": "关于校车的提案"})
    client.force_login(cast.clerk)
    with django_assert_max_num_queries(16):
        book = read_sheets(client.get("/proposals/list.xlsx?q=校车&text=1").content, "a.xlsx")
    assert [name for name, _rows in book] == ["提案", "正文", "答复"]
    assert [row[4] for row in book[0][1][1:]] == ["关于校车的提案"] and book[2][1][1][-1] == "已装十二个。"


# --- the bridge register ---------------------------------------------------------------------------------------------------

ENTRIES: list[dict[str, Any]] = [
    {"on": "2026-03-05", "title": "关于停车的建议", "number": "第 12 号", "session": "大会提案", "disposition": "立案", "decided_on": "2026-03-20", "key_on": "2026-04-01", "outcome": "已解决或基本解决", "replied_on": "2026-06-01"},
    {"on": "2026-03-06", "title": "关于公厕的建议", "disposition": "立案"},
    {"on": "2026-03-07", "title": "关于噪声的建议", "disposition": "转社情民意信息"},
    {"on": "2026-03-08", "title": "关于路灯的建议", "disposition": "撤案"},
    {"on": "2026-03-09", "title": "关于菜场的建议"},
]  # fmt: skip


def entered(cast: Cast) -> None:
    register = registers.take(cast.house.county, "proposals", by=None, now=NOW)
    for n, one in enumerate(ENTRIES):
        values = {**one, "proposers": f"委员0{n + 1}、委员0{n + 2}", "handler": str(cast.units["road"].pk)}
        registers.record(
            register, on=values.pop("on"), title=values.pop("title"), values=values, by=cast.clerk, now=NOW
        )


def switch(cast: Cast, day: str) -> None:
    parameters.set_value(cast.house.county, "registers.switch_proposals", day, effective_from=date(2026, 1, 1), citation="主席会议", by=cast.clerk, now=NOW)  # fmt: skip


def test_the_register_becomes_proposals_and_every_shared_figure_stays(cast: Cast) -> None:
    entered(cast)
    before = {code: figure(cast, code, 2026) for code in CODES}
    switch(cast, "2026-05-01")
    actions.ask_take_over(cast.house.county, by=cast.clerk, now=NOW)
    actions.bring_waiting(NOW)
    assert {code: figure(cast, code, 2026) for code in CODES} == before and before["filed"] == 2
    assert dict(Proposal.objects.values_list("title", "state")) == {
        "关于停车的建议": rules.CLOSED, "关于公厕的建议": rules.FILED, "关于噪声的建议": rules.NOT_FILED, "关于路灯的建议": rules.WITHDRAWN, "关于菜场的建议": rules.SUBMITTED,
    }  # fmt: skip
    assert not Entry.objects.filter(state="valid").exists() and verify.verify().problems == []
    with pytest.raises(Refused, match="没有可以转入"):
        actions.ask_take_over(cast.house.county, by=cast.clerk, now=NOW)


def test_nothing_is_taken_over_before_its_day_nor_what_began_after_it(cast: Cast) -> None:
    entered(cast)
    with pytest.raises(Refused, match="切换日"):
        actions.ask_take_over(cast.house.county, by=cast.clerk, now=NOW)
    switch(cast, "2026-03-07")
    actions.ask_take_over(cast.house.county, by=cast.clerk, now=NOW)
    actions.bring_waiting(NOW)
    assert Proposal.objects.count() == 2 and Entry.objects.filter(state="valid").count() == 3


def test_a_year_that_the_register_counts_is_not_counted_by_a_sheet_too(cast: Cast) -> None:
    entered(cast)
    with pytest.raises(Refused, match="登记簿"):
        bring(cast, {**ROW, "年度": 2026, **{name: date(2026, 3, 1) for name in ("提交日期", "审查日期", "答复日期")}})
