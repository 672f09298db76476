"""序时进度: what the calendar asks of a target today, and how it stands. Pure: days and numbers in, a state out; `telling.py` says it in words.

A light never accuses wrongly: what should be done is rounded down; a goal below 4, or one with its own day, is not due before that day; one that is
scheduled for months is not due before those are over; a rhythm (每季度一次) is judged period by period and a later one cannot make up for an earlier;
“at most” is judged the other way round; what only people can tell (定性, by hand) is never missed before somebody has told it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from functools import cached_property

from django.utils.translation import gettext as _

from xieshang.base.calendar.workdays import add_months

SMALL = 4  # goals below it are not paced through the year; a unit may set another (plans.small_goal)
ABOUT = 90  # per cent: “about 20” is reached from 18 on; a unit may set another (plans.about_percent)
MONTHS = {"year": 12, "half_year": 6, "quarter": 3, "two_months": 2, "month": 1}
LONG = timedelta(days=400)  # from here on a month's name needs its year
STATES = ("done", "on_track", "not_due", "behind", "missed", "by_hand", "unmeasured", "withdrawn")
NONE = Decimal(0)


@dataclass(frozen=True)
class Span:
    """One period of a rhythm, both days included."""

    label: str
    start: date
    end: date


@dataclass(frozen=True)
class Aim:
    """What is wanted, by when.

    value, max  as the text says them; of a rhythm: for each period
    deadline    its own day, or None
    months      scheduled (排定): the months by whose ends an even share is to be done
    level       a rate: it does not grow with the days, so the whole of it is expected every day
    sinks       a stock: like a rate it may come down again, so “at most” is not lost before the last day
    counted     an indicator counts it
    withdrawn   taken out of the plan
    small       goals below it are not due before their day
    about       “about” is reached from so many per cent on
    idle        first days of weeks without a working day: they ask for nothing
    """

    starts_on: date
    ends_on: date
    op: str = ""
    value: Decimal | None = None
    max: Decimal | None = None
    unit: str = ""
    period: str = ""
    deadline: date | None = None
    months: tuple[int, ...] = ()
    level: bool = False
    sinks: bool = False
    counted: bool = True
    withdrawn: bool = False
    small: int = SMALL
    about: int = ABOUT
    idle: frozenset[date] = frozenset()

    @cached_property
    def spans(self) -> "tuple[Span, ...]":
        """The periods of its rhythm; () when it has none. Asked several times of each target."""
        return _spans(self)

    @property
    def due(self) -> date:
        return self.deadline or self.ends_on

    @property
    def quantified(self) -> bool:
        return bool(self.op) and self.value is not None

    @property
    def long(self) -> bool:
        """It runs over several years, so that its days are said with their year."""
        return self.ends_on - self.starts_on > LONG

    @property
    def needed(self) -> Decimal:
        """From how much on the goal is reached; more is still done."""
        value = self.value or NONE
        if self.op != "about":
            return value
        part = value * self.about / 100
        return part.to_integral_value(ROUND_CEILING) if value == value.to_integral_value() else part

    @property
    def limit(self) -> Decimal:
        """The most that is allowed."""
        return (self.max if self.max is not None else self.value) or NONE

    @property
    def scheduled(self) -> tuple[date, ...]:
        """The last days of the scheduled months, within the target's time."""
        found, first = [], self.starts_on.replace(day=1)
        while self.months and first <= self.due:
            last = add_months(first, 1) - timedelta(days=1)
            if first.month in self.months:
                found.append(min(last, self.due))
            first = last + timedelta(days=1)
        return tuple(found)


@dataclass(frozen=True)
class Cell:
    """A period of a rhythm and how it stands: ● done ▲ behind ○ not_due."""

    label: str
    state: str
    value: Decimal | None


@dataclass(frozen=True)
class Told:
    """What people said about a target: a figure and the day it is as of; that it is done, or that it was not done."""

    figure: Decimal | None = None
    on: date | None = None
    finished: bool = False
    failed: bool = False


NOTHING = Told()


@dataclass(frozen=True)
class Verdict:
    """How a target stands.

    actual    what is counted (None: nothing counts it, or there is nothing to divide by)
    goal      for the whole time: of a rhythm the value of one period times the periods
    expected  序时应完成 by the day; None where the calendar asks for no number
    missing   how much is missing today; 0 when nothing is
    asks      its day is over and only a person can say how it ended: 到期，请填报
    """

    state: str
    actual: Decimal | None = None
    goal: Decimal | None = None
    goal_max: Decimal | None = None
    expected: Decimal | None = None
    missing: Decimal = NONE
    cells: tuple[Cell, ...] = ()
    late: tuple[str, ...] = ()
    asks: bool = False


# --- periods ----------------------------------------------------------------------------------------------------------------


