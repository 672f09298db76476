"""Every register of the catalogue can be taken, filled and counted; its words do not collide."""

from datetime import date

import pytest

from xieshang.base import registry
from xieshang.base.errors import Refused
from xieshang.base.ledger import figures
from xieshang.base.ledger.verify import verify
from xieshang.work.registers import actions, catalogue, facts
from xieshang.work.registers.models import Register, RegisterVersion

YEAR = (date(2026, 1, 1), date(2026, 12, 31))


def enter(register, ready, *, by, now, **changed):
    given = {**ready.example, **changed}
    return actions.record(register, on=given.pop("on"), title=given.pop("title"), values=given, by=by, now=now)


@pytest.mark.parametrize("key", catalogue.READY)
def test_a_ready_register_is_taken_filled_with_its_example_and_counts(house, key):
    ready, clerk = catalogue.READY[key], house.user("clerk")
    register = actions.take(house.county, key, by=clerk, now=house.now)
    entry = enter(register, ready, by=clerk, now=house.now)

    known = figures.indicators(house.county)
    entries = register.entries_kind if ready.kind_prefix else f"registers.{key}.entries"
    assert figures.figure(figures.Query(known[entries], house.county.pk, *YEAR), known).value == 1
    assert [fact.record for fact in figures.rows(figures.Query(known[entries], house.county.pk, *YEAR), known)] == [
        entry.ref
    ]
    for indicator in facts.indicators(register):
        figures.figure(figures.Query(indicator, house.county.pk, *YEAR), known)
    assert verify().problems == []


def everything():
    """The indicators of all rooms and of a unit that has taken every register of the catalogue."""
    made = []
    for ready in catalogue.ALL:
        register = Register(
            code=ready.key,
            name=ready.name,
            unit=ready.unit,
            note=ready.note,
            kind_prefix=ready.kind_prefix or f"registers.{ready.key}",
            indicators=[one.plain() for one in ready.measures],
            inside=ready.inside,
            follow=ready.follow,
        )
        register.current = RegisterVersion(fields=[one.plain() for one in ready.fields], unit=ready.unit)
        made += facts.indicators(register)
    return list(
        {**{one.code: one for one in made}, **registry.INDICATORS}.values()
    )  # a room's own stand before a bridge's


def test_no_two_indicators_share_both_a_word_and_a_measure_word():
    seen, shared = {}, []
    for one in everything():
        for word in one.words:
            for measure in one.accepts:
                if other := seen.get((word, measure)):
                    shared.append((word, measure, other, one.code))
                seen[word, measure] = one.code
    assert [found for found in shared if not {found[2], found[3]} <= {"gifts.made", "gifts.amount"}] == []


def test_every_indicator_of_the_catalogue_has_a_note_words_and_its_own_code():
    made = [one for one in everything() if one.code not in registry.INDICATORS]
    assert len({one.code for one in made}) == len(made)
    assert [one.code for one in made if not (one.words and str(one.note) and one.name and one.unit)] == []


def test_no_word_is_kept_out_by_its_own_indicator():
    assert [
        (one.code, word, never) for one in everything() for word in one.words for never in one.never if never in word
    ] == []


def test_party_registers_stay_inside_the_unit():
    assert {ready.key for ready in catalogue.ALL if ready.inside} == {
        "branch_meetings",
        "branches",
        "admissions",
        "joint_matters",
        "talks",
    }


def test_a_ready_register_is_taken_once(house, now):
    actions.take(house.county, "media", by=None, now=now)
    with pytest.raises(Refused) as refused:
        actions.take(house.county, "media", by=None, now=now)
    assert refused.value.code == "taken"


def test_a_closed_ready_register_is_opened_again(house, now):
    register = actions.take(house.county, "media", by=None, now=now)
    actions.close(register, by=None, now=now)
    assert actions.take(house.county, "media", by=None, now=now).pk == register.pk
    assert Register.objects.get().open
