"""Activities brought in from a sheet: checked whole, all or nothing, and what was refused comes back with its reason."""

from datetime import date, datetime
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from xieshang.base.accounts.roles import Role
from xieshang.base.errors import NotAllowed, Refused
from xieshang.base.ledger import verify
from xieshang.base.ledger.models import PeriodLock
from xieshang.base.people import actions as people
from xieshang.conftest import House
from xieshang.documents.errors import DocumentError
from xieshang.documents.sheets import read_rows, write_xlsx
from xieshang.work.activities import sheets
from xieshang.work.activities.models import Activity, Attendance

GOOD = {"标题": "视察镇中心小学", "日期": "2026年3月12日", "种类": "视察", "载体": "委员活动日、进社区", "集体活动": "是", "半天数": 2, "地点": "镇中心小学", "承办机构": "经济界", "实到": "委员01、委员02", "请假": "委员　03", "缺席": "", "群众人数": 5, "结果": "提出建议", "捐款": "3,000元"}  # fmt: skip


def sheet(*rows: dict[str, object], headings: tuple[str, ...] = sheets.HEADINGS) -> bytes:
    return write_xlsx("活动", headings, [[row.get(heading) for heading in headings] for row in rows])


def check(house: House, *rows: dict[str, object], **more: object) -> sheets.Checked:
    return sheets.read(sheet(*rows, **more), "活动.xlsx", house.county, house.now.date())  # type: ignore[arg-type]


def problems(house: House, *rows: dict[str, object]) -> list[tuple[int, str]]:
    return [(problem.row, problem.column) for problem in check(house, *rows).problems]


def test_a_good_row_becomes_an_activity_with_its_people(house: House) -> None:
    checked = check(house, GOOD)

    brought = sheets.bring_in(checked, house.county, house.user(Role.CLERK), house.now)

    made = Activity.objects.get()
    assert (checked.problems, brought) == ([], [made])
    assert (made.title, made.on, made.kind, made.carriers) == (
        "视察镇中心小学",
        date(2026, 3, 12),
        "inspection",
        ["member_day", "into_community"],
    )
    assert (made.half_days, made.organizer, made.guests, made.money, made.collective) == (
        2,
        house.sectors[0],
        5,
        Decimal(3000),
        True,
    )
    came = Attendance.objects.values_list("person__name", "presence")
    assert sorted(came) == [("委员01", "attended"), ("委员02", "attended"), ("委员03", "excused")]
    assert verify.verify().problems == []


def test_the_template_can_be_brought_in_as_it_is_and_names_nobody(house: House) -> None:
    data = sheets.template()
    rows = read_rows(data, "a.xlsx")

    checked = sheets.read(data, "a.xlsx", house.county, house.now.date())

    assert tuple(rows[0]) == sheets.HEADINGS
    assert (checked.problems, [row.presence for row in checked.rows]) == ([], [{}])
    assert checked.rows[0].fields["collective"] is True
    assert len(sheets.bring_in(checked, house.county, None, house.now)) == 1


def test_what_was_exported_can_be_brought_in_elsewhere(house: House) -> None:
    sheets.bring_in(check(house, GOOD), house.county, None, house.now)
    data = sheets.export(Activity.objects.select_related("organizer"))
    Activity.objects.update(title="改过名的")  # so that it is not the same any more

    checked = sheets.read(data, "a.xlsx", house.county, house.now.date())

    assert checked.problems == []
    assert checked.rows[0].fields["money"] == 3000
    assert sorted(checked.rows[0].presence.values()) == ["attended", "attended", "excused"]


