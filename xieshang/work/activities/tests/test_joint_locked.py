"""A joint activity is corrected by the unit that keeps it, also where another has locked the day: that one's figures stay until it agrees."""

from datetime import date

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from xieshang.base import todo
from xieshang.base.accounts import actions as accounts
from xieshang.base.accounts.roles import Role
from xieshang.base.conftest import forgotten
from xieshang.base.errors import Refused
from xieshang.base.ledger import figures, verify
from xieshang.base.ledger.models import PeriodLock
from xieshang.base.notices.models import Notice
from xieshang.base.orgs.models import Organization
from xieshang.conftest import House
from xieshang.work.activities import actions
from xieshang.work.activities.models import Activity, Share

from .test_actions import fields, refused


def asked(unit: Organization, code: str, *, children: bool = False, months: tuple[int, int] = (1, 12)) -> object:
    known = figures.indicators(unit)
    first, last = months
    end = date(2026, last, 31 if last in (1, 3, 5, 7, 8, 10, 12) else 30)
    query = figures.Query(known[f"activities.{code}"], unit.pk, date(2026, first, 1), end, children=children)
    return figures.figure(query, known).number


def rows(unit: Organization, code: str) -> int:
    known = figures.indicators(unit)
    query = figures.Query(known[f"activities.{code}"], unit.pk, date(2026, 1, 1), date(2026, 12, 31), children=True)
    return figures.rows(query, known).count()


@pytest.fixture
def shared(house: House) -> Activity:
    """Held by the county on 12 March jointly with the township, which claimed it and has locked the month since."""
    presence = {p.pk: "attended" for p in house.members[:5]}
    made = actions.record(
        house.county, fields=fields(), presence=presence, parts=actions.Parts(units=[house.township.pk]), by=house.user(Role.CLERK), now=house.now,
    )  # fmt: skip
    made = actions.claim(made, house.township, by=house.user(Role.PARTTIMER), now=house.now, seen=1)
    accounts.grant(house.user(Role.HEAD), Role.HEAD, house.township, by=None, now=house.now)
    PeriodLock.objects.create(
        organization=house.township, through=date(2026, 3, 31), grace_until=date(2026, 4, 30), locked_at=house.now
    )
    return made


def correct(house: House, activity: Activity, came: int | None = None, **changed: object) -> Activity:
    activity = Activity.objects.select_related("organization").get(pk=activity.pk)
    presence = None if came is None else {p.pk: "attended" for p in house.members[:came]}
    return actions.correct(
        activity, fields=changed, presence=presence, by=house.user(Role.CLERK), now=house.now, seen=activity.version, reason="核对后更正"
    )  # fmt: skip


def agree(house: House, activity: Activity, **more: object) -> Activity:
    given = {"by": house.user(Role.HEAD), "seen": activity.version, "reason": "情况属实", **more}
    return actions.agree(activity, house.township, now=house.now, **given)  # type: ignore[arg-type]


def test_the_units_own_figures_change_and_the_others_stay_until_it_agrees(house: House, shared: Activity) -> None:
    now = correct(house, shared, came=3, on=date(2026, 4, 2))

    assert [asked(house.county, "attended"), asked(house.township, "attended")] == [3, 5]
    assert [asked(unit, "held", months=(3, 3)) for unit in (house.county, house.township)] == [0, 1]
    assert Share.objects.get().waits and verify.verify().problems == []
    assert Notice.objects.filter(user=house.users[Role.PARTTIMER], text__contains="待本单位同意后更改").count() == 1
    waits = [one.title for one in todo.waiting(house.user(Role.PARTTIMER), house.township, house.now.date())]
    assert "联办的“视察镇中心小学”更正了，等本单位同意" in waits

    agree(house, now)
    assert [asked(house.county, "attended"), asked(house.township, "attended")] == [3, 3]
    assert [asked(unit, "held", months=(3, 3)) for unit in (house.county, house.township)] == [0, 0]
    assert not Share.objects.get().waits and verify.verify().problems == []


def test_meanwhile_the_sum_counts_the_happening_once_and_its_rows_add_up(house: House, shared: Activity) -> None:
    correct(house, shared, came=3, on=date(2026, 4, 2), kind="research")

    sums = [asked(house.county, code, children=True) for code in ("held", "attended", "participants", "research")]
    assert sums == [1, 3, 3, 1]
    assert [rows(house.county, code) for code in ("held", "attended", "inspection")] == [1, 3, 0]
    assert asked(house.township, "inspection", children=True) == 1  # its own sum is its own figure


