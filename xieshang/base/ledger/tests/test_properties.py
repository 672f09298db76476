"""What holds after every history of the desk: replay equals standing, the ledger only grows, every figure equals its rows."""

from collections import Counter
from datetime import date, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from xieshang.base import registry
from xieshang.base.audit import sealing
from xieshang.base.conftest import ROWS, forgotten
from xieshang.base.ledger import figures, posting, rollup, verify
from xieshang.base.ledger.models import PostedFact
from xieshang.conftest import House

from .desk import HISTORIES, Desk, ledger, unlike_their_originals
from .synthetic import recount

FEW = settings(ROWS, max_examples=10)


def replayed() -> Counter[Any]:
    """What all records say, as a multiset."""
    said: Counter[Any] = Counter()
    for kind in registry.KINDS.values():
        for pk, organization, facts in kind.replay(None):
            said.update((*posting.key(organization, fact), f"{kind.name}:{pk}") for fact in facts)
    return said


def standing() -> Counter[Any]:
    return Counter((*posting.posted_key(fact), fact.record) for fact in figures.standing())


@FEW
@given(history=HISTORIES)
def test_replaying_the_records_says_the_standing_facts_fact_for_fact(house: House, history: Any) -> None:
    with forgotten():
        Desk.after(house, history)
        assert replayed() == standing()
        assert verify.verify().problems == []


@FEW
@given(history=HISTORIES)
def test_what_is_in_the_ledger_never_changes_and_only_grows(house: House, history: Any) -> None:
    with forgotten():
        desk, seen = Desk(house, house.now), ledger()
        for step in history:
            desk.do(step)
            now = ledger()
            assert now[: len(seen)] == seen
            seen = now


@FEW
@given(history=HISTORIES)
def test_a_reversal_carries_the_day_and_every_dimension_of_its_original(house: House, history: Any) -> None:
    with forgotten():
        Desk.after(house, history)
        assert unlike_their_originals() == []


@FEW
@given(history=HISTORIES)
def test_a_record_that_says_the_same_again_posts_nothing(house: House, history: Any) -> None:
    with forgotten():
        desk = Desk.after(house, history)
        for record in desk.made:
            fresh = type(record).objects.get(pk=record.pk)
            fresh.version += 1  # as if saved once more
            assert posting.restate(fresh, now=desk.now, by=None) == []


DAYS = st.integers(0, 180).map(lambda n: date(2026, 1, 1) + timedelta(days=n))


@settings(ROWS, max_examples=6)
@given(
    history=HISTORIES,
    days=st.lists(DAYS, min_size=2, max_size=2),
    children=st.booleans(),
    narrow=st.sampled_from(["", "body", "group", "sector", "person"]),
)
def test_every_indicator_of_the_unit_equals_its_rows(
    house: House, history: Any, days: Any, children: bool, narrow: str
) -> None:
    with forgotten():
        desk = Desk.after(house, history)
        more = {
            "": {}, "body": {"body": house.sectors[0].pk}, "group": {"body": house.group.pk}, "sector": {"sector": house.sectors[0].pk},
            "person": {"person": house.members[0].pk},
        }[narrow]  # fmt: skip
        for unit in (house.county, house.township):
            known = figures.indicators(unit)
            for as_of in (None, house.now + timedelta(hours=2, minutes=30)):
                asked = [
                    figures.Query(one, unit.pk, min(days), max(days), children=children, as_of=as_of, **more)
                    for one in known.values()
                ]
                found = figures.figures(asked, known)
                assert {f.indicator.code: f.value for f in found} == {
                    q.indicator.code: recount(q, known) for q in asked
                }
        assert desk.now > house.now


@FEW
@given(history=HISTORIES)
def test_as_of_a_past_moment_every_indicator_is_what_it_was_then(house: House, history: Any) -> None:
    known = figures.indicators(house.county)

    def all_values(as_of: Any = None) -> list[Any]:
        asked = [
            figures.Query(one, house.county.pk, date(2026, 1, 1), date(2026, 12, 31), as_of=as_of)
            for one in known.values()
        ]
        return [f.value for f in figures.figures(asked, known)]

    with forgotten():
        desk, then = Desk(house, house.now), []
        for step in history:
            desk.do(step)
            then.append((desk.now, all_values()))
        rollup.fold_all()
        assert [all_values(as_of=moment) for moment, _ in then] == [values for _, values in then]


@FEW
@given(history=HISTORIES, sealed_at=st.integers(0, 8))
def test_every_write_stands_in_the_audit_and_the_seals_are_whole(house: House, history: Any, sealed_at: int) -> None:
    with forgotten():
        desk = Desk(house, house.now)
        for n, step in enumerate(history):
            if n == sealed_at:
                sealing.seal_all(desk.now)
            desk.do(step)
        sealing.seal_all(desk.now)
        assert verify.verify().problems == []
        assert sealing.seal(desk.now) == 0
        assert not PostedFact.objects.filter(entry=None).exists()
