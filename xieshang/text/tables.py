"""A row of a table of tasks, read as the sentence it stands for: 集体活动 · ≥4次 · 办公室 · 6月底前."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from xieshang.text import periods
from xieshang.text.amounts import NUMBER, Amount, amounts_in
from xieshang.text.grids import Cell, Row, Span
from xieshang.text.headings import BRACKET, UNITS_ONLY, is_figure
from xieshang.text.markers import marker_of
from xieshang.text.model import Charge, Target, Task
from xieshang.text.targets import Found
from xieshang.text.tasks import Intended
from xieshang.text.words import VERB, action_and_object

FIGURE = "table: figure"  # the rule that read a figure in a cell beside its task
SURE = 0.9  # of a figure that stands alone in its cell
DOUBTFUL = 0.7
LONGEST = 120  # characters of a task without a figure; a longer cell gives its first sentence
PLAIN = re.compile(
    rf"(?P<before>[^\d，。；]{{0,6}}?)(?P<number>{NUMBER}(?:[-－—–~～至到]{{1,2}}{NUMBER})?)(?P<unit>[^\d，。；、（）()/]{{0,3}}?)(?P<after>及?以[上内下]|左右)?"
)
PART = re.compile("[^，,；;]+")
EACH = (  # 3篇/人, 1次/季度
    ("per", "member", re.compile(r"[/／]名?委员")),
    ("per", "person", re.compile(r"[/／]人")),
    ("per", "group", re.compile(r"[/／](?:组|支部|小组|专委会|委室)|每个机构")),
    ("per", "community", re.compile(r"[/／](?:社区|村|镇|乡|街道)")),
    ("period", "quarter", re.compile(r"[/／]季")),
    ("period", "half_year", re.compile(r"[/／]半年")),
    ("period", "month", re.compile(r"[/／]月")),
    ("period", "week", re.compile(r"[/／]周")),
    ("period", "year", re.compile(r"[/／]年")),
)
ALWAYS = re.compile(
    r"全年|常年|长期|持续|贯穿|全程|适时|适当|随时|[1一]月?[-－—–~～至到]{1,2}(?:12|十二)月|按.{0,8}(?:要求|通知|安排)"
)
NUMERIC = re.compile(
    r"(?P<year>20\d\d)[-./年](?P<month>1[0-2]|0?[1-9])(?:[-./月](?P<day>3[01]|[12]\d|0?[1-9]))?日?(?:00:00(?::00)?)?(?![\d])"
)
THROUGH = re.compile(
    r"(?P<year>20\d\d)[./年](?:1[0-2]|0?[1-9])月?[-－—–~～至到]{1,2}(?P<month>1[0-2]|0?[1-9])(?![\d./])"
)
SHORT = re.compile(r"(?P<month>1[0-2]|[1-9])[./](?P<day>3[01]|[12]\d|0?[1-9])日?(?:以?前)?")
MONTH_ONLY = re.compile(r"(?:(?:1[0-2]|[1-9])[、,，至到～~—-]{1,2})?(?P<month>1[0-2]|[1-9])")
MONTHS = re.compile(r"(?:(?:1[0-2]|0?[1-9])月?份?[、,，和及])*(?:1[0-2]|0?[1-9])月份?")
FROM = re.compile(r"(?:(?P<year>20\d\d)年)?(?P<month>1[0-2]|[1-9])月(?P<day>3[01]|[12]\d|[1-9])日[-－—–~～至到]")
LAST = "31 29 31 30 31 30 31 31 30 31 30 31".split()  # noqa: SIM905
TOPICS = (("督办", "案由|提案|督办"), ("监督", "监督|评议"), ("视察", "视察"), ("调研", "调研|课题"))
HAN = re.compile("[\u4e00-\u9fff]{2}")
NAMES_END = "、，,；;"


class When(NamedTuple):
    deadline: str | None = None
    period: str | None = None
    months: tuple[int, ...] = ()
    starts: str | None = None


class Reading(NamedTuple):
    """What a row says: figures in cells of their own; cells yet to be read as text; the tasks, where they hold no figure."""

    figures: tuple[Found, ...]
    main: tuple[Span, ...]  # what is to be done, and more of it in columns beside it
    beside: tuple[Span, ...]
    remarks: tuple[Span, ...]  # for them the day and the rhythm of the row do not hold
    done: tuple[Span, ...]
    tasks: tuple[Intended, ...]
    frequency: Found | None  # in the place of a task, where the column of time says how often
    when: When
    actor: str | None
    charge: Charge
    doubtful: bool  # its day stands further up, though the row has a number of its own: merged cells, or none said?

    def over(self, target: Target, timed: bool = True) -> Target:
        """The target with what the row says beside it; `timed`: its day and rhythm hold too."""
        if timed and target.rule not in ("limit", FIGURE):
            target = replace(
                target, deadline=target.deadline or self.when.deadline, period=target.period or self.when.period
            )
        sure = min(target.sure, DOUBTFUL) if self.doubtful and timed else target.sure
        return replace(target, actor=self.actor or target.actor, charge=self.charge, sure=sure)

    def over_task(self, task: Task) -> Task:
        return replace(task, deadline=self.when.deadline, actor=self.actor, charge=self.charge)


def reading(text: str, row: Row) -> Reading | None:
    """What a row says. `text` is the squeezed text the row's offsets count in; None where no task stands in it."""
    mains = row.all("task", "topic")
    place, main = mains[0] if mains else (-1, row.first("class"))
    if main is None or (not mains and not _has_own_class(row)) or not HAN.search(main.words):
        return None
    when = _when(row)
    charge = _charge(row, when)
    figures = tuple(_figures(text, row, main, when))
    own = place not in row.held
    beside = [
        cell
        for n, cell in mains[1:]
        if n not in row.held and not any(cell.start <= f.start < cell.end for f in figures)
    ]
    if not figures:
        beside += [cell for n, cell in row.all("value") if n not in row.held]
    tasks = tuple(_tasks(text, row, main)) if own and not figures else ()
    frequency = _frequency(text, tasks[0], when) if len(tasks) == 1 else None
    return Reading(
        figures, main.points if own and not figures else (), _points(beside),
        _points([cell for n, cell in row.all("remark") if n not in row.held]),
        _points([cell for _, cell in row.all("past")]), tasks, frequency, when, charge.lead or charge.owner or charge.leader, charge,
        doubtful=bool(row.own_number() and when.deadline and any(row.columns[n].kind == "time" for n in row.held)),
    )  # fmt: skip


