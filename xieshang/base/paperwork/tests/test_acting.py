"""代办: staff does for a person what he may do; it is marked, he sees it, and he may put it right. Notices reach those without an account."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from xieshang.base.accounts.roles import Role
from xieshang.base.audit import telling
from xieshang.base.audit.models import Entry as Audit
from xieshang.base.errors import NotAllowed, Refused
from xieshang.base.ledger import verify
from xieshang.base.notices import actions as notices
from xieshang.base.notices import queries
from xieshang.base.notices.models import Notice
from xieshang.base.paperwork.actions import acting_for
from xieshang.base.paperwork.models import Acting
from xieshang.base.people import actions as people
from xieshang.conftest import House
from xieshang.work.activities import actions as activities
from xieshang.work.registers import actions as registers
from xieshang.work.registers.models import Entry

ASKED = {"how": "phone", "asked_on": date(2026, 6, 20)}
FORM = {"for-how": "phone", "for-asked_on": "2026-06-20"}


def browser(house: House, role: str) -> Client:
    client = Client()
    client.force_login(house.user(role))
    return client


def test_what_staff_does_for_a_person_is_marked_and_the_person_sees_it(house: House) -> None:
    person = house.members[0]
    page = browser(house, Role.CLERK).post(
        f"/people/{person.pk}/amend", {**FORM, "workplace": "县农业农村局", "phone": "13900001111"}
    )
    assert page.status_code == 302
    person.refresh_from_db()
    assert (person.workplace, person.phone) == ("县农业农村局", "13900001111")
    entry = Audit.objects.get(verb="people.amend")
    assert telling.told([entry], {}, lambda one: [])[0].changes == ["代办：代委员01办理，本人 2026-06-20 电话交代"]
    assert "13900001111" not in str(entry.detail)
    me = browser(house, Role.MEMBER).get("/me").content.decode()
    assert "更正个人信息" in me and "代办" in me and "办公室工作人员代办" in me


def test_the_person_himself_puts_it_right_without_saying_who_asked(house: House) -> None:
    person = house.members[0]
    answer = browser(house, Role.MEMBER).post(f"/people/{person.pk}/amend", {"workplace": "县林业局"})
    assert answer.status_code == 302
    person.refresh_from_db()
    assert person.workplace == "县林业局"
    assert "behalf" not in Audit.objects.get(verb="people.amend").detail and not Acting.objects.exists()


@pytest.mark.parametrize("role", [Role.MEMBER, Role.LEADER, Role.HANDLER, Role.SYS_ADMIN])
def test_only_staff_acts_for_others(house: House, role: Role) -> None:
    with pytest.raises(NotAllowed):
        people.amend(house.members[1], by=house.user(role), now=house.now, workplace="他处")
    with (
        pytest.raises(NotAllowed),
        acting_for(
            house.members[1], "people.amend", organization=house.county, by=house.user(role), now=house.now, **ASKED
        ),
    ):
        raise AssertionError


@pytest.mark.parametrize(
    ("changed", "code"), [({"how": ""}, "no_how"), ({"asked_on": date(2026, 7, 1)}, "in_the_future")]
)
def test_how_and_when_he_asked_must_be_said(house: House, changed: dict[str, Any], code: str) -> None:
    given = {**ASKED, **changed}
    with (
        pytest.raises(Refused) as refusal,
        acting_for(
            house.members[1],
            "people.amend",
            organization=house.county,
            by=house.user(Role.CLERK),
            now=house.now,
            **given,
        ),
    ):
        raise AssertionError
    assert refusal.value.code == code and not Acting.objects.exists()


def test_nothing_stays_of_what_failed_within(house: House) -> None:
    with (
        pytest.raises(ZeroDivisionError),
        acting_for(
            house.members[1],
            "people.amend",
            organization=house.county,
            by=house.user(Role.CLERK),
            now=house.now,
            **ASKED,
        ),
    ):
        people.amend(house.members[1], by=house.user(Role.CLERK), now=house.now, workplace="他处")
        raise ZeroDivisionError
    house.members[1].refresh_from_db()
    assert house.members[1].workplace == "" and not Acting.objects.exists()
    people.amend(house.members[0], by=house.user(Role.MEMBER), now=house.now, workplace="本处")
    assert "behalf" not in Audit.objects.latest("id").detail


def test_a_report_for_a_member_is_his_own_and_counts_when_confirmed(house: House) -> None:
    register = registers.take(house.county, "donations", by=house.user(Role.CLERK), now=house.now)
    made = registers.report_for(
        register, house.members[0], on="2026-05-06", title="资助学生", values={"purpose": "捐资助学", "money": "500"}, by=house.user(Role.CLERK), now=house.now,
        **ASKED,
    )  # fmt: skip
    assert (made.state, Acting.objects.get().record) == ("reported", made.ref)
    assert [one.person for one in made.persons.all()] == [house.members[0]]
    mine = browser(house, Role.MEMBER).get("/registers/reports").content.decode()
    assert "资助学生" in mine
    page = browser(house, Role.MEMBER).get(f"/registers/entries/{made.pk}").content.decode()
    assert "代办：代委员01办理" in page
    registers.send_back(made, reason="写明学校", by=house.user(Role.CLERK), now=house.now, seen=made.version)
    returned = Entry.objects.get(pk=made.pk)
    again = registers.resubmit(
        returned, on="2026-05-06", title="资助县一中学生", values={"purpose": "捐资助学", "money": "500"}, by=house.user(Role.MEMBER), now=house.now,
        seen=returned.version,
    )  # fmt: skip
    registers.confirm(again, by=house.user(Role.CLERK), now=house.now, seen=again.version)
    assert Entry.objects.get().title == "资助县一中学生"
    assert verify.verify().problems == []


def cancelled(house: House) -> None:
    """Three were invited: one with an account, two without; it is cancelled."""
    fields = {"title": "走访企业", "kind": "visit", "on": date(2026, 6, 20), "collective": True}
    presence = {person.pk: "attended" for person in house.members[:3]}
    held = activities.record(house.county, fields=fields, presence=presence, by=house.user(Role.CLERK), now=house.now)
    activities.cancel(held, by=house.user(Role.CLERK), now=house.now, seen=held.version, reason="登错了")


def test_people_without_an_account_are_told_by_telephone_with_one_tap(house: House) -> None:
    cancelled(house)
    clerk, client = house.user(Role.CLERK), browser(house, Role.CLERK)
    waiting = list(queries.undelivered(clerk, house.county, house.now))
    assert [(one.person, one.user) for one in waiting] == [(house.members[1], None), (house.members[2], None)]
    assert client.post(f"/notices/{waiting[0].pk}/telephoned").status_code == 302
    told = Notice.objects.get(pk=waiting[0].pk)
    assert (told.delivered_by, told.delivered_at) == (clerk, house.now)
    text = client.get("/notices/undelivered").content.decode()
    assert "委员03" in text and "办公室工作人员" in text and "电话通知" in text
    assert list(queries.undelivered(clerk, house.county, house.now)) == [waiting[1]]


def test_a_wrong_tap_is_taken_back_by_who_made_it(house: House) -> None:
    cancelled(house)
    one = queries.undelivered(house.user(Role.CLERK), house.county, house.now)[0]
    notices.telephoned(one, by=house.user(Role.CLERK), now=house.now)
    notices.not_telephoned(one, by=house.user(Role.HEAD), now=house.now)
    assert Notice.objects.get(pk=one.pk).delivered_at
    notices.not_telephoned(one, by=house.user(Role.CLERK), now=house.now)
    assert Notice.objects.get(pk=one.pk).delivered_at is None


def test_who_has_an_account_is_telephoned_after_some_days_unless_he_read_it(house: House) -> None:
    cancelled(house)
    clerk, later = house.user(Role.CLERK), house.now + timedelta(days=4)
    assert house.members[0] in [one.person for one in queries.undelivered(clerk, house.county, later)]
    notices.mark_read(house.user(Role.MEMBER), now=house.now)
    assert house.members[0] not in [one.person for one in queries.undelivered(clerk, house.county, later)]


def test_the_list_costs_the_same_with_three_and_with_thirty(house: House, django_assert_max_num_queries: Any) -> None:
    client = browser(house, Role.CLERK)
    for _n in range(6):
        cancelled(house)
    client.get("/notices/undelivered")
    with django_assert_max_num_queries(16):
        client.get("/notices/undelivered")
