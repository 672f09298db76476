"""What reading a work document yields. All `start`/`end` are character offsets in the text that was passed in."""

from __future__ import annotations

from dataclasses import dataclass

Number = int | float


@dataclass(frozen=True)
class Heading:
    level: int  # depth in its own document, top = 1
    marker: str  # as printed: 一、 （一） 1. 第一条 ①
    title: str  # up to the first 。：； or the end of the paragraph, as printed
    start: int
    end: int


@dataclass(frozen=True)
class Gap:
    after: str | None  # the last marker before the hole; None where a series does not begin with one
    missing: str
    start: int


@dataclass(frozen=True)
class Charge:
    """What a row of a table says beside the task: who is charged with it, in what form, in which months."""

    leader: str | None = None  # 牵头领导
    lead: str | None = None  # 责任单位, 牵头委室
    cooperating: str | None = None  # 配合单位
    owner: str | None = None  # 责任人
    form: str | None = None  # 协商形式
    months: tuple[int, ...] = ()
    starts: str | None = None  # 01-05 or 2026-01-05


@dataclass(frozen=True)
class Target:
    quote: str
    start: int
    end: int
    action: str | None
    object: str | None
    op: str | None  # at_least, at_most, exactly, between, about; None: only a deadline
    value: Number | None  # None: blank or absent
    max: Number | None
    unit: str | None
    period: str | None  # year, half_year, quarter, two_months, month, week, day, session, term
    per: str | None  # member, person, unit, group, community
    deadline: str | None  # 06-30 or 2026-06-30
    actor: str | None
    sure: float  # 0..1
    rule: str
    section: int | None  # index into the outline of the document
    charge: Charge | None = None  # only of what a table says


@dataclass(frozen=True)
class Task:
    quote: str
    start: int
    end: int
    action: str
    object: str | None
    actor: str | None
    section: int | None
    rule: str
    deadline: str | None = None  # only of what a table says
    charge: Charge | None = None


@dataclass(frozen=True)
class Fact:
    quote: str
    start: int
    end: int
    object: str | None
    op: str
    value: Number | None
    unit: str | None
    rule: str


@dataclass(frozen=True)
class Blank:
    before: str  # the eight characters before, whitespace removed
    mark: str
    after: str
    kind: str  # count, rate, amount, date, name, redacted
    start: int
    end: int
    unit: str | None  # the measure word printed after it
    clause: tuple[int, int]  # from one ，；：。 to the next


@dataclass(frozen=True)
class Document:
    title: str | None
    kind: str  # plan, summary, speech, notice, rules, other
    start: int
    end: int
    outline: tuple[Heading, ...]
    gaps: tuple[Gap, ...]
    targets: tuple[Target, ...]
    tasks: tuple[Task, ...]
    facts: tuple[Fact, ...]
    blanks: tuple[Blank, ...]


@dataclass(frozen=True)
class Reading:
    documents: tuple[Document, ...]

    def as_json(self) -> dict[str, object]:
        """The object `plan read --json` prints; tuples become lists, nothing is left out."""
        from dataclasses import asdict

        return {"documents": [asdict(document) for document in self.documents]}
