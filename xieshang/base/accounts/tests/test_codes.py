"""登录码 and 记住的手机: once, for some days, after few tries; and what matters asks again."""

from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from xieshang.base import clock
from xieshang.base.accounts import actions as accounts
from xieshang.base.accounts import again, rules
from xieshang.base.accounts.models import Device, LoginCode, User
from xieshang.base.accounts.roles import Role
from xieshang.base.audit.models import Entry
from xieshang.base.errors import NotAllowed, Refused
from xieshang.base.ledger import periods
from xieshang.base.notices.models import Notice
from xieshang.base.settings import parameters
from xieshang.conftest import House


def issue(house: House, now: datetime | None = None) -> str:
    user, by = house.user(Role.MEMBER), house.user(Role.CLERK)
    return accounts.issue_code(user, organization=house.county, by=by, now=now or house.now)[1]


def wrong(code: str) -> str:
    return f"{(int(code) + 1) % 10**rules.CODE_FIGURES:0{rules.CODE_FIGURES}}"


def enter(house: House, code: str, *, after: timedelta = timedelta(), who: str = "委员") -> User | None:
    return accounts.use_code(who, code, now=house.now + after)


def test_a_code_opens_the_account_once(house: House) -> None:
    code = issue(house)

    assert enter(house, code) == house.users[Role.MEMBER]
    assert enter(house, code) is None


@pytest.mark.parametrize("typed", ["{0} {1}", "{0}-{1}", " {0}{1} ", "{0}　{1}"])
def test_a_code_may_be_typed_as_it_is_printed(house: House, typed: str) -> None:
    code = issue(house)

    assert enter(house, typed.format(code[:4], code[4:]))


@pytest.mark.parametrize("who", ["委员", "member", "139 1234 5678", "13912345678"])
def test_one_is_known_by_name_log_in_name_or_telephone(house: House, who: str) -> None:
    person = house.members[0]
    person.phone = "13912345678"
    person.save()

    assert enter(house, issue(house), who=who)


@pytest.mark.parametrize("who", ["", "领导", "13900000000", "委员02"])
def test_another_name_does_not_open_it(house: House, who: str) -> None:
    assert enter(house, issue(house), who=who) is None


def test_two_of_one_name_each_have_their_own_code(house: House) -> None:
    other = accounts.make("member2", name="委员", password="x", organization=house.county, by=None, now=house.now)
    accounts.grant(other, Role.MEMBER, house.county, by=None, now=house.now)
    first = issue(house)
    second = accounts.issue_code(other, organization=house.county, by=house.user(Role.CLERK), now=house.now)[1]

    assert enter(house, second) == other
    assert enter(house, first) == house.users[Role.MEMBER]


def test_a_code_lasts_three_days_and_not_longer(house: House) -> None:
    code = issue(house)

    assert enter(house, code, after=timedelta(hours=72)) is None
    assert enter(house, code, after=timedelta(hours=71, minutes=59))


def test_how_long_and_how_often_are_rules_of_the_unit(house: House) -> None:
    by = house.user(Role.CLERK)
    for key, value in ((rules.CODE_HOURS, 2), (rules.CODE_TRIES, 1)):
        parameters.set_value(
            house.county, key, value, effective_from=house.now.date(), citation="", by=by, now=house.now
        )
    code = issue(house)
    late = enter(house, code, after=timedelta(hours=2))
    enter(house, wrong(code))

    assert late is None
    assert enter(house, code) is None


def test_five_wrong_tries_kill_a_code_and_its_giver_is_told(house: House) -> None:
    code = issue(house)
    for _try in range(5):
        assert enter(house, wrong(code)) is None

    assert enter(house, code) is None
    assert Entry.objects.filter(verb="accounts.code_dead").count() == 1
    assert "输错次数太多" in Notice.objects.get(user=house.users[Role.CLERK]).text


def test_what_does_not_look_like_a_code_costs_no_try(house: House) -> None:
    code = issue(house)
    for _try in range(9):
        enter(house, "my password")

    assert enter(house, code)


