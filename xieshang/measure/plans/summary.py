"""半年小结、年终总结: a draft made from figures and the lines of progress that people wrote. Nothing is invented; what is not known is a marked blank.

The draft is a list of parts of a 公文; the page, the .docx and the studio's draft are made of the same list.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import groupby
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from xieshang.base import clock
from xieshang.base.calendar.workdays import add_months
from xieshang.documents import gongwen
from xieshang.documents.gongwen import Byline, Figure, Heading, Paragraph, Part, Signature, Title
from xieshang.documents.tables import characters

from . import pace, queries, wording
from .measuring import Measured
from .models import Pair, Plan, TargetVersion

LATE = ("behind", "missed")
TITLE_WIDE = 18  # characters of a title that stand in one line
HOW = {  # the end of the sentence
    "done": "达到目标",
    "on_track": "正常推进",
    "not_due": "未到期",
    "behind": "进度滞后",
    "missed": "未完成目标",
}


@dataclass(frozen=True)
class Term:
    """The time a summary is about: half of the plan's or all of it."""

    kind: str
    start: date
    end: date

    @property
    def words(self) -> str:
        if self.kind == "half":
            return (
                f"{self.start.year}年上半年"
                if (self.start.month, self.start.day) == (1, 1)
                else f"{self.start.year}年前半年度"
            )
        if self.end - self.start > pace.LONG:
            return f"{self.start.year}—{self.end.year}年"
        return f"{self.start.year}年"


def term(plan: Plan, kind: str, today: date) -> Term:
    """Up to the half or the end of the plan's time, and never beyond today."""
    half = add_months(plan.starts_on, 6) - timedelta(days=1)
    end = min(half if kind == "half" else plan.ends_on, today)
    return Term(kind, plan.starts_on, max(plan.starts_on, end))


def draft(plan: Plan, when: Term) -> list[Part]:
    """The draft from its title to its signature."""
    sheet = queries.sheet(plan, when.end)
    with override(settings.LANGUAGE_CODE):  # a Chinese paper, whoever asks for it
        return list(_parts(sheet, when))


def title(plan: Plan, when: Term) -> str:
    """The name of the file and of the draft."""
    return f"{wording.who(plan)}{when.words}{name(when)}"


def name(when: Term) -> str:
    return "工作小结" if when.kind == "half" else "工作总结"


def docx(parts: Iterable[Part], *, at: datetime, comments: bool = True) -> bytes:
    return gongwen.write(parts, kind="report", comments=comments, at=at)


def _parts(sheet: queries.Sheet, when: Term) -> Iterator[Part]:
    plan = sheet.plan
    whole = title(plan, when)
    yield Title(whole if characters(whole) <= TITLE_WIDE else f"{wording.who(plan)}\n{when.words}{name(when)}")
    yield Byline(f"（{wording.day(when.end)}）")
    yield Paragraph(_opening(sheet, when))
    headed = [part for part in sheet.parts if part.section]
    for part in [*headed, *(part for part in sheet.parts if not part.section)]:
        rows = [row for row in part.rows if row.state != "withdrawn"]
        if not part.section and headed and rows:
            carried = all(row.target.carried_from_id for row in rows)
            yield Heading(1, "上年结转的任务" if carried else "其他任务")
        if part.section:
            yield Heading(min(4, part.section.level), part.section.title.rstrip("。；，：:"))
        for row in rows:
            yield Paragraph(_sentence(row, when))
    yield from _changes(sheet)
    yield from _shortcomings(sheet, when)
    yield from _next(sheet)
    yield Signature(wording.who(plan), when.end)


def _opening(sheet: queries.Sheet, when: Term) -> list[str | Figure]:
    counts, note = sheet.counts, _("按序时进度计算，截至 %(day)s") % {"day": when.end.isoformat()}
    runs: list[str | Figure] = [
        f"根据《{sheet.plan.title}》，{'规划期' if sheet.plan.ends_on - sheet.plan.starts_on > pace.LONG else '本年度'}共有任务",
        Figure(str(sheet.total), note),
        "项。",
        f"截至{wording.day(when.end)}，",
    ]
    told = [
        (word, counts[state])
        for state, word in (
            ("done", "已完成"),
            ("on_track", "正常推进"),
            ("not_due", "未到期"),
            ("behind", "进度滞后"),
            ("missed", "未完成"),
        )
    ]
    told.append(("由人工填报或尚未关联统计项的", counts["by_hand"] + counts["unmeasured"]))
    for n, (word, count) in enumerate((word, count) for word, count in told if count):
        runs += ["，" if n else "", f"{word}", Figure(str(count), note), "项"]
    return [*runs, "。现将有关情况报告如下。"]


def _sentence(row: Measured, when: Term) -> list[str | Figure]:
    """One task: what was wanted, what was done, how it stands, and the newest line somebody wrote about it."""
    runs: list[str | Figure] = [wording.bare(row.target.words)]
    actual = row.verdict.actual
    if row.figure is not None and row.indicator is not None and actual is not None:
        runs += ["，", *_done(row), f"，{HOW[row.state]}。"]
    elif actual is not None:
        runs += ["，已完成", Figure(pace.number(actual), wording.by_hand(row)), f"{row.aim.unit}（人工填报）。"]
    else:
        runs.append("，已认定完成。" if row.state == "done" else "。")
    line = next((line for line in row.target.progress.all() if line.on <= when.end), None)
    if line:
        return [*runs, f"{wording.bare(line.text)}。"]
    if actual is None and row.state != "done":
        return [*runs, Figure("（请补写进展）", _("这项任务还没有填报进展，也没有统计项计数"), marked=True)]
    return runs


