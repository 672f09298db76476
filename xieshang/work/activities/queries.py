"""Every read of activities, narrowed first to what the user may see."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from django.db.models import Count, Exists, IntegerField, OuterRef, Q, QuerySet, Subquery
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
from xieshang.base.orgs.queries import ancestors
from xieshang.base.people import queries as people
from xieshang.base.people.models import Person
from xieshang.base.requests import as_number
from xieshang.base.settings.parameters import value
from xieshang.text import similarity

from . import rules
from .actions import UPLOAD
from .models import Activity, Attendance, Leader, Share, Site


def visible(user: User) -> QuerySet[Activity]:
    """Activities of the units in which `user` may see them."""
    return Activity.objects.filter(organization__in=permissions.units(user, "activities.see"))


def one(user: User, pk: int) -> Activity:
    """One activity of a unit of theirs, or that names such a unit as joint; else 404."""
    units = permissions.units(user, "activities.see")
    joint = Share.objects.filter(activity=OuterRef("pk"), organization__in=units).exclude(state=rules.DECLINED)
    found = Activity.objects.filter(Q(organization__in=units) | Exists(joint))
    return get_object_or_404(found.select_related("organization", "organizer", "created_by", "saved_by"), pk=pk)


def share(user: User, activity: Activity) -> Share | None:
    """The place in a joint activity that the user may answer for his unit. One query, none for who records nowhere else."""
    elsewhere = permissions.units(user, "activities.claim") - {activity.organization_id}
    if not elsewhere:
        return None
    mine = activity.shares.filter(organization__in=elsewhere).select_related("organization").order_by("state", "id")
    return mine.exclude(state=rules.DECLINED).first()


def shares_to_claim(unit: Organization) -> QuerySet[Share]:
    """Joint activities of other units that wait for this one's answer. One query."""
    return shares_waiting(unit).filter(state=rules.ASKED)


def shares_waiting(unit: Organization) -> QuerySet[Share]:
    """Joint activities of other units that wait for this one: to be claimed, or corrected in a period that it has locked. One query."""
    asked = Q(state=rules.ASKED) & ~Q(activity__state__in=(rules.CANCELLED, rules.VOID))
    waiting = Share.objects.filter(asked | Q(state=rules.CLAIMED, held__isnull=False), organization=unit)
    return waiting.select_related("activity", "activity__organization").order_by("activity__on", "id")


def overdue(unit: Organization, today: date) -> QuerySet[Activity]:
    """Activities to come whose last day is past: were they held? One query."""
    last = Coalesce("until", "on")
    coming = Activity.objects.filter(organization=unit, state__in=rules.TO_COME, undecided=False)
    return coming.annotate(last=last).filter(last__lt=today).order_by("last", "id")


ANY = "any"  # every state but void


@dataclass(frozen=True)
class Narrowed:
    """What a list of activities is narrowed to. `state` "" is what was held; `body` in charge or helping; `role` as in rules, or `joint`."""

    start: date
    end: date
    kind: str = ""
    body: int | None = None
    words: str = ""
    state: str = ""
    role: str = ""


def listed(user: User, unit: Organization, asked: Narrowed) -> QuerySet[Activity]:
    """Activities of a unit in a period, its own and those it claimed, newest first, each with the number who came (`came`).

    The number is counted for the rows of the page only, a small count each, never a join over all attendances. One query.
    """
    joint = Share.objects.filter(activity=OuterRef("pk"), state=rules.CLAIMED)
    claimed = joint.filter(organization=unit)
    if unit.pk not in permissions.units(user, "activities.see"):
        return Activity.objects.none()
    found = Activity.objects.filter(Q(organization=unit) | Exists(claimed))
    found = found.filter(on__range=(asked.start, asked.end))
    found = found.exclude(state=rules.VOID) if asked.state == ANY else found.filter(state=asked.state or rules.HELD)
    if asked.kind:
        found = found.filter(kind=asked.kind)
    if asked.body:
        helps = Activity.co_organizers.through.objects.filter(activity=OuterRef("pk"), body=asked.body)
        found = found.filter(Q(organizer=asked.body) | Exists(helps) | Exists(claimed.filter(body=asked.body)))
    if asked.role == "joint":
        found = found.filter(
            Exists(Activity.co_organizers.through.objects.filter(activity=OuterRef("pk"))) | Exists(joint)
        )
    elif asked.role:
        found = found.filter(organization=unit, role=asked.role)
    for word in asked.words.split():
        led = Leader.objects.filter(Q(name__icontains=word) | Q(post__icontains=word), activity=OuterRef("pk"))
        found = found.filter(Q(title__icontains=word) | Q(place__icontains=word) | Exists(led))
    attended = (
        Attendance.objects.filter(activity=OuterRef("pk"), presence__in=("attended", "invited"))
        .order_by()
        .values("activity")
        .annotate(n=Count("pk"))
        .values("n")
    )
    return found.select_related("organizer", "organization").annotate(
        came=Coalesce(Subquery(attended, output_field=IntegerField()), 0),
        our_body=Subquery(claimed.values("body__name")[:1]),
    )


