"""A template made ready for a unit and its days: repeated parts written out, every place in it answered, each sum held against its parts."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from xieshang.base import words
from xieshang.base.ledger import figures
from xieshang.base.ledger.facts import Indicator
from xieshang.base.orgs.models import Organization
from xieshang.documents import filling as paper
from xieshang.documents import grids, sections
from xieshang.documents.filling import Place
from xieshang.measure import tying

from . import context, filling, naming, printing, repeating, scopes, tabling
from .context import Context
from .deciding import Period
from .filling import Answer, Guessed
from .reading import CELL, NAMED, Spot, spots
from .repeating import Item
from .scopes import RATE, Scope
from .tabling import Asked

NOTHING = "—"  # what a repeated part has no words for


@dataclass(frozen=True)
class Repeat:
    """A repeated part: for how many things it was written out; why, when for none."""

    name: str
    count: int
    why: str
    near: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        return {"name": self.name, "count": self.count, "why": self.why, "near": list(self.near)}


@dataclass(frozen=True)
class Prepared:
    """The template written out, and what stands in each of its places.

    unread   sentences about marks and names that were not understood
    sums     sentences about parts that do not add up to their 合计
    """

    data: bytes
    places: Sequence[Place]
    answers: list[Answer]
    repeats: list[Repeat]
    unread: list[str]
    sums: list[str]
    owners: sections.Owners


def prepare(
    data: bytes, unit: Organization, start: date, end: date, *, as_of: datetime | None, known: dict[str, Indicator], own_periods: bool = False,
    chosen: Mapping[int, Period] | None = None,
) -> Prepared:  # fmt: skip
    """`chosen`: days that a person chose for a place, by its order. Raises DocumentError for a file that cannot be read."""
    found, troubles = sections.sections(data)
    text = "\n".join(place.text for place in paper.find(data))
    named = " ".join(m["name"] for m in sections.NAME.finditer(text))
    at = context.context(unit, start, end, known, as_of=as_of, plan="任务" in named or "计划" in named)
    lists = [repeating.things(section.name, at) for section in found]
    written, owners = sections.expand(data, found, [len(one.items) for one in lists])
    places = paper.find(written)
    asked, tables = _tables(written, places, at)
    cells = {one.place: (words.clauses([" · ".join(filter(None, one.names))]), one.unit) for one in asked.values()}
    spotted = spots(places, cells)
    items = {place: lists[which].items[copy] for place, (which, copy) in owners.items()}
    answers = _answers(spotted, at, items, asked, own_periods, chosen or {})
    repeats = [Repeat(s.name, len(o.items), o.why, o.near) for s, o in zip(found, lists, strict=True)]
    unread = [*(_trouble(one) for one in troubles), *_unread(tables, at)]
    return Prepared(written, places, answers, repeats, unread, [*_wrong(tables), *_unequal(answers, asked)], owners)


def _tables(data: bytes, places: Sequence[Place], at: Context) -> tuple[dict[int, Asked], list[tabling.Table]]:
    if not any(place.kind == "table" for place in places):
        return {}, []

    def said(text: str) -> str:
        return sections.NAME.sub(lambda m: naming.meaning(m["name"], at.names).text or m[0], text)

    tables = [tabling.table(grid, at.names, said) for grid in grids.grids(data)]
    return {cell.place: cell for one in tables for cell in one.cells}, tables


def _trouble(one: sections.Trouble) -> str:
    said = {
        "open": _("“{{#%(name)s}}”没有写结束：请在要重复的段落后面另起一段，写 {{/%(name)s}}"),
        "stray": _("“{{/%(name)s}}”前面没有开始的标记"),
        "alone": _("“{{#%(name)s}}”和它的结束要各占一段，段里不写别的字"),
        "apart": _("“{{#%(name)s}}”的开始和结束一个在表格里、一个不在，请放在同一处"),
        "within": _("“{{#%(name)s}}”里面又有一段重复，请分成先后两段"),
        "box": _("“{{#%(name)s}}”写在文本框里，不能重复，请移到正文"),
    }
    return said[one.code] % {"name": one.name}


def _unread(tables: Iterable[tabling.Table], at: Context) -> list[str]:
    return [
        words.sentences(_("表格里的“%(name)s”没有认出来，这一行或列没有填") % {"name": name}, near(naming.nearest(name, at.names.all())))
        for one in tables
        for name in one.unknown
    ]  # fmt: skip


def near(names: Iterable[str]) -> str:
    """“相近的有：…”; empty for none."""
    listed = words.listed(names)
    return _("相近的有：%(names)s") % {"names": listed} if listed else ""


def _wrong(tables: Iterable[tabling.Table]) -> list[str]:
    return [
        _("“%(name)s”印的是 %(printed)s，各项相加是 %(added)s")
        % {"name": " · ".join(filter(None, one.names)), "printed": printing.plain(one.printed), "added": printing.plain(one.added)}
        for table in tables
        for one in table.wrong
    ]  # fmt: skip


# --- answers ----------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Ask:
    """A named place or cell with the one thing it counts. `told`: a task's own figure, which is 0 on the plan's page too."""

    spot: Spot
    indicator: Indicator
    scope: Scope
    unit: str | None
    told: bool = False


def _answers(
    spotted: Sequence[Spot],
    at: Context,
    items: dict[int, Item],
    cells: dict[int, Asked],
    own_periods: bool,
    chosen: Mapping[int, Period],
) -> list[Answer]:
    orders = [n for n, spot in enumerate(spotted) if spot.kind not in (NAMED, CELL)]
    plain = [spotted[n] for n in orders]
    days = {nth: chosen[n] for nth, n in enumerate(orders) if n in chosen}
    decided = filling.answers(
        plain, at.unit, at.start, at.end, as_of=at.as_of, known=at.known, own_periods=own_periods, chosen=days
    )  # fmt: skip
    made: dict[int, Answer] = {id(spot): answer for spot, answer in zip(plain, decided, strict=True)}
    asks: list[_Ask] = []
    for spot in spotted:
        if spot.kind == CELL:
            found: Answer | list[_Ask] = _of_cell(spot, cells[spot.paragraph], at)
        elif spot.kind == NAMED:
            found = _of_name(spot, items.get(spot.paragraph), at)
        else:
            continue
        if isinstance(found, Answer):
            made[id(spot)] = found
        else:
            asks += found
    made |= _counted(asks, at)
    return _compared(_summed([made[id(spot)] for spot in spotted], cells), cells, at)


def _of_name(spot: Spot, item: Item | None, at: Context) -> Answer | list[_Ask]:
    name = sections.NAME.fullmatch(spot.mark.strip())
    said = name["name"] if name else spot.mark
    plain = "".join(said.split())
    own = item.figures.get(plain) if item else None
    found = own or naming.meaning(said, at.names, item.words if item else None)
    if found.text is not None:
        why = _("按计划的进度填写") if plain in context.PLAN else _("按单位名称和统计期间填写")
        return _text(spot, found.text or NOTHING, "" if item else why)
    if found.hand:
        return _open(spot, _("系统里没有“%(name)s”，请手填") % {"name": said})
    if not found.indicators:
        why = found.unknown or said
        return _open(spot, words.sentences(_("“%(name)s”没有认出来") % {"name": why}, near(found.near)))
    scope = found.scope if own else naming.merged(item.scope if item else naming.WHOLE, found.scope)
    return [_Ask(spot, one, scope, spot.unit or (found.unit or None), bool(own)) for one in found.indicators]


def _of_cell(spot: Spot, cell: Asked, at: Context) -> Answer | list[_Ask]:
    if cell.over == "kind" or not cell.indicators:
        return _open(spot, "")
    return [_Ask(spot, one, cell.scope, cell.unit or None) for one in cell.indicators]


def _text(spot: Spot, text: str, why: str) -> Answer:
    return Answer(spot, text, None, None, 0, (), why)


def _open(spot: Spot, why: str) -> Answer:
    return Answer(spot, None, None, None, 0, (), why)


def _counted(asks: Sequence[_Ask], at: Context) -> dict[int, Answer]:
    """The figures of all named places and cells, asked together."""
    by_spot: dict[int, list[_Ask]] = {}
    for ask in asks:
        by_spot.setdefault(id(ask.spot), []).append(ask)
    queries = {id(ask): ask.scope.queries(ask.indicator, at.unit.pk, at.start, at.end, at.as_of) for ask in asks}
    ever = {id(ask): _ever(ask, queries[id(ask)], at) for ask in asks}
    every = list(
        dict.fromkeys([*(q for mine in queries.values() for q in mine), *(q for mine in ever.values() for q in mine)])
    )
    found = dict(zip(every, figures.figures(every, at.known), strict=True)) if every else {}
    return {
        spot: _answer(
            mine,
            [[found[q] for q in queries[id(ask)]] for ask in mine],
            [[found[q] for q in ever[id(ask)]] for ask in mine],
            at,
        )
        for spot, mine in by_spot.items()
    }


def _ever(ask: _Ask, queries: Sequence[figures.Query], at: Context) -> list[figures.Query]:
    """Whether the unit had recorded such a thing at all by the end of those days: only then is there a 0 to report."""
    kind = filling.kind_of(ask.indicator, at.known)
    return [
        figures.Query(kind, q.organization, figures.BEGINNING, q.end, children=q.children, as_of=q.as_of)
        for q in queries
    ]


def _answer(
    asks: Sequence[_Ask],
    found: Sequence[Sequence[figures.Figure]],
    ever: Sequence[Sequence[figures.Figure]],
    at: Context,
) -> Answer:
    first = asks[0]
    values = [ask.scope.value(list(mine)) for ask, mine in zip(asks, found, strict=True)]
    guesses = tuple(_guessed(ask, value, mine[0].facts) for ask, value, mine in zip(asks, values, found, strict=True))
    if len(asks) > 1:
        return replace(_open(first.spot, _("这个名称有几个统计项，请选一个")), guesses=guesses, scope=first.scope)
    why = _against(first, values[0], found[0], ever[0], at)
    text = None if why else scopes.written(values[0], first.indicator, first.scope, first.spot, first.unit)  # type: ignore[arg-type]
    if not why and text is None:
        why = _("照原文的说法（近、约、余、多）写不出真实的数")
    spot = replace(first.spot, unit=first.unit)
    said = why or (first.scope.words and _("按“%(words)s”统计") % {"words": first.scope.words}) or _("按名称填写")
    return Answer(spot, text, first.indicator, values[0], found[0][0].facts, guesses, said, scope=first.scope)


def _against(
    ask: _Ask, value: Decimal | None, found: Sequence[figures.Figure], ever: Sequence[figures.Figure], at: Context
) -> str:
    """Why there is no figure to be printed; empty when there is one."""
    if ask.indicator.inside and ask.scope.organization not in (None, at.unit.pk):
        return _("党内事务，上级单位看不到下级的数")
    if found[0].query.start > at.today:
        return _("这段时间还没有到")
    if ask.unit and not ask.scope.change and (refused := tying.unlike(ask.indicator, ask.unit)):
        return str(refused.why)
    for figure, kind in zip(found, ever, strict=True):
        if not ask.told and not kind.facts and not figure.years.used:
            days = (
                _("%(year)d 年底以前") % {"year": figure.query.end.year} if figure.query.end < at.start else _("至今")
            )
            return _("%(days)s没有登记过%(name)s，不能断定是 0") % {"days": days, "name": ask.indicator.name}
    if ask.scope.change == RATE and ask.indicator.part:
        return _("比率与上年比较用百分点，不算同比")
    if value is None:
        return _("上年是 0，算不出同比") if ask.scope.change == RATE else _("没有可以作分母的数")
    return ""


def _guessed(ask: _Ask, value: Decimal | None, facts: int) -> Guessed:
    measure = "%" if ask.scope.change == RATE else ask.indicator.unit
    unit = ask.unit if ask.unit and ask.unit in ask.indicator.accepts and not ask.scope.change else measure
    shown = filling.WHY_NONE if value is None else printing.plain(printing.scaled(value, measure, unit))
    return Guessed(ask.indicator.code, str(ask.indicator.name), shown, unit, facts, ask.scope.words)


# --- sums -------------------------------------------------------------------------------------------------------------------


def _summed(answers: list[Answer], cells: dict[int, Asked]) -> list[Answer]:
    """合计 and 小计: the sum of the parts where these may be added and agree with the whole; else what speaks against it."""
    by_place = {answer.spot.paragraph: answer for answer in answers if answer.spot.kind == CELL}
    totals = {place for place, cell in cells.items() if cell.total}
    for place in sorted(
        totals, key=lambda place: (not totals.isdisjoint(cells[place].parts), place)
    ):  # 合计 of 合计 last
        by_place[place] = _sum(by_place[place], cells[place], by_place)
    return [by_place[a.spot.paragraph] if a.spot.kind == CELL else a for a in answers]


def _sum(answer: Answer, cell: Asked, by_place: dict[int, Answer]) -> Answer:
    how = {one.how for one in cell.indicators} or {"count"}
    adds = how <= {"count", "sum"} or (how == {"stock"} and cell.over != "time")
    parts = [by_place[place] for place in cell.parts if place in by_place]
    values = [_printed_value(part) for part in parts]
    if cell.scope.change or (not adds and cell.over == "kind"):
        return replace(answer, text=None, why=_("这一列不能相加，请手填"))
    if None in values:
        why = _("有 %(n)d 个数还没有填，不能合计") % {"n": values.count(None)}
        return replace(
            answer,
            text=None,
            sum_of=cell.parts if adds else (),
            typed=cell.typed,
            why=answer.why if not answer.text and answer.why else why,
        )
    added = sum((value for value in values if value is not None), cell.typed or Decimal(0))
    whole = _printed_value(answer)
    if not adds:
        return _distinct(answer, added, whole)
    return _added(replace(answer, sum_of=cell.parts, typed=cell.typed), cell, added, whole)


def _distinct(answer: Answer, added: Decimal, whole: Decimal | None) -> Answer:
    """Different people, rates: never a sum. The whole's own figure, which for people is at most the sum."""
    people = answer.indicator is not None and answer.indicator.by_person
    if not people or whole is None:
        return replace(answer, why=answer.why if whole is None else _("按整体重新计算，不是各项相加"))
    if whole > added:
        return replace(
            answer,
            text=None,
            why=_("整体有 %(whole)s 人，比各项之和 %(added)s 还多：有人不在这几项里，请核对")
            % {"whole": printing.plain(whole), "added": printing.plain(added)},
        )
    return replace(answer, why=_("不重复：同一个人只计一次，各项相加是 %(added)s") % {"added": printing.plain(added)})


