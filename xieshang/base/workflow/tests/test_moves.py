"""Moves that are refused leave no trace: stale, wrong state, no reason, days to come, locked periods."""

from datetime import date, timedelta
from typing import Any

import pytest

from xieshang.base.accounts.roles import Role
from xieshang.base.audit.models import Entry
from xieshang.base.errors import NotAllowed, Refused, Stale
from xieshang.base.ledger import periods
from xieshang.base.ledger.models import PeriodLock, PostedFact
from xieshang.base.notices.models import Notice
from xieshang.base.orgs import actions as orgs
from xieshang.base.people import actions as people
from xieshang.base.people.models import Seat
from xieshang.base.workflow import engine
from xieshang.conftest import House
from xieshang.work.activities import actions, rules
from xieshang.work.activities.models import Activity, Attendance

FIELDS: dict[str, Any] = {"title": "走访", "kind": "visit", "on": date(2026, 3, 12)}


@pytest.fixture
def held(house: House) -> Activity:
    presence = {house.members[0].pk: "attended"}
    return actions.record(house.county, fields=FIELDS, presence=presence, by=house.user(Role.CLERK), now=house.now)


def everything() -> tuple[Any, ...]:
    return tuple(
        list(model.objects.order_by("pk").values()) for model in (Activity, Attendance, PostedFact, Entry, Notice, Seat)
    )


def correct(house: House, activity: Activity, **more: Any) -> Activity:
    given = {
        "fields": {},
        "presence": None,
        "by": house.user(Role.CLERK),
        "now": house.now,
        "seen": 1,
        "reason": "登错了",
        **more,
    }
    return actions.correct(activity, **given)


def test_of_two_clerks_saving_one_record_the_second_sees_both_versions_and_nothing_is_overwritten(
    house: House, held: Activity
) -> None:
    correct(house, held, fields={"title": "走访敬老院"})
    before = everything()

    with pytest.raises(Stale) as stale:
        correct(house, held, fields={"title": "走访学校"})

    assert (stale.value.theirs["title"], stale.value.yours["title"]) == ("走访敬老院", "走访学校")
    assert (stale.value.status, stale.value.code, stale.value.when) == (409, "stale", "12:00")
    assert stale.value.who == str(house.users[Role.CLERK])
    assert everything() == before


def test_a_void_record_can_be_neither_corrected_nor_voided_again(house: House, held: Activity) -> None:
    actions.void(held, by=house.user(Role.CLERK), now=house.now, seen=1, reason="重复了")
    before = everything()

    for again in (
        lambda: correct(house, held, seen=2),
        lambda: actions.void(held, by=house.user(Role.CLERK), now=house.now, seen=2, reason="又"),
    ):
        with pytest.raises(Refused) as refusal:
            again()
        assert refusal.value.code == "wrong_state"
    assert everything() == before
    left = engine.possible(Activity.objects.get(pk=held.pk), house.user(Role.CLERK), rules.MOVES)
    assert set(left) == {"agree"}  # what another unit has locked waits for its consent, also when it is taken back


@pytest.mark.parametrize("reason", ["", "   ", "\n\t"])
def test_a_correction_without_a_reason_is_refused_and_leaves_no_trace(
    house: House, held: Activity, reason: str
) -> None:
    before = everything()
    with pytest.raises(Refused) as refusal:
        correct(house, held, reason=reason)
    assert (refusal.value.code, refusal.value.field) == ("no_reason", "reason")
    assert everything() == before


def test_a_reason_as_long_as_a_page_is_kept_whole(house: House, held: Activity) -> None:
    reason = "因为" * 900
    correct(house, held, reason=reason, fields={"on": date(2026, 3, 13)})

    entry = Entry.objects.get(verb="activities.correct")
    assert (entry.reason, entry.detail["reason"]) == (reason[:500], reason)
    assert PostedFact.objects.exclude(reverses=None).first().reason == reason[:500]  # type: ignore[union-attr]


