"""序时进度: what the calendar asks of a target today, and how it stands. Pure: days and numbers in, a state and its words out.

A light never accuses wrongly: what should be done is rounded down; a goal below 4, or one with its own day, is not due before that day;
a rhythm (每季度一次) is judged period by period and a later one cannot make up for an earlier; “at most” is judged the other way round.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from django.utils.translation import gettext as _

from xieshang.base import words as tongue
from xieshang.base.calendar.workdays import add_months

SMALL = 4  # goals below it are not paced through the year; a unit may set another (plans.small_goal)
ABOUT = Decimal("0.9")  # “about 20” is reached from 18 on
MONTHS = {"year": 12, "half_year": 6, "quarter": 3, "two_months": 2, "month": 1}
ORDINALS = "一二三四五六七八九十"
STATES = ("done", "on_track", "not_due", "behind", "missed", "by_hand", "unmeasured", "withdrawn")


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
    level       a rate: it does not grow with the days, so the whole of it is expected every day
    counted     an indicator counts it
    withdrawn   taken out of the plan
    small       goals below it are not due before their day
    """

    starts_on: date
    ends_on: date
    op: str = ""
    value: Decimal | None = None
    max: Decimal | None = None
    unit: str = ""
    period: str = ""
    deadline: date | None = None
    level: bool = False
    counted: bool = True
    withdrawn: bool = False
    small: int = SMALL

    @property
    def due(self) -> date:
        return self.deadline or self.ends_on

    @property
    def quantified(self) -> bool:
        return bool(self.op) and self.value is not None


@dataclass(frozen=True)
class Cell:
    """A period of a rhythm and how it stands: ● done ▲ behind ○ not_due."""

    label: str
    state: str
    value: Decimal | None


@dataclass(frozen=True)
class Verdict:
    """How a target stands.

    actual    what is counted (None: nothing counts it, or there is nothing to divide by)
    goal      for the whole time: of a rhythm the value of one period times the periods
    expected  序时应完成 by the day; None where the calendar asks for no number
    missing   how much is missing today; 0 when nothing is
    """

    state: str
    actual: Decimal | None = None
    goal: Decimal | None = None
    goal_max: Decimal | None = None
    expected: Decimal | None = None
    missing: Decimal = Decimal(0)
    cells: tuple[Cell, ...] = ()
    late: tuple[str, ...] = ()


# --- periods ----------------------------------------------------------------------------------------------------------------


def spans(aim: Aim) -> tuple[Span, ...]:
    """The periods of a rhythm from the target's first to its last day, cut at both ends; () when it has none."""
    if aim.period == "week":
        return tuple(_weeks(aim.starts_on, aim.due))
    if aim.period not in MONTHS or (aim.period == "year" and add_months(aim.starts_on, 12) > aim.due):
        return ()
    size, found, n = MONTHS[aim.period], [], 0
    while (start := add_months(aim.starts_on, n * size)) <= aim.due:
        end = min(add_months(aim.starts_on, (n + 1) * size) - timedelta(days=1), aim.due)
        found.append(Span(_label(aim.period, n, start, end), start, end))
        n += 1
    return tuple(found)


