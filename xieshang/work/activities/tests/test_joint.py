"""Held jointly, taken part in, counted more than once, looked at twice: one happening is one, wherever it is asked."""

from datetime import date, timedelta

import pytest

from xieshang.base.accounts.roles import Role
from xieshang.base.audit.models import Entry
from xieshang.base.errors import NotAllowed
from xieshang.base.ledger import figures, verify
from xieshang.base.ledger.models import PeriodLock
from xieshang.base.orgs import actions as orgs
from xieshang.base.orgs.models import Body, BodyKind, Organization
from xieshang.base.people import actions as people
from xieshang.base.settings import parameters
from xieshang.conftest import House
from xieshang.work.activities import actions, queries
from xieshang.work.activities.models import Activity, Share

from .test_actions import fields, figure, record, refused


def held(house: House, parts: actions.Parts, came: int = 4, **more: object) -> Activity:
    presence = {p.pk: "attended" for p in house.members[:came]}
    by = house.user(Role.CLERK)
    return actions.record(house.county, fields=fields(**more), presence=presence, parts=parts, by=by, now=house.now)


def asked(unit: Organization, code: str, body: Body | None = None, *, children: bool = False) -> object:
    known = figures.indicators(unit)
    query = figures.Query(
        known[f"activities.{code}"], unit.pk, date(2026, 1, 1), date(2026, 12, 31), body=body.pk if body else None, children=children
    )  # fmt: skip
    return figures.figure(query, known).number


# --- bodies ---


def test_each_body_that_organises_counts_one_and_the_unit_counts_one(house: House) -> None:
    lead, first, second = house.sectors
    held(house, actions.Parts(co_organizers=[first.pk, second.pk]), organizer=lead)

    assert [asked(house.county, "held", body) for body in (lead, first, second, None)] == [1, 1, 1, 1]
    assert [asked(house.county, "attended", body) for body in (lead, first, None)] == [4, 4, 4]
    assert verify.verify().problems == []


def test_the_body_in_charge_is_not_its_own_helper(house: House) -> None:
    lead = house.sectors[0]

    why = refused("organizer_twice", lambda: held(house, actions.Parts(co_organizers=[lead.pk]), organizer=lead))

    assert why.field == "co_organizers"


def test_somebody_in_two_committees_counts_once_in_the_sum(house: House) -> None:
    both = [
        orgs.add_body(house.county, BodyKind.COMMITTEE, name, by=None, now=house.now) for name in ("提案委", "文史委")
    ]
    for body in both:
        people.join(house.members[0], body, started_on=date(2022, 2, 1), by=None, now=house.now)
        held(house, actions.Parts(), came=1, organizer=body, title=f"{body.name}的会")

    assert [asked(house.county, "participants", body) for body in (*both, None)] == [1, 1, 1]
    assert asked(house.county, "attended") == 2  # 人次


def test_a_person_comes_for_his_group_unless_another_is_named_and_counts_once(house: House) -> None:
    committee = orgs.add_body(house.county, BodyKind.COMMITTEE, "提案委", by=None, now=house.now)
    people.join(house.members[0], committee, started_on=date(2022, 2, 1), by=None, now=house.now)
    chosen = actions.Parts(capacities={house.members[0].pk: house.sectors[0].pk})

    usual, named = held(house, actions.Parts(), title="照常"), held(house, chosen, title="按界别")

    came = [one.attendances.get(person=house.members[0]).capacity for one in (usual, named)]
    assert came == [committee, house.sectors[0]]
    assert usual.attendances.get(person=house.members[1]).capacity == house.sectors[1]
    assert usual.attendances.get(person=house.members[0]).sector == house.sectors[0]


# --- taking part ---


def test_taking_part_counts_in_an_indicator_of_its_own(house: House) -> None:
    held(house, actions.Parts(), role="joined", guests=30)

    told = [figure(house, f"activities.{code}") for code in ("joined", "held", "collective", "inspection", "attended")]
    assert told == [1, 0, 0, 0, 4]
    assert verify.verify().problems == []


