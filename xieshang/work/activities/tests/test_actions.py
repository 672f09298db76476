"""Recording, correcting and voiding an activity: what is written, what is refused, and that a refusal leaves no trace."""

from datetime import date, timedelta
from uuid import uuid4

import pytest

from xieshang.base.accounts.roles import Role
from xieshang.base.audit.models import Entry
from xieshang.base.drafts.models import Draft
from xieshang.base.drafts.sent import Sent
from xieshang.base.errors import NotAllowed, Refused, Stale
from xieshang.base.files import storage
from xieshang.base.ledger import figures, verify
from xieshang.base.ledger.models import PeriodLock, PostedFact
from xieshang.conftest import House
from xieshang.work.activities import actions, queries
from xieshang.work.activities.models import Activity, Attendance


def fields(**more: object) -> dict[str, object]:
    return {
        "title": "视察镇中心小学",
        "kind": "inspection",
        "carriers": ["member_day"],
        "on": date(2026, 3, 12),
        "place": "镇中心小学",
        **more,
    }


def record(house: House, came: int = 10, **more: object) -> Activity:
    presence = {p.pk: "attended" for p in house.members[:came]}
    return actions.record(
        house.county, fields=fields(**more), presence=presence, by=house.user(Role.CLERK), now=house.now
    )


def figure(house: House, code: str) -> object:
    known = figures.indicators(house.county)
    return figures.figure(
        figures.Query(known[code], house.county.pk, date(2026, 1, 1), date(2026, 12, 31)), known
    ).number


def everything() -> tuple[int, ...]:
    return tuple(model.objects.count() for model in (Activity, Attendance, PostedFact, Entry))


def refused(code: str, call: object) -> Refused:
    """`call` is refused with `code` and nothing at all is written."""
    before = everything()
    with pytest.raises(Refused) as raised:
        call()  # type: ignore[operator]
    assert (raised.value.code, everything()) == (code, before)
    return raised.value


def test_a_recorded_activity_counts_its_people_and_itself(house: House) -> None:
    activity = record(house, came=10)

    assert (activity.state, activity.version, activity.created_by) == ("held", 1, house.user(Role.CLERK))
    assert [
        figure(house, f"activities.{code}") for code in ("held", "inspection", "member_day", "attended", "participants")
    ] == [1, 1, 1, 10, 10]


def test_a_correction_reverses_the_old_facts_and_posts_the_new_ones(house: House) -> None:
    activity = record(house, came=10)
    presence = {p.pk: "attended" for p in house.members[:7]}

    actions.correct(
        activity,
        fields=fields(collective=False),
        presence=presence,
        by=house.user(Role.CLERK),
        now=house.now,
        seen=1,
        reason="名单多登了三人",
    )

    assert [figure(house, f"activities.{code}") for code in ("collective", "attended", "held")] == [0, 7, 1]
    undone = PostedFact.objects.exclude(reverses=None)
    assert {(f.reason, f.version) for f in undone} == {("名单多登了三人", 2)}
    assert undone.filter(kind="activities.attended").count() == 3
    assert verify.verify().problems == []


def test_a_correction_without_a_reason_is_refused(house: House) -> None:
    activity = record(house)

    why = refused(
        "no_reason",
        lambda: actions.correct(
            activity, fields=fields(), presence=None, by=house.user(Role.CLERK), now=house.now, seen=1, reason=" "
        ),
    )

    assert why.field == "reason"


def test_a_voided_activity_counts_nowhere_and_stays(house: House) -> None:
    activity = record(house)

    actions.void(activity, by=house.user(Role.CLERK), now=house.now, seen=1, reason="登到了别的单位")

    assert Activity.objects.get(pk=activity.pk).state == "void"
    assert [figure(house, f"activities.{code}") for code in ("held", "attended")] == [0, 0]
    assert verify.verify().problems == []


def test_a_voided_activity_can_no_longer_be_corrected(house: House) -> None:
    activity = actions.void(record(house), by=house.user(Role.CLERK), now=house.now, seen=1, reason="登错")

    refused(
        "wrong_state",
        lambda: actions.correct(
            activity, fields=fields(), presence=None, by=house.user(Role.CLERK), now=house.now, seen=2, reason="再改"
        ),
    )


def test_of_two_clerks_correcting_at_once_the_second_sees_both_versions(house: House) -> None:
    activity = record(house)
    by = house.user(Role.CLERK)
    actions.correct(
        activity, fields={"place": "新校区"}, presence=None, by=by, now=house.now, seen=1, reason="地点不对"
    )

    with pytest.raises(Stale) as stale:
        actions.correct(
            activity, fields={"place": "老校区"}, presence=None, by=by, now=house.now, seen=1, reason="地点不对"
        )

    assert (stale.value.theirs["place"], stale.value.yours["place"]) == ("新校区", "老校区")
    assert (stale.value.who, stale.value.when) == (str(by), "12:00")  # as the office's clock says
    assert Activity.objects.get(pk=activity.pk).place == "新校区"


def test_the_same_client_id_twice_is_one_record(house: House) -> None:
    client_id, by = uuid4(), house.user(Role.CLERK)
    first = actions.record(house.county, fields=fields(), presence={}, by=by, now=house.now, client_id=client_id)
    before = everything()

    second = actions.record(house.county, fields=fields(), presence={}, by=by, now=house.now, client_id=client_id)

    assert (second.pk, everything()) == (first.pk, before)


