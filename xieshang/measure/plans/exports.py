"""任务分解表: the plan as the table that offices pass around, with how each task stands."""

from datetime import date, datetime

from django.utils.translation import gettext as _

from xieshang.documents import breakdown

from . import pace, rules
from .measuring import Measured
from .models import Plan, Section, Target
from .queries import Sheet

COLUMNS = (*breakdown.COLUMNS, "目标值", "已完成", "状态", "进展", "未完成原因及下一步")
WIDTHS = (5, 8, 20, 6, 7, 8, 7, 8, 9, 7, 8, 13, 19)


def headings_over(plan: Plan) -> dict[int, Section]:
    """Each heading's topmost heading: the class of the tasks under it."""
    found: dict[int, Section] = {}
    top: Section | None = None
    for section in plan.sections.all():
        if top is None or section.level <= top.level:
            top = section
        found[section.pk] = top
    return found


def rows(sheet: Sheet) -> list[list[object]]:
    over = headings_over(sheet.plan)
    return [[n, *_row(row, over)] for n, row in enumerate(sheet.rows, 1)]


def _row(row: Measured, over: dict[int, Section]) -> list[object]:
    target = row.target
    top = over.get(target.section_id or 0)
    newest = next(iter(target.progress.all()), None)
    return [
        top.title[:30] if top else rules.said(rules.KINDS, target.kind),
        target.words,
        target.lead_leader,
        target.lead_office,
        target.cooperating,
        target.owner,
        due(target),
        f"{_goal(target)}{per_words(target)}",
        row.verdict.actual if row.verdict.actual is not None else "",
        rules.STATE_WORDS[row.state],
        f"{newest.text}（{newest.on:%Y-%m-%d}）" if newest else "",
        why_late(row),
    ]


def per_words(target: Target) -> str:
    """“，每季度，每名委员”."""
    words = [rules.said(rules.PERIODS, target.period), rules.said(rules.PERS, target.per)]
    return (
        "".join(f"，{word}" for word in words if word)
        if target.kind == "quantified" and target.value is not None
        else ""
    )


def due(target: Target) -> str:
    """By when: the scheduled months, or the day; from when too where the target has a time of its own."""
    if target.months:
        return f"{'、'.join(map(str, target.month_numbers))}月"
    last = _day(target.deadline or target.finishes, target)
    return f"{_day(target.starts_on, target)}—{last}" if target.starts_on else last


def _day(day: date, target: Target) -> str:
    """Without the year where it is the plan's."""
    return f"{day.month}月{day.day}日" if day.year == target.plan.year else f"{day.year}年{day.month}月{day.day}日"


def _goal(target: Target) -> str:
    """In a table a bare number needs no 等于."""
    return target.goal_words.removeprefix(f"{rules.said(rules.OPS, 'exactly')} ")


def why_late(row: Measured) -> str:
    """The reason that was written, and what the calendar says, of what is behind or missed."""
    if row.state not in ("behind", "missed"):
        return ""
    newest = next((line for line in row.target.progress.all() if line.reason), None)
    parts = [
        row.reason,
        newest.reason if newest else "",
        _("下一步：%(step)s") % {"step": newest.next_step} if newest and newest.next_step else "",
    ]
    return "；".join(part for part in parts if part)


def title(plan: Plan) -> str:
    return f"《{plan.title}》任务分解表"


def note(sheet: Sheet) -> str:
    """Whose plan it is, where it comes from, what it rests on, for which time, and as of which day."""
    plan, on = sheet.plan, sheet.on
    source, status = rules.said(rules.SOURCES, plan.source), plan.status_words
    return f"{plan.organization.name}　{source}　{status}　{plan.starts_on:%Y.%m.%d}—{plan.ends_on:%Y.%m.%d}　截至{on.year}年{on.month}月{on.day}日"


def xlsx(sheet: Sheet) -> bytes:
    return breakdown.breakdown_xlsx(title(sheet.plan), COLUMNS, [*rows(sheet), ["", _("说明"), note(sheet)]])


def docx(sheet: Sheet, *, at: datetime) -> bytes:
    cells = [[pace.number(cell) if hasattr(cell, "is_finite") else str(cell) for cell in row] for row in rows(sheet)]  # type: ignore[arg-type]
    return breakdown.breakdown_docx(
        title(sheet.plan), COLUMNS, cells, widths=WIDTHS, merged=(1,), note=note(sheet), at=at
    )
