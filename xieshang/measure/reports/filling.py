"""Filling a template with the figures of a unit: what is sure is filled, all else stays as printed with its best guesses."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from xieshang.base import clock
from xieshang.base.ledger import figures
from xieshang.base.ledger.facts import Indicator
from xieshang.base.orgs.models import Body, Organization
from xieshang.documents.filling import Edit
from xieshang.measure import tying

from . import printing
from .deciding import Decision, Period, Unit, decide
from .reading import Spot
from .scopes import RATE, Scope, written

WHY_NONE = "—"
WHOLE = Scope()


@dataclass(frozen=True)
class Guessed:
    """A candidate with its figure, as it is stored, shown and printed in comments."""

    indicator: str
    name: str
    value: str
    unit: str
    facts: int
    why: str


@dataclass(frozen=True)
class Answer:
    """One blank with what the ledger says.

    text       what is filled in; None leaves the mark
    indicator  the sure one, also where its figure could not be printed truly
    value      its figure, in its own measure
    facts      how many facts stand under it
    period     the days it counts, where the sentence names others than the report's
    scope      of a named place or a cell: the days and the body it counts
    sum_of     of a 合计: the paragraphs of the cells it adds up; typed: what is printed in the others
    """

    spot: Spot
    text: str | None
    indicator: Indicator | None
    value: Decimal | None
    facts: int
    guesses: tuple[Guessed, ...]
    why: str
    period: Period | None = None
    scope: Scope | None = None
    sum_of: tuple[int, ...] = ()
    typed: Decimal | None = None

    def days(self, start: date, end: date) -> tuple[date, date]:
        """The days it counts, in a report of these."""
        if self.period:
            return self.period.start, self.period.end
        return self.scope.days(start, end) if self.scope else (start, end)


def answers(
    found: Sequence[Spot],
    organization: Organization,
    start: date,
    end: date,
    *,
    as_of: datetime | None = None,
    known: dict[str, Indicator] | None = None,
    own_periods: bool = False,
    chosen: Mapping[int, Period] | None = None,
) -> list[Answer]:
    """What the ledger says about every blank; the figures of a period are asked together.

    own_periods  上半年 in a year's report is counted over that half-year; 五年来 is only offered so, since the ledger may not go back so far
    chosen       place of a blank → the days that a person chose for it
    """
    known = known if known is not None else figures.indicators(organization)
    whole = Period(start, end)
    decisions = decide(found, tuple(known.values()), unit_of(organization), whole, own_periods=own_periods)
    for place, period in (chosen or {}).items():
        decisions[place] = replace(decisions[place], period=period)
    told = {
        period: _told(
            {guess.indicator.code: guess.indicator for one in decisions if (one.period or whole) == period for guess in one.guesses}.values(),
            organization, period.start, period.end, as_of, known,
        )
        for period in dict.fromkeys([whole, *(one.period for one in decisions if one.period)])
    }  # fmt: skip
    decisions = _reaching(decisions, organization, as_of, known)
    return [_answer(one, told[one.period or whole]) for one in decisions]


def _reaching(
    decisions: list[Decision], organization: Organization, as_of: datetime | None, known: dict[str, Indicator]
) -> list[Decision]:
    """五年来, 十三五期间: sure only where something of the kind is known of each of the years. One question for all."""
    asked = {
        (one.indicator.code, year): figures.Query(
            kind_of(one.indicator, known), organization.pk, date(year, 1, 1), date(year, 12, 31), as_of=as_of
        )
        for one in decisions
        if one.far and one.indicator and one.period
        for year in range(one.period.start.year, one.period.end.year + 1)
    }
    found = zip(asked, figures.figures(list(asked.values()), known), strict=True)
    there = {key for key, figure in found if figure.facts}

    def reaches(one: Decision) -> bool:
        years = range(one.period.start.year, one.period.end.year + 1) if one.period else ()
        return all((one.indicator.code if one.indicator else "", year) in there for year in years)

    return [one if not one.far or reaches(one) else replace(one, indicator=None, why=one.far) for one in decisions]


def unit_of(organization: Organization) -> Unit:
    """The unit in words: its own names, its places, and the names of all others that a text may mean."""
    root = f"/{organization.path.strip('/').split('/')[0]}/"
    family = list(Organization.objects.filter(path__startswith=root))
    own = tying.own_names(organization)
    above = [one for one in family if organization.path.startswith(one.path)]
    places = {
        suffix: name.removesuffix(suffix)
        for name in map(tying.place_name, above)
        if (suffix := next((s for s in tying.PLACES if name.endswith(s)), ""))
    }
    names = {name for one in family if one not in above for name in (one.name, one.short_name)}
    names |= {tying.place_name(one) + "政协" for one in above if one.has_committee and one != organization}
    names |= set(Body.objects.filter(organization=organization).values_list("name", flat=True))
    return Unit(
        own,
        places,
        tuple(sorted((name for name in names if name and name not in own and len(name) > 1), key=len, reverse=True)),
    )


@dataclass(frozen=True)
class _Told:
    value: Decimal | None
    facts: int
    ever: bool  # facts of this kind were posted at some time


def _told(
    asked: Iterable[Indicator],
    organization: Organization,
    start: date,
    end: date,
    as_of: datetime | None,
    known: dict[str, Indicator],
) -> dict[str, _Told]:
    """The figures of the period, and whether the unit has ever recorded such a thing: one question for all."""
    asked = list(asked)
    queries = [figures.Query(one, organization.pk, start, end, as_of=as_of) for one in asked]
    kinds = [
        figures.Query(kind_of(one, known), organization.pk, figures.BEGINNING, max(end, clock.today()), as_of=as_of)
        for one in asked
    ]
    found = figures.figures([*queries, *kinds], known)
    pairs = zip(asked, found[: len(asked)], found[len(asked) :], strict=True)
    return {
        one.code: _Told(figure.value, figure.facts, ever.facts > len(ever.years.used) or bool(figure.years.used))
        for one, figure, ever in pairs
    }


def measured_again(blank: Any, known: dict[str, Indicator]) -> dict[str, Any]:
    """The columns of a blank whose days are others now: the figures of all that it may be, and its own where the ledger filled it."""
    report, scope = blank.report, Scope.of(blank)
    codes = [g["indicator"] for g in blank.guesses if g["indicator"] in known]
    codes += [blank.indicator] if blank.indicator in known else []
    moment = report.as_of or report.taken_at
    asked = {
        code: scope.queries(known[code], report.organization_id, report.start, report.end, moment)
        for code in dict.fromkeys(codes)
    }
    queries = [query for mine in asked.values() for query in mine]
    told = dict(zip(queries, figures.figures(queries, known), strict=True))
    found = {code: (scope.value([told[query] for query in mine]), told[mine[0]].facts) for code, mine in asked.items()}
    guesses = [
        _again(guess, found[guess["indicator"]]) if guess["indicator"] in found else guess for guess in blank.guesses
    ]
    value, facts = found.get(blank.indicator, (None, 0))
    said = {"guesses": guesses, "ledger_value": value, "facts": facts}
    if blank.indicator not in found or blank.how not in ("ledger", "chosen"):
        return said
    text = None if value is None else written(value, known[blank.indicator], scope, blank, blank.unit)
    return {**said, "text": text or "", "how": blank.how if text is not None else ""}


def _again(guess: dict[str, Any], found: tuple[Decimal | None, int]) -> dict[str, Any]:
    value, facts = found
    shown = (
        WHY_NONE if value is None else printing.plain(printing.scaled(value, guess["measure"], guess["unit"] or None))
    )
    return {**guess, "value": shown, "facts": facts}


def kind_of(indicator: Indicator, known: dict[str, Indicator]) -> Indicator:
    """All that an indicator ever counted: a unit that never recorded such a thing has no 0 to report, it has nothing to say."""
    while indicator.part:
        indicator = known[indicator.whole]
    return replace(indicator, how="count")


def _answer(decision: Decision, told: dict[str, _Told]) -> Answer:
    spot, indicator = decision.spot, decision.indicator
    guesses = tuple(_guessed(guess, told[guess.indicator.code], spot) for guess in decision.guesses)
    if decision.suggested:
        guesses = (
            Guessed(
                "",
                _("年份") if spot.kind == "date" else _("本地名称"),
                decision.suggested,
                "",
                0,
                _("按单位和统计期间"),
            ),
        )
    if indicator is None:
        return Answer(spot, decision.text, None, None, 0, guesses, decision.why, decision.period)
    found = told[indicator.code]
    text, why = printed(found.value, found.ever, indicator, spot)
    return Answer(spot, text, indicator, found.value, found.facts, guesses, why or decision.why, decision.period)


def printed(value: Decimal | None, ever: bool, indicator: Indicator, spot: Spot) -> tuple[str | None, str]:
    """(what is filled in, or None with the reason)."""
    if value is None:
        return None, _("没有可以作分母的数")
    if not value and not ever:
        return None, _("还没有登记过%(name)s，不能断定是 0") % {"name": indicator.name}
    text = printing.written(printing.scaled(value, indicator.unit, spot.unit), spot.head, spot.tail)
    return text, "" if text else _("照原文的说法（近、约、余、多）写不出真实的数")


def _guessed(guess: tying.Guess, found: _Told, spot: Spot) -> Guessed:
    indicator = guess.indicator
    unit = spot.unit if spot.unit in indicator.accepts and spot.unit else indicator.unit
    value = WHY_NONE if found.value is None else printing.plain(printing.scaled(found.value, indicator.unit, unit))
    why = _("还没有登记过") if not found.ever else guess.why
    return Guessed(indicator.code, str(indicator.name), value, unit, found.facts, why)


# --- what is written into the document ---------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Source:
    """Where the figures come from: the period, and the moment as of which they were known."""

    start: date
    end: date
    at: datetime

    def __str__(self) -> str:
        return _("期间：%(start)s 至 %(end)s\n截至：%(at)s") % {
            "start": f"{self.start:%Y-%m-%d}", "end": f"{self.end:%Y-%m-%d}", "at": f"{self.at.astimezone(clock.SHANGHAI):%Y-%m-%d %H:%M}",
        }  # fmt: skip


def edit(answer: Answer, source: Source) -> Edit:
    """The change of one blank: the figure as plain text with its comment, or the mark left open, lit up, with its guesses."""
    spot = answer.spot
    start, end = answer.days(source.start, source.end)
    source = replace(source, start=start, end=end)
    if answer.text is None:
        return left_open(spot, answer.why, [asdict(guess) for guess in answer.guesses])
    comment = (
        explained(answer.indicator, answer.value, answer.facts, source, answer.scope or WHOLE)
        if answer.indicator and answer.value is not None
        else answer.why
    )
    return Edit(spot.paragraph, spot.start, spot.end, answer.text, comment)


def left_open(spot: Any, why: str, guesses: Sequence[dict[str, Any]]) -> Edit:
    lines = [why] + [
        _("%(n)d. %(name)s %(value)s %(unit)s（%(why)s）")
        % {"n": n, "name": g["name"], "value": g["value"], "unit": g["unit"], "why": g["why"]}
        for n, g in enumerate(guesses, 1)
    ]
    return Edit(spot.paragraph, spot.start, spot.end, None, "\n".join(filter(None, lines)), mark=True)


def explained(indicator: Indicator, value: Decimal, facts: int, source: Source, scope: Scope = WHOLE) -> str:
    """What the comment on a figure says: which indicator, of whom, which period, how many facts, as of when, how it is counted."""
    name = f"{indicator.name}（{scope.words}）" if scope.words else indicator.name
    said = _("统计项：%(name)s %(value)s %(unit)s（%(facts)d 条数据明细）") % {
        "name": name, "value": printing.plain(value), "unit": "%" if scope.change == RATE else indicator.unit, "facts": facts,
    }  # fmt: skip
    how = _("口径：%(note)s") % {"note": indicator.note} if indicator.note else ""
    return "\n".join(filter(None, [said, str(source), how]))
