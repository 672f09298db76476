"""Notices go to the accounts named, in the transaction of the write that sends them."""

from datetime import timedelta

import pytest
from django.db import transaction

from xieshang.base.notices import actions
from xieshang.base.notices.models import Notice
from xieshang.conftest import House


def test_a_notice_reaches_each_account_once_and_is_read_once(house: House) -> None:
    clerk, leader = house.user("clerk"), house.user("leader")
    actions.tell(
        [clerk, leader], "有一条活动已更正", organization=house.county, record="activities.activity:1", now=house.now
    )

    assert sorted(Notice.objects.values_list("user__username", "text", "record")) == [
        ("clerk", "有一条活动已更正", "activities.activity:1"), ("leader", "有一条活动已更正", "activities.activity:1"),
    ]  # fmt: skip
    assert [actions.mark_read(clerk, now=house.now), actions.mark_read(clerk, now=house.now)] == [1, 0]
    assert Notice.objects.filter(read_at=None).get().user == leader


def test_the_newest_stands_first(house: House) -> None:
    for n in range(3):
        actions.tell([house.user("clerk")], str(n), organization=house.county, now=house.now + timedelta(minutes=n))
    assert [notice.text for notice in Notice.objects.all()] == ["2", "1", "0"]


def test_a_long_text_is_cut_to_fit(house: House) -> None:
    actions.tell([house.user("clerk")], "长" * 500, organization=house.county, now=house.now)
    assert len(Notice.objects.get().text) == 200


def test_what_is_undone_tells_nobody(house: House) -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        actions.tell([house.user("clerk")], "不该有", organization=house.county, now=house.now)
        raise ZeroDivisionError
    assert not Notice.objects.exists()
