"""From a paper to what a plan is made of: the documents in it, headings, targets, tasks, what each target may be counted by."""

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from pathlib import PurePath
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xieshang.base.errors import Refused
from xieshang.base.ledger.facts import Indicator
from xieshang.base.orgs.models import Level, Organization
from xieshang.documents.reading import SourceText, read_document
from xieshang.measure.tying import Guess, rank
from xieshang.text.amounts import amounts
from xieshang.text.headings import heading, of_tasks
from xieshang.text.lines import squeeze
from xieshang.text.model import Charge, Document
from xieshang.text.model import Target as ReadTarget
from xieshang.text.model import Task as ReadTask
from xieshang.text.reading import read
from xieshang.text.tables import FIGURE

from . import rules
from .models import Plan, Target

DOUBTFUL = 0.3  # how sure a target is at most whose words were recognised doubtfully
LONGEST_TEXT = 400_000  # characters; a plan of a county has some ten thousand
DOCUMENT_KINDS = {
    "plan": gettext_lazy("计划"), "summary": gettext_lazy("总结"), "speech": gettext_lazy("讲话"), "notice": gettext_lazy("通知"),
    "rules": gettext_lazy("制度"), "other": gettext_lazy("其他"),
}  # fmt: skip


@dataclass(frozen=True)
class Found:
    """One document of a paper, as the page offers it."""

    number: int
    title: str
    kind: str
    document: Document

    @property
    def kind_word(self) -> str:
        return str(DOCUMENT_KINDS.get(self.kind, DOCUMENT_KINDS["other"]))

    @property
    def quantified(self) -> int:
        return sum(target.op is not None for target in self.document.targets)

    @property
    def qualitative(self) -> int:
        return len(self.document.tasks) + len(self.document.targets) - self.quantified


def source_of(data: bytes, name: str) -> SourceText:
    """What a file says. Raises DocumentError, Refused."""
    source = read_document(data, name)
    if len(source.text) > LONGEST_TEXT:
        raise Refused("too_long", why=_("正文超过 40 万字"), do=_("请只保留计划本身，再导入"), field="file")
    return source


def documents(text: str, name: str = "") -> list[Found]:
    """The documents of a paper; `name`: its file's, by which a table without a title is known."""
    return [
        Found(number, document.title or _first_line(text[document.start : document.end], name), document.kind, document)
        for number, document in enumerate(read(text).documents, 1)
    ]


NUMBER = re.compile(r"^[ \u3000]*([\u4e00-\u9fff]{2,12}〔(?:19|20)\d\d〕) ?(\d{1,4}) ?号[ \u3000]*$", re.MULTILINE)


def number(text: str) -> str:
    """The 文号 that stands by itself at a document's head; "" where there is none. One that the text only cites is not its own."""
    found = NUMBER.search(text[:400])
    return f"{found[1]}{found[2]}号" if found else ""


def _first_line(text: str, name: str) -> str:
    lines = (line.strip() for line in text.splitlines() if line.strip())
    first = next(lines, "")
    if "\t" in first:
        return _("没有标题的任务表") if name.endswith((".txt", ".md")) or not name else PurePath(name).stem
    return first[:40] or _("无标题")


def choose(found: list[Found], number: int | None) -> Found:
    """The document wanted; a paper with several needs a number. Raises Refused."""
    listed = "；".join(f"{one.number} 《{one.title}》" for one in found)
    if not found:
        raise Refused("no_text", why=_("文件里没有读到文稿"), do=_("请换一个文件"), field="file")
    if number is None and len(found) > 1:
        raise Refused(
            "which_document", why=_("文件里有 %(n)s 份文稿：%(listed)s") % {"n": len(found), "listed": listed}, do=_("请用 --document 指明要导入第几份"),
            field="document",
        )  # fmt: skip
    if number is not None and not 1 <= number <= len(found):
        raise Refused(
            "no_such_document",
            why=_("文件里没有第 %(n)s 份文稿，有的是：%(listed)s") % {"n": number, "listed": listed},
            do=_("请改正编号"),
            field="document",
        )
    return found[(number or 1) - 1]


def digest(text: str) -> str:
    """The same words in the same order, whatever the white space between them."""
    return hashlib.sha256(re.sub(r"\s", "", text).encode()).hexdigest()


def targets(
    document: Document, plan: Plan, indicators: Iterable[Indicator], doubtful: Iterable[Sequence[int]] = ()
) -> list[tuple[Target, int | None]]:
    """Unsaved targets in the order of the text, each with the number of its section. None is sure whose words are `doubtful`."""
    known = tuple(indicators)
    said: list[ReadTarget | ReadTask] = sorted([*document.targets, *document.tasks], key=lambda one: one.start)
    made = []
    for order, one in enumerate(said):
        target = Target(
            organization=plan.organization,
            plan=plan,
            order=order * 100,
            start=one.start - document.start,
            end=one.end - document.start,
        )
        fill(target, one, plan, known)
        if any(low < one.end and one.start < high for low, high in doubtful):
            target.sure = min(target.sure, DOUBTFUL)
        made.append((target, one.section))
    return made


