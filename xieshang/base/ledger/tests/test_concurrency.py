"""Several at once, on PostgreSQL: nothing is lost, nothing is doubled, nobody waits for ever.

SQLite lets one writer in at a time (`transaction_mode: IMMEDIATE`), and the tests' one lives in memory where threads share a cache.
"""

import time
from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import transaction

from xieshang.base.accounts import actions as accounts
from xieshang.base.accounts.models import Grant
from xieshang.base.accounts.roles import Role
from xieshang.base.audit import sealing, trail
from xieshang.base.audit.models import Entry, Seal
from xieshang.base.conftest import together
from xieshang.base.errors import Refused, Stale
from xieshang.base.ledger import figures, rollup, verify
from xieshang.base.ledger.models import PostedFact
from xieshang.conftest import House
from xieshang.work.activities import actions
from xieshang.work.activities.models import Activity

from .desk import fold_some

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
FIELDS: dict[str, Any] = {"title": "走访", "kind": "visit", "on": date(2026, 3, 12)}


def record(house: House, n: int = 0) -> Activity:
    presence = {person.pk: "attended" for person in house.members[:5]}
    fields = {**FIELDS, "on": date(2026, 3, 1) + timedelta(days=n)}
    return actions.record(house.county, fields=fields, presence=presence, by=house.user(Role.CLERK), now=house.now)


def held(house: House) -> list[Any]:
    known = figures.indicators(house.county)
    asked = [
        figures.Query(known[f"activities.{code}"], house.county.pk, date(2026, 1, 5), date(2026, 6, 30))
        for code in ("held", "attended", "participants")
    ]
    return [figure.number for figure in figures.figures(asked, known)]


def test_of_two_corrections_at_once_one_is_stale_and_no_word_is_lost(house: House) -> None:
    activity, clerk = record(house), house.user(Role.CLERK)

    def correct(title: str) -> Callable[[], Any]:
        given: dict[str, Any] = {"by": clerk, "now": house.now, "seen": 1, "reason": "改"}
        return lambda: actions.correct(
            activity, fields={"title": title, "on": date(2026, 4, len(title))}, presence=None, **given
        )

    outcomes = together(correct("甲"), correct("乙乙"))

    won, lost = sorted(outcomes, key=lambda one: isinstance(one, Exception))
    assert isinstance(won, Activity) and isinstance(lost, Stale)
    assert lost.theirs["title"] == won.title == Activity.objects.get().title
    assert Activity.objects.get().version == 2
    assert verify.verify().problems == []


def test_a_correction_and_a_void_at_once_leave_one_of_them(house: House) -> None:
    activity, clerk = record(house), house.user(Role.CLERK)
    given: dict[str, Any] = {"by": clerk, "now": house.now, "seen": 1, "reason": "改"}

    outcomes = together(
        lambda: actions.correct(activity, fields={"kind": "study"}, presence=None, **given),
        lambda: actions.void(activity, **given),
    )

    assert sorted(type(one).__name__ for one in outcomes) == ["Activity", "Stale"]
    assert verify.verify().problems == []


def test_many_recording_at_once_lose_nothing(house: House) -> None:
    outcomes = together(*[lambda n=n: [record(house, n * 3 + m).pk for m in range(3)] for n in range(6)])  # type: ignore[misc]

    assert len({pk for pks in outcomes for pk in pks}) == 18  # type: ignore[attr-defined]
    assert held(house) == [18, 90, 5]
    assert verify.verify().problems == []


def test_folding_while_others_post_loses_nothing_and_doubles_nothing(house: House) -> None:
    def fold() -> None:
        for _n in range(8):
            fold_some(7)

    def drop() -> None:
        for _n in range(3):
            rollup.drop()
            time.sleep(0.01)

    outcomes = together(*[lambda n=n: [record(house, n * 3 + m) for m in range(3)] for n in range(3)], fold, fold, drop)  # type: ignore[misc, list-item]

    assert [one for one in outcomes if isinstance(one, Exception)] == []
    assert held(house) == [9, 45, 5]
    rollup.fold_all()
    assert held(house) == [9, 45, 5]
    assert rollup.problems() == []
    assert rollup.watermark() == PostedFact.objects.latest("id").pk


