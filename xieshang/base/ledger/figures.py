"""Figures: what an indicator says for a unit and a period, many at a time, and the facts under each.

A read is rollup (whole months) + days of broken months + the tail above the watermark. All figures of a page are asked together:
the number of database queries does not grow with the number of figures, nor the rows read with the number of facts.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Window
from django.db.models.functions import Rank

from xieshang.base import registry
from xieshang.base.once import once
from xieshang.base.orgs.models import Organization
from xieshang.base.people.models import Membership

from . import cells, earlier
from .facts import JOINT, Indicator
from .models import NO_REVERSAL, PostedFact, unreversed

BEGINNING = date(1949, 1, 1)
NARROWS = ("body", "sector", "person", "members_of")
CENT = Decimal("0.01")


@dataclass(frozen=True)
class Query:
    """What is asked: an indicator, a unit, a period (both days included), and what narrows it.

    members_of  a body: what those did who belonged to it on the day of each fact (a party, the committee of a member)
    children  take the units below in (汇总); a jointly held happening still counts once
    as_of     as it was known at this moment; None for now
    """

    indicator: Indicator
    organization: int
    start: date
    end: date
    body: int | None = None
    sector: int | None = None
    person: int | None = None
    members_of: int | None = None
    children: bool = False
    as_of: datetime | None = None


@dataclass
class Figure:
    """A figure that can be opened. `value` is None where there is nothing to divide by, or only a whole year is known of which a part was asked.

    years  what became of 历年数据 of the years it touches
    """

    query: Query
    value: Decimal | None
    facts: int
    parts: "list[Figure]" = field(default_factory=list)
    years: earlier.Blend = earlier.NONE

    @property
    def indicator(self) -> Indicator:
        return self.query.indicator

    @property
    def rows(self) -> int:
        """How many facts `rows` gives; of a rate or an average those of its part."""
        return self.parts[0].rows if self.parts else self.facts

    @property
    def number(self) -> int | float | None:
        """As a JSON number."""
        if self.value is None:
            return None
        return int(self.value) if self.value == self.value.to_integral_value() else float(self.value)

    @property
    def text(self) -> str:
        return (
            "—"
            if self.number is None
            else f"{self.number:,}"
            if isinstance(self.number, int)
            else f"{self.number:,.10g}"
        )


def indicators(organization: Organization | None) -> dict[str, Indicator]:
    """Every indicator of a unit: those of the rooms and those that the office made itself. Read once for a page."""
    return dict(once(("indicators", organization.pk if organization else None), lambda: _indicators(organization)))


def _indicators(organization: Organization | None) -> dict[str, Indicator]:
    """A room's own indicator stands before a register's of the same code: what a bridge counted goes on under the room's words."""
    made: dict[str, Indicator] = {}
    for provider in registry.PROVIDERS:  # the registers', which a bridge is one of, come last
        for one in provider(organization):
            made.setdefault(one.code, one)
    return {**made, **registry.INDICATORS}


def offered(known: dict[str, Indicator]) -> dict[str, Indicator]:
    """Those that somebody may choose, or a text mean: without what only tells another apart."""
    return {code: one for code, one in known.items() if not one.aside}


def figure(query: Query, known: dict[str, Indicator] | None = None) -> Figure:
    return figures([query], known)[0]


def figures(queries: Sequence[Query], known: dict[str, Indicator] | None = None) -> list[Figure]:
    """The figure of each query, in order. `known`: the indicators of the unit, where they were already read."""
    known = known if known is not None else _known(queries)
    told = _told(queries, known)
    years = [_year(query, year) for query, given in told.items() for year in given]
    wanted = {basic for query in (*queries, *years) for basic in _basics(query, known)}
    read = _Read(known, {}, told)
    groups = list(_groups(wanted).values())
    asks = [_asks(group) for group in groups]
    for group, ask, found in zip(groups, asks, cells.load(asks), strict=True):
        read.basics.update((q, _add(q, found[_narrow(q, apart=ask.apart)])) for q in group)
    return [_figure(query, read) for query in queries]


@dataclass
class _Read:
    """What was read for a batch. `told`: queries that touch years of which there are earlier figures."""

    known: dict[str, Indicator]
    basics: dict[Query, tuple[Decimal, int]]
    told: dict[Query, earlier.Years]


