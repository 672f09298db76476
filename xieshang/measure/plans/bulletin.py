"""工作进展通报: who is ahead and who behind, by task and by who answers for it, for all plans of a unit in a year.

It never accuses wrongly: a task is called late only where `pace` says so, with how much is missing, when the last one was and until when it can be
made up; what only people can tell is not judged; what somebody has not confirmed or reported is called so and not late; nobody is ranked.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from xieshang.base.orgs.models import Organization
from xieshang.base.settings import parameters
from xieshang.documents import gongwen
from xieshang.documents.gongwen import (
    Annex,
    Attachments,
    Byline,
    Colophon,
    Figure,
    Heading,
    IssueHead,
    Paragraph,
    Part,
    Table,
    Title,
)

from . import measuring, pace, queries, rules, wording
from .actions.handing import STANDING
from .measuring import Measured
from .models import Plan, Target

SERIES = "progress"
JUDGED = ("done", "on_track", "not_due", "behind", "missed")
UNJUDGED = ("by_hand", "unmeasured")
KEPT = 12  # rows of a table that is not parted by the end of a page
NAMELESS = "未明确责任单位"


@dataclass(frozen=True)
class Bulletin:
    """A number of the series, ready to be shown, taken down or worked on."""

    unit: Organization
    writer: str
    start: date
    end: date
    on: date
    issue: int
    head: IssueHead
    colophon: Colophon
    parts: list[Part]

    @property
    def title(self) -> str:
        return f"{self.writer}{self.on.year}年工作进展通报第{self.issue}期"


@dataclass(frozen=True)
class Line:
    """How many tasks of somebody stand how; `open`: handed down and not confirmed yet."""

    name: str
    states: Counter[str]
    ahead: int = 0
    open: int = 0

    @property
    def total(self) -> int:
        return sum(self.states.values()) + self.open


def draft(unit: Organization, start: date, end: date, on: date, issue: int) -> Bulletin:
    """The bulletin of a year's plans as they stand on a day."""
    with override(settings.LANGUAGE_CODE):  # a Chinese paper, whoever asks for it
        office = wording.office(unit)
        head = IssueHead("工作进展通报", f"第{issue}期", office, wording.day(on))
        parts = list(_parts(unit, start, end, on))
        return Bulletin(unit, wording.writer(unit), start, end, on, issue, head, Colophon((), office, on), parts)


def _parts(unit: Organization, start: date, end: date, on: date) -> Iterator[Part]:
    plans = [plan for plan in queries.of_period(unit, start, end) if plan.state in ("in_force", "closed")]
    rows = [row for row in measuring.measure(queries.targets_of(plans), on) if row.state != "withdrawn"]
    yield Title(f"关于{on.year}年工作任务进展情况的通报")
    yield Byline(f"（截至{wording.day(on)}）")
    if not rows:
        yield Paragraph(f"截至{wording.day(on)}，没有启用的计划任务。")
        return
    yield Paragraph(_opening(rows, plans, on))
    yield Paragraph(_fairness(unit, rows, on))
    if len(plans) > 1:
        yield _table("表1　各计划进展情况", "计划", [_line(plan.title, mine) for plan, mine in _by_plan(plans, rows)])
    yield from _forward(rows, on)
    yield from _late(rows, on)
    lines = [*_receivers(rows, on), *_own(rows)]
    yield Heading(1, "各责任单位进展情况")
    yield Paragraph("下表按任务分解和计划中的次序排列，不是名次；分解的任务没有确认或没有填报的，照实列出，不算滞后。")
    yield _table(f"表{2 if len(plans) > 1 else 1}　各责任单位进展情况", "责任单位（责任人）", lines)
    yield Heading(1, "下一步要求")
    yield Paragraph([Figure("（请补写工作要求）", _("通报对各责任单位的要求由起草人写"), marked=True)])
    yield Attachments(("工作任务进展一览表",))
    yield Annex(None, "工作任务进展一览表")
    yield _all(rows)


def _by_plan(plans: list[Plan], rows: list[Measured]) -> Iterator[tuple[Plan, list[Measured]]]:
    for plan in plans:
        if mine := [row for row in rows if row.target.plan_id == plan.pk]:
            yield plan, mine


