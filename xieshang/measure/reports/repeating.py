"""Parts of a template that are repeated: for each task, body, unit below, quarter, month, or record of a 统计项; what may be named within."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from django.utils.translation import gettext as _

from xieshang.base import registry
from xieshang.base.calendar.workdays import add_months
from xieshang.base.ledger import figures
from xieshang.base.ledger.facts import Indicator
from xieshang.base.ledger.models import PostedFact
from xieshang.base.orgs.models import Body, BodyKind, Level, Organization
from xieshang.base.orgs.queries import subtree
from xieshang.measure.plans import rules as plan_rules
from xieshang.measure.plans.measuring import Measured
from xieshang.measure.plans.models import plain

from . import naming
from .context import Context, day, measured, of_body, of_unit
from .naming import Meaning
from .scopes import Scope

MOST = 500  # records of one list
EACH = re.compile(r"\A(?:按?[每各逐](?:[一个条件次篇期项份家名位场类])?|所有|全部)")
BODIES = {
    "机构": (BodyKind.COMMITTEE, BodyKind.GROUP, BodyKind.LIAISON, BodyKind.OFFICE), "专委会": (BodyKind.COMMITTEE,), "专门委员会": (BodyKind.COMMITTEE,),
    "界别": (BodyKind.SECTOR,), "委员小组": (BodyKind.GROUP,), "小组": (BodyKind.GROUP,), "联络室": (BodyKind.LIAISON,), "委室": (BodyKind.OFFICE,),
    "党支部": (BodyKind.BRANCH,), "党派": (BodyKind.PARTY,), "党派团体": (BodyKind.PARTY,),
}  # fmt: skip
UNITS = {
    "乡镇": (Level.TOWNSHIP,), "镇": (Level.TOWNSHIP,), "街道": (Level.TOWNSHIP,), "乡镇街道": (Level.TOWNSHIP,), "社区": (Level.COMMUNITY,), "村": (Level.COMMUNITY,),
    "下级单位": (), "县区": (Level.COUNTY,), "县": (Level.COUNTY,),
}  # fmt: skip
TASKS: dict[str, Callable[[Measured], bool]] = {
    "任务": lambda row: True,
    "量化任务": lambda row: row.target.kind == "quantified",
    "定性任务": lambda row: row.target.kind == "qualitative",
    "滞后任务": lambda row: row.state in ("behind", "missed"),
    "已完成任务": lambda row: row.state == "done",
    "未完成任务": lambda row: row.state != "done",
}
TIMES = {"季度": 3, "季": 3, "月": 1, "月份": 1, "年": 12, "年度": 12, "半年": 6}


@dataclass(frozen=True)
class Item:
    """One thing that a repeated part speaks of.

    words    what may be named in it: 名称, 序号, 任务 …
    scope    narrows the figures named in it
    figures  names that are figures of their own: 完成 of a task
    """

    words: dict[str, str]
    scope: Scope = naming.WHOLE
    figures: dict[str, Meaning] = field(default_factory=dict)


@dataclass(frozen=True)
class Things:
    """What a repeated part is repeated for; `why`: why there is nothing."""

    items: tuple[Item, ...] = ()
    why: str = ""
    near: tuple[str, ...] = ()


def kinds(indicators: Iterable[Indicator] = ()) -> list[str]:
    """Every name that a repeated part may have."""
    names = [*TASKS, *BODIES, *UNITS, "季度", "月", "年"]
    return [f"每个{name}" if name not in ("季度", "月", "年") else f"每{name}" for name in names] + [
        f"每次{one.name}" for one in indicators
    ]


def things(name: str, at: Context) -> Things:
    """The things that 每个任务, 每个乡镇, 每季度, 每次集体活动 … means, in their order."""
    what = EACH.sub("", "".join(name.split()))
    if what in TASKS:
        return _tasks(at, TASKS[what])
    if what in BODIES:
        return _numbered(_bodies(at, BODIES[what]), _("本单位没有登记%(what)s") % {"what": what})
    if what in UNITS:
        return _numbered(_units(at.unit, UNITS[what]), _("本单位下面没有%(what)s") % {"what": what})
    if what in TIMES:
        return _numbered(_times(at, TIMES[what]), _("统计期间里没有整%(what)s") % {"what": what})
    said = naming.meaning(what, at.names)
    if len(said.indicators) == 1 and not said.scope.change:
        return _records(at, said.indicators[0], said.scope)
    return Things(
        why=_("“%(name)s”不知道按什么重复") % {"name": name},
        near=tuple(naming.nearest(name, kinds(at.names.indicators))),
    )


def _numbered(found: Iterable[Item], why: str) -> Things:
    items = tuple(replace(one, words={"序号": str(n), **one.words}) for n, one in enumerate(found, 1))
    return Things(items, "" if items else why)


# --- tasks ------------------------------------------------------------------------------------------------------------------


def _tasks(at: Context, wanted: Callable[[Measured], bool]) -> Things:
    if at.as_of is not None:
        return Things(why=_("计划进度只能按现在的登记计算，不能退回到过去的时点"))
    rows = measured(at.unit, at.start, at.end)
    if not rows:
        return Things(why=_("这个期间没有已确认的计划任务"))
    return _numbered((_task(row, at) for row in rows if wanted(row)), _("没有这样的任务"))


def _task(row: Measured, at: Context) -> Item:
    target = row.target
    newest = next(iter(target.progress.all()), None)
    goal = row.goal
    state = str(plan_rules.STATE_WORDS[row.state])
    words = {
        **dict.fromkeys(("任务", "任务内容", "名称"), target.words), "目标值": goal, "目标": target.goal_words, "量词": target.unit,
        "统计项": str(row.indicator.name) if row.indicator else "", **dict.fromkeys(("进度", "状态", "进展情况"), state),
        "序时": plain(row.verdict.expected), **dict.fromkeys(("差距", "说明"), row.reason), "责任人": target.owner, "牵头领导": target.lead_leader,
        **dict.fromkeys(("责任单位", "牵头委室", "牵头单位"), target.lead_office), **dict.fromkeys(("协作单位", "配合单位"), target.cooperating),
        **dict.fromkeys(("时限", "完成时限", "期限"), day(target.deadline) if target.deadline else ""),
        **dict.fromkeys(("最近进展", "进展"), newest.text if newest else ""), **dict.fromkeys(("下一步", "下步打算"), newest.next_step if newest else ""),
        "计划": target.plan.title, "标题": target.section.title if target.section else "",
    }  # fmt: skip
    names = ("完成", "完成数", "实绩", "完成值", "实际完成")
    if (query := _own_query(row, at)) and row.indicator:
        scope = Scope(
            since=query.start if query.start != at.start else None, until=query.end if query.end != at.end else None, body=query.body, words=_("任务")
        )  # fmt: skip
        return Item(words, figures=dict.fromkeys(names, Meaning((row.indicator,), scope, unit=target.unit)))
    actual = plain(row.verdict.actual) if row.verdict.actual is not None else ""
    return Item(words | dict.fromkeys(names, actual or (newest.text if newest else "")))


def _own_query(row: Measured, at: Context) -> figures.Query | None:
    """The question whose plain answer its figure is; none where it is divided, shared out between tasks, or added up over a rhythm."""
    if row.figure is None or row.target.per or row.shared_out or row.indicator is None:
        return None
    query = row.figure.query
    return query if query.organization == at.unit.pk and query.person is None and query.sector is None else None


# --- bodies, units, times ---------------------------------------------------------------------------------------------------


def _bodies(at: Context, kinds: tuple[BodyKind, ...]) -> Iterator[Item]:
    for body in Body.objects.filter(organization=at.unit, kind__in=kinds).order_by("kind", "order", "id"):
        if body.ended_on is None or body.ended_on >= at.start:
            yield Item(dict.fromkeys(("名称", "机构", "界别", "专委会", "小组"), body.name), of_body(body))


def _units(unit: Organization, levels: tuple[Level, ...]) -> Iterator[Item]:
    below = subtree(unit).exclude(pk=unit.pk)
    for one in below.filter(level__in=levels) if levels else below.filter(parent=unit):
        yield Item(dict.fromkeys(("名称", "单位", "乡镇", "社区"), one.short_name) | {"全称": one.name}, of_unit(one))


def _times(at: Context, months: int) -> Iterator[Item]:
    """The parts of the report's days, each cut to them; those that have not begun are left out."""
    first = date(at.start.year, (at.start.month - 1) // months * months + 1, 1)
    while first <= min(at.end, at.today):
        last = add_months(first, months) - timedelta(days=1)
        name = _time_name(first, months, at)
        since, until = max(first, at.start), min(last, at.end)
        yield Item(
            dict.fromkeys(("名称", "季度", "月份", "年份", "月"), name), Scope(since=since, until=until, words=name)
        )
        first = last + timedelta(days=1)


def _time_name(first: date, months: int, at: Context) -> str:
    year = f"{first.year}年" if at.start.year != at.end.year else ""
    return {
        12: f"{first.year}年", 6: f"{year}{'上半年' if first.month == 1 else '下半年'}", 3: f"{year}{'一二三四'[first.month // 3]}季度",
    }.get(months, f"{year}{first.month}月")  # fmt: skip


# --- records ----------------------------------------------------------------------------------------------------------------


def _records(at: Context, indicator: Indicator, scope: Scope) -> Things:
    """Each record under a figure once, oldest first."""
    if indicator.inside and scope.organization not in (None, at.unit.pk):
        return Things(why=_("党内事务，上级单位看不到下级的数"))
    query = scope.queries(indicator, at.unit.pk, at.start, at.end, at.as_of)[0]
    found = list(figures.rows(query, at.known).order_by("on", "pk")[: MOST * 20])
    records: dict[str, PostedFact] = {}
    for fact in found:
        records.setdefault(fact.record, fact)
    if not records:
        return Things(why=_("这个期间没有登记过%(name)s") % {"name": indicator.name})
    if len(records) > MOST:
        return Things(
            why=_("%(name)s有 %(n)d 条，太多了；一份报告最多列 %(most)d 条")
            % {"name": indicator.name, "n": len(records), "most": MOST}
        )
    titles = registry.titles(records)
    return _numbered((_record(titles.get(ref, ref), fact) for ref, fact in records.items()), "")


def _record(title: str, fact: PostedFact) -> Item:
    amount = plain(fact.quantity)
    names = ("名称", "标题", "事项", "内容")
    return Item({
        **dict.fromkeys(names, title), "日期": f"{fact.on.month}月{fact.on.day}日", "年月日": day(fact.on), "月份": f"{fact.on.month}月",
        **dict.fromkeys(("数量", "金额"), amount), "量词": fact.measure,
    })  # fmt: skip
