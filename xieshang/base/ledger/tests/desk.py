"""A desk at which steps are done through the actions: activities recorded, corrected and voided, seats and memberships begun and ended."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import F
from hypothesis import strategies as st

from xieshang.base.accounts.roles import Role
from xieshang.base.ledger import rollup
from xieshang.base.ledger.models import PostedFact
from xieshang.base.people import actions as people
from xieshang.base.people.models import Membership, Seat
from xieshang.conftest import House
from xieshang.work.activities import actions, rules

Step = tuple[str, int, dict[str, Any], dict[int, str]]
KINDS = [code for code, _title in rules.KINDS]
CARRIERS = [code for code, *_more in rules.CARRIERS]

FIELDS = st.fixed_dictionaries(
    {
        "title": st.just("活动"),
        "kind": st.sampled_from(KINDS),
        "carriers": st.lists(st.sampled_from(CARRIERS), unique=True, max_size=4),
        "collective": st.booleans(),
        "on": st.integers(0, 170).map(lambda n: date(2026, 1, 5) + timedelta(days=n)),
        "half_days": st.integers(1, 6),
        "guests": st.integers(0, 3),
        "money": st.sampled_from([Decimal(0), Decimal("0.10"), Decimal("1234.56")]),
        "goods_value": st.sampled_from([Decimal(0), Decimal("99.99")]),
        "goods": st.sampled_from(["", "大米"]),
    }
)
PRESENCE = st.dictionaries(st.integers(0, 5), st.sampled_from(["attended", "excused", "absent"]), max_size=6)
VERBS = st.sampled_from(
    ["record", "record", "record_below", "correct", "correct", "correct_fields", "void", "end", "leave", "fold", "drop"]
)
STEPS: st.SearchStrategy[Step] = st.tuples(VERBS, st.integers(0, 9), FIELDS, PRESENCE)
HISTORIES = st.lists(STEPS, min_size=1, max_size=9)


@dataclass
class Desk:
    """The house, its clock, and the records made so far."""

    house: House
    now: datetime
    made: list[Any] = field(default_factory=list)

    @classmethod
    def after(cls, house: House, history: list[Step]) -> "Desk":
        desk = cls(house, house.now)
        for step in history:
            desk.do(step)
        return desk

    def do(self, step: Step) -> None:
        """One step an hour later; a step that has nothing to act on is nothing."""
        verb, which, fields, present = step
        self.now += timedelta(hours=1)
        presence = {self.house.members[n].pk: how for n, how in present.items()}
        if verb in ("record", "record_below"):
            unit = self.house.township if verb == "record_below" else self.house.county
            organizer = self.house.group if verb == "record_below" else self.house.sectors[which % 3]
            self.made.append(
                actions.record(
                    unit, fields={**fields, "organizer": organizer}, presence=presence, by=None, now=self.now
                )
            )
        elif verb in ("correct", "correct_fields", "void") and (found := self._held(which)):
            by = self.house.user(Role.CLERK if found.organization_id == self.house.county.pk else Role.PARTTIMER)
            given: dict[str, Any] = {"by": by, "now": self.now, "seen": found.version, "reason": "登错了"}
            if verb == "void":
                actions.void(found, **given)
            else:
                actions.correct(found, fields=fields, presence=presence if verb == "correct" else None, **given)
        elif verb == "end" and (seat := Seat.objects.filter(state="seated").order_by("id").first()):
            people.end(seat, on=fields["on"], reason="调离", by=None, now=self.now)
        elif verb == "leave" and (one := Membership.objects.filter(state="joined").order_by("id").first()):
            people.leave(one, on=fields["on"], reason="换组", by=None, now=self.now)
        elif verb == "fold":
            fold_some(1 + which * 9)
        elif verb == "drop":
            rollup.drop()

    def _held(self, which: int) -> Any:
        held = [a for a in (type(one).objects.get(pk=one.pk) for one in self.made) if a.state == "held"]
        return held[which % len(held)] if held else None


def fold_some(facts: int) -> None:
    """Fold about so many of the facts that wait; ids may begin anywhere."""
    waiting = PostedFact.objects.filter(id__gt=rollup.watermark()).order_by("id").values_list("id", flat=True)
    if (first := waiting.first()) is not None:
        rollup.fold(limit=first - 1 - rollup.watermark() + facts)


def ledger() -> list[tuple[Any, ...]]:
    """Every row of the ledger, all columns, in the order in which they were posted."""
    return list(PostedFact.objects.order_by("id").values_list())


def unlike_their_originals() -> list[PostedFact]:
    """Reversals that are not the mirror of what they take back: another day, dimension or quantity."""
    columns = (
        "organization_id",
        "kind",
        "on",
        "measure",
        "person_id",
        "body_id",
        "sector_id",
        "carrier",
        "category",
        "outlet",
        "record",
    )
    found = (
        PostedFact.objects.exclude(reverses=None)
        .select_related("reverses")
        .annotate(total=F("quantity") + F("reverses__quantity"))
    )
    return [r for r in found if r.total or any(getattr(r, c) != getattr(r.reverses, c) for c in columns)]
