"""Who may do what: the whole table, verb by role, through the actions; the three administrators; other people's units."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from xieshang.base.accounts import actions as accounts
from xieshang.base.accounts import permissions
from xieshang.base.accounts.models import Grant, User
from xieshang.base.accounts.roles import ADMINISTRATORS, Role
from xieshang.base.audit.models import Entry
from xieshang.base.calendar import actions as calendar
from xieshang.base.errors import NotAllowed, Refused
from xieshang.base.ledger import periods
from xieshang.base.ledger.models import PostedFact
from xieshang.base.orgs import actions as orgs
from xieshang.base.orgs.models import BodyKind, Level
from xieshang.base.paperwork import actions as paperwork
from xieshang.base.people import actions as people
from xieshang.base.settings import parameters
from xieshang.conftest import House
from xieshang.work.activities import actions as activities

FIELDS = {"title": "走访", "kind": "visit", "on": date(2026, 3, 12)}


def activity(house: House) -> Any:
    return activities.record(house.county, fields=FIELDS, presence={}, by=None, now=house.now)


def doing(house: House) -> dict[str, Callable[[User], object]]:
    """Every verb that writes and has an action here: verb → do it in the county as somebody."""
    now, county = house.now, house.county
    return {
        "activities.record": lambda by: activities.record(county, fields=FIELDS, presence={}, by=by, now=now),
        "activities.correct": lambda by: activities.correct(activity(house), fields={}, presence=None, by=by, now=now, seen=1, reason="改"),
        "activities.void": lambda by: activities.void(activity(house), by=by, now=now, seen=1, reason="重了"),
        "people.edit": lambda by: people.add(county, name="新人", by=by, now=now),
        "people.seat": lambda by: people.seat(
            people.add(county, name="新委员", by=None, now=now), house.term, sector=None, started_on=date(2026, 1, 5), by=by, now=now
        ),
        "people.end": lambda by: people.end(house.members[0].seats.get(), on=date(2026, 5, 1), reason="调离", by=by, now=now),
        "people.join": lambda by: people.join(
            house.members[0], orgs.add_body(county, BodyKind.COMMITTEE, "提案委", by=None, now=now), started_on=date(2026, 1, 5), by=by, now=now
        ),
        "people.leave": lambda by: people.leave(
            people.join(house.members[0], orgs.add_body(county, BodyKind.COMMITTEE, "文史委", by=None, now=now), started_on=date(2026, 1, 5), by=None, now=now),
            on=date(2026, 5, 1), reason="换", by=by, now=now,
        ),
        "accounts.manage": lambda by: accounts.make("somebody", name="某人", password="correct horse battery", organization=county, by=by, now=now),
        "accounts.grant": lambda by: accounts.grant(
            accounts.make("other", name="某人", password="x", organization=county, by=None, now=now), Role.LEADER, county, by=by, now=now
        ),
        "accounts.hand_over": lambda by: accounts.hand_over(house.user(Role.CLERK), colleague(house), organization=county, last_day=None, by=by, now=now),
        "accounts.issue_code": lambda by: accounts.issue_code(house.user(Role.MEMBER), organization=county, by=by, now=now),
        "orgs.edit": lambda by: orgs.add_body(county, BodyKind.OFFICE, "委室", by=by, now=now),
        "calendar.edit": lambda by: calendar.set_day(county, date(2026, 7, 1), workday=False, name="放假", by=by, now=now),
        "settings.set": lambda by: parameters.set_value(county, "tests.permit", 3, effective_from=date(2026, 1, 1), citation="", by=by, now=now),
        "ledger.lock": lambda by: periods.lock(county, date(2025, 12, 31), by=by, now=now),
        "ledger.post_late": lambda by: late(house, by),
    }  # fmt: skip


def colleague(house: House) -> User:
    made = accounts.make("colleague", name="同事", password="x", organization=house.county, by=None, now=house.now)
    accounts.grant(made, Role.CLERK, house.county, by=None, now=house.now)
    return made


def late(house: House, by: User) -> object:
    """Somebody who may record, and maybe post late, records into a locked period; who may only consent consents to what the office typed."""
    periods.PeriodLock.objects.create(
        organization=house.county, through=date(2026, 3, 31), grace_until=date(2026, 4, 1), locked_at=house.now
    )
    if not permissions.may(by, "activities.record", house.county):
        permissions.require(by, "ledger.post_late", house.county)
        typed = {name: [str(value)] for name, value in {**FIELDS, "half_days": 1, "reason": "漏登了"}.items()}
        asked = paperwork.ask(
            house.county, "activities.record", title="走访", why="漏登了", values=typed, key="activities.new", by=house.user(Role.CLERK), now=house.now
        )  # fmt: skip
        return paperwork.approve(asked, by=by, now=house.now)
    return activities.record(house.county, fields=FIELDS, presence={}, reason="漏登了", by=by, now=house.now)


@pytest.fixture(autouse=True)
def one_parameter() -> Any:
    parameters.declare(parameters.Parameter("tests.permit", "试", 1))
    yield
    del parameters.PARAMETERS["tests.permit"]


VERBS = (
    "activities.record", "activities.correct", "activities.void", "people.edit", "people.seat", "people.end", "people.join", "people.leave",
    "accounts.manage", "accounts.grant", "accounts.issue_code", "accounts.hand_over", "orgs.edit", "calendar.edit", "settings.set", "ledger.lock", "ledger.post_late",
)  # fmt: skip
READS = {"see", "see_phone", "verify", "import", "export", "rebuild"}


@pytest.mark.parametrize("verb", VERBS)
def test_a_verb_is_done_by_the_roles_of_the_table_and_refused_to_all_others(house: House, verb: str) -> None:
    from xieshang.base.conftest import forgotten

    done = set()
    for role in Role:
        user = house.user(role)
        if role == Role.PARTTIMER:
            accounts.grant(user, role, house.county, by=None, now=house.now)
        with forgotten():
            before = (Entry.objects.count(), PostedFact.objects.count())
            try:
                doing(house)[verb](User.objects.get(pk=user.pk))
                done.add(str(role))
            except NotAllowed as refusal:
                assert refusal.status == 403 and refusal.why and refusal.do
                assert Entry.objects.filter(actor_id=user.pk, id__gt=before[0]).count() == 0
            except Refused as refusal:
                assert (verb, refusal.code) == ("ledger.post_late", "locked_period")

    assert done == permissions.TABLE[verb]


def test_every_verb_of_base_that_writes_is_walked_above() -> None:
    rooms = ("people", "accounts", "orgs", "calendar", "settings", "ledger", "audit")
    assert {v for v in permissions.TABLE if v.split(".")[0] in rooms and v.split(".")[1] not in READS} == {
        verb for verb in VERBS if not verb.startswith("activities.")
    }


def test_a_foreign_unit_is_refused_whatever_the_role(house: House) -> None:
    other = orgs.add(
        name="外县政协", short_name="外县", code="other", level=Level.COUNTY, parent=None, by=None, now=house.now
    )
    allowed = [
        (role, verb) for role in Role for verb in permissions.TABLE if permissions.may(house.user(role), verb, other)
    ]
    assert allowed == []
    with pytest.raises(NotAllowed):
        activities.record(other, fields=FIELDS, presence={}, by=house.user(Role.CLERK), now=house.now)
    assert other.pk not in permissions.units(house.user(Role.CLERK), "activities.see")


def test_a_role_in_the_unit_above_is_none_in_the_unit_below(house: House) -> None:
    assert [verb for verb in permissions.TABLE if permissions.may(house.user(Role.CLERK), verb, house.township)] == []


@pytest.mark.parametrize("first", ADMINISTRATORS)
@pytest.mark.parametrize("second", list(Role))
def test_an_administrator_holds_no_second_role_in_any_unit(house: House, first: Role, second: Role) -> None:
    user = house.user(first)
    if first == second:
        assert accounts.grant(user, second, house.county, by=None, now=house.now).ended_at is None
        return
    for unit in (house.county, house.township):
        with pytest.raises(Refused) as refusal:
            accounts.grant(user, second, unit, by=None, now=house.now)
        assert refusal.value.code == "separate_duties"


@pytest.mark.parametrize("daily", [role for role in Role if role not in ADMINISTRATORS])
@pytest.mark.parametrize("administrator", ADMINISTRATORS)
def test_who_does_daily_work_becomes_no_administrator_until_the_role_is_taken_back(
    house: House, daily: Role, administrator: Role
) -> None:
    user = house.user(daily)
    with pytest.raises(Refused) as refusal:
        accounts.grant(user, administrator, house.county, by=None, now=house.now)
    assert refusal.value.code == "separate_duties"
    for given in Grant.objects.filter(user=user).exclude(organization=house.county):
        Grant.objects.filter(pk=given.pk).update(ended_at=house.now)
    for given in Grant.objects.filter(user=user, ended_at=None):
        accounts.revoke(given, reason="转岗", by=house.user(Role.SEC_ADMIN), now=house.now)

    assert accounts.grant(user, administrator, house.county, by=None, now=house.now).role == administrator


def test_nobody_grants_to_himself(house: House) -> None:
    chief = house.user(Role.SEC_ADMIN)
    with pytest.raises(Refused) as refusal:
        accounts.grant(chief, Role.CLERK, house.county, by=chief, now=house.now)
    assert refusal.value.code == "yourself"


def test_the_administrator_of_accounts_gives_no_roles_and_the_one_of_roles_makes_no_accounts(house: House) -> None:
    with pytest.raises(NotAllowed):
        accounts.grant(house.user(Role.MEMBER), Role.LEADER, house.county, by=house.user(Role.SYS_ADMIN), now=house.now)
    with pytest.raises(NotAllowed):
        accounts.set_password(
            house.user(Role.MEMBER),
            "a new password",
            organization=house.county,
            by=house.user(Role.SEC_ADMIN),
            now=house.now,
        )


def test_a_role_taken_back_is_gone_and_taking_it_back_twice_is_once(house: House) -> None:
    given = Grant.objects.get(user=house.users[Role.LEADER])
    accounts.revoke(given, reason="离任", by=house.user(Role.SEC_ADMIN), now=house.now)
    accounts.revoke(given, reason="离任", by=house.user(Role.SEC_ADMIN), now=house.now)

    assert not permissions.may(house.user(Role.LEADER), "activities.see", house.county)
    assert Entry.objects.filter(verb="accounts.revoke").count() == 1


def test_a_grant_narrowed_to_one_body_holds_for_that_body_only(house: House) -> None:
    user = accounts.make(
        "narrow", name="经办人", password="correct horse battery", organization=house.county, by=None, now=house.now
    )
    accounts.grant(user, Role.CLERK, house.county, body=house.sectors[0], by=None, now=house.now)

    held = [
        permissions.may(user, "activities.record", house.county, body)
        for body in (None, house.sectors[0], house.sectors[1])
    ]

    assert held == [False, True, False]
    assert permissions.units(user, "activities.see") == set()


def test_a_grant_names_only_a_body_of_its_own_unit(house: House) -> None:
    with pytest.raises(Refused) as refusal:
        accounts.grant(house.user(Role.LEADER), Role.LEADER, house.county, body=house.group, by=None, now=house.now)
    assert refusal.value.code == "foreign_body"


def test_an_administrator_touches_no_account_that_serves_only_elsewhere(house: House) -> None:
    below = accounts.make(
        "below",
        name="乡镇系统管理员",
        password="correct horse battery",
        organization=house.township,
        by=None,
        now=house.now,
    )
    accounts.grant(below, Role.SYS_ADMIN, house.township, by=None, now=house.now)
    for touch in (
        lambda: accounts.set_password(
            house.user(Role.SEC_ADMIN), "mine from now on", organization=house.township, by=below, now=house.now
        ),
        lambda: accounts.close(
            house.user(Role.SEC_ADMIN), organization=house.township, reason="夺权", by=below, now=house.now
        ),
    ):
        with pytest.raises(NotAllowed):
            touch()
    accounts.set_password(
        below, "a new password", organization=house.county, by=house.user(Role.SYS_ADMIN), now=house.now
    )  # from above: yes
    assert User.objects.get(pk=below.pk).check_password("a new password")


def test_a_closed_account_may_nothing_and_its_holder_cannot_close_it_himself(house: House) -> None:
    admin, clerk = house.user(Role.SYS_ADMIN), house.user(Role.CLERK)
    with pytest.raises(Refused) as refusal:
        accounts.close(admin, organization=house.county, reason="走了", by=admin, now=house.now)
    accounts.close(clerk, organization=house.county, reason="走了", by=admin, now=house.now)

    assert refusal.value.code == "yourself"
    assert [verb for verb in permissions.TABLE if permissions.may(house.user(Role.CLERK), verb, house.county)] == []


def test_a_log_in_name_is_given_once(house: House) -> None:
    with pytest.raises(Refused) as refusal:
        accounts.make(
            Role.CLERK,
            name="又一个",
            password="x",
            organization=house.county,
            by=house.user(Role.SYS_ADMIN),
            now=house.now,
        )
    assert (refusal.value.code, refusal.value.field) == ("taken", "username")


def test_no_password_stands_in_the_audit(house: House) -> None:
    accounts.set_password(
        house.user(Role.CLERK),
        "a secret of mine",
        organization=house.county,
        by=house.user(Role.SYS_ADMIN),
        now=house.now,
    )
    assert not [e for e in Entry.objects.all() if "secret of mine" in str(e.detail) or "md5" in str(e.detail)]


def test_an_unknown_verb_is_our_fault(house: House) -> None:
    with pytest.raises(KeyError):
        permissions.may(house.user(Role.CLERK), "activities.fly", house.county)
