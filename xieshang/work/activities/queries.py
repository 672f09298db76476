"""Every read of activities, narrowed first to what the user may see."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from django.db.models import Count, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.shortcuts import get_object_or_404

from xieshang.base.accounts import permissions
from xieshang.base.accounts.models import User
from xieshang.base.audit.models import Entry
from xieshang.base.drafts import queries as own_drafts
from xieshang.base.drafts.models import Draft
from xieshang.base.files.models import Attachment
from xieshang.base.ledger import figures, posting
from xieshang.base.ledger.facts import Indicator
from xieshang.base.orgs.models import Body, BodyKind, Organization
from xieshang.base.people import queries as people
from xieshang.base.people.models import Person

from .actions import UPLOAD
from .models import Activity, Attendance


def visible(user: User) -> QuerySet[Activity]:
    """Activities of the units in which `user` may see them."""
    return Activity.objects.filter(organization__in=permissions.units(user, "activities.see"))


def one(user: User, pk: int) -> Activity:
    """One activity, or 404 when it is not theirs to see."""
    return get_object_or_404(visible(user).select_related("organization", "organizer", "created_by", "saved_by"), pk=pk)


def listed(
    user: User,
    unit: Organization,
    *,
    start: date,
    end: date,
    kind: str = "",
    body: int | None = None,
    words: str = "",
    void: bool = False,
) -> QuerySet[Activity]:
    """Activities of a unit in a period, newest first, each with the number who came (`came`).

    The number is counted for the rows of the page only, a small count each, never a join over all attendances. One query.
    """
    found = visible(user).filter(organization=unit, on__range=(start, end), state="void" if void else "held")
    if kind:
        found = found.filter(kind=kind)
    if body:
        found = found.filter(organizer=body)
    for word in words.split():
        found = found.filter(Q(title__icontains=word) | Q(place__icontains=word))
    attended = (
        Attendance.objects.filter(activity=OuterRef("pk"), presence="attended")
        .order_by()
        .values("activity")
        .annotate(n=Count("pk"))
        .values("n")
    )
    return found.select_related("organizer").annotate(came=Coalesce(Subquery(attended, output_field=IntegerField()), 0))


def came(activity: Activity) -> QuerySet[Attendance]:
    """Who was invited, with name and sector. One query."""
    return (
        Attendance.objects.filter(activity=activity).select_related("person", "sector").order_by("person__order", "id")
    )


def last(user: User, unit: Organization) -> Activity | None:
    """The unit's newest activity: what “copy last time's” starts from."""
    return visible(user).filter(organization=unit, state="held").order_by("-saved_at", "-id").first()


def places(user: User, unit: Organization, most: int = 12) -> list[str]:
    """Places of the unit's latest activities, newest first, each once. One query."""
    used = (
        visible(user)
        .filter(organization=unit, state="held")
        .exclude(place="")
        .order_by("-on", "-id")
        .values_list("place", flat=True)[:80]
    )
    return list(dict.fromkeys(used))[:most]


def organizers(unit: Organization) -> QuerySet[Body]:
    """Bodies that may organise an activity of the unit."""
    return Body.objects.filter(organization=unit, ended_on=None).exclude(kind=BodyKind.HANDLING_UNIT)


# --- drafts and files ------------------------------------------------------------------------------------------------------

NEW = "activities.new"


def drafts(user: User, unit: Organization) -> QuerySet[Draft]:
    """One's own unfinished forms of new activities, newest first."""
    return own_drafts.listed(user, unit, "activities").filter(key=NEW)


def edit_draft(user: User, activity: Activity) -> Draft | None:
    """One's own unfinished correction, unless the activity was saved after it."""
    return own_drafts.of_form(user, f"activities.edit.{activity.pk}").filter(saved_at__gte=activity.saved_at).first()


def uploads(user: User, ids: Iterable[int]) -> list[Attachment]:
    """Files that the account has sent ahead of a form."""
    wanted = list(ids)
    return (
        list(
            Attachment.objects.filter(pk__in=wanted, record=UPLOAD, added_by=user, removed_at=None).select_related(
                "file"
            )
        )
        if wanted
        else []
    )


# --- people ----------------------------------------------------------------------------------------------------------------


@dataclass
class Roster:
    """Who can be invited: each person once, and the bodies that put them on the list."""

    people: dict[int, Person] = field(default_factory=dict)
    bodies: list[tuple[Body, list[int]]] = field(default_factory=list)

    def bodies_of(self, person: int) -> list[int]:
        return [body.pk for body, members in self.bodies if person in members]

    def add(self, persons: Iterable[Person]) -> None:
        self.people.update({person.pk: person for person in persons if person.pk not in self.people})