def test_a_place_may_count_taking_part_and_what_was_recorded_before_stays(house: House) -> None:
    before = held(house, actions.Parts(), role="joined")
    parameters.set_value(
        house.county, "activities.count_joined", "1", effective_from=date(2026, 1, 1), citation="主席会议 2026-06-20",
        by=house.user(Role.CLERK), now=house.now,
    )  # fmt: skip
    held(house, actions.Parts(), role="joined", title="另一次")

    told = [figure(house, f"activities.{code}") for code in ("joined", "held", "collective")]
    assert (told, before.joined_counts) == ([2, 1, 1], False)
    assert verify.verify().problems == []


# --- units ---


def claim(house: House, activity: Activity, **more: object) -> Activity:
    by = house.user(Role.PARTTIMER)
    return actions.claim(activity, house.township, by=by, now=house.now, seen=activity.version, **more)  # type: ignore[arg-type]


@pytest.fixture
def shared(house: House) -> Activity:
    """Held by the county jointly with the township; six members came, of whom the last is of the county alone."""
    person = people.add(house.county, name="县里的", order=90, by=None, now=house.now)
    people.seat(person, house.term, sector=house.sectors[0], started_on=date(2022, 1, 10), by=None, now=house.now)
    presence = {p.pk: "attended" for p in [*house.members[:5], person]}
    return actions.record(
        house.county, fields=fields(money=100), presence=presence, parts=actions.Parts(units=[house.township.pk]),
        by=house.user(Role.CLERK), now=house.now,
    )  # fmt: skip


def test_another_unit_counts_it_once_it_has_claimed_it_and_the_sum_counts_it_once(
    house: House, shared: Activity
) -> None:
    before = asked(house.township, "held")

    activity = claim(house, shared, body=house.group.pk)

    assert (before, asked(house.township, "held"), asked(house.county, "held")) == (0, 1, 1)
    assert asked(house.county, "held", children=True) == 1
    assert [asked(house.township, "attended"), asked(house.county, "attended")] == [5, 6]
    assert [asked(house.county, "attended", children=True), asked(house.township, "held", house.group)] == [6, 1]
    assert (activity.organization, Activity.objects.count()) == (house.county, 1)
    assert Entry.objects.filter(verb="activities.claim", organization=house.township, record="").count() == 1
    assert verify.verify().problems == []


def test_who_came_for_the_other_unit_follows_the_list(house: House, shared: Activity) -> None:
    activity = claim(house, shared)

    actions.correct(
        activity, fields={}, presence={house.members[0].pk: "attended"}, by=house.user(Role.CLERK), now=house.now, seen=2, reason="名单登多了"
    )  # fmt: skip

    assert asked(house.township, "attended") == 1
    assert verify.verify().problems == []


def test_a_unit_that_gives_its_claim_back_counts_it_no_more(house: House, shared: Activity) -> None:
    activity = claim(house, shared)

    actions.decline(
        activity, house.township, by=house.user(Role.PARTTIMER), now=house.now, seen=2, reason="那天只是列席"
    )

    assert (asked(house.township, "held"), Share.objects.get().reason) == (0, "那天只是列席")
    assert verify.verify().problems == []


def test_only_the_clerk_of_a_unit_that_is_named_claims(house: House, shared: Activity) -> None:
    with pytest.raises(NotAllowed):
        actions.claim(shared, house.township, by=house.user(Role.CLERK), now=house.now, seen=1)
    refused(
        "not_joint",
        lambda: actions.claim(shared, house.community, by=house.user(Role.PARTTIMER), now=house.now, seen=1),
    )
    claim(house, shared)
    refused(
        "claimed",
        lambda: actions.claim(shared, house.township, by=house.user(Role.PARTTIMER), now=house.now, seen=2),
    )


