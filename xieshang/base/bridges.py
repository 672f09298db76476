"""过渡登记簿: how a room of its own takes over what a register has kept for it. The register's room offers, the room that comes takes; neither imports the other."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from xieshang.base.accounts.models import User
    from xieshang.base.orgs.models import Organization


@dataclass(frozen=True)
class Carried:
    """One entry, as what it says: what happened on which day, by whom.

    happened  last part of the kind of fact → its day, besides the entry itself
    people    person and sector as it was counted;  body  whom it names, and as which name
    late      its day is the switch-over day or after: the new room may have it already
    more      titles of what it counts besides, which no later room knows
    """

    pk: int
    ref: str
    on: date
    title: str
    number: str = ""
    carrier: str = ""
    outlet: str = ""
    happened: Mapping[str, date] = field(default_factory=dict)
    people: Sequence[tuple[int, int | None]] = ()
    body: int | None = None
    bodies_name: str = ""
    late: bool = False
    more: Sequence[str] = ()


@dataclass(frozen=True)
class Holding:
    """What a bridge register of a unit holds, and its switch-over day."""

    switch: date | None
    entries: Sequence[Carried] = ()


Held = Callable[[str, "Organization", date], Holding]
Release = Callable[..., None]
_SOURCE: list[tuple[Held, Release]] = []


def offer(held: Held, release: Release) -> None:
    """Said once by the room that keeps registers."""
    _SOURCE[:] = [(held, release)]


def held(bridge: str, organization: "Organization", today: date) -> Holding:
    """What the bridge register holds that is valid, oldest first."""
    return _SOURCE[0][0](bridge, organization, today) if _SOURCE else Holding(None)


def release(bridge: str, one: Carried, *, by: "User | None", now: datetime, reason: str) -> None:
    """The entry says nothing any more: another record says it from now on, in the same transaction. Raises NotAllowed · Refused."""
    _SOURCE[0][1](one.pk, by=by, now=now, reason=reason)
