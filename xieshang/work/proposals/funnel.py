"""提案统计: the course of the proposals in figures, each with the same time last year and the term so far beside it, and told apart seven ways.

All figures of a page are asked together, so the number of queries does not grow with the rows.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xieshang.base.ledger import figures
from xieshang.base.ledger.figures import Figure, Query
from xieshang.base.orgs.models import Body, BodyKind, Organization, System
from xieshang.base.orgs.years import Spans

from . import counting, rules


@dataclass
class Cell:
    """One figure: now, last year, in the term. Filled once all of the page are asked."""

    code: str
    head: Any = ""
    narrow: dict[str, int] = field(default_factory=dict)
    now: Figure | None = None
    last: Figure | None = None
    term: Figure | None = None
    url: str = ""
    last_url: str = ""
    term_url: str = ""

    @property
    def any(self) -> bool:
        return any(one is not None and one.value for one in (self.now, self.last, self.term))

    @property
    def value(self) -> float:
        """For sorting; what has no value comes last."""
        return -1.0 if self.now is None or self.now.value is None else float(self.now.value)

    @property
    def last_text(self) -> str:
        """— where nothing was recorded then: a register does not know all that a proposal says, so it is not surely 0."""
        return self.last.text if self.last and self.last.value else "—"

    @property
    def term_text(self) -> str:
        return self.term.text if self.term and self.term.value else "—"

    @property
    def unit(self) -> str:
        return str(self.now.indicator.unit) if self.now else ""


@dataclass(frozen=True)
class Row:
    """A line of a table."""

    label: Any
    cells: list[Cell]


@dataclass(frozen=True)
class Table:
    """Rows with a heading for each column. `sort`: the column by which the rows stand, None for their own order."""

    key: str
    title: Any
    heads: list[Any]
    rows: list[Row]
    note: Any = ""
    sort: int | None = None
    up: bool = False


STAGES = ("submitted", "filed", "handed", "replied", "closed")
PARTS: tuple[tuple[Any, tuple[str, ...]], ...] = (
    (gettext_lazy("收到和审查"), ("submitted", "at_session", "interim", "by_members", "collective", "collective_share", "proposers", "participation_rate", "each", "filed", "filing_rate", "merged", "not_filed", "to_info", "to_reference", "explained", "to_revise", "withdrawn")),
    (gettext_lazy("交办和办理"), ("handed", "assigned", "hosted", "helped", "answered", "in_time_rate", "contact_rate", "overdue", "rehandled", "key")),
    (gettext_lazy("答复结果"), ("replied", "answer_rate", "solved", "solved_of_handed", "planned", "planned_of_handed", "referred", "referred_of_handed", "followed_up", "kept_promise", "closed")),
    (gettext_lazy("提案者评价"), ("rated", "not_rated", "attitude_content", "attitude_rate", "result_content", "result_rate", "attitude_discontent", "result_discontent")),
)  # fmt: skip
FUNNEL = (*STAGES, "rated", "result_content")


@dataclass(frozen=True)
class Split:
    """A way to tell the figures apart: its columns are (heading, indicator), each row narrows or names them."""

    title: Any
    columns: tuple[tuple[Any, str], ...]
    rows: Callable[[Organization], Iterable[tuple[Any, str, dict[str, int]]]]
    note: Any = ""


_COURSE = tuple((counting.STAGES[one], one) for one in STAGES)


def _coded(codes: Iterable[tuple[str, Any]], name: str) -> list[tuple[Any, str, dict[str, int]]]:
    return [(title, f".{name}.{code}", {}) for code, title in codes]


def _bodies(narrow: str, *kinds: str) -> Callable[[Organization], list[tuple[Any, str, dict[str, int]]]]:
    def rows(unit: Organization) -> list[tuple[Any, str, dict[str, int]]]:
        found = Body.objects.filter(organization=unit, kind__in=kinds).order_by("order", "id")
        return [(one.name, "", {narrow: one.pk}) for one in found]

    return rows


_FIRST = gettext_lazy(
    "收到到办结按第一提案人算；署名和委员照“统计提案者只判断第一提案人”这条规则。评价不按这样分，免得看出是谁评的。"
)
_MEMBERS = (*_COURSE, (gettext_lazy("署名"), "signed"), (gettext_lazy("委员"), "proposers"))
SPLITS: dict[str, Split] = {
    "category": Split(
        gettext_lazy("按类别"), (*_COURSE, (gettext_lazy("已解决"), "solved"), (gettext_lazy("占立案"), "share")),
        lambda unit: _coded(counting.categories(unit), "category"), gettext_lazy("类别在审查时定，没有审查的不在其中。"),
    ),
    "system": Split(
        gettext_lazy("按系统"),
        (*_COURSE[1:], (gettext_lazy("主办件"), "hosted"), (gettext_lazy("会办件"), "helped"), (gettext_lazy("按期办复率"), "in_time_rate")),
        lambda unit: _coded(System.choices, "system"), gettext_lazy("系统是审查时定的交办系统；主办、会办按承办单位和轮次计件。"),
    ),
    "unit": Split(
        gettext_lazy("按承办单位"),
        (
            (gettext_lazy("主办件"), "hosted"), (gettext_lazy("会办件"), "helped"), (gettext_lazy("答复"), "answered"), (gettext_lazy("按期办复率"), "in_time_rate"),
            (gettext_lazy("已解决"), "answered_solved"), (gettext_lazy("列入计划"), "answered_planned"), (gettext_lazy("留作参考"), "answered_reference"), (gettext_lazy("面商率"), "contact_rate"),
            (gettext_lazy("逾期"), "overdue"), (gettext_lazy("满意率"), "unit_rate"),
        ),
        _bodies("body", BodyKind.HANDLING_UNIT), gettext_lazy("每个单位每一轮计一件；满意率是对该单位所办提案的结果同意或理解的，除以已反馈的。"),
    ),
    "proposer": Split(gettext_lazy("按提案者"), _COURSE, lambda unit: _coded(rules.PROPOSERS, "by")),
    "sector": Split(gettext_lazy("按界别"), _MEMBERS, _bodies("sector", BodyKind.SECTOR), _FIRST),
    "group": Split(gettext_lazy("按小组"), _MEMBERS, _bodies("members_of", BodyKind.GROUP), _FIRST),
    "party": Split(gettext_lazy("按党派"), _MEMBERS, _bodies("members_of", BodyKind.PARTY), _FIRST),
}  # fmt: skip
PRESENT = {"unit": ("hosted", "helped")}  # who has none of these in the term and last year is left out unasked


@dataclass(frozen=True)
class Told:
    """The page: the funnel, the main figures in parts, one or more ways of telling them apart."""

    spans: Spans
    funnel: list[Cell]
    parts: list[tuple[Any, list[Cell]]]
    tables: list[Table]


def told(unit: Organization, asked: Spans, by: Sequence[str], *, sort: int | None = None, up: bool = False) -> Told:
    """All of it. Two batches of figures, however many rows and tables."""
    known = figures.indicators(unit)
    fill = _Filling(unit, asked, known)
    funnel = [fill.cell(f"proposals.{code}") for code in FUNNEL]
    parts = [(title, [fill.cell(f"proposals.{code}") for code in codes]) for title, codes in PARTS]
    lines = {key: list(SPLITS[key].rows(unit)) for key in by}
    there = {key: [[fill.cell(f"proposals.{code}", **narrow) for code in PRESENT[key]] for _t, _s, narrow in lines[key]] for key in by if key in PRESENT}  # fmt: skip
    fill()
    for key, cells in there.items():
        lines[key] = [line for line, row in zip(lines[key], cells, strict=True) if any(one.any for one in row)]
    tables = []
    for key in by:
        split = SPLITS[key]
        rows = [
            Row(title, [fill.cell(f"proposals.{code}{suffix}", head, **narrow) for head, code in split.columns])
            for title, suffix, narrow in lines[key]
        ]
        tables.append(Table(key, split.title, [head for head, _code in split.columns], rows, split.note))
    fill()
    return Told(asked, funnel, parts, [_sorted(one, sort, up) for one in tables])


def _sorted(table: Table, sort: int | None, up: bool) -> Table:
    rows = [row for row in table.rows if any(cell.any for cell in row.cells)]
    if sort is None or not 0 <= sort < len(table.heads):
        return replace(table, rows=rows)
    return replace(table, rows=sorted(rows, key=lambda row: row.cells[sort].value, reverse=not up), sort=sort, up=up)


class _Filling:
    """Cells that wait for their figures: asked for all of them at once."""

    def __init__(self, unit: Organization, asked: Spans, known: dict[str, Any]) -> None:
        self.unit, self.asked, self.known = unit, asked, known
        self.waiting: list[Cell] = []

    def cell(self, code: str, head: Any = "", **narrow: int) -> Cell:
        made = Cell(code, head, narrow)
        self.waiting.append(made)
        return made

    def __call__(self) -> None:
        asked = [
            Query(self.known[cell.code], self.unit.pk, *span, **cell.narrow)  # type: ignore[arg-type]
            for cell in self.waiting
            for span in self.asked.all
            if span
        ]
        found = iter(figures.figures(asked, self.known))
        for cell in self.waiting:
            cell.now, cell.last, cell.term = (next(found) if span else None for span in self.asked.all)
            cell.url, cell.last_url, cell.term_url = (self._url(one) for one in (cell.now, cell.last, cell.term))
        self.waiting = []

    def _url(self, figure: Figure | None) -> str:
        """The drawer of a figure."""
        if figure is None:
            return ""
        query = figure.query
        asked = {
            "indicator": query.indicator.code, "org": self.unit.code, "from": query.start.isoformat(), "to": query.end.isoformat(),
            **{name: value for name in figures.NARROWS if (value := getattr(query, name)) is not None},
        }  # fmt: skip
        return f"{reverse('figure_drawer')}?{urlencode(asked)}"


def heads(asked: Spans) -> list[str]:
    """What the three figures of a cell are called."""
    return [_("本期"), *([_("上年同期")] if asked.last else []), *([_("本届以来")] if asked.term else [])]


def sheets(found: Told) -> list[tuple[str, list[str], list[list[Any]]]]:
    """The same as sheets of a workbook: the main figures, then a sheet for each way of telling apart."""
    three = heads(found.spans)
    main: list[list[Any]] = [
        [
            str(title),
            str(cell.now.indicator.name),
            cell.unit,
            *_numbers(cell, found.spans),
            str(cell.now.indicator.note),
        ]
        for title, cells in found.parts
        for cell in cells
        if cell.now
    ]
    made = [(_("主要数据"), [_("部分"), _("统计项"), _("单位"), *three, _("口径")], main)]
    for table in found.tables:
        columns = [f"{head}{f'（{word}）' if n else ''}" for head in table.heads for n, word in enumerate(three)]
        rows = [[str(row.label), *(one for cell in row.cells for one in _numbers(cell, found.spans))] for row in table.rows]  # fmt: skip
        made.append((str(table.title), [str(table.title).removeprefix("按"), *columns], rows))
    return made


def _numbers(cell: Cell, asked: Spans) -> list[Any]:
    pairs = zip((cell.now, cell.last, cell.term), asked.all, strict=True)
    return [one.number if one else None for one, span in pairs if span]
