"""换人: what somebody has in hand goes to another in one step; his roles end on a day; what he did stays his."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.test import Client

from xieshang.base import clock, registry
from xieshang.base.accounts import actions as accounts
from xieshang.base.accounts import again
from xieshang.base.accounts.models import Grant, User
from xieshang.base.accounts.roles import Role
from xieshang.base.audit.models import Entry
from xieshang.base.drafts import actions as drafts
from xieshang.base.drafts.models import Draft
from xieshang.base.errors import NotAllowed, Refused
from xieshang.base.ledger import verify
from xieshang.base.notices.models import Notice
from xieshang.measure.plans import actions as plans
from xieshang.measure.plans.models import Plan, Target
from xieshang.measure.reports import actions as reports
from xieshang.measure.reports.models import Report
from xieshang.measure.reports.tests.template import template
from xieshang.work.registers import actions as registers
from xieshang.work.registers import catalogue
from xieshang.work.registers.actions.following import About

from .conftest import words

PLAN = "云岭县政协2026年工作计划\n\n一、学习\n\n1、组织集体活动不少于4次。\n\n2、开展专题调研2次。\n"


@pytest.fixture
def successor(house):
    made = accounts.make("wangfang", name="王芳", password="x", organization=house.county, by=None, now=house.now)
    accounts.grant(made, Role.CLERK, house.county, by=None, now=house.now)
    return made


@pytest.fixture
def busy(house, successor):
    """The clerk answers for two targets, fills in a report, and has typed half an activity."""
    clerk, now, county = house.user("clerk"), house.now, house.county
    plan = plans.bring_in(county, year=2026, data=PLAN.encode(), name="计划.txt", accept_sure=True, by=clerk, now=now)
    for target in plan.targets.all():
        plans.correct(target, fields={"owner": clerk.name}, by=clerk, now=now)
    plans.put_in_force(Plan.objects.get(pk=plan.pk), by=clerk, now=now)
    reports.start(
        county,
        data=template("一年来，组织集体活动x次，满意率x%。"),
        name="总结.docx",
        start=date(2026, 1, 1),
        end=date(2026, 6, 30),
        by=clerk,
        now=now,
    )
    drafts.save(
        county,
        uuid4(),
        {"title": "走访企业", "values": {}},
        verb="activities.record",
        key="activities.new",
        by=clerk,
        now=now,
    )
    return clerk


def hand(house, user, to, by=None, **more):
    more = {"last_day": None, "now": house.now, **more}
    return accounts.hand_over(user, to, organization=house.county, by=by or house.user("clerk"), **more)


def test_all_that_he_has_in_hand_goes_in_one_step(house, busy, successor):
    passed = hand(house, busy, successor)

    assert passed == {"任务": 2, "没有定稿的报告": 1, "草稿": 1}
    assert set(Target.objects.values_list("owner_user", "owner")) == {(successor.pk, "王芳")}
    assert Report.objects.get().keeper == successor
    assert Draft.objects.get().user == successor
    assert registry.held(busy, house.county) == []


def test_what_he_did_stays_under_his_name(house, busy, successor):
    hand(house, busy, successor)

    assert Report.objects.get().created_by == busy
    assert {e.actor_id for e in Entry.objects.filter(verb="plans.import")} == {busy.pk}
    assert verify.verify().problems == []


def test_the_successor_is_told_and_finds_it_among_what_waits(house, busy, successor):
    hand(house, busy, successor)
    client = Client()
    client.force_login(successor, backend="django.contrib.auth.backends.ModelBackend")

    assert "草稿 1、任务 2、没有定稿的报告 1" in Notice.objects.get(user=successor).text
    assert "报告待填" in words(client.get("/"))
    cache.clear()
    client.force_login(busy, backend="django.contrib.auth.backends.ModelBackend")
    assert "报告待填" not in words(client.get("/"))


def test_it_stands_in_the_audit(house, busy, successor):
    hand(house, busy, successor, last_day=date(2026, 7, 31))

    entry = Entry.objects.get(verb="accounts.hand_over")
    assert entry.detail == {
        "to": successor.pk,
        "until": "2026-07-31",
        "passed": {"任务": 2, "没有定稿的报告": 1, "草稿": 1},
    }


def test_follow_ups_of_a_register_go_too(house, successor):
    clerk = house.user("clerk")
    register = registers.take(house.county, "problems", by=None, now=house.now)
    given = dict(catalogue.READY["problems"].example)
    on, title = given.pop("on"), given.pop("title")
    entry = registers.record(register, on=on, title=title, values=given, by=clerk, now=house.now)
    registers.assign(entry, About(owner=clerk.name, keeper=clerk), by=clerk, now=house.now, seen=entry.version)
    passed = hand(house, clerk, successor)

    entry.refresh_from_db()
    assert passed == {"没有办结的登记": 1}
    assert (entry.keeper, entry.owner) == (successor, "王芳")


# --- the last day --------------------------------------------------------------------------------------------------------------


def works(user, on):
    from xieshang.base.accounts import permissions

    with clock.at(on):
        user = User.objects.get(pk=user.pk)
        return permissions.may(user, "activities.record", Grant.objects.filter(user=user)[0].organization)


def test_his_roles_hold_through_the_last_day_and_no_longer(house, busy, successor):
    hand(house, busy, successor, last_day=date(2026, 7, 3))

    assert [works(busy, day) for day in (date(2026, 7, 3), date(2026, 7, 4))] == [True, False]


def test_the_worker_takes_them_back_with_a_word_in_the_audit(house, busy, successor):
    hand(house, busy, successor, last_day=date(2026, 7, 3))
    early = accounts.end_due(house.now + timedelta(days=3))
    late = accounts.end_due(house.now + timedelta(days=4))
    again_ = accounts.end_due(house.now + timedelta(days=5))

    assert (early, late, again_) == (0, 1, 0)
    assert Grant.objects.get(user=busy).ended_at == house.now + timedelta(days=4)
    assert "2026-07-03" in Entry.objects.get(verb="accounts.revoke").reason


def test_without_a_last_day_he_keeps_his_roles(house, busy, successor):
    hand(house, busy, successor)

    assert Grant.objects.get(user=busy).ends_on is None


def test_the_security_administrator_learns_which_roles_end(house, busy, successor):
    hand(house, busy, successor, last_day=date(2026, 7, 3))

    assert "到 2026-07-03 为止" in Notice.objects.get(user=house.users["sec_admin"]).text


def test_only_roles_of_the_office_end_a_member_stays_a_member(house, busy, successor):
    accounts.grant(busy, Role.MEMBER, house.county, by=None, now=house.now)
    hand(house, busy, successor, last_day=date(2026, 7, 3))

    assert set(Grant.objects.filter(user=busy).values_list("role", "ends_on")) == {
        ("clerk", date(2026, 7, 3)),
        ("member", None),
    }


# --- what is refused -----------------------------------------------------------------------------------------------------------


def test_nobody_takes_over_from_himself(house, busy):
    with pytest.raises(Refused, match="同一个人"):
        hand(house, busy, busy)


@pytest.mark.parametrize("role", ["member", "leader", "part_timer", "sec_admin"])
def test_only_who_works_in_the_office_takes_over(house, busy, role):
    with pytest.raises(Refused):
        hand(house, busy, house.user(role))
    assert Draft.objects.get().user == busy


def test_a_day_that_is_past_is_no_last_day(house, busy, successor):
    with pytest.raises(Refused, match="已经过去"):
        hand(house, busy, successor, last_day=date(2026, 6, 29))


@pytest.mark.parametrize("role", [role for role in Role if role not in (Role.CLERK, Role.HEAD)])
def test_only_the_office_hands_over(house, busy, successor, role):
    with pytest.raises(NotAllowed):
        hand(house, busy, successor, by=house.user(role))


def test_handing_over_matters_and_asks_again(house, busy, successor):
    with again.proved(None), pytest.raises(again.ProveAgain):
        hand(house, busy, successor)
    assert Draft.objects.get().user == busy


# --- the page ------------------------------------------------------------------------------------------------------------------


def test_the_page_shows_what_goes_before_it_goes(house, busy, successor, visit):
    client = visit("clerk")
    asked = {"user": busy.pk, "to": successor.pk, "last_day": "2026-07-31"}
    page = words(client.get("/settings/handover", asked))
    untouched = Draft.objects.get().user
    answer = client.post("/settings/handover", asked)

    for word in ("组织集体活动不少于4次", "走访企业", "云岭县 办公室工作人员", "全部交给 王芳"):
        assert word in page
    assert untouched == busy
    assert answer.status_code == 302
    assert Draft.objects.get().user == successor


def test_the_page_offers_only_who_works_in_this_office(house, busy, successor, visit):
    page = words(visit("clerk").get("/settings/handover"))

    assert "王芳" in page
    assert "安全管理员</option>" not in page and "领导</option>" not in page


def test_a_mistake_is_said_at_its_field_and_nothing_goes(house, busy, visit):
    answer = visit("clerk").post("/settings/handover", {"user": busy.pk, "to": busy.pk, "last_day": ""})

    assert answer.status_code == 422
    assert "同一个人" in words(answer)
