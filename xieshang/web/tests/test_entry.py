"""Logging in and out, language, size of type, the unit and the year at hand."""

from datetime import UTC, timedelta

import pytest
from django.test import Client

from xieshang.base.accounts import actions as accounts
from xieshang.base.accounts.models import User
from xieshang.base.audit.models import Entry
from xieshang.base.orgs import actions as orgs
from xieshang.base.orgs.models import Level

from .conftest import PASSWORD, words


def log_in(client, username="clerk", password=PASSWORD, **more):
    return client.post("/login", {"username": username, "password": password, **more})


def test_the_right_password_opens_the_home_page_and_stands_in_the_audit(house):
    client = Client()

    answer = log_in(client)

    assert (answer.status_code, answer.headers["Location"]) == (302, "/")
    assert client.get("/").status_code == 200
    assert Entry.objects.filter(verb="accounts.log_in", actor_id=house.users["clerk"].pk).count() == 1


def test_a_wrong_password_is_said_plainly_and_what_was_typed_stays(house):
    answer = log_in(Client(), password="wrong")

    assert answer.status_code == 422
    assert "登录名或密码不对。" in words(answer)
    assert 'value="clerk"' in words(answer)


def test_an_empty_form_asks_for_both(house):
    answer = log_in(Client(), username="", password="")

    assert answer.status_code == 422
    assert "登录名和密码都要填。" in words(answer)


def test_after_five_failures_the_account_rests_and_the_page_says_until_when(house):
    client = Client()
    for _try in range(4):
        assert log_in(client, password="wrong").status_code == 422
    fifth = log_in(client, password="wrong")
    right = log_in(client)

    assert (fifth.status_code, right.status_code) == (429, 429)
    assert "12:15" in words(right)  # noon and a quarter of an hour
    assert "暂时不能登录" in words(right)


@pytest.mark.parametrize("wanted, goes", [("/plans/", "/plans/"), ("https://evil.example/", "/"), ("//evil.example", "/"), ("javascript:alert(1)", "/")])  # fmt: skip
def test_after_log_in_one_goes_only_to_a_page_of_the_house(house, wanted, goes):
    assert log_in(Client(), next=wanted).headers["Location"] == goes


def test_who_is_logged_in_already_goes_home(visit):
    assert visit("clerk").get("/login").headers["Location"] == "/"


def test_without_log_in_a_page_leads_to_the_log_in_and_back(house):
    assert Client().get("/figures/?q=视察").headers["Location"].startswith("/login?next=/figures/")


def test_log_out_needs_a_post_and_ends_it(visit):
    client = visit("clerk")

    assert client.get("/logout").status_code == 405
    assert client.post("/logout").status_code == 302
    assert client.get("/").status_code == 302


def test_the_log_ins_of_the_demo_are_shown_only_in_a_demo(house, monkeypatch):
    accounts.make("liumin", name="刘敏", password=PASSWORD, organization=house.county, by=None, now=house.now)
    quiet = words(Client().get("/login"))
    monkeypatch.setenv("XIESHANG_DEMO", "1")

    assert "演示账号" not in quiet
    assert "liumin" in words(Client().get("/login"))


def test_a_closed_account_cannot_log_in(house):
    User.objects.filter(username="clerk").update(is_active=False)

    assert log_in(Client()).status_code == 422


# --- language and size --------------------------------------------------------------------------------------------------------


def test_the_language_is_kept_with_the_account_and_said_to_the_browser(house, visit):
    client = visit("clerk")
    client.post("/account/language", {"language": "en"})
    answer = client.get("/")

    assert '<html lang="en"' in words(answer)
    assert answer.headers["Content-Language"] == "en"
    assert house.user("clerk").language == "en"


def test_before_log_in_the_language_is_kept_in_a_cookie(db):
    client = Client()
    client.post("/account/language", {"language": "en", "next": "/login"})

    assert '<html lang="en"' in words(client.get("/login"))


