"""卷: the papers of one proposal in the order of its course, as the archive keeps them."""

import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from pathlib import PurePosixPath

from django.utils import translation
from django.utils.timezone import localtime

from xieshang.base.audit.models import Entry
from xieshang.base.files import storage
from xieshang.base.settings.parameters import value
from xieshang.documents import gongwen
from xieshang.documents.gongwen import Cell, Form, Part
from xieshang.documents.volume import Item, Volume

from . import papers, queries, rules
from .models import Assignment, Proposal

CHINESE = translation.override("zh-hans")  # not that of `papers`: one such switch does not stand within itself
SENT_BACK = {"proposals.object": "申请退件", "proposals.uphold": "同意退件", "proposals.dismiss": "不同意退件"}


def keep_of(proposal: Proposal) -> str:
    """保管期限: key ones and the others apart, as the unit has set it."""
    key = rules.KEEP_KEY if proposal.key_on else rules.KEEP_OTHERS
    return str(value(proposal.organization, key, proposal.closed_on or proposal.submitted_on or date.max))


def volume(proposal: Proposal, now: datetime) -> Volume:
    keeps = dict(rules.KEEPS)
    with CHINESE:
        return Volume(
            proposal.organization.name, proposal.name, proposal.title, proposal.by_whom, proposal.submitted_on or now.date(), proposal.closed_on or now.date(),
            str(keeps[keep_of(proposal)]), "公开", proposal.ref, now,
        )  # fmt: skip


@CHINESE
def items(proposal: Proposal, now: datetime) -> list[Item]:
    """Every paper that there is. What never was, is not made."""
    return [
        *_written(proposal, now),
        *_reviewed(proposal, now),
        *_handled(proposal, now),
        *_said(proposal, now),
        *_after(proposal, now),
    ]


def _committee(proposal: Proposal) -> str:
    return f"{proposal.organization.name}提案委员会"


def _written(p: Proposal, now: datetime) -> Iterator[Item]:
    on = p.submitted_on or now.date()
    given = queries.round_of(p)
    yield Item(
        "提案表", p.title, p.by_whom, on, ".docx", papers.form(p, list(p.reviews.select_related("by")), given, now)
    )
    yield from _files(f"{p.ref}.seal", "签名盖章页", p.by_whom)
    yield from _files(p.ref, "附件", p.by_whom)
    kept = queries.texts(p)
    if len(kept) > 1:
        parts: list[Part] = [gongwen.Title(f"{p.title}\n历次文本")]
        for one in kept:
            parts.append(gongwen.Heading(1, f"{localtime(one.at):%Y年%-m月%-d日} {one.title}", numbered=False))
            parts += [
                gongwen.Paragraph(f"{word}：{line}") if n == 0 else gongwen.Paragraph(line)
                for word, text in (("情况", one.situation), ("分析", one.analysis), ("建议", one.advice)) for n, line in enumerate(text.split("\n")) if line.strip()
            ]  # fmt: skip
        yield Item(
            "历次文本", f"{p.title}（历次文本）", p.by_whom, localtime(kept[-1].at).date(), ".docx", _paper(parts, now)
        )


def _reviewed(p: Proposal, now: datetime) -> Iterator[Item]:
    rows = [
        (f"{one.get_stage_display()}：{one.get_outcome_display()}{'。' + one.words if one.words else ''}", str(one.by or ""), localtime(one.at).date()) for one in p.reviews.select_related("by")
    ]  # fmt: skip
    for row in p.sheet_rows.filter(sheet__state="decided").select_related("sheet"):
        rows.append(
            (
                f"{row.sheet.title}审议：{row.get_outcome_display()}{'。' + row.words if row.words else ''}",
                _committee(p),
                row.sheet.on,
            )
        )
    if rows:
        yield Item(
            "审查意见",
            f"{p.title}（审查意见）",
            _committee(p),
            rows[-1][2],
            ".docx",
            _table(f"{p.title}\n审查意见", rows, now),
        )


def _handled(p: Proposal, now: datetime) -> Iterator[Item]:
    given = list(p.assignments.select_related("unit", "office", "organization", "proposal__organization", "proposal__session__term", "proposal__first", "proposal__body").order_by("round", "id"))  # fmt: skip
    for one in given:
        if not p.brought_id:
            yield Item(
                "交办单",
                f"{p.title}（交{one.unit}）",
                str(one.office or _committee(p)),
                one.assigned_on,
                ".docx",
                papers.order(one, now),
            )
    back = _sent_back(given)
    if back:
        yield Item(
            "退件往来",
            f"{p.title}（退件往来）",
            str(given[0].office or _committee(p)),
            back[-1][2],
            ".docx",
            _table(f"{p.title}\n退件往来", back, now),
        )
    for one in given:
        if one.opinion or one.reply:
            word = "答复" if one.replies else "会办意见"
            on = one.delivered_on or one.sent_on or now.date()
            yield Item(
                word,
                f"{papers.letter(one, on).title}".replace("\n", ""),
                str(one.unit),
                on,
                ".docx",
                papers.letter_docx(papers.letter(one, on), now),
            )
            for merged in p.merged.all() if one.replies else ():
                yield Item(
                    word,
                    f"{merged.title}（{word}）",
                    str(one.unit),
                    on,
                    ".docx",
                    papers.letter_docx(papers.letter(one, on, merged), now),
                )
        yield from _files(one.ref, "盖章原件", str(one.unit))


