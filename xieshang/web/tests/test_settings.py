"""设置 and 委员: who may, what is said at the field, and that each write stays inside the unit."""

from datetime import date

import pytest
from django.test import Client

from xieshang.base.accounts import actions as accounts
from xieshang.base.accounts.models import Grant, User
from xieshang.base.accounts.permissions import TABLE
from xieshang.base.accounts.roles import Role
from xieshang.base.audit import sealing
from xieshang.base.audit.models import Entry
from xieshang.base.calendar.workdays import WorkCalendar
from xieshang.base.ledger import checking
from xieshang.base.ledger.models import PeriodLock, PostedFact
from xieshang.base.orgs import actions as orgs
from xieshang.base.orgs.models import Body, BodyKind
from xieshang.base.people.models import Membership, Person, Seat
from xieshang.base.settings import parameters
from xieshang.web import verbs

from .conftest import PASSWORD, record, words

PAGES = {
    "/settings/": "orgs.see", "/settings/rules": "settings.see", "/settings/rules/ledger.grace_days": "settings.see", "/settings/calendar": "calendar.see",
    "/settings/bodies": "orgs.see", "/settings/locks": "ledger.lock", "/settings/accounts": "accounts.see", "/settings/audit": "audit.see",
    "/settings/ledger": "ledger.verify", "/people/": "people.see", "/people/new": "people.edit",
}  # fmt: skip
WALK = [(path, verb, role) for path, verb in PAGES.items() for role in Role]


@pytest.mark.parametrize("path, verb, role", WALK, ids=lambda value: str(value))
def test_a_page_opens_to_who_may_and_says_no_to_who_may_not(visit, path, verb, role):
    answer = visit(role).get(path)

    assert answer.status_code == (200 if role in TABLE[verb] else 403)


@pytest.mark.parametrize("role", Role)
def test_the_list_of_settings_names_only_what_opens(visit, role):
    client = visit(role)
    page = words(client.get("/settings/"))

    for path in ("rules", "locks", "accounts", "audit", "ledger", "calendar", "bodies"):
        if f'"/settings/{path}"' in page:
            assert client.get(f"/settings/{path}").status_code == 200


# --- accounts ---------------------------------------------------------------------------------------------------------------------


def test_a_new_account_is_made_logs_in_with_the_password_shown_once_and_works_once_it_has_a_role(house, visit):
    system, security = visit("sys_admin"), visit("sec_admin")
    answer = system.post("/settings/accounts", {"username": "wangfang", "name": "王芳"})
    password, made = answer.context["password"], User.objects.get(username="wangfang")
    person = Client()

    assert len(password) >= 12
    assert password in words(answer)
    assert password not in words(system.get(f"/settings/accounts/{made.pk}"))
    assert person.post("/login", {"username": "wangfang", "password": password}).status_code == 302
    assert person.get("/figures/").status_code == 403

    refusal = system.post(
        f"/settings/accounts/{made.pk}", {"do": "grant", "role": "clerk", "organization": house.county.pk}
    )
    assert "没有办理这一步的权限" in words(refusal)
    assert not Grant.objects.filter(user=made).exists()

    security.post(f"/settings/accounts/{made.pk}", {"do": "grant", "role": "clerk", "organization": house.county.pk})
    assert person.get("/figures/").status_code == 200


def test_a_taken_name_is_refused_at_its_field(visit):
    answer = visit("sys_admin").post("/settings/accounts", {"username": "clerk", "name": "又一个"})

    assert answer.status_code == 422
    assert "已经有人用了" in str(answer.context["form"].errors["username"])


@pytest.mark.parametrize("role", ["sec_admin", "clerk", "audit_admin"])
def test_only_the_system_administrator_makes_accounts_and_passwords(house, visit, role):
    other = house.users["member"]

    assert visit(role).post("/settings/accounts", {"username": "x1", "name": "x"}).status_code == 403
    assert visit(role).post(f"/settings/accounts/{other.pk}", {"do": "password"}).status_code == 403
    assert User.objects.get(pk=other.pk).check_password(PASSWORD)