def _weeks(start: date, end: date) -> list[Span]:
    """Whole weeks from the first day on; the days left at the end belong to the last week."""
    count = max(1, ((end - start).days + 1) // 7)
    days = [start + timedelta(days=7 * n) for n in range(count)]
    return [
        Span(_("第 %(n)s 周") % {"n": n + 1}, day, end if n == count - 1 else day + timedelta(days=6))
        for n, day in enumerate(days)
    ]


def _label(period: str, n: int, start: date, end: date) -> str:
    if period == "quarter" and start.day == 1 and start.month % 3 == 1:
        return (_("一季度"), _("二季度"), _("三季度"), _("四季度"))[start.month // 3]
    if period == "half_year" and start.day == 1 and start.month in (1, 7):
        return _("上半年") if start.month == 1 else _("下半年")
    if period == "year":
        return _("%(year)s 年") % {"year": start.year}
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
    manual: Decimal | None = None,
    finished: bool = False,
) -> Verdict:
    """How a target stands on a day.

    actual     what its indicator counts from its first day to `on`
    by_period  the same for each of `spans(aim)`
    manual     a figure given by hand, where nothing counts it
    finished   a task without a figure was found to be done
    """
    if aim.withdrawn:
        return Verdict("withdrawn", actual, aim.value, aim.max)
    if not aim.quantified:
        return Verdict("done" if finished else "missed" if aim.deadline and on > aim.deadline else "by_hand")
    parts = spans(aim)
    times = Decimal(len(parts) or _days(aim))
    goal, goal_max = _times(aim.value, times, aim), _times(aim.max, times, aim)
    if not aim.counted:
        return _by_hand(replace(aim, value=goal, max=goal_max, period=""), on, manual, finished)
    if parts:
        return _rhythm(aim, on, parts, by_period, actual, goal, goal_max)
    return _whole(replace(aim, value=goal, max=goal_max), on, actual)


def _days(aim: Aim) -> int:
    return (aim.due - aim.starts_on).days + 1 if aim.period == "day" else 1


def _times(value: Decimal | None, times: Decimal, aim: Aim) -> Decimal | None:
    """A rate or standing number of each period is the same number for the whole."""
    return value if value is None or aim.level else value * times


def _by_hand(aim: Aim, on: date, manual: Decimal | None, finished: bool) -> Verdict:
    """Nothing counts it: the figure given by hand, which no calendar judges before the last day."""
    if manual is None and not finished:
        return Verdict("unmeasured", None, aim.value, aim.max)
    reached = finished or (aim.op != "at_most" and manual is not None and manual >= _needed(aim))
    if reached or (aim.op == "at_most" and manual is not None and on > aim.due and manual <= _limit(aim)):
        return Verdict("done", manual, aim.value, aim.max)
    if on > aim.due or (aim.op == "at_most" and manual is not None and manual > _limit(aim)):
        return Verdict("missed", manual, aim.value, aim.max)
    return Verdict("by_hand", manual, aim.value, aim.max)


def _needed(aim: Aim) -> Decimal:
    """From how much on the goal is reached; more is still done."""
    value = aim.value or Decimal(0)
    return (
        (value * ABOUT).to_integral_value(ROUND_CEILING)
        if aim.op == "about" and value == value.to_integral_value()
        else value * (ABOUT if aim.op == "about" else 1)
    )


def _limit(aim: Aim) -> Decimal:
    return (aim.max if aim.max is not None else aim.value) or Decimal(0)


def _whole(aim: Aim, on: date, actual: Decimal | None) -> Verdict:
    """One number for the whole time."""
    over = on > aim.due
    if aim.op == "at_most":
        if actual is not None and actual > _limit(aim):
            return Verdict("missed", actual, aim.value, aim.max, None, actual - _limit(aim))
        return Verdict("done" if over else "on_track" if on >= aim.starts_on else "not_due", actual, aim.value, aim.max)
    needed = _needed(aim)
    expected = expected_by(aim, on)
    if actual is None:  # nothing to divide by: nobody is accused
        return Verdict("by_hand" if over else "not_due", None, aim.value, aim.max, expected)
    if actual >= needed and not (aim.level and not over):
        return Verdict("done", actual, aim.value, aim.max, expected)
    if over:
        return Verdict("missed", actual, aim.value, aim.max, expected, needed - actual)
    if aim.level:
        return Verdict(
            "on_track" if actual >= needed else "behind",
            actual,
            aim.value,
            aim.max,
            expected,
            max(Decimal(0), needed - actual),
        )
    if _waits(aim, on):
        return Verdict("not_due", actual, aim.value, aim.max, expected)
    assert expected is not None
    return Verdict(
        "behind" if actual < expected else "on_track",
        actual,
        aim.value,
        aim.max,
        expected,
        max(Decimal(0), expected - actual),
    )


def _waits(aim: Aim, on: date) -> bool:
    """Not due before its day: a small goal, one with its own day, one whose time has not begun."""
    return aim.deadline is not None or on < aim.starts_on or _needed(aim) < aim.small


def expected_by(aim: Aim, on: date) -> Decimal | None:
    """序时应完成: the whole part of goal × days gone ÷ days; 0 while it is not due; the goal itself of a rate."""
    if not aim.quantified or aim.op == "at_most":
        return None
    needed = _needed(aim)
    if aim.level or on >= aim.due:
        return needed
    if _waits(aim, on):
        return Decimal(0)
    gone = Decimal((on - aim.starts_on).days + 1) / Decimal((aim.ends_on - aim.starts_on).days + 1)
    return (needed * gone).to_integral_value(ROUND_FLOOR)


def _rhythm(
    aim: Aim,
    on: date,
    parts: tuple[Span, ...],
    by_period: Sequence[Decimal | None],
    actual: Decimal | None,
    goal: Decimal | None,
    goal_max: Decimal | None,
) -> Verdict:
    """Period by period: what is over is kept or missed, the present one is not due before its last day."""
    values = [by_period[n] if n < len(by_period) else None for n in range(len(parts))]
    cells = tuple(
        Cell(span.label, _cell(aim, on, span, value), value) for span, value in zip(parts, values, strict=True)
    )
    late = tuple(cell.label for cell in cells if cell.state in ("behind", "missed"))
    ended = sum(span.end < on for span in parts)
    expected = None if aim.op == "at_most" else _needed(aim) * (1 if aim.level else ended)
    missing = _missing(aim, cells)
    told = Verdict("", actual, goal, goal_max, expected, missing, cells, late)
    if late:
        return replace(told, state="missed" if on > aim.due or aim.op == "at_most" else "behind")
    if on > aim.due or (aim.op != "at_most" and all(cell.state == "done" for cell in cells)):
        return replace(told, state="done")
    return replace(told, state="on_track" if any(cell.state in ("done", "on_track") for cell in cells) else "not_due")


def _cell(aim: Aim, on: date, span: Span, value: Decimal | None) -> str:
    over, begun = on > span.end, on >= span.start
    if aim.op == "at_most":
        if value is not None and value > _limit(aim):
            return "missed"
        return "done" if over else "on_track" if begun else "not_due"
    if value is not None and value >= _needed(aim) and (begun or value):
        return "done"
    if aim.level and value is None:
        return "not_due"
    return "behind" if over else "not_due"


def _missing(aim: Aim, cells: tuple[Cell, ...]) -> Decimal:
    if aim.op == "at_most":
        return sum(((c.value or Decimal(0)) - _limit(aim) for c in cells if c.state == "missed"), Decimal(0))
    return sum((_needed(aim) - (c.value or Decimal(0)) for c in cells if c.state == "behind"), Decimal(0))


# --- in words ---------------------------------------------------------------------------------------------------------------


def number(value: Decimal | None) -> str:
    """3.00 → “3”, 0.38 → “0.38”."""
    text = f"{value:f}" if value is not None else "—"
    return text.rstrip("0").rstrip(".") if "." in text else text


def day(value: date) -> str:
    return _("%(month)s 月 %(day)s 日") % {"month": value.month, "day": value.day}


def asked(aim: Aim, verdict: Verdict) -> str:
    """“序时应完成 2 次”; "" where the calendar asks for nothing."""
    if not verdict.expected or aim.level:
        return ""
    return _("序时应完成 %(n)s %(unit)s") % {"n": number(verdict.expected), "unit": tongue.measure(aim.unit)}


def reason(aim: Aim, verdict: Verdict, *, last: date | None = None) -> str:
    """Why the light is what it is: how much is missing, when the last one was, until when it can be made up. "" when nothing needs saying."""
    words = {"n": number(verdict.missing), "unit": tongue.measure(aim.unit), "due": day(aim.due)}
    if aim.op == "at_most":
        return _("超出上限 %(n)s %(unit)s") % words if verdict.state == "missed" else ""
    if verdict.state == "behind" and verdict.cells:
        parts = [_("缺%(which)s，以后的补不了以前的") % {"which": tongue.listed(verdict.late)}]
    elif verdict.state == "behind" and aim.level:
        parts = [_("比目标低 %(n)s %(unit)s") % words]
    elif verdict.state == "behind":
        parts = [_("比序时少 %(n)s %(unit)s") % words]
    elif verdict.state == "missed" and verdict.cells:
        parts = [_("到期时缺%(which)s") % {"which": tongue.listed(verdict.late)}]
    elif verdict.state == "missed":
        parts = [_("到 %(due)s还差 %(n)s %(unit)s") % words if verdict.missing else _("%(due)s已到期") % words]
    else:
        return ""
    if verdict.state == "behind" and not verdict.cells and not aim.level:
        last_words = _("上次是 %(day)s") % {"day": day(last)} if last else _("还没有开展过")
        parts += [last_words, _("%(due)s前补足仍可完成") % words]
    elif last and not aim.level:
        parts.append(_("上次是 %(day)s") % {"day": day(last)})
    return tongue.clauses(parts)


def short(aim: Aim, verdict: Verdict) -> str:
    """What stands beside the light instead of the state's own word: “10 月到期”, “缺一季度”; "" for the word itself."""
    if verdict.late and len(verdict.late) <= 2 and verdict.state == "behind":
        return _("缺%(which)s") % {"which": tongue.listed(verdict.late)}
    if verdict.state == "not_due" and aim.deadline:
        return _("%(month)s 月到期") % {"month": aim.deadline.month}
    return ""
