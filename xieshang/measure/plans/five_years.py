"""五年回顾: the main figures year by year, with 历年数据 where there is no detail and its source named; charts that say the same without colour.

Sums stand only where a sum is true: things counted and quantities, of five years that are all known. Never different people, rates or standing numbers.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from xieshang.base import registry
from xieshang.base.ledger import earlier, figures
from xieshang.base.ledger.facts import Indicator
from xieshang.base.ledger.figures import Query
from xieshang.base.orgs.models import Organization
from xieshang.documents.gongwen import Byline, Figure, Heading, Paragraph, Part, Signature, Table, Title
from xieshang.measure.reports import printing
from xieshang.measure.reports.composed import Counted, Drawn

from . import pace, queries, wording
from .models import Target

SERIES = "five_years"
YEARS = 5
SUMMED = ("count", "sum")
MUCH = Decimal(10_000)  # from so many 元 on 万元 are printed
MARK = "＊"
DRAWN = 3  # years that are known, from which on a chart says more than the sentence
MOST_CHOSEN = 8  # shown before anybody has chosen


@dataclass(frozen=True)
class Row:
    """An indicator over the years: a figure for each, None where nothing is known of the year."""

    indicator: Indicator
    years: tuple[int, ...]
    values: tuple[figures.Figure | None, ...]

    @property
    def told(self) -> bool:
        """From earlier years, without detail."""
        return any(one is not None and one.years.used for one in self.values)

    @property
    def unit(self) -> str:
        """The measure word that is printed: 万元 for much money."""
        unit = str(self.indicator.unit)
        most = max((one.value or Decimal(0) for _year, one in self.known), default=Decimal(0))
        return "万元" if unit == "元" and most >= MUCH else unit

    def printed(self, value: Decimal) -> str:
        return printing.plain(printing.scaled(value, str(self.indicator.unit), self.unit))

    @property
    def known(self) -> list[tuple[int, figures.Figure]]:
        return [(year, one) for year, one in zip(self.years, self.values, strict=True) if one is not None]

    @property
    def total(self) -> Decimal | None:
        """Of five years that are all known, where a sum is allowed."""
        if self.indicator.how not in SUMMED or len(self.known) < len(self.years):
            return None
        return sum((one.value or Decimal(0) for _year, one in self.known), Decimal(0))


@dataclass(frozen=True)
class Review:
    """The paper, and what it might be made of."""

    unit: Organization
    writer: str
    years: tuple[int, ...]
    on: date
    rows: list[Row]
    chosen: list[Row]
    parts: list[Part] = field(default_factory=list)

    @property
    def title(self) -> str:
        return f"{self.writer}{self.years[0]}—{self.years[-1]}年工作回顾"


def draft(unit: Organization, last: int, on: date, codes: Sequence[str] = ()) -> Review:
    """The five years up to `last`, measured on a day; `codes`: the indicators to be told, none for the main ones."""
    years = tuple(range(last - YEARS + 1, last + 1))
    rows = _rows(unit, years, on)
    chosen = [row for row in rows if row.indicator.code in codes] if codes else rows[:MOST_CHOSEN]
    review = Review(unit, wording.writer(unit), years, on, rows, chosen)
    with override(settings.LANGUAGE_CODE):
        return replace(review, parts=list(_parts(review)))


def _rows(unit: Organization, years: tuple[int, ...], on: date) -> list[Row]:
    """What the unit's plans asked for and what earlier years are known of, then all else that was counted. One batch of figures."""
    known = figures.offered(figures.indicators(unit))
    asked = {
        (code, year): Query(one, unit.pk, date(year, 1, 1), min(date(year, 12, 31), max(on, date(year, 1, 1))))
        for code, one in known.items()
        for year in years
    }
    found = dict(zip(asked, figures.figures(list(asked.values()), known), strict=True))
    rows = [Row(one, years, _known([found[code, year] for year in years])) for code, one in known.items()]
    kept = [row for row in rows if any(figure.facts and figure.value for _year, figure in row.known)]
    wanted = _wanted(unit, years)
    place = {code: n for n, code in enumerate(wanted)}
    return sorted(
        kept,
        key=lambda row: (
            row.indicator.code not in place,
            -min(len(row.known), DRAWN),
            place.get(row.indicator.code, 0),
        ),
    )