def _has_own_class(row: Row) -> bool:
    return any(n not in row.held for n, _ in row.all("class"))


def _points(cells: list[Cell]) -> tuple[Span, ...]:
    return tuple(point for cell in cells for point in cell.points)


# --- figures ----------------------------------------------------------------------------------------------------------------


def _figures(text: str, row: Row, main: Cell, when: When) -> list[Found]:
    """A target for each bare figure, of the task on its left; lines of the task and of its figures side by side belong together."""
    found: list[Found] = []
    for n, cell in row.all("value"):
        if n in row.held or not is_figure(cell.words):
            continue
        task = next((said for at, said in reversed(row.all("task", "topic")) if at < n), main)
        unit = _unit(row, n, task)
        pairs = list(zip(task.lines, cell.lines, strict=False)) if len(cell.lines) == len(task.lines) > 1 else []
        if pairs and all(len(_amounts(text, *line, unit)) == 1 for _, line in pairs):
            found += [_figure(text, said, line, _amounts(text, *line, unit)[0], when) for said, line in pairs]
        elif (
            len(amounts := _amounts(text, cell.start, cell.end, unit)) > 1
        ):  # 每月1次，全年12次: each with its own rhythm
            parts = [_part(text, cell, amount) for amount in amounts]
            found += [
                _figure(text, (task.start, task.end), part, amount, when._replace(period=None))
                for part, amount in zip(parts, amounts, strict=True)
            ]
        else:
            found += [_figure(text, (task.start, task.end), (cell.start, cell.end), amount, when) for amount in amounts]
    return found


def _part(text: str, cell: Cell, amount: Amount) -> Span:
    """From the stop before the amount to the one behind it."""
    spans = (part.span() for part in PART.finditer(text, cell.start, cell.end))
    return next((span for span in spans if span[0] <= amount.start < span[1]), (cell.start, cell.end))


def _unit(row: Row, column: int, main: Cell) -> str | None:
    """Printed at the head of the column, in a column of its own, or in brackets behind the task: 提交提案（件）."""
    cell = row.first("unit")
    bracket = BRACKET.search(main.words)
    inside = bracket[1] if bracket and UNITS_ONLY.fullmatch(bracket[1]) else None
    return row.columns[column].unit or (cell.words if cell and len(cell.words) <= 4 else None) or inside


def _amounts(text: str, start: int, end: int, unit: str | None) -> list[Amount]:
    found = amounts_in(text, start, end)
    if found:
        return [amount if amount.unit else amount._replace(unit=unit) for amount in found]
    for part in PART.finditer(text, start, end):
        plain = PLAIN.fullmatch(part[0])
        if plain and not periods.period(part[0]):
            words = f"{plain['before']}{plain['number']}次{plain['after'] or ''}"
            printed = plain["unit"].replace("％", "%") or unit
            return [
                amount._replace(unit=printed, start=part.start(), end=part.end())
                for amount in amounts_in(words, 0, len(words))[:1]
            ]
    return []


def _figure(text: str, span: Span, cell: Span, amount: Amount, when: When) -> Found:
    start, end = _stripped(text, *span)
    task, words = text[start:end], text[slice(*cell)]
    each = {kind: name for kind, name, pattern in reversed(EACH) if pattern.search(words)}
    often = periods.period(words) or periods.period(task)
    period = each.get("period") or (often.name if often else when.period)
    per = each.get("per") or periods.per(words) or periods.per(task)
    action, thing = action_and_object(task, None)
    until = None if amount.is_limit else _said_in(words) or _said_in(task) or when.deadline
    return Found(
        start, end, action, thing, amount, amount.op, amount.value, amount.unit, period, per, until, None, SURE, FIGURE
    )  # fmt: skip


