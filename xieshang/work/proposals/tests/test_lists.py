"""The list: late as the board has it, years, one's own hand, order, saved views, and one verb for many."""

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from django.test import Client

from xieshang.base.accounts.models import User
from xieshang.base.saved.models import View
from xieshang.work.proposals import actions, rules
from xieshang.work.proposals.actions import batches
from xieshang.work.proposals.models import Assignment, Batch, Proposal

from .test_walk import NOW, TEXT, Cast, again, assigned, filed, given, sent

Enter = Callable[[User], Client]


@pytest.fixture
def enter() -> Enter:
    def opened(user: User) -> Client:
        client = Client()
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return opened


def test_list_page_and_board_call_late_only_what_lies_with_the_unit(cast: Cast, enter: Enter) -> None:
    proposal = assigned(cast)
    Assignment.objects.update(due_on=NOW.date() - timedelta(days=3))
    clerk, page = enter(cast.clerk), f"/proposals/{proposal.pk}"
    assert proposal.title in clerk.get("/proposals/?late=on").content.decode()
    assert "超期 3 天" in clerk.get(page).content.decode()
    Assignment.objects.exclude(unit=cast.units["road"]).update(state=rules.OPINED)
    Assignment.objects.filter(unit=cast.units["road"]).update(state=rules.SENT)  # with the assigning office now
    assert proposal.title not in clerk.get("/proposals/?late=on").content.decode()
    assert "▲" not in clerk.get("/proposals/").content.decode()
    assert "超期" not in clerk.get(page).content.decode()
    assert given(proposal, cast.units["road"]).state == rules.SENT


def test_a_year_ones_own_hand_and_the_order(cast: Cast, enter: Enter) -> None:
    first = sent(cast, title="关于甲的提案")
    second = sent(cast, title="关于乙的提案")
    actions.review(first, actions.Opinion("file", "society", "government"), by=cast.clerk, now=NOW, seen=first.version)
    Proposal.objects.filter(pk=second.pk).update(submitted_on=NOW.date() - timedelta(days=400))
    clerk = enter(cast.clerk)

    def shown(query: str) -> list[bool]:
        page = clerk.get(f"/proposals/?{query}").content.decode()
        return [one.title in page for one in (first, second)]

    assert shown("when=y2026") == [True, False]
    assert shown(f"when=s{first.session_id}") == [True, True]
    assert shown("by_me=on") == [True, False]
    assert shown("when=nonsense&sort=nonsense") == [True, True]
    for sort in ("number", "-number", "title", "who", "state", "due", "-due"):
        page = clerk.get(f"/proposals/?sort={sort}")
        assert page.status_code == 200
        assert 'aria-sort="' in page.content.decode()
    down = clerk.get("/proposals/?sort=-title").content.decode()
    up = clerk.get("/proposals/?sort=title").content.decode()
    assert (up.index(first.title) < up.index(second.title)) != (down.index(first.title) < down.index(second.title))


def test_a_view_is_saved_renamed_made_the_default_and_dropped_by_its_owner_only(cast: Cast, enter: Enter) -> None:
    clerk, other = enter(cast.clerk), enter(cast.other_clerk)
    kept = {"page": "proposals", "name": "逾期的", "query": "late=on&q=&page=3"}
    assert clerk.post("/saved", kept)["Location"] == "/proposals/?late=on"
    view = View.objects.get()
    assert "逾期的" in clerk.get("/proposals/?plain=1").content.decode()
    assert "逾期的" not in other.get("/proposals/").content.decode()
    assert other.post(f"/saved/{view.pk}", {"do": "drop"}).status_code == 404
    clerk.post(f"/saved/{view.pk}", {"do": "rename", "name": "超期的"})
    clerk.post(f"/saved/{view.pk}", {"do": "default"})
    assert clerk.get("/proposals/")["Location"] == "/proposals/?late=on"
    assert clerk.get("/proposals/?plain=1").status_code == 200
    clerk.post(f"/saved/{view.pk}", {"do": "drop"})
    assert clerk.get("/proposals/").status_code == 200
    for wrong in ({"name": ""}, {"query": ""}, {"page": "nothing"}):
        assert clerk.post("/saved", kept | wrong).status_code == 422


def test_one_verb_for_many_says_which_failed_and_why(cast: Cast, enter: Enter) -> None:
    good, early = filed(cast), sent(cast, title="关于太早的提案")
    clerk = enter(cast.clerk)
    answer = clerk.post("/proposals/batches", {"verb": "hand_over", "chosen": [good.pk, early.pk]}, follow=True)
    page = answer.content.decode()
    assert again(good).state == rules.ASSIGNING
    assert again(early).state == rules.SUBMITTED
    assert "1 件没有办成" in page
    assert "关于太早的提案" in page
    one = Batch.objects.get()
    assert enter(cast.other_clerk).get(f"/proposals/batches/{one.pk}").status_code == 404
    assert enter(cast.first).post("/proposals/batches", {"verb": "export", "every": "1"}).status_code == 403
    assert clerk.post("/proposals/batches", {"verb": "hand_over"}).status_code == 422


def test_all_that_match_are_printed_and_exported(cast: Cast, enter: Enter) -> None:
    filed(cast)
    sent(cast, title="关于别的事的提案")
    clerk = enter(cast.clerk)
    clerk.post("/proposals/batches", {"verb": "forms", "every": "1", "query": "q=别的事"})
    made = Batch.objects.get()
    got = b"".join(clerk.get(f"/proposals/batches/{made.pk}/file").streaming_content)  # type: ignore[attr-defined]
    assert [name.endswith(".docx") for name in ZipFile(BytesIO(got)).namelist()] == [True]
    clerk.post("/proposals/batches", {"verb": "export", "every": "1"})
    made = Batch.objects.first()
    assert made
    assert made.total == 2
    assert b"".join(clerk.get(f"/proposals/batches/{made.pk}/file").streaming_content)[:2] == b"PK"  # type: ignore[attr-defined]


def test_long_ones_are_the_workers_and_go_on_where_they_stood(cast: Cast, enter: Enter, monkeypatch: Any) -> None:
    monkeypatch.setattr(batches, "AT_ONCE", 0)
    good = filed(cast)
    clerk = enter(cast.clerk)
    waiting = clerk.post("/proposals/batches", {"verb": "hand_over", "chosen": [good.pk]}, follow=True).content.decode()
    assert "每" in waiting or "看看好了没有" in waiting
    assert again(good).state == rules.FILED
    batches.run_waiting(NOW)
    assert again(good).state == rules.ASSIGNING
    batches.run_waiting(NOW)
    assert "1 件都办好了" in clerk.get(f"/proposals/batches/{Batch.objects.get().pk}").content.decode()


def test_the_list_asks_the_same_however_many_there_are(
    cast: Cast, enter: Enter, django_assert_max_num_queries: Any
) -> None:
    for n in range(6):
        made = actions.draft(
            cast.house.county, fields={**TEXT, "title": f"关于第{n}件事的提案"}, by=cast.first, now=NOW
        )
        actions.submit(made, by=cast.first, now=NOW)
    clerk = enter(cast.clerk)
    clerk.get("/proposals/?plain=1")
    with django_assert_max_num_queries(28):
        clerk.get("/proposals/?plain=2&sort=due")
