"""Cells of a sheet of old proposals, each read as offices write it. What cannot be read is a ValueError whose sentence says how to write it."""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from . import rules

SEPARATORS = re.compile(r"[、,，;；/\n]+")
DATES = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?|(\d{4})(\d{2})(\d{2})")
OUTCOMES = {
    "": rules.FILED, "立案": rules.FILED, "并案": rules.MERGED, "撤案": rules.WITHDRAW, "解释": rules.EXPLAIN, "作为解释": rules.EXPLAIN, "作解释": rules.EXPLAIN,
    "转社情民意信息": rules.TO_INFO, "转社情民意": rules.TO_INFO, "转有关部门参考": rules.TO_REFERENCE, "转参考": rules.TO_REFERENCE,
}  # fmt: skip
KINDS = {
    "": rules.SESSION,
    "大会": rules.SESSION,
    "大会提案": rules.SESSION,
    "平时": rules.INTERIM,
    "平时提案": rules.INTERIM,
}


def coded(pairs: Iterable[tuple[str, Any]]) -> dict[str, str]:
    """Word → code. A sheet is Chinese, whatever language its reader's pages have."""
    with translation.override("zh-hans"):
        return {str(title): code for code, title in pairs}


def said(cell: object) -> str:
    """A cell's words; a whole number that a spreadsheet keeps as 12.0 is 12."""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return "" if cell is None else str(cell).strip()


def words(most: int, *, must: str = "") -> Callable[[object], str]:
    def read(cell: object) -> str:
        text = said(cell)
        if must and not text:
            raise ValueError(_("还没有写%(what)s") % {"what": must})
        if len(text) > most:
            raise ValueError(_("超过 %(n)s 个字。请写短一些") % {"n": most})
        return text

    return read


def year(cell: object) -> int:
    text = said(cell).removesuffix("年")
    if not re.fullmatch(r"(19|20)\d\d", text):
        raise ValueError(_("请写四位数的年度，如 2023"))
    return int(text)


def day(cell: object) -> date | None:
    """A date as offices write it; None where nothing stands."""
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    text = said(cell)
    if not text:
        return None
    if match := DATES.fullmatch(text):
        try:
            return date(*(int(part) for part in match.groups() if part))
        except ValueError:
            pass
    raise ValueError(_("认不出日期“%(text)s”。请写成 2026-03-12") % {"text": text[:20]})


def must_day(cell: object) -> date:
    if (found := day(cell)) is None:
        raise ValueError(_("还没有写日期"))
    return found


def among(known: Mapping[str, str]) -> Callable[[object], str]:
    def read(cell: object) -> str:
        if (text := said(cell)) not in known:
            raise ValueError(
                _("没有“%(name)s”。可写：%(known)s") % {"name": text[:20], "known": "、".join(filter(None, known))}
            )
        return known[text]

    return read


def names(cell: object) -> list[str]:
    return list(dict.fromkeys("".join(one.split()) for one in SEPARATORS.split(said(cell)) if one.strip()))


def proposer(cell: object) -> str:
    return among({"": "", **coded(rules.PROPOSERS)})(cell)


def category(cell: object) -> str:
    known = coded(rules.CATEGORIES)
    return among({"": "", **known, **{title.removesuffix("建设"): code for title, code in known.items()}})(cell)


def result(cell: object) -> str:
    text = said(cell).upper().removesuffix("类").strip()
    if text and text not in dict(rules.CLASSES):
        raise ValueError(_("办理类别只写 A、B 或 C"))
    return text


READERS: dict[str, Callable[[object], Any]] = {
    "年度": year, "编号": words(40, must="编号"), "类型": among(KINDS), "案由": words(80, must="案由"), "提案者": words(300, must="提案者"), "提案者类别": proposer,
    "类别": category, "情况": words(3000), "分析": words(3000), "建议": words(3000), "提交日期": must_day, "审查结论": among(OUTCOMES), "审查日期": day, "并入编号": words(40),
    "列为重点的日期": day, "主办单位": names, "会办单位": names, "交办日期": day, "办理期限": day, "答复日期": day, "答复文号": words(40), "办理类别": result, "答复正文": words(8000), "办结日期": day,
}  # fmt: skip


def columns(read: Mapping[str, Any]) -> dict[str, Any]:
    """The columns of a proposal, from what was read of a row. A review without a day of its own counts on the day of submission, as in the register."""
    outcome = read["审查结论"]
    return {
        "old_year": read["年度"], "old_number": read["编号"], "kind": read["类型"], "title": read["案由"], "category": read["类别"], "situation": read["情况"], "analysis": read["分析"],
        "advice": read["建议"], "submitted_on": read["提交日期"], "decided_on": read["审查日期"] or read["提交日期"], "disposition": "" if outcome == rules.MERGED else outcome,
        "key_on": read["列为重点的日期"], "replied_on": read["答复日期"], "result": read["办理类别"], "outcome": rules.OUTCOME.get(read["办理类别"], ""), "closed_on": read["办结日期"] or read["答复日期"], "old_units": "", "first_id": None,
    }  # fmt: skip
