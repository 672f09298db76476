"""Every write of plans and their targets. One function for a verb; each is saved at once, so that leaving half-way loses nothing."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from xieshang.base.accounts import permissions
from xieshang.base.accounts.models import Grant, User
from xieshang.base.audit import trail
from xieshang.base.errors import Refused
from xieshang.base.files import storage
from xieshang.base.ledger import figures
from xieshang.base.ledger.facts import Indicator
from xieshang.base.orgs.models import Organization
from xieshang.base.workflow.engine import Step, move, snapshot
from xieshang.text.similarity import ratio

from . import reading
from .models import Mark, Paper, Plan, ProgressLine, Section, Target, TargetVersion
from .rules import PLAN_MOVES, TARGET_MOVES

GOAL = ("kind", "op", "value", "max", "unit", "period", "per", "deadline", "starts_on", "ends_on", "indicator")
PEOPLE = ("owner", "lead_leader", "lead_office", "cooperating")
FIELDS = (*GOAL, *PEOPLE)
READ = (
    "quote",
    "action",
    "object",
    "kind",
    "op",
    "value",
    "max",
    "unit",
    "period",
    "per",
    "deadline",
    "sure",
    "rule",
    "tied_surely",
    "indicator",
    "tied_by",
)
Files = Iterable[tuple[str, bytes]]
ALIKE = 0.75  # two wordings at least so much alike are the same item of a revised plan


# --- reading a plan in ------------------------------------------------------------------------------------------------------


def keep(organization: Organization, data: bytes, name: str, *, by: User | None, now: datetime) -> Paper:
    """收下来稿: the file and its text are kept before anything is chosen from it. Raises DocumentError, Refused, NotAllowed."""
    if by is not None:
        permissions.require(by, "plans.import", organization)
    text = reading.text_of(data, name)
    stored = storage.store(_kept_name(name), data)
    if found := Paper.objects.filter(organization=organization, file=stored).first():
        return found
    with transaction.atomic():
        paper = Paper.objects.create(
            organization=organization, name=name[:200], file=stored, text=text, kept_at=now, kept_by=by
        )
        trail.write(
            "plans.keep",
            by=by,
            now=now,
            organization=organization,
            record=f"plans.paper:{paper.pk}",
            detail={"name": name, "sha256": stored.sha256},
        )
    return paper


def _kept_name(name: str) -> str:
    """The store knows .txt and .md by these names only."""
    return {".text": "a.txt", ".markdown": "a.md"}.get(name[name.rfind(".") :].lower(), name)


def bring_in(
    organization: Organization, *, year: int, data: bytes, name: str, document: int | None = None, accept_sure: bool = False, revise: bool = False,
    by: User | None, now: datetime,
) -> Plan:  # fmt: skip
    """导入计划: a file becomes a plan to be checked. What is raised: see `keep` and `open_plan`."""
    found = reading.choose(reading.documents(reading.text_of(data, name)), document)
    paper = keep(organization, data, name, by=by, now=now)
    return open_plan(paper, year=year, document=found.number, accept_sure=accept_sure, revise=revise, by=by, now=now)


@transaction.atomic
def open_plan(
    paper: Paper, *, year: int, document: int | None = None, source: str = "own", starts_on: date | None = None, ends_on: date | None = None,
    accept_sure: bool = False, revise: bool = False, by: User | None, now: datetime,
) -> Plan:  # fmt: skip
    """One document of a paper becomes a plan of a year, each target an open item.

    revise  the document is a new version of a plan that is there: it is paired with it item by item
    raises  Refused: which_document, no_such_document, imported (the same document for the same unit and year is there), bad_year
    """
    if not 1990 <= year <= 2100:
        raise Refused(
            "bad_year", why=_("年度 %(year)s 不对") % {"year": year}, do=_("请填写四位数的年份"), field="year"
        )
    one = reading.choose(reading.documents(paper.text), document)
    start, end = one.document.start, one.document.end
    plan = Plan(
        organization=paper.organization, title=one.title[:200], year=year, starts_on=starts_on or date(year, 1, 1), ends_on=ends_on or date(year, 12, 31),
        source=source, paper=paper, document=one.number, start=start, end=end, digest=reading.digest(paper.text[start:end]),
    )  # fmt: skip
    if plan.ends_on < plan.starts_on:
        raise Refused("bad_period", why=_("计划的止期早于起期"), do=_("请改正起止日期"), field="ends_on")
    standing = Plan.objects.filter(organization=paper.organization, year=year).exclude(state="withdrawn")
    if same := standing.filter(digest=plan.digest).first():
        if not revise:
            raise Refused(
                "imported", why=_("《%(title)s》已经导入过 %(year)s 年度") % {"title": same.title, "year": year},
                do=_("请直接打开它；要用新稿替换，请选“作为修订稿导入”（--revise）"), field="file",
            )  # fmt: skip
        _revise(same, plan, one, by=by, now=now)
        plan = same
    elif revise and (
        older := next(
            (p for p in standing.order_by("-id") if reading.digest(p.title) == reading.digest(plan.title)), None
        )
    ):
        _revise(older, plan, one, by=by, now=now)
        plan = older
    else:
        plan = _new(plan, one, by=by, now=now)
    plan = Plan.objects.get(pk=plan.pk)
    if accept_sure:
        accept_all_sure(plan, by=by, now=now)
    return plan


def _new(plan: Plan, one: reading.Found, *, by: User | None, now: datetime) -> Plan:
    with move(plan, "import", PLAN_MOVES, by=by, now=now) as step:
        step.detail["targets"] = len(one.document.targets) + len(one.document.tasks)

        def write(saved: Plan) -> None:
            sections = _outline(saved, one)
            for target, section in reading.targets(one.document, saved, _known(saved)):
                _read(target, sections, section, by=by, now=now)

        step.then(write)
    return step.record


def _read(target: Target, sections: list[Section], section: int | None, *, by: User | None, now: datetime) -> Target:
    target.section = sections[section] if section is not None and section < len(sections) else None
    with move(target, "read", TARGET_MOVES, by=by, now=now) as step:
        pass
    return step.record


def _outline(plan: Plan, one: reading.Found) -> list[Section]:
    """Headings, holes, blanks and things done, with offsets from the document's beginning."""
    document, base = one.document, one.document.start
    Section.objects.filter(plan=plan).delete()
    Mark.objects.filter(plan=plan).delete()
    Mark.objects.bulk_create(
        [
            Mark(
                plan=plan,
                kind="gap",
                start=g.start - base,
                end=g.start - base,
                after=(g.after or "")[:20],
                missing=g.missing[:20],
            )
            for g in document.gaps
        ]
        + [Mark(plan=plan, kind="blank", start=b.start - base, end=b.end - base) for b in document.blanks]
        + [Mark(plan=plan, kind="fact", start=f.start - base, end=f.end - base) for f in document.facts]
    )
    return Section.objects.bulk_create(
        Section(
            plan=plan,
            order=n,
            level=h.level,
            marker=h.marker[:20],
            title=h.title[:300],
            start=h.start - base,
            end=h.end - base,
        )
        for n, h in enumerate(document.outline)
    )