def _added(answer: Answer, cell: Asked, added: Decimal, whole: Decimal | None) -> Answer:
    shown = printing.plain(added)
    guess = Guessed("", str(_("各项相加")), shown, cell.unit, 0, _("表中各项之和"))
    if cell.over == "kind":
        return replace(answer, text=None, guesses=(guess,), why=_("各项是不同的统计项，相加可能重复，请核对"))
    if cell.over == "unit":
        return replace(
            answer, text=shown, indicator=None, value=None, facts=0, guesses=(guess,), scope=None, why=_("各单位相加")
        )
    if whole is None or cell.typed is not None:
        return replace(
            answer, text=shown, indicator=None, value=None, facts=0, guesses=(guess,), scope=None, why=_("表中各项相加")
        )
    if whole == added:
        return replace(answer, why=_("与各项之和一致"))
    said = {"added": shown, "whole": printing.plain(whole), "gap": printing.plain(abs(whole - added))}
    why = (
        _("各项相加是 %(added)s，整体是 %(whole)s：有 %(gap)s 没有记到这几项名下") if whole > added else _("各项相加是 %(added)s，整体不重复是 %(whole)s：含联办或重复 %(gap)s")
    )  # fmt: skip
    return replace(answer, text=None, guesses=(guess, *answer.guesses), why=why % said)