def test_a_new_code_ends_the_one_before(house: House) -> None:
    first, second = issue(house), issue(house)

    assert enter(house, first) is None
    assert enter(house, second)


def test_the_figures_stand_nowhere(house: House) -> None:
    code = issue(house)
    enter(house, wrong(code))
    kept = [
        *LoginCode.objects.values_list("digest", flat=True),
        *map(str, Entry.objects.values_list("detail", flat=True)),
    ]

    assert not [text for text in kept if code in text]


def test_giving_a_code_and_coming_in_by_it_stand_in_the_audit(house: House) -> None:
    issue(house)

    given = Entry.objects.get(verb="accounts.issue_code")
    assert (given.actor_id, given.record) == (
        house.users[Role.CLERK].pk,
        f"accounts.user:{house.users[Role.MEMBER].pk}",
    )


@pytest.mark.parametrize("role", [Role.CLERK, Role.LEADER, Role.SEC_ADMIN, Role.SYS_ADMIN, Role.PARTTIMER])
def test_the_office_gives_no_code_to_who_may_do_more_than_a_member(house: House, role: Role) -> None:
    with pytest.raises(NotAllowed):
        accounts.issue_code(house.user(role), organization=house.county, by=house.user(Role.CLERK), now=house.now)
    assert not LoginCode.objects.exists()


def test_the_office_gives_no_code_to_who_also_serves_elsewhere(house: House) -> None:
    accounts.grant(house.user(Role.MEMBER), Role.PARTTIMER, house.township, by=None, now=house.now)

    with pytest.raises(NotAllowed):
        issue(house)


@pytest.mark.parametrize("role", [role for role in Role if role not in (Role.CLERK, Role.HEAD, Role.SYS_ADMIN)])
def test_only_staff_give_codes_in_their_unit(house: House, role: Role) -> None:
    with pytest.raises(NotAllowed):
        accounts.issue_code(house.user(Role.MEMBER), organization=house.county, by=house.user(role), now=house.now)


def test_a_closed_account_is_given_no_code_and_its_code_ends(house: House) -> None:
    code = issue(house)
    accounts.close(
        house.user(Role.MEMBER), organization=house.county, reason="调离", by=house.user(Role.SYS_ADMIN), now=house.now
    )

    assert enter(house, code) is None
    with pytest.raises(Refused, match="已停用"):
        issue(house)


def test_a_new_password_ends_codes_and_remembered_telephones(house: House) -> None:
    code = issue(house)
    token = accounts.remember(house.user(Role.MEMBER), name="微信", organization=house.county, now=house.now)[1]
    accounts.set_password(
        house.user(Role.MEMBER),
        "staple horse battery",
        organization=house.county,
        by=house.user(Role.MEMBER),
        now=house.now,
    )

    assert enter(house, code) is None
    assert accounts.recognised(token, now=house.now) is None


# --- a remembered telephone --------------------------------------------------------------------------------------------------


def test_a_telephone_is_remembered_for_half_a_year(house: House) -> None:
    token = accounts.remember(house.user(Role.MEMBER), name="微信", organization=house.county, now=house.now)[1]

    assert accounts.recognised(token, now=house.now + timedelta(days=179)) == house.users[Role.MEMBER]
    assert accounts.recognised(token, now=house.now + timedelta(days=180)) is None
    assert accounts.recognised(token[:-1], now=house.now) is None
    assert not Device.objects.filter(digest=token).exists()


def test_a_telephone_that_is_removed_opens_nothing(house: House) -> None:
    user = house.user(Role.MEMBER)
    device, token = accounts.remember(user, name="微信", organization=house.county, now=house.now)
    accounts.forget(device, organization=house.county, by=house.user(Role.CLERK), now=house.now)
    still = accounts.recognised(token, now=house.now)
    accounts.forget(device, organization=house.county, by=user, now=house.now)

    assert still == user
    assert accounts.recognised(token, now=house.now) is None


