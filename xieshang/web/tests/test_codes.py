"""用登录码登录, a telephone that is remembered, what matters asked again, and where a link leads after log-in."""

import re

import pytest
from axes.models import AccessAttempt
from django.test import Client

from xieshang.base import clock
from xieshang.base.accounts import actions as accounts
from xieshang.base.accounts.models import Device, Grant, User
from xieshang.base.accounts.roles import Role
from xieshang.base.audit.models import Entry
from xieshang.base.notices import actions as notices

from .conftest import PASSWORD, record, words

WECHAT = "Mozilla/5.0 (Linux; Android 12) AppleWebKit/537.36 Chrome/107.0 Mobile Safari/537.36 MicroMessenger/8.0.31 Language/zh_CN"


def slip(house, visit, role="clerk"):
    """The slip that the office prints for the member."""
    return visit(role).post(f"/people/{house.members[0].pk}/code", {"account": house.users["member"].pk})


def code_on(answer):
    return re.search(r'id="login-code">([\d ]+)<', words(answer))[1]


def enter(client, code, who="委员", **more):
    return client.post("/login?by=code", {"username": who, "password": code, **more}, headers={"User-Agent": WECHAT})


def phone(house, visit):
    """A telephone where the member came in by a code and had it remembered."""
    client = Client()
    enter(client, code_on(slip(house, visit)), remember="1")
    return client


def tomorrow(client):
    """The session is over; the telephone is the same."""
    del client.cookies["sessionid"]


def test_the_slip_names_who_where_the_code_and_until_when(house, visit):
    answer = slip(house, visit)

    for word in ("委员", "http://testserver/login?by=code", "7月3日", "12:00"):
        assert word in words(answer)
    assert re.fullmatch(r"\d{4} \d{4}", code_on(answer))
    assert answer.headers["Cache-Control"] == "no-store"


def test_the_page_of_a_member_says_that_a_code_is_out(house, visit):
    page = f"/people/{house.members[0].pk}"
    before = words(visit("clerk").get(page))
    slip(house, visit)

    assert "发登录码" in before and "前有效" not in before
    assert "前有效，还没有用" in words(visit("clerk").get(page))


@pytest.mark.parametrize("role", ["leader", "member"])
def test_who_may_give_no_code_sees_no_button(house, visit, role):
    assert "发登录码" not in words(visit(role).get(f"/people/{house.members[0].pk}"))


def test_a_member_comes_in_by_the_code_straight_to_where_the_link_led(house, visit):
    client = Client()
    answer = enter(client, code_on(slip(house, visit)), next="/people/")

    assert answer.headers["Location"] == "/people/"
    assert client.get("/people/").status_code == 200
    assert Entry.objects.get(verb="accounts.log_in", actor_id=house.users["member"].pk).detail == {"how": "code"}


def test_the_log_in_page_keeps_where_the_link_led_between_password_and_code(house):
    page = words(Client().get("/login?next=/people/%3Fq%3D1"))

    assert 'href="?by=code&amp;next=/people/%3Fq%3D1"' in page
    assert "登录单上的 8 位数字" in words(Client().get("/login?by=code&next=/people/"))


def test_a_wrong_code_is_said_plainly_and_the_name_stays(house, visit):
    slip(house, visit)
    answer = enter(Client(), "00000000", who="委员")

    assert answer.status_code == 422
    assert "姓名（手机号）和登录码对不上。" in words(answer)
    assert 'value="委员"' in words(answer)


def test_after_five_wrong_codes_the_place_rests_too(house, visit):
    client = Client()
    answers = [enter(client, f"{n:08}").status_code for n in range(5)]

    assert answers[-1] == 429
    assert "00000004" not in str(list(AccessAttempt.objects.values()))


def test_a_telephone_that_is_remembered_needs_no_log_in(house, visit):
    client = phone(house, visit)
    tomorrow(client)

    assert client.get("/people/").status_code == 200
    assert Device.objects.get().name == "微信 · Android"
    assert client.cookies["device"]["httponly"]


def test_a_form_sent_after_the_session_ended_still_counts_on_a_remembered_telephone(house, visit):
    client = phone(house, visit)
    tomorrow(client)

    assert client.post("/account/size", {"size": "large"}).status_code == 302
    assert house.user("member").large_type


def test_without_the_tick_nothing_is_remembered(house, visit):
    client = Client()
    enter(client, code_on(slip(house, visit)))
    tomorrow(client)

    assert client.get("/people/").status_code == 302
    assert not Device.objects.exists()


def test_a_telephone_is_listed_and_removed_under_mine(house, visit):
    client = phone(house, visit)
    page = words(client.get("/me"))
    client.post(f"/account/devices/{Device.objects.get().pk}/forget")
    tomorrow(client)

    assert "微信 · Android" in page and "这一台" in page
    assert client.get("/me").status_code == 302


def test_nobody_removes_the_telephone_of_another(house, visit):
    phone(house, visit)

    assert visit("clerk").post(f"/account/devices/{Device.objects.get().pk}/forget").status_code == 404


def test_log_out_forgets_the_telephone(house, visit):
    client = phone(house, visit)
    client.post("/logout")

    assert client.get("/").status_code == 302
    assert Device.objects.get().removed_at == house.now


