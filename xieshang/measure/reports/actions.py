"""Every write of reports: start, choose, type in, leave, refresh, finish, drop. One function for a verb."""

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from xieshang.base import clock
from xieshang.base.accounts import permissions
from xieshang.base.accounts.models import User
from xieshang.base.audit import trail
from xieshang.base.errors import Refused, Stale
from xieshang.base.files import storage
from xieshang.base.ledger import figures
from xieshang.base.ledger.facts import Indicator
from xieshang.base.orgs.models import Organization
from xieshang.base.paperwork import actions as paperwork
from xieshang.base.paperwork.models import Approval
from xieshang.base.workflow.engine import Step, move
from xieshang.measure import tying

from . import composed, filling, freezing, lastyear, offering, opening, places, printing, queries, renewing, scopes
from .copies import download as download
from .copies import template as template
from .filling import Answer
from .models import Blank, Remark, Report, TemplateVersion
from .reading import CELL, NAMED
from .rules import MOVES
from .scopes import Scope

LONGEST, LONGEST_REMARK = 200, 300
NOTHING = {"reason": "", "asked_by": "", "differs": False}


def start(
    organization: Organization, *, data: bytes, name: str, start: date, end: date, as_of: datetime | None = None, title: str = "", last_year: bool = False,
    made_from: TemplateVersion | None = None, by: User | None, now: datetime,
) -> Report:  # fmt: skip
    """新建报告 from a template: its blanks are found, what is sure is filled.

    data, name   the .docx and its file name
    start, end   the period, both days included
    as_of        figures as they were known at that moment; None for now
    last_year    it is last year's report: its figures become blanks, its years move on
    made_from    the version of the office's template that it is
    raises       NotAllowed · Refused (a file that cannot be read, no blanks in it, a period that ends before it begins)
    """
    if by is not None:
        permissions.require(by, "reports.start", organization)
    if end < start:
        raise Refused("period", why=_("统计止日早于起日"), do=_("请改正统计期间"), field="end")
    known = figures.indicators(organization)
    if last_year:
        data = opening.checked(lambda: lastyear.emptied(data, start.year).data)
    ready = opening.read(
        data, name, lambda: places.prepare(data, organization, start, end, as_of=as_of, known=known, own_periods=True)
    )
    stem = Path(name).stem[:120]
    report = Report(
        organization=organization, title=stem, start=start, end=end, as_of=as_of, taken_at=now, made_from=made_from,
        template=storage.store(f"{stem}.docx", ready.data), template_name=Path(name).name[:200], keeper=by,
        original=storage.store(f"{stem}.docx", data) if ready.repeats else None,
    )  # fmt: skip
    report.title = (title.strip() or opening.title(ready.places, ready.answers) or stem)[:120]
    with move(report, "start", MOVES, by=by, now=now) as step:
        step.detail |= {"blanks": len(ready.answers), "filled": sum(a.text is not None for a in ready.answers)}
        step.detail |= {"template": str(made_from)} if made_from else {}
        step.then(lambda saved: _write_blanks(saved, ready.answers, known, by, now))
    return step.record


def _write_blanks(
    report: Report, answers: list[Answer], known: dict[str, Indicator], by: User | None, now: datetime
) -> None:
    Blank.objects.bulk_create(_blank(report, n, answer, known, by, now) for n, answer in enumerate(answers))


def _blank(
    report: Report, order: int, answer: Answer, known: dict[str, Indicator], by: User | None, now: datetime
) -> Blank:
    spot = answer.spot
    return Blank(
        report=report, order=order, paragraph=spot.paragraph, start=spot.start, end=spot.end, before=spot.before, mark=spot.mark[:60], after=spot.after,
        kind=spot.kind, unit=(spot.unit or "")[:12], clause=spot.clause, at_start=spot.at[0], at_end=spot.at[1], saved_at=now, saved_by=by, **renewing.said(answer, known),
    )  # fmt: skip


def hand_over(report: Report, to: User, *, by: User | None, now: datetime) -> Report:
    """交接: somebody else finishes the draft."""
    with move(report, "hand_over", MOVES, by=by, now=now) as step:
        step.record.keeper = to
    return step.record


# --- one blank -------------------------------------------------------------------------------------------------------------


