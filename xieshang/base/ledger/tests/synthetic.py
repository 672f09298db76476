"""Facts that no room posts, of every shape a fact may have, and an indicator for each way of counting."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from xieshang.base.audit import trail
from xieshang.base.ledger import figures, posting
from xieshang.base.ledger.facts import Fact, Indicator, average, count, people, rate, stock, total
from xieshang.base.ledger.models import PostedFact
from xieshang.conftest import House

SHOWN = (
    count("t.a", "甲"), count("t.a_x", "甲之一", of="t.a", where={"carrier": "x"}), count("t.a_xy", "甲之二", of="t.a", where={"carrier": ("x", "y")}),
    count("t.a_in", "内部的甲", of="t.a", inside=True), total("t.b", "乙", unit="元"), total("t.b_p", "乙之一", of="t.b", unit="元", where={"category": "p"}),
    people("t.who", "人", of="t.a"), people("t.who_x", "人之一", of="t.a", where={"carrier": "x"}), stock("t.stock", "存量", unit="名"), stock("t.there", "在的人", unit="人", of="t.stock", distinct=True),
    rate("t.rate", "率", part="t.a_x", whole="t.a"), rate("t.rate_in", "内部的率", part="t.a_x", whole="t.a", inside=True),
    average("t.average", "人均", part="t.b", whole="t.stock", unit="元"), average("t.per_head", "每人", part="t.a", whole="t.who", unit="次"),
)  # fmt: skip
KNOWN: dict[str, Indicator] = {one.code: one for one in SHOWN}
FIRST = date(2025, 11, 20)
DAYS = st.integers(0, 130).map(lambda n: FIRST + timedelta(days=n))  # five broken and three whole months


def facts(house: House) -> st.SearchStrategy[tuple[int, Fact]]:
    """(which record, fact); a record of the county may also post into the township: jointly held."""
    units, bodies = (house.county, house.township, house.community), (None, house.sectors[0].pk, house.group.pk)
    return st.tuples(
        st.integers(1, 4),
        st.builds(
            Fact, kind=st.sampled_from(["t.a", "t.a", "t.b", "t.stock", "t.a.joint", "t.b.joint"]), on=DAYS, quantity=st.integers(-300, 900).map(lambda n: Decimal(n) / 100),
            measure=st.just("次"), person=st.sampled_from([None, *(p.pk for p in house.members[:3])]), body=st.sampled_from(bodies),
            sector=st.sampled_from([None, house.sectors[0].pk, house.sectors[1].pk]), carrier=st.sampled_from(["", "x", "y"]),
            category=st.sampled_from(["", "p"]), organization=st.sampled_from([u.pk for u in units]),
        ),
    )  # fmt: skip


def asks(house: House) -> st.SearchStrategy[dict[str, Any]]:
    """Unit, period and what narrows it."""
    return st.tuples(DAYS, DAYS).flatmap(
        lambda days: st.fixed_dictionaries(
            {
                "organization": st.sampled_from([house.county.pk, house.township.pk]),
                "start": st.just(min(days)),
                "end": st.just(max(days)),
                "body": st.sampled_from([None, None, house.sectors[0].pk, house.group.pk]),
                "sector": st.sampled_from([None, None, house.sectors[0].pk]),
                "person": st.sampled_from([None, None, house.members[0].pk]),
                "members_of": st.sampled_from([None, None, None, house.group.pk]),
                "children": st.booleans(),
            }
        )
    )


def post(said: list[tuple[int, Fact]], now: datetime, *, undone: set[int] = frozenset()) -> list[PostedFact]:
    """Post the facts under one entry; those at the places `undone` are reversed in a second one."""
    rows = [posting.posted(posting.key(0, f), ref=f"t.record:{record}", version=1, now=now) for record, f in said]
    posting.save(rows, trail.write("t.post", by=None, now=now, facts=[posting.line(r) for r in rows]))
    back = [posting.reversal(rows[n], now=now, version=2, reason="反悔") for n in sorted(undone) if n < len(rows)]
    posting.save(back, trail.write("t.undo", by=None, now=now, facts=[posting.line(r) for r in back]))
    return [*rows, *back]


def recount(query: figures.Query, known: dict[str, Indicator]) -> Decimal | None:
    """The figure once more, by hand, from the rows it opens to."""
    indicator = query.indicator
    if indicator.part:
        part, whole = (recount(one, known) for one in figures.parted(query, known))
        if part is None or not whole:
            return None
        return (part * (100 if indicator.how == "rate" else 1) / whole).quantize(Decimal("0.01"), "ROUND_HALF_UP")
    rows = list(figures.rows(query, known))
    if indicator.how == "people":
        return Decimal(len({row.person_id for row in rows}))
    if indicator.distinct:
        there = {row.person_id: Decimal(0) for row in rows}
        for row in rows:
            there[row.person_id] += row.quantity
        return Decimal(sum(total > 0 for total in there.values()))
    if indicator.how == "count":
        return Decimal(len(rows))
    return sum((row.quantity for row in rows), Decimal(0)).quantize(Decimal("0.01"))
