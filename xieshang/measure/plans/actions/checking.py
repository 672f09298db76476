"""核对: what was read is confirmed, put right, parted, joined or dropped by a person."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from xieshang.base.accounts import permissions
from xieshang.base.accounts.models import User
from xieshang.base.errors import Refused
from xieshang.base.ledger.facts import Indicator
from xieshang.base.workflow.engine import move, snapshot

from .. import reading
from ..models import Plan, Target
from ..rules import TARGET_MOVES
from .parts import FIELDS, known, put


def accept(
    target: Target, *, fields: Mapping[str, Any] | None = None, by: User | None, now: datetime, seen: int | None = None
) -> Target:
    """确认: as it was read, or with the one thing that was missing (`fields`: the number, what counts it, or 定性).

    raises  Refused where its number is missing
    """
    with move(target, "accept", TARGET_MOVES, by=by, now=now, seen=seen, given=dict(fields or {})) as step:
        if fields:
            put(step.record, fields)
    return step.record


def accept_all_sure(plan: Plan, *, by: User | None, now: datetime) -> list[Target]:
    """确认有把握的: every open target whose reading and tie are sure."""
    _may_accept(plan, by)
    return [accept(target, by=by, now=now) for target in _open(plan) if target.is_sure]


def accept_tasks(plan: Plan, *, by: User | None, now: datetime) -> list[Target]:
    """确认定性任务: every open task without a figure whose words are not doubtful."""
    _may_accept(plan, by)
    return [accept(target, by=by, now=now) for target in _open(plan) if target.is_clear_task]


def _may_accept(plan: Plan, by: User | None) -> None:
    """Asked for the whole, so that who may not is told so even where nothing is open."""
    if by is not None:
        permissions.require(by, "plans.accept", plan.organization)


def _open(plan: Plan) -> list[Target]:
    return list(plan.targets.filter(state="open").select_related("plan__paper", "organization"))


def correct(
    target: Target, *, fields: Mapping[str, Any], by: User | None, now: datetime, seen: int | None = None
) -> Target:
    """改: what was read wrongly is put right, and is thereby confirmed."""
    yours = {key: str(value) for key, value in fields.items()}
    with move(target, "correct", TARGET_MOVES, by=by, now=now, seen=seen, yours=yours, given=dict(fields)) as step:
        put(step.record, fields)
    return step.record


def add(plan: Plan, words: str, *, by: User | None, now: datetime) -> Target:
    """补上: a sentence of the plan that the reader passed over becomes an open item.

    words   copied from the text; white space does not matter
    raises  Refused: no_words, too_long, not_in_text, in_force
    """
    quote = re.sub(r"\s", "", words).rstrip("，；。、")
    if not quote:
        raise Refused("no_words", why=_("还没有写是哪一句"), do=_("请从原文复制漏读的一句"), field="words")
    if len(quote) > 500:
        raise Refused("too_long", why=_("这一句超过 500 字"), do=_("请只复制写任务的那一句"), field="words")
    if (place := reading.place(plan.text, quote)) is None:
        raise Refused("not_in_text", why=_("原文里没有这句话"), do=_("请从原文复制，一字不改"), field="words")
    start, end = place
    before = plan.targets.filter(start__lte=start).order_by("order", "id").last()
    made = Target(
        organization=plan.organization, plan=plan, start=start, end=end, order=before.order + 1 if before else 0, kind="qualitative",
        section=plan.sections.filter(start__lte=start).order_by("start").last(),
    )  # fmt: skip
    with move(made, "add", TARGET_MOVES, by=by, now=now) as step:
        _read_part(made, quote, whole="", indicators=known(plan))
        made.rule = "added"
    return step.record


def split(
    target: Target, parts: Sequence[str], *, by: User | None, now: datetime, seen: int | None = None
) -> list[Target]:
    """拆开: one item becomes several, each read from its own words; what they do not say themselves they keep from the whole."""
    words = [part.strip() for part in parts if part.strip()]
    if len(words) < 2:
        raise Refused("one_part", why=_("要拆成至少两项"), do=_("请把每一项各写一行"), field="parts")
    indicators = known(target.plan)
    with move(target, "split", TARGET_MOVES, by=by, now=now, seen=seen) as step:
        base = snapshot(step.record)
        step.detail["parts"] = words
        made: list[Target] = []
        for n, part in enumerate(words):
            piece = step.record if n == 0 else _copy(step.record, order=step.record.order + n)
            made.append(piece)
            _read_part(piece, part, whole=str(base["quote"]), indicators=indicators)

        def write(saved: Target) -> None:
            for piece in made[1:]:
                piece.made_from = saved
                with move(piece, "read", TARGET_MOVES, by=by, now=now):
                    pass

        step.then(write)
    return made


def _copy(target: Target, *, order: int) -> Target:
    names = ("plan", "section", "start", "end", "action", "object", *FIELDS, "owner_user")
    return Target(
        organization=target.organization, order=order, rule="split", **{name: getattr(target, name) for name in names}
    )


def _read_part(piece: Target, part: str, *, whole: str, indicators: tuple[Indicator, ...]) -> None:
    """The words of a part as a target: its own number where it has one."""
    said = [
        target
        for one in reading.documents(f"工作计划\n\n{part.rstrip('。')}。")
        for target in one.document.targets
        if target.op is not None
    ]
    deadline, period, per = piece.deadline, piece.period, piece.per
    if said:
        reading.fill(piece, said[0], piece.plan, indicators)
        piece.deadline, piece.period, piece.per = piece.deadline or deadline, piece.period or period, piece.per or per
    piece.quote = part[:500]
    if not said:
        piece.object, piece.sure = part[:300], 0
        reading.tie(piece, indicators, reading.own_names(piece.organization))
    if (at := whole.find(part)) >= 0 and piece.end - piece.start == len(whole):
        piece.start, piece.end = piece.start + at, piece.start + at + len(part)


@transaction.atomic
def merge(targets: Sequence[Target], *, by: User | None, now: datetime, seen: int | None = None) -> Target:
    """合并: several items become the first of them; the others are dropped and point to it."""
    first, *others = targets
    if not others or len({target.plan_id for target in targets}) != 1:
        raise Refused("one_part", why=_("要选同一份计划里的至少两项"), do=_("请再选一项"))
    words = "；".join(dict.fromkeys(target.quote for target in targets))
    if len(words) > 500:
        raise Refused("too_long", why=_("合并后的原文超过 500 字"), do=_("请少选几项"))
    with move(first, "merge", TARGET_MOVES, by=by, now=now, seen=seen) as step:
        step.record.quote = words
        step.record.start, step.record.end = min(t.start for t in targets), max(t.end for t in targets)
        step.detail["merged"] = [target.pk for target in others]
    for other in others:
        with move(other, "drop", TARGET_MOVES, by=by, now=now) as gone:
            gone.record.made_from = step.record
    return step.record


def drop(target: Target, *, by: User | None, now: datetime, seen: int | None = None) -> Target:
    """不要: it is no target after all. It stays, and can be restored."""
    with move(target, "drop", TARGET_MOVES, by=by, now=now, seen=seen) as step:
        pass
    return step.record


def restore(target: Target, *, by: User | None, now: datetime, seen: int | None = None) -> Target:
    """找回 what was dropped; it is open again."""
    with move(target, "restore", TARGET_MOVES, by=by, now=now, seen=seen) as step:
        step.record.made_from = None
    return step.record


def reopen(target: Target, *, by: User | None, now: datetime, seen: int | None = None) -> Target:
    """撤销确认."""
    with move(target, "reopen", TARGET_MOVES, by=by, now=now, seen=seen) as step:
        pass
    return step.record
