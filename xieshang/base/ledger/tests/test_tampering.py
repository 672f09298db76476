"""Whoever deletes, doubles or alters a fact or an audit entry is named; and rebuild makes the standing facts right again."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from xieshang.base import registry
from xieshang.base.accounts.roles import Role
from xieshang.base.audit import sealing, trail
from xieshang.base.audit.models import Entry, Seal, Sealed
from xieshang.base.calendar import actions as calendar
from xieshang.base.conftest import forgotten
from xieshang.base.ledger import figures, periods, rollup, verify
from xieshang.base.ledger.models import PostedFact, Rollup
from xieshang.base.people import actions as people
from xieshang.base.people.models import Membership, Seat
from xieshang.conftest import House
from xieshang.work.activities import actions as activities

from . import tampering
from .test_properties import replayed, standing

YEAR = (date(2026, 1, 1), date(2026, 12, 31))


@pytest.fixture
def kept(house: House, django_capture_on_commit_callbacks: Any) -> House:
    """A ledger with every kind of record and fact, corrections, an activity voided, a seat and a membership ended; folded and sealed."""
    came = {p.pk: how for p, how in zip(house.members, ["attended", "excused", "absent", "attended"], strict=False)}
    given = {"money": Decimal("100.50"), "goods_value": Decimal(20), "guests": 3, "organizer": house.sectors[0]}
    fields = {
        "title": "走访",
        "kind": "visit",
        "carriers": ["member_day", "into_village"],
        "on": date(2026, 3, 12),
        "half_days": 2,
        **given,
    }
    clerk, now = house.user(Role.CLERK), house.now
    first = activities.record(house.county, fields=fields, presence=came, by=clerk, now=now)
    activities.record(house.county, fields={**fields, "on": date(2026, 4, 2)}, presence=came, by=clerk, now=now)
    third = activities.record(house.county, fields={**fields, "on": date(2026, 5, 6)}, presence=came, by=clerk, now=now)
    activities.correct(
        first,
        fields={**fields, "on": date(2026, 3, 13), "kind": "study"},
        presence=None,
        by=clerk,
        now=now,
        seen=1,
        reason="日期登错了",
    )
    activities.void(third, by=clerk, now=now, seen=1, reason="没有办成")
    people.end(Seat.objects.earliest("id"), on=date(2026, 2, 1), reason="调离", by=clerk, now=now)
    part_timer = house.user(Role.PARTTIMER)
    people.leave(Membership.objects.earliest("id"), on=date(2026, 2, 3), reason="换组", by=part_timer, now=now)
    periods.lock(house.county, date(2025, 12, 31), by=clerk, now=now)
    calendar.set_day(house.county, date(2026, 7, 1), workday=False, name="放假", by=clerk, now=now)
    with django_capture_on_commit_callbacks(execute=True):
        sealing.seal_all(now)
    rollup.fold_all()
    assert verify.verify().problems == []
    return house


def mends(house: House) -> list[str]:
    """What rebuild leaves undone: nothing, when the damage was to facts."""
    verify.rebuild(reason="查出改动，照记录补", now=house.now + timedelta(days=1))
    left = [] if replayed() == standing() else ["the standing facts are not what the records say"]
    known = figures.indicators(house.county)
    facts = list(figures.standing())
    for unit in (house.county, house.township):
        asked = [figures.Query(one, unit.pk, *YEAR) for one in known.values()]
        left += [
            f"{f.indicator.code} is {f.value}"
            for f in figures.figures(asked, known)
            if f.value != by_hand(f.query, known, facts)
        ]
    left += verify.verify().problems
    if (again := verify.rebuild(reason="再来一次", now=house.now + timedelta(days=2))) != (0, 0):
        left.append(f"the second rebuild posted {again}")
    return left


def by_hand(query: figures.Query, known: dict[str, Any], facts: list[PostedFact]) -> Decimal | None:
    """What an indicator of the year is, counted in Python from all standing facts."""
    i = query.indicator
    if i.part:
        part, whole = (by_hand(one, known, facts) for one in figures.parted(query, known))
        return (part * 100 / whole).quantize(Decimal("0.01"), "ROUND_HALF_UP") if whole else None  # type: ignore[operator]
    since = figures.BEGINNING if i.how == "stock" else query.start
    kept = [
        f for f in facts if f.organization_id == query.organization and f.kind == i.kind and since <= f.on <= query.end
    ]
    kept = [f for f in kept if all(getattr(f, dimension) in codes for dimension, codes in i.where)]
    if i.how == "people":
        return Decimal(len({f.person_id for f in kept} - {None}))
    return Decimal(len(kept)) if i.how == "count" else sum((f.quantity for f in kept), Decimal(0))


def named_when(harm: Callable[[], None], *names: str) -> bool:
    """Does verify name one of these after the harm? What was done is rolled back."""
    with forgotten():
        harm()
        return any(name in problem for problem in verify.verify().problems for name in names)


def of_status(status: str) -> Any:
    """The facts that stand, that were taken back, or the reversals that took them back."""
    return {
        "standing": PostedFact.objects.filter(reverses=None, reversed_by=None),
        "taken back": PostedFact.objects.filter(reverses=None).exclude(reversed_by=None),
        "reversal": PostedFact.objects.exclude(reverses=None),
    }[status].order_by("-id")


def each(status: str) -> list[PostedFact]:
    """One fact of each kind of record and fact."""
    return list({(fact.record.partition(":")[0], fact.kind): fact for fact in of_status(status)}.values())


STATUSES = ("standing", "taken back", "reversal")


@pytest.mark.parametrize("status", STATUSES)
def test_a_deleted_fact_of_each_kind_is_named_and_made_up_for(kept: House, status: str) -> None:
    facts = each(status)
    assert len(facts) >= {"standing": 14, "taken back": 12, "reversal": 12}[status]

    assert [f for f in facts if not named_when(partial(tampering.delete, f), f.record, f"entry {f.entry_id} ")] == []
    for fact in facts:
        tampering.delete(fact)
    assert mends(kept) == []


@pytest.mark.parametrize("status", ["standing", "taken back"])
def test_a_doubled_fact_of_each_kind_is_named_and_taken_back(kept: House, status: str) -> None:
    facts = each(status)

    assert [f for f in facts if not named_when(partial(tampering.double, f), f.record)] == []
    for fact in facts:
        tampering.double(fact)
    assert mends(kept) == []


def test_a_reversal_cannot_be_doubled_at_all(kept: House) -> None:
    from django.db import IntegrityError

    with forgotten(), pytest.raises(IntegrityError), forgotten():
        tampering.double(each("reversal")[0])


def other_values(house: House, fact: PostedFact) -> dict[str, Any]:
    """Another value for each column of a fact."""
    other = PostedFact.objects.filter(reverses=None, reversed_by=None).exclude(record=fact.record).earliest("id")
    return {
        "organization": house.township.pk, "kind": "activities.imagined", "on": fact.on + timedelta(days=40), "posted_at": fact.posted_at - timedelta(days=9),
        "quantity": fact.quantity + 7, "measure": "场", "person": house.members[9].pk, "body": house.group.pk, "sector": house.sectors[2].pk,
        "carrier": "salon", "category": "other", "outlet": "paper", "record": other.record, "version": 9, "reverses": other.pk, "reason": "改的",
        "entry": other.entry_id,
    }  # fmt: skip


COLUMNS = [column.name for column in PostedFact._meta.concrete_fields if not column.primary_key]


@pytest.mark.parametrize("status", STATUSES)
def test_a_fact_altered_in_any_column_is_named_and_mended(kept: House, status: str) -> None:
    facts = [f for f in of_status(status) if f.kind in ("activities.attended", "activities.invited", "gifts.amount")]
    fact, others = facts[0], other_values(kept, facts[0])
    assert others.keys() == set(COLUMNS)

    names = (fact.record, f"entry {fact.entry_id} ")
    assert [
        column for column in COLUMNS if not named_when(partial(tampering.alter, fact, column, others[column]), *names)
    ] == []
    for n, column in enumerate(COLUMNS):  # each column of some fact, all at once
        one = facts[n % len(facts)]
        if (column, status) != ("reverses", "taken back"):  # a chain of reversals: see below
            tampering.alter(one, column, other_values(kept, one)[column])
    assert mends(kept) == []


def test_a_reversal_that_no_longer_says_what_it_reverses_is_named_and_mended(kept: House) -> None:
    for fact in each("reversal"):
        assert named_when(partial(tampering.alter, fact, "reverses", None), fact.record)
        tampering.alter(fact, "reverses", None)
    assert mends(kept) == []


def test_a_fact_under_an_id_of_the_tail_is_named_since_it_would_count_twice(kept: House) -> None:
    fact = each("standing")[0]
    with forgotten():
        tampering.alter(fact, "id", fact.pk + 100_000)
        assert [p for p in verify.verify().problems if f"rollup of {fact.kind}" in p] != []
        assert mends(kept) == []


def test_a_fact_that_reverses_a_reversal_stays_reported_since_no_fact_can_make_up_for_it(kept: House) -> None:
    fact, reversal = each("standing")[0], each("reversal")[0]
    with forgotten():
        tampering.alter(fact, "reverses", reversal.pk)
        verify.rebuild(reason="补", now=kept.now)
        assert replayed() == standing()
        assert any("do not cancel out" in problem for problem in verify.verify().problems)
        assert verify.rebuild(reason="补", now=kept.now) == (0, 0)


def test_a_rollup_altered_by_hand_is_named_and_dropped(kept: House) -> None:
    for harm in (
        lambda row: tampering.alter(row, "quantity", row.quantity + 1),
        lambda row: tampering.alter(row, "facts", row.facts + 1),
        lambda row: tampering.alter(row, "starts", row.starts - timedelta(days=31)),
        tampering.delete,
    ):
        for grain in "dmp":
            row = Rollup.objects.filter(grain=grain, kind="activities.attended", facts__gt=0).earliest("id")
            with forgotten():
                harm(row)
                assert any("rollup of activities.attended" in problem for problem in verify.verify().problems)
                assert mends(kept) == []


def test_damage_that_was_acknowledged_and_then_made_worse_is_open_again_until_the_next_rebuild(kept: House) -> None:
    fact = each("standing")[0]
    tampering.alter(fact, "reason", "改的")
    verify.rebuild(reason="看过了", now=kept.now)
    assert verify.verify().problems == []

    tampering.alter(fact, "reason", "又改了")
    assert any(f"entry {fact.entry_id}" in problem for problem in verify.verify().problems)
    verify.rebuild(reason="又看过了", now=kept.now)

    assert verify.verify().problems == []
    assert any(f"entry {fact.entry_id}" in text for text in verify.verify().acknowledged)


def test_an_empty_ledger_is_rebuilt_from_the_records_alone(kept: House) -> None:
    tampering.run("UPDATE ledger_fact SET reverses_id = NULL")
    tampering.run("DELETE FROM ledger_fact")
    rollup.drop()

    posted = verify.rebuild(reason="数据明细丢失，照记录重建", now=kept.now)

    assert posted == (0, sum(replayed().values()))
    assert verify.verify().problems == []
    assert verify.rebuild(reason="再来", now=kept.now) == (0, 0)


def test_a_record_altered_or_deleted_behind_the_ledger_is_named(kept: House) -> None:
    held = next(
        ref
        for ref in PostedFact.objects.filter(reverses=None, reversed_by=None, kind="activities.held").values_list(
            "record", flat=True
        )
    )
    pk = held.partition(":")[2]
    for sql in (
        "UPDATE activities_activity SET \"on\" = '2026-06-01' WHERE id = %s",
        "UPDATE activities_activity SET state = 'void' WHERE id = %s",
    ):
        with forgotten():
            tampering.run(sql, (pk,))
            assert any(held in problem for problem in verify.verify().problems)
            assert mends(kept) == []
    with forgotten():
        tampering.run("UPDATE activities_activity SET version = 1 WHERE id = %s", (pk,))
        tampering.run("UPDATE activities_activity SET version = 9 WHERE version = 1 AND id = %s", (pk,))
        assert any(p.startswith(f"{held} version 9 has no audit") for p in verify.verify().problems)


# --- the audit ------------------------------------------------------------------------------------------------------------------


def entries() -> Iterator[Entry]:
    """One entry of each verb."""
    yield from {entry.verb: entry for entry in Entry.objects.order_by("id")}.values()


def named(entry: Entry) -> tuple[str, ...]:
    """What a problem about this entry may say: its id, that it stands twice, or the record and version it stands for."""
    twice = f"({entry.verb} {entry.record}) stands twice"
    return (
        f"audit entry {entry.pk} ",
        f"audit entry {entry.pk})",
        twice,
        *([f"{entry.record} version {entry.version} has"] if entry.version else []),
    )


def seen(entry: Entry, harm: Callable[[], None]) -> bool:
    with forgotten():
        harm()
        return any(
            problem for problem in verify.verify().problems if any(name in problem + " " for name in named(entry))
        )


@pytest.mark.parametrize("sealed", [True, False], ids=["sealed", "before sealing"])
def test_an_audit_entry_of_each_verb_deleted_doubled_or_altered_is_named(kept: House, sealed: bool) -> None:
    if not sealed:
        unseal()
    found = list(entries())
    assert {e.verb.split(".")[0] for e in found} >= {"orgs", "people", "accounts", "activities", "ledger", "calendar"}

    unseen = {entry.verb for entry in found if not seen(entry, partial(tampering.delete, entry))}
    unseen_doubled = {entry.verb for entry in found if not seen(entry, partial(tampering.double, entry))}

    assert unseen_doubled == set()
    # What cannot be seen: before it is sealed, an entry that neither posted facts nor stands for a version of a record.
    without_trace = {entry.verb for entry in found if not entry.version and not entry.facts}
    assert unseen == (set() if sealed else without_trace)


ALTERED = {
    "uid": uuid4(), "at": datetime.fromisoformat("2020-01-01T00:00:00+08:00"), "actor": "别人", "actor_id": 4711, "verb": "accounts.other",
    "record": "activities.activity:4711", "version": 77, "reason": "改的理由", "detail": {"changed": {}, "改": 1}, "facts": 99, "facts_digest": "0" * 64,
    "digest": "f" * 64,
}  # fmt: skip


@pytest.mark.parametrize("sealed", [True, False], ids=["sealed", "before sealing"])
def test_an_audit_entry_altered_in_any_column_is_named(kept: House, sealed: bool) -> None:
    if not sealed:
        unseal()
    assert {c.name for c in Entry._meta.concrete_fields} - {"id", "organization"} == ALTERED.keys()
    altered = {**ALTERED, "organization": kept.community.pk}

    chosen = [e for e in entries() if e.verb in ("activities.correct", "accounts.grant", "ledger.lock")]
    unseen = {
        (e.verb, c)
        for e in chosen
        for c, value in altered.items()
        if not seen(e, partial(tampering.alter, e, c, value))
    }

    assert unseen == set()


def test_an_altered_entry_with_a_digest_made_to_fit_does_not_fit_its_seal(kept: House) -> None:
    entry = next(entries())
    entry.actor = "别人"
    tampering.alter(entry, "actor", "别人")
    tampering.alter(entry, "digest", trail.digest_of(entry))

    assert verify.verify().problems == [f"audit entry {entry.pk} does not match its seal"]


def test_an_entry_slipped_in_below_the_mark_is_named(kept: House) -> None:
    forged = trail.write("accounts.grant", by=None, now=kept.now, organization=kept.county)
    tampering.run("UPDATE audit_sealed SET entry = %s", (forged.pk,))

    assert f"audit entry {forged.pk} stands below the mark of the sealer and in no seal" in verify.verify().problems


@pytest.mark.parametrize("column", ["organization", "number", "sealed_at", "previous", "digest", "entries"])
def test_a_seal_altered_in_any_column_is_named(kept: House, column: str) -> None:
    seal = Seal.objects.filter(organization=kept.county).latest("number")
    value = {
        "organization": None,
        "number": 9,
        "sealed_at": kept.now - timedelta(days=1),
        "previous": "0" * 64,
        "digest": "0" * 64,
    }.get(column, [[1]] if column == "entries" else None)
    tampering.alter(seal, column, value)

    assert any("does not fit the chain" in problem for problem in verify.verify().problems)


def test_a_tail_cut_off_with_its_seals_and_its_mark_is_named_by_the_head_outside(
    kept: House, django_capture_on_commit_callbacks: Any
) -> None:
    calendar.set_day(kept.county, date(2026, 8, 3), workday=False, name="放假", by=kept.user(Role.CLERK), now=kept.now)
    with django_capture_on_commit_callbacks(execute=True):
        sealing.seal_all(kept.now)
    last, seal = Entry.objects.latest("id"), Seal.objects.latest("id")
    assert [line[0] for line in seal.entries] == [last.pk]

    tampering.delete(seal)
    tampering.delete(last)
    tampering.run(
        "UPDATE audit_sealed SET entry = %s", (max(pk for seal in Seal.objects.all() for pk, _digest in seal.entries),)
    )

    assert verify.verify().problems == [f"audit chain of unit {kept.county.pk} lost the head put outside on 2026-06-30"]


def test_a_tail_cut_off_that_leaves_the_mark_is_named_without_any_head(kept: House) -> None:
    for path in sealing.heads_folder().iterdir():
        path.unlink()
    last = Entry.objects.latest("id")
    seal = next(seal for seal in Seal.objects.all() if last.pk in [pk for pk, _digest in seal.entries])
    with forgotten():
        tampering.delete(seal)
        for pk, _digest in seal.entries:
            tampering.run("DELETE FROM audit_entry WHERE id = %s", (pk,))
        assert any("the mark of the sealer" in problem for problem in verify.verify().problems)


def test_all_of_a_units_audit_deleted_is_named_by_the_head_outside(kept: House) -> None:
    Seal.objects.all().delete()
    Sealed.objects.all().delete()

    assert f"audit chain of unit {kept.county.pk} lost the head put outside on 2026-06-30" in verify.verify().problems


@pytest.mark.parametrize("content", ["", "nonsense", "3", "x y z", "\x00\xff"])
def test_a_broken_file_of_a_head_is_a_problem_and_no_crash(kept: House, own_data: Path, content: str) -> None:
    (own_data / "seals" / f"{kept.county.pk}-2026-06-29.txt").write_text(content, encoding="latin-1")

    assert verify.verify().problems == [f"audit chain of unit {kept.county.pk} lost the head put outside on 2026-06-29"]


def test_verify_itself_writes_nothing(kept: House) -> None:
    before = (PostedFact.objects.count(), Entry.objects.count(), Rollup.objects.count())
    verify.verify()
    assert (PostedFact.objects.count(), Entry.objects.count(), Rollup.objects.count()) == before


def test_each_kind_of_record_can_be_replayed_for_one_unit(kept: House) -> None:
    for kind in registry.KINDS.values():
        everything = list(kind.replay(None))
        alone = [row for unit in (kept.county, kept.township, kept.community) for row in kind.replay(unit.pk)]
        assert sorted(alone, key=lambda row: row[0]) == everything


def unseal() -> None:
    """As if the sealer had not run yet."""
    Seal.objects.all().delete()
    Sealed.objects.all().delete()
    for path in sealing.heads_folder().iterdir():
        path.unlink()
