"""核对 that was asked for on the page: done once by the worker, which says how far it is and tells who asked."""

from datetime import timedelta
from typing import Any

import pytest

from xieshang.base.accounts.roles import Role
from xieshang.base.audit.models import Entry
from xieshang.base.errors import NotAllowed
from xieshang.base.ledger import checking, verify
from xieshang.base.ledger.models import Check, PostedFact
from xieshang.base.notices.models import Notice
from xieshang.conftest import House


def ask(house: House, role: str = Role.AUDIT_ADMIN) -> Check:
    return checking.ask(house.county, by=house.user(role), now=house.now)


def test_a_check_is_asked_for_once_and_its_result_is_kept_audited_and_told(house: House) -> None:
    assert ask(house) == ask(house)

    checking.check_waiting(house.now)

    done = Check.objects.get()
    assert (done.state, done.step, done.found, done.records > 0) == (Check.DONE, "trail", 0, True)
    assert Entry.objects.get(verb="ledger.verify").detail["problems"] == 0
    assert "全部一致" in Notice.objects.get(user=house.user(Role.AUDIT_ADMIN)).text
    assert ask(house) != done


def test_what_does_not_agree_is_named(house: House) -> None:
    PostedFact.objects.filter(kind="people.in_office").update(quantity=7)
    ask(house)

    checking.check_waiting(house.now)

    done = Check.objects.get()
    assert done.found == Entry.objects.get(verb="ledger.verify").detail["problems"] > 0
    assert any("people.in_office" in sentence for sentence in done.problems)
    assert f"有 {done.found} 处不符" in Notice.objects.get(user=house.user(Role.AUDIT_ADMIN)).text


def test_the_worker_says_how_far_it_is_while_it_checks(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[tuple[str, int]] = []
    real = verify.verify

    def watched(tell: verify.Tell) -> verify.Report:
        def and_look(step: str, records: int) -> None:
            tell(step, records)
            said.append(Check.objects.values_list("step", "records").get())

        return real(and_look)

    monkeypatch.setattr(verify, "verify", watched)
    ask(house)
    checking.check_waiting(house.now)

    assert list(dict.fromkeys(step for step, _n in said)) == ["replay", "compare", "trail"]
    assert said[-1][1] == Check.objects.get().records


def test_what_a_stopped_worker_left_is_checked_in_the_next_round(house: House) -> None:
    left = ask(house)
    Check.objects.filter(pk=left.pk).update(state=Check.WORKING)

    checking.check_waiting(house.now + timedelta(minutes=1))
    before = Check.objects.get().state
    checking.check_waiting(house.now + 2 * checking.STUCK)

    assert (before, Check.objects.get().state) == (Check.WORKING, Check.DONE)


def test_a_check_that_fails_says_so_and_the_round_goes_on(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_tell: Any) -> verify.Report:
        raise RuntimeError("no")

    monkeypatch.setattr(verify, "verify", broken)
    ask(house)
    checking.check_waiting(house.now)

    assert Check.objects.get().state == Check.FAILED
    assert not Entry.objects.filter(verb="ledger.verify").exists()


def test_who_may_not_check_cannot_ask(house: House) -> None:
    with pytest.raises(NotAllowed):
        ask(house, Role.MEMBER)
