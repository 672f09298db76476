"""A report that was composed and not typed: every number of it is a blank from the first, which knows what it counts and over which days."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from xieshang.base.accounts import permissions
from xieshang.base.accounts.models import User
from xieshang.base.errors import Refused
from xieshang.base.files import storage
from xieshang.base.ledger import figures
from xieshang.base.ledger.facts import Indicator
from xieshang.base.orgs.models import Organization
from xieshang.base.workflow.engine import move
from xieshang.documents import charts, gongwen
from xieshang.documents import filling as paper
from xieshang.documents.gongwen import Chart, Figure, Paragraph, Part, Table
from xieshang.documents.package import Package

from .models import Blank, Report
from .queries import Change
from .reading import STOP
from .rules import MOVES

BLANK = "x"  # what stands for a number in the template that is kept
_TOKEN = re.compile("⟦(\\d+)⟧")
BESIDE = 8


@dataclass(frozen=True)
class Counted(Figure):
    """A figure of a composed paper. With `indicator`: what it counts, from `start` to `end`, in the indicator's own measure.

    body, of  the body that it is narrowed to, and its name
    value    as the ledger says it; `text` is how it is printed, in `unit`
    """

    indicator: str = ""
    start: date | None = None
    end: date | None = None
    value: Decimal | None = None
    facts: int = 0
    unit: str = ""
    body: int | None = None
    of: str = ""


@dataclass(frozen=True)
class Drawn(Chart):
    """A chart of such figures: drawn anew from them when one of them has changed."""

    figures: Sequence[Figure | None] = ()


@transaction.atomic
def start(
    organization: Organization, parts: Iterable[Part], *, title: str, start: date, end: date, series: str, issue: int | None = None, made_of: dict[str, Any] | None = None, head: gongwen.Head | None = None,
    colophon: gongwen.Colophon | None = None, kind: gongwen.Kind = "report", by: User, now: datetime,
) -> Report:  # fmt: skip
    """转入报告编制: the paper becomes a draft of the studio, each number open to the ledger and each gap still to be filled.

    series, issue  what it is one of (progress, half, year, five_years), and its number where it has one
    made_of        what `again` needs to compose it once more
    raises         NotAllowed · Refused taken (another draft or paper has the number already)
    """
    permissions.require(by, "reports.start", organization)
    Organization.objects.select_for_update().get(
        pk=organization.pk
    )  # of two who take a number at once the second sees the first
    if issue is not None and issues(organization, series, end.year).filter(issue=issue).exists():
        raise Refused("taken", why=_("第 %(n)d 期已经有了") % {"n": issue}, do=_("请换一个期号"), field="issue")
    parts = list(parts)
    numbered = _numbered(parts)
    write: Any = {"kind": kind, "head": head, "colophon": colophon, "comments": False, "at": now.replace(tzinfo=None)}
    places = paper.find(gongwen.write([_with(part, numbered, _token) for part in parts], **write))
    template = gongwen.write([_with(part, numbered, lambda n, figure: _printed(figure)) for part in parts], **write)
    made = Report(
        organization=organization, title=title[:120], start=start, end=end, taken_at=now, keeper=by, series=series, issue=issue, made_of=made_of or {},
        template=storage.store(f"{title[:100]}.docx", template), template_name=f"{title[:100]}.docx", charts=[_chart(one, numbered) for one in parts if isinstance(one, Drawn)],
    )  # fmt: skip
    blanks = _blanks(made, places, list(numbered.values()), by, now)
    with move(made, "start", MOVES, by=by, now=now) as step:
        step.detail |= {"blanks": len(blanks), "filled": sum(blank.is_filled for blank in blanks), "series": series}
        step.then(lambda saved: _write(saved, blanks))
    return step.record


def _write(saved: Report, blanks: list[Blank]) -> None:
    for blank in blanks:
        blank.report = saved
    Blank.objects.bulk_create(blanks)


def issues(organization: Organization, series: str, year: int) -> Any:
    """The numbered papers of a series in a year that stand."""
    found = Report.objects.filter(organization=organization, series=series, end__year=year, issue__isnull=False)
    return found.exclude(state="dropped")


def next_issue(organization: Organization, series: str, year: int) -> int:
    last = issues(organization, series, year).order_by("-issue").values_list("issue", flat=True).first()
    return int(last or 0) + 1


# --- figures to blanks ------------------------------------------------------------------------------------------------------


def _numbered(parts: Sequence[Part]) -> dict[int, tuple[int, Figure, str]]:
    """id of a figure → (its place in the order of the paper, itself, the row and column it stands in)."""
    found: dict[int, tuple[int, Figure, str]] = {}
    for part in parts:
        if isinstance(part, Paragraph) and not isinstance(part.runs, str):
            for one in part.runs:
                if isinstance(one, Figure):
                    found[id(one)] = (len(found), one, "")
        elif isinstance(part, Table):
            for row in part.rows:
                label = next((cell for cell in row if isinstance(cell, str) and not cell.isdigit()), "")
                for heading, cell in zip(part.headings, row, strict=False):
                    if isinstance(cell, Figure):
                        found[id(cell)] = (len(found), cell, f"{label}（{heading}）".replace("\n", ""))
    return found


def _with(part: Part, numbered: dict[int, tuple[int, Figure, str]], said: Any) -> Part:
    """The part with each figure as `said` prints it."""

    def put(one: Any) -> Any:
        return said(numbered[id(one)][0], one) if isinstance(one, Figure) else one

    if isinstance(part, Paragraph) and not isinstance(part.runs, str):
        return replace(part, runs=[put(one) for one in part.runs])
    if isinstance(part, Table):
        return replace(part, rows=[[put(cell) for cell in row] for row in part.rows])
    return part


def _token(number: int, figure: Figure) -> str:
    return f"⟦{number}⟧"


def _printed(figure: Figure) -> str:
    return figure.text if figure.marked else BLANK


def _blanks(
    report: Report, places: list[paper.Place], told: list[tuple[int, Figure, str]], by: User, now: datetime
) -> list[Blank]:
    known = figures.indicators(report.organization)
    made = []
    for place in places:
        text, spans = "", []
        reached = 0
        for token in _TOKEN.finditer(place.text):
            text += place.text[reached : token.start()]
            number, figure, label = told[int(token[1])]
            spans.append((len(text), number, figure, label))
            text += _printed(figure)
            reached = token.end()
        text += place.text[reached:]
        for begin, number, figure, label in spans:
            made.append(_blank(report, place, text, begin, number, figure, label, known, by, now))
    return sorted(made, key=lambda blank: blank.order)


def _blank(
    report: Report, place: paper.Place, text: str, begin: int, order: int, figure: Figure, label: str, known: Any, by: User, now: datetime
) -> Blank:  # fmt: skip
    mark = _printed(figure)
    end = begin + len(mark)
    low = max((stop.end() for stop in STOP.finditer(text, 0, begin)), default=0)
    after = STOP.search(text, end)
    clause, at = text[low : after.start() if after else len(text)], begin - low
    if label:
        clause, at = f"{label}{clause}", at + len(label)
    return Blank(
        report=report, order=order, paragraph=place.index, start=begin, end=end, before=(label + text[:begin])[-BESIDE:], mark=mark[:60],
        after=text[end : end + BESIDE], clause=clause, at_start=at, at_end=at + len(mark), saved_at=now, saved_by=by, **_said(figure, report, known),
    )  # fmt: skip


def _said(figure: Figure, report: Report, known: Any) -> dict[str, Any]:
    if figure.marked:
        return {"kind": "name", "why": (figure.comment or _("请人工补写"))[:200]}
    counted = figure if isinstance(figure, Counted) else None
    unit = counted.unit if counted else ""
    indicator = known.get(counted.indicator) if counted else None
    common = {"kind": "rate" if unit == "%" else "count", "unit": unit[:12], "text": figure.text[:200]}
    if counted is None or indicator is None:
        return {**common, "how": "plan", "why": (figure.comment or "")[:200]}
    first, last = counted.start or report.start, counted.end or report.end
    own = (first, last) != (report.start, report.end)
    scope = {"body": counted.body, "words": str(counted.of)} if counted.body else {}
    guess = {
        "indicator": indicator.code, "name": str(indicator.name), "value": figure.text, "unit": unit, "facts": counted.facts,
        "why": _("起草时写明的统计项"), "measure": str(indicator.unit),
    }  # fmt: skip
    return {
        **common, "how": "ledger", "indicator": indicator.code, "ledger_value": counted.value, "facts": counted.facts, "guesses": [guess], "why": guess["why"],
        "since": first if own else None, "until": last if own else None, "scope": scope,
    }  # fmt: skip


# --- composed once more -----------------------------------------------------------------------------------------------------

AGAIN: dict[str, Callable[[Report], list[Part]]] = {}
PLAN = Indicator("", _lazy("计划进度"), "", "count")


def again(series: str, function: Callable[[Report], list[Part]]) -> None:
    """How the papers of a series are composed: for the days of a draft, from what is known today."""
    AGAIN[series] = function


def changes(report: Report, blanks: Sequence[Blank]) -> list[Change] | None:
    """What its plans say otherwise than when it was drafted. None: not only numbers, its sentences would be others too."""
    if report.state != "draft" or report.series not in AGAIN:
        return []
    numbered = _numbered(parts := AGAIN[report.series](report))
    now = paper.find(
        gongwen.write([_with(part, numbered, lambda n, one: _printed(one)) for part in parts], comments=False)
    )
    if not _said_alike(paper.find(storage.path_of(report.template).read_bytes()), now):
        return None
    told = {order: figure.text for order, figure, _label in numbered.values()}
    return [
        Change(blank, PLAN, blank.text, told[blank.order], _number(told[blank.order]) or Decimal(0), 0)
        for blank in blanks
        if blank.how == "plan" and told.get(blank.order, blank.text) != blank.text
    ]


def _said_alike(before: list[paper.Place], now: list[paper.Place]) -> bool:
    """The same text but for the head and foot, which `now` was written without."""
    old, new = (["".join(place.text.split()) for place in places if place.text.strip()] for places in (before, now))
    if not new or new[0] not in old:
        return False
    at = old.index(new[0])
    body = [
        text
        for text, place in zip(new, (p for p in now if p.text.strip()), strict=True)
        if place.kind in ("body", "table")
    ]
    return old[at : at + len(body)] == body


# --- charts -----------------------------------------------------------------------------------------------------------------


def _chart(chart: Drawn, numbered: dict[int, tuple[int, Figure, str]]) -> dict[str, Any]:
    orders = [numbered[id(one)][0] if one is not None and id(one) in numbered else None for one in chart.figures]
    values = [None if value is None else str(value) for value in chart.values]
    return {
        "names": list(chart.names), "values": values, "orders": orders, "series": chart.series, "caption": chart.caption, "as_line": chart.as_line,
        "hatched": sorted(chart.hatched),
    }  # fmt: skip


def redrawn(data: bytes, kept: Sequence[dict[str, Any]], blanks: Iterable[Blank]) -> bytes:
    """The document with its charts drawn from what stands in its blanks now."""
    if not kept:
        return data
    said = {blank.order: _number(blank.text) for blank in blanks}
    changes: dict[str, bytes] = {}
    for n, one in enumerate(kept, 1):
        first = [None if value is None else Decimal(value) for value in one["values"]]
        values = [
            old if order is None else said.get(order, old) for old, order in zip(first, one["orders"], strict=True)
        ]
        chart = Chart(one["names"], values, one["series"], one["caption"], one["as_line"], one["hatched"])
        if values != first:
            changes[f"word/charts/chart{n}.xml"], changes[f"word/embeddings/chart{n}.xlsx"] = charts.parts(chart)
    return Package(data).rewritten(changes) if changes else data


def _number(text: str) -> Decimal | None:
    found = re.search(r"-?\d+(?:\.\d+)?", text.replace(",", ""))
    return Decimal(found[0]) if found else None
