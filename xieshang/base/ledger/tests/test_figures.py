"""Every figure equals its rows, whatever was posted, asked, folded, dropped or taken back: facts of every shape, indicators of every kind."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xieshang.base.conftest import ROWS, forgotten
from xieshang.base.ledger import cells, figures, rollup
from xieshang.base.ledger.facts import joint
from xieshang.base.ledger.models import Rollup
from xieshang.base.orgs import actions as orgs
from xieshang.base.orgs.models import BodyKind
from xieshang.base.people import actions as people
from xieshang.conftest import House

from . import synthetic
from .desk import fold_some
from .synthetic import KNOWN, SHOWN


def every(ask: dict[str, Any], **more: Any) -> list[figures.Query]:
    return [figures.Query(one, **ask, **more) for one in SHOWN]


def values(queries: list[figures.Query]) -> dict[str, Any]:
    return {f.indicator.code: f.value for f in figures.figures(queries, KNOWN)}


def recounted(queries: list[figures.Query]) -> dict[str, Any]:
    return {q.indicator.code: synthetic.recount(q, KNOWN) for q in queries}


@pytest.fixture
def drawn(house: House) -> st.SearchStrategy[Any]:
    """(facts, places of those taken back, asks)."""
    return st.tuples(
        st.lists(synthetic.facts(house), min_size=1, max_size=25),
        st.sets(st.integers(0, 24), max_size=8),
        st.lists(synthetic.asks(house), min_size=1, max_size=4),
    )


@ROWS
@given(data=st.data())
def test_every_figure_equals_what_its_rows_recount_to(house: House, drawn: Any, data: st.DataObject) -> None:
    said, undone, asks = data.draw(drawn)
    with forgotten():
        synthetic.post(said, house.now, undone=undone)
        for ask in asks:
            assert values(every(ask)) == recounted(every(ask))


@ROWS
@given(data=st.data())
def test_the_number_of_facts_that_a_figure_names_is_the_number_that_its_drawer_lists(
    house: House, drawn: Any, data: st.DataObject
) -> None:
    said, undone, asks = data.draw(drawn)
    with forgotten():
        synthetic.post(said, house.now, undone=undone)
        for ask in asks:
            plain = [q for q in every(ask) if not q.indicator.part]
            assert [f.facts for f in figures.figures(plain, KNOWN)] == [figures.rows(q, KNOWN).count() for q in plain]


@ROWS
@given(data=st.data())
def test_the_last_day_of_a_figure_is_that_of_the_first_row_it_opens_to(
    house: House, drawn: Any, data: st.DataObject
) -> None:
    said, undone, asks = data.draw(drawn)
    with forgotten():
        synthetic.post(said, house.now, undone=undone)
        asked = [{name: ask[name] for name in ("organization", "start", "end", "body")} for ask in asks]
        queries = [query for ask in asked for query in every(ask)]
        first = [figures.detail(query, KNOWN).values_list("on", flat=True).first() for query in queries]
        assert figures.last_days(queries, KNOWN) == first


@ROWS
@given(data=st.data(), part=st.integers(1, 20))
def test_a_figure_is_the_same_before_folding_half_folded_folded_and_after_dropping_the_rollup(
    house: House, drawn: Any, data: st.DataObject, part: int
) -> None:
    said, undone, asks = data.draw(drawn)
    with forgotten():
        synthetic.post(said, house.now, undone=undone)
        queries = [query for ask in asks for query in every(ask)]

        def all_values() -> list[Any]:
            return [f.value for f in figures.figures(queries, KNOWN)]

        unfolded = all_values()
        rollup.fold_all()
        rollup.drop()
        fold_some(24 + part)  # the house has posted 24
        half = all_values()
        rollup.fold_all()
        folded = all_values()
        rollup.drop()
        assert (half, folded, all_values()) == (unfolded, unfolded, unfolded)


@settings(ROWS, max_examples=12)
@given(data=st.data(), hours=st.lists(st.integers(0, 30), min_size=2, max_size=4))
def test_as_known_at_a_past_moment_a_figure_is_what_it_was_then(
    house: House, drawn: Any, data: st.DataObject, hours: list[int]
) -> None:
    said, undone, asks = data.draw(drawn)
    ask = asks[0]
    with forgotten():
        moment, then = house.now, []
        for n, later in enumerate(hours):  # some facts at each moment, some of them taken back
            synthetic.post(said[n :: len(hours)], moment, undone=undone)
            then.append((moment, values(every(ask))))
            moment += timedelta(hours=later, minutes=1)
        rollup.fold_all()
        for moment, known in then:
            assert values(every(ask, as_of=moment)) == known == recounted(every(ask, as_of=moment))


@ROWS
@given(data=st.data())
def test_asked_together_or_alone_a_figure_is_the_same(house: House, drawn: Any, data: st.DataObject) -> None:
    said, undone, asks = data.draw(drawn)
    with forgotten():
        synthetic.post(said, house.now, undone=undone)
        queries = [query for ask in asks for query in every(ask)]
        assert [f.value for f in figures.figures(queries, KNOWN)] == [figures.figure(q, KNOWN).value for q in queries]


@ROWS
@given(data=st.data())
def test_a_rate_of_several_units_is_made_of_the_sums_of_its_parts_and_never_of_rates(
    house: House, drawn: Any, data: st.DataObject
) -> None:
    said, undone, asks = data.draw(drawn)
    with forgotten():
        synthetic.post(said, house.now, undone=undone)
        for query in (q for ask in asks for q in every(ask) if q.indicator.part):
            figure = figures.figure(query, KNOWN)
            part, whole = figure.parts
            assert [part.value, whole.value] == [f.value for f in figures.figures(figures.parted(query, KNOWN), KNOWN)]
            expected = part.value * (100 if query.indicator.how == "rate" else 1) / whole.value if whole.value else None
            assert figure.value == (expected if expected is None else expected.quantize(figures.CENT, "ROUND_HALF_UP"))


def test_what_is_inside_a_unit_is_not_seen_from_above_even_among_other_indicators(house: House) -> None:
    fact = synthetic.Fact("t.a", house.now.date(), carrier="x", organization=house.community.pk)
    synthetic.post([(1, fact)], house.now)
    ask = {"organization": house.county.pk, "start": fact.on, "end": fact.on, "children": True}

    assert {code: v for code, v in values(every(ask)).items() if code in ("t.a", "t.a_in", "t.rate", "t.rate_in")} == {
        "t.a": 1, "t.a_in": 0, "t.rate": 100, "t.rate_in": None,
    }  # fmt: skip


def test_a_jointly_held_happening_is_one_in_each_unit_and_one_in_the_sum(house: House) -> None:
    both = [
        synthetic.Fact(kind, house.now.date(), synthetic.Decimal(3), organization=unit.pk)
        for kind in ("t.a", "t.b")
        for unit in (house.county, house.township)
    ]
    synthetic.post([(1, fact) for fact in both], house.now)

    def asked(unit: int, **more: bool) -> tuple[Any, Any]:
        found = values(every({"organization": unit, "start": house.now.date(), "end": house.now.date(), **more}))
        return found["t.a"], found["t.b"]

    assert [asked(house.county.pk), asked(house.township.pk), asked(house.county.pk, children=True)] == [
        (1, 3),
        (1, 3),
        (1, 3),
    ]


def test_what_bodies_hold_jointly_is_one_in_each_of_them_and_one_in_the_unit_and_above_it(house: House) -> None:
    today = house.now.date()
    lead, helper = house.sectors[0].pk, house.sectors[1].pk
    held = [
        synthetic.Fact("t.a", today, body=lead, carrier="x"),
        synthetic.Fact("t.b", today, synthetic.Decimal(3), body=lead),
    ]
    said = [one for fact in held for one in (fact, joint(fact, helper))]
    synthetic.post([(1, replace(fact, organization=house.county.pk)) for fact in said], house.now)

    def asked(**more: Any) -> tuple[Any, ...]:
        found = values(every({"organization": house.county.pk, "start": today, "end": today, **more}))
        return found["t.a"], found["t.a_x"], found["t.b"]

    for fold in (False, True):
        if fold:
            rollup.fold_all()
        assert [asked(body=lead), asked(body=helper), asked(), asked(children=True)] == [(1, 1, 3)] * 4
        assert asked(body=house.sectors[2].pk) == (0, 0, 0)
    counted = figures.Query(KNOWN["t.a"], house.county.pk, today, today)
    together = [counted, replace(counted, children=True), replace(counted, body=helper), replace(counted, body=lead)]
    assert [figures.joint(one) for one in together] == [1, 1, 1, 0]


def test_members_of_a_body_count_while_they_belong_to_it_and_somebody_in_two_bodies_once_in_the_whole(
    house: House,
) -> None:
    league = orgs.add_body(house.county, BodyKind.PARTY, "民盟", by=None, now=house.now)
    guild = orgs.add_body(house.county, BodyKind.PARTY, "工商联", by=None, now=house.now)
    both, one, left = house.members[:3]
    today = house.now.date()
    for person, body in ((both, league), (both, guild), (one, league), (left, league)):
        people.join(person, body, started_on=date(2024, 1, 1), by=None, now=house.now)
    people.leave(left.memberships.get(body=league), on=today, reason="转出", by=None, now=house.now)
    days = [today - timedelta(days=1), today]
    came = [
        synthetic.Fact("t.a", day, person=p.pk, organization=house.county.pk) for p in (both, one, left) for day in days
    ]
    synthetic.post([(1, fact) for fact in came], house.now)

    def asked(**more: Any) -> tuple[Any, ...]:
        found = values(every({"organization": house.county.pk, "start": days[0], "end": today, **more}))
        return found["t.a"], found["t.who"]

    assert asked(members_of=league.pk) == (5, 3)
    assert asked(members_of=guild.pk) == (2, 1)
    assert asked() == asked(children=True) == (6, 3)
    assert asked(members_of=guild.pk, children=True) == (2, 1)


def test_a_person_who_holds_two_posts_in_a_body_counts_once_there(house: House) -> None:
    person = house.members[0]
    people.leave(person.memberships.get(), on=date(2026, 5, 1), reason="换届", by=None, now=house.now)
    people.join(person, house.group, started_on=date(2026, 1, 1), post="组长", by=None, now=house.now)
    came = synthetic.Fact("t.a", date(2026, 2, 2), person=person.pk, organization=house.county.pk)
    synthetic.post([(1, came)], house.now)
    query = figures.Query(KNOWN["t.a"], house.county.pk, came.on, came.on, members_of=house.group.pk)

    assert (figures.figure(query).value, figures.rows(query).count()) == (1, 1)


def test_a_happening_of_two_units_is_named_as_joint_where_they_are_summed(house: House) -> None:
    both = [synthetic.Fact("t.a", house.now.date(), organization=unit.pk) for unit in (house.county, house.township)]
    synthetic.post([(1, fact) for fact in both], house.now)
    query = figures.Query(KNOWN["t.a"], house.county.pk, house.now.date(), house.now.date())

    assert [figures.joint(query), figures.joint(replace(query, children=True))] == [0, 1]


def test_each_person_of_one_happening_counts_when_several_units_are_summed(house: House) -> None:
    came = [
        synthetic.Fact("t.a", house.now.date(), person=person.pk, organization=house.township.pk)
        for person in house.members[:3]
    ]
    synthetic.post([(1, fact) for fact in came], house.now)

    found = values(
        every({"organization": house.county.pk, "start": house.now.date(), "end": house.now.date(), "children": True})
    )
    assert (found["t.a"], found["t.who"]) == (3, 3)


def test_a_fact_without_a_person_is_nobody(house: House) -> None:
    synthetic.post([(1, synthetic.Fact("t.a", house.now.date(), organization=house.county.pk))], house.now)

    assert (
        values(every({"organization": house.county.pk, "start": house.now.date(), "end": house.now.date()}))["t.who"]
        == 0
    )


def test_figures_of_an_indicator_that_nobody_posts_are_zero_or_nothing(house: House) -> None:
    asked = every({"organization": house.community.pk, "start": house.now.date(), "end": house.now.date()})

    assert {replace(q).indicator.how: f.value for q, f in zip(asked, figures.figures(asked, KNOWN), strict=True)} == {
        "count": 0, "sum": 0, "people": 0, "stock": 0, "rate": None, "average": None,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("day", "last"),
    [
        ("2024-02-10", "2024-02-29"),
        ("2025-02-01", "2025-02-28"),
        ("2025-12-31", "2025-12-31"),
        ("2025-04-30", "2025-04-30"),
    ],
)
def test_a_month_ends_where_the_calendar_says(day: str, last: str) -> None:
    assert cells.month_end(cells.date.fromisoformat(day)) == cells.date.fromisoformat(last)


def test_the_rollup_holds_no_more_than_it_was_given(house: House) -> None:
    rollup.fold_all()
    once = list(Rollup.objects.order_by("id").values_list("kind", "quantity", "facts"))
    rollup.fold_all()
    assert list(Rollup.objects.order_by("id").values_list("kind", "quantity", "facts")) == once