def _told(queries: Sequence[Query], known: dict[str, Indicator]) -> dict[Query, earlier.Years]:
    asked = {one for query in queries for one in _tree(query, known)}
    found: dict[Query, earlier.Years] = {}
    for as_of in {query.as_of for query in asked}:
        units = tuple(sorted({query.organization for query in asked if query.as_of == as_of}))
        given = once(("earlier", units, as_of), lambda units=units, as_of=as_of: earlier.read(_yearly(units, as_of)))  # type: ignore[misc]
        for query in asked if given else ():
            years = given.get((query.organization, earlier.category(query.indicator.code)), {})
            stock = query.indicator.how == "stock"
            if query.as_of == as_of and (years := earlier.touched(years, query.start, query.end, stock=stock)):
                found[query] = years
    return found


def _tree(query: Query, known: dict[str, Indicator]) -> list[Query]:
    """The query, and what it is made of."""
    parts = parted(query, known) if query.indicator.part else []
    return [query, *(one for part in parts for one in _tree(part, known))]


def _yearly(units: Sequence[int], as_of: datetime | None) -> QuerySet[PostedFact]:
    return standing(as_of).filter(organization__in=units, kind=earlier.KIND).order_by()


def _year(query: Query, year: int) -> Query:
    """The whole unit in the whole year: what has to be without detail for an earlier figure to be read."""
    whole = dict.fromkeys(NARROWS)
    return replace(query, start=date(year, 1, 1), end=earlier.last_day(year), **whole)  # type: ignore[arg-type]


def _known(queries: Sequence[Query]) -> dict[str, Indicator]:
    if not any(query.indicator.part for query in queries):
        return {}
    organizations = Organization.objects.in_bulk({query.organization for query in queries})
    return {code: one for organization in organizations.values() for code, one in indicators(organization).items()}


def parted(query: Query, known: dict[str, Indicator]) -> list[Query]:
    """Part and whole of a rate or an average, asked alike: where one of them is not seen from above, neither is the other."""
    part, whole = known[query.indicator.part], known[query.indicator.whole]
    children = query.children and not (query.indicator.inside or part.inside or whole.inside)
    return [replace(query, indicator=one, children=children) for one in (part, whole)]


def _basics(query: Query, known: dict[str, Indicator]) -> list[Query]:
    """The queries that are counted: the query itself, or part and whole of a rate or an average."""
    if query.indicator.part:
        return [basic for one in parted(query, known) for basic in _basics(one, known)]
    if query.indicator.how == "stock":
        query = replace(query, start=BEGINNING)
    if query.children and query.indicator.inside:
        query = replace(query, children=False)
    return [query]


def _figure(query: Query, read: _Read) -> Figure:
    if not query.indicator.part:
        value, facts = read.basics[_basics(query, read.known)[0]]
        return _with_years(Figure(query, value, facts), read)
    part, whole = (_figure(one, read) for one in parted(query, read.known))
    divided: Decimal | None = None
    if part.value is not None and whole.value:
        scale = 100 if query.indicator.how == "rate" else 1
        divided = (part.value * scale / whole.value).quantize(CENT, ROUND_HALF_UP)
    return _with_years(Figure(query, divided, part.facts + whole.facts, [part, whole]), read)


def _with_years(figure: Figure, read: _Read) -> Figure:
    """The figure with what is known of earlier years: read where a year has no detail, and never added to detail."""
    query = figure.query
    if not (given := read.told.get(query)):
        return figure
    detailed = [year for year in given if any(read.basics[one][1] for one in _basics(_year(query, year), read.known))]
    narrowed = query.children or any(getattr(query, name) is not None for name in NARROWS)
    stock, adds = query.indicator.how == "stock", query.indicator.how in ("count", "sum")
    years = earlier.blend(given, detailed, query.start, query.end, stock=stock, narrowed=narrowed)
    value = figure.value
    if years.split or (years.used and not adds and not stock and query.start.year != query.end.year):
        return replace(figure, value=None, years=replace(years, used={}, split=True))  # different people are not added
    if years.used:
        value = sum(years.used.values(), (value or Decimal(0)) if adds else Decimal(0))
    return replace(figure, value=value, facts=figure.facts + len(years.used), years=years)