def test_the_client_id_of_another_unit_answers_nothing(house: House) -> None:
    client_id = uuid4()
    actions.record(
        house.township, fields=fields(), presence={}, by=house.user(Role.PARTTIMER), now=house.now, client_id=client_id
    )

    refused(
        "id_taken",
        lambda: actions.record(
            house.county, fields=fields(), presence={}, by=house.user(Role.CLERK), now=house.now, client_id=client_id
        ),
    )


@pytest.mark.parametrize(
    "day, code",
    [
        (date(2026, 7, 1), "in_the_future"),  # tomorrow
        (date(2021, 12, 31), "outside_term"),  # the day before the term
        (date(2062, 3, 12), "outside_term"),  # 2026 mistyped
    ],
)
def test_a_day_that_cannot_be_is_refused(house: House, day: date, code: str) -> None:
    refused(code, lambda: record(house, on=day))


def test_a_township_lives_in_the_term_of_the_county(house: House) -> None:
    activity = actions.record(
        house.township, fields=fields(on=date(2022, 1, 1)), presence={}, by=house.user(Role.PARTTIMER), now=house.now
    )

    assert activity.on == date(2022, 1, 1)


def lock(house: House, through: date) -> None:
    PeriodLock.objects.create(
        organization=house.county,
        through=through,
        grace_until=house.now.date() - timedelta(days=1),
        locked_at=house.now,
    )


def test_a_locked_period_takes_a_late_activity_only_with_a_reason(house: House) -> None:
    lock(house, date(2026, 3, 31))
    by = house.user(Role.HEAD)

    assert refused("locked_period", lambda: record(house)).field == "date"
    refused("no_reason", lambda: actions.record(house.county, fields=fields(), presence={}, by=by, now=house.now))
    late = actions.record(
        house.county, fields=fields(), presence={}, by=by, now=house.now, reason="主任同意补登，会议记录在案"
    )

    assert late.version == 1


def test_somebody_without_the_role_records_nothing(house: House) -> None:
    for role in (Role.MEMBER, Role.LEADER, Role.AUDIT_ADMIN, Role.PARTTIMER):
        before = everything()
        with pytest.raises(NotAllowed):
            actions.record(house.county, fields=fields(), presence={}, by=house.user(role), now=house.now)
        assert everything() == before


def test_a_gift_in_an_activity_counts_once_as_a_gift(house: House) -> None:
    record(house, money=3000, goods_value=500, goods="棉被十床")

    assert [figure(house, f"gifts.{code}") for code in ("made", "amount", "money", "goods")] == [1, 3500, 3000, 500]


def test_an_upload_joins_the_record_it_was_sent_for(house: House) -> None:
    by = house.user(Role.CLERK)
    sent = actions.keep_upload(house.county, "方案.txt", "方案".encode(), by=by, now=house.now)

    activity = actions.record(house.county, fields=fields(), presence={}, by=by, now=house.now, uploads=[sent.pk])

    assert [a.name for a in storage.of(activity.ref)] == ["方案.txt"]


def test_nobody_can_take_the_upload_of_another_account(house: House) -> None:
    sent = actions.keep_upload(
        house.township, "方案.txt", "方案".encode(), by=house.user(Role.PARTTIMER), now=house.now
    )

    activity = actions.record(
        house.county, fields=fields(), presence={}, by=house.user(Role.CLERK), now=house.now, uploads=[sent.pk]
    )

    assert storage.of(activity.ref) == []


def test_an_attachment_is_taken_off_and_not_deleted(house: House) -> None:
    by = house.user(Role.CLERK)
    activity = actions.record(
        house.county, fields=fields(), presence={}, by=by, now=house.now, files=[("方案.txt", b"1"), ("签到.txt", b"2")]
    )
    first, second = storage.of(activity.ref)

    actions.correct(
        activity, fields={}, presence=None, by=by, now=house.now, seen=1, reason="传错了", dropped=[first.pk]
    )

    assert storage.of(activity.ref) == [second]
    assert type(first).objects.get(pk=first.pk).removed_at == house.now


def test_a_draft_ends_with_its_record_and_a_late_one_makes_no_ghost(house: House) -> None:
    by, client_id = house.user(Role.CLERK), uuid4()
    typed = {"title": "视察", "values": {"title": ["视察镇中心小学"], "on": ["2026-03-12"]}}
    sent = Sent(client_id, queries.NEW, typed)
    actions.keep_draft(house.county, sent, by=by, now=house.now)

    actions.record(house.county, fields=fields(), presence={}, by=by, now=house.now, client_id=client_id)
    late = actions.keep_draft(house.county, sent, by=by, now=house.now)

    assert (late, Draft.objects.count()) == (None, 0)


@pytest.mark.parametrize(
    "same, place, expected",
    [
        (8, "镇中心小学", True),  # more than half of the people, same place
        (5, "镇中心小学", False),  # half of ten is not more than half
        (8, "县医院", False),  # elsewhere
    ],
)
def test_the_same_day_place_and_people_look_like_one_happening(
    house: House, same: int, place: str, expected: bool
) -> None:
    record(house, came=10)
    persons = [p.pk for p in house.members[10 - same : 20 - same]]

    found = queries.twin(
        house.user(Role.CLERK), house.county, on=date(2026, 3, 12), title="看学校", place=place, persons=persons
    )

    assert (found is not None) == expected
