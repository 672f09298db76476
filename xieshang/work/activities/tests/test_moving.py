"""An activity's course: planned, held, postponed, cancelled, void. What is to come counts nothing, and whoever was invited is told."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from xieshang.base import registry, todo
from xieshang.base.accounts.roles import Role
from xieshang.base.conftest import forgotten
from xieshang.base.errors import NotAllowed, Refused
from xieshang.base.ledger import posting, verify
from xieshang.base.notices.models import Notice
from xieshang.conftest import House
from xieshang.work.activities import actions, facts, rules
from xieshang.work.activities.models import Activity, Attendance

from .test_actions import everything, fields, figure, record, refused

SOON = date(2026, 7, 8)


def plan(house: House, on: date = SOON, invited: int = 4, **more: object) -> Activity:
    presence = {p.pk: "attended" for p in house.members[:invited]}
    by = house.user(Role.CLERK)
    return actions.plan(house.county, fields=fields(on=on, **more), presence=presence, by=by, now=house.now)


def told(house: House, role: Role = Role.MEMBER) -> list[str]:
    return list(Notice.objects.filter(user=house.user(role)).order_by("id").values_list("text", flat=True))


def test_what_is_planned_counts_nothing_and_is_offered_as_scheduled(house: House) -> None:
    activity = plan(house)

    assert (activity.state, posting.standing(activity.ref)) == ("planned", [])
    assert {one.presence for one in activity.attendances.all()} == {"invited"}
    offered = [row for one in registry.SCHEDULED for row in one(house.county, date(2026, 7, 1), date(2026, 7, 31))]
    kinds = [fact.kind for fact, ref, _title in offered if ref == activity.ref]
    assert (kinds.count("activities.held"), kinds.count("activities.attended")) == (1, 4)
    assert facts.scheduled(house.county, date(2026, 8, 1), date(2026, 8, 31)) == []


def test_what_was_planned_and_took_place_counts_with_all_who_were_invited(house: House) -> None:
    activity = plan(house, on=house.now.date())

    actions.hold(activity, fields={}, by=house.user(Role.CLERK), now=house.now, seen=1)

    assert [figure(house, f"activities.{code}") for code in ("held", "attended")] == [1, 4]
    assert facts.scheduled(house.county, date(2026, 1, 1), date(2026, 12, 31)) == []
    assert verify.verify().problems == []


def test_who_had_excused_himself_did_not_come(house: House) -> None:
    first, second = house.members[:2]
    by = house.user(Role.CLERK)
    activity = actions.plan(
        house.county, fields=fields(on=house.now.date()), presence={first.pk: "excused", second.pk: "attended"}, by=by, now=house.now
    )  # fmt: skip

    actions.hold(activity, fields={}, by=by, now=house.now, seen=1)

    assert [figure(house, f"activities.{code}") for code in ("invited", "attended", "excused")] == [2, 1, 1]


def test_what_is_planned_for_tomorrow_cannot_be_held_today(house: House) -> None:
    activity = plan(house)

    why = refused(
        "in_the_future",
        lambda: actions.hold(activity, fields={}, by=house.user(Role.CLERK), now=house.now, seen=1),
    )

    assert "拟开展" in why.do


def test_a_day_that_is_past_is_not_planned(house: House) -> None:
    refused("already_past", lambda: plan(house, on=house.now.date() - timedelta(days=1)))


def test_a_planned_activity_is_changed_without_a_reason(house: House) -> None:
    activity = plan(house)

    actions.correct(
        activity, fields={"place": "县医院"}, presence=None, by=house.user(Role.CLERK), now=house.now, seen=1
    )

    assert Activity.objects.get(pk=activity.pk).place == "县医院"


def test_a_cancelled_activity_that_had_counted_is_taken_back_with_its_reason_and_the_invited_are_told(
    house: House,
) -> None:
    activity = record(house, came=3)

    actions.cancel(activity, by=house.user(Role.CLERK), now=house.now, seen=1, reason="当天下大雨没有成行")

    assert [figure(house, f"activities.{code}") for code in ("held", "attended")] == [0, 0]
    assert told(house) == ["“视察镇中心小学”取消了：当天下大雨没有成行"]
    assert verify.verify().problems == []


def test_a_postponed_activity_keeps_its_first_day_and_may_have_none_yet(house: House) -> None:
    by = house.user(Role.CLERK)
    activity = plan(house, until=SOON + timedelta(days=1))

    later = actions.postpone(activity, to=date(2026, 7, 20), by=by, now=house.now, seen=1, reason="主讲人出差")
    open_ = actions.postpone(later, to=None, by=by, now=house.now, seen=2, reason="场地没有定")

    assert (later.on, later.until, later.first_on) == (date(2026, 7, 20), date(2026, 7, 21), SOON)
    assert (open_.undecided, open_.first_on) == (True, SOON)
    assert told(house) == [
        "“视察镇中心小学”延期（2026-07-20）：主讲人出差",
        "“视察镇中心小学”延期（日期待定）：场地没有定",
    ]
    assert facts.scheduled(house.county, date(2026, 7, 1), date(2026, 7, 31)) == []  # no day, no promise
    settled = actions.correct(
        open_, fields={"on": date(2026, 7, 28), "until": None}, presence=None, by=by, now=house.now, seen=3
    )
    assert (settled.state, settled.undecided) == ("postponed", False)


def test_postponing_and_cancelling_want_a_reason_and_a_day_to_come(house: House) -> None:
    by, activity = house.user(Role.CLERK), plan(house)

    refused("no_reason", lambda: actions.cancel(activity, by=by, now=house.now, seen=1, reason=""))
    refused(
        "already_past",
        lambda: actions.postpone(activity, to=date(2026, 6, 1), by=by, now=house.now, seen=1, reason="改期"),
    )


def test_what_was_planned_and_is_past_asks_whether_it_was_held(house: House) -> None:
    activity, user = plan(house), house.user(Role.CLERK)

    def asks(day: date) -> list[todo.Todo]:
        return [one for one in todo.waiting(user, house.county, day) if one.title.endswith("开展了吗？")]

    assert (asks(SOON), [one.url for one in asks(SOON + timedelta(days=1))]) == (
        [],
        [f"/activities/{activity.pk}/hold"],
    )
    assert [word for word, _url in asks(SOON + timedelta(days=1))[0].more] == ["延期", "取消"]
    actions.cancel(activity, by=user, now=house.now, seen=1, reason="不办了")
    assert asks(SOON + timedelta(days=1)) == []


VERBS = ("correct", "hold", "postpone", "open", "cancel", "void", "claim", "decline")


def step(house: House, activity: Activity, verb: str) -> Activity:
    common: dict[str, Any] = {
        "by": house.user(Role.CLERK),
        "now": house.now,
        "seen": activity.version,
        "reason": "有变化",
    }
    if verb in ("claim", "decline"):
        act = actions.claim if verb == "claim" else actions.decline
        return act(activity, house.township, **{**common, "by": house.user(Role.PARTTIMER)})
    if verb == "correct":
        return actions.correct(activity, fields={"place": activity.place + "东"}, presence=None, **common)
    if verb == "hold":
        return actions.hold(activity, fields={"on": house.now.date()}, **common)
    if verb in ("postpone", "open"):
        return actions.postpone(activity, to=SOON if verb == "postpone" else None, **common)
    return (actions.cancel if verb == "cancel" else actions.void)(activity, **common)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(starts_planned=st.booleans(), verbs=st.lists(st.sampled_from(VERBS), max_size=9))
def test_whatever_its_course_an_activity_counts_exactly_while_it_is_held(
    house: House, starts_planned: bool, verbs: list[str]
) -> None:
    """Any order of verbs: a refused one leaves no trace, a void one stays void, facts stand for what is held and claimed, and replay agrees."""
    with forgotten():
        make = actions.plan if starts_planned else actions.record
        activity = make(
            house.county, fields=fields(on=house.now.date()), presence={p.pk: "attended" for p in house.members[:3]}, by=house.user(Role.CLERK),
            now=house.now, parts=actions.Parts(units=[house.township.pk], co_organizers=[house.sectors[0].pk]),
        )  # fmt: skip
        claimed = False
        for verb in verbs:
            before, state = everything(), activity.state
            try:
                activity = step(house, activity, verb)
            except Refused:
                assert everything() == before
                activity = Activity.objects.get(pk=activity.pk)
                assert activity.state == state
            else:
                assert state != rules.VOID
                claimed = {"claim": True, "decline": False}.get(verb, claimed)
        standing = posting.standing(activity.ref)
        held = [fact.organization_id for fact in standing if fact.kind == "activities.held"]
        units = [house.county.pk, *([house.township.pk] if claimed else [])]
        assert sorted(held) == (sorted(units) if activity.state == rules.HELD else [])
        came = set(Attendance.objects.filter(activity=activity).values_list("presence", flat=True))
        assert came == {"invited"} or activity.state in (rules.HELD, rules.VOID)
        assert verify.verify().problems == []


def test_who_may_not_record_moves_nothing(house: House) -> None:
    activity = plan(house)
    for role in (Role.MEMBER, Role.LEADER, Role.PARTTIMER):
        with pytest.raises(NotAllowed):
            actions.cancel(activity, by=house.user(role), now=house.now, seen=1, reason="不办了")
