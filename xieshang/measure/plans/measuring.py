"""Measuring targets: all targets of a unit's plans with one batch of figures; the database queries do not grow with their number."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from urllib.parse import urlencode

from django.db.models import Count, Q, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _

from xieshang.base.ledger import figures
from xieshang.base.ledger.facts import Indicator
from xieshang.base.ledger.figures import Figure, Query
from xieshang.base.orgs.models import Body, BodyKind, Organization
from xieshang.base.people.facts import IN_OFFICE
from xieshang.base.people.models import Membership
from xieshang.base.settings import parameters

from . import pace
from .models import Target, plain
from .rules import SMALL_GOAL

CENT = Decimal("0.01")
MONEY = {("万元", "元"): Decimal(10_000), ("亿元", "元"): Decimal(100_000_000), ("亿元", "万元"): Decimal(10_000)}
NAMED = {  # what 每个… divides by, by the word that the text uses
    "小组": BodyKind.GROUP,
    "专委会": BodyKind.COMMITTEE,
    "专门委员会": BodyKind.COMMITTEE,
    "界别": BodyKind.SECTOR,
    "联络室": BodyKind.LIAISON,
    "支部": BodyKind.BRANCH,
}
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
    beats: list[dict[str, str]] = field(default_factory=list)

    @property
    def state(self) -> str:
        return self.verdict.state

    @property
    def mark(self) -> str:
        """All that its row shows: a row that was drawn may be shown again as long as this is the same."""
        newest = next(iter(self.target.progress.all()), None)
        shown = (
            self.target.pk,
            self.target.version,
            self.target.saved_at,
            self.verdict,
            self.last,
            self.whole,
            self.beats,
            self.url,
            newest and newest.pk,
        )
        return repr(shown)

    @property
    def reason(self) -> str:
        if self.state == "unmeasured":
            return ""
        return pace.reason(self.aim, self.verdict, last=self.last)

    @property
    def asked(self) -> str:
        return pace.asked(self.aim, self.verdict)

    @property
    def short(self) -> str:
        return pace.short(self.aim, self.verdict)

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
        words = {"whole": plain(self.whole), "total": plain(_scaled(self.figure.value, self)), "unit": self.target.unit}
        return (
            _("%(whole)s 名委员共 %(total)s %(unit)s") % words
            if self.target.per == "member"
            else _("%(whole)s 个，共 %(total)s %(unit)s") % words
        )

    @property
    def url(self) -> str:
        """The drawer with the facts under the figure."""
        if self.figure is None:
            return ""
        query = self.figure.query
        asked = {
            "indicator": query.indicator.code,
            "org": self.target.organization.code,
            "from": query.start.isoformat(),
            "to": query.end.isoformat(),
        }
        return f"{reverse('figure_drawer')}?{urlencode(asked)}"


def measure(targets: Sequence[Target], on: date, known: dict[str, Indicator] | None = None) -> list[Measured]:
    """How each target stands on a day, in order. Their plans and organizations are selected with them; all belong to one unit."""
    if not targets:
        return []
    organization = targets[0].organization
    known = known if known is not None else figures.indicators(organization)
    small = int(parameters.value(organization, SMALL_GOAL, on))
    asks = [_ask(target, on, known, small) for target in targets]
    queries = list(dict.fromkeys(query for ask in asks for query in (*ask.all(), *ask.wholes(known))))
    found = dict(zip(queries, figures.figures(queries, known), strict=True))
    divisors = _divisors(targets, organization, on)
    made = [_judge(ask, on, found, divisors, known) for ask in asks]
    _look_up_last_days(made, organization, known)
    return made


@dataclass
class _Ask:
    """What is asked of the ledger for one target."""

    target: Target
    aim: pace.Aim
    indicator: Indicator | None
    total: Query | None = None
    parts: tuple[Query, ...] = ()

    def all(self) -> Iterable[Query]:
        return (self.total, *self.parts) if self.total else ()

    def wholes(self, known: dict[str, Indicator]) -> Iterable[Query]:
        """Members in office on the last day asked for, where the target is for each member."""
        if self.total and self.target.per == "member" and IN_OFFICE in known:
            yield Query(known[IN_OFFICE], self.total.organization, self.total.end, self.total.end)


def aim_of(target: Target, indicator: Indicator | None, small: int = pace.SMALL) -> pace.Aim:
    return pace.Aim(
        starts_on=target.begins, ends_on=target.finishes, op=target.op if target.kind == "quantified" else "", value=target.value, max=target.max,
        unit=target.unit or (indicator.unit if indicator else ""), period=target.period, deadline=target.deadline, level=bool(indicator and indicator.how == "rate"),
        counted=indicator is not None, withdrawn=target.state == "withdrawn", small=small,
    )  # fmt: skip


def _ask(target: Target, on: date, known: dict[str, Indicator], small: int) -> _Ask:
    indicator = known.get(target.indicator) if target.indicator and target.kind == "quantified" else None
    ask = _Ask(target, aim_of(target, indicator, small), indicator)
    if indicator is None:
        return ask
    start, end = ask.aim.starts_on, max(ask.aim.starts_on, min(on, ask.aim.due))
    ask.total = Query(indicator, target.organization_id, start, end)
    ask.parts = tuple(
        Query(indicator, target.organization_id, span.start, min(end, span.end))
        for span in pace.spans(ask.aim)
        if span.start <= end
    )
    return ask


def _judge(
    ask: _Ask, on: date, found: dict[Query, Figure], divisors: dict[str, Decimal], known: dict[str, Indicator]
) -> Measured:
    target = ask.target
    made = Measured(target, ask.aim, pace.Verdict("unmeasured"), ask.indicator)
    finished = target.finished_on is not None
    if ask.total is None:
        made.verdict = pace.judge(ask.aim, on, manual=target.manual_value, finished=finished)
        return made
    made.figure = found[ask.total]
    if target.per:
        in_office = next((found[query].value for query in ask.wholes(known)), None)
        made.whole = in_office or _divisor(target, divisors)
        if not made.whole:  # nothing to divide by: no light rather than a wrong one
            made.verdict = pace.judge(
                replace(ask.aim, counted=False), on, manual=target.manual_value, finished=finished
            )
            made.figure = None
            return made
    parts = [_each(found[query].value, made) for query in ask.parts]
    made.verdict = pace.judge(ask.aim, on, actual=_each(made.figure.value, made), by_period=parts)
    if target.period != "week":
        made.beats = [
            {
                "label": f"{cell.label} {plain(cell.value)}{ask.aim.unit}" if cell.value else cell.label,
                "state": cell.state,
            }
            for cell in made.verdict.cells
        ]
    return made


def _scaled(value: Decimal | None, made: Measured) -> Decimal | None:
    """元 as 万元 where the target says so."""
    if value is None or made.indicator is None:
        return value
    return (value / MONEY.get((made.target.unit, made.indicator.unit), Decimal(1))).quantize(CENT, ROUND_HALF_UP)


def _each(value: Decimal | None, made: Measured) -> Decimal | None:
    """A count as the target says it: in its own money unit, for each member where it is an average."""
    scaled = _scaled(value, made)
    return (scaled / made.whole).quantize(CENT, ROUND_HALF_UP) if scaled is not None and made.whole else scaled


# --- what an average divides by ---------------------------------------------------------------------------------------------


def _divisors(targets: Sequence[Target], organization: Organization, on: date) -> dict[str, Decimal]:
    """Bodies by kind, members of the unit's own groups, units below: asked only where a target is for each of them."""
    wanted = {target.per for target in targets if target.indicator} & {"group", "member", "community"}
    found: dict[str, Decimal] = {}
    if "group" in wanted:
        counts = (
            Body.objects.filter(organization=organization, ended_on=None)
            .order_by()
            .values("kind")
            .annotate(n=Count("id"))
        )
        found.update({f"group:{row['kind']}": Decimal(row["n"]) for row in counts})
    if "member" in wanted:
        alive = Q(started_on__lte=on) & (Q(ended_on=None) | Q(ended_on__gt=on))
        groups = Membership.objects.filter(
            alive, body__organization=organization, body__kind__in=(BodyKind.GROUP, BodyKind.LIAISON)
        )
        found["member"] = Decimal(groups.values("person").distinct().count())
    if "community" in wanted:
        found["community"] = Decimal(Organization.objects.filter(parent=organization).count())
    return found


def _divisor(target: Target, divisors: dict[str, Decimal]) -> Decimal | None:
    if target.per != "group":
        return divisors.get(target.per)
    kind = next((kind for word, kind in NAMED.items() if word in target.quote), None)
    return divisors.get(f"group:{kind}") if kind else None


# --- when it last happened --------------------------------------------------------------------------------------------------


def _look_up_last_days(made: list[Measured], organization: Organization, known: dict[str, Indicator]) -> None:
    """The day of the newest fact under each late figure; one query, each part of it one step along an index."""
    late = [one for one in made if one.state in ("behind", "missed") and one.figure and one.figure.facts][
        :MOST_LAST_DAYS
    ]
    if not late:
        return
    asked = {
        f"last_{n}": Subquery(figures.rows(one.figure.query, known).values("on")[:1])
        for n, one in enumerate(late)
        if one.figure
    }
    row = Organization.objects.filter(pk=organization.pk).annotate(**asked).values(*asked).first() or {}
    for n, one in enumerate(late):
        one.last = row.get(f"last_{n}")
