"""提案工作情况的报告: how many proposals were received, filed, handed out, answered, what came of them and what their proposers said, with last year and the term.

It reads the ledger and knows no record of a proposal: what a category, a system or a kind of proposer is called stands in the name of the indicator.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from xieshang.base.ledger import figures
from xieshang.base.ledger.facts import Indicator
from xieshang.base.ledger.figures import Query
from xieshang.base.orgs.models import Body, BodyKind, Organization
from xieshang.base.orgs.years import Span, Spans, Year, spans
from xieshang.documents.gongwen import Byline, Figure, Heading, Paragraph, Part, Signature, Table, Title
from xieshang.measure.reports import printing
from xieshang.measure.reports.composed import Counted

from . import wording

SERIES = "proposals"
ROOM = "proposals."
TOP = 10  # handling units that are named
MAIN = (
    "submitted", "by_members", "collective", "at_session", "interim", "filed", "filing_rate", "handed", "replied", "in_time_rate", "contact_rate", "solved", "planned", "referred",
    "attitude_rate", "result_rate", "key",
)  # fmt: skip
Runs = list[str | Figure]


@dataclass(frozen=True)
class Paper:
    """The report, ready to be shown, taken down or worked on."""

    unit: Organization
    writer: str
    year: Year
    asked: Spans
    parts: list[Part] = field(default_factory=list)

    @property
    def period(self) -> str:
        """2026年, or 2026年度 of a session year; up to a day where it runs."""
        return f"{self.year.number}年{'度' if self.year.kind == 'session' else ''}"

    @property
    def title(self) -> str:
        return f"{self.writer}关于{self.period}提案工作情况的报告"

    @property
    def running(self) -> bool:
        return self.asked.now[1] < self.year.ends_on


def draft(unit: Organization, year: Year, until: date) -> Paper:
    """The report of a calendar or session year up to a day. Three batches of figures."""
    paper = Paper(unit, wording.writer(unit), year, spans(unit, year, until))
    with override(settings.LANGUAGE_CODE):  # a Chinese paper, whoever asks for it
        return replace(paper, parts=list(_parts(paper, _Told(paper))))


class _Told:
    """The figures of the paper: asked in one batch, given as they are printed."""

    def __init__(self, paper: Paper) -> None:
        self.paper, self.known = paper, figures.indicators(paper.unit)
        self.units = self._units()
        codes = [code for code in self.known if code.startswith(ROOM)]
        asked: list[tuple[str, Span, int | None]] = [
            (code, span, None) for code in codes for span in paper.asked.all if span
        ]
        asked += [
            (f"{ROOM}{code}", paper.asked.now, unit.pk)
            for unit in self.units
            for code in (one for one, _h in UNIT_COLUMNS)
        ]
        queries = [Query(self.known[code], paper.unit.pk, *span, body=body) for code, span, body in asked]
        self.found = dict(zip(asked, figures.figures(queries, self.known), strict=True))

    def _units(self) -> list[Body]:
        """The handling units with the most cases as host, the most first."""
        bodies = list(
            Body.objects.filter(organization=self.paper.unit, kind=BodyKind.HANDLING_UNIT).order_by("order", "id")
        )
        host = self.known.get(f"{ROOM}hosted")
        if host is None or not bodies:
            return []
        queries = [Query(host, self.paper.unit.pk, *self.paper.asked.now, body=one.pk) for one in bodies]
        counted = zip(bodies, figures.figures(queries, self.known), strict=True)
        most = sorted((pair for pair in counted if pair[1].value), key=lambda pair: -(pair[1].value or Decimal(0)))
        return [body for body, _figure in most[:TOP]]

    def value(self, code: str, span: Span | None = None, body: int | None = None) -> Decimal:
        found = self.found.get((f"{ROOM}{code}", span or self.paper.asked.now, body))
        return (found.value if found else None) or Decimal(0)

    def __call__(self, code: str, span: Span | None = None, unit: Body | None = None) -> str | Figure:
        """A figure as it is printed, open to the ledger; — where there is nothing to divide by or nothing known."""
        found = self.found.get((f"{ROOM}{code}", span or self.paper.asked.now, unit.pk if unit else None))
        if (
            found is None or found.value is None or (span not in (None, self.paper.asked.now) and not found.value)
        ):  # of then nothing was recorded: not surely none
            return "—"
        query, indicator = found.query, found.indicator
        said = _("统计项：%(name)s；期间：%(from)s 至 %(to)s；数据明细 %(n)s 条。%(note)s") % {
            "name": indicator.name, "from": query.start.isoformat(), "to": query.end.isoformat(), "n": found.facts, "note": indicator.note,
        }  # fmt: skip
        if found.years.used:
            return Figure(printing.plain(found.value), _("含历年数据，补录，无明细。%(said)s") % {"said": said})
        return Counted(
            printing.plain(found.value), said, indicator=indicator.code, start=query.start, end=query.end, value=found.value, facts=found.facts, unit=str(indicator.unit),
            body=unit.pk if unit else None, of=unit.name if unit else "",
        )  # fmt: skip

    def split(self, first: str, axis: str) -> list[str]:
        """The codes of an axis that hold something in the period, last year or the term: `economy` of `proposals.filed.category.economy`."""
        start = f"{ROOM}{first}.{axis}."
        codes = [code.removeprefix(start) for code in self.known if code.startswith(start)]
        return [
            one
            for one in codes
            if any(self.value(f"{first}.{axis}.{one}", span) for span in self.paper.asked.all if span)
        ]

    def label(self, code: str) -> str:
        """经济建设类提案, of 立案：经济建设类提案."""
        return str(self.indicator(code).name).partition("：")[2]

    def indicator(self, code: str) -> Indicator:
        return self.known[f"{ROOM}{code}"]


# --- the paper --------------------------------------------------------------------------------------------------------------


def _parts(paper: Paper, told: _Told) -> Iterator[Part]:
    end = paper.asked.now[1]
    yield Title(f"{paper.writer}\n关于{paper.period}提案工作情况的报告")
    yield Byline(f"（{wording.day(end)}）")
    if not told.value("submitted") and not told.value("filed") and not told.value("handed"):
        yield Paragraph(f"{paper.period}没有收到和办理的提案。")
        return
    until = f"（截至{wording.day(end)}）" if paper.running else ""
    yield Paragraph(f"现将{paper.period}{until}提案工作情况报告如下。")
    yield Heading(1, "提案征集和审查情况")
    yield Paragraph(_received(told))
    yield Paragraph(_reviewed(told))
    yield from _beside(paper, told)
    yield _main(paper, told)
    yield Paragraph("注：上年和本届以来的数里，“—”表示没有登记，不一定是0；本届以来只含登记了的时间。")
    yield from _axis(paper, told, "filed", "category", "表2　提案分类情况", "类别", (("filed", "立案"), ("share", "占立案（%）"), ("replied", "办复"), ("solved", "已解决")))  # fmt: skip
    yield from _axis(paper, told, "submitted", "by", "表3　提案者情况", "提案者", (("submitted", "收到"), ("filed", "立案"), ("replied", "办复")))  # fmt: skip
    yield Heading(1, "提案交办和办理情况")
    yield Paragraph(_handled(told))
    yield from _axis(paper, told, "handed", "system", "表4　各系统办理情况", "系统", (("handed", "交办"), ("hosted", "主办件"), ("helped", "会办件"), ("replied", "办复"), ("in_time_rate", "按期办复率（%）")))  # fmt: skip
    yield from _unit_table(told)
    yield Heading(1, "提案办理结果")
    yield Paragraph(_results(told))
    if told.value("rehandled") or told.value("followed_up"):
        yield Paragraph(_after(told))
    yield Heading(1, "提案者评价")
    yield Paragraph(_rated(told))
    yield Heading(1, "重点提案")
    yield Paragraph(["列为重点提案", told("key"), "件。", Figure("（请补写领办、督办和落实的情况）", _("数字说不出的，由起草人写"), marked=True)])  # fmt: skip
    yield Heading(1, "存在的不足和下一步打算")
    yield Paragraph([Figure("（请补写）", _("数字说不出的，由起草人写"), marked=True)])
    yield Signature(paper.writer, end)


def _listed(told: _Told, pieces: Sequence[tuple[str, str, str]], between: str = "、") -> Runs:
    """“委员提案12件、集体提案3件”: those that are not 0."""
    runs: Runs = []
    for before, code, after in pieces:
        if told.value(code):
            runs += [between if runs else "", before, told(code), after]
    return runs


def _received(told: _Told) -> Runs:
    runs: Runs = ["共收到提案", told("submitted"), "件"]
    who = _listed(told, (("委员提案", "by_members", "件"), ("集体提案", "collective", "件")))
    when = _listed(told, (("大会提案", "at_session", "件"), ("平时提案", "interim", "件")))
    for part in (who, when):
        runs += ["，其中" if part is who else "；按时间分，", *part] if part else []
    runs += ["。"]
    if told.value("proposers"):
        runs += ["参与提案的委员", told("proposers"), "名，占在任委员的", told("participation_rate"), "%。"]
    return runs


def _reviewed(told: _Told) -> Runs:
    runs: Runs = ["经审查，立案", told("filed"), "件，立案率", told("filing_rate"), "%"]
    if told.value("not_filed"):
        runs += ["；不予立案", told("not_filed"), "件"]
        became = _listed(told, (("转社情民意信息", "to_info", "件"), ("转有关部门参考", "to_reference", "件"), ("向提案者解释", "explained", "件"), ("请提案者修改后重新提出", "to_revise", "件")))  # fmt: skip
        runs += ["，其中", *became] if became else []
    runs += ["；撤案", told("withdrawn"), "件"] if told.value("withdrawn") else []
    runs += ["。并案", told("merged"), "件"] if told.value("merged") else []
    return [*runs, "。并案后交办", told("handed"), "件。"]


def _beside(paper: Paper, told: _Told) -> Iterator[Part]:
    """The same time last year, and the term so far."""
    runs: Runs = []
    same = "上年同期" if paper.running else "上年"
    for word, span in ((same, paper.asked.last), ("本届以来", paper.asked.term)):
        if span and told.value("submitted", span):
            runs += ["；" if runs else "", f"{word}收到提案", told("submitted", span), "件"]
            for verb, code in (("立案", "filed"), ("办复", "replied")):
                runs += [f"，{verb}", told(code, span), "件"] if told.value(code, span) else []
    if runs:
        yield Paragraph([*runs, "。"])


def _spans(paper: Paper) -> list[tuple[str, Span]]:
    named = zip(("本期", "上年同期" if paper.running else "上年", "本届以来"), paper.asked.all, strict=True)
    return [(word, span) for word, span in named if span]


def _main(paper: Paper, told: _Told) -> Table:
    columns = _spans(paper)
    rows = [
        [str(told.indicator(code).name), str(told.indicator(code).unit), *(told(code, span) for _word, span in columns)]
        for code in MAIN
        if f"{ROOM}{code}" in told.known
    ]
    return Table(("项目", "单位", *(word for word, _span in columns)), rows, (30, 10, *[20] * len(columns)), caption="表1　提案工作主要数据")  # fmt: skip


def _axis(
    paper: Paper, told: _Told, first: str, axis: str, caption: str, head: str, columns: Sequence[tuple[str, str]]
) -> Iterator[Part]:
    """A table of one way of telling apart; the first column also of last year and of the term."""
    if not (codes := told.split(first, axis)):
        return
    others = [(word, span) for word, span in _spans(paper)[1:]]
    rows = [
        [
            told.label(f"{first}.{axis}.{one}"),
            *(told(f"{code}.{axis}.{one}") for code, _head in columns),
            *(told(f"{first}.{axis}.{one}", span) for _word, span in others),
        ]
        for one in codes
    ]
    heads = [head, *(name for _code, name in columns), *(f"{word}{columns[0][1]}" for word, _span in others)]
    yield Table(heads, rows, (24, *[12] * (len(heads) - 1)), caption=caption)


UNIT_COLUMNS = (
    ("hosted", "主办件"), ("helped", "会办件"), ("answered", "答复"), ("in_time_rate", "按期办复率（%）"), ("answered_solved", "已解决"), ("contact_rate", "面商率（%）"), ("unit_rate", "满意率（%）"),
)  # fmt: skip


def _unit_table(told: _Told) -> Iterator[Part]:
    if told.units:
        rows: list[Any] = [[one.name, *(told(code, unit=one) for code, _head in UNIT_COLUMNS)] for one in told.units]
        heads = ("承办单位", *(head for _code, head in UNIT_COLUMNS))
        caption = "表5　主要承办单位办理情况"
        yield Table(heads, rows, (26, 10, 10, 10, 14, 10, 12, 12), caption=caption)
        yield Paragraph(f"注：表5按主办件数列前{len(told.units)}个单位，不是名次；每个单位每一轮计一件。")


def _handled(told: _Told) -> Runs:
    runs: Runs = ["并案后交办提案", told("handed"), "件，各承办单位共承担", told("assigned"), "件"]
    parts = _listed(told, (("主办", "hosted", "件"), ("会办", "helped", "件")))
    runs += ["（", *parts, "）"] if parts else []
    runs += ["。已全部答复送达的", told("replied"), "件"]
    if told.value("answered"):
        runs += ["，承办单位按期办复率", told("in_time_rate"), "%，答复前同提案者商量过的占", told("contact_rate"), "%"]
    return [*runs, *(["；逾期", told("overdue"), "件次"] if told.value("overdue") else []), "。"]


def _results(told: _Told) -> Runs:
    if not told.value("replied"):
        return ["还没有全部答复送达的提案。"]
    runs: Runs = ["办复的", told("replied"), "件提案中"]
    for words, code in (("所提问题已经解决或基本解决", "solved"), ("正在解决或列入计划逐步解决", "planned"), ("受条件限制、留作参考", "referred")):  # fmt: skip
        if told.value(code):
            runs += [f"，{words}的", told(code), "件"]
            share = f"{code}_of_handed"
            runs += ["（占交办提案的", told(share), "%）"] if told.value("handed") else []
    return [*runs, "。"]


def _after(told: _Told) -> Runs:
    runs = _listed(told, (("重新办理", "rehandled", "件"), ("对上年答应办的事回头看", "followed_up", "件"), ("其中转为已解决", "kept_promise", "件")), "，")  # fmt: skip
    return [*runs, "。"]


def _rated(told: _Told) -> Runs:
    if not told.value("rated") and not told.value("not_rated"):
        return ["还没有提案者反馈。"]
    runs: Runs = ["提案者反馈", told("rated"), "人次"]
    if told.value("rated"):
        runs += ["，对办理态度满意或理解的占", told("attitude_rate"), "%，对办理结果同意或理解的占", told("result_rate"), "%"]  # fmt: skip
    runs += ["；办结时未反馈的", told("not_rated"), "人次，不计入满意"] if told.value("not_rated") else []
    return [*runs, "。"]