def _known(found: list[figures.Figure]) -> tuple[figures.Figure | None, ...]:
    """A year before anything was recorded has no 0 to tell; it has nothing to tell. So have a rate without a whole and years to come."""
    first = next((n for n, one in enumerate(found) if one.facts), len(found))
    return tuple(one if n >= first and one.value is not None else None for n, one in enumerate(found))


def _wanted(unit: Organization, years: tuple[int, ...]) -> list[str]:
    """Indicators of the unit's tasks: those of plans over several years first, then by how many years asked for them."""
    rows = Target.objects.filter(
        organization=unit, plan__starts_on__lte=date(years[-1], 12, 31), plan__ends_on__gte=date(years[0], 1, 1), state__in=("accepted", "carried"),
    ).exclude(indicator="")  # fmt: skip
    codes: dict[str, list[bool]] = {}
    for code, starts, ends in rows.order_by("plan__starts_on", "order").values_list(
        "indicator", "plan__starts_on", "plan__ends_on"
    ):
        codes.setdefault(code, []).append(ends - starts > pace.LONG)
    return sorted(codes, key=lambda code: (not any(codes[code]), -len(codes[code])))


# --- the paper --------------------------------------------------------------------------------------------------------------


def _parts(review: Review) -> Iterator[Part]:
    first, last = review.years[0], review.years[-1]
    part = review.on < date(last, 12, 31)
    yield Title(f"{review.writer}\n{first}—{last}年工作回顾")
    yield Byline(f"（{wording.day(min(review.on, date(last, 12, 31)))}）")
    said = f"现将{first}年至{last}年主要工作的数据汇总如下。"
    yield Paragraph(said + (f"{last}年的数截至{wording.day(review.on)}。" if part else ""))
    if not review.chosen:
        yield Paragraph("这五年没有登记的工作，也没有历年数据。")
        return
    yield Heading(1, "五年主要数据")
    yield _main_table(review)
    for note in _notes(review, part):
        yield Paragraph(note)
    drawn = [row for row in review.chosen if len(row.known) >= DRAWN]
    if drawn:
        yield Heading(1, "逐年变化情况")
    for number, row in enumerate(drawn, 1):
        yield Heading(2, str(row.indicator.name))
        yield Paragraph(_sentence(row, review, part), keep=True)
        yield from _drawn(row, number, review, part)
    yield from _plans(review)
    yield Heading(1, "存在的不足和今后打算")
    yield Paragraph([Figure("（请补写）", _("数字说不出的，由起草人写"), marked=True)])
    yield Signature(review.writer, review.on)


def _cell(row: Row, figure: figures.Figure) -> Figure:
    """The figure of a year with its source; the ledger's own stays open to the ledger."""
    query, used = figure.query, bool(figure.years.used)
    text = row.printed(figure.value or Decimal(0)) + (MARK if used else "")
    said = _("统计项：%(name)s；期间：%(from)s 至 %(to)s；数据明细 %(n)s 条。%(note)s") % {
        "name": query.indicator.name, "from": query.start.isoformat(), "to": query.end.isoformat(), "n": figure.facts, "note": query.indicator.note,
    }  # fmt: skip
    if used:
        return Figure(text, _("历年数据，补录，无明细。%(said)s") % {"said": said})
    return Counted(
        text, said, indicator=query.indicator.code, start=query.start, end=query.end, value=figure.value, facts=figure.facts, unit=row.unit
    )  # fmt: skip


def _heads(review: Review) -> list[str]:
    return [f"{year}年" for year in review.years]


def _main_table(review: Review) -> Table:
    rows = [
        [
            str(row.indicator.name), row.unit,
            *("—" if one is None else _cell(row, one) for year, one in zip(row.years, row.values, strict=True)),
            "—" if row.total is None else Figure(row.printed(row.total), _("五年相加")),
        ]
        for row in review.chosen
    ]  # fmt: skip
    return Table(
        ("统计项", "单位", *_heads(review), "五年合计"), rows, (18, 8, *[12] * YEARS, 12), caption="表1　五年主要数据"
    )


def _notes(review: Review, part: bool) -> Iterator[str]:
    rows = review.chosen
    if told := [row for row in rows if row.told]:
        yield f"注：带“{MARK}”的是补录的历年数据，没有明细。" + _sources(review, told)
    if any(None in row.values for row in rows):
        yield "“—”表示那一年没有登记，也没有历年数据，不等于0。"
    if any(row.total is None for row in rows):
        yield "不同的人数、比率、平均数和某一天的存量不作五年合计；有一年没有数的也不合计。"


