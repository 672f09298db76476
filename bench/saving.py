"""Saving an activity with sixty people through its action, against the bare bulk inserts of the same rows."""

from itertools import count as numbers
from typing import Any

from django.db import transaction

from xieshang.base import clock
from xieshang.base.audit.models import Entry
from xieshang.base.ledger.models import PostedFact
from xieshang.base.people.models import Seat
from xieshang.work.activities import actions
from xieshang.work.activities.models import Activity, Attendance

from . import county, rounds
from .counting import count

PEOPLE = 60
EACH = 6  # saves in a round


def measure() -> dict[str, Any]:
    """Ratio, milliseconds, queries. What the bare run wrote is taken out again after it was timed: the ledger stays whole."""
    unit, clerk = county.measured()
    seats = Seat.objects.filter(organization=unit).order_by("id")[:PEOPLE]
    sectors = dict(seats.values_list("person", "sector"))
    presence = dict.fromkeys(sectors, "attended")
    fields = {
        "title": "委员进社区走访", "kind": "visit", "carriers": ["into_community"], "collective": True, "on": clock.today(), "place": "桂花社区",
        "guests": 30,
    }  # fmt: skip
    serial = numbers()

    def save() -> Activity:
        return actions.record(
            unit, fields={**fields, "title": f"走访 {next(serial)}"}, presence=presence, by=clerk, now=clock.now()
        )

    like = save()
    facts = list(PostedFact.objects.filter(record=like.ref).order_by("id"))
    entry = Entry.objects.get(record=like.ref)
    written: list[tuple[Entry, Activity]] = []

    def bare() -> None:
        with transaction.atomic():
            activity = Activity(**_columns(like))
            activity.save(force_insert=True)
            Attendance.objects.bulk_create(
                Attendance(activity=activity, person_id=person, presence="attended", sector_id=sector)
                for person, sector in sectors.items()
            )
            made = Entry(**_columns(entry))
            made.save(force_insert=True)
            PostedFact.objects.bulk_create(PostedFact(**{**_columns(fact), "entry_id": made.pk}) for fact in facts)
        written.append((made, activity))

    try:
        found = rounds.ratio(save, bare, each=EACH)
        return {**found, **count(save).as_json(), "facts": len(facts)}
    finally:
        for made, activity in written:
            PostedFact.objects.filter(entry=made).delete()
            made.delete()
            activity.delete()


def _columns(row: Any) -> dict[str, Any]:
    return {
        column.attname: getattr(row, column.attname) for column in row._meta.concrete_fields if not column.primary_key
    }
