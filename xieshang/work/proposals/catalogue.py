"""Papers of many proposals: 提案目录, 交办清单 and 提案汇编. Who reads them sees what the list shows; no telephone, no officer."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any

from django.db.models import QuerySet
from django.utils import translation

from xieshang.base.orgs.models import Organization, Session
from xieshang.documents import gongwen, sheets
from xieshang.documents.gongwen import Part
from xieshang.documents.numbering import chinese

from . import rules
from .models import Assignment, Proposal, Signature

CHINESE = translation.override("zh-hans")  # a paper is Chinese, whatever language its reader's pages have
BATCH = 200
HEADS = ("编号", "案由", "提案者", "承办单位", "办理类别")
GIVEN_HEADS = ("编号", "案由", "提案者", "办理方式", "办理期限")
BY = (("category", "类别"), ("unit", "承办单位"))
Tell = Callable[[int], None]


@dataclass(frozen=True)
class Asked:
    """What is listed: of one plenary, of one kind, only with the proposers' consent to publication; and by what it is arranged."""

    session: int | None = None
    kind: str = ""
    by: str = "category"
    consented: bool = False

    @property
    def plain(self) -> dict[str, Any]:
        return asdict(self)


@dataclass
class Row:
    """A proposal with what stands beside it."""

    proposal: Proposal
    who: str
    given: list[Assignment]
    merged: list[str]

    @property
    def units(self) -> str:
        standing = [one for one in self.given if one.round == self.proposal.round]
        return "、".join(f"{one.unit.name}（会办）" if one.role == rules.CO else one.unit.name for one in standing)

    @property
    def category(self) -> str:
        return str(self.proposal.get_category_display() or "未分类")

    @property
    def unit(self) -> str:
        first = next((one for one in self.given if one.role != rules.CO and one.round == self.proposal.round), None)
        return first.unit.name if first else "未交办"


def found(organization: Organization, asked: Asked) -> QuerySet[Proposal]:
    """The filed ones, in the order of their numbers."""
    proposals = Proposal.objects.filter(organization=organization, state__in=rules.LIVE, number__isnull=False)
    for name, value in (("session", asked.session), ("kind", asked.kind), ("open_text", asked.consented or None)):
        proposals = proposals.filter(**{name: value}) if value else proposals
    return proposals.select_related("body", "first", "session__term", "organization").order_by("-session__opens_on", "number", "id")  # fmt: skip


def rows(proposals: Iterable[Proposal]) -> list[Row]:
    """With their signers, units and what was merged into them. Three queries."""
    every = list(proposals)
    ids = [one.pk for one in every]
    signed: dict[int, list[str]] = {}
    for pk, name in Signature.objects.filter(proposal__in=ids, state=Signature.SIGNED).order_by("order", "id").values_list("proposal", "person__name"):  # fmt: skip
        signed.setdefault(pk, []).append(name)
    given: dict[int, list[Assignment]] = {}
    standing = Assignment.objects.filter(proposal__in=ids).exclude(state=rules.TAKEN_BACK).select_related("unit")
    for one in standing.order_by("round", "id"):
        given.setdefault(one.proposal_id, []).append(one)
    merged: dict[int, list[str]] = {}
    into = Proposal.objects.filter(main__in=ids, state=rules.MERGED).order_by("id").values_list("main", "title")
    for main, title in into:
        merged.setdefault(main or 0, []).append(title)
    return [Row(one, _who(one, signed.get(one.pk, [])), given.get(one.pk, []), merged.get(one.pk, [])) for one in every]


def _who(proposal: Proposal, names: Sequence[str]) -> str:
    if proposal.body:
        return str(proposal.body.name)
    return "、".join(names[:3]) + (f"等{len(names)}人" if len(names) > 3 else "")


def _arranged(made: list[Row], by: str) -> list[tuple[str, list[Row]]]:
    key: Callable[[Row], str] = (lambda row: row.unit) if by == "unit" else (lambda row: row.category)
    return [(name, list(group)) for name, group in groupby(sorted(made, key=key), key)]


def at(session: Session | None, organization: Organization) -> str:
    """云岭县政协第十一届五次会议."""
    if session is None:
        return organization.name
    return f"{organization.name}第{chinese(session.term.number)}届{chinese(session.number)}次会议"


@CHINESE
def catalogue(organization: Organization, session: Session | None, made: list[Row], by: str, now: datetime) -> bytes:
    """提案目录 .docx: a table for each category, or for each unit."""
    parts: list[Part] = [
        gongwen.Title(f"{at(session, organization)}\n提案目录"),
        gongwen.Byline(f"（共{len(made)}件）"),
    ]
    for name, group in _arranged(made, by):
        lines = [(str(row.proposal.number), _titled(row), row.who, row.units or "—", row.proposal.result or "—") for row in group]  # fmt: skip
        parts += [
            gongwen.Heading(1, f"{name}（{len(group)}件）"),
            gongwen.Table(HEADS, lines, widths=(2, 9, 4, 6, 2.2)),
        ]
    return gongwen.write(parts, kind="name_list", at=now)


