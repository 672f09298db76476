"""Papers of a proposal: the reply as a letter, 交办单, 催办单, 征询意见表, the printed form. Made of the record's own fields, never of invented words."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import translation

from xieshang.base.orgs.models import System
from xieshang.documents import gongwen
from xieshang.documents.gongwen import Cell, Form, Part
from xieshang.documents.numbering import chinese

from . import naming, queries, rules
from .actions import beside, lacks
from .models import Assignment, Proposal, Review

HEADING = re.compile(r"(?P<first>[一二三四五六七八九十]+、)|（[一二三四五六七八九十]+）")
CHINESE = translation.override("zh-hans")  # a paper is Chinese, whatever language its reader's pages have
SHORT = 30  # characters: a longer line is a paragraph, whatever it begins with
BOX = "□"


@dataclass(frozen=True)
class Letter:
    """A reply, or the opinion of a co-handler, as a letter: for the page and for the file alike.

    corner  类别 and 公开属性, on the upper right;  body  (level of a heading or 0, text)
    """

    sign: str
    number: str
    corner: Sequence[str]
    title: str
    to: str
    opening: str
    body: Sequence[tuple[int, str]]
    closing: str
    day: date
    remark: str
    copies: str


@CHINESE
def letter(one: Assignment, today: date, merged: Proposal | None = None) -> Letter:
    """The letter of an assignment. merged: to the proposers of one that was merged into it; each is answered apart."""
    if not one.replies:
        return _opinion(one, today)
    proposal = one.proposal
    people = [person.name for person in queries.signers_of(merged or proposal)]
    collective = merged.body if merged else proposal.body
    to = collective.name if collective else "、".join(f"{name}委员" for name in people)
    you = "你单位" if collective else "您" if len(people) < 2 else "你们"
    what = f"《{(merged or proposal).title}》（{'并入' if merged else ''}{naming.number(proposal)}）"
    return Letter(
        one.unit.name, one.paper, _corner(one), f"关于{_at(proposal)}\n{naming.number(proposal)}提案的答复", to,
        f"{you}提出的{what}收悉。经研究，现答复如下：", [*_lines(one.reply), *((0, text) for text in _pauses(one))], f"感谢{you}对我们工作的关心和支持。", one.delivered_on or one.sent_on or today,
        f"联系人：{one.contact}，联系电话：{one.telephone}" if one.contact else "", _copies(one),
    )  # fmt: skip


def _opinion(one: Assignment, today: date) -> Letter:
    host = beside(one).filter(role=rules.HOST).first()
    proposal = one.proposal
    return Letter(
        one.unit.name, one.paper, (), f"关于{_at(proposal)}\n{naming.number(proposal)}提案的会办意见", host.unit.name if host else "主办单位",
        f"对《{proposal.title}》（{naming.number(proposal)}），现提出会办意见如下：", _lines(one.opinion), "", one.delivered_on or today, "", _copies(one),
    )  # fmt: skip


def _pauses(one: Assignment) -> list[str]:
    """What the letter says of days that did not count."""
    return [f"办理期限自{_day(kept.from_on)}至{_day(kept.to_on)}中止（{kept.get_why_display()}；依据：{kept.citation}）。" for kept in one.suspensions.all()]  # fmt: skip


def _corner(one: Assignment) -> list[str]:
    result = f"类别：{one.result}" if one.result else ""
    return [words for words in (result, str(dict(rules.PUBLICITY).get(one.publicity, ""))) if words]


def _at(proposal: Proposal) -> str:
    """县政协第十一届五次会议, of which plenary it is."""
    return f"{proposal.organization.name}{naming.plenary(proposal)}"


def _copies(one: Assignment) -> str:
    return "，".join(filter(None, (one.office.name if one.office else "", f"{one.organization.name}提案委员会")))


def _lines(text: str) -> list[tuple[int, str]]:
    """The typed body, line by line; a short line with its number is a heading."""
    found = []
    for line in (line.strip() for line in text.splitlines()):
        match = HEADING.match(line)
        if line:
            short = match and len(line) <= SHORT and not line.rstrip("。").count("。")
            found.append(((1 if match["first"] else 2) if match and short else 0, line))
    return found


def letter_docx(made: Letter, at: datetime) -> bytes:
    """A letter as .docx."""
    parts: list[Part] = [gongwen.Title(made.title), gongwen.Addressee(made.to), gongwen.Paragraph(made.opening)]
    parts += [
        gongwen.Heading(level, text, numbered=False) if level else gongwen.Paragraph(text) for level, text in made.body
    ]
    parts += [gongwen.Paragraph(made.closing)] if made.closing else []
    parts.append(gongwen.Signature(made.sign, made.day, seal=True))
    parts += [gongwen.Remark(made.remark)] if made.remark else []
    head = gongwen.LetterHead(made.sign, made.number, corner=made.corner)
    copies = gongwen.Colophon((("抄送", made.copies),)) if made.copies else None
    return gongwen.write(parts, kind="letter", head=head, colophon=copies, at=at)


def _label(text: str) -> Cell:
    return Cell(text, label=True)


def _pair(one: str, text: str, other: str, more: str) -> tuple[Cell, ...]:
    return (_label(one), Cell(text, middle=True), _label(other), Cell(more, middle=True))


def _wide(one: str, text: str) -> tuple[Cell, ...]:
    return (_label(one), Cell(text, span=3))


def _sheet(title: str, rows: Sequence[Sequence[Cell]], heights: Sequence[float], at: datetime, after: Sequence[Part] = ()) -> bytes:  # fmt: skip
    parts = (gongwen.Title(title), Form((5, 10, 5, 10), rows, heights), *after)
    return gongwen.write(parts, kind="proposal", at=at, numbered=False)


@CHINESE
def order(one: Assignment, at: datetime) -> bytes:
    """交办单: what is given to whom, by when, and what is asked."""
    proposal, others = one.proposal, list(beside(one))
    host = [one, *others] if one.role == rules.HOST else others
    hosts = "、".join(str(a.unit) for a in [one, *others] if a.role != rules.CO)
    helping = "、".join(str(a.unit) for a in [one, *others] if a.role == rules.CO) or "—"
    last = (
        f"会办意见请于 {_day(one.due_on)} 前送主办单位" if not one.replies else f"请于 {_day(one.due_on)} 前答复提案者"
    )
    last += "".join(f"（{text.rstrip('。')}，期限已顺延）" for text in _pauses(one))
    asked = [
        f"1.不归本单位办理的，请于 {_day(one.object_by)} 前书面申请退件，写明理由，不得自行转办或搁置。",
        f"2.{'请于 ' + _day(one.contact_by) + ' 前联系提案者，答复前面商' if one.replies else '请主动与主办单位沟通'}。",
        f"3.{last}；确需延期的，先向提案者说明，再报本机构同意。",
        "4.答复由单位负责人签发，报本机构审核后送达提案者。" if one.replies else "4.会办意见由单位负责人审定。",
    ]
    rows = (
        _pair("提案编号", naming.number(proposal), "交办日期", _day(one.assigned_on)),
        _wide("案　由", proposal.title),
        _pair("提 案 者", _who(proposal), "类　别", proposal.get_category_display() or ""),
        _pair("承办单位", one.unit.name, "办理方式", str(one.get_role_display())),
        _pair("主办单位" if host and one.role != rules.SPLIT else "承办单位", hosts, "会办单位", helping),
        _pair("办理期限", _day(one.due_on), "第几轮", f"第{chinese(one.round)}轮"),
        _wide("办理要求", "\n".join(asked)),
        _wide("签　收", "签收人：　　　　　　　　签收日期：　　　年　　月　　日"),
        _wide("退　件", "理由：\n\n　　　　　　　　　　　　（单位印章）　　　年　　月　　日"),
    )
    sign = gongwen.Signature(_office(one), one.assigned_on, seal=True)
    return _sheet(f"{_at(proposal)}\n提案交办单", rows, (10, 12, 10, 10, 10, 10, 48, 12, 22), at, (sign,))


@CHINESE
def urge(one: Assignment, today: date, at: datetime) -> bytes:
    """催办单, of what is past its limit: how long, and what is still missing."""
    proposal, late = one.proposal, (today - one.due_on).days
    does = {rules.HOST: "主办", rules.CO: "会办"}.get(one.role, "承办")
    owed = "答复" if one.replies else "会办意见"
    still = "、".join(lacks(one)) if one.replies else ""
    parts: list[Part] = [
        gongwen.Title("提案催办单"),
        gongwen.Addressee(one.unit.name),
        gongwen.Paragraph(
            f"由你单位{does}的{_at(proposal)}{naming.number(proposal)}提案《{proposal.title}》，办理期限为{_day(one.due_on)}，至今已逾期{late}天，尚未报送{owed}。"
        ),
        *([gongwen.Paragraph(f"据办理系统记载，尚缺：{still}。")] if still else []),
        gongwen.Paragraph(f"请在收到本单后抓紧办理，尽快报送{owed}，并将未按期办理的原因一并说明。"),
        gongwen.Signature(_office(one), today, seal=True),
    ]
    return gongwen.write(parts, kind="letter", at=at, numbered=False)


@CHINESE
def survey(proposal: Proposal, units: Sequence[Assignment], at: datetime, person: str = "") -> bytes:
    """征询意见表 on paper: attitude and result are asked apart. The proposer fills it in, not the unit."""
    rows = (
        _pair("提案编号", naming.number(proposal), "提 案 者", person),
        _wide("案　由", proposal.title),
        _pair(
            "承办单位",
            "、".join(str(one.unit) for one in units),
            "答复日期",
            _day(proposal.replied_on) if proposal.replied_on else "",
        ),
        _wide("走访情况", _boxes(rules.VISITED)),
        _wide("听取意见\n方　　式", _boxes(rules.WAYS)),
        _wide("办理态度", _boxes(rules.ATTITUDES)),
        _wide("答复是否\n针对提案", _boxes(rules.AIMS)),
        _wide("办理结果", _boxes(rules.RESULTS)),
        _wide("意　见\n和建议", ""),
        _wide("提 案 者\n签　　名", "　　　　　　　　　　　　　　　年　　月　　日"),
    )
    by = f"请于{_day(proposal.rate_by)}前" if proposal.rate_by else "请在收到答复后"
    note = f"{by}交{proposal.organization.name}提案委员会。本表由提案者本人填写，承办单位不得代填；没有交回的记为“未反馈”。"
    return _sheet(
        f"{_at(proposal)}\n提案办理情况征询意见表",
        rows,
        (10, 14, 12, 11, 11, 11, 12, 11, 36, 14),
        at,
        (gongwen.Paragraph(note),),
    )


def _boxes(choices: Sequence[tuple[str, object]]) -> str:
    return "　　".join(f"{BOX} {word}" for _code, word in choices)


@CHINESE
def form(proposal: Proposal, reviews: Sequence[Review], given: Sequence[Assignment], at: datetime) -> bytes:
    """提案表 on one sheet where the text allows, filled as far as it has come."""
    people = [person.name for person in queries.signers_of(proposal)]
    first = proposal.first.name if proposal.first else ""
    if proposal.body:
        who, more = ("提案单位", proposal.body.name), "、".join(people)
    else:
        who, more = ("第一提案人", first), "、".join(name for name in people if name != first) or "—"
    rows = (
        _pair(
            "编　号",
            naming.number(proposal) if proposal.number else "",
            "类　别",
            proposal.get_category_display() or "",
        ),
        _wide("案　由", proposal.title),
        _pair(*who, "提交日期", _day(proposal.submitted_on) if proposal.submitted_on else ""),
        _pair("联名提案人", more, "同意公开", "是" if proposal.open_text else f"否：{proposal.closed_reason}"),
        _pair(
            "建议承办",
            "、".join(body.name for body in proposal.wanted.all()),
            "交办系统",
            str(dict(System.choices).get(proposal.system, "")),
        ),
        _wide("内\n\n容", _content(proposal)),
        _wide("审查意见", "\n".join(_reviewed(proposal, reviews))),
        _wide("交办意见", "\n".join(_handed(given))),
        _wide("备　注", ""),
    )
    return _sheet(f"{_at(proposal)}\n提案", rows, (9, 11, 9, 9, 9, 90, 16, 12, 8), at)


def _content(proposal: Proposal) -> str:
    sections = (("情况", proposal.situation), ("分析", proposal.analysis), ("建议", proposal.advice))
    return "\n".join(
        line for word, text in sections if text.strip() for line in (f"{word}：", *text.strip().splitlines())
    )


def _reviewed(proposal: Proposal, reviews: Sequence[Review]) -> list[str]:
    said = {rules.MERGED: "并案", rules.NOT_FILED: "不予立案", rules.WITHDRAWN: "撤案"}.get(proposal.state, "予以立案" if proposal.number else "")  # fmt: skip
    why = f"：{proposal.told}" if proposal.told else ""
    by = "、".join(str(one.by) for one in reviews if one.by)
    on = _day(proposal.decided_on) if proposal.decided_on else ""
    return [f"经审查，{said}{why}。", f"　　　　　　　　审查人：{by}　{on}"] if said else [""]


def _handed(given: Sequence[Assignment]) -> list[str]:
    standing = [one for one in given if one.state != rules.TAKEN_BACK]
    return [f"由{one.unit}{one.get_role_display()}，{_day(one.due_on)}前{'答复' if one.replies else '送会办意见'}。" for one in standing]  # fmt: skip


def _who(proposal: Proposal) -> str:
    names = [person.name for person in queries.signers_of(proposal)]
    if proposal.body:
        return proposal.body.name
    return "、".join(names[:4]) + (f"等{len(names)}人" if len(names) > 4 else "")


def _office(one: Assignment) -> str:
    return one.office.name if one.office else f"{one.organization.name}提案委员会"


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
