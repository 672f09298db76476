"""Where the rooms make themselves known, so that ledger, workflow and pages need no import from `work/`.

A kind of record has a name, an address, a title, a function from a record to its facts, and a replay over all its records.
"""

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from xieshang.base.ledger.facts import Fact, Indicator
    from xieshang.base.orgs.models import Organization


@dataclass(frozen=True)
class Kind:
    """A kind of record.

    name      `room.thing`, as in `Record.RECORD`
    title     Chinese name of the kind, a lazy string
    facts     record → the facts it says now (none when it is void)
    replay    organization id or None for all → (record id, organization id, facts) of every record, read in batches
    titles    record ids → {id: title}; one query
    url       record id → address of its page
    versions  → (record id, version) of every record
    sources   record ids → {id: the paper it was copied from}, of what was not recorded here first
    shown     account, record id → may it see this one? Where `room.see` alone does not say so
    """

    name: str
    title: Any
    facts: "Callable[[Any], list[Fact]]"
    replay: "Callable[[int | None], Iterator[tuple[int, int, list[Fact]]]]"
    titles: Callable[[Iterable[int]], dict[int, str]]
    url: Callable[[int], str]
    versions: Callable[[], Iterable[tuple[int, int]]]
    shown: Callable[[Any, int], bool] | None = None
    sources: Callable[[Iterable[int]], dict[int, str]] | None = None


KINDS: dict[str, Kind] = {}
INDICATORS: "dict[str, Indicator]" = {}
PROVIDERS: "list[Callable[[Organization | None], Iterable[Indicator]]]" = []
SEARCHES: "list[Callable[[Any, Organization, str, int], tuple[Any, list[dict[str, Any]]]]]" = []


def kind(made: Kind) -> None:
    KINDS[made.name] = made


KEPT: "dict[str, list[Callable[[Any], object]]]" = {}


def kept(name: str, function: "Callable[[Any], object]") -> None:
    """What a room keeps beside its records of a kind (a search index): (record), in each move of one, in its transaction."""
    KEPT.setdefault(name, []).append(function)


def silent(model: Any, url: Callable[[int], str], named: "str | Callable[[Iterable[int]], dict[int, str]]") -> Kind:
    """A kind of record that posts no facts: it is made of them, or what it approves does.

    named  the column that holds its title, or record ids → {id: title}
    """

    def replay(organization: int | None) -> "Iterator[tuple[int, int, list[Fact]]]":
        found = model.objects.filter(organization=organization) if organization else model.objects.all()
        for pk, owner in found.order_by("pk").values_list("pk", "organization_id").iterator():
            yield pk, owner, []

    def titles(ids: Iterable[int]) -> dict[int, str]:
        return dict(model.objects.filter(pk__in=list(ids)).values_list("pk", named))

    return Kind(
        model.RECORD, model._meta.verbose_name, lambda record: [], replay, named if callable(named) else titles, url,
        lambda: model.objects.values_list("pk", "version"),
    )  # fmt: skip


def indicators(*made: "Indicator") -> None:
    for one in made:
        INDICATORS[one.code] = one


def provider(function: "Callable[[Organization | None], Iterable[Indicator]]") -> None:
    """Indicators that an office makes itself (registers): asked for each unit."""
    PROVIDERS.append(function)


SCHEDULED: "list[Callable[[Organization, date, date], Iterable[tuple[Fact, str, str]]]]" = []


def scheduled(function: "Callable[[Organization, date, date], Iterable[tuple[Fact, str, str]]]") -> None:
    """What is planned and not held yet: (unit, start, end) → (a fact it would post, ref of its record, its title), several facts of one record.

    Asked for all at once, in a fixed number of queries. Nothing of it is counted: plans show it as 已排 beside what is done.
    """
    SCHEDULED.append(function)


OUTDATED: "list[Callable[[Collection[int]], Iterable[tuple[str, int]]]]" = []