def _titled(row: Row) -> str:
    return row.proposal.title + "".join(f"\n（并案：{title}）" for title in row.merged)


def by_unit(made: list[Row]) -> list[tuple[str, list[tuple[str, ...]]]]:
    """Each unit with what it was given in the round at hand: number, title, proposer, how, by when."""
    lines: dict[tuple[int, int, str], list[tuple[str, ...]]] = {}
    for row in made:
        for one in row.given:
            if one.round == row.proposal.round:
                key = (one.unit.order, one.unit_id, one.unit.name)
                lines.setdefault(key, []).append((str(row.proposal.number), row.proposal.title, row.who, str(one.get_role_display()), f"{one.due_on.year}.{one.due_on.month}.{one.due_on.day}"))  # fmt: skip
    return [(name, lines[_order, _pk, name]) for _order, _pk, name in sorted(lines)]


@CHINESE
def handed_out(organization: Organization, session: Session | None, made: list[Row], now: datetime) -> bytes:
    """交办清单 .docx for the 交办会: a table for each unit, each on its own page so that it can be given away."""
    units = by_unit(made)
    total = sum(len(lines) for _unit, lines in units)
    parts: list[Part] = [gongwen.Title(f"{at(session, organization)}\n提案交办清单"), gongwen.Byline(f"（{len(units)}个单位，共{total}件次）")]  # fmt: skip
    rows_of = [(unit, str(len(lines)), str(sum(line[3] != str(dict(rules.ROLES)[rules.CO]) for line in lines))) for unit, lines in units]  # fmt: skip
    parts.append(gongwen.Table(("承办单位", "件数", "其中主办、单办、分办"), rows_of, widths=(8, 3, 5)))
    for unit, lines in units:
        parts += [gongwen.NewPage(), gongwen.Title(f"{unit}\n承办提案清单"), gongwen.Table(GIVEN_HEADS, lines, widths=(2, 9, 4, 2.6, 4.4))]  # fmt: skip
        parts.append(gongwen.Paragraph("签收人：　　　　　　签收日期：　　　年　　月　　日"))
    return gongwen.write(parts, kind="name_list", at=now)


@CHINESE
def handed_out_xlsx(made: list[Row]) -> bytes:
    """The same as a sheet of lines."""
    lines: list[Sequence[object]] = [(unit, *line) for unit, found in by_unit(made) for line in found]
    return sheets.write_book([("交办清单", ("承办单位", *GIVEN_HEADS), lines)])


@CHINESE
def booklet(organization: Organization, session: Session | None, asked: Asked, now: datetime, tell: Tell = lambda done: None) -> bytes:  # fmt: skip
    """提案汇编 .docx: cover, contents with pages, each proposal with its replies on a new page. Read in batches."""
    proposals = list(found(organization, asked))
    front: list[Part] = [gongwen.Space(5), gongwen.Title(f"{at(session, organization)}\n提案汇编"), gongwen.Space(9), gongwen.Byline(f"{organization.name}提案委员会\n{now.year}年{now.month}月")]  # fmt: skip
    made: list[Row] = []
    for n in range(0, len(proposals), BATCH):
        made += rows(proposals[n : n + BATCH])
        tell(len(made))
    listed: list[tuple[str, str]] = []
    inner: list[Part] = []
    for name, group in _arranged(made, asked.by):
        listed.append((f"{name}（{len(group)}件）", ""))
        for row in group:
            anchor = f"p{row.proposal.pk}"
            listed.append((f"{row.proposal.number}　{row.proposal.title}", anchor))
            inner += _pages(row, anchor)
    contents: list[Part] = [gongwen.NewPage(), gongwen.Title("目　录"), gongwen.Contents(listed)]
    return gongwen.write([*front, *contents, *inner], kind="proposal", at=now)


def _pages(row: Row, anchor: str) -> list[Part]:
    proposal = row.proposal
    facts = [f"第{proposal.number}号　{row.category}", f"提案者：{row.who}"]
    facts += [f"承办单位：{row.units}"] if row.units else []
    parts: list[Part] = [gongwen.NewPage(), gongwen.Title(proposal.title, anchor), gongwen.Byline("\n".join(facts))]
    parts += [gongwen.Paragraph(f"（并案：《{title}》）") for title in row.merged]
    for word, text in (("情况", proposal.situation), ("分析", proposal.analysis), ("建议", proposal.advice)):
        if text.strip():
            parts += [gongwen.Heading(1, word, numbered=False), *_text(text)]
    for one in row.given:
        if one.state == rules.DELIVERED:
            again = f"（第{chinese(one.round)}轮）" if one.round > 1 else ""
            parts.append(gongwen.Heading(1, f"{one.unit.name}的答复{again}", numbered=False))
            about = [one.paper, f"{one.result}类" if one.result else "", _day(one.delivered_on) if one.delivered_on else ""]  # fmt: skip
            parts += [gongwen.Paragraph("，".join(filter(None, about))), *_text(one.reply)]
    return parts


def _text(text: str) -> list[Part]:
    return [gongwen.Paragraph(line.strip()) for line in text.splitlines() if line.strip()]


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