def fill(target: Target, said: ReadTarget | ReadTask, plan: Plan, indicators: tuple[Indicator, ...]) -> None:
    """Put what was read into a target."""
    target.quote = re.sub(r"\s", "", said.quote)[:500]
    target.action, target.object, target.rule = (said.action or "")[:60], (said.object or "")[:300], said.rule[:60]
    target.owner = (said.actor or "")[:40] if said.actor and len(said.actor) <= 12 else ""
    target.kind = "qualitative"
    target.deadline = day_of(said.deadline, plan.starts_on, plan.ends_on)
    if said.charge:
        _charge(target, said.charge, plan)
    if isinstance(said, ReadTask):
        return
    target.sure = said.sure
    if said.op is None:
        return
    if said.charge and said.charge.months:  # months it is set down for are no limit
        target.months, target.deadline = ",".join(map(str, said.charge.months)), None
    target.kind, target.op = "quantified", said.op
    target.value, target.max = _number(said.value), _number(said.max)
    target.unit, target.period, target.per = (said.unit or "")[:12], said.period or "", said.per or ""
    tie(target, indicators, own_names(plan.organization))


def _charge(target: Target, charge: Charge, plan: Plan) -> None:
    """Who is charged with it, as the columns of a table say; its owner is a person, not the office in the column beside."""
    target.owner, target.lead_leader = (charge.owner or "")[:40], (charge.leader or "")[:40]
    target.lead_office, target.cooperating = (charge.lead or "")[:60], (charge.cooperating or "")[:200]
    target.starts_on = day_of(charge.starts, plan.starts_on, plan.ends_on)


def tie(target: Target, indicators: tuple[Indicator, ...], own: tuple[str, ...]) -> None:
    """What counts it, where that is sure."""
    best = next(iter(guesses(target, indicators, own)), None)
    target.tied_surely = bool(best and best.sure)
    target.indicator = best.indicator.code if best and best.sure else ""
    target.tied_by = best.why[:200] if best and best.sure else ""


def guesses(
    target: Target, indicators: tuple[Indicator, ...], own: tuple[str, ...] = (), before: str = ""
) -> list[Guess]:
    """`before`: what the text says before the target's own words. A target for each member is divided by `measuring`."""
    return rank(
        _clause(target), target.unit or None, indicators, object=target.object or None, own=own, before=before, divided=target.per == "member"
    )  # fmt: skip


def place(text: str, quote: str) -> tuple[int, int] | None:
    """Where the words of `quote` stand in `text`, whatever the white space between them."""
    plain = squeeze(text)
    at = plain.text.find(quote)
    return plain.original(at, at + len(quote)) if at >= 0 else None


def _clause(target: Target) -> str:
    """Its own words; where its figure stood in another cell of a table, with the figure."""
    apart = target.rule == FIGURE and not amounts(target.quote)
    if not apart:
        return target.quote
    goal = target.goal_words.removeprefix(rules.said(rules.OPS, "exactly"))
    return f"{target.quote}{goal.replace(' ', '')}"


def before(text: str, target: Target) -> str:
    """What the target's paragraph says before it, a hundred characters at most."""
    return text[max(0, target.start - 100) : target.start].rsplit("\n\n", 1)[-1]


def own_names(organization: Organization) -> tuple[str, ...]:
    return tuple({organization.name, organization.short_name} - {""}) + (
        ("社区",) if organization.level == Level.COMMUNITY else ()
    )


def day_of(written: str | None, starts_on: date, ends_on: date) -> date | None:
    """`06-30` or `2026-06-30` as a day; without a year the one that lies in the plan."""
    if not written:
        return None
    years = [""] if len(written) > 5 else [f"{year}-" for year in range(starts_on.year, ends_on.year + 1)]
    days = []
    for year in years:
        try:
            days.append(date.fromisoformat(f"{year}{written}"))
        except ValueError:
            continue
    within = [day for day in days if starts_on <= day <= ends_on]
    return next(reversed(within or days), None)


def _number(value: Any) -> Decimal | None:
    return None if value is None else Decimal(str(value)).quantize(Decimal("0.01"))


# --- the text, cut into pieces to be shown with its marks ------------------------------------------------------------------


@dataclass
class Piece:
    """A run of the text under one mark (or none). `target` is the pk of the target it belongs to; `first`: carries its anchor."""

    text: str
    kind: str = ""
    target: int = 0
    first: bool = False
    after: str = ""
    missing: str = ""


@dataclass
class Cell:
    """A cell of a table in the original, with the words at the head of its column."""

    pieces: list[Piece]
    label: str = ""

    @property
    def words(self) -> str:
        return "".join(piece.text for piece in self.pieces).strip()


