"""Measuring targets: all targets of a unit's plans with one batch of figures; the database queries do not grow with their number."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from xieshang.base import registry, words
from xieshang.base.ledger import figures
from xieshang.base.ledger.facts import Fact, Indicator
from xieshang.base.ledger.figures import Figure, Query
from xieshang.base.once import once
from xieshang.base.orgs.models import Organization

from . import pace, single, telling
from .asking import Ask, Limits, ask_of, limits_of, limits_of_units
from .counting import takes
from .dividing import divisor, divisors
from .models import ProgressLine, Target, plain

CENT = Decimal("0.01")
MONEY = {("万元", "元"): Decimal(10_000), ("亿元", "元"): Decimal(100_000_000), ("亿元", "万元"): Decimal(10_000)}
LATE = ("behind", "missed")
MOST_LAST_DAYS = 100  # last days are looked up for so many late targets in one query


@dataclass
class Measured:
    """A target, how it stands on a day, and the figure that opens down to its facts."""

    target: Target
    aim: pace.Aim
    verdict: pace.Verdict
    indicator: Indicator | None = None
    figure: Figure | None = None
    last: date | None = None
    whole: Decimal | None = None
    on: date = date.min
    planned: Decimal = Decimal(0)
    beats: list[dict[str, str]] = field(default_factory=list)
    shared_out: bool = False  # tasks take turns at the records, and this is one of them

    @property
    def state(self) -> str:
        return self.verdict.state

    @cached_property
    def lines(self) -> list[ProgressLine]:
        """What was told of it, newest first."""
        return list(self.target.progress.all())

    @property
    def mark(self) -> str:
        """All that its row shows: a row that was drawn may be shown again as long as this is the same."""
        newest = next(iter(self.lines), None)
        shown = (
            self.target.pk,
            self.target.version,
            self.target.saved_at,
            self.verdict,
            self.last,
            self.whole,
            self.planned,
            self.beats,
            self.url,
            newest and newest.pk,
        )
        return repr(shown)

    @property
    def reason(self) -> str:
        return telling.reason(self.aim, self.verdict, last=self.last)

    @property
    def asked(self) -> str:
        return telling.asked(self.aim, self.verdict)

    @property
    def short(self) -> str:
        if self.target.state == "carried":
            return self.target.state_word
        return telling.short(self.aim, self.verdict, self.on)

    @property
    def months(self) -> str:
        """“5 月、10 月”."""
        return words.listed(_("%(month)s 月") % {"month": month} for month in self.aim.months)

    @property
    def counted(self) -> str:
        """“已完成 3 次”: a sentence to begin with, where something was counted; "" elsewhere."""
        if self.figure is None or not self.verdict.actual or self.target.op == "at_most" or self.aim.level:
            return ""
        return _("已完成 %(n)s %(unit)s") % {"n": plain(self.verdict.actual), "unit": self.unit}

    @property
    def ahead(self) -> str:
        """“已完成 2、已排 1、还差 1”."""
        return telling.planned(self.aim, self.verdict, self.planned)

    @property
    def unit(self) -> str:
        unit = self.target.unit or (self.indicator.unit if self.indicator else "")
        return f"{unit}{_('/人')}" if unit and self.target.per in ("member", "person") else unit

    @property
    def goal(self) -> str:
        """“4”, “3—5”."""
        if self.verdict.goal is None:
            return ""
        return (
            f"{plain(self.verdict.goal)}—{plain(self.verdict.goal_max)}"
            if self.target.op == "between" and self.verdict.goal_max
            else plain(self.verdict.goal)
        )

    @property
    def averaged(self) -> str:
        """How an average came about: “12 名委员共 6 条”."""
        if self.figure is None or not self.target.per or not self.whole:
            return ""
        said = {"whole": plain(self.whole), "total": plain(_scaled(self.figure.value, self)), "unit": self.target.unit}
        return (
            _("%(whole)s 名委员共 %(total)s %(unit)s") % said
            if self.target.per == "member"
            else _("%(whole)s 个，共 %(total)s %(unit)s") % said
        )

    @property
    def url(self) -> str:
        """The drawer with the facts under the figure."""
        if self.figure is None:
            return ""
        if self.shared_out:
            return reverse("plans:records", args=[self.target.pk])
        query = self.figure.query
        asked = {
            "indicator": query.indicator.code,
            "org": self.target.organization.code,
            "from": query.start.isoformat(),
            "to": query.end.isoformat(),
            **({"body": query.body} if query.body else {}),
        }
        return f"{reverse('figure_drawer')}?{urlencode(asked)}"


def measure(
    targets: Sequence[Target], on: date, known: dict[str, Indicator] | None = None, *, ahead: bool = True
) -> list[Measured]:
    """How each target stands on a day, in order. Their plans and organizations are selected with them; all belong to one unit.

    ahead  also what is planned for each, where that is shown
    """
    if not targets:
        return []
    organization = targets[0].organization
    known = known if known is not None else figures.indicators(organization)
    [(made, own)] = _measured([_Unit(organization, known, limits_of(organization, on, targets), targets)], on)
    _look_up_last_days([one for one in made if one.target.pk not in own], known)
    if ahead:
        _look_ahead(made, organization, known)
    return made


def of_units(targets: Sequence[Target], on: date) -> dict[int, Measured]:
    """The same for targets of several units, by their ids, with one batch of figures; without last days and what is planned."""
    by_unit: dict[Organization, list[Target]] = defaultdict(list)
    for target in targets:
        by_unit[target.organization].append(target)
    limits = limits_of_units(by_unit, on)
    asked = [_Unit(unit, _known_of(unit, mine), limits[unit.pk], mine) for unit, mine in by_unit.items()]
    return {one.target.pk: one for made, _own in _measured(asked, on) for one in made}


@dataclass
class _Unit:
    """One of the units whose targets are measured together."""

    organization: Organization
    known: dict[str, Indicator]
    limits: Limits
    targets: Sequence[Target]


def _known_of(unit: Organization, targets: Iterable[Target]) -> dict[str, Indicator]:
    """The indicators that the targets of a unit need: the unit's own are read only where one of them does."""
    asked = {target.indicator for target in targets if target.indicator}
    return registry.INDICATORS if asked <= registry.INDICATORS.keys() else figures.indicators(unit)