def _sources(review: Review, told: list[Row]) -> str:
    """The papers from which the earlier figures were copied: “2022年出自《…》；…”. Two queries."""
    codes = {earlier.category(row.indicator.code) for row in told}
    days = [earlier.last_day(year) for year in review.years]
    facts = figures.standing().filter(organization=review.unit, kind=earlier.KIND, category__in=codes, on__in=days)
    years = dict(facts.order_by("on", "pk").values_list("record", "on__year"))
    papers: dict[str, set[int]] = {}
    for record, source in registry.sources(years).items():
        papers.setdefault(source, set()).add(years[record])
    said = [
        f"{'、'.join(f'{year}年' for year in sorted(of))}出自{source}"
        for source, of in sorted(papers.items(), key=lambda one: min(one[1]))
    ]
    return f"{'；'.join(said)}。" if said else ""


def _sentence(row: Row, review: Review, part: bool) -> list[str | Figure]:
    """What stands in the row, said: first and last whole year, and the sum where it is one. No percentages of change are made up."""
    unit, known = row.unit, row.known
    whole = [(year, one) for year, one in known if not (part and year == review.years[-1])]
    runs: list[str | Figure] = []
    for n, (year, one) in enumerate([whole[0], whole[-1]] if len(whole) > 1 else whole):
        runs += ["，" if n else "", f"{year}年", _cell(row, one), unit]
    if part and known[-1][0] == review.years[-1]:
        year, one = known[-1]
        runs += [
            "，" if runs else "",
            f"{year}年截至{review.on.month}月{review.on.day}日",
            _cell(row, one),
            unit,
        ]
    if row.total is not None:
        runs += ["，五年合计", Figure(row.printed(row.total), _("五年相加")), unit]
    return [*runs, "。"]


def _drawn(row: Row, number: int, review: Review, part: bool) -> Iterator[Part]:
    """The little table and the chart of an indicator; a rate or standing number is a line."""
    cells = ["—" if one is None else _cell(row, one) for year, one in zip(row.years, row.values, strict=True)]
    heads = _heads(review)
    yield Table(("年度", *heads), [[f"数量（{row.unit}）", *cells]], (14, *[12] * YEARS), keep=True)
    hatched = [n for n, one in enumerate(row.values) if one is not None and one.years.used]
    line = row.indicator.how not in SUMMED and row.indicator.how != "people"
    kind = "空心点" if line else "斜线"
    said = f"图{number}　{row.indicator.name}（{row.unit}）" + (f"，{kind}为补录的历年数据" if hatched else "")
    said += f"，{row.years[-1]}年截至{review.on.month}月{review.on.day}日" if part else ""
    values = [None if one is None else Decimal(row.printed(one.value or Decimal(0))) for one in row.values]
    yield Drawn(
        heads, values, f"{row.indicator.name}（{row.unit}）", said, line, hatched,
        figures=[cell if isinstance(cell, Counted) else None for cell in cells],
    )  # fmt: skip


def _plans(review: Review) -> Iterator[Part]:
    """How the plans of each year ended, or stand."""
    rows: list[list[str | Figure]] = []
    for year in review.years:
        plans = [
            plan
            for plan in queries.of_year(review.unit, year)
            if plan.year == year and plan.state in ("in_force", "closed")
        ]
        plans = [plan for plan in plans if plan.ends_on - plan.starts_on <= pace.LONG]
        if not plans:
            continue
        on = min(review.on, max(plan.ends_on for plan in plans))
        counts = queries.counted_by(plans, on)
        total = sum(n for state, n in counts.items() if state != "withdrawn")
        rest = counts["on_track"] + counts["not_due"]
        cells = [
            total,
            counts["done"],
            counts["behind"] + counts["missed"],
            rest,
            counts["by_hand"] + counts["unmeasured"],
        ]
        note = _("按计划进度计算，截至 %(day)s") % {"day": on.isoformat()}
        rows.append([f"{year}年", *(wording.plan_figure(n, note) for n in cells)])
    if rows:
        yield Heading(1, "年度计划完成情况")
        headings = ("年度", "任务", "已完成", "滞后或未完成", "推进中、未到期", "不评快慢")
        yield Table(headings, rows, (12, 10, 10, 14, 16, 10), caption="表2　年度计划完成情况")
        yield Paragraph("“不评快慢”指由人工填报、没有关联统计项的任务，结果以责任人填报为准。")