def choose(blank: Blank, index: int, *, by: User | None, now: datetime, seen: int | None = None) -> Blank:
    """选定 one of the guesses; its figure is that of the moment when all were taken. What counts in another measure word cannot be chosen."""
    return _answer(blank, lambda fresh: _chosen(fresh, index), by=by, now=now, seen=seen)


def _chosen(blank: Blank, index: int) -> dict[str, Any]:
    if not 0 <= index < len(blank.guesses):
        raise _no_choice("no_choice", _("没有这个候选"), _("请从列出的候选里选，或直接填写"))
    guess = blank.guesses[index]
    if not guess["indicator"]:
        return NOTHING | {"text": guess["value"], "how": "chosen", "indicator": "", "ledger_value": None, "facts": 0}
    known = figures.indicators(blank.report.organization)
    indicator = known.get(guess["indicator"])
    if indicator is None:
        raise _no_choice("no_indicator", _("这个统计项已停用"), _("请选别的候选，或直接填写"))
    if (blank.unit or blank.kind not in (NAMED, CELL)) and (refused := tying.unlike(indicator, blank.unit)):
        raise _no_choice("other_measure", refused.why, _("请直接填写，或先改原稿的量词"))
    blank.indicator = indicator.code
    moment = blank.report.as_of or blank.report.taken_at  # that of all its figures, which is printed on it
    found = scopes.told(blank.report, [blank], known, moment)[blank.order]
    if found.value is None:
        raise _no_choice(
            "no_value", _("“%(name)s”没有可以作分母的数") % {"name": indicator.name}, _("请选别的候选，或直接填写")
        )
    shown = printing.scaled(found.value, scopes.measure(blank, indicator), blank.unit or None)
    text = scopes.written(found.value, indicator, scopes.Scope.of(blank), blank, blank.unit)
    if text is None:
        why = _("照原文的说法（近、约、余、多）写不出 %(value)s") % {"value": printing.plain(shown)}
        raise _no_choice("not_true", why, _("请直接填写，并改一改前后的字"))
    return NOTHING | {
        "indicator": indicator.code,
        "text": text,
        "how": "chosen",
        "ledger_value": found.value,
        "facts": found.facts,
    }


def _no_choice(code: str, why: str, do: str) -> Refused:
    return Refused(code, why=why, do=do, field="choice")


def type_in(
    blank: Blank,
    text: str,
    *,
    by: User | None,
    now: datetime,
    seen: int | None = None,
    reason: str = "",
    asked_by: str = "",
) -> Blank:
    """手填. A figure that is not what the ledger says is flagged, never blocked; who wanted it and why is kept when said."""
    text = " ".join(text.split())

    def write(fresh: Blank) -> dict[str, Any]:
        if not text:
            raise Refused(
                "empty", why=_("还没有填写内容"), do=_("请写上要填的字或数；确实没有的，请选“留空”"), field="text"
            )
        if len(text) > LONGEST:
            raise Refused(
                "too_long", why=_("一处最多填 %(n)d 个字") % {"n": LONGEST}, do=_("请缩短后再存"), field="text"
            )
        return {
            "text": text,
            "how": "typed",
            "reason": reason.strip()[:200],
            "asked_by": asked_by.strip()[:60],
            "differs": _differs(fresh, text),
        }

    return _answer(blank, write, by=by, now=now, seen=seen, reason=reason)


def _differs(blank: Blank, text: str) -> bool:
    if blank.ledger_value is None or text in offering.offers(blank, list(blank.report.blanks.all())):
        return False
    return not printing.tells_truth(
        text, Decimal(blank.ledger_value), offering.measure(blank), blank.unit or None, blank.head, blank.tail
    )


def over(blank: Blank, first: date, last: date, *, by: User | None, now: datetime, seen: int | None = None) -> Blank:
    """换统计期间: the place counts other days than its report (十四五期间 in a yearly one); its figure and what else it may be are measured anew."""

    def write(fresh: Blank) -> dict[str, Any]:
        if last < first:
            raise Refused("period", why=_("统计止日早于起日"), do=_("请改正统计期间"), field="days")
        report = fresh.report
        own = (first, last) != (report.start, report.end)
        fresh.since, fresh.until, fresh.by_hand = (first, last, True) if own else (None, None, False)
        said = filling.measured_again(fresh, figures.indicators(report.organization))
        fresh.ledger_value = said["ledger_value"]
        return said | {"differs": fresh.how == "typed" and _differs(fresh, fresh.text)}

    return _answer(blank, write, by=by, now=now, seen=seen)