def _measured(units: Sequence[_Unit], on: date) -> list[tuple[list[Measured], dict[int, single.Turn]]]:
    """Unit by unit; what the ledger is asked is asked together."""
    asks = [[ask_of(target, on, unit.known, unit.limits) for target in unit.targets] for unit in units]
    queries = list(
        dict.fromkeys(
            query
            for unit, mine in zip(units, asks, strict=True)
            for ask in mine
            for query in (*ask.all(), *ask.wholes(unit.known))
        )
    )
    every = {code: one for unit in units for code, one in unit.known.items()}
    found = dict(zip(queries, figures.figures(queries, every), strict=True))
    return [_of_unit(unit, mine, found, on) for unit, mine in zip(units, asks, strict=True)]


def _of_unit(
    unit: _Unit, asks: list[Ask], found: dict[Query, Figure], on: date
) -> tuple[list[Measured], dict[int, single.Turn]]:
    whole = divisors(unit.targets, unit.organization, on)
    own = _shared_out(asks, on, whole, unit.known, unit.limits)
    made = []
    for ask in asks:
        turn = own.get(ask.target.pk)
        given = {**found, **single.figures_of(turn, ask.all())} if turn else found
        made.append(_judge(ask, on, given, whole, unit.known))
        if turn:
            made[-1].last, made[-1].shared_out = turn.last, True
    return made, own


def _shared_out(
    asks: Sequence[Ask], on: date, whole: dict[str, Decimal], known: dict[str, Indicator], limits: Limits
) -> dict[int, single.Turn]:
    """What each task was given in plans where tasks take turns. Two queries, where there is such a plan."""
    plans = {ask.target.plan_id for ask in asks if ask.target.plan.turns}
    if not plans:
        return {}
    here = [ask.target.pk for ask in asks]
    others = Target.objects.filter(plan__in=plans, state="accepted").exclude(pk__in=here)
    all_asks = [*asks, *(ask_of(one, on, known, limits) for one in others.select_related("plan", "organization"))]
    if found := _turns(all_asks, whole):
        single.share_out(found, single.records(asks[0].target.organization_id, found, on), known)
    return {one.target.pk: one for one in found}


def turns(targets: Sequence[Target], on: date, known: dict[str, Indicator]) -> list[single.Turn]:
    """Those tasks that take turns at the records, ready to be given theirs."""
    if not targets:
        return []
    organization = targets[0].organization
    limits = limits_of(organization, on, targets)
    return _turns([ask_of(target, on, known, limits) for target in targets], divisors(targets, organization, on))


def given(target: Target, on: date) -> list[tuple[str, Fact]]:
    """The facts, with their records, that a task that takes turns was given by a day."""
    known = figures.indicators(target.organization)
    limits = limits_of(target.organization, on, [target])
    ask, whole = ask_of(target, on, known, limits), divisors([target], target.organization, on)
    found = _shared_out([ask], on, whole, known, limits).get(target.pk)
    return found.got if found else []


def _turns(asks: Iterable[Ask], whole: dict[str, Decimal]) -> list[single.Turn]:
    made = []
    for ask in asks:
        if ask.indicator is not None and ask.target.state == "accepted":
            scale = MONEY.get((ask.target.unit, ask.indicator.unit), Decimal(1))
            each = (divisor(ask.target, whole) or Decimal(1)) if ask.target.per else Decimal(1)
            if (one := single.turn(ask.target, ask.aim, ask.indicator, scale * each)) is not None:
                made.append(one)
    return single.in_play(made)


