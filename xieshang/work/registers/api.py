"""The same for programs: registers, their entries, and one more entry."""

from datetime import date
from typing import Any
from uuid import UUID

from ninja import Router, Schema

from xieshang.base import clock
from xieshang.base.requests import Asked, unit_of

from . import actions, queries
from .models import Entry

router = Router(tags=["registers"])


class EntryIn(Schema):
    """One entry: `values` by field key, as typed; the same `client_id` sent twice is one entry."""

    on: date
    title: str
    values: dict[str, Any] = {}
    client_id: UUID | None = None
    reason: str = ""


@router.get("")
def listed(request: Asked) -> list[dict[str, Any]]:
    """The registers of the unit at hand (`?org=` changes it), with their fields."""
    unit, desk = unit_of(request, "registers.see"), request.desk
    return [
        {
            "id": one.pk, "code": one.code, "name": one.name, "unit": one.unit, "open": one.open, "entries": getattr(one, "number", 0),
            "fields": [field.plain() for field in one.asked],
        }
        for one in queries.listed(request.user, unit, desk.starts_on, desk.ends_on)
    ]  # fmt: skip


@router.get("/{pk}/entries")
def entries(request: Asked, pk: int, start: date, end: date, offset: int = 0, limit: int = 100) -> dict[str, Any]:
    """The valid entries of a register in a period, newest first."""
    register = queries.one(request.user, pk)
    found = queries.entries(register, queries.Sift(start, end)).select_related("fields_version")
    offset, limit = max(0, offset), max(1, min(limit, 500))
    return {
        "count": found.count(),
        "entries": [_plain(entry, values) for entry, values in queries.shown(found[offset : offset + limit])],
    }


@router.post("/{pk}/entries")
def record(request: Asked, pk: int, given: EntryIn) -> dict[str, Any]:
    """登记一条."""
    register = queries.one(request.user, pk)
    made = actions.record(
        register,
        on=given.on,
        title=given.title,
        values=given.values,
        by=request.user,
        now=clock.now(),
        client_id=given.client_id,
        reason=given.reason,
    )
    return _plain(*queries.shown([made])[0])


def _plain(entry: Entry, values: dict[str, queries.Shown]) -> dict[str, Any]:
    return {
        "id": entry.pk, "record": entry.ref, "version": entry.version, "on": entry.on.isoformat(), "title": entry.title,
        "values": {key: shown.text for key, shown in values.items()}, "url": entry.get_absolute_url(),
    }  # fmt: skip
