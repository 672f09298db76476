"""What may stand in a field, and what is said when it may not."""

from datetime import date, datetime

import pytest

from xieshang.base.clock import SHANGHAI
from xieshang.base.errors import Refused
from xieshang.work.registers.fieldlist import check_fields
from xieshang.work.registers.fields import Field, Known, check

from .conftest import FIELDS

KNOWN = Known({1: "刘敏", 2: "王芳", 3: "王芳"}, {7: "提案委"})
GOOD = {"on": "2026-03-05", "title": "反映停车难", "kind": "来访"}

TAKEN = [  # field, as typed, as kept
    ("heads", "12", "12"),
    ("heads", "１，２００人次", "1200"),
    ("heads", 3.5, "3.50"),
    ("help", "3万元", "30000.00"),
    ("help", "1,200.5", "1200.50"),
    ("due", "2026年4月1日", "2026-04-01"),
    ("due", "2026/4/1", "2026-04-01"),
    ("due", datetime(2026, 4, 1, 9, tzinfo=SHANGHAI), "2026-04-01"),
    ("due", date(2026, 4, 1), "2026-04-01"),
    ("kind", "visit", "visit"),
    ("kind", "来信", "letter"),
    ("words", "第一行\n第二行", "第一行\n第二行"),
    ("place", "  一楼  接待室 ", "一楼 接待室"),
]


@pytest.mark.parametrize(("key", "given", "kept"), TAKEN)
def test_a_value_is_taken_as_people_write_it(key, given, kept):
    found = check(FIELDS, {**GOOD, key: given}, KNOWN)
    assert (found.problems, found.payload[key]) == ({}, kept)


REFUSED = [  # field, as typed, what the sentence says
    ("on", "三月五日", "“收到日期”里的“三月五日”不是日期，请写成 2026-03-05 这样"),
    ("on", "2026-02-30", "“收到日期”里的“2026-02-30”不是日期，请写成 2026-03-05 这样"),
    ("on", "0206-03-05", "“收到日期”里的 0206-03-05 太早了，请检查年份"),
    ("on", "", "“收到日期”还没有填"),
    ("title", " ", "“来访事由”还没有填"),
    ("title", "长" * 121, "“来访事由”太长，最多 120 个字"),
    ("kind", "路过", "“来访种类”里没有“路过”这个选项，可以填：来信、来电、来访"),
    ("kind", None, "“来访种类”还没有填"),
    ("heads", "几个", "“人数”里的“几个”不是数字，请只填数字"),
    ("heads", "12件", "“人数”按“人次”计，不能写“件”，请换算好再填"),
    ("heads", True, "“人数”里的“True”不是数字，请只填数字"),
    ("heads", "-1", "“人数”不能是负数"),
    ("heads", "0.125", "“人数”最多写两位小数"),
    ("help", "99999999999999", "“救助金”太大了，请检查单位"),
    ("words", "长" * 4001, "“诉求”太长，最多 4000 个字"),
    ("place", "长" * 121, "“接待地点”太长，最多 120 个字"),
    ("keeper", "张三", "“接待人”：本单位没有叫“张三”的人员，请核对名称"),
    ("keeper", "王芳", "“接待人”：本单位有 2 位“王芳”，分不清是哪一位，请在页面上登记这一条"),
    ("team", [1, 99], "“陪同委员”所选的人员不在本单位，请重新选"),
    ("body", "财政局", "“接待机构”：本单位没有叫“财政局”的机构，请核对名称"),
    ("colour", "红", "登记簿里没有“colour”这一项，请删去或改成登记簿里的名称"),
]


@pytest.mark.parametrize(("key", "given", "sentence"), REFUSED)
def test_a_wrong_value_gets_one_sentence_that_names_its_field(key, given, sentence):
    assert check(FIELDS, {**GOOD, key: given}, KNOWN).problems == {key: sentence}


def test_people_come_as_ids_or_as_names_with_any_comma_between():
    found = check(FIELDS, {**GOOD, "keeper": "刘敏", "team": "刘敏、2", "body": "提案委"}, KNOWN)
    assert (found.people, found.bodies) == ({"keeper": [1], "team": [1, 2]}, {"body": 7})


def test_a_required_file_must_be_there():
    fields = (*FIELDS[:-1], Field("files", "附件", "file", True))
    assert check(fields, GOOD, KNOWN).problems == {"files": "“附件”还没有选文件"}
    assert check(fields, GOOD, KNOWN, files=1).problems == {}


def test_what_ended_did_not_end_before_it_began():
    fields = (*FIELDS, Field("until", "撤销日期", "date", role="until"))
    assert check(fields, {**GOOD, "until": "2026-03-04"}, KNOWN).problems == {"until": "“撤销日期”早于开始的日期"}


BASE = FIELDS[:2]
BAD_LISTS = [  # why, the fields
    ("no title", FIELDS[:1]),
    ("two days", (*BASE, Field("other", "另一个日期", "date", role="on"))),
    ("a title twice", (*BASE, Field("other", "来访事由"))),
    ("a key twice", (*BASE, Field("on", "别的"))),
    ("a choice of one", (*BASE, Field("kind", "种类", "choice", options=(("a", "甲"),)))),
    ("the same option twice", (*BASE, Field("kind", "种类", "choice", options=(("a", "甲"), ("b", "甲"))))),
    ("a number without its measure word", (*BASE, Field("heads", "人数", "number"))),
    ("an unknown type", (*BASE, Field("colour", "颜色", "colour"))),
    ("a field without a name", (*BASE, Field("x", " "))),
    ("a key that is no key", (*BASE, Field("X y", "名称二"))),
    (
        "a dimension twice",
        (*BASE, *(Field(k, k, "choice", options=(("a", "甲"), ("b", "乙")), role="outlet") for k in ("x", "y"))),
    ),
]


@pytest.mark.parametrize(("why", "fields"), BAD_LISTS, ids=[why for why, _fields in BAD_LISTS])
def test_a_field_list_that_makes_no_register_is_refused(why, fields):
    with pytest.raises(Refused) as refused:
        check_fields(fields)
    assert refused.value.code == "bad_fields"