def test_what_has_not_happened_yet_does_not_count(house: House) -> None:
    before = everything()
    with pytest.raises(Refused) as refusal:
        actions.record(
            house.county,
            fields={**FIELDS, "on": date(2026, 7, 1)},
            presence={},
            by=house.user(Role.CLERK),
            now=house.now,
        )
    assert (refusal.value.code, refusal.value.field) == ("in_the_future", "date")
    assert everything() == before

    assert actions.record(
        house.county, fields={**FIELDS, "on": date(2026, 6, 30)}, presence={}, by=house.user(Role.CLERK), now=house.now
    ).pk


def test_an_error_while_the_record_is_open_undoes_everything(house: House, held: Activity) -> None:
    before = everything()
    with (
        pytest.raises(ZeroDivisionError),
        engine.move(held, "void", rules.MOVES, by=None, now=house.now, reason="x") as step,
    ):
        step.tell([house.user(Role.CLERK)], "不该有的通知")
        raise ZeroDivisionError
    assert everything() == before


def test_who_may_not_is_refused_before_anything_is_looked_at(house: House, held: Activity) -> None:
    with pytest.raises(NotAllowed):
        correct(house, held, by=house.user(Role.LEADER), seen=99, reason="")


# --- locked periods ---------------------------------------------------------------------------------------------------------------


def lock(house: House, through: date = date(2026, 3, 31), grace: date = date(2026, 4, 10)) -> PeriodLock:
    return periods.lock(house.county, through, grace_until=grace, by=house.user(Role.CLERK), now=house.now)


def late(house: House, *, reason: str, role: Role = Role.HEAD, on: date = date(2026, 3, 12)) -> Activity:
    return actions.record(
        house.county, fields={**FIELDS, "on": on}, presence={}, by=house.user(role), now=house.now, reason=reason
    )


@pytest.fixture
def part_timer_here(house: House) -> House:
    """A part-timer of the county: may record, may not post late."""
    from xieshang.base.accounts import actions as accounts

    accounts.grant(house.user(Role.PARTTIMER), Role.PARTTIMER, house.county, by=None, now=house.now)
    return house


def test_into_a_locked_period_only_the_named_permission_posts_and_only_with_a_reason(part_timer_here: House) -> None:
    house = part_timer_here
    lock(house)
    before = everything()

    for given, code in (
        ({"reason": ""}, "no_reason"),
        ({"reason": " "}, "no_reason"),
        ({"reason": "漏登", "role": Role.PARTTIMER}, "locked_period"),
    ):
        with pytest.raises(Refused) as refusal:
            late(house, **given)  # type: ignore[arg-type]
        assert refusal.value.code == code
    assert everything() == before
    assert late(house, reason="漏登，主任同意").version == 1


def test_the_last_locked_day_is_locked_and_the_next_is_not(part_timer_here: House) -> None:
    lock(part_timer_here)
    with pytest.raises(Refused):
        late(part_timer_here, reason="漏登", role=Role.PARTTIMER, on=date(2026, 3, 31))
    assert late(part_timer_here, reason="", role=Role.PARTTIMER, on=date(2026, 4, 1)).pk


@pytest.mark.parametrize(("grace", "open_"), [(date(2026, 6, 30), True), (date(2026, 6, 29), False)])
def test_through_the_grace_day_late_entries_still_go_in(part_timer_here: House, grace: date, open_: bool) -> None:
    lock(part_timer_here, grace=grace)
    if open_:
        assert late(part_timer_here, reason="", role=Role.PARTTIMER).pk
    else:
        with pytest.raises(Refused):
            late(part_timer_here, reason="", role=Role.PARTTIMER)


@pytest.mark.parametrize("move", ["into", "out of", "void", "people"])
def test_a_correction_that_touches_a_locked_period_needs_a_reason_that_may_post_late(
    part_timer_here: House, move: str
) -> None:
    house = part_timer_here
    inside = late(house, reason="", role=Role.PARTTIMER)
    outside = late(house, reason="", role=Role.PARTTIMER, on=date(2026, 5, 6))
    lock(house)
    before = everything()
    given: dict[str, Any] = {"by": house.user(Role.PARTTIMER), "now": house.now, "seen": 1, "reason": "登错了"}

    with pytest.raises(Refused) as refusal:
        if move == "void":
            actions.void(inside, **given)
        elif move == "into":
            actions.correct(outside, fields={"on": date(2026, 3, 20)}, presence=None, **given)
        elif move == "out of":
            actions.correct(inside, fields={"on": date(2026, 5, 20)}, presence=None, **given)
        else:
            actions.correct(inside, fields={}, presence={house.members[0].pk: "attended"}, **given)

    assert refusal.value.code == "locked_period"
    assert everything() == before