@pytest.mark.parametrize("verb", ["cancel", "void", "postpone"])
def test_what_turns_out_not_to_have_been_stays_there_until_it_agrees(house: House, shared: Activity, verb: str) -> None:
    more = {"to": None} if verb == "postpone" else {}
    now = getattr(actions, verb)(shared, by=house.user(Role.CLERK), now=house.now, seen=2, reason="没有办", **more)

    assert [asked(house.county, "held"), asked(house.township, "held")] == [0, 1]
    assert verify.verify().problems == []
    agree(house, now)
    assert asked(house.township, "held") == 0 and verify.verify().problems == []


def test_a_correction_that_touches_no_figure_of_the_other_unit_asks_it_nothing(house: House, shared: Activity) -> None:
    correct(house, shared, outcome="提出建议 4 条")

    assert not Share.objects.get().waits


def test_put_back_as_it_was_nothing_waits(house: House, shared: Activity) -> None:
    now = correct(house, shared, came=3)
    assert Share.objects.get().waits
    correct(house, now, came=5)

    assert not Share.objects.get().waits and verify.verify().problems == []


def test_only_who_may_write_into_the_locked_period_agrees_and_says_why(house: House, shared: Activity) -> None:
    now = correct(house, shared, came=3)

    by = house.user(Role.PARTTIMER)
    refused("locked_period", lambda: actions.agree(now, house.township, by=by, now=house.now, seen=3, reason="好"))
    refused("no_reason", lambda: agree(house, now, reason=""))
    agree(house, now)
    refused("nothing_waits", lambda: agree(house, Activity.objects.get()))


def test_a_unit_that_has_locked_the_day_is_not_simply_taken_off(house: House, shared: Activity) -> None:
    with pytest.raises(Refused, match="先退回认领") as why:
        actions.correct(
            shared, fields={}, presence=None, parts=actions.Parts(), by=house.user(Role.CLERK), now=house.now, seen=2, reason="登错了"
        )  # fmt: skip
    assert (why.value.code, why.value.field) == ("joint_locked", "units")
    assert Share.objects.count() == 1


def test_both_pages_say_it_plainly(house: House, shared: Activity) -> None:
    correct(house, shared, came=3)
    clerk, town = Client(), Client()
    clerk.force_login(house.user(Role.CLERK))
    town.force_login(house.user(Role.PARTTIMER))
    town.get("/?org=qingshi")

    assert "青石镇已锁定，其数字待其同意后更改" in clerk.get(f"/activities/{shared.pk}").content.decode()
    page = town.get(f"/activities/{shared.pk}").content.decode()
    assert "本单位的数字还是更正以前的" in page and f"/activities/{shared.pk}/agree" in page
    answer = town.post(f"/activities/{shared.pk}/agree", {"seen": 3, "reason": "情况属实"})
    assert answer.status_code == 422 and "送办公室主任同意" in answer.content.decode()


STEP = st.sampled_from(["three", "five", "april", "march", "cancel", "agree", "lock", "unlock"])


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=10, deadline=None)
@given(st.lists(STEP, max_size=6))
def test_whatever_comes_after_whatever_the_ledger_says_what_the_record_says(
    house: House, shared: Activity, steps: list[str]
) -> None:
    with forgotten():
        for step in steps:
            now = Activity.objects.select_related("organization").get(pk=shared.pk)
            try:
                if step == "agree":
                    agree_once(house, now)
                elif step == "lock":
                    PeriodLock.objects.update(grace_until=date(2026, 4, 30))
                elif step == "unlock":
                    PeriodLock.objects.update(grace_until=date(2026, 12, 31))
                elif step == "cancel":
                    actions.cancel(now, by=house.user(Role.CLERK), now=house.now, seen=now.version, reason="没有办")
                else:
                    given = {
                        "three": {"came": 3},
                        "five": {"came": 5},
                        "april": {"on": date(2026, 4, 2)},
                        "march": {"on": date(2026, 3, 12)},
                    }
                    correct(house, now, **given[step])  # type: ignore[arg-type]
            except Refused:
                continue
        assert verify.verify().problems == []
        assert asked(house.county, "held", children=True) == asked(house.county, "held")


def agree_once(house: House, activity: Activity) -> None:
    actions.agree(activity, house.township, by=None, now=house.now, seen=activity.version, reason="情况属实")
