"""The list of proposals as a workbook: every column an office wants, with the texts and the replies on further sheets where they are asked for."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import QuerySet

from xieshang.base.orgs.models import System
from xieshang.documents.sheets import write_book

from . import rules
from .models import Assignment, Proposal, Signature

MOST = 20_000
HEADINGS = (
    "编号", "流水号", "全体会议", "类型", "案由", "提案者类别", "提案者", "联名人", "类别", "提交日期", "状态", "审查日期", "处理方式", "并入", "交办系统", "主办单位", "会办单位",
    "办理期限", "答复日期", "办理类别", "重点", "同意公开", "已公开", "办结日期", "归档", "计入统计",
)  # fmt: skip
TEXTS = ("编号", "案由", "情况", "分析", "建议")
REPLIES = (
    "编号",
    "案由",
    "承办单位",
    "办理方式",
    "轮次",
    "交办日期",
    "办理期限",
    "答复日期",
    "文号",
    "办理类别",
    "公开属性",
    "答复正文或会办意见",
)
Table = tuple[str, Sequence[str], Sequence[Sequence[object]]]


def book(found: QuerySet[Proposal], *, texts: bool) -> bytes:
    """Six queries, whatever the number of rows."""
    proposals = list(found.select_related("session__term", "main")[:MOST])
    ids = [one.pk for one in proposals]
    signed, given = _signed(ids), _given(ids)
    sheets: list[Table] = [("提案", HEADINGS, [_row(one, signed[one.pk], given[one.pk]) for one in proposals])]
    if texts:
        sheets.append(
            ("正文", TEXTS, [(one.name, one.title, one.situation, one.analysis, one.advice) for one in proposals])
        )
        sheets.append(
            (
                "答复",
                REPLIES,
                [_reply(one, each) for one in proposals for each in given[one.pk] if each.reply or each.opinion],
            )
        )
    return write_book(sheets)


def _signed(ids: Iterable[int]) -> dict[int, list[str]]:
    made = defaultdict[int, list[str]](list)
    rows = Signature.objects.filter(proposal__in=ids, state=Signature.SIGNED).order_by("proposal", "order", "id")
    for pk, name in rows.values_list("proposal", "person__name"):
        made[pk].append(name)
    return made


def _given(ids: Iterable[int]) -> dict[int, list[Assignment]]:
    made = defaultdict[int, list[Assignment]](list)
    rows = Assignment.objects.filter(proposal__in=ids).exclude(state=rules.TAKEN_BACK).select_related("unit")
    for one in rows.order_by("proposal", "round", "id"):
        made[one.proposal_id].append(one)
    return made


def _row(p: Proposal, signed: list[str], given: list[Assignment]) -> list[Any]:
    now = [one for one in given if one.round == p.round]
    hosts, helpers = ("、".join(str(one.unit) for one in now if one.replies == replies) for replies in (True, False))
    session = (
        f"{p.session.term.number}届{p.session.number}次" if p.session else (f"{p.old_year}年" if p.old_year else "")
    )
    joint = [] if p.body else [name for name in signed if not p.first or name != p.first.name]
    handling = str(rules.DISPOSITIONS.get(p.disposition, ""))
    return [
        p.name, p.intake, session, p.get_kind_display() if p.kind else "", p.title, p.get_proposer_display(), p.by_whom, "、".join(joint), p.get_category_display() if p.category else "",
        p.submitted_on, str(p.state_word), p.decided_on, handling, p.main.name if p.main else "", str(dict(System.choices).get(p.system, "")), hosts or p.old_units, helpers,
        max((one.due_on for one in now if one.replies), default=None), p.replied_on, p.result, p.key_on, p.open_text, p.published, p.closed_on, p.state == rules.ARCHIVED, p.counted,
    ]  # fmt: skip


def _reply(p: Proposal, one: Assignment) -> list[Any]:
    return [
        p.name, p.title, str(one.unit), str(one.get_role_display()), one.round, one.assigned_on, one.due_on, one.delivered_on, one.paper, one.result,
        str(dict(rules.PUBLICITY).get(one.publicity, "")), one.reply or one.opinion,
    ]  # fmt: skip