def _said_in(words: str) -> str | None:
    """A limit that the task or its figure says itself: 6月底前."""
    own = periods.deadline(words)
    return own.date if own and own.by and not own.within else None


# --- a task without a figure ------------------------------------------------------------------------------------------------


def _stripped(text: str, start: int, end: int) -> Span:
    """Without the number before it and the stop behind it."""
    marker = marker_of(text[start : min(end, start + 12)])
    if marker and start + len(marker.printed) < end:
        start += len(marker.printed)
    while end - start > 1 and text[end - 1] in "。；;，,、：:":
        end -= 1
    return start, end


def _tasks(text: str, row: Row, main: Cell) -> Iterator[Intended]:
    """The task, or each of its numbered points."""
    numbered = all(marker_of(text[start : min(end, start + 12)]) for start, end in main.points)
    for start, end in main.points if numbered else [(main.start, main.end)]:
        yield _task(text, row, start, end, topic=row.first("task", "topic") is row.first("topic") is not None)


def _task(text: str, row: Row, start: int, end: int, *, topic: bool) -> Intended:
    start, end = _stripped(text, start, end)
    if end - start > LONGEST:
        stop = re.compile("[。；;]").search(text, start, end)
        end = stop.start() if stop and stop.start() > start else min(end, start + 3 * LONGEST)
    words = text[start:end]
    if topic:
        form = row.first("form")
        return Intended(start, end, form.words if form else _of_topics(row), words[:40], None, "table: topic")
    verb = VERB.search(words)
    thing = (words[verb.end() :] if verb else words).strip("的了、，")
    return Intended(start, end, verb[0] if verb else "", thing[:40] or None, None, "table: task")


def _of_topics(row: Row) -> str:
    """What is done with the topics of a table that names no form."""
    words = next(column.words for column in row.columns if column.kind == "topic")
    return next((verb for verb, pattern in TOPICS if re.search(pattern, words)), "协商")


def _frequency(text: str, task: Intended, when: When) -> Found | None:
    """召开主席会议 beside 每季度: as 每季度召开主席会议."""
    if not when.period:
        return None
    action, thing = action_and_object(text[task.start : task.end], None)
    return Found(
        task.start, task.end, action, thing, None, "exactly", 1, None, when.period, None, None, None, 0.75, "table: frequency"
    )  # fmt: skip


# --- who and when -----------------------------------------------------------------------------------------------------------


def _charge(row: Row, when: When) -> Charge:
    def said(kind: str) -> str | None:
        return "、".join(dict.fromkeys(_names(cell.words) for _, cell in row.all(kind))) or None

    return Charge(said("leader"), said("lead"), said("coop"), said("owner"), said("form"), when.months, when.starts)


def _names(words: str) -> str:
    """Names on lines of their own are listed; 王　丽 is one name."""
    found = ""
    for piece in words.split():
        alone = len(piece) == 1 and (len(found) == 1 or found[-2:-1] in NAMES_END)
        found += piece if not found or found[-1] in NAMES_END or piece[0] in NAMES_END or alone else f"、{piece}"
    return found.strip(NAMES_END)


def _when(row: Row) -> When:
    starts = row.first("start")
    begin = when(starts.words).deadline if starts else None
    said = [when(cell.words) for _, cell in row.all("time")]
    found = next((one for one in reversed(said) if one != When()), When())
    return found._replace(starts=begin or found.starts)


def when(words: str) -> When:
    """By when, how often, in which months a column of time says: 6月底前, 2026.6, 第二季度, 每季度, 3、9月, 全年."""
    plain = re.sub(r"\s", "", words)
    often = periods.period(plain)
    deadline = _deadline(plain)
    listed = MONTHS.fullmatch(plain)
    months = tuple(int(month) for month in re.findall(r"\d{1,2}", plain)) if listed else ()
    begin = FROM.match(plain)
    starts = (
        f"{begin['year'] + '-' if begin['year'] else ''}{int(begin['month']):02}-{int(begin['day']):02}"
        if begin
        else None
    )
    return When(deadline, often.name if often else None, months, starts)


def _deadline(plain: str) -> str | None:
    if short := SHORT.fullmatch(plain):
        return f"{int(short['month']):02}-{int(short['day']):02}"
    if month := MONTH_ONLY.fullmatch(plain):
        return _last_day(int(month["month"])) if not ALWAYS.fullmatch(f"{plain}月") else None
    for pattern in (THROUGH, NUMERIC):
        if found := list(pattern.finditer(plain)):
            return _numeric(found[-1])
    said = [date for part in re.split("[，,；;、]", plain) if (date := periods.deadline(part))]
    if not said or (ALWAYS.search(plain) and not any(date.by for date in said)):
        return None
    return said[-1].date


def _numeric(found: re.Match[str]) -> str:
    month, day = int(found["month"]), found.groupdict().get("day")
    return f"{found['year']}-{month:02}-{int(day):02}" if day else f"{found['year']}-{_last_day(month)}"


def _last_day(month: int) -> str:
    return f"{month:02}-{28 if month == 2 else LAST[month - 1]}"