def _compared(answers: list[Answer], cells: dict[int, Asked], at: Context) -> list[Answer]:
    """增减 and 同比 compare the same days; where their row shows a whole year beside a part of one, they would not agree with it."""
    rows: dict[tuple[int, int], set[tuple[date, date]]] = {}
    for answer in answers:
        if answer.spot.kind == CELL and answer.scope and not answer.scope.change:
            rows.setdefault(cells[answer.spot.paragraph].row, set()).add(answer.days(at.start, at.end))
    out = []
    for answer in answers:
        if answer.spot.kind == CELL and answer.text is not None and answer.scope and answer.scope.change:
            now = answer.days(at.start, at.end)
            before = scopes.years_before(*now, 1)
            shown = rows.get(cells[answer.spot.paragraph].row, set())
            if now in shown and len(shown) == 2 and before not in shown:
                answer = replace(
                    answer, text=None, why=_("同比是与上年同一段时间比，这一行列的上年是另一段时间，请核对")
                )
        out.append(answer)
    return out


def _printed_value(answer: Answer) -> Decimal | None:
    """The figure in the measure in which it is printed."""
    if answer.text is None:
        return None
    try:
        return Decimal(answer.text.rstrip("%"))
    except ArithmeticError:
        return None


def _unequal(answers: Sequence[Answer], cells: dict[int, Asked]) -> list[str]:
    """The sums that do not agree with the whole, by the names of their row and column."""
    return [
        f"{' · '.join(filter(None, cells[a.spot.paragraph].names))}：{a.why}"
        for a in answers
        if a.spot.kind == CELL and cells[a.spot.paragraph].total and a.text is None and a.guesses and a.sum_of
    ]