def test_the_lock_of_each_unit_holds(house: House, shared: Activity) -> None:
    PeriodLock.objects.create(
        organization=house.township, through=date(2026, 3, 31), grace_until=house.now.date() - timedelta(days=1), locked_at=house.now
    )  # fmt: skip

    refused("locked_period", lambda: claim(house, shared))

    assert asked(house.county, "held") == 1


def test_the_other_unit_finds_what_it_may_claim_and_sees_it_and_a_stranger_does_not(
    house: House, shared: Activity
) -> None:
    user = house.user(Role.PARTTIMER)

    assert [share.activity for share in queries.shares_to_claim(house.township)] == [shared]
    assert queries.one(user, shared.pk) == shared
    claim(house, shared)
    asked_for = queries.Narrowed(date(2026, 1, 1), date(2026, 12, 31))
    assert [list(queries.listed(user, unit, asked_for)) for unit in (house.township, house.community)] == [[shared], []]


# --- how often ---


def test_two_days_and_five_sites_are_one_activity_unless_somebody_says_why_not(house: House) -> None:
    sites = actions.Parts(sites=[(f"第{n}个点", "") for n in range(5)])

    held(house, sites, until=date(2026, 3, 13), half_days=4)
    assert figure(house, "activities.held") == 1
    why = refused("no_times_reason", lambda: held(house, sites, counted_times=5, title="另一次"))
    held(house, sites, counted_times=5, times_reason="分五个组同时调研，各出一份报告", title="另一次")

    assert [figure(house, f"activities.{code}") for code in ("held", "collective", "attended")] == [6, 6, 8]
    assert why.field == "times_reason"
    assert verify.verify().problems == []


def test_an_activity_that_is_not_over_is_not_held_yet(house: House) -> None:
    why = refused("in_the_future", lambda: held(house, actions.Parts(), until=house.now.date() + timedelta(days=1)))

    assert why.field == "until"


# --- the same happening twice ---


@pytest.mark.parametrize(
    "share, title, place, expected",
    [
        ("50", "看学校", "镇中心小学", True),
        ("90", "看学校", "镇中心小学", False),  # eight of ten is not more than nine tenths
        ("50", "视察镇中心小学的情况", "县医院", True),  # elsewhere, but almost the same name
        ("50", "走访企业", "县医院", False),
    ],
)
def test_when_two_look_the_same_is_a_rule_of_the_place(
    house: House, share: str, title: str, place: str, expected: bool
) -> None:
    parameters.set_value(
        house.county, "activities.twin_people", share, effective_from=date(2026, 1, 1), citation="办公室定", by=house.user(Role.CLERK), now=house.now
    )  # fmt: skip
    record(house, came=10)

    found = queries.twin(
        house.user(Role.CLERK), house.county, on=date(2026, 3, 12), title=title, place=place, persons=[p.pk for p in house.members[:8]]
    )  # fmt: skip

    assert (found is not None) == expected


def test_what_was_said_to_be_another_one_is_remembered_and_may_be_merged_later(house: House) -> None:
    first = record(house)
    by = house.user(Role.CLERK)
    second = actions.record(house.county, fields=fields(), presence={}, by=by, now=house.now, not_same=[first.pk])
    trail = list(Entry.objects.filter(record=second.ref))

    assert queries.said_apart(trail) == [first]
    merged = actions.merge(second, first, by=by, now=house.now, seen=1)
    assert (merged.state, figure(house, "activities.held")) == ("void", 1)
    assert Entry.objects.filter(record=second.ref).latest("id").reason == "与“视察镇中心小学”是同一次"
    assert verify.verify().problems == []


def test_leaders_are_found_by_name_and_count_nowhere(house: House) -> None:
    activity = held(house, actions.Parts(leaders=[("章国华", "县政协主席")]), officials=3)
    user, year = house.user(Role.CLERK), (date(2026, 1, 1), date(2026, 12, 31))

    assert list(queries.listed(user, house.county, queries.Narrowed(*year, words="章国华"))) == [activity]
    assert [figure(house, f"activities.{code}") for code in ("attended", "officials", "guests")] == [4, 3, 0]
