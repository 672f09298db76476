"""首页: what waits first, and a page for each kind of person."""

from datetime import date, timedelta

import pytest
from django.test import Client

from xieshang.base import clock, todo
from xieshang.base.accounts import actions as accounts
from xieshang.base.accounts.models import User
from xieshang.base.audit.models import Entry
from xieshang.base.ledger import checking
from xieshang.base.notices.models import Notice
from xieshang.work.activities import actions as activities

from .conftest import PASSWORD, record, words

FACES = {
    "clerk": "staff", "part_timer": "staff", "leader": "leader", "member": "member", "handler": "member", "sys_admin": "admin", "sec_admin": "admin",
    "audit_admin": "admin",
}  # fmt: skip


@pytest.mark.parametrize("role, face", FACES.items())
def test_each_kind_of_person_meets_a_page_of_his_own(visit, role, face):
    answer = visit(role).get("/")

    assert answer.status_code == 200
    assert f"home/{face}.html" in [template.name for template in answer.templates]


@pytest.fixture
def waits(monkeypatch):
    """`waits(unit code, title, due)`: something waits there for everybody."""
    found = []
    monkeypatch.setattr(todo, "SOURCES", [lambda user, unit, today: [one for code, one in found if code == unit.code]])
    return lambda code, title, due=None, main=False: found.append(
        (code, todo.Todo(title, "", "/plans/?x=1#progress", "去办", due, main))
    )


def test_what_waits_stands_by_due_date_and_only_the_most_pressing_is_red(visit, waits):
    waits("yunling", "没有期限")
    waits("yunling", "后天", date(2026, 7, 2))
    waits("yunling", "昨天", date(2026, 6, 29))
    waits("yunling", "今天", date(2026, 6, 30))
    rows = visit("clerk").get("/").context["todos"]

    assert [(row["title"], row["urgency"], row["main"]) for row in rows] == [
        ("昨天", "overdue", True), ("今天", "today", False), ("后天", "soon", False), ("没有期限", "", False),
    ]  # fmt: skip
    assert [str(row["due"]) for row in rows][1::2] == ["今天", "不限期"]


def test_one_log_in_over_two_units_has_one_list_and_each_line_says_of_which(visit, waits):
    waits("qingshi", "镇里的", date(2026, 7, 9))
    waits("guihua", "社区的", date(2026, 7, 1))
    waits("yunling", "县里的")
    answer = visit("part_timer").get("/")

    assert [(row["title"], row["unit"], row["url"]) for row in answer.context["todos"]] == [
        ("社区的", "桂花社区", "/plans/?x=1&org=guihua#progress"),
        ("镇里的", "青石镇", "/plans/?x=1#progress"),
    ]
    assert answer.context["frame"]["todo_count"] == 2


def test_the_count_in_the_frame_is_that_of_all_units_on_every_page(visit, waits):
    waits("guihua", "社区的")

    assert visit("part_timer").get("/people/").context["frame"]["todo_count"] == 1


def test_with_one_unit_no_line_is_marked(visit, waits):
    waits("yunling", "县里的")

    assert visit("clerk").get("/").context["todos"][0]["unit"] == ""


def test_where_nothing_was_done_yet_the_first_steps_are_taught(visit):
    page = words(visit("part_timer").get("/"))

    assert "从这里开始" in page
    assert "导入计划" in page
    assert "登记活动" in page


def test_a_clerk_reads_what_others_did_since_the_last_visit(house, visit):
    record(house, date(2026, 6, 20), "我上次看过的")
    Entry.objects.update(at=house.now - timedelta(hours=2))
    client = Client()
    User.objects.filter(username="clerk").update(seen_at=house.now - timedelta(hours=1))
    with clock.at(house.now - timedelta(minutes=30)):
        newer = record(house, date(2026, 6, 21), "后来登记的")
    with clock.at(house.now - timedelta(minutes=20)):
        activities.correct(
            newer,
            fields={"title": "后来登记的"},
            presence={},
            by=house.user("clerk"),
            now=clock.now(),
            seen=1,
            reason="自己改的",
        )
    client.post("/login", {"username": "clerk", "password": PASSWORD})
    changes = client.get("/").context["changes"]

    assert [(one["title"], one["did"], one["who"]) for one in changes] == [("后来登记的", "登记活动", "系统")]