def test_the_newer_columns_may_be_left_out_or_filled(house: House) -> None:
    full = {
        **GOOD, "结束日期": "2026-03-13", "参与方式": "承办", "联办机构": "教育界、农业界", "出席领导": "章国华 县政协主席；县委副书记 周立", "专家人数": 2,
        "部门人员人数": 3, "其他人数": 1, "计几次": 2, "计次理由": "两天各出一份报告",
    }  # fmt: skip
    planned = {"标题": "视察河道", "日期": "2026-07-08", "状态": "拟开展", "实到": "委员01"}

    n = len(sheets.bring_in(check(house, full, planned), house.county, house.user(Role.CLERK), house.now))

    held, coming = Activity.objects.order_by("id")
    assert (n, held.until, held.role, held.counted_times, held.officials) == (2, date(2026, 3, 13), "co_host", 2, 3)
    assert [body.name for body in held.co_organizers.all()] == ["经济界", "教育界", "农业界"][1:]
    assert [(one.name, one.post) for one in held.leaders.all()] == [("章国华", "县政协主席"), ("周立", "县委副书记")]
    assert (coming.state, coming.attendances.get().presence) == ("planned", "invited")
    again = read_rows(sheets.export([held]), "a.xlsx")
    told = dict(zip(again[0], again[1], strict=True))
    assert [told[name] for name in ("状态", "联办机构", "出席领导", "计几次")] == [
        "已开展",
        "教育界、农业界",
        "章国华 县政协主席；周立 县委副书记",
        2,
    ]
    assert verify.verify().problems == []


WRONG = [  # what is written in the sheet, and the column that is named
    ({"标题": ""}, "标题"),
    ({"标题": "长" * 121}, "标题"),
    ({"日期": ""}, "日期"),
    ({"日期": "三月十二日"}, "日期"),
    ({"日期": "2026-02-30"}, "日期"),
    ({"日期": "2026-07-01"}, "日期"),  # tomorrow
    ({"日期": "2019-03-12"}, "日期"),  # outside the term
    ({"日期": 46093}, "日期"),  # a date that lost its format; we do not guess
    ({"种类": "参观"}, "种类"),
    ({"载体": "委员活动日、周末课堂"}, "载体"),
    ({"集体活动": "对"}, "集体活动"),
    ({"半天数": "0"}, "半天数"),
    ({"半天数": "半"}, "半天数"),
    ({"承办机构": "县教育局"}, "承办机构"),
    ({"实到": "委员01、张三丰"}, "实到"),
    ({"实到": "委员01", "请假": "委员01"}, "请假"),
    ({"群众人数": "十来个"}, "群众人数"),
    ({"捐款": "三千"}, "捐款"),
    ({"捐款": "-5"}, "捐款"),
    ({"捐物折款": "1.005"}, "捐物折款"),
    ({"另算一次": "也许"}, "另算一次"),
    ({"状态": "取消"}, "状态"),
    ({"状态": "拟开展"}, "日期"),  # in March, and it is June
    ({"参与方式": "协助"}, "参与方式"),
    ({"联办机构": "教育界、县教育局"}, "联办机构"),
    ({"结束日期": "第二天"}, "结束日期"),
    ({"专家人数": "几位"}, "专家人数"),
    ({"计几次": "0"}, "计几次"),
]


@pytest.mark.parametrize("wrong, column", WRONG)
def test_a_bad_cell_is_named_with_its_row_and_column(house: House, wrong: dict[str, object], column: str) -> None:
    assert problems(house, GOOD, {**GOOD, "标题": "另一次", **wrong}) == [(3, column)]


@pytest.mark.parametrize(
    "written",
    [
        "2026-03-12",
        "2026/3/12",
        "2026.3.12",
        "2026年3月12日",
        "20260312",
        date(2026, 3, 12),
        datetime(2026, 3, 12, 9, 30),  # noqa: DTZ001  a cell of a sheet knows no zone
    ],
)
def test_a_date_is_read_as_offices_write_it(house: House, written: object) -> None:
    assert [row.fields["on"] for row in check(house, {**GOOD, "日期": written}).rows] == [date(2026, 3, 12)]


def test_what_is_left_empty_has_a_plain_meaning(house: House) -> None:
    (row,) = check(house, {"标题": "座谈", "日期": "2026-03-12"}, headings=("标题", "日期")).rows

    assert (row.fields["kind"], row.fields["collective"], row.fields["half_days"], row.fields["money"]) == (
        "other",
        True,
        1,
        0,
    )


