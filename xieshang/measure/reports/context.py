"""What a unit's template may name, read from the house: the unit's own words, its bodies, the units below, the progress of its plans."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.utils.translation import override

from xieshang.base import clock
from xieshang.base.ledger import figures
from xieshang.base.ledger.facts import Indicator
from xieshang.base.once import once
from xieshang.base.orgs.models import Body, BodyKind, Organization
from xieshang.base.orgs.queries import subtree, term_on
from xieshang.documents.numbering import chinese
from xieshang.measure.plans import measuring
from xieshang.measure.plans import queries as plans
from xieshang.measure.plans.measuring import Measured

from .naming import Names
from .scopes import Scope

PLAN = ("任务总数", "任务数", "量化任务数", "定性任务数", "已完成任务数", "完成任务数", "正常推进任务数", "未到期任务数", "进度滞后任务数", "未完成任务数", "任务完成率")  # fmt: skip
STATES = {
    "已完成": "done",
    "完成": "done",
    "正常推进": "on_track",
    "未到期": "not_due",
    "进度滞后": "behind",
    "未完成": "missed",
}


@dataclass(frozen=True)
class Context:
    """A unit and the days of its report. `as_of`: the moment as of which its figures are known; None for now."""

    unit: Organization
    start: date
    end: date
    as_of: datetime | None
    known: dict[str, Indicator]
    names: Names

    @property
    def today(self) -> date:
        """The last day of which anything can be known."""
        return (self.as_of or clock.now()).astimezone(clock.SHANGHAI).date()


def context(
    unit: Organization, start: date, end: date, known: dict[str, Indicator], *, as_of: datetime | None = None, plan: bool = False
) -> Context:  # fmt: skip
    """`plan`: the template speaks of the plan's progress, which is measured then; names are Chinese whoever asks."""
    with override(settings.LANGUAGE_CODE):
        indicators = tuple(figures.offered(known).values())
        fixed = _fixed(unit, start, end, as_of) | (progress(unit, start, end) if plan and as_of is None else {})
        return Context(unit, start, end, as_of, known, Names(indicators, start, end, fixed, _places(unit, end)))


def _fixed(unit: Organization, start: date, end: date, as_of: datetime | None) -> dict[str, str]:
    year = str(start.year) if start.year == end.year else f"{start.year}—{end.year}"
    today = clock.today()
    known_on = (as_of or clock.now()).astimezone(clock.SHANGHAI).date()
    said = {
        ("单位", "单位名称", "本单位", "署名"): unit.name,
        ("单位简称", "简称"): unit.short_name,
        ("年份", "年度", "年", "本年", "今年"): year,
        ("上年", "去年", "上年份"): str(start.year - 1),
        ("下年", "明年", "来年"): str(end.year + 1),
        ("期间", "统计期间"): f"{day(start)}至{day(end)}",
        ("期间名称", "时段"): period_name(start, end),
        ("统计起", "起日"): day(start),
        ("统计止", "止日"): day(end),
        ("截至", "截至日期", "数据截至"): day(min(known_on, max(end, start))),
        ("日期", "今天", "落款日期", "成文日期"): day(today),
    }
    if term := term_on(unit, end):
        said["届", "届次"] = f"{chinese(term.number)}届"
    return {name: words for names, words in said.items() for name in names}


def day(value: date) -> str:
    return f"{value.year}年{value.month}月{value.day}日"


def period_name(start: date, end: date) -> str:
    """上半年, 一季度, 全年, 3月; else the days."""
    last = (end.month, end.day)
    if start.year == end.year and start.day == 1:
        parts = {
            ((1), (12, 31)): "全年",
            ((1), (6, 30)): "上半年",
            ((7), (12, 31)): "下半年",
            ((1), (9, 30)): "前三季度",
        }
        parts |= {(3 * n + 1, ((3 * n + 3), 31 if n in (0, 3) else 30)): f"{'一二三四'[n]}季度" for n in range(4)}
        if named := parts.get((start.month, last)):
            return named
    return f"{start.month}月{start.day}日至{end.month}月{end.day}日"


def _places(unit: Organization, on: date) -> dict[str, Scope]:
    """Bodies and units below by their names; a name that two of them bear is left out."""
    found: list[tuple[str, Scope]] = []
    for body in Body.objects.filter(organization=unit).exclude(kind=BodyKind.HANDLING_UNIT):
        if body.ended_on is None or body.ended_on >= date(on.year, 1, 1):
            found.append((body.name, of_body(body)))
    for below in subtree(unit).exclude(pk=unit.pk):
        found += [(name, of_unit(below)) for name in dict.fromkeys([below.short_name, below.name])]
    if unit.has_committee:
        found += [(name, Scope(words=name)) for name in ("县本级", "市本级", "省本级", "区本级", "本级")]
    many = Counter(name for name, _scope in found)
    return {name: scope for name, scope in found if many[name] == 1}


def of_body(body: Body) -> Scope:
    """界别 narrow by who did it, every other body by who organised it."""
    if body.kind == BodyKind.SECTOR:
        return Scope(sector=body.pk, words=body.name)
    return Scope(body=body.pk, words=body.name)


def of_unit(below: Organization) -> Scope:
    return Scope(organization=below.pk, code=below.code, words=below.short_name)


# --- plans ------------------------------------------------------------------------------------------------------------------


def measured(unit: Organization, start: date, end: date) -> list[Measured]:
    """The targets of the period's plans as they stand at its end, or today."""
    on = min(end, clock.today())
    return once(
        ("reports.measured", unit.pk, start, end),
        lambda: measuring.measure(plans.targets_of(plans.of_period(unit, start, end), "accepted"), on),
    )


def progress(unit: Organization, start: date, end: date) -> dict[str, str]:
    """任务总数, 已完成任务数 …; nothing where there is no plan."""
    found = plans.of_period(unit, start, end)
    rows = measured(unit, start, end) if found else []
    if not rows:
        return {}
    return _counted(rows) | {
        "计划": found[0].title,
        "计划名称": found[0].title,
        "计划文号": found[0].number or "（未编文号）",
    }


def _counted(rows: Iterable[Measured]) -> dict[str, str]:
    rows = list(rows)
    states = Counter(row.state for row in rows)
    kinds = Counter(row.target.kind for row in rows)
    said = {f"{word}任务数": str(states[state]) for word, state in STATES.items()}
    said |= {
        "任务总数": str(len(rows)),
        "任务数": str(len(rows)),
        "量化任务数": str(kinds["quantified"]),
        "定性任务数": str(kinds["qualitative"]),
    }
    return said | {"任务完成率": f"{100 * states['done'] / len(rows):.1f}".rstrip("0").rstrip(".") + "%"}