def _count(value: int, on: date) -> Figure:
    return wording.plan_figure(value, _("按计划进度计算，截至 %(day)s") % {"day": on.isoformat()})


def _opening(rows: list[Measured], plans: list[Plan], on: date) -> list[str | Figure]:
    names = "".join(f"《{plan.title}》" for plan in plans[:3]) + (f"等{len(plans)}份计划" if len(plans) > 3 else "")
    counts = Counter(row.state for row in rows)
    runs: list[str | Figure] = [f"现将{names}执行情况通报如下。共有任务", _count(len(rows), on), "项，其中"]
    told = [(str(rules.STATE_WORDS[state]), counts[state]) for state in JUDGED]
    told.append(("人工填报或未关联统计项、不评快慢的", sum(counts[state] for state in UNJUDGED)))
    for n, (word, count) in enumerate((word, count) for word, count in told if count):
        runs += ["，" if n else "", word, _count(count, on), "项"]
    if quick := sum(is_ahead(row) for row in rows):
        runs += ["；快于序时进度的", _count(quick, on), "项"]
    return [*runs, "。"]


def _fairness(unit: Organization, rows: list[Measured], on: date) -> str:
    small = parameters.value(unit, rules.SMALL_GOAL, on)
    asks = sum(row.verdict.asks for row in rows)
    said = (
        f"进度按每项任务自己的起止时间计算，应完成数向下取整；目标值小于{small}、有单独时限或排定月份的，到期前不算滞后；按季度、按月的任务逐期判定。"
        "数均来自登记的工作记录，可以逐条查对。"
    )
    return said + (f"另有{asks}项已到期、尚未填报结果，请责任人填报。" if asks else "")


def is_ahead(row: Measured) -> bool:
    """More than the calendar asks of it by now; a rate, an “at most” and a rhythm, whose periods do not make up for each other, have no ahead."""
    verdict = row.verdict
    if row.state != "on_track" or row.aim.level or row.target.op == "at_most" or verdict.cells:
        return False
    return verdict.actual is not None and verdict.expected is not None and verdict.actual > verdict.expected


def _forward(rows: list[Measured], on: date) -> Iterator[Part]:
    done = [row for row in rows if row.state == "done"]
    quick = [row for row in rows if is_ahead(row)]
    yield Heading(1, "进展较快的任务")
    if not done and not quick:
        yield Paragraph("目前没有已完成或快于序时进度的任务。")
    for title, group in (("已经完成", done), ("快于序时进度", quick)):
        if not group:
            continue
        runs: list[str | Figure] = [f"{title}的有", _count(len(group), on), "项："]
        for n, row in enumerate(group):
            runs += ["；" if n else "", f"“{wording.bare(row.target.words)}”", *_reached(row)]
        yield Paragraph([*runs, "。"])


def _reached(row: Measured) -> list[str | Figure]:
    if row.verdict.actual is None:
        return ["，已认定完成"]
    per = "，平均" if row.averaged else "，"
    runs: list[str | Figure] = [f"{per}{'达到' if row.aim.level else '已完成'}", wording.counted(row), row.aim.unit]
    if is_ahead(row) and row.verdict.expected is not None:
        more = row.verdict.actual - row.verdict.expected
        runs.append(f"，比序时快{pace.number(more)}{row.aim.unit}")
    return runs


def _late(rows: list[Measured], on: date) -> Iterator[Part]:
    yield Heading(1, "需要加快的任务")
    late = [row for row in rows if row.state in measuring.LATE]
    if not late:
        yield Paragraph(f"截至{wording.day(on)}，没有进度滞后的任务。")
    for number, row in enumerate(late, 1):
        name = wording.responsible(row)
        runs: list[str | Figure] = [
            f"{number}.“{wording.bare(row.target.words)}”",
            *_stands(row),
            f"（{name}）。" if name else "。",
        ]
        line = next((one for one in row.target.progress.all() if one.reason and one.on <= on), None)
        if line:
            runs.append(f"原因：{wording.bare(line.reason)}。")
            runs += [f"下一步：{wording.bare(line.next_step)}。"] if line.next_step else []
        else:
            runs.append(Figure("（请责任单位补写原因和措施）", _("还没有填报滞后原因"), marked=True))
        yield Paragraph(runs)