def outdated(function: "Callable[[Collection[int]], Iterable[tuple[str, int]]]") -> None:
    """What a unit still says of a joint record that was corrected since: (units) → (ref, unit), where the unit that keeps it is among them.

    Such facts stand and count in the unit's own figures; where they are summed with those of the keeping unit, his are the ones that count.
    """
    OUTDATED.append(function)


JOBS: "list[Callable[[datetime], object]]" = []


def job(function: "Callable[[datetime], object]") -> None:
    """What a room does in every round of the worker: (now)."""
    JOBS.append(function)


COUNTING: "list[Callable[[Organization, list[Fact], str], list[tuple[str, str]]]]" = []


def counting(function: "Callable[[Organization, list[Fact], str], list[tuple[str, str]]]") -> None:
    """In which tasks a record counts: (unit, its facts, its ref or "" of one not yet saved) → [(title, url)]."""
    COUNTING.append(function)


def counts(organization: "Organization", facts: "list[Fact]", record: str = "") -> list[tuple[str, str]]:
    """The tasks in which a record with these facts counts: what a page says before and after it is saved."""
    return [found for one in COUNTING for found in one(organization, facts, record)]


CARDS: "list[Callable[[Any, Organization, date, date], dict[str, Any] | None]]" = []


def card(function: "Callable[[Any, Organization, date, date], dict[str, Any] | None]") -> None:
    """A room's card under 工作: (user, unit, start, end) → {title, text, url, figures: [{label, value, unit}], do: {label, url}} or None."""
    CARDS.append(function)


@dataclass(frozen=True)
class Held:
    """What somebody has in hand in one room of a unit, when he leaves.

    title   what such things are called;  things  [(title, address)]
    hand    (to whom, by, now): passes all of it on, through the room's own action
    """

    title: Any
    things: list[tuple[str, str]]
    hand: Callable[[Any, Any, datetime], object]


HANDOVERS: "list[Callable[[Any, Organization], Held]]" = []


def handover(function: "Callable[[Any, Organization], Held]") -> None:
    """交接: a room's function (user, unit) → what he has in hand there."""
    HANDOVERS.append(function)


def held(user: Any, unit: "Organization") -> list[Held]:
    """What an account has in hand in a unit, room by room; rooms where it has nothing are left out."""
    return [found for one in HANDOVERS if (found := one(user, unit)).things]


def searchable(function: "Callable[[Any, Organization, str, int], tuple[Any, list[dict[str, Any]]]]") -> None:
    """A room's search: (user, unit, words, limit) → (title of the section, [{title, note, url}])."""
    SEARCHES.append(function)


def search(user: Any, unit: "Organization", words: str, limit: int) -> "list[tuple[Any, list[dict[str, Any]]]]":
    return [one(user, unit, words, limit) for one in SEARCHES]


def titles(refs: Iterable[str]) -> dict[str, str]:
    """Titles of records of any kind, one query for each kind."""
    found = _by_kind(refs).items()
    return {f"{name}:{pk}": title for name, pks in found for pk, title in KINDS[name].titles(pks).items()}


def sources(refs: Iterable[str]) -> dict[str, str]:
    """The papers from which records were copied, one query for each kind that has such."""
    found = [(name, pks, KINDS[name].sources) for name, pks in _by_kind(refs).items()]
    return {f"{name}:{pk}": source for name, pks, of in found if of for pk, source in of(pks).items()}


def _by_kind(refs: Iterable[str]) -> dict[str, list[int]]:
    by_kind: dict[str, list[int]] = {}
    for ref in refs:
        name, _, pk = ref.partition(":")
        if name in KINDS:
            by_kind.setdefault(name, []).append(int(pk))
    return by_kind


def url(ref: str) -> str:
    """The page of a record, also of what stands beside it (`…:12.seal`); empty when its kind is not known."""
    name, _, pk = ref.partition(":")
    return KINDS[name].url(int(pk.partition(".")[0])) if name in KINDS else ""