@dataclass
class Line:
    """A printed line of the original; `heading`: it begins with a heading of the outline. `rows`: it is a table of so many."""

    pieces: list[Piece]
    heading: bool = False
    head: list[Cell] = field(default_factory=list)
    rows: list[list[Cell]] = field(default_factory=list)

    @property
    def wide(self) -> int:
        return max(map(len, [self.head, *self.rows]))


def lines(
    text: str,
    spans: Iterable[tuple[int, int, str, int]],
    gaps: Iterable[tuple[int, str, str]],
    headings: Iterable[tuple[int, int]],
) -> Iterator[Line]:
    """The original line by line, lines of cells as tables. `spans`: (start, end, kind, target pk); `gaps`: (where, after, missing); `headings`: where they stand."""
    return _tables(_printed(text, spans, gaps, headings))


def _tables(printed: Iterable[Line]) -> Iterator[Line]:
    """Lines with tabs in them are rows; a short line between two is the name of the rows below."""
    rows: list[list[Cell]] = []
    between: list[Line] = []
    for line in printed:
        words = "".join(piece.text for piece in line.pieces)
        if "\t" in (words if rows else words.strip()):
            rows += [[Cell(one.pieces)] for one in between] + [_cells(line.pieces)]
            between = []
        elif rows and not between and not line.heading and len(words.strip()) in range(1, 21):
            between = [line]
        else:
            yield from _table(rows)
            yield from (*between, line)
            rows, between = [], []
    yield from _table(rows)
    yield from between


def _cells(pieces: list[Piece]) -> list[Cell]:
    cells = [Cell([])]
    for piece in pieces:
        first = piece.first
        for n, words in enumerate(piece.text.split("\t")):
            if n:
                cells.append(Cell([]))
            if words:
                cells[-1].pieces.append(replace(piece, text=words, first=first))
                first = False
    return cells


def _table(rows: list[list[Cell]]) -> Iterator[Line]:
    """The rows as one table; where its first is a line of headings they are said beside each cell too."""
    if not rows:
        return
    titles = [heading(cell.words) for cell in rows[0]]
    if not of_tasks(titles):
        yield Line([], rows=rows)
        return
    for row in rows[1:]:
        for cell, title in zip(row, titles, strict=False):
            cell.label = title.words if len(row) > 1 else ""
    yield Line([], head=rows[0], rows=rows[1:])


def _printed(
    text: str, spans: Iterable[tuple[int, int, str, int]], gaps: Iterable[tuple[int, str, str]], headings: Iterable[tuple[int, int]]
) -> Iterator[Line]:  # fmt: skip
    marked = _owners(len(text), spans)
    holes = sorted(gaps)
    titles = list(headings)
    shown: set[int] = set()
    at = 0
    for raw in text.split("\n"):
        end = at + len(raw)
        while holes and holes[0][0] <= end:
            _where, after, missing = holes.pop(0)
            yield Line([Piece("", "gap", after=after, missing=missing)])
        if raw.strip():
            pieces = list(_pieces(raw, at, marked, shown))
            yield Line(pieces, heading=_is_heading(raw, at, titles))
        at = end + 1


def _is_heading(raw: str, at: int, titles: list[tuple[int, int]]) -> bool:
    """The line holds a heading and hardly anything else."""
    held = next(((start, stop) for start, stop in titles if at <= start < at + len(raw)), None)
    return held is not None and not raw[: held[0] - at].strip() and len(raw[max(0, held[1] - at) :].strip()) <= 2


def _owners(length: int, spans: Iterable[tuple[int, int, str, int]]) -> list[tuple[int, int, str, int]]:
    """Spans that do not overlap: a target before a blank before a fact before what is doubtful, the earlier before the later."""
    rank_of = {"target": 0, "blank": 1, "fact": 2, "doubt": 3}
    taken: list[tuple[int, int, str, int]] = []
    for span in sorted(spans, key=lambda s: (rank_of[s[2]], s[0], s[1])):
        for start, end in _left((span[0], min(span[1], length)), taken):
            taken.append((start, end, span[2], span[3]))
    return sorted(taken)


def _left(span: tuple[int, int], taken: list[tuple[int, int, str, int]]) -> list[tuple[int, int]]:
    free = [span]
    for start, end, _kind, _target in taken:
        free = [part for a, b in free for part in ((a, min(b, start)), (max(a, end), b)) if part[0] < part[1]]
    return free


def _pieces(raw: str, at: int, marked: list[tuple[int, int, str, int]], shown: set[int]) -> Iterator[Piece]:
    place, stop = at, at + len(raw)
    for start, end, kind, target in marked:
        if end <= at or start >= stop:
            continue
        if start > place:
            yield Piece(raw[place - at : start - at])
        place = max(start, at)
        yield Piece(raw[place - at : min(end, stop) - at], kind, target, bool(target) and target not in shown)
        shown.add(target)
        place = min(end, stop)
    if place < stop:
        yield Piece(raw[place - at :])