def _groups(queries: Iterable[Query]) -> dict[Any, list[Query]]:
    """Queries that one read can answer."""
    groups: dict[Any, list[Query]] = defaultdict(list)
    for q in queries:
        groups[
            q.organization if q.children else None,  # units that are not summed are read together, told apart
            *(getattr(q, name) is None for name in NARROWS),
            q.children,
            q.as_of,
            q.indicator.by_person,
            q.indicator.by_person and bool(q.indicator.where),
            q.indicator.how == "stock",
            q.end if q.indicator.how == "stock" and q.members_of is not None else None,
        ].append(q)
    return groups


def _asks(group: list[Query]) -> cells.Read:
    """What a group asks the ledger for."""
    first = group[0]
    apart = len({q.organization for q in group}) > 1
    organizations = tuple(sorted({q.organization for q in group})) if apart else _organizations(first)
    return cells.Read(
        organizations=organizations, apart=apart, once=first.children, kinds=tuple(sorted({q.indicator.kind for q in group})),
        spans=tuple(sorted({(q.start, q.end) for q in group})), bodies=_asked(group, "body"), sectors=_asked(group, "sector"),
        persons=_asked(group, "person"), members=_asked(group, "members_of"), people=first.indicator.by_person, as_of=first.as_of, labels=_labels(group),
        members_on=first.end if first.indicator.how == "stock" else None,
        home=first.organization, hidden=hidden() if first.children else (),
        outdated=_outdated(organizations) if first.children else (),
    )  # fmt: skip


def _narrow(q: Query, *, apart: bool) -> cells.Narrow:
    unit = q.organization if apart else 0
    return q.indicator.kind, unit, q.body or 0, q.sector or 0, q.person or 0, q.members_of or 0


def _asked(group: list[Query], name: str) -> tuple[int, ...]:
    return tuple(sorted({value for q in group if (value := getattr(q, name)) is not None}))