def _revise(plan: Plan, draft: Plan, one: reading.Found, *, by: User | None, now: datetime) -> None:
    """Pair the new version with the plan item by item: what stays keeps its owner and ties, what is new is open, what is gone is taken out."""
    with move(plan, "revise", PLAN_MOVES, by=by, now=now) as step:
        for name in ("title", "paper", "document", "start", "end", "digest"):
            setattr(step.record, name, getattr(draft, name))
        reason = _("修订稿《%(name)s》") % {"name": draft.paper.name}

        def write(saved: Plan) -> None:
            old = list(
                saved.targets.exclude(state="dropped").select_related("plan", "organization").order_by("order", "id")
            )
            sections = _outline(saved, one)
            for target, section in reading.targets(one.document, saved, _known(saved)):
                twin = _twin(target, old)
                if twin is None:
                    _read(target, sections, section, by=by, now=now)
                else:
                    old.remove(twin)
                    _reread(
                        twin,
                        target,
                        sections[section] if section is not None and section < len(sections) else None,
                        reason,
                        by=by,
                        now=now,
                    )
            for gone in old:
                if gone.state == "accepted" and saved.state == "in_force":
                    withdraw_target(gone, by=by, now=now, reason=reason)
                elif gone.state in ("open", "accepted"):
                    drop(gone, by=by, now=now)

        step.then(write)


def _twin(target: Target, old: list[Target]) -> Target | None:
    same = next((one for one in old if one.quote == target.quote), None)
    if same or not old:
        return same
    best = max(old, key=lambda one: ratio(one.quote, target.quote))
    return best if ratio(best.quote, target.quote) >= ALIKE else None


