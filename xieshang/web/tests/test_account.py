"""我的账号: one's own telephone number, changed by oneself after proving again who one is."""

from xieshang.base.accounts.models import User
from xieshang.base.audit.models import Entry
from xieshang.base.notices.models import Notice
from xieshang.base.people.models import Person
from xieshang.conftest import House

from .conftest import PASSWORD, Visit, words

NEW = {"phone": "13900001234", "again": "13900001234"}


def number(house: House) -> str:
    return Person.objects.get(pk=house.members[0].pk).phone


def test_the_number_changes_after_the_password_and_one_is_told(house: House, visit: Visit) -> None:
    client = visit("member")

    asked = client.post("/account/", NEW)
    assert asked.status_code == 422 and 'name="prove_again"' in words(asked) and number(house) == ""
    wrong = client.post("/account/", {**NEW, "prove_again": "wrong"})
    assert wrong.status_code == 422 and number(house) == ""
    assert client.post("/account/", {**NEW, "prove_again": PASSWORD}).status_code == 302

    assert number(house) == "13900001234"
    page = words(client.get("/account/"))
    assert "139****1234" in page and "13900001234" not in page
    notice = Notice.objects.get(user=house.users["member"])
    assert "139****1234" in notice.text and "13900001234" not in notice.text
    entry = Entry.objects.get(verb="people.change_phone")
    assert "1390000" not in str(entry.detail) and entry.actor_id == house.users["member"].pk


def test_a_proof_of_a_moment_ago_is_asked_again(house: House, visit: Visit) -> None:
    client = visit("member")
    client.post("/account/again", {"prove_again": PASSWORD, "next": "/"})

    assert 'name="prove_again"' in words(client.post("/account/", NEW)) and number(house) == ""


def test_a_number_typed_twice_differently_or_too_short_is_not_taken(house: House, visit: Visit) -> None:
    client = visit("member")
    for typed, said in (
        ({**NEW, "again": "13900001235"}, "两次填的号码不一样"),
        ({"phone": "139", "again": "139"}, "手机号是 11 位数字"),
        ({}, "请填写新手机号"),
    ):
        answer = client.post("/account/", {**typed, "prove_again": PASSWORD})
        assert answer.status_code == 422 and said in words(answer)
    assert number(house) == ""


def test_the_same_number_again_is_said(house: House, visit: Visit) -> None:
    client = visit("member")
    client.post("/account/", {**NEW, "prove_again": PASSWORD})

    assert "这就是现在登记的号码" in words(client.post("/account/", {**NEW, "prove_again": PASSWORD}))
    assert Notice.objects.filter(user=house.users["member"]).count() == 1


def test_an_account_without_a_person_is_told_where_to_go(house: House, visit: Visit) -> None:
    client = visit("clerk")
    assert "没有对应的人员" in words(client.get("/account/"))
    assert client.post("/account/", {**NEW, "prove_again": PASSWORD}).status_code == 422
    assert User.objects.get(username="clerk").person is None


def test_it_is_in_the_menu_and_not_changed_by_the_way(house: House, visit: Visit) -> None:
    client = visit("member")
    assert 'href="/account/"' in words(client.get("/")) and 'href="/account/"' in words(client.get("/me"))
    client.post(f"/people/{house.members[0].pk}/amend", {"workplace": "县农业局", "phone": "13900009999"})

    assert (number(house), Person.objects.get(pk=house.members[0].pk).workplace) == ("", "县农业局")