def _done(row: Measured) -> list[str | Figure]:
    """“已完成11次”, “现为92%”, “人均0.45件（20名委员共9件）”, “还没有开展”."""
    figure = wording.counted(row)
    if row.averaged:
        return ["平均", figure, f"{row.aim.unit}（{wording.close(row.averaged)}）"]
    if row.aim.level or row.aim.sinks:
        return ["现为", figure, row.aim.unit]
    if not row.verdict.actual and row.target.op != "at_most":
        return ["已完成", figure, f"{row.aim.unit}，还没有开展"]
    return ["已完成", figure, row.aim.unit]


def _changes(sheet: queries.Sheet) -> Iterator[Part]:
    """调整前多少、调整后多少, and what was taken out, with the reason that was written then."""
    kept = TargetVersion.objects.filter(target__plan=sheet.plan).select_related("target")
    lines = []
    for target, group in groupby(
        kept.order_by("target__order", "target", "version"), key=lambda version: version.target
    ):
        versions = list(group)
        later = [*(version.said for version in versions[1:]), {"goal": target.goal_words, "state": target.state}]
        for version, after in zip(versions, later, strict=True):
            said = _changed(version.said, after)
            if said:
                lines.append(
                    f"“{target.words}”{said}（{wording.day(version.at.astimezone(clock.SHANGHAI).date())}，{wording.close(version.reason)}）。"
                )
    for pair in Pair.objects.filter(revision__plan=sheet.plan).exclude(made=None).select_related("made", "revision"):
        if pair.made and pair.made.state in ("accepted", "withdrawn", "carried"):
            one = pair.revision
            since = f"自{wording.day(one.effective_on)}起，" if one.effective_on else ""
            lines.append(f"新增“{pair.made.words}”（{since}依据{one.basis}{one.number and f'，{one.number}'}）。")
    if lines:
        yield Heading(1, "任务调整情况")
        yield from (Paragraph(line) for line in lines)


def _changed(before: dict[str, Any], after: dict[str, Any]) -> str:
    """Only the goal and leaving the plan are told; who owns it is not the reader's concern."""
    if before["state"] != after["state"]:
        return {"withdrawn": "已调出", "carried": "已结转"}.get(after["state"], "恢复为计划任务")
    old, new = wording.close(before.get("goal", "")), wording.close(after.get("goal", ""))
    return f"的目标值调整前{old or '未定'}，调整后{new or '不设'}" if old != new else ""


def _shortcomings(sheet: queries.Sheet, when: Term) -> Iterator[Part]:
    yield Heading(1, "存在的不足")
    late = [row for row in sheet.rows if row.state in LATE]
    if not late:
        yield Paragraph(
            ["截至", f"{wording.day(when.end)}，没有进度滞后的任务。", Figure("（其他不足请补写）", marked=True)]
        )
    for row in late:
        line = next((line for line in row.target.progress.all() if line.reason and line.on <= when.end), None)
        why: list[str | Figure] = (
            [f"原因是：{line.reason.rstrip('。')}。"]
            if line
            else [Figure("（请补写原因）", _("还没有填报未完成原因"), marked=True)]
        )
        yield Paragraph([f"“{row.target.words.rstrip('。；，')}”{HOW[row.state]}，{wording.close(row.reason)}。", *why])


def _next(sheet: queries.Sheet) -> Iterator[Part]:
    yield Heading(1, "下一步打算")
    written = [
        (row, line)
        for row in sheet.rows
        if (line := next((line for line in row.target.progress.all() if line.next_step), None))
    ]
    for row, line in written:
        yield Paragraph(f"“{wording.bare(row.target.words)}”：{wording.bare(line.next_step)}。")
    left = [row for row in sheet.rows if _is_left(row)]
    for due, group in groupby(sorted(left, key=lambda row: row.aim.due), key=lambda row: row.aim.due):
        runs: list[str | Figure] = [f"{wording.day(due)}前完成："]
        for n, row in enumerate(group):
            runs += ["；" if n else "", "“", wording.bare(row.target.words), *_remaining(row)]
        yield Paragraph([*runs, "。"])
    if not written and not left:
        yield Paragraph([Figure("（请补写下一步打算）", marked=True)])


def _is_left(row: Measured) -> bool:
    """Something of it is still to be done, and can be."""
    verdict = row.verdict
    if row.state not in ("behind", "on_track", "not_due") or verdict.goal is None or row.target.op == "at_most":
        return False
    return verdict.actual is not None and not row.aim.level and verdict.actual < verdict.goal


def _remaining(row: Measured) -> list[str | Figure]:
    """What is left to do: of a rhythm the periods to come, for the past ones cannot be made up."""
    if row.verdict.cells:
        ahead = sum(cell.state == "not_due" for cell in row.verdict.cells)
        return ["”还有", Figure(str(ahead), _("还没有到期的期数")), "期，按期完成"]
    more = (row.verdict.goal or Decimal(0)) - (row.verdict.actual or Decimal(0))
    average = "平均" if row.averaged else ""
    return [f"”{average}还差", Figure(pace.number(more), _("目标值减去已完成")), row.aim.unit, wording.planned(row)]