def test_two_of_one_name_are_told_apart_by_their_body(house: House) -> None:
    twin = people.add(house.county, name="委员01", order=50, by=None, now=house.now)
    people.seat(twin, house.term, sector=house.sectors[2], started_on=date(2022, 1, 10), by=None, now=house.now)

    assert problems(house, {**GOOD, "实到": "委员01"}) == [(2, "实到")]
    assert list(check(house, {**GOOD, "实到": "委员01（农业界）", "请假": ""}).rows[0].presence) == [twin.pk]


def test_one_bad_row_and_nothing_is_written(house: House) -> None:
    checked = check(house, GOOD, {**GOOD, "标题": "另一次", "种类": "参观"})

    with pytest.raises(Refused) as refused:
        sheets.bring_in(checked, house.county, house.user(Role.CLERK), house.now)

    assert (refused.value.code, Activity.objects.count(), len(checked.rows)) == ("has_problems", 0, 1)


def test_a_row_that_the_action_refuses_takes_all_back_and_is_named(house: House) -> None:
    PeriodLock.objects.create(
        organization=house.county, through=date(2026, 1, 31), grace_until=date(2026, 2, 28), locked_at=house.now
    )
    checked = check(house, GOOD, {**GOOD, "标题": "一月的", "日期": "2026-01-05"})

    with pytest.raises(Refused, match="第 3 行“一月的”") as refused:
        sheets.bring_in(checked, house.county, house.user(Role.HEAD), house.now)

    assert (refused.value.field, Activity.objects.count()) == ("reason", 0)
    assert sheets.bring_in(checked, house.county, house.user(Role.HEAD), house.now, reason="主任同意补登") == list(
        Activity.objects.order_by("id")
    )


def test_the_error_file_is_the_same_sheet_with_the_reason_beside_each_refused_row(house: House) -> None:
    data = sheet(GOOD, {**GOOD, "标题": "另一次", "种类": "参观", "半天数": 0})
    checked = sheets.read(data, "a.xlsx", house.county, house.now.date())

    rows = read_rows(sheets.error_file(data, "a.xlsx", checked.problems), "b.xlsx")

    assert rows[0] == [*sheets.HEADINGS, "原因"]
    assert [row[0] for row in rows[1:]] == ["视察镇中心小学", "另一次"]
    assert rows[1][-1] is None
    assert "种类：没有“参观”这个种类" in str(rows[2][-1])
    assert "半天数：" in str(rows[2][-1])


def test_a_corrected_error_file_can_be_brought_in_and_gets_no_second_reason(house: House) -> None:
    headings = (*sheets.HEADINGS, "原因")
    data = sheet(
        {**GOOD, "原因": "种类：没有"}, {**GOOD, "标题": "另一次", "日期": "坏", "原因": "旧的"}, headings=headings
    )
    checked = sheets.read(data, "a.xlsx", house.county, house.now.date())

    rows = read_rows(sheets.error_file(data, "a.xlsx", checked.problems), "b.xlsx")

    assert (checked.ignored, [problem.row for problem in checked.problems]) == ([], [3])
    assert rows[0].count("原因") == 1
    assert "旧的" not in str(rows[2][-1])


def test_the_same_sheet_twice_is_not_doubled_in_silence(house: House) -> None:
    sheets.bring_in(check(house, GOOD), house.county, None, house.now)

    again = check(house, GOOD)

    assert [(p.row, p.column) for p in again.problems] == [(2, "标题")]
    assert "可能已登记" in again.problems[0].sentence
    assert check(house, {**GOOD, "另算一次": "是"}).problems == []


def test_a_row_that_stands_twice_in_the_sheet_is_named(house: House) -> None:
    assert problems(house, GOOD, GOOD, {**GOOD, "另算一次": "是"}) == [(3, "标题")]


def test_a_sheet_without_its_headings_or_without_rows_is_refused_clearly(house: House) -> None:
    assert [p.column for p in check(house, {"名称": "视察"}, headings=("名称", "时间")).problems] == ["标题", "日期"]
    assert [p.sentence for p in check(house).problems] == ["表里还没有活动。请从第二行起，一行写一次活动"]