def _spans(aim: Aim) -> tuple[Span, ...]:
    """The periods of a rhythm from the target's first to its last day; () when it has none.

    A week without a working day is none. The days left at the end are a period of their own when they are at least half of one, else they belong to the one before.
    """
    if aim.period == "week":
        days = [aim.starts_on + timedelta(days=7 * n) for n in range(max(1, ((aim.due - aim.starts_on).days + 1) // 7))]
    elif aim.period in MONTHS:
        days = _starts(aim, MONTHS[aim.period])
        if aim.period == "year" and len(days) == 1:
            return ()
    else:
        return ()
    if not days:
        return ()
    ends = [day - timedelta(days=1) for day in days[1:]] + [aim.due]
    found = tuple(
        Span(_label(aim, n, start, end), start, end) for n, (start, end) in enumerate(zip(days, ends, strict=True))
    )
    return tuple(span for span in found if span.start not in aim.idle) or found


def _starts(aim: Aim, size: int) -> list[date]:
    days, n = [], 0
    while (start := add_months(aim.starts_on, n * size)) <= aim.due:
        days.append(start)
        n += 1
    if len(days) > 1:
        whole = (add_months(aim.starts_on, n * size) - days[-1]).days
        if 2 * ((aim.due - days[-1]).days + 1) < whole:
            days.pop()
    return days


def _label(aim: Aim, n: int, start: date, end: date) -> str:
    if aim.period == "week":
        return _("第 %(n)s 周") % {"n": n + 1}
    if aim.period == "year":
        return _("%(year)s 年") % {"year": start.year}
    word = period_words(aim.period, start, end)
    return _("%(year)s 年%(word)s") % {"year": start.year, "word": word} if aim.long else word


def period_words(period: str, start: date, end: date) -> str:
    """“一季度”, “上半年”, “5 月”, “3–5 月”."""
    if period == "quarter" and start.day == 1 and start.month % 3 == 1:
        return (_("一季度"), _("二季度"), _("三季度"), _("四季度"))[start.month // 3]
    if period == "half_year" and start.day == 1 and start.month in (1, 7):
        return _("上半年") if start.month == 1 else _("下半年")
    if start.month == end.month:
        return _("%(month)s 月") % {"month": start.month}
    return _("%(first)s–%(last)s 月") % {"first": start.month, "last": end.month}


# --- judging ----------------------------------------------------------------------------------------------------------------


def judge(
    aim: Aim,
    on: date,
    *,
    actual: Decimal | None = None,
    by_period: Sequence[Decimal | None] = (),
    told: Told = NOTHING,
) -> Verdict:
    """How a target stands on a day.

    actual     what its indicator counts from its first day to `on`
    by_period  the same for each of `aim.spans`
    told       what people said, where nothing counts it or there is nothing to divide by
    """
    if aim.withdrawn:
        return Verdict("withdrawn", actual, aim.value, aim.max)
    if not aim.quantified:
        return _task(aim, on, told)
    parts = aim.spans
    times = Decimal(len(parts) or ((aim.due - aim.starts_on).days + 1 if aim.period == "day" else 1))
    whole = replace(aim, value=_times(aim.value, times, aim), max=_times(aim.max, times, aim))
    if not aim.counted:
        return _by_hand(replace(whole, period=""), on, told)
    if parts:
        return _rhythm(aim, on, parts, by_period, Verdict("", actual, whole.value, whole.max))
    if actual is None:  # nothing to divide by: nobody is accused
        made = _task(aim, on, told) if on > aim.due else Verdict("not_due")
        return replace(made, goal=whole.value, goal_max=whole.max, expected=expected_by(whole, on))
    return _at_most(whole, on, actual) if aim.op == "at_most" else _whole(whole, on, actual)


def _times(value: Decimal | None, times: Decimal, aim: Aim) -> Decimal | None:
    """A rate or standing number of each period is the same number for the whole."""
    return value if value is None or aim.level else value * times


def _task(aim: Aim, on: date, told: Told) -> Verdict:
    """A task without a figure: only a person knows, so that a day that has passed asks and does not accuse."""
    if told.finished or told.failed:
        return Verdict("done" if told.finished else "missed")
    return Verdict("by_hand", asks=on > aim.due)


def _by_hand(aim: Aim, on: date, told: Told) -> Verdict:
    """Nothing counts it: the figure given by hand, which no calendar judges before it is as of the last day."""
    over, figure = on > aim.due, told.figure
    final = over and told.on is not None and told.on >= aim.due
    made = Verdict("by_hand", figure, aim.value, aim.max)
    at_most = aim.op == "at_most"
    reached = figure is not None and (figure <= aim.limit and final if at_most else figure >= aim.needed)
    if told.finished or reached:
        return replace(made, state="done")
    if figure is None:
        return replace(made, state="missed" if told.failed else "unmeasured", asks=over and not told.failed)
    if at_most and figure > aim.limit:
        return replace(made, state="missed", missing=figure - aim.limit)
    if told.failed or (final and not at_most):
        return replace(made, state="missed", missing=NONE if at_most else max(NONE, aim.needed - figure))
    return replace(made, asks=over)


def _at_most(aim: Aim, on: date, actual: Decimal) -> Verdict:
    """No more than: kept until it is passed; what may come down again is lost on the last day only."""
    over, made = on > aim.due, Verdict("", actual, aim.value, aim.max)
    if actual > aim.limit:
        lost = over or not (aim.level or aim.sinks)
        return replace(made, state="missed" if lost else "behind", missing=actual - aim.limit)
    return replace(made, state="done" if over else "on_track" if on >= aim.starts_on else "not_due")


def _whole(aim: Aim, on: date, actual: Decimal) -> Verdict:
    """One number for the whole time."""
    over, expected = on > aim.due, expected_by(aim, on)
    made = Verdict("", actual, aim.value, aim.max, expected)
    if actual >= aim.needed:
        return replace(made, state="on_track" if aim.level and not over else "done")
    if over:
        return replace(made, state="missed", missing=aim.needed - actual)
    if waits(aim, on):
        return replace(made, state="not_due")
    late = max(NONE, (expected or NONE) - actual)
    return replace(made, state="behind" if late else "on_track", missing=late)


def waits(aim: Aim, on: date) -> bool:
    """Not due before its day: what has its own day or months, a small goal, what has not begun."""
    if on < aim.starts_on:
        return True
    if aim.months:
        return not any(day < on for day in aim.scheduled)
    return aim.deadline is not None or (not aim.level and aim.needed < aim.small)


def expected_by(aim: Aim, on: date) -> Decimal | None:
    """序时应完成: the whole part of goal × days gone ÷ days, or of the months gone; 0 while it is not due; the goal itself of a rate."""
    if not aim.quantified or aim.op == "at_most":
        return None
    if on >= aim.due:
        return aim.needed
    if waits(aim, on):
        return NONE
    if aim.level:
        return aim.needed
    if days := aim.scheduled:
        gone = Decimal(sum(day < on for day in days)) / len(days)
    else:
        gone = Decimal((on - aim.starts_on).days + 1) / ((aim.ends_on - aim.starts_on).days + 1)
    return (aim.needed * gone).to_integral_value(ROUND_FLOOR)


# --- period by period -------------------------------------------------------------------------------------------------------


def _rhythm(aim: Aim, on: date, parts: tuple[Span, ...], by_period: Sequence[Decimal | None], made: Verdict) -> Verdict:
    """What is over is kept or missed, the present one is not due before its last day."""
    values = [by_period[n] if n < len(by_period) else None for n in range(len(parts))]
    cells = tuple(
        Cell(span.label, _cell(aim, on, span, value), value) for span, value in zip(parts, values, strict=True)
    )
    late = tuple(cell.label for cell in cells if cell.state in ("behind", "missed"))
    ended = sum(span.end < on for span in parts)
    expected = None if aim.op == "at_most" else aim.needed * (1 if aim.level else ended)
    made = replace(made, expected=expected, missing=_missing(aim, cells), cells=cells, late=late)
    if late:
        lost = on > aim.due or any(cell.state == "missed" for cell in cells)
        return replace(made, state="missed" if lost else "behind")
    if on > aim.due or (aim.op != "at_most" and all(cell.state == "done" for cell in cells)):
        return replace(made, state="done")
    return replace(made, state="on_track" if any(cell.state in ("done", "on_track") for cell in cells) else "not_due")


def _cell(aim: Aim, on: date, span: Span, value: Decimal | None) -> str:
    over, begun = on > span.end, on >= span.start
    if aim.op == "at_most":
        if value is not None and value > aim.limit:
            return "missed" if over or not (aim.level or aim.sinks) else "behind"
        return "done" if over else "on_track" if begun else "not_due"
    if value is not None and value >= aim.needed and (begun or value):
        return "done"
    if aim.level and value is None:
        return "not_due"
    return "behind" if over else "not_due"


def _missing(aim: Aim, cells: tuple[Cell, ...]) -> Decimal:
    if aim.op == "at_most":
        return sum(((c.value or NONE) - aim.limit for c in cells if c.state in ("behind", "missed")), NONE)
    return sum((aim.needed - (c.value or NONE) for c in cells if c.state == "behind"), NONE)


def number(value: Decimal | None) -> str:
    """3.00 → “3”, 0.38 → “0.38”."""
    text = f"{value:f}" if value is not None else "—"
    return text.rstrip("0").rstrip(".") if "." in text else text
