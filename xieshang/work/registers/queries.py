"""Every read of registers, narrowed first to what the user may see."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import CharField, Count, Max, Min, Q, QuerySet, Sum, Value
from django.db.models.functions import Cast, Concat
from django.shortcuts import get_object_or_404

from xieshang.base import clock, registry
from xieshang.base.accounts import permissions
from xieshang.base.accounts.models import User
from xieshang.base.drafts import queries as own_drafts
from xieshang.base.drafts.models import Draft
from xieshang.base.ledger import figures
from xieshang.base.ledger.facts import Indicator
from xieshang.base.ledger.figures import standing
from xieshang.base.ledger.models import PeriodLock, PostedFact
from xieshang.base.orgs.models import Body, Organization
from xieshang.base.paperwork import queries as paperwork
from xieshang.base.people.models import Person
from xieshang.base.settings import parameters

from . import facts, rhythm
from .fields import DIMENSIONS, Field, Known
from .models import Entry, EntryBody, EntryPerson, Register
from .rules import ASK_FROM, COURSES, GRACE_DAYS, SWITCH


def visible(user: User) -> QuerySet[Register]:
    """Registers of the units in which `user` may see them."""
    return Register.objects.filter(organization__in=permissions.units(user, "registers.see")).select_related(
        "organization", "current"
    )


def one(user: User, pk: int) -> Register:
    """One register, or 404 when it is not theirs to see."""
    return get_object_or_404(visible(user), pk=pk)


def with_fields(pk: int) -> Register:
    """A register with its fields; for actions, which have asked for permission already."""
    return Register.objects.select_related("organization", "current").get(pk=pk)


def listed(user: User, unit: Organization, start: date, end: date) -> QuerySet[Register]:
    """The unit's registers, open ones first, with the entries of a period and the day of the last. One query."""
    valid = Q(entries__state="valid")
    found = visible(user).filter(organization=unit)
    return found.annotate(
        number=Count("entries", filter=valid & Q(entries__on__range=(start, end))),
        last=Max("entries__on", filter=valid),
    ).order_by("-open", "id")


def seen_by(user: User) -> QuerySet[Entry]:
    """Entries that `user` may see. What was reported and not yet confirmed is for staff and for him who reported it."""
    staff = Q(organization__in=permissions.units(user, "registers.record"))
    counted = Q(organization__in=permissions.units(user, "registers.see")) & ~Q(state__in=UNCONFIRMED)
    return Entry.objects.filter(
        staff | counted | own(user) & Q(organization__in=permissions.units(user, "registers.see"))
    )


def entry(user: User, pk: int) -> Entry:
    """One entry, or 404 when it is not theirs to see."""
    found = seen_by(user)
    return get_object_or_404(
        found.select_related(
            "organization",
            "register__organization",
            "register__current",
            "fields_version",
            "created_by",
            "saved_by",
            "keeper",
        ),
        pk=pk,
    )


def entries_by_words(user: User, unit: Organization, words: str) -> QuerySet[Entry]:
    """Valid entries of a unit's registers whose title holds the words, newest first. One query."""
    found = Entry.objects.filter(organization__in=permissions.units(user, "registers.see"), state="valid")
    return found.filter(organization=unit, title__icontains=words).select_related("register").order_by("-on", "-id")


UNCONFIRMED = ("reported", "returned")


def own(user: User) -> Q:
    """What an account reported itself, or staff reported for its person (代办)."""
    acted = paperwork.acted_ids(user.person_id, Entry.RECORD)
    return Q(created_by=user) | Q(pk__in=acted) if acted else Q(created_by=user)


def is_own(user: User, entry: Entry) -> bool:
    return entry.created_by_id == user.pk or entry.pk in paperwork.acted_ids(user.person_id, Entry.RECORD)


def reports_of(user: User, unit: Organization) -> QuerySet[Entry]:
    """What a member has reported in a unit, newest first. One query."""
    mine = Entry.objects.filter(
        own(user), organization=unit, organization__in=permissions.units(user, "registers.report")
    )
    return mine.select_related("register").order_by("-created_at", "-id")