def test_a_second_administrators_role_is_refused_and_says_why(house, visit):
    found = house.users["sys_admin"]
    answer = visit("sec_admin").post(
        f"/settings/accounts/{found.pk}", {"do": "grant", "role": "audit_admin", "organization": house.county.pk}
    )

    assert answer.status_code == 422
    assert "三员分立" in words(answer)


def test_nobody_grants_to_himself(house, visit):
    answer = visit("sec_admin").post(
        f"/settings/accounts/{house.users['sec_admin'].pk}",
        {"do": "grant", "role": "clerk", "organization": house.county.pk},
    )

    assert (answer.status_code, "不能给自己授权" in words(answer)) == (422, True)


def test_a_role_is_taken_back_with_a_reason_and_works_no_more(house, visit):
    grant = Grant.objects.get(user=house.users["clerk"])
    address, clerk, security = f"/settings/accounts/{grant.user_id}", visit("clerk"), visit("sec_admin")
    without = security.post(address, {"do": "revoke", "grant": grant.pk})
    security.post(address, {"do": "revoke", "grant": grant.pk, "reason": "调离"})

    assert (without.status_code, "还没有写理由" in words(without)) == (422, True)
    assert clerk.get("/figures/").status_code == 403
    assert Entry.objects.get(verb="accounts.revoke").reason == "调离"
    assert security.post(address, {"do": "revoke", "grant": grant.pk, "reason": "再收一次"}).status_code == 404


def test_a_closed_account_is_out_at_once(house, visit):
    member = visit("member")
    address = f"/settings/accounts/{house.users['member'].pk}"
    visit("sys_admin").post(address, {"do": "close", "reason": "届满"})

    assert member.get("/").status_code == 302
    assert Client().post("/login", {"username": "member", "password": PASSWORD}).status_code == 422


def test_an_administrator_cannot_close_himself(house, visit):
    answer = visit("sys_admin").post(
        f"/settings/accounts/{house.users['sys_admin'].pk}", {"do": "close", "reason": "x"}
    )

    assert (answer.status_code, "不能停用自己的账号" in words(answer)) == (422, True)


@pytest.mark.parametrize("data", [{"do": "revoke", "reason": "x"}, {"do": "revoke", "grant": "x", "reason": "x"}, {"do": "revoke", "grant": "999999", "reason": "x"}])  # fmt: skip
def test_a_role_that_is_not_there_is_not_found(house, visit, data):
    assert visit("sec_admin").post(f"/settings/accounts/{house.users['clerk'].pk}", data).status_code == 404


@pytest.fixture
def elsewhere(house):
    """A system and a security administrator of the township, which lies below the county."""
    found = []
    for role in (Role.SYS_ADMIN, Role.SEC_ADMIN):
        user = accounts.make(
            f"town_{role}", name=f"镇{role}", password=PASSWORD, organization=house.township, by=None, now=house.now
        )
        accounts.grant(user, role, house.township, by=None, now=house.now)
        client = Client()
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        found.append(client)
    return found


def test_a_township_does_not_see_the_accounts_of_the_county(house, elsewhere):
    for client in elsewhere:
        assert "办公室工作人员" not in words(client.get("/settings/accounts")).split("<main")[1]
        assert client.get(f"/settings/accounts/{house.users['clerk'].pk}").status_code == 404


def test_a_township_cannot_set_the_password_of_who_also_works_for_the_county(house, elsewhere):
    shared = house.users["member"]
    accounts.grant(shared, Role.MEMBER, house.township, by=None, now=house.now)
    answer = elsewhere[0].post(f"/settings/accounts/{shared.pk}", {"do": "password"})

    assert (answer.status_code, "还在云岭县任职" in words(answer)) == (422, True)
    assert User.objects.get(pk=shared.pk).check_password(PASSWORD)