def test_a_new_password_shuts_every_telephone(house, visit):
    client = phone(house, visit)
    new = "horse correct staple"
    visit("member").post("/account/password", {"old_password": PASSWORD, "new_password1": new, "new_password2": new})

    assert client.get("/").status_code == 302


def test_the_telephone_of_an_administrator_is_not_remembered_and_he_is_told(house):
    client = Client()
    client.post("/login", {"username": "sys_admin", "password": PASSWORD, "remember": "1"})

    assert "管理员的账号不记住手机" in words(client.get("/"))
    assert "device" not in client.cookies


# --- asked again --------------------------------------------------------------------------------------------------------------


def granting(house, **more):
    return {"do": "grant", "role": "leader", "organization": house.county.pk, **more}


@pytest.fixture
def stranger(house):
    return accounts.make("xinren", name="新人", password=PASSWORD, organization=house.county, by=None, now=house.now)


def later(house, minutes=30):
    return clock.at(clock.parse(f"2026-06-30T12:{minutes:02}:00"))


def test_a_grant_half_an_hour_after_log_in_asks_for_the_password_and_keeps_what_was_chosen(house, visit, stranger):
    client = visit("sec_admin")
    with later(house):
        asked = client.post(f"/settings/accounts/{stranger.pk}", granting(house))
        none = Grant.objects.filter(user=stranger).count()
        wrong = client.post(f"/settings/accounts/{stranger.pk}", granting(house, prove_again="wrong"))
        right = client.post(f"/settings/accounts/{stranger.pk}", granting(house, prove_again=PASSWORD))

    assert (asked.status_code, none) == (422, 0)
    assert '<input type="hidden" name="role" value="leader">' in words(asked)
    assert "密码或登录码不对" in words(wrong) and "wrong" not in re.sub(r"<[^>]*class[^>]*>", "", words(wrong))
    assert right.status_code == 302
    assert Grant.objects.get(user=stranger).role == Role.LEADER


def test_once_proved_the_next_step_is_not_asked_again(house, visit, stranger):
    client = visit("sec_admin")
    with later(house):
        client.post(f"/settings/accounts/{stranger.pk}", granting(house, prove_again=PASSWORD))
        given = Grant.objects.get(user=stranger)
        client.post(f"/settings/accounts/{stranger.pk}", {"do": "revoke", "grant": given.pk, "reason": "调离"})

    assert not Grant.objects.filter(user=stranger, ended_at=None).exists()


def test_a_remembered_telephone_is_always_asked(house, visit):
    client = Client()
    client.post("/login", {"username": "clerk", "password": PASSWORD, "remember": "1"})
    tomorrow(client)
    client.get("/")
    asked = client.post("/settings/locks", {"through": "2026-03-31", "grace_until": ""})

    assert asked.status_code == 422
    assert "请再验一次是您本人" in words(asked)


def test_a_fresh_code_is_as_good_as_the_password(house, visit):
    client = phone(house, visit)
    tomorrow(client)
    client.get("/")
    code = code_on(slip(house, visit))
    answer = client.post("/account/again", {"prove_again": code, "next": "/me"})

    assert answer.headers["Location"] == "/me"
    assert "proved_at" in client.session


def test_after_five_wrong_proofs_the_account_rests_and_what_was_typed_is_in_no_list(house, visit, stranger):
    client = visit("sec_admin")
    with later(house):
        answers = [
            client.post(f"/settings/accounts/{stranger.pk}", granting(house, prove_again=f"guess{n}")) for n in range(5)
        ]

    assert answers[-1].status_code == 429
    assert not [word for word in ("guess", "organization") if word in str(list(AccessAttempt.objects.values()))]


def test_programs_are_told_that_they_must_prove_it(house, visit, stranger):
    client = visit("sec_admin")
    with later(house):
        answer = client.post(
            f"/settings/accounts/{stranger.pk}", granting(house), headers={"Accept": "application/json"}
        )

    assert (answer.status_code, answer.json()["code"]) == (422, "again")


# --- where a link leads --------------------------------------------------------------------------------------------------------


def test_after_log_in_by_a_link_the_page_says_what_waits(house, visit):
    client = Client()
    answer = client.get("/settings/locks")
    client.post(answer.headers["Location"], {"username": "sys_admin", "password": PASSWORD})
    notices.tell([house.users["sys_admin"]], "字小", organization=house.county, now=house.now)
    first, second = words(client.get("/notices")), words(client.get("/notices"))

    assert "等您办：1 条消息没有看" in first
    assert "等您办" not in second


def test_a_notice_of_another_unit_leads_into_that_unit(house, visit):
    activity = record(house, clock.today(), unit=house.community)
    notices.tell([house.users["part_timer"]], "请看", organization=house.community, record=activity.ref, now=house.now)
    client = visit("part_timer")

    assert f"/activities/{activity.pk}?org=guihua" in words(client.get("/notices"))


def test_a_code_is_for_an_account_of_this_person(house, visit):
    answer = visit("clerk").post(f"/people/{house.members[1].pk}/code", {"account": house.users["member"].pk})

    assert answer.status_code == 404
    assert User.objects.get(username="member").codes.count() == 0