def _stands(row: Measured) -> list[str | Figure]:
    verdict = row.verdict
    runs: list[str | Figure] = ["，"]
    if verdict.actual is not None:
        runs += ["达到" if row.aim.level else "已完成", wording.counted(row), row.aim.unit, "，"]
    if row.asked and not verdict.cells:  # of a rhythm the sum says nothing: what is missing is named period by period
        runs.append(f"{wording.close(row.asked)}，")
    word = str(rules.STATE_WORDS[row.state])
    return [*runs, f"{word}：{wording.close(row.reason)}" if row.reason else word, wording.planned(row)]


# --- who answers for it -----------------------------------------------------------------------------------------------------


def _line(name: str, rows: Iterable[Measured], open_: int = 0) -> Line:
    mine = list(rows)
    return Line(name, Counter(row.state for row in mine), sum(map(is_ahead, mine)), open_)


def _receivers(rows: list[Measured], on: date) -> Iterator[Line]:
    """Units and bodies that were handed shares, in the order of the tree. The queries grow with the units, not with the shares."""
    shares = Target.objects.filter(parent__in=[row.target.pk for row in rows], state__in=STANDING)
    found = list(
        shares.select_related("organization", "plan", "plan__body", "plan__organization", "section", "body")
        .prefetch_related("progress")
        .order_by("organization__path", "plan__body__order", "plan__body", "id")
    )
    for _unit, of_unit in groupby(found, key=lambda share: share.organization_id):
        mine = list(of_unit)
        measured = {
            row.target.pk: row for row in measuring.measure([one for one in mine if one.state == "accepted"], on)
        }
        for name, group in groupby(mine, key=lambda share: share.plan.receiver):
            members = list(group)
            yield _line(
                name,
                (measured[one.pk] for one in members if one.pk in measured),
                sum(one.pk not in measured for one in members),
            )


def _own(rows: list[Measured]) -> Iterator[Line]:
    """The unit's own tasks by who leads them, in the order of the plan; those that name nobody stand last."""
    names: dict[str, list[Measured]] = {}
    for row in rows:
        names.setdefault(wording.responsible(row), []).append(row)
    for name in [*(name for name in names if name), *([""] if "" in names else [])]:
        yield _line(name or NAMELESS, names[name])


COLUMNS = ("任务", "已完成", "正常推进", "其中快于序时", "未到期", "进度滞后", "未完成", "不评快慢", "待确认")
SHARES = (25, 8, 9, 9, 10, 9, 9, 9, 9, 9)


def _table(caption: str, first: str, lines: Sequence[Line]) -> Table:
    """Only columns in which something stands."""
    cells = [
        [
            line.total, line.states["done"], line.states["on_track"], line.ahead, line.states["not_due"], line.states["behind"], line.states["missed"],
            sum(line.states[state] for state in UNJUDGED), line.open,
        ]
        for line in lines
    ]  # fmt: skip
    kept = [n for n in range(len(COLUMNS)) if n < 6 or any(row[n] for row in cells)]
    rows = [[line.name, *(str(row[n]) for n in kept)] for line, row in zip(lines, cells, strict=True)]
    return Table(
        (first, *(COLUMNS[n] for n in kept)),
        rows,
        (SHARES[0], *(SHARES[n + 1] for n in kept)),
        caption=caption,
        keep=len(rows) <= KEPT,
    )


def _all(rows: list[Measured]) -> Table:
    """Every task, in the order of the plans."""
    cells: list[list[str | Figure]] = [
        [
            str(n), wording.bare(row.target.words), wording.goal(row) or "—", wording.counted(row) if row.verdict.actual is not None else "—",
            "逐期判定" if row.verdict.cells else pace.number(row.verdict.expected) if row.verdict.expected else "—", str(rules.STATE_WORDS[row.state]), wording.responsible(row) or "—",
        ]
        for n, row in enumerate(rows, 1)
    ]  # fmt: skip
    headings = ("序号", "任务", "目标值", "已完成", "序时应完成", "状态", "责任单位（责任人）")
    return Table(headings, cells, (5, 28, 15, 9, 9, 13, 13))


def docx(made: Bulletin, *, at: datetime, comments: bool = True) -> bytes:
    return gongwen.write(made.parts, kind="bulletin", head=made.head, colophon=made.colophon, comments=comments, at=at)
