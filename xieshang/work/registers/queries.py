"""Every read of registers, narrowed first to what the user may see."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import CharField, Count, Max, Q, QuerySet, Sum, Value
from django.db.models.functions import Cast, Concat
from django.shortcuts import get_object_or_404

from xieshang.base import registry
from xieshang.base.accounts import permissions
from xieshang.base.accounts.models import User
from xieshang.base.drafts import queries as own_drafts
from xieshang.base.drafts.models import Draft
from xieshang.base.ledger.facts import Indicator
from xieshang.base.ledger.figures import standing
from xieshang.base.ledger.models import PostedFact
from xieshang.base.orgs.models import Body, Organization
from xieshang.base.people.models import Person

from . import facts, rhythm
from .fields import DIMENSIONS, Field, Known
from .models import Entry, EntryBody, EntryPerson, Register


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


def entry(user: User, pk: int) -> Entry:
    """One entry, or 404 when it is not theirs to see."""
    found = Entry.objects.filter(organization__in=permissions.units(user, "registers.see"))
    return get_object_or_404(
        found.select_related(
            "organization", "register__organization", "register__current", "fields_version", "created_by", "saved_by"
        ),
        pk=pk,
    )


def entries_by_words(user: User, unit: Organization, words: str) -> QuerySet[Entry]:
    """Valid entries of a unit's registers whose title holds the words, newest first. One query."""
    found = Entry.objects.filter(organization__in=permissions.units(user, "registers.see"), state="valid")
    return found.filter(organization=unit, title__icontains=words).select_related("register").order_by("-on", "-id")


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
        raw = entry.payload.get(field.key, "")
        text = (
            "、".join(names.get((entry.pk, field.key), []))
            if field.linked
            else field.choices.get(raw, raw)
            if field.type == "choice"
            else raw
        )
        if text:
            made[field.key] = Shown(field, text, raw)
    return made


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
    """The unit's open registers with how each stands against its rhythm. Two queries."""
    found = [one for one in visible(user).filter(organization=unit, open=True).order_by("id") if one.rhythm != "none"]
    months = by_month((one.pk for one in found), date(today.year - 1, 7, 1), today) if found else {}
    return [(one, rhythm.light(one, months.get(one.pk, {}), today)) for one in found]


def draft_key(register: Register, entry: Entry | None = None) -> str:
    """Under which a form's drafts are kept: a new entry of a register, or the correction of one."""
    return f"registers.edit.{entry.pk}" if entry else f"registers.new.{register.pk}"


def drafts(user: User, unit: Organization) -> QuerySet[Draft]:
    """One's own unfinished new entries in a unit's registers, newest first."""
    return own_drafts.listed(user, unit, "registers").filter(key__startswith="registers.new.")


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