def open_to_members(user: User, unit: Organization) -> QuerySet[Register]:
    """The registers to which members of a unit report. One query."""
    return visible(user).filter(organization=unit, open=True, by_members=True).order_by("id")


def waiting(user: User, unit: Organization) -> QuerySet[Entry]:
    """What members have reported and staff has not confirmed yet, oldest first. One query."""
    mine = Entry.objects.filter(
        organization=unit, organization__in=permissions.units(user, "registers.confirm"), state="reported"
    )
    return mine.select_related("register", "created_by").order_by("created_at", "id")


def overdue(user: User, unit: Organization, today: date) -> QuerySet[Entry]:
    """Entries in hand whose term has passed: one's own, and those that are in nobody's hands. One query."""
    mine = Entry.objects.filter(organization=unit, organization__in=permissions.units(user, "registers.assign"))
    late = mine.filter(register__follow=True, register__open=True, state="valid", course="open", due__lt=today)
    return late.filter(Q(keeper=user) | Q(keeper=None)).select_related("register").order_by("due", "id")


def kept_by(user: User, unit: Organization) -> QuerySet[Entry]:
    """Entries not yet settled that one account sees to. One query."""
    found = Entry.objects.filter(organization=unit, keeper=user, state="valid", register__follow=True, course="open")
    return found.select_related("organization", "register").order_by("due", "id")


def keepers(unit: Organization) -> QuerySet[User]:
    """Accounts in whose 待办 a follow-up may stand. One query."""
    roles = permissions.TABLE["registers.assign"]
    held = Q(grants__organization=unit, grants__role__in=roles, grants__ended_at=None, grants__body=None)
    return User.objects.filter(held, is_active=True).distinct().order_by("name", "id")


def locked(entry: Entry, today: date) -> bool:
    """Does the day of an entry lie in a period that is closed, its grace over?"""
    return PeriodLock.objects.filter(
        organization=entry.organization_id, through__gte=entry.on, grace_until__lt=today
    ).exists()


def switched(register: Register, on: date) -> date | None:
    """The switch-over day of a bridge register, when `on` is that day or later: a room of its own takes those. Two queries, for bridges only."""
    if not register.bridge:
        return None
    set_to = parameters.value(register.organization, SWITCH[register.kind_prefix], clock.today())
    day = date.fromisoformat(set_to) if set_to else None
    return day if day and on >= day else None


def counted_twice(register: Register) -> int:
    """How many valid entries of a bridge register lie on or after its switch-over day."""
    day = switched(register, date.max)
    return Entry.objects.filter(register=register, state="valid", on__gte=day).count() if day else 0


@dataclass(frozen=True)
class Sift:
    """What narrows the entries of a register: everything that stands in the address."""

    start: date
    end: date
    words: str = ""
    category: str = ""
    carrier: str = ""
    outlet: str = ""
    body: int | None = None
    person: int | None = None
    void: bool = False
    course: str = ""


def entries(register: Register, sift: Sift) -> QuerySet[Entry]:
    """Entries of a register, newest first."""
    found = Entry.objects.filter(
        register=register, on__range=(sift.start, sift.end), state="void" if sift.void else "valid"
    )
    for dimension in DIMENSIONS:
        if code := getattr(sift, dimension):
            found = found.filter(**{dimension: code})
    if sift.words:
        found = found.filter(Q(title__icontains=sift.words) | Q(persons__person__name__contains=sift.words)).distinct()
    if sift.body:
        found = found.filter(bodies__body=sift.body)
    if register.follow and sift.course in COURSES:
        found = found.filter(course=sift.course)
    if register.follow and sift.course == "overdue":
        found = found.filter(course="open", due__lt=clock.today())
    if sift.person:
        found = found.filter(persons__person=sift.person).distinct()
    return found.order_by("-on", "-id")