def test_a_township_grants_nothing_above_itself(house, elsewhere):
    shared = house.users["part_timer"]
    answer = elsewhere[1].post(
        f"/settings/accounts/{shared.pk}", {"do": "grant", "role": "clerk", "organization": house.county.pk}
    )

    assert answer.status_code == 422
    assert not Grant.objects.filter(user=shared, organization=house.county).exists()


def test_an_account_stands_once_in_the_list_however_many_roles_it_has(house, visit):
    found = list(visit("sys_admin").get("/settings/accounts").context["accounts"])

    assert len(found) == len({one.pk for one in found}) == len(Role)


# --- rules, calendar, bodies, locks -------------------------------------------------------------------------------------------------


def test_a_rule_holds_from_its_day_with_its_citation_and_the_units_below_inherit_it(house, visit):
    answer = visit("clerk").post(
        "/settings/rules/ledger.grace_days",
        {"value": "30", "effective_from": "2026-07-01", "citation": "云政协办〔2026〕9号"},
    )
    page = words(visit("clerk").get("/settings/rules/ledger.grace_days"))

    assert answer.status_code == 302
    assert parameters.value(house.township, "ledger.grace_days", date(2026, 6, 30)) == 90
    assert parameters.value(house.township, "ledger.grace_days", date(2026, 7, 1)) == 30
    assert "云政协办〔2026〕9号" in page


@pytest.mark.parametrize("data, field", [({"value": "-1"}, "value"), ({"value": "很多"}, "value"), ({"citation": ""}, "citation"), ({"effective_from": "x"}, "effective_from")])  # fmt: skip
def test_a_rule_that_does_not_fit_is_refused_at_the_field(visit, data, field):
    given = {"value": "30", "effective_from": "2026-07-01", "citation": "文件"} | data
    answer = visit("clerk").post("/settings/rules/ledger.grace_days", given)

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]


def test_who_may_only_read_the_rules_sets_none(visit):
    page = visit("leader").get("/settings/rules/ledger.grace_days")
    answer = visit("leader").post(
        "/settings/rules/ledger.grace_days", {"value": "1", "effective_from": "2026-07-01", "citation": "x"}
    )

    assert 'name="value"' not in words(page)
    assert answer.status_code == 403
    assert not parameters.Setting.objects.exists()


def test_an_unknown_rule_is_not_found(visit):
    assert visit("clerk").get("/settings/rules/no.such").status_code == 404


def test_a_day_off_of_the_unit_moves_its_deadlines(house, visit):
    visit("clerk").post("/settings/calendar", {"on": "2026-07-01", "workday": "0", "name": "会期"})

    assert not WorkCalendar(house.township).is_workday(date(2026, 7, 1))
    assert "会期" in words(visit("part_timer").get("/settings/calendar"))
    assert (
        visit("part_timer").post("/settings/calendar", {"on": "2026-07-02", "workday": "0", "name": "x"}).status_code
        == 403
    )


def test_a_body_is_added_once_and_ended_with_its_record_kept(house, visit):
    client = visit("clerk")
    first = client.post("/settings/bodies", {"kind": "committee", "name": "提案委员会"})
    second = client.post("/settings/bodies", {"kind": "committee", "name": "提案委员会"})
    body = Body.objects.get(name="提案委员会")
    client.post("/settings/bodies", {"end": body.pk})

    assert (first.status_code, second.status_code) == (302, 422)
    assert "已经有“提案委员会”了" in words(second)
    assert Body.objects.get(pk=body.pk).ended_on == house.now.date()
    assert client.post("/settings/bodies", {"end": body.pk}).status_code == 404


def test_a_body_of_another_unit_is_not_there(house, visit):
    assert visit("clerk").post("/settings/bodies", {"end": house.group.pk}).status_code == 404
    assert visit("clerk").post("/settings/bodies", {"end": "x"}).status_code == 404


