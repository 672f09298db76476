"""What an entry of a register says, and the indicators that a unit's registers bring."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from xieshang.base.ledger.facts import ONE, Fact, Indicator
from xieshang.base.once import once
from xieshang.base.orgs.models import Organization

from .fields import Field, Measure
from .models import GIFTS, Entry, EntryBody, EntryPerson, Register, RegisterVersion
from .rules import BESIDE

BATCH = 1000


class Named(NamedTuple):
    """A person of an entry as plain values."""

    person: int
    sector: int | None


def facts(entry: Entry) -> list[Fact]:
    """The facts of one saved entry."""
    people = EntryPerson.objects.filter(entry=entry).order_by("id").values_list("person", "sector")
    bodies = dict(EntryBody.objects.filter(entry=entry).values_list("field", "body"))
    return said(entry, entry.register, entry.fields_version, [Named(*row) for row in people], bodies)


def said(
    entry: Entry, register: Register, version: RegisterVersion, people: Iterable[Named], bodies: dict[str, int]
) -> list[Fact]:
    """One entry is one fact; each number or sum of money one; each person one; each day on which something happened one.

    Only a valid entry says anything: what a member reported says nothing until it is confirmed.
    """
    if entry.state != "valid":
        return []
    body = next((bodies[one.key] for one in version.typed if one.type == "body" and one.key in bodies), None)

    def fact(
        kind: str,
        on: date,
        quantity: Decimal = ONE,
        measure: str = version.unit,
        category: str = entry.category,
        **who: int | None,
    ) -> Fact:
        return Fact(
            kind, on, quantity, measure, body=body, category=category, carrier=entry.carrier, outlet=entry.outlet, **who
        )

    prefix = register.kind_prefix
    found = [fact(register.entries_kind, entry.on)]
    for one in version.typed:
        if one.counted and (amount := Decimal(entry.payload.get(one.key) or 0)):
            category = one.category or entry.category
            found.append(fact(kind_of(register, one), entry.on, amount, one.measure, category))
        elif one.role == "until":
            found.append(fact(f"{prefix}.standing", entry.on))
            if ended := entry.payload.get(one.key):
                found.append(fact(f"{prefix}.standing", date.fromisoformat(ended), -ONE))
        elif one.happens and (happened := _happened(entry, one)):
            found.append(fact(f"{prefix}.{happened[0]}", happened[1]))
            if also := BESIDE.get(f"{prefix}.{happened[0]}"):
                found.append(fact(also, happened[1]))
    for named in dict.fromkeys(people):
        found.append(fact(f"{prefix}.person", entry.on, measure="人次", person=named.person, sector=named.sector))
    if entry.course == "solved" and entry.settled_on:
        found.append(fact(f"{prefix}.solved", entry.settled_on))
    if entry.rated_on:
        found.append(fact(f"{prefix}.settled", entry.rated_on))
    return found


def _happened(entry: Entry, field: Field) -> tuple[str, date] | None:
    """What happened, as the last part of its kind of fact, and when."""
    given = entry.payload.get(field.key)
    day = date.fromisoformat(given) if given else entry.on
    if not field.by:
        return (field.fact, day) if given else None
    code = getattr(entry, field.by)
    return (field.fact or code, day) if code and code != "none" else None


def kind_of(register: Register, field: Field) -> str:
    """The kind of fact that a field posts."""
    return f"{register.kind_prefix}.person" if field.linked else f"{register.kind_prefix}.{field.fact or field.key}"


def replay(organization: int | None) -> Iterator[tuple[int, int, list[Fact]]]:
    """Every entry with its facts, read in batches of a thousand; three queries a batch."""
    versions = {one.pk: one for one in RegisterVersion.objects.all()}
    registers = {one.pk: one for one in Register.objects.all()}
    last = 0
    while batch := _batch(organization, last):
        ids = [entry.pk for entry in batch]
        people, bodies = named(ids), in_bodies(ids)
        for entry in batch:
            yield (
                entry.pk,
                entry.organization_id,
                said(
                    entry,
                    registers[entry.register_id],
                    versions[entry.fields_version_id],
                    people[entry.pk],
                    bodies[entry.pk],
                ),
            )
        last = batch[-1].pk


def _batch(organization: int | None, after: int) -> list[Entry]:
    found = Entry.objects.filter(pk__gt=after).order_by("pk")
    return list((found.filter(organization=organization) if organization else found)[:BATCH])


def named(ids: list[int]) -> dict[int, list[Named]]:
    """Entry → its persons. One query."""
    found: dict[int, list[Named]] = defaultdict(list)
    for entry, person, sector in (
        EntryPerson.objects.filter(entry__in=ids).order_by("id").values_list("entry", "person", "sector")
    ):
        found[entry].append(Named(person, sector))
    return found


def in_bodies(ids: list[int]) -> dict[int, dict[str, int]]:
    """Entry → field → body. One query."""
    found: dict[int, dict[str, int]] = defaultdict(dict)
    for entry, field, body in EntryBody.objects.filter(entry__in=ids).values_list("entry", "field", "body"):
        found[entry][field] = body
    return found


def titles(ids: Iterable[int]) -> dict[int, str]:
    return dict(Entry.objects.filter(pk__in=ids).values_list("pk", "title"))


def versions() -> Iterable[tuple[int, int]]:
    return Entry.objects.values_list("pk", "version")


# --- indicators -------------------------------------------------------------------------------------------------------------


def provide(organization: Organization | None) -> list[Indicator]:
    """The indicators of all registers of a unit, open and closed. One query."""
    if organization is None:
        return []
    return [one for register in registers(organization) for one in indicators(register)]


def registers(organization: Organization) -> list[Register]:
    """All registers of a unit, open and closed. Read once for a page."""
    found = Register.objects.filter(organization=organization).select_related("current").order_by("id")
    return once(("registers", organization.pk), lambda: list(found))


_MADE: dict[str, list[Indicator]] = {}


def indicators(register: Register) -> list[Indicator]:
    """What a register counts. Made once for each wording of a register: every page that shows a figure asks for all of them."""
    shown = (
        register.code,
        register.kind_prefix,
        register.name,
        register.unit,
        register.note,
        register.inside,
        register.follow,
        register.indicators,
    )
    key = repr((shown, register.current and register.current.fields, get_language()))
    if key not in _MADE:
        if len(_MADE) > 5000:
            _MADE.clear()
        _MADE[key] = _made(register)
    return _MADE[key]


def _made(register: Register) -> list[Indicator]:
    """Always its entries (those of gifts are counted together with the gifts in activities), what a follow-up brings, then its own ways."""
    own = {measure.suffix: measure for measure in register.measures}
    always = [] if register.kind_prefix == GIFTS else [entries_of(register)]
    always += follow_up_of(register) if register.follow else []
    ways = {**{measure.suffix: measure for measure in always}, **own}
    return [made for measure in ways.values() if (made := indicator(register, measure))]


def follow_up_of(register: Register) -> list[Measure]:
    """What every register with a follow-up part counts: solved when it was solved, and how many of a time's entries are solved by now."""
    own, said = register.name, {"register": register.name}
    whole = "gifts.made" if register.kind_prefix == GIFTS else register.made
    return [
        Measure(
            "solved", _("已解决的%(register)s") % said, register.unit, fact="solved", words=(f"已解决的{own}", f"解决{own}"),
            note=_("在统计期内解决的，按解决的日期计，一条只计一次"),
        ),
        Measure(
            "settled", _("本期登记、已解决的%(register)s") % said, register.unit, fact="settled", words=(f"本期登记、已解决的{own}",),
            note=_("统计期内登记的里面，现在已经解决的"),
        ),
        Measure(
            "solved_rate", _("%(register)s解决率") % said, "%", "rate", part="settled", whole=whole, words=(f"{own}解决率", f"{own}办结率"),
            note=_("统计期内登记的里面，已解决的占多少；时期锁定以后才解决的，不再改动那一期的比率"),
        ),
    ]  # fmt: skip