def sums(register: Register, found: QuerySet[Entry]) -> dict[str, Decimal]:
    """Field key → the sum of what the entries found say of it, from the facts they posted. One query."""
    counted = [one for one in register.fields if one.counted]
    if not counted:
        return {}
    refs = found.order_by().values(ref=Concat(Value("registers.entry:"), Cast("pk", CharField())))
    rows = (
        standing()
        .filter(
            organization=register.organization_id,
            kind__in={facts.kind_of(register, one) for one in counted},
            record__in=refs,
        )
        .order_by()
        .values_list("kind", "category")
        .annotate(Sum("quantity"))
    )
    total: dict[str, Decimal] = {one.key: Decimal(0) for one in counted}
    for kind, category, quantity in rows:
        for one in counted:
            if facts.kind_of(register, one) == kind and one.category in ("", category):
                total[one.key] += quantity
    return total


def first_day(register: Register) -> date | None:
    """The day of the first entry that stands: a stock is listed from its beginning. One query."""
    found: date | None = Entry.objects.filter(register=register, state="valid").aggregate(first=Min("on"))["first"]
    return found


def headline(register: Register, start: date, end: date) -> list[figures.Figure]:
    """The figures that say how a stock or a follow-up stands: what there is on a day, what was solved, what share. From the ledger."""
    if not (register.until or register.follow) or start > end:
        return []
    own = facts.indicators(register)
    shown = [
        one for one in own if one.how == "stock" or (register.follow and one.code.endswith((".solved", ".solved_rate")))
    ]
    known = figures.indicators(register.organization)
    return figures.figures([figures.Query(one, register.organization_id, start, end) for one in shown], known)


def known(organization: Organization, *, entry: Entry | None = None) -> Known:
    """Whom and which bodies an entry of a unit may name: its people, those of its bodies, and those an old entry names already. Two queries."""
    mine = Q(organization=organization) | Q(memberships__body__organization=organization)
    alive = Q(organization=organization, ended_on=None)
    if entry:
        mine |= Q(register_entries__entry=entry)
        alive |= Q(pk__in=EntryBody.objects.filter(entry=entry).values("body"))
    people = dict(Person.objects.filter(mine).distinct().order_by("order", "id").values_list("id", "name"))
    return Known(people, dict(Body.objects.filter(alive).values_list("id", "name")))


def values(entry: Entry) -> dict[str, Any]:
    """What an entry holds, field key → value (ids for people and bodies), its day and title left out. Two queries."""
    found: dict[str, Any] = dict(entry.payload)
    for field, person in EntryPerson.objects.filter(entry=entry).order_by("id").values_list("field", "person"):
        found.setdefault(field, []).append(person)
    return {**found, **dict(EntryBody.objects.filter(entry=entry).values_list("field", "body"))}


def used_fields(register: Register) -> list[str]:
    """Keys of the fields in which some entry has something. Without entries none."""
    if not Entry.objects.filter(register=register).exists():
        return []
    people = set(EntryPerson.objects.filter(entry__register=register).values_list("field", flat=True).distinct())
    bodies = set(EntryBody.objects.filter(entry__register=register).values_list("field", flat=True).distinct())
    return [one.key for one in register.fields if _used(register, one, people | bodies)]


def _used(register: Register, field: Field, linked: set[str]) -> bool:
    if field.role in ("on", "title"):
        return True
    if field.linked:
        return field.key in linked
    if field.private:
        return Entry.objects.filter(register=register).exclude(private="").exists()
    return Entry.objects.filter(register=register, payload__has_key=field.key).exists()


@dataclass(frozen=True)
class Shown:
    """One value of one entry as a person reads it."""

    field: Field
    text: str
    raw: Any = None