def test_a_period_is_locked_until_the_grace_that_the_unit_has_set(house, visit):
    client = visit("clerk")
    client.post(
        "/settings/rules/ledger.grace_days", {"value": "10", "effective_from": "2026-01-01", "citation": "文件"}
    )
    client.post("/settings/locks", {"through": "2025-12-31"})

    assert PeriodLock.objects.get().grace_until == date(2026, 1, 10)


@pytest.mark.parametrize("through", ["2026-06-30", "2026-12-31"])
def test_a_period_that_is_not_over_is_refused_at_the_field(visit, through):
    answer = visit("clerk").post("/settings/locks", {"through": through})

    assert answer.status_code == 422
    assert "还没有结束" in str(answer.context["form"].errors["through"])


# --- audit and ledger ---------------------------------------------------------------------------------------------------------------


def test_the_audit_lists_what_was_done_in_words_and_can_be_narrowed(house, visit):
    visit("clerk").post("/settings/bodies", {"kind": "office", "name": "秘书科"})
    client = visit("audit_admin")
    page, narrowed = client.get("/settings/audit"), client.get("/settings/audit", {"who": "办公室工作人员"})

    assert "增加机构" in words(page)
    assert {entry.actor for entry in narrowed.context["page"]} == {"办公室工作人员"}
    assert client.get("/settings/audit", {"record": "x" * 300}).status_code == 200


def test_the_head_of_the_chain_stands_on_the_audit_page(house, visit):
    sealing.seal_all(house.now)

    assert "2026-06-30" in words(visit("audit_admin").get("/settings/audit"))


def test_the_ledger_is_checked_on_demand_and_the_check_itself_stands_in_the_audit(house, visit):
    record(house, date(2026, 6, 1))
    client = visit("audit_admin")
    asked = client.post("/settings/ledger", follow=True)
    checking.check_waiting(house.now)
    clean = client.get("/settings/ledger/progress")
    PostedFact.objects.filter(kind="activities.held").update(quantity=7)
    client.post("/settings/ledger")
    checking.check_waiting(house.now)
    wrong = client.get("/settings/ledger")

    assert "正在核对数据明细" in words(asked) and "every 2s" in words(asked) and "现在核对" not in words(asked)
    assert "与全部记录一致" in words(clean) and "every 2s" not in words(clean) and "现在核对" in words(clean)
    assert "处不符" in words(wrong)
    assert [entry.detail["problems"] > 0 for entry in Entry.objects.filter(verb="ledger.verify").order_by("id")] == [
        False,
        True,
    ]


def test_every_verb_that_can_stand_in_the_audit_has_words():
    rooms = {"activities", "registers", "plans", "reports", "people", "proposals"}
    reads = (
        "see",
        "see_phone",
        "see_own",
        "see_assigned",
        "see_handling",
        "export",
        "edit",
        "import",
        "see_clues",
        "see_reference",
        "clue_contact",
    )
    moves = {verb for verb in TABLE if verb.split(".")[0] in rooms} - {f"{r}.{verb}" for r in rooms for verb in reads}

    assert moves - set(verbs.VERBS) == set()


# --- people ---------------------------------------------------------------------------------------------------------------------------


def test_members_are_listed_and_narrowed_by_name_and_sector(house, visit):
    client = visit("clerk")

    assert client.get("/people/").context["page"].paginator.count == 12
    assert client.get("/people/", {"q": "委员01"}).context["page"].paginator.count == 1
    assert client.get("/people/", {"sector": house.sectors[0].pk}).context["page"].paginator.count == 4
    assert client.get("/people/", {"sector": "999999999999999999999"}).status_code == 200