def _reread(
    target: Target, new: Target, section: Section | None, reason: str, *, by: User | None, now: datetime
) -> None:
    """A paired item: moved to its new place; another wording is read afresh and, where the plan is in force, the old goal is kept."""
    if target.state not in ("open", "accepted"):
        Target.objects.filter(pk=target.pk).update(section=section, start=new.start, end=new.end, order=new.order)
        return
    changed = target.quote != new.quote
    with move(target, "reread", TARGET_MOVES, by=by, now=now, reason=reason if changed else "") as step:
        if changed:
            _keep_version(step, reason)
            for name in READ:
                setattr(step.record, name, getattr(new, name))
        step.record.section, step.record.start, step.record.end, step.record.order = (
            section,
            new.start,
            new.end,
            new.order,
        )


# --- checking what was read -------------------------------------------------------------------------------------------------


def accept(
    target: Target, *, fields: Mapping[str, Any] | None = None, by: User | None, now: datetime, seen: int | None = None
) -> Target:
    """确认: as it was read, or with the one thing that was missing (`fields`: the number, what counts it, or 定性).

    raises  Refused where its number is missing
    """
    with move(target, "accept", TARGET_MOVES, by=by, now=now, seen=seen, given=dict(fields or {})) as step:
        if fields:
            _put(step.record, fields)
    return step.record


def accept_all_sure(plan: Plan, *, by: User | None, now: datetime) -> list[Target]:
    """确认有把握的: every open target whose reading and tie are sure."""
    return [accept(target, by=by, now=now) for target in _open(plan) if target.is_sure]


def accept_tasks(plan: Plan, *, by: User | None, now: datetime) -> list[Target]:
    """确认定性任务: every open task without a figure."""
    return [accept(target, by=by, now=now) for target in _open(plan) if target.kind == "qualitative"]


def _open(plan: Plan) -> list[Target]:
    return list(plan.targets.filter(state="open").select_related("plan", "organization"))


def correct(target: Target, *, fields: Mapping[str, Any], by: User, now: datetime, seen: int | None = None) -> Target:
    """改: what was read wrongly is put right, and is thereby confirmed."""
    yours = {key: str(value) for key, value in fields.items()}
    with move(target, "correct", TARGET_MOVES, by=by, now=now, seen=seen, yours=yours, given=dict(fields)) as step:
        _put(step.record, fields)
    return step.record


def _put(target: Target, fields: Mapping[str, Any]) -> None:
    if "indicator" in fields and fields["indicator"] != target.indicator:
        target.tied_by, target.tied_surely = "", False
        _check_indicator(target, str(fields["indicator"]))
    for key in FIELDS:
        if key in fields:
            setattr(target, key, fields[key])
    if target.kind == "qualitative":
        target.op = target.unit = target.period = target.per = target.indicator = ""
        target.value = target.max = None
    if target.op != "between":
        target.max = None
    target.owner_user = _account(target) if target.owner else None


def _check_indicator(target: Target, code: str) -> None:
    if code and code not in figures.indicators(target.organization):
        raise Refused(
            "no_indicator",
            why=_("没有这个统计项：%(code)s") % {"code": code},
            do=_("请从列表中选一个"),
            field="indicator",
        )


def _account(target: Target) -> User | None:
    """The account of the unit that bears the owner's name, where there is exactly one."""
    found = Grant.objects.filter(
        organization=target.organization, ended_at=None, user__name=target.owner, user__is_active=True
    )
    users = {grant.user_id: grant.user for grant in found.select_related("user")}
    return next(iter(users.values())) if len(users) == 1 else None


def split(target: Target, parts: Sequence[str], *, by: User, now: datetime, seen: int | None = None) -> list[Target]:
    """拆开: one item becomes several, each read from its own words; what they do not say themselves they keep from the whole."""
    words = [part.strip() for part in parts if part.strip()]
    if len(words) < 2:
        raise Refused("one_part", why=_("要拆成至少两项"), do=_("请把每一项各写一行"), field="parts")
    indicators = _known(target.plan)
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
def merge(targets: Sequence[Target], *, by: User, now: datetime, seen: int | None = None) -> Target:
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


def restore(target: Target, *, by: User, now: datetime, seen: int | None = None) -> Target:
    """找回 what was dropped; it is open again."""
    with move(target, "restore", TARGET_MOVES, by=by, now=now, seen=seen) as step:
        step.record.made_from = None
    return step.record


def reopen(target: Target, *, by: User, now: datetime, seen: int | None = None) -> Target:
    """撤销确认."""
    with move(target, "reopen", TARGET_MOVES, by=by, now=now, seen=seen) as step:
        pass
    return step.record