def test_an_unknown_language_is_chinese(house, visit):
    client = visit("clerk")
    client.post("/account/language", {"language": "tlh"})

    assert '<html lang="zh-hans"' in words(client.get("/"))


def test_large_type_is_kept_with_the_account(house, visit):
    client = visit("member")
    client.post("/account/size", {"size": "large", "next": "/me"})

    assert 'data-size="large"' in words(client.get("/"))
    client.post("/account/size", {"size": "standard"})
    assert 'data-size="large"' not in words(client.get("/"))


def test_a_new_password_of_ones_own_works_at_once_and_the_old_one_no_more(house, visit):
    client = visit("clerk")
    bad = client.post(
        "/account/password", {"old_password": "wrong", "new_password1": "12345678901", "new_password2": "12345678901"}
    )
    new = "horse correct staple"
    good = client.post("/account/password", {"old_password": PASSWORD, "new_password1": new, "new_password2": new})

    assert (bad.status_code, good.status_code) == (422, 302)
    assert client.get("/").status_code == 200
    assert log_in(Client(), password=new).status_code == 302
    assert log_in(Client()).status_code == 422


# --- unit and year ------------------------------------------------------------------------------------------------------------


def unit_of(client):
    return client.get("/").wsgi_request.desk.unit.code


def test_a_unit_is_switched_to_and_stays(visit):
    client = visit("part_timer")
    before = unit_of(client)
    client.get("/?org=guihua")

    assert (before, unit_of(client)) == ("qingshi", "guihua")


@pytest.mark.parametrize("code", ["yunling", "none", "", "青石"])
def test_nobody_is_switched_to_a_unit_he_does_not_work_in(visit, code):
    client = visit("part_timer")
    client.get("/?org=guihua")
    answer = client.get(f"/?org={code}")

    assert answer.wsgi_request.desk.unit.code == "guihua"
    assert unit_of(client) == "guihua"


@pytest.mark.parametrize("given, year", [("2025", 2025), ("0", 2026), ("²", 2026), ("99999", 2026), ("x", 2026)])
def test_the_year_at_hand_is_a_year(visit, given, year):
    assert visit("clerk").get("/", {"year": given}).wsgi_request.desk.year == year


@pytest.mark.parametrize("path", ["/", "/figures/", "/search?q=视察", "/work/", "/me", "/people/"])
def test_a_year_to_come_shows_its_pages(visit, path):
    client = visit("clerk")
    client.get("/?year=2027")

    assert client.get(path).status_code == 200


# --- an account without a role ------------------------------------------------------------------------------------------------


@pytest.fixture
def bare(house):
    user = accounts.make("bare", name="新来的", password=PASSWORD, organization=house.county, by=None, now=house.now)
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_an_account_without_a_role_is_told_whom_to_ask(bare):
    assert "还没有单位给您授权" in words(bare.get("/"))
    assert bare.get("/me").status_code == 200
    assert bare.get("/notices").status_code == 200


@pytest.mark.parametrize(
    "path",
    ["/figures/", "/people/", "/settings/", "/settings/bodies", "/work/", "/plans/", "/activities/", "/search?q=x"],
)
def test_an_account_without_a_role_gets_no_further(bare, path):
    answer = bare.get(path)

    assert answer.status_code == 403
    assert "安全管理员" in words(answer)


def test_it_is_the_last_visit_before_this_log_in_that_counts(house):
    client = Client()
    earlier = house.now - timedelta(days=2)
    User.objects.filter(username="clerk").update(seen_at=earlier)
    log_in(client)
    client.get("/")

    assert client.session["since"] == earlier.astimezone(UTC).isoformat()
    assert house.user("clerk").seen_at == house.now


def test_a_unit_is_never_shown_by_the_name_of_a_committee_it_has_not(house, visit):
    orgs.add(
        name="柳河乡",
        short_name="柳河乡",
        code="liuhe",
        level=Level.TOWNSHIP,
        parent=house.county,
        by=None,
        now=house.now,
    )

    assert "青石镇政协" not in words(visit("part_timer").get("/"))
