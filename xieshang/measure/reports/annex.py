"""附表: every figure of a report with its indicator, period and count of facts, as a lying .docx and as .xlsx with the rows under them."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from xieshang.base import clock, registry
from xieshang.base.ledger import figures
from xieshang.base.ledger.models import PostedFact
from xieshang.documents import paper
from xieshang.documents.sheets import write_book
from xieshang.documents.skeleton import whole
from xieshang.documents.tables import Table, line, table_xml

from . import copies, filling, freezing
from .models import Blank, Report, Version
from .scopes import Scope

WIDTHS = (4, 24, 9, 14, 15, 9, 6, 19)


def headings() -> list[str]:
    return [_("序号"), _("正文"), _("文中数"), _("统计项"), _("统计期间"), _("明细数"), _("明细条数"), _("说明")]


def standing(report: Report) -> Version:
    """What the annex is of: the final version, or the report as it stands."""
    return freezing.final(report) or freezing.version(report, final=False, by=None, now=clock.now())


def rows(version: Version) -> list[list[Any]]:
    """One row for each number of the report."""
    said = zip(freezing.thawed(version), version.blanks, strict=True)
    numbers = [(blank, kept) for blank, kept in said if blank.is_filled and any(c.isdigit() for c in blank.text)]
    return [
        [
            n, f"{blank.head[-14:]}{blank.text}{blank.tail[:8]}", blank.text, kept["name"], _period(version, blank) if kept["name"] else "",
            f"{blank.real}{blank.unit or kept['measure']}" if blank.real else "", blank.facts if kept["name"] else None, remark(blank),
        ]
        for n, (blank, kept) in enumerate(numbers, 1)
    ]  # fmt: skip


def _period(version: Version, blank: Blank) -> str:
    """The days it counts; with of whom, where that is not the whole unit."""
    start, end = Scope.of(blank).days(version.start, version.end)
    return f"{start:%Y.%m.%d}–{end:%Y.%m.%d} {blank.scope.get('words', '')}".strip()


def remark(blank: Any) -> str:
    """Where the figure comes from when it is not the ledger's own: by whose word, and why."""
    if blank.how == "plan":
        return str(blank.why or _("取自计划"))
    if blank.how != "typed":
        return ""
    said = _("与台账不符，明细为 %(real)s") % {"real": blank.real} if blank.differs else ""
    said = said or (_("约数，与明细相符") if blank.real else _("手填，数据明细里没有"))
    who = _("要求人：%(who)s") % {"who": blank.asked_by} if blank.asked_by else ""
    why = _("理由：%(reason)s") % {"reason": blank.reason} if blank.reason else ""
    return "；".join(filter(None, [said, who, why]))


def docx(report: Report, *, at: datetime) -> bytes:
    """附表 as a table on lying A4."""
    version = standing(report)
    cells = [["" if cell is None else str(cell) for cell in row] for row in rows(version)]
    title = _("%(title)s数据附表") % {"title": report.title}
    source = filling.Source(version.start, version.end, version.known_at)
    body = line(paper.TITLE, title) + line(paper.NOTE, copies.said(source, version if version.pk else None))
    body += table_xml(Table(headings(), cells, WIDTHS), paper.LYING.core) + line(paper.LAST, "")
    return whole(body, paper.LYING, title=title, category=_("附表"), at=at.replace(tzinfo=None))


def xlsx(report: Report) -> bytes:
    """附表 as a workbook: the figures, and the rows of the ledger under them."""
    version = standing(report)
    under = [_("统计项"), _("日期"), _("事项"), _("数量"), _("单位"), _("记录")]
    return write_book([(_("数字"), headings(), rows(version)), (_("明细"), under, list(_under(version)))])


def _under(version: Version) -> Iterable[Sequence[Any]]:
    known = figures.indicators(version.report.organization)
    found = PostedFact.objects.in_bulk({pk for ids in version.facts.values() for pk in ids})
    titles = registry.titles({fact.record for fact in found.values()})
    for key, ids in version.facts.items():
        code, _at, narrowed = key.partition("@")
        name = (str(known[code].name) if code in known else code) + (_("（另定期间）") if narrowed else "")
        for fact in sorted((found[pk] for pk in ids if pk in found), key=lambda fact: (fact.on, fact.pk)):
            yield name, fact.on, titles.get(fact.record, fact.record), fact.quantity, fact.measure, fact.record