# --- the plan ---------------------------------------------------------------------------------------------------------------


def edit(plan: Plan, *, fields: Mapping[str, Any], by: User, now: datetime, seen: int | None = None) -> Plan:
    """改计划的标题、来源、文号、起止日."""
    with move(
        plan, "edit", PLAN_MOVES, by=by, now=now, seen=seen, yours={k: str(v) for k, v in fields.items()}
    ) as step:
        for key in ("title", "source", "number", "starts_on", "ends_on"):
            if key in fields:
                setattr(step.record, key, fields[key])
        if not step.record.title.strip():
            raise Refused("no_title", why=_("计划还没有标题"), do=_("请填写标题"), field="title")
        if step.record.ends_on < step.record.starts_on:
            raise Refused("bad_period", why=_("计划的止期早于起期"), do=_("请改正起止日期"), field="ends_on")
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


def close(plan: Plan, *, by: User, now: datetime, seen: int | None = None) -> Plan:
    """结束计划."""
    with move(plan, "close", PLAN_MOVES, by=by, now=now, seen=seen) as step:
        pass
    return step.record


def withdraw(plan: Plan, *, by: User, now: datetime, seen: int | None = None, reason: str = "") -> Plan:
    """撤回: it was brought in by mistake; the same document may be imported again."""
    with move(plan, "withdraw", PLAN_MOVES, by=by, now=now, seen=seen, reason=reason) as step:
        pass
    return step.record


# --- a target of a plan in force --------------------------------------------------------------------------------------------


def change(
    target: Target, *, fields: Mapping[str, Any], by: User | None, now: datetime, seen: int | None = None, reason: str
) -> Target:
    """调整: the old version is kept with who, when and why."""
    yours = {key: str(value) for key, value in fields.items()}
    with move(
        target, "change", TARGET_MOVES, by=by, now=now, seen=seen, reason=reason, yours=yours, given=dict(fields)
    ) as step:
        _keep_version(step, reason)
        _put(step.record, fields)
    return step.record


def withdraw_target(target: Target, *, by: User | None, now: datetime, seen: int | None = None, reason: str) -> Target:
    """调出: no longer a target of this plan; the page shows it as 已调出."""
    with move(target, "withdraw_target", TARGET_MOVES, by=by, now=now, seen=seen, reason=reason) as step:
        _keep_version(step, reason)
    return step.record


def reinstate(target: Target, *, by: User, now: datetime, seen: int | None = None, reason: str) -> Target:
    """恢复 a target that was taken out."""
    with move(target, "reinstate", TARGET_MOVES, by=by, now=now, seen=seen, reason=reason) as step:
        _keep_version(step, reason)
    return step.record


def _keep_version(step: Step[Target], reason: str) -> None:
    old = {**snapshot(step.record), "goal": step.record.goal_words}
    version = step.record.version

    def write(saved: Target) -> None:
        TargetVersion.objects.create(
            target=saved, version=version, said=old, at=step.now, by=step.by, reason=reason[:500]
        )

    step.then(write)


def report_progress(
    target: Target, *, text: str, on: date, figure: Decimal | None = None, reason: str = "", next_step: str = "", finished: bool = False, files: Files = (),
    by: User, now: datetime, seen: int | None = None,
) -> Target:  # fmt: skip
    """填进展: a sentence as of a day; a figure where nothing counts it; 认定完成 for a task without a figure.

    raises  Refused: no_text, a day to come, a figure where an indicator counts
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
        if figure is not None:
            step.record.manual_value = figure
        step.record.finished_on = on if finished else None
        step.then(
            _progress_writer(step, text=text, on=on, figure=figure, reason=reason, next_step=next_step, files=files)
        )
        step.detail["text"] = text
    return step.record


def _progress_writer(step: Step[Target], *, files: Files, **said: Any) -> Callable[[Target], None]:
    def write(saved: Target) -> None:
        ProgressLine.objects.create(
            target=saved,
            by=step.by,
            at=step.now,
            **{k: v[:500] if k == "text" else v[:300] if isinstance(v, str) else v for k, v in said.items()},
        )
        storage.attach(
            files, record=saved.ref, organization=saved.organization, by=step.by, now=step.now, kind="evidence"
        )

    return write


def _known(plan: Plan) -> tuple[Indicator, ...]:
    return tuple(figures.indicators(plan.organization).values())