def found(user: User, unit: Organization, words: str) -> QuerySet[Activity]:
    """Activities of any state but void whose name, place or leaders hold the words. One query."""
    return listed(user, unit, Narrowed(date.min, date.max, words=words, state=ANY))


def came(activity: Activity) -> QuerySet[Attendance]:
    """Who was invited, with name and sector. One query."""
    return (
        Attendance.objects.filter(activity=activity)
        .select_related("person", "sector", "capacity")
        .order_by("person__order", "id")
    )


class Aside(NamedTuple):
    """What stands beside an activity, to be shown."""

    bodies: list[Body]
    leaders: list[Leader]
    sites: list[Site]
    shares: list[Share]


def beside(activity: Activity) -> Aside:
    """Co-organisers, leaders, sites, units. Four queries."""
    return Aside(
        list(activity.co_organizers.all()),
        list(activity.leaders.all()),
        list(activity.sites.all()),
        list(activity.shares.select_related("organization")),
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


def body_in_charge(unit: Organization, typed: str) -> int | None:
    """The id of the unit's body that was chosen; None where none was."""
    found = organizers(unit).filter(pk=as_number(typed)).first()
    return found.pk if found else None


# --- drafts and files ------------------------------------------------------------------------------------------------------

NEW = "activities.new"


def drafts(user: User, unit: Organization) -> list[Draft]:
    """One's own unfinished forms of new activities, newest first."""
    return own_drafts.listed(user, unit, NEW)


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


def twin(
    user: User, unit: Organization, *, on: date, title: str, place: str, persons: Iterable[int], but: Iterable[int] = ()
) -> Twin | None:
    """An activity of the same day with the same name, or at the same place or with a similar name and more than half of the people the same.

    What page and API ask about before they record it once more; what is only planned for the day is asked about as well.
    How many people, and how similar, are settings. `but`: ids that are not meant. One query on a day with nothing else, else four.
    """
    states = (rules.HELD, *rules.TO_COME)
    here = list(
        visible(user).filter(organization=unit, on=on, state__in=states).exclude(pk__in=list(but)).order_by("id")
    )
    if not here:
        return None
    enough, alike = (value(unit, f"activities.twin_{name}", on) for name in ("people", "title"))
    mine = set(persons)
    theirs: dict[int, set[int]] = {one.pk: set() for one in here}
    for activity, person in Attendance.objects.filter(activity__in=here).values_list("activity", "person"):
        theirs[activity].add(person)
    for one in here:
        shared = len(mine & theirs[one.pk])
        same_people = bool(mine) and shared * 100 > enough * max(len(mine), len(theirs[one.pk]))
        same_place = bool(place.strip()) and one.place.strip() == place.strip()
        similar = similarity.ratio(one.title, title) * 100 >= alike
        if one.title.strip() == title.strip() or (same_people and (same_place or similar)):
            return Twin(one, shared)
    return None


def said_apart(entries: Iterable[Entry]) -> list[Activity]:
    """The activities of which the trail says that they are not the same as this one, and which still stand. One query, or none."""
    ids = [pk for entry in entries for pk in entry.detail.get("not_same", ())]
    return list(Activity.objects.filter(pk__in=ids, state=rules.HELD)) if ids else []


def joinable(unit: Organization) -> QuerySet[Organization]:
    """Other units that may hold an activity jointly: those above, beside and just below. One query."""
    near = Q(parent=unit) | Q(pk__in=ancestors(unit))
    if unit.parent_id:
        near |= Q(parent=unit.parent_id)
    return Organization.objects.filter(near).exclude(pk=unit.pk).order_by("path")


# --- what the record's own page says ---------------------------------------------------------------------------------------


class Counted(NamedTuple):
    """A figure in which a record counts, with what it adds there."""

    indicator: Indicator
    amount: Decimal


def counted(activity: Activity, unit: Organization | None = None) -> list[Counted]:
    """Every indicator of a unit (its own one's, else) in which the record's standing facts count. One query, and those of the indicators that the unit made."""
    unit = unit or activity.organization
    facts = [fact for fact in posting.standing(activity.ref) if fact.organization_id == unit.pk]
    found = []
    for indicator in figures.indicators(unit).values():
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
        bodies |= set(entry.detail.get("co_organizers", ()))
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