def leave(blank: Blank, *, by: User | None, now: datetime, seen: int | None = None) -> Blank:
    """留空: it stays as printed, and is no longer asked for."""
    return _answer(
        blank,
        lambda fresh: {"text": "", "how": "left", **NOTHING},
        by=by,
        now=now,
        seen=seen,
    )


def _answer(
    blank: Blank, write: Callable[[Blank], dict[str, Any]], *, by: User | None, now: datetime, seen: int | None, reason: str = ""
) -> Blank:  # fmt: skip
    with move(blank.report, "answer", MOVES, by=by, now=now, reason=reason) as step:
        fresh = Blank.objects.get(pk=blank.pk)
        fresh.report = step.record
        if seen is not None and fresh.version != seen:
            raise _stale(fresh)
        before = fresh.text
        for name, value in write(fresh).items():
            setattr(fresh, name, value)
        fresh.version, fresh.saved_at, fresh.saved_by = fresh.version + 1, now, by
        step.detail |= {
            "blank": fresh.order,
            "text": [before, fresh.text],
            "how": fresh.how,
            "indicator": fresh.indicator,
            "days": [str(fresh.since), str(fresh.until)] if fresh.since else None,
        }
        if fresh.differs:
            step.detail |= {"differs": True, "ledger": fresh.real, "asked_by": fresh.asked_by}
        step.then(lambda _report: fresh.save())
    return fresh


def _stale(blank: Blank) -> Stale:
    who, when = str(blank.saved_by or trail.SYSTEM), f"{blank.saved_at.astimezone(clock.SHANGHAI):%H:%M}"
    return Stale(
        theirs={"text": blank.text, "how": blank.how}, yours={}, who=who, when=when,
        why=_("这一处在 %(when)s 由%(who)s填过了，您的填写尚未保存") % {"when": when, "who": who}, do=_("请看一看现在的内容，需要时再改"),
    )  # fmt: skip


# --- the whole report ------------------------------------------------------------------------------------------------------


def refresh(
    report: Report, *, as_of: datetime | None = None, end: date | None = None, by: User | None, now: datetime
) -> list[queries.Change]:
    """刷新: figures as they are now (or at `as_of`), up to another last day where `end` says one. Only what changed is written and returned; what was typed stays, its flag is set anew."""
    if end and end < report.start:
        raise Refused("period", why=_("统计止日早于起日"), do=_("请改正统计期间"), field="end")
    of_plans = _composed_again(report, end)
    with move(report, "refresh", MOVES, by=by, now=now) as step:
        fresh, before = step.record, step.record.end
        fresh.as_of, fresh.taken_at, fresh.end = as_of, now, end or fresh.end
        blanks = list(fresh.blanks.all())
        moved = [blank for blank in blanks if blank.until == before != fresh.end]  # 五年来 ends with the report
        for blank in moved:
            blank.until = fresh.end
        changed = queries.changes(fresh, blanks)
        for change in changed:
            _renew(change, by, now)
        for change in of_plans:
            change.blank.text, change.blank.version = change.new, change.blank.version + 1
            change.blank.saved_at, change.blank.saved_by = now, by
        changed = [*changed, *of_plans]
        newly = renewing.ask_again(fresh, blanks, by, now)
        step.detail |= {"changed": [[c.blank.order, c.old, c.new] for c in changed], "newly": [b.order for b in newly]}
        written = list({blank.pk: blank for blank in [*moved, *(change.blank for change in changed), *newly]}.values())
        step.then(lambda _report: _save(written))
    report.refresh_from_db()
    return changed


def _composed_again(report: Report, end: date | None) -> list[queries.Change]:
    """Of a composed report what its plans say now. Its sentences stay: where they would be others, numbers alone would not be true."""
    if not report.series:
        return []
    told = composed.changes(report, list(report.blanks.all())) if end in (None, report.end) else None
    if told is None:
        raise Refused(
            "composed", why=_("这份报告由计划起草，现在不只是数变了，正文的说法也要变"), do=_("请作废这一份，从计划页重新起草"), field="end"
        )  # fmt: skip
    return told