def _judge(
    ask: Ask, on: date, found: dict[Query, Figure], whole: dict[str, Decimal], known: dict[str, Indicator]
) -> Measured:
    target, told = ask.target, told_of(ask.target, on)
    made = Measured(target, ask.aim, pace.Verdict("unmeasured"), ask.indicator, on=on)
    if ask.total is None:
        made.verdict = pace.judge(ask.aim, on, told=told)
        return made
    made.figure = found[ask.total]
    if target.per and not (ask.indicator and ask.indicator.how == "average"):  # an average is divided already
        in_office = next((found[query].value for query in ask.wholes(known)), None)
        made.whole = in_office or divisor(target, whole)
        if not made.whole:  # nothing to divide by: no light rather than a wrong one
            made.verdict = pace.judge(replace(ask.aim, counted=False), on, told=told)
            made.figure = None
            return made
    parts = [_each(found[query].value, made) for query in ask.parts]
    made.verdict = pace.judge(ask.aim, on, actual=_each(made.figure.value, made), by_period=parts, told=told)
    if target.period != "week":
        made.beats = [
            {
                "label": f"{cell.label} {plain(cell.value)}{ask.aim.unit}" if cell.value else cell.label,
                "state": cell.state,
            }
            for cell in _shown(ask.aim, made.verdict.cells, on)
        ]
    return made


def _shown(aim: pace.Aim, cells: tuple[pace.Cell, ...], on: date) -> list[pace.Cell]:
    """All periods; of a plan over several years those of the year."""
    year = min(max(on, aim.starts_on), aim.due).year
    return [
        cell
        for span, cell in zip(aim.spans, cells, strict=True)
        if not aim.long or aim.period == "year" or span.start.year == year
    ]


def told_of(target: Target, on: date) -> pace.Told:
    """What people had said about it by a day: the newest figure, and whether it was found to be done or not done."""
    line = next((line for line in target.progress.all() if line.figure is not None and line.on <= on), None)
    finished, failed = (day is not None and day <= on for day in (target.finished_on, target.not_done_on))
    return pace.Told(line.figure if line else None, line.on if line else None, finished, failed)


def _scaled(value: Decimal | None, made: Measured) -> Decimal | None:
    """元 as 万元 where the target says so."""
    if value is None or made.indicator is None:
        return value
    return (value / MONEY.get((made.target.unit, made.indicator.unit), Decimal(1))).quantize(CENT, ROUND_HALF_UP)


def _each(value: Decimal | None, made: Measured) -> Decimal | None:
    """A count as the target says it: in its own money unit, for each member where it is an average."""
    scaled = _scaled(value, made)
    return (scaled / made.whole).quantize(CENT, ROUND_HALF_UP) if scaled is not None and made.whole else scaled


# --- when it last happened --------------------------------------------------------------------------------------------------


def _look_up_last_days(made: list[Measured], known: dict[str, Indicator]) -> None:
    """The day of the newest fact under each late figure; one query."""
    late = [one for one in made if one.state in LATE and one.figure and one.figure.facts][:MOST_LAST_DAYS]
    if not late:
        return
    found = figures.last_days([one.figure.query for one in late if one.figure], known)
    for one, day in zip(late, found, strict=True):
        one.last = day


# --- what is planned --------------------------------------------------------------------------------------------------------


def _look_ahead(made: list[Measured], organization: Organization, known: dict[str, Indicator]) -> None:
    """What the rooms have planned for each target that is not done; every room is asked once for all of them."""
    wanted = [one for one in made if one.figure and one.indicator and _plannable(one)]
    if not wanted or not registry.SCHEDULED:
        return
    start, end = min(one.aim.starts_on for one in wanted), max(one.aim.due for one in wanted)
    found = once(
        ("scheduled", organization.pk, start, end),
        lambda: [fact for room in registry.SCHEDULED for fact in room(organization, start, end)],
    )
    for one in wanted:
        assert one.indicator is not None
        fits = {
            (ref, fact): fact.quantity
            for fact, ref, _title in found
            if fact.organization in (None, organization.pk)
            and one.aim.starts_on <= fact.on <= one.aim.due
            and takes(one.indicator, fact, known, one.target.body_id or one.target.plan.body_id)
        }
        whole = Decimal(len(fits)) if one.indicator.how == "count" else sum(fits.values(), Decimal(0))
        one.planned = _scaled(whole, one) or Decimal(0)


def _plannable(one: Measured) -> bool:
    """Numbers of happenings that may still come; nobody plans an average or a rate."""
    return (
        one.indicator is not None
        and one.indicator.how in ("count", "sum")
        and not one.target.per
        and one.target.op != "at_most"
        and one.state not in ("done", "withdrawn")
    )