def _sent_back(given: Iterable[Assignment]) -> list[tuple[str, str, date]]:
    units = {one.ref: str(one.unit) for one in given}
    said = Entry.objects.filter(record__in=units, verb__in=SENT_BACK).order_by("id")
    return [
        (
            f"{units[e.record]}{SENT_BACK[e.verb]}{'：' + e.reason if e.reason else ''}",
            e.actor,
            localtime(e.at).date(),
        )
        for e in said
    ]


def _said(p: Proposal, now: datetime) -> Iterator[Item]:
    for one in p.ratings.select_related("person"):
        on = localtime(one.at).date()
        rows = (
            ("提 案 者", str(one.person)), ("轮　　次", f"第{one.round}轮"), ("走访情况", str(one.get_visited_display())), ("听取意见方式", str(one.get_way_display()) if one.way else ""),
            ("办理态度", str(one.get_attitude_display())), ("针 对 性", str(one.get_aim_display())), ("办理结果", str(one.get_result_display())), ("意见建议", one.words),
            ("填　　写", ("代录，原件附后" if one.on_paper else "本人网上填写") + f"　{on}"),
        )  # fmt: skip
        form = Form((7, 23), [(Cell(word, label=True), Cell(text)) for word, text in rows], (10,) * len(rows))
        yield Item(
            "征询意见表",
            f"{p.title}（征询意见表）",
            str(one.person),
            on,
            ".docx",
            _paper([gongwen.Title(f"{p.title}\n征询意见表"), form], now),
        )
    yield from _files(f"{p.ref}.rating", "征询意见表原件", p.by_whom)


def _supervised(p: Proposal, now: datetime) -> Iterator[Item]:
    rows = [(f"{one.get_role_display()}领导：{one}", "", p.key_on or now.date()) for one in p.leads.all()]
    for one in p.supervisions.all():
        rows.append(
            (f"{one.get_kind_display()}：{one.words}{'（' + one.place + '）' if one.place else ''}", one.who, one.on)
        )
    if rows:
        yield Item("督办材料", f"{p.title}（督办材料）", _committee(p), rows[-1][2], ".docx", _table(f"{p.title}\n督办材料", rows, now))  # fmt: skip
    yield from _files(f"{p.ref}.supervision", "督办材料", _committee(p))


def _after(p: Proposal, now: datetime) -> Iterator[Item]:
    yield from _supervised(p, now)
    rows = [
        (f"{one.before} → {one.result}：{one.words}", str(one.by or ""), one.on)
        for one in p.follow_ups.select_related("by")
    ]
    if rows:
        yield Item(
            "回头看",
            f"{p.title}（回头看）",
            _committee(p),
            rows[-1][2],
            ".docx",
            _table(f"{p.title}\n回头看", rows, now),
        )
    if open_ := getattr(p, "publication", None):
        says = "全文公开" if not open_.abstract else f"摘要公开：{open_.abstract}"
        told = [(says, _committee(p), open_.on)] + (
            [("撤下", _committee(p), open_.withdrawn_on)] if open_.withdrawn_on else []
        )
        yield Item(
            "公开审批",
            f"{p.title}（公开审批）",
            _committee(p),
            open_.on,
            ".docx",
            _table(f"{p.title}\n公开审批", told, now),
        )


def _files(record: str, kind: str, author: str) -> Iterator[Item]:
    for one in storage.of(record):
        data = storage.path_of(one.file).read_bytes()
        yield Item(
            kind, one.name, author, localtime(one.added_at).date(), PurePosixPath(one.name).suffix.lower()[:8], data
        )


def _table(title: str, rows: Iterable[tuple[str, str, date]], now: datetime) -> bytes:
    """Three columns: what, by whom, when."""
    head = tuple(Cell(word, label=True) for word in ("内　　容", "经 办 人", "日　期"))
    body = [(Cell(text), Cell(by, middle=True), Cell(f"{on:%Y.%m.%d}", middle=True)) for text, by, on in rows]
    return _paper([gongwen.Title(title), Form((18, 6, 6), [head, *body], (10,) * (len(body) + 1))], now)


def _paper(parts: Iterable[Part], now: datetime) -> bytes:
    return gongwen.write(parts, kind="proposal", at=now, numbered=False)


def file_name(proposal: Proposal) -> str:
    return re.sub(r"[\\/:*?\"<>|\s]+", " ", f"{proposal.name} {proposal.title[:30]} 归档.zip")