def entries_of(register: Register) -> Measure:
    """The way to count that every register has."""
    note = register.note or _("“%(register)s”登记簿里有效的记录，一条只计一次") % {"register": register.name}
    if register.until:  # the name alone means how many there are
        name, words = (
            _("新设的%(register)s") % {"register": register.name},
            (f"新设{register.name}", f"新增{register.name}"),
        )
        return Measure(register.made, name, register.unit, words=words, note=note)
    return Measure(register.made, register.name, register.unit, words=(register.name,), note=note)


def indicator(register: Register, measure: Measure) -> Indicator | None:
    """A measure as an indicator; None when the field it counts is gone."""
    fields = {one.key: one for one in register.fields}
    kind, where = register.entries_kind, dict(measure.where)
    if measure.how == "stock":
        kind = f"{register.kind_prefix}.standing"
    elif measure.fact:
        kind = f"{register.kind_prefix}.{measure.fact}"
    elif measure.how == "people" and not measure.field:
        kind = f"{register.kind_prefix}.person"
    elif measure.field:
        if (field := fields.get(measure.field)) is None:
            return None
        kind = kind_of(register, field)
        if field.category:
            where["category"] = (field.category,)
    part, whole = (_code(register, one) for one in (measure.part, measure.whole))
    return Indicator(
        _code(register, measure.suffix), measure.name, measure.unit, measure.how, "" if part else kind, tuple(sorted(where.items())), part, whole,
        measure.measures, measure.words, measure.never, measure.note, register.inside,
    )  # fmt: skip


def code_of(register: Register, suffix: str) -> str:
    """The code of one way to count; a bridge register's is the one that the later room will use, so that plans stay tied."""
    return f"{register.kind_prefix}.{suffix}" if register.bridge else f"registers.{register.code}.{suffix}"


def _code(register: Register, given: str) -> str:
    return given if not given or "." in given else code_of(register, given)
