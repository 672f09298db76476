"""Drafts: one's own, as typed, in any room."""

from uuid import uuid4

import pytest

from xieshang.base.accounts.roles import Role
from xieshang.base.drafts import actions, queries
from xieshang.base.drafts.models import Draft
from xieshang.base.errors import NotAllowed, Refused

WHAT = {"verb": "activities.record", "key": "activities.new"}
pytestmark = pytest.mark.django_db


def test_a_draft_is_written_over_and_is_found_by_its_room_and_form(house):
    client_id, by = uuid4(), house.user(Role.CLERK)
    actions.save(house.county, client_id, {"title": "半"}, by=by, now=house.now, **WHAT)
    actions.save(house.county, client_id, {"title": "半截"}, by=by, now=house.now, **WHAT)
    actions.save(house.county, uuid4(), {}, verb="registers.record", key="registers.new.1", by=by, now=house.now)

    assert [str(one) for one in queries.listed(by, house.county, "activities")] == ["半截"]
    assert [str(one) for one in queries.of_form(by, "activities.new")] == ["半截"]


def test_a_draft_of_another_account_is_not_overwritten_nor_discarded(house):
    client_id = uuid4()
    actions.save(house.township, client_id, {"title": "他的"}, by=house.user(Role.PARTTIMER), now=house.now, **WHAT)

    with pytest.raises(Refused, match="另一个账号"):
        actions.save(house.county, client_id, {"title": "我的"}, by=house.user(Role.CLERK), now=house.now, **WHAT)
    actions.discard(client_id, by=house.user(Role.CLERK))
    actions.discard_form("activities.new", by=house.user(Role.CLERK))

    assert Draft.objects.get().typed == {"title": "他的"}


def test_who_may_not_do_it_has_nothing_to_draft(house):
    with pytest.raises(NotAllowed):
        actions.save(house.county, uuid4(), {}, by=house.user(Role.LEADER), now=house.now, **WHAT)


def test_more_than_a_form_holds_is_refused(house):
    typed = {"values": {"outcome": ["长" * actions.MOST_TYPED]}}

    with pytest.raises(Refused, match="太长"):
        actions.save(house.county, uuid4(), typed, by=house.user(Role.CLERK), now=house.now, **WHAT)