def roster(unit: Organization, on: date) -> Roster:
    """The people of all bodies of a unit on a day. The bodies stand with the everyday ones first. Three queries."""
    first = (
        BodyKind.GROUP,
        BodyKind.LIAISON,
        BodyKind.COMMITTEE,
        BodyKind.BRANCH,
        BodyKind.OFFICE,
        BodyKind.PARTY,
        BodyKind.SECTOR,
    )
    made = Roster()
    groups = sorted(
        people.groups(unit, on), key=lambda group: first.index(group[0].kind) if group[0].kind in first else 9
    )  # type: ignore[arg-type]
    for body, members in groups:
        made.bodies.append((body, list(dict.fromkeys(person.pk for person in members))))
        made.add(members)
    made.add(seat.person for seat in people.in_office(unit, on))
    made.people = dict(sorted(made.people.items(), key=lambda item: (item[1].order, item[0])))
    return made


def known_people(unit: Organization, ids: Iterable[int]) -> QuerySet[Person]:
    """Those of `ids` who ever belonged to the unit: its own people, members of its bodies, holders of its seats."""
    mine = Q(organization=unit) | Q(memberships__body__organization=unit) | Q(seats__organization=unit)
    return Person.objects.filter(mine, pk__in=list(ids)).distinct()


# --- the same happening twice ----------------------------------------------------------------------------------------------


class Twin(NamedTuple):
    """An activity that looks like the one being recorded; `shared` of its people are the same."""

    activity: Activity
    shared: int


def twin(user: User, unit: Organization, *, on: date, title: str, place: str, persons: Iterable[int]) -> Twin | None:
    """A held activity of the same day with the same name, or at the same place with more than half of the people the same.

    What page and API ask about before they record it once more. One query on a day with nothing else, else two.
    """
    here = list(visible(user).filter(organization=unit, on=on, state="held").order_by("id"))
    if not here:
        return None
    mine = set(persons)
    theirs: dict[int, set[int]] = {one.pk: set() for one in here}
    for activity, person in Attendance.objects.filter(activity__in=here).values_list("activity", "person"):
        theirs[activity].add(person)
    for one in here:
        shared = len(mine & theirs[one.pk])
        same_people = bool(mine) and shared * 2 > max(len(mine), len(theirs[one.pk]))
        if one.title.strip() == title.strip() or (place.strip() and one.place.strip() == place.strip() and same_people):
            return Twin(one, shared)
    return None


# --- what the record's own page says ---------------------------------------------------------------------------------------


class Counted(NamedTuple):
    """A figure in which a record counts, with what it adds there."""

    indicator: Indicator
    amount: Decimal


def counted(activity: Activity) -> list[Counted]:
    """Every indicator in which the record's standing facts count. One query, and those of the indicators that the unit made."""
    facts = posting.standing(activity.ref)
    found = []
    for indicator in figures.indicators(activity.organization).values():
        mine = [
            f
            for f in facts
            if f.kind == indicator.kind and all(getattr(f, dimension) in codes for dimension, codes in indicator.where)
        ]
        if not mine or indicator.part:
            continue
        if indicator.how == "people":
            amount = Decimal(len({f.person_id for f in mine}))
        elif indicator.how == "count":
            amount = Decimal(len(mine))
        else:
            amount = sum((f.quantity for f in mine), Decimal(0))
        found.append(Counted(indicator, amount))
    return found


def names(entries: Iterable[Entry]) -> dict[str, dict[Any, str]]:
    """Names of the people and bodies that audit entries mention by id. Two queries at most."""
    persons: set[int] = set()
    bodies: set[int] = set()
    for entry in entries:
        persons |= {int(pk) for pk in entry.detail.get("presence", {})}
        bodies |= {pk for pk in entry.detail.get("changed", {}).get("organizer", ()) if pk}
    return {
        "person": dict(Person.objects.filter(pk__in=persons).values_list("pk", "name")) if persons else {},
        "organizer": dict(Body.objects.filter(pk__in=bodies).values_list("pk", "name")) if bodies else {},
    }


# --- sheets ----------------------------------------------------------------------------------------------------------------


def named(activities: Iterable[Activity]) -> Iterable[tuple[int, str, str]]:
    """(activity, presence, name) of everyone invited, in the order of names. One query."""
    rows = Attendance.objects.filter(activity__in=[one.pk for one in activities]).order_by("person__order", "id")
    return rows.values_list("activity", "presence", "person__name")


def same_happenings(unit: Organization) -> set[tuple[str, date, str]]:
    """(title, day, place) of every held activity of a unit: what an import must not double."""
    return set(Activity.objects.filter(organization=unit, state="held").values_list("title", "on", "place"))
