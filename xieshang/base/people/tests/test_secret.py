"""A telephone number stands encrypted in the database, masked on the page, and nowhere in the audit."""

import pytest
from django.db import connection

from xieshang.base.audit.models import Entry
from xieshang.base.people import actions
from xieshang.base.people.models import Person
from xieshang.base.workflow.engine import snapshot
from xieshang.conftest import House

PHONE = "13812345678"


@pytest.fixture
def person(house: House) -> Person:
    return actions.add(house.county, name="刘敏", phone=PHONE, by=house.user("clerk"), now=house.now)


def stored() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT phone FROM people_person WHERE name = '刘敏'")
        return [row[0] for row in cursor.fetchall()]


def test_the_database_holds_no_number_and_the_program_reads_it(person: Person) -> None:
    assert len(stored()[0]) > 50 and PHONE not in stored()[0] and PHONE[3:] not in stored()[0]
    assert Person.objects.get(pk=person.pk).phone == PHONE
    assert Person.objects.values_list("phone", flat=True).get(pk=person.pk) == PHONE


def test_the_same_number_is_never_written_the_same(house: House, person: Person) -> None:
    actions.add(house.county, name="刘敏", phone=PHONE, by=None, now=house.now)
    assert len(set(stored())) == 2


def test_no_number_is_no_secret(house: House) -> None:
    actions.add(house.county, name="刘敏", by=None, now=house.now)
    assert stored() == [""]


def test_saving_again_does_not_encrypt_what_is_encrypted(person: Person) -> None:
    for _n in range(2):
        fresh = Person.objects.get(pk=person.pk)
        fresh.save()
    assert Person.objects.get(pk=person.pk).phone == PHONE


def test_the_audit_holds_no_number(person: Person) -> None:
    entry = Entry.objects.get(verb="people.add", record=f"people.person:{person.pk}")
    assert entry.detail == {"name": "刘敏"}
    assert [e for e in Entry.objects.all() if PHONE in str(e.detail) + e.reason] == []
    assert "phone" not in snapshot(person)


@pytest.mark.parametrize(("phone", "shown"), [(PHONE, "138****5678"), ("", ""), ("62345678", "****")])
def test_on_the_page_it_is_masked(phone: str, shown: str) -> None:
    assert Person(phone=phone).phone_masked == shown
