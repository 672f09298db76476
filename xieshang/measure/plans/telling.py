"""How a target stands, in words: what should be done by now, why the light is what it is, what is planned."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from xieshang.base import words as tongue

from .pace import Aim, Verdict, number


def day(value: date, aim: Aim) -> str:
    """With its year where the target runs over several."""
    words = {"year": value.year, "month": value.month, "day": value.day}
    return _("%(year)s 年 %(month)s 月 %(day)s 日") % words if aim.long else _("%(month)s 月 %(day)s 日") % words


def asked(aim: Aim, verdict: Verdict) -> str:
    """“序时应完成 2 次”; "" where the calendar asks for nothing."""
    if not verdict.expected or aim.level:
        return ""
    return _("序时应完成 %(n)s %(unit)s") % {"n": number(verdict.expected), "unit": tongue.measure(aim.unit)}


def reason(aim: Aim, verdict: Verdict, *, last: date | None = None) -> str:
    """Why the light is what it is: how much is missing, when the last one was, until when it can be made up. "" when nothing needs saying."""
    if verdict.asks:
        return _("%(due)s已到期，请填报是否完成") % {"due": day(aim.due, aim)}
    if verdict.state not in ("behind", "missed"):
        return ""
    found = [_missing(aim, verdict)]
    if last and not aim.level and aim.op != "at_most":
        found.append(_("上次是 %(day)s") % {"day": day(last, aim)})
    if verdict.state == "behind" and not verdict.cells:
        if not last and not aim.level and aim.op != "at_most":
            found.append(_("还没有开展过"))
        found.append(_until(aim))
    return tongue.clauses(found)


def _missing(aim: Aim, verdict: Verdict) -> str:
    missed = verdict.state == "missed"
    unit = _("个百分点") if aim.level and aim.unit == "%" else tongue.measure(aim.unit)
    words = {
        "n": number(verdict.missing), "unit": unit, "due": day(aim.due, aim), "which": tongue.listed(verdict.late),
    }  # fmt: skip
    if aim.op == "at_most":
        return _("超出上限 %(n)s %(unit)s") % words if verdict.missing else _("%(due)s已到期，认定未完成") % words
    if verdict.cells:
        if aim.level:
            return _("%(which)s没有达到目标") % words
        return _("到期时缺%(which)s") % words if missed else _("缺%(which)s，以后的补不了以前的") % words
    if not verdict.missing:
        return _("认定未完成")
    if missed:
        return _("到 %(due)s还差 %(n)s %(unit)s") % words
    if aim.level:
        return _("比目标低 %(n)s %(unit)s") % words
    return (_("比排定的少 %(n)s %(unit)s") if aim.months else _("比序时少 %(n)s %(unit)s")) % words


def _until(aim: Aim) -> str:
    words = {"due": day(aim.due, aim)}
    if aim.op == "at_most":
        return _("%(due)s前降下来仍可完成") % words
    return (_("%(due)s前达到仍可完成") if aim.level else _("%(due)s前补足仍可完成")) % words


def short(aim: Aim, verdict: Verdict, on: date) -> str:
    """What stands beside the light instead of the state's own word: “10 月到期”, “缺一季度”, “到期，请填报”; "" for the word itself."""
    if verdict.asks:
        return _("到期，请填报")
    if verdict.late and len(verdict.late) <= 2 and verdict.state == "behind" and not aim.level and aim.op != "at_most":
        return _("缺%(which)s") % {"which": tongue.listed(verdict.late)}
    if verdict.state == "not_due" and (due := next((d for d in aim.scheduled if d >= on), aim.deadline)):
        return (
            _("%(year)s 年 %(month)s 月到期") % {"year": due.year, "month": due.month}
            if aim.long
            else _("%(month)s 月到期") % {"month": due.month}
        )
    return ""


def planned(aim: Aim, verdict: Verdict, count: Decimal) -> str:
    """“已完成 2、已排 1、还差 1”; "" where nothing is planned or the goal is reached."""
    if not count or verdict.actual is None or verdict.goal is None or verdict.state == "done" or aim.op == "at_most":
        return ""
    words = {"done": number(verdict.actual), "planned": number(count)}
    left = replace(aim, value=verdict.goal).needed - verdict.actual - count
    if verdict.cells or left <= 0:
        return _("已完成 %(done)s、已排 %(planned)s") % words
    return _("已完成 %(done)s、已排 %(planned)s、还差 %(left)s") % (words | {"left": number(left)})