def test_a_new_member_has_seat_body_and_a_telephone_that_few_see(house, visit):
    body = orgs.add_body(house.county, BodyKind.COMMITTEE, "提案委员会", by=None, now=house.now)
    given = {
        "name": "新委员",
        "phone": "13900001234",
        "sector": house.sectors[0].pk,
        "body": body.pk,
        "started_on": "2026-06-01",
    }
    answer = visit("clerk").post("/people/new", given, follow=True)
    made = Person.objects.get(name="新委员")

    assert (Seat.objects.get(person=made).sector, Membership.objects.get(person=made).body) == (house.sectors[0], body)
    assert "13900001234" in words(answer)
    assert "139****1234" in words(visit("leader").get(f"/people/{made.pk}"))


WRONG_PEOPLE = [
    ({"name": ""}, "name"),
    ({"phone": "123"}, "phone"),
    ({"started_on": "2026-02-30"}, "started_on"),
    ({"started_on": "2027-06-01", "sector": True}, "started_on"),
    ({"started_on": "1999-06-01", "sector": True}, "started_on"),
]


@pytest.mark.parametrize("data, field", WRONG_PEOPLE)
def test_a_person_that_does_not_fit_is_refused_at_the_field_and_nothing_is_written(house, visit, data, field):
    given = {"name": "新委员", "started_on": "2026-06-01"} | data
    if given.get("sector"):
        given["sector"] = house.sectors[0].pk
    answer = visit("clerk").post("/people/new", given)

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert not Person.objects.filter(name="新委员").exists()


def test_a_seat_is_ended_with_a_reason_and_the_count_falls(house, visit):
    seat = Seat.objects.get(person=house.members[3])
    client = visit("clerk")
    without = client.post(f"/people/seat/{seat.pk}", {"seen": seat.version})
    with_reason = client.post(f"/people/seat/{seat.pk}", {"seen": seat.version, "reason": "辞去委员"}, follow=True)

    assert (without.status_code, "还没有写免去的原因" in words(without)) == (422, True)
    assert "的委员资格已办理免去" in words(with_reason)
    assert client.get("/people/").context["page"].paginator.count == 11


@pytest.mark.parametrize("data, said", [({"on": "gestern"}, "日期不对"), ({"on": "2020-01-01"}, "早于任职日期")])
def test_a_day_that_does_not_fit_is_refused(house, visit, data, said):
    seat = Seat.objects.get(person=house.members[3])
    answer = visit("clerk").post(f"/people/seat/{seat.pk}", {"seen": "1", "reason": "辞去", **data})

    assert (answer.status_code, said in words(answer)) == (422, True)


def test_two_who_end_a_seat_at_once_the_second_sees_that_it_was_changed(house, visit):
    seat = Seat.objects.get(person=house.members[3])
    answer = visit("clerk").post(f"/people/seat/{seat.pk}", {"seen": "99", "reason": "辞去"})

    assert answer.status_code == 409


def test_a_part_timer_ends_a_membership_of_his_own_group_only(house, visit):
    mine = Membership.objects.get(person=house.members[3])
    client = visit("part_timer")
    client.post(f"/people/membership/{mine.pk}", {"seen": mine.version, "reason": "调组"})

    assert Membership.objects.get(pk=mine.pk).ended_on == house.now.date()
    assert client.post(f"/people/seat/{Seat.objects.first().pk}", {"seen": "1", "reason": "x"}).status_code == 404


def test_a_member_does_not_read_another_members_year(house, visit):
    record(house, date(2026, 6, 1))
    client = visit("member")

    assert "视察农村饮水安全" in words(client.get(f"/people/{house.members[0].pk}"))
    assert "视察农村饮水安全" not in words(client.get(f"/people/{house.members[1].pk}"))


def test_a_person_of_a_foreign_unit_is_not_there(house, visit):
    stranger = Person.objects.create(organization=house.community, name="社区党员")

    assert visit("clerk").get(f"/people/{stranger.pk}").status_code == 404
    assert visit("member").get(f"/people/{stranger.pk}").status_code == 404