def test_a_visit_is_written_down_but_not_at_every_page(house, visit):
    client = visit("clerk")
    client.get("/")
    with clock.at(house.now + timedelta(minutes=5)):
        client.get("/")
    first = house.user("clerk").seen_at
    with clock.at(house.now + timedelta(minutes=15)):
        client.get("/")

    assert (first, house.user("clerk").seen_at) == (house.now, house.now + timedelta(minutes=15))


def test_a_leader_sees_the_year_and_the_drafts_and_has_no_empty_list_of_things_to_do(visit):
    page = words(visit("leader").get("/"))

    assert "待签的稿子" in page
    assert "还没有计划" in page
    assert 'id="todo-h"' not in page


def test_a_member_sees_the_last_activity_and_the_own_year(house, visit):
    record(house, date(2026, 6, 20))
    page = words(visit("member").get("/"))

    assert "视察农村饮水安全" in page
    assert "您的到会情况：实到" in page


def test_a_member_without_any_record_is_told_what_will_stand_here(house, visit):
    User.objects.filter(username="handler").update(person=None)

    assert "这里会有您的履职情况" in words(visit("handler").get("/"))


def test_an_unread_notice_stands_on_a_members_page(house, visit):
    Notice.objects.create(organization=house.county, user=house.users["member"], text="7月2日常委会", sent_at=house.now)

    assert "7月2日常委会" in words(visit("member").get("/"))


# --- the three administrators -------------------------------------------------------------------------------------------------


def titles(answer):
    return [str(row["title"]) for row in answer.context["todos"]]


def test_the_security_administrator_is_asked_to_grant_to_an_account_without_a_role(house, visit):
    accounts.make("new", name="新来的", password=PASSWORD, organization=house.township, by=None, now=house.now)
    closed = accounts.make("gone", name="走了的", password=PASSWORD, organization=house.county, by=None, now=house.now)
    accounts.close(closed, organization=house.county, reason="调离", by=house.user("sys_admin"), now=house.now)

    assert titles(visit("sec_admin").get("/")) == ["给 新来的 授权"]
    assert titles(visit("sys_admin").get("/")) == []


def test_the_system_administrator_hears_of_locked_log_ins_and_of_what_users_say(house, visit):
    for _try in range(5):
        Client().post("/login", {"username": "clerk", "password": "wrong"})
    visit("member").post("/feedback", {"text": "字太小"})

    assert titles(visit("sys_admin").get("/")) == ["登录名 clerk 被锁", "1 条消息没有看"]


def test_the_system_administrator_is_told_when_the_holidays_of_the_year_are_missing(visit):
    with clock.at("2039-03-01"):
        assert "补 2039 年的节假日" in titles(visit("sys_admin").get("/"))


def test_the_audit_administrator_is_told_of_entries_that_nobody_seals_and_of_a_check_that_is_due(house, visit):
    client = visit("audit_admin")
    with clock.at(house.now + timedelta(hours=2)):
        before = titles(client.get("/"))
        client.post("/settings/ledger")
        checking.check_waiting(clock.now())
        after = titles(client.get("/"))
    with clock.at(house.now + timedelta(days=9)):
        later = titles(client.get("/"))

    assert before[0].endswith("条审计还没有封存")
    assert before[1:] == ["核对数据明细"]
    assert after == []
    assert "核对数据明细" in later


# --- what it costs ----------------------------------------------------------------------------------------------------------------

BUDGET = {
    "clerk": 15,
    "leader": 11,
    "member": 14,
    "part_timer": 22,
    "sys_admin": 11,
    "sec_admin": 11,
    "audit_admin": 13,
}


@pytest.mark.parametrize("role, most", BUDGET.items())
def test_home_costs_as_many_queries_with_5_activities_as_with_40(
    house, visit, django_assert_max_num_queries, role, most
):
    client = visit(role)
    counts = []
    for more in (5, 35):
        for n in range(more):
            record(house, date(2026, 1, 5) + timedelta(days=n), f"活动{more}-{n}")
        client.get("/")  # writes down the visit
        with django_assert_max_num_queries(most) as asked:
            client.get("/")
        counts.append(len(asked))

    assert counts[0] == counts[1]