def shown(found: Iterable[Entry]) -> list[tuple[Entry, dict[str, Shown]]]:
    """Entries with their values in words, each by the version it was entered under. Two queries for any number of entries."""
    found = list(found)
    ids = [one.pk for one in found]
    names: dict[tuple[int, str], list[str]] = {}
    for entry_id, field, name in (
        EntryPerson.objects.filter(entry__in=ids).order_by("id").values_list("entry", "field", "person__name")
    ):
        names.setdefault((entry_id, field), []).append(name)
    for entry_id, field, name in EntryBody.objects.filter(entry__in=ids).values_list("entry", "field", "body__name"):
        names[entry_id, field] = [name]
    return [(one, _shown(one, names)) for one in found]


def _shown(entry: Entry, names: dict[tuple[int, str], list[str]]) -> dict[str, Shown]:
    made = {}
    for field in entry.fields_version.typed:
        if field.role in ("on", "title") or field.type == "file":
            continue
        raw = "" if field.private else entry.payload.get(field.key, "")
        text = (
            masked(entry.secrets.get(field.key, ""))
            if field.private
            else "、".join(names.get((entry.pk, field.key), []))
            if field.linked
            else field.choices.get(raw, raw)
            if field.type == "choice"
            else raw
        )
        if text:
            made[field.key] = Shown(field, text, raw)
    return made


def masked(words: str) -> str:
    """What stands for a private value: its first sign."""
    return f"{words[0]}**" if words else ""


def by_month(registers: Iterable[int], start: date, end: date) -> dict[int, dict[date, int]]:
    """Register → first day of month → valid entries. One query."""
    found: dict[int, dict[date, int]] = {}
    rows = (
        Entry.objects.filter(register__in=list(registers), state="valid", on__range=(start, end))
        .order_by()
        .values_list("register", "on")
        .annotate(n=Count("id"))
    )
    for register, on, number in rows:
        months = found.setdefault(register, {})
        months[on.replace(day=1)] = months.get(on.replace(day=1), 0) + number
    return found


def lights(user: User, unit: Organization, today: date) -> list[tuple[Register, rhythm.Light | None]]:
    """The unit's open registers with how each stands against its rhythm. Three queries."""
    if unit.pk not in permissions.units(user, "registers.see"):
        return []
    found = [one for one in facts.registers(unit) if one.open and one.rhythm != "none"]
    months = by_month((one.pk for one in found), date(today.year - 1, 7, 1), today) if found else {}
    rules = asking(unit, today) if found else None
    return [(one, rhythm.light(one, months.get(one.pk, {}), today, rules)) for one in found if rules]


def asking(unit: Organization, on: date) -> rhythm.Asking:
    """When a unit asks for what its registers should have. One query."""
    *ask, grace = (one.value for one in parameters.all_in_force(unit, (*ASK_FROM.values(), GRACE_DAYS), on))
    return rhythm.Asking(dict(zip(ASK_FROM, ask, strict=True)), grace)


def draft_key(register: Register, entry: Entry | None = None) -> str:
    """Under which a form's drafts are kept: a new entry of a register, or the correction of one."""
    return f"registers.edit.{entry.pk}" if entry else f"registers.new.{register.pk}"


def drafts(user: User, unit: Organization) -> list[Draft]:
    """One's own unfinished new entries in a unit's registers, newest first."""
    return own_drafts.listed(user, unit, "registers.new.")


def draft(user: User, register: Register, entry: Entry | None = None) -> Draft | None:
    """One's own unfinished form, unless its entry was saved after it."""
    found = own_drafts.of_form(user, draft_key(register, entry))
    return (found.filter(saved_at__gte=entry.saved_at) if entry else found).first()


def counted(entry: Entry) -> list[Indicator]:
    """The indicators in which an entry counts now. Two queries."""
    posted = list(standing().filter(record=entry.ref))
    known = {one.code: one for one in [*registry.INDICATORS.values(), *facts.provide(entry.organization)]}
    return [one for one in known.values() if one.kind and any(_fits(one, fact) for fact in posted)]


def _fits(indicator: Indicator, fact: PostedFact) -> bool:
    return fact.kind == indicator.kind and all(
        getattr(fact, dimension) in codes for dimension, codes in indicator.where
    )
