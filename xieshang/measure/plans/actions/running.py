"""A plan in force: it is changed with a reason, reported on, closed."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from xieshang.base.accounts.models import User
from xieshang.base.errors import Refused
from xieshang.base.files import storage
from xieshang.base.workflow.engine import Step, move

from .. import measuring, rules
from ..models import Plan, ProgressLine, Target
from ..rules import PLAN_MOVES, TARGET_MOVES
from .handing import take_back_all
from .parts import keep_version, put, rest_on

Files = Iterable[tuple[str, bytes]]


def edit(plan: Plan, *, fields: Mapping[str, Any], by: User | None, now: datetime, seen: int | None = None) -> Plan:
    """改计划的标题、来源、起止日."""
    with move(
        plan, "edit", PLAN_MOVES, by=by, now=now, seen=seen, yours={k: str(v) for k, v in fields.items()}
    ) as step:
        for key in ("title", "source", "starts_on", "ends_on", "single", "body"):
            if key in fields:
                setattr(step.record, key, fields[key])
        if not step.record.title.strip():
            raise Refused("no_title", why=_("计划还没有标题"), do=_("请填写标题"), field="title")
        if step.record.ends_on < step.record.starts_on:
            raise Refused("bad_period", why=_("计划的止期早于起期"), do=_("请改正起止日期"), field="ends_on")
    return step.record


def settle(
    plan: Plan, *, status: str, meeting: str = "", number: str = "", on: date, by: User | None, now: datetime, seen: int | None = None
) -> Plan:  # fmt: skip
    """审定、印发、调整: what the paper is called now, with the meeting and number it rests on.

    raises  Refused: bad_status, no_footing, in_the_future, before
    """
    said: dict[str, Any] = {"status": status, "meeting": meeting.strip()[:100], "number": number.strip()[:60], "on": on}
    with move(
        plan, "settle", PLAN_MOVES, by=by, now=now, seen=seen, yours={k: str(v) for k, v in said.items()}, given={**said, "today": now.date()}
    ) as step:  # fmt: skip
        rest_on(step, **said)
    return step.record


def put_in_force(plan: Plan, *, by: User | None, now: datetime, seen: int | None = None) -> Plan:
    """启用计划: every item was decided; from now on a change keeps the old version and says why."""
    with move(
        plan,
        "put_in_force",
        PLAN_MOVES,
        by=by,
        now=now,
        seen=seen,
        given={"open": plan.targets.filter(state="open").count()},
    ) as step:
        pass
    return step.record


def close(plan: Plan, *, by: User | None, now: datetime, seen: int | None = None) -> Plan:
    """结束计划."""
    with move(plan, "close", PLAN_MOVES, by=by, now=now, seen=seen) as step:
        pass
    return step.record


def withdraw(plan: Plan, *, by: User | None, now: datetime, seen: int | None = None, reason: str = "") -> Plan:
    """撤回: it was brought in by mistake; the same document may be imported again."""
    with move(plan, "withdraw", PLAN_MOVES, by=by, now=now, seen=seen, reason=reason) as step:
        pass
    return step.record


def change(
    target: Target, *, fields: Mapping[str, Any], by: User | None, now: datetime, seen: int | None = None, reason: str
) -> Target:
    """调整: the old version is kept with who, when and why."""
    yours = {key: str(value) for key, value in fields.items()}
    with move(
        target, "change", TARGET_MOVES, by=by, now=now, seen=seen, reason=reason, yours=yours, given=dict(fields)
    ) as step:
        keep_version(step, reason)
        put(step.record, fields)
    return step.record


def withdraw_target(target: Target, *, by: User | None, now: datetime, seen: int | None = None, reason: str) -> Target:
    """调出: no longer a target of this plan; the page shows it as 已调出."""
    with move(target, "withdraw_target", TARGET_MOVES, by=by, now=now, seen=seen, reason=reason) as step:
        keep_version(step, reason)
        step.then(lambda saved: take_back_all(saved, reason=reason, now=now))
    return step.record


def reinstate(target: Target, *, by: User | None, now: datetime, seen: int | None = None, reason: str) -> Target:
    """恢复 a target that was taken out."""
    with move(target, "reinstate", TARGET_MOVES, by=by, now=now, seen=seen, reason=reason) as step:
        keep_version(step, reason)
    return step.record


def hand_over(target: Target, to: User, *, by: User | None, now: datetime) -> Target:
    """交接: somebody else answers for it from now on."""
    with move(target, "hand_over", TARGET_MOVES, by=by, now=now) as step:
        step.record.owner, step.record.owner_user = to.name[:40], to
    return step.record


def report_progress(
    target: Target, *, text: str, on: date, figure: Decimal | None = None, reason: str = "", next_step: str = "", finished: bool | None = None,
    failed: bool = False, files: Files = (), by: User | None, now: datetime, seen: int | None = None,
) -> Target:  # fmt: skip
    """填进展: a sentence as of a day; a figure where nothing counts it; found to be done (`finished`) or not done (`failed`).

    finished  None leaves what was found before
    raises    Refused: no_text, in_the_future, counted (a figure where an indicator counts), no_reason, no_next_step (it is late)
    """
    if not text.strip():
        raise Refused("no_text", why=_("还没有写进展"), do=_("请写一句话"), field="text")
    if on > now.date():
        raise Refused("in_the_future", why=_("日期 %(day)s 还没有到") % {"day": on}, do=_("请检查日期"), field="on")
    with move(target, "progress", TARGET_MOVES, by=by, now=now, seen=seen, yours={"text": text}) as step:
        if figure is not None and step.record.indicator:
            raise Refused(
                "counted",
                why=_("这项任务由统计项计数，不能人工填数"),
                do=_("请登记相应的工作；数不对时请先取消关联"),
                field="figure",
            )
        if finished is not None or failed:
            step.record.finished_on, step.record.not_done_on = on if finished else None, on if failed else None
        line = ProgressLine(
            on=on, by=step.by, at=step.now, text=text.strip()[:500], reason=reason.strip()[:300], next_step=next_step.strip()[:300], figure=figure
        )  # fmt: skip
        step.then(_line_writer(step, line, files))
        step.detail["text"] = text
    return step.record


def _line_writer(step: Step[Target], line: ProgressLine, files: Files) -> Callable[[Target], None]:
    def write(saved: Target) -> None:
        line.target = saved
        line.save()
        storage.attach(
            files, record=saved.ref, organization=saved.organization, by=step.by, now=step.now, kind="evidence"
        )
        _explained(saved, line, step.now.date())

    return write


def _explained(target: Target, line: ProgressLine, today: date) -> None:
    """Whoever is late says why and what comes next; judged with what the line itself says."""
    [row] = measuring.measure([target], today)
    if row.state not in measuring.LATE:
        return
    why = _("这项任务%(state)s：%(reason)s") % {"state": rules.STATE_WORDS[row.state], "reason": row.reason}
    if not line.reason:
        raise Refused("no_reason", why=why, do=_("请写一句未完成的原因"), field="reason")
    if not line.next_step:
        raise Refused("no_next_step", why=why, do=_("请写一句下一步怎么办、什么时候办"), field="next_step")
