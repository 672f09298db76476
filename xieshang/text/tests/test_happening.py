"""A paragraph about one activity, as chats and newsletters write it."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xieshang.text.happening import read

TODAY = date(2026, 3, 10)  # a Tuesday
WORDS = (  # noqa: SIM905
    "3月8日 8日至9日 上周五 周三 今天上午 昨天 明天 下周一 2026年13月40日 2月30日 十二月三十一日 元月 拟于 定于 准时参加 报名 12名 委员 二十余人 县政协副主席 张丽 参加 "
    "到 在 赴 青山村 会议室 召开 组织 视察 调研 走访 座谈 慰问 捐款 2.3万元 价值 每户500元 群众50人 专家3名 请假 因病 委员活动日 进社区 有事好商量 “ ” （ ） ， 。 、 ： \n \t 　 ０ １２"
).split(" ")
TEXTS = st.one_of(st.text(max_size=200), st.lists(st.sampled_from(WORDS), max_size=40).map("".join))
DAYS = st.dates(date(2000, 1, 1), date(2099, 12, 31))


def value(text, name, **more):
    return read(text, TODAY, **more).value(name)


@settings(max_examples=300, deadline=None)
@given(TEXTS, st.one_of(DAYS, st.sampled_from([date.min, date.max])))
def test_rubbish_is_read_without_an_error_and_every_field_stands_in_the_text(text, today):
    found = read(text, today, people=["张丽", "王"], bodies=["县政协"])

    for field in found.fields:
        assert 0 <= field.start < field.end <= len(text)
        assert found.quote(field.name) != ""
    assert len({field.name for field in found.fields}) == len(found.fields)


@settings(max_examples=300, deadline=None)
@given(TEXTS, DAYS)
def test_a_day_to_come_is_read_only_where_the_words_say_that_it_has_yet_to_come(text, today):
    found = read(text, today)

    if found.value("on", today) > today:
        assert found.value("planned") is True
    if found.get("until"):
        assert found.value("on") < found.value("until") <= found.value("on") + timedelta(days=60)


@settings(max_examples=100, deadline=None)
@given(st.integers(0, 400), DAYS)
def test_a_month_and_a_day_are_the_latest_that_were_not_to_come(back, today):
    day = today - timedelta(days=min(back, 364))
    if (day.month, day.day) == (2, 29):
        return

    assert read(f"{day.month}月{day.day}日，组织12名委员到青山村视察。", today).value("on") == day


WHEN = [
    ("3月5日上午，组织委员视察", "2026-03-05", None, 1),
    ("12月28日走访", "2025-12-28", None, None),  # no day to come
    ("2025年11月3日召开座谈会", "2025-11-03", None, None),
    ("上周五下午走访", "2026-03-06", None, 1),
    ("本周一座谈", "2026-03-09", None, None),
    ("周四走访", "2026-03-05", None, None),  # the last one
    ("前天全天调研", "2026-03-08", None, 2),
    ("本月8日至9日赴外地考察", "2026-03-08", "2026-03-09", 4),
    ("三月八日、九日开展培训", "2026-03-08", "2026-03-09", 4),
    ("2月27日至3月1日考察", "2026-02-27", "2026-03-01", 6),
    ("3月3日起调研，为期两天", "2026-03-03", "2026-03-04", 4),
    ("２０２６．３．６ 上午 座谈", "2026-03-06", None, 1),
    ("元月15日，慰问", "2026-01-15", None, None),
    ("根据3月2日通知，昨天视察", "2026-03-09", None, None),
    ("原定3月4日的视察改到3月6日举行", "2026-03-06", None, None),
    ("3月6日走访企业。\n县政协办公室\n3月9日", "2026-03-06", None, None),
]


@pytest.mark.parametrize("text, on, until, half_days", WHEN)
def test_days_are_read_as_a_clerk_reads_them(text, on, until, half_days):
    found = read(text, TODAY)

    assert found.value("on") == date.fromisoformat(on)
    assert found.value("until") == (date.fromisoformat(until) if until else None)
    assert found.value("half_days") == half_days
    assert found.value("planned") is None


AHEAD = [
    ("拟于4月2日赴烈士陵园开展主题党日", "2026-04-02"),
    ("明天上午九点开主席会议", "2026-03-11"),
    ("兹定于3月18日下午召开联席会议，请准时参加，3月16日前报名", "2026-03-18"),
    ("下周三去企业走访，请大家报名", "2026-03-18"),
]


@pytest.mark.parametrize("text, on", AHEAD)
def test_what_is_announced_is_planned(text, on):
    found = read(text, TODAY)

    assert (found.value("on"), found.value("planned")) == (date.fromisoformat(on), True)


WHERE = [
    ("到青山镇柳村视察", "青山镇柳村"),
    ("在县政协二楼会议室召开", "县政协二楼会议室"),
    ("赴云台、石埠两镇调研", "云台、石埠两镇"),
    ("在政务服务中心开展民主监督", "政务服务中心"),
    ("活动地点：镇文化站（二楼）", "镇文化站"),
    ("现在开始座谈", None),
    ("收到建议3条", None),
    ("在座谈会上发言", None),
]


@pytest.mark.parametrize("text, place", WHERE)
def test_a_place_ends_where_the_verb_begins(text, place):
    assert value(text, "place") == place


def test_what_is_held_beats_what_is_only_mentioned():
    assert value("主席会议定的事，3月5日就大坝安全开展民主监督", "kind") == "supervision"
    assert value("3月5日召开主席会议，议定下月组织委员视察", "kind") == "meeting"


def test_only_carriers_that_the_text_counts_are_read():
    assert value("委员活动日、委员进社区一起办", "carriers") == ["member_day", "into_community"]
    assert value("走进社区视察，不算委员活动日", "carriers") is None


COUNTS = [
    ("12名委员视察", 12),
    ("委员二十余人参加", 20),
    ("应到20人，实到委员18人，2人请假", 18),
    ("18名政协委员参加，3名委员发言", 18),
    ("委员13人（其中女委员5人）", 13),
    ("走访委员企业3家", None),
]


@pytest.mark.parametrize("text, members", COUNTS)
def test_members_are_those_who_came(text, members):
    assert value(text, "members") == members


def test_guests_are_told_apart_and_households_are_no_people():
    found = read("专家3名、部门负责人6人同行，村民四十余人参加，走访群众20户，惠及群众3000人", TODAY)

    assert {kind: found.value(kind) for kind in ("masses", "experts", "departments")} == {
        "masses": 40,
        "experts": 3,
        "departments": 6,
    }


LEADERS = [
    ("县政协副主席张丽、秘书长刘伟陪同", ["张丽", "刘伟"]),
    ("镇党委书记欧阳修文带队", ["欧阳修文"]),
    ("受主席张国华委托，副主席陈丽参加", ["陈丽"]),
    ("副主席李建民、王芳和部门负责人参加", ["李建民", "王芳"]),
    ("主席会议讨论", None),
]


@pytest.mark.parametrize("text, names", LEADERS)
def test_leaders_who_were_there_are_named_without_their_posts(text, names):
    assert value(text, "leaders") == names


def test_a_leaders_post_is_read_with_the_office_before_it():
    found = read("3月5日，县政协副主席张丽、秘书长刘伟带队，县住建局局长王强陪同", TODAY)

    assert found.value("posts") == ["县政协副主席", "秘书长", "县住建局局长"]


GIVEN = [
    ("捐款2.3万元", "23000", None),
    ("看望15户，每户送上慰问金500元", "7500", None),
    ("送去棉被30床（价值6000元）", None, "6000"),
    ("捐款5万元、图书800册（折款1.6万元）", "50000", "16000"),
    ("企业产值3亿元，捐款共计1200元，其中现金1000元", "1200", None),
    ("签约投资2亿元", None, None),
]


@pytest.mark.parametrize("text, money, goods", GIVEN)
def test_only_what_was_given_is_money(text, money, goods):
    assert value(text, "money") == (Decimal(money) if money else None)
    assert value(text, "goods_value") == (Decimal(goods) if goods else None)


def test_known_names_came_unless_they_are_said_to_be_away():
    found = read(
        "委员王小明、李小红参加，请假：张三丰；赵大力因病请假。", TODAY, people=["王小明", "李小红", "张三丰", "赵大力"]
    )

    assert found.value("people") == ["王小明", "李小红"]
    assert found.value("excused") == ["张三丰", "赵大力"]


def test_the_name_of_an_activity_is_a_piece_of_the_text():
    assert value("3月5日，组织12名委员到柳村视察高标准农田建设。", "title") == "视察高标准农田建设"
    assert value("在会议室开展“委员进社区”走访活动，", "title") == "“委员进社区”走访活动"