def test_a_closed_account_is_opened_by_no_telephone(house: House) -> None:
    token = accounts.remember(house.user(Role.MEMBER), name="微信", organization=house.county, now=house.now)[1]
    User.objects.filter(pk=house.users[Role.MEMBER].pk).update(is_active=False)

    assert accounts.recognised(token, now=house.now) is None


@pytest.mark.parametrize("role", [Role.SYS_ADMIN, Role.SEC_ADMIN, Role.AUDIT_ADMIN])
def test_no_telephone_of_an_administrator_is_remembered(house: House, role: Role) -> None:
    with pytest.raises(Refused, match="管理员"):
        accounts.remember(house.user(role), name="微信", organization=house.county, now=house.now)


# --- asked again ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("minutes, asked", [(0, False), (15, False), (16, True), (-2, True), (None, True)])
def test_what_matters_asks_again_when_the_proof_is_old_or_there_is_none(
    house: House, minutes: int | None, asked: bool
) -> None:
    at = None if minutes is None else house.now - timedelta(minutes=minutes)

    def doing() -> None:
        day = house.now.date() - timedelta(days=90)
        periods.lock(house.county, day, by=house.user(Role.CLERK), now=house.now)

    with again.proved(at):
        if asked:
            with pytest.raises(again.ProveAgain):
                doing()
        else:
            doing()


def test_after_the_proof_it_goes_on(house: House) -> None:
    with again.proved(None):
        again.prove(house.now)
        periods.lock(house.county, house.now.date() - timedelta(days=90), by=house.user(Role.CLERK), now=house.now)


def test_where_there_is_no_screen_nothing_is_asked(house: House) -> None:
    periods.lock(house.county, house.now.date() - timedelta(days=90), by=house.user(Role.CLERK), now=house.now)


# --- whatever happens, in any order ------------------------------------------------------------------------------------------


class Codes(RuleBasedStateMachine):
    """A code opens iff it is the last one given, unused, young enough, and missed fewer times than the rule allows."""

    house: House

    @initialize()
    def begin(self) -> None:
        LoginCode.objects.all().delete()
        self.now = self.house.now
        self.codes: list[str] = []
        self.given_at, self.missed, self.used = self.now, 0, True

    @rule()
    def give(self) -> None:
        self.codes.append(issue(self.house, self.now))
        self.given_at, self.missed, self.used = self.now, 0, False

    @rule(hours=st.sampled_from([1, 24, 71, 72]))
    def wait(self, hours: int) -> None:
        self.now += timedelta(hours=hours)

    def alive(self) -> bool:
        return not self.used and self.missed < 5 and self.now < self.given_at + timedelta(hours=72)

    @precondition(lambda self: self.codes)
    @rule(times=st.integers(1, 5))
    def miss(self, times: int) -> None:
        for _try in range(times):
            self.missed += self.alive()
            assert accounts.use_code("委员", wrong(self.codes[-1]), now=self.now) is None

    @precondition(lambda self: self.codes)
    @rule()
    def use_the_last(self) -> None:
        wanted = self.alive()
        assert (accounts.use_code("委员", self.codes[-1], now=self.now) is not None) == wanted
        self.used = self.used or wanted

    @precondition(lambda self: len(self.codes) > 1 and self.codes[-1] != self.codes[-2])
    @rule()
    def use_the_one_before(self) -> None:
        self.missed += self.alive()
        assert accounts.use_code("委员", self.codes[-2], now=self.now) is None

    @invariant()
    def at_most_one_is_open(self) -> None:
        assert LoginCode.objects.filter(used_at=None, ended_at=None).count() <= 1


def test_a_code_opens_exactly_when_it_should(house: House) -> None:
    machine = type("Machine", (Codes,), {"house": house})
    with clock.at(house.now):
        run_state_machine_as_test(
            machine, settings=settings(max_examples=12, stateful_step_count=12, deadline=None, suppress_health_check=list(HealthCheck))
        )  # fmt: skip