def test_an_unknown_column_is_told_and_not_read(house: House) -> None:
    assert check(house, {**GOOD, "备注": "x"}, headings=(*sheets.HEADINGS, "备注")).ignored == ["备注"]


def test_blank_rows_between_are_passed_over_and_numbers_stay_those_of_the_sheet(house: House) -> None:
    assert problems(house, GOOD, {}, {**GOOD, "标题": "另一次", "种类": "参观"}) == [(4, "种类")]


@pytest.mark.parametrize(
    "data, name, code", [(b"", "a.xlsx", "empty"), (b"x" * 40, "a.xlsx", "misnamed"), (b"x", "a.csv", "unsupported")]
)
def test_what_is_no_sheet_is_refused_by_name(house: House, data: bytes, name: str, code: str) -> None:
    with pytest.raises(DocumentError) as error:
        sheets.read(data, name, house.county, house.now.date())

    assert error.value.code == code


def test_only_who_may_import_brings_in(house: House) -> None:
    checked = check(house, GOOD)

    with pytest.raises(NotAllowed):
        sheets.bring_in(checked, house.county, house.user(Role.LEADER), house.now)


# --- on the page ---


def upload(client: Client, data: bytes, name: str = "活动.xlsx") -> object:
    return client.post("/activities/import", {"file": SimpleUploadedFile(name, data)})


def test_the_page_shows_the_check_and_writes_only_when_confirmed(house: House, client: Client) -> None:
    client.force_login(house.user(Role.CLERK))

    shown = upload(client, sheet(GOOD))
    before = Activity.objects.count()
    done = client.post("/activities/import", {"sheet": shown.context["sheet"].pk, "confirm": "1"})  # type: ignore[attr-defined]

    assert (shown.status_code, before, done.status_code, Activity.objects.count()) == (200, 0, 302, 1)  # type: ignore[attr-defined]


def test_the_page_lists_what_is_wrong_and_gives_the_sheet_back(house: House, client: Client) -> None:
    client.force_login(house.user(Role.CLERK))

    shown = upload(client, sheet(GOOD, {**GOOD, "标题": "另一次", "种类": "参观"}))
    pk = shown.context["sheet"].pk  # type: ignore[attr-defined]
    back = client.get(f"/activities/import/{pk}/refused.xlsx")
    forced = client.post("/activities/import", {"sheet": pk, "confirm": "1"})

    assert (shown.status_code, "没有“参观”这个种类" in shown.text) == (422, True)  # type: ignore[attr-defined]
    assert read_rows(back.content, "b.xlsx")[2][-1] is not None
    assert (forced.status_code, Activity.objects.count()) == (422, 0)


def test_the_sheet_of_another_account_is_not_there(house: House, client: Client) -> None:
    client.force_login(house.user(Role.CLERK))
    pk = upload(client, sheet(GOOD)).context["sheet"].pk  # type: ignore[attr-defined]
    client.force_login(house.user(Role.PARTTIMER))

    assert client.get(f"/activities/import/{pk}/refused.xlsx").status_code == 404
    assert client.post("/activities/import", {"sheet": pk, "confirm": "1"}).status_code == 422


@pytest.mark.parametrize(
    "data, name", [(b"", "a.xlsx"), (b"PK\x03\x04broken", "a.xlsx"), (b"x", "a.csv"), (b"x", "a.exe")]
)
def test_a_file_that_cannot_be_read_is_answered_in_words(house: House, client: Client, data: bytes, name: str) -> None:
    client.force_login(house.user(Role.CLERK))

    answer = upload(client, data, name)

    assert answer.status_code == 422  # type: ignore[attr-defined]
    assert "note--stop" in answer.text  # type: ignore[attr-defined]


def test_choosing_nothing_is_answered_in_words(house: House, client: Client) -> None:
    client.force_login(house.user(Role.CLERK))

    assert "还没有选择表格" in client.post("/activities/import").text