def test_what_a_correction_does_not_count_is_free_in_a_locked_period(part_timer_here: House) -> None:
    inside = late(part_timer_here, reason="", role=Role.PARTTIMER)
    lock(part_timer_here)
    given: dict[str, Any] = {
        "by": part_timer_here.user(Role.PARTTIMER),
        "now": part_timer_here.now,
        "seen": 1,
        "reason": "错字",
    }
    assert actions.correct(inside, fields={"title": "走访敬老院"}, presence=None, **given).version == 2


def test_the_lock_of_one_unit_is_none_of_another(house: House) -> None:
    lock(house)
    fields = {**FIELDS, "organizer": house.group}
    assert actions.record(house.township, fields=fields, presence={}, by=house.user(Role.PARTTIMER), now=house.now).pk


def test_a_period_is_locked_once_and_only_when_it_is_over(house: House) -> None:
    lock(house)
    for through, code in (
        (date(2026, 3, 31), "taken"),
        (house.now.date(), "not_over"),
        (house.now.date() + timedelta(days=1), "not_over"),
    ):
        with pytest.raises(Refused) as refusal:
            lock(house, through)
        assert refusal.value.code == code


def test_the_grace_time_ends_on_the_eve_of_the_next_plenary(house: House) -> None:
    clerk, now = house.user(Role.CLERK), house.now
    assert periods.lock(house.county, date(2025, 6, 30), by=clerk, now=now).grace_until == date(
        2025, 9, 28
    )  # none is set: ninety days
    orgs.add_session(house.term, 5, date(2026, 2, 10), date(2026, 2, 13), by=clerk, now=now)
    assert periods.lock(house.county, date(2025, 12, 31), by=clerk, now=now).grace_until == date(2026, 2, 9)


def test_a_grace_day_before_the_period_ends_is_the_end_itself(house: House) -> None:
    assert lock(house, grace=date(2026, 1, 1)).grace_until == date(2026, 3, 31)


# --- seats and memberships ----------------------------------------------------------------------------------------------------------


def test_a_seat_is_taken_once_in_a_term_and_left_no_earlier_than_it_was_taken(house: House) -> None:
    seat, clerk = house.members[0].seats.get(), house.user(Role.CLERK)
    before = everything()
    for again, code in (
        (
            lambda: people.seat(
                house.members[0], house.term, sector=None, started_on=date(2026, 1, 1), by=clerk, now=house.now
            ),
            "taken",
        ),
        (lambda: people.end(seat, on=date(2021, 12, 31), reason="调离", by=clerk, now=house.now), "bad_order"),
        (lambda: people.end(seat, on=date(2026, 7, 1), reason="调离", by=clerk, now=house.now), "in_the_future"),
    ):
        with pytest.raises(Refused) as refusal:
            again()
        assert refusal.value.code == code
    assert everything() == before

    people.end(seat, on=date(2026, 6, 1), reason="调离", by=clerk, now=house.now)
    with pytest.raises(Refused) as refusal:
        people.end(seat, on=date(2026, 6, 2), reason="调离", by=clerk, now=house.now)
    assert refusal.value.code == "wrong_state"


def test_a_body_is_joined_once_at_a_time(house: House) -> None:
    by = house.user(Role.PARTTIMER)
    with pytest.raises(Refused) as refusal:
        people.join(house.members[0], house.group, started_on=date(2026, 1, 1), by=by, now=house.now)
    assert refusal.value.code == "taken"
    people.leave(house.members[0].memberships.get(), on=date(2026, 2, 1), reason="换组", by=by, now=house.now)
    assert people.join(house.members[0], house.group, started_on=date(2026, 3, 1), by=by, now=house.now).pk
