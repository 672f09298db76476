"""Sending twice is sending once; numbers under many hands; nobody reads or rates what is not his."""

from threading import Barrier, Thread
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client

from xieshang.base.audit.models import Entry
from xieshang.base.errors import Refused
from xieshang.base.orgs.models import System
from xieshang.conftest import House
from xieshang.work.proposals import actions, rules
from xieshang.work.proposals.actions import Opinion
from xieshang.work.proposals.models import Proposal, Rating

from .test_walk import NOW, TEXT, Cast, again, answer, assigned, filed, given

BACKEND = "django.contrib.auth.backends.ModelBackend"


def logged_in(user: Any) -> Client:
    client = Client()
    client.force_login(user, backend=BACKEND)
    return client


def test_the_form_sent_again_without_an_answer_is_the_same_sending(cast: Cast) -> None:
    client = logged_in(cast.first)
    typed = {**TEXT, "open_text": "on", "secrets_read": "on", "advised": "1", "submit": "1", "client_id": str(uuid4())}
    first, second = (client.post("/proposals/new", typed) for _n in range(2))
    assert (first.status_code, second.status_code, first.url) == (302, 302, second.url)  # type: ignore[attr-defined]
    one = Proposal.objects.get()
    assert (one.intake, one.version, one.texts.count()) == (1, 2, 1)


def test_the_button_pressed_twice_sends_once_and_what_was_done_since_is_no_sending(cast: Cast) -> None:
    made = actions.draft(cast.house.county, fields=TEXT, by=cast.first, now=NOW)
    sent = actions.submit(made, by=cast.first, now=NOW, seen=made.version)
    assert actions.submit(made, by=cast.first, now=NOW, seen=made.version).version == sent.version
    with pytest.raises(Refused):
        actions.submit(made, by=cast.clerk, now=NOW)  # another hand
    actions.review(sent, Opinion("file", "society", System.GOVERNMENT), by=cast.clerk, now=NOW, seen=sent.version)
    with pytest.raises(Refused):
        actions.submit(made, by=cast.first, now=NOW, seen=made.version)


def test_what_was_typed_between_two_sendings_of_a_draft_is_kept(cast: Cast) -> None:
    sent = {"client_id": uuid4(), "by": cast.first, "now": NOW}
    made = actions.draft(cast.house.county, fields=TEXT, **sent)
    later = actions.draft(cast.house.county, fields={**TEXT, "advice": "再修一座。"}, **sent)
    assert (later.pk, again(made).advice) == (made.pk, "再修一座。")


@pytest.mark.django_db(transaction=True)
@pytest.mark.postgres
def test_ten_hands_that_file_at_once_leave_no_number_out_and_give_none_twice(house: House) -> None:
    for n in range(20):
        made = actions.draft(
            house.county, fields={**TEXT, "title": f"提案{n}"}, first=house.members[0], by=None, now=NOW
        )
        actions.submit(made, by=None, now=NOW)
    Proposal.objects.update(state=rules.REVIEWED, category="society", system=System.GOVERNMENT)
    waiting, start = list(Proposal.objects.order_by("id")), Barrier(10)

    def work(mine: list[Proposal]) -> None:
        start.wait()
        for one in mine:
            actions.reviewing.file(one, on=NOW.date(), by=None, now=NOW)
        connection.close()

    threads = [Thread(target=work, args=(waiting[n::10],)) for n in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    numbers = Proposal.objects.values_list("number", flat=True)
    assert sorted(n or 0 for n in numbers) == list(range(1, 21))


PAGES = ("", "/edit", "/invite", "/review", "/assign", "/rate", "/rate_for", "/follow_up", "/survey.docx", "/form.docx")
DEEDS = ("/cosign", "/submit", "/take_back", "/discard", "/send_back", "/withdraw", "/hand_over", "/redo", "/close", "/track", "/archive", "/make_key")  # fmt: skip
OF_UNIT = ("", "/letter", "/letter.docx", "/order.docx", "/urge.docx")
UNIT_DEEDS = ("/sign", "/object_to", "/contact", "/ask_longer", "/opine", "/reply", "/approve", "/send", "/inside", "/original", "/uphold", "/dismiss", "/accept", "/reject")  # fmt: skip


def test_a_unit_does_not_find_what_another_was_given(cast: Cast) -> None:
    made = actions.hand_over(filed(cast), by=cast.clerk, now=NOW)
    made = actions.assign(made, [(cast.units["road"], rules.SOLE)], by=cast.office, now=NOW)
    one, client = made.assignments.get(), logged_in(cast.town)
    before = (again(made).version, again(one).version)
    for base, pages, deeds in ((f"/proposals/{made.pk}", PAGES, DEEDS), (one.get_absolute_url(), OF_UNIT, UNIT_DEEDS)):
        assert {path: code for path in pages if (code := client.get(base + path).status_code) != 404} == {}
        assert {path: code for path in deeds if (code := client.post(base + path).status_code) != 404} == {}
    assert made.title not in client.get("/proposals/").content.decode()
    assert made.title not in client.get("/proposals/board").content.decode()
    assert (again(made).version, again(one).version) == before
    assert made.title in logged_in(cast.road).get("/proposals/").content.decode()  # its own it finds


def test_a_units_hand_near_the_rating_is_refused_and_the_trail_says_so(cast: Cast) -> None:
    made = assigned(cast)
    for unit, by in (("town", cast.town), ("road", cast.road)):
        one = given(made, cast.units[unit])
        if unit == "town":
            one = actions.sign(one, by=by, now=NOW)
            actions.opine(one, "配合。", by=by, now=NOW, seen=one.version)
        else:
            answer(cast, one, by)
    client = logged_in(cast.road)
    rated = {"visited": "yes", "attitude": "satisfied", "aim": "to_point", "result": "agree"}
    assert client.get(f"/proposals/{made.pk}/rate").status_code == 403
    assert client.post(f"/proposals/{made.pk}/rate", rated).status_code == 403
    assert client.post(f"/proposals/{made.pk}/rate_for", rated).status_code == 403
    assert not Rating.objects.exists()
    assert Entry.objects.filter(verb="proposals.rate_refused", record=made.ref, actor_id=cast.road.pk).exists()