def test_folding_waits_for_a_lower_id_that_is_still_on_its_way(house: House) -> None:
    """The classic hole: an early id committed late would lie below the watermark and be forgotten."""

    def slow() -> None:
        with transaction.atomic():
            record(house, 1)
            time.sleep(0.4)

    def quick() -> None:
        time.sleep(0.15)
        record(house, 2)
        rollup.fold_all()

    assert together(slow, quick) == [None, None]
    rollup.fold_all()
    assert held(house)[:2] == [2, 10]
    assert rollup.problems() == []


def test_a_figure_asked_while_the_job_folds_is_right_every_time(house: House) -> None:
    for n in range(6):
        record(house, n)
    right = held(house)

    def ask() -> Counter[str]:
        return Counter(str(held(house)) for _n in range(25))

    def fold() -> None:
        for _n in range(20):
            fold_some(5)
            time.sleep(0.002)

    assert together(ask, ask, fold)[:2] == [Counter({str(right): 25})] * 2


def test_sealing_while_others_write_leaves_no_entry_unsealed(house: House) -> None:
    def write(n: int) -> Callable[[], None]:
        def run() -> None:
            for m in range(6):
                with transaction.atomic():
                    trail.write(
                        "tests.write", by=None, now=house.now, organization=house.county, detail={"n": n, "m": m}
                    )
                    time.sleep(0.005 * (n % 3))

        return run

    def seal() -> None:
        for _n in range(12):
            sealing.seal(house.now)
            time.sleep(0.003)

    outcomes = together(*[write(n) for n in range(5)], seal, seal)

    assert outcomes == [None] * 7
    sealing.seal_all(house.now)
    sealed = [pk for seal in Seal.objects.all() for pk, _digest in seal.entries]
    assert sorted(sealed) == sorted(Entry.objects.values_list("pk", flat=True))
    assert verify.verify().problems == []


def test_verify_beside_clerks_at_work_gives_no_false_alarm(house: House) -> None:
    def work() -> None:
        for n in range(6):
            one = record(house, n)
            actions.correct(
                one,
                fields={"kind": "study"},
                presence=None,
                by=house.user(Role.CLERK),
                now=house.now,
                seen=1,
                reason="改",
            )

    def look() -> list[str]:
        return [problem for _n in range(6) for problem in verify.verify().problems]

    def job() -> None:
        for _n in range(6):
            sealing.seal_all(house.now)
            rollup.fold_all()

    assert together(work, look, job)[1] == []


def test_a_rebuild_beside_clerks_at_work_leaves_the_standing_facts_right(house: House) -> None:
    for n in range(4):
        record(house, n)
    PostedFact.objects.filter(kind="activities.attended").delete()

    def work() -> None:
        for n in range(4):
            record(house, 10 + n)

    outcomes = together(work, lambda: verify.rebuild(reason="补", now=house.now))

    assert not isinstance(outcomes[1], Exception)
    assert verify.verify().problems == []
    assert held(house)[:2] == [8, 40]


def test_a_rebuild_that_drops_the_rollup_and_the_folding_job_do_not_block_each_other(house: House) -> None:
    for n in range(4):
        record(house, n)
    rollup.fold_all()
    PostedFact.objects.filter(kind="activities.attended").delete()

    def fold() -> None:
        for n in range(10):
            record(house, 10 + n)
            rollup.fold_all()

    outcomes = together(fold, fold, lambda: verify.rebuild(reason="补", now=house.now))

    assert [one for one in outcomes if isinstance(one, Exception)] == []
    verify.rebuild(reason="再看一遍", now=house.now)
    assert verify.verify().problems == []
    rollup.fold_all()
    assert held(house)[:2] == [24, 120]


def test_of_two_grants_at_once_no_two_administrators_come_in_one_person(house: House) -> None:
    user = accounts.make(
        "new", name="新人", password="correct horse battery", organization=house.county, by=None, now=house.now
    )

    outcomes = together(
        *[
            lambda role=role: accounts.grant(user, role, house.county, by=None, now=house.now)
            for role in (Role.SYS_ADMIN, Role.SEC_ADMIN)
        ]
    )  # type: ignore[misc]

    assert sorted(type(one).__name__ for one in outcomes) == ["Grant", "Refused"]
    assert [one.code for one in outcomes if isinstance(one, Refused)] == ["separate_duties"]
    assert Grant.objects.filter(user=user, ended_at=None).count() == 1