def _save(blanks: list[Blank]) -> None:
    for blank in blanks:
        blank.save()


def _renew(change: queries.Change, by: User | None, now: datetime) -> None:
    blank = change.blank
    blank.ledger_value, blank.facts = change.value, change.facts
    blank.version, blank.saved_at, blank.saved_by = blank.version + 1, now, by
    if blank.how == "typed":
        blank.differs = _differs(blank, blank.text)
        return
    text = scopes.written(change.value, change.indicator, Scope.of(blank), blank, blank.unit)
    blank.text, blank.how = (text, blank.how) if text is not None else ("", "")


def finish(report: Report, *, by: User | None, now: datetime, seen: int | None = None) -> Report:
    """定稿: it does not move any more; its figures are frozen with their facts, later ones stand beside them."""
    with move(report, "finish", MOVES, by=by, now=now, seen=seen) as step:
        filled, whole, still_open = queries.progress(list(step.record.blanks.all()))
        step.detail |= {"filled": filled, "blanks": whole, "open": still_open}
        _keep_version(step, final=True)
    return step.record


def send_up(report: Report, *, by: User, now: datetime, seen: int | None = None) -> Approval:
    """送审: a version is kept as it stands, and a leader is asked for his word; an earlier question about it is withdrawn."""
    with transaction.atomic():
        for earlier in Approval.objects.filter(record=report.ref, step="reports.finish", state="asked"):
            paperwork.withdraw(earlier, by=by, now=now)
        with move(report, "send_up", MOVES, by=by, now=now, seen=seen) as step:
            _keep_version(step, final=False)
        return paperwork.ask(
            report.organization, "reports.finish", title=report.title, record=step.record, by=by, now=now
        )


def _keep_version(step: Step[Report], *, final: bool) -> None:
    made = freezing.version(step.record, final=final, by=step.by, now=step.now)
    step.detail |= {"number": made.number, "code": made.code}
    step.then(lambda _report: made.save())


def remark(report: Report, text: str, *, blank: Blank | None = None, by: User, now: datetime) -> Remark:
    """审改意见, by the leader or the clerk, on one place or on the whole."""
    permissions.require(by, "reports.remark", report.organization)
    text = " ".join(text.split())
    if not text:
        raise Refused("empty", why=_("还没有写意见"), do=_("请写一句要改什么"), field="remark")
    if len(text) > LONGEST_REMARK:
        raise Refused(
            "too_long", why=_("一条意见最多 %(n)d 个字") % {"n": LONGEST_REMARK}, do=_("请分成几条写"), field="remark"
        )
    return _noted(Remark(report=report, blank=blank, text=text, at=now, by=by), "reports.remark", by=by, now=now)


def settle(found: Remark, *, by: User, now: datetime) -> Remark:
    """已处理: what was asked for is done, or was talked over."""
    permissions.require(by, "reports.settle", found.report.organization)
    found.settled_at, found.settled_by = now, by
    return _noted(found, "reports.settle", by=by, now=now)


def _noted(said: Remark, verb: str, *, by: User, now: datetime) -> Remark:
    """A remark changes no word of the report, so its version stays: what a leader was asked to approve is still the same."""
    with transaction.atomic():
        report = Report.objects.select_for_update().get(pk=said.report_id)
        if report.state != "draft":
            raise Refused(
                "wrong_state", why=_("报告已定稿或作废，不再收审改意见"), do=_("要改的请另编一份"), field="remark"
            )
        said.save()
        detail = {"blank": said.blank.order if said.blank else None, "text": said.text}
        trail.write(verb, by=by, now=now, organization=report.organization, record=report.ref, detail=detail)
    return said


def drop(report: Report, *, reason: str, by: User | None, now: datetime, seen: int | None = None) -> Report:
    """作废: begun by mistake; it leaves the list and stays in the audit."""
    with move(report, "drop", MOVES, by=by, now=now, seen=seen, reason=reason) as step:
        pass
    return step.record