def _labels(group: list[Query]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """(dimension, kinds): what has to be told apart to answer the group."""
    asked: dict[str, set[str]] = defaultdict(set)
    for query in group:
        for dimension, _codes in query.indicator.where:
            asked[dimension].add(query.indicator.kind)
    return tuple((dimension, tuple(sorted(kinds))) for dimension, kinds in sorted(asked.items()))


def _organizations(query: Query) -> tuple[int, ...]:
    if not query.children:
        return (query.organization,)
    path = Organization.objects.values_list("path", flat=True).get(pk=query.organization)
    return tuple(Organization.objects.filter(path__startswith=path).order_by("id").values_list("id", flat=True))


def _add(query: Query, found: list[cells.Cell]) -> tuple[Decimal, int]:
    indicator = query.indicator
    quantity, facts = Decimal(0), 0
    persons: dict[int, int] = defaultdict(int)
    there: dict[int, Decimal] = defaultdict(Decimal)
    start, end, where, people = query.start, query.end, indicator.where, indicator.by_person
    for cell in found:  # there may be thousands, one for each person and month
        if start <= cell.first and cell.last <= end and (not where or cell.fits(where)):
            quantity += cell.quantity
            facts += cell.facts
            if people:
                persons[cell.person] += cell.facts
                there[cell.person] += cell.quantity
    if indicator.distinct:
        return Decimal(sum(n > 0 for n in there.values())), facts
    if indicator.how == "people":
        return Decimal(sum(n > 0 for n in persons.values())), facts
    if indicator.how == "count":
        return Decimal(facts), facts
    return quantity.quantize(CENT), facts


# --- the facts under a figure ---------------------------------------------------------------------------------------------


def standing(as_of: datetime | None = None) -> QuerySet[PostedFact]:
    """Facts that are posted and not reversed, now or as it was known at a moment."""
    if as_of is None:
        return unreversed()
    undone = PostedFact.objects.filter(reverses=OuterRef("pk"), posted_at__lte=as_of)
    return PostedFact.objects.filter(~Exists(undone), NO_REVERSAL, posted_at__lte=as_of)


def rows(query: Query, known: dict[str, Indicator] | None = None) -> QuerySet[PostedFact]:
    """The standing facts that make a figure, newest first; of a rate or an average those of its part. 历年数据 that is read instead stands among them."""
    known = known if known is not None else _known([query])
    found = detail(query, known)
    first = _leaf(query, known)
    if not _told([first], known):
        return found
    days = [earlier.last_day(year) for year in figures([first], known)[0].years.used]
    yearly = _yearly([first.organization], first.as_of).filter(
        category=earlier.category(first.indicator.code), on__in=days
    )
    ids = found.order_by().values("pk")
    return PostedFact.objects.filter(Q(pk__in=ids) | Q(pk__in=yearly.values("pk"))).order_by("-on", "-id")


def _leaf(query: Query, known: dict[str, Indicator]) -> Query:
    """What the rows of a rate or an average are those of."""
    while query.indicator.part:
        query = parted(query, known)[0]
    return query


def detail(query: Query, known: dict[str, Indicator]) -> QuerySet[PostedFact]:
    """The facts of a figure without what stands for whole years."""
    basic = _basics(query, known)[0]
    found = _facts(
        basic, cells.with_joint((basic.indicator.kind,)) if basic.body is not None else (basic.indicator.kind,)
    )
    if basic.children:
        for record, unit in _outdated(_organizations(basic)):
            found = found.exclude(record=record, organization=unit)
        found = found.annotate(
            place=Window(Rank(), partition_by=[F(column) for column in cells.SAME], order_by="organization_id")
        ).filter(place=1)
    return found.order_by("-on", "-id")


def last_days(queries: Sequence[Query], known: dict[str, Indicator]) -> list[date | None]:
    """The day of the newest fact under each figure of one unit or body as it stands now. One query, each part of it one step along an index."""
    return cells.newest([_under(_basics(query, known)[0]) for query in queries])


def _under(q: Query) -> cells.Under:
    return cells.Under(
        q.organization, q.indicator.kind, q.indicator.where, q.start, q.end, q.body, q.indicator.by_person
    )


def joint(query: Query) -> int:
    """How many happenings of a figure are 联办: of several bodies, or, where units are summed, of several units."""
    if query.indicator.part:
        return 0
    basic = _basics(query, {})[0]
    found = _facts(basic, (f"{basic.indicator.kind}{JOINT}",))
    if not basic.children:
        return found.order_by().values("record").distinct().count()
    both = _facts(basic, cells.with_joint((basic.indicator.kind,))).order_by().values("record")
    helped = Count("pk", filter=Q(kind=f"{basic.indicator.kind}{JOINT}"))
    units = Count("organization", distinct=True)
    return both.annotate(helped=helped, units=units).filter(Q(helped__gt=0) | Q(units__gt=1)).count()


def _outdated(organizations: tuple[int, ...]) -> tuple[tuple[str, int], ...]:
    """What is not counted where these units are summed: (record, unit); one query a room that has such, once a page."""
    return once(
        ("outdated", organizations), lambda: tuple(p for room in registry.OUTDATED for p in room(organizations))
    )


def hidden() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """(`room.`, categories) of what is only for a unit itself (Party work): where units are summed, no figure takes it in from below."""
    found: dict[str, set[str]] = defaultdict(set)
    for indicator in registry.INDICATORS.values():
        for dimension, codes in indicator.where if indicator.inside else ():
            if dimension == "category":
                found[indicator.kind.partition(".")[0] + "."].update(codes)
    return tuple((room, tuple(sorted(codes))) for room, codes in sorted(found.items()))


def _facts(basic: Query, kinds: tuple[str, ...]) -> QuerySet[PostedFact]:
    """The standing facts of these kinds that a counted query asks for."""
    found = standing(basic.as_of).filter(
        organization__in=_organizations(basic), kind__in=kinds, on__range=(basic.start, basic.end)
    )
    for dimension, codes in basic.indicator.where:
        found = found.filter(**{f"{dimension}__in": codes})
    for room, codes in hidden() if basic.children else ():
        below = ~Q(organization=basic.organization)
        found = found.exclude(below, kind__startswith=room, category__in=codes)
    for name in ("body", "sector", "person"):
        if (value := getattr(basic, name)) is not None:
            found = found.filter(**{name: value})
    if basic.members_of is not None:
        on = basic.end if basic.indicator.how == "stock" else OuterRef("on")
        served = Membership.objects.filter(body=basic.members_of, person=OuterRef("person"), started_on__lte=on)
        found = found.filter(Exists(served.filter(Q(ended_on=None) | Q(ended_on__gt=on))))
    return found.exclude(person=None) if basic.indicator.by_person else found
