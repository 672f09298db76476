"""导入、修订: a paper becomes a plan, or the new version of one."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from xieshang.base.accounts import permissions
from xieshang.base.accounts.models import User
from xieshang.base.audit import trail
from xieshang.base.errors import Refused
from xieshang.base.files import storage
from xieshang.base.orgs.models import Organization
from xieshang.base.workflow.engine import move
from xieshang.text.similarity import ratio

from .. import reading
from ..models import Mark, Paper, Plan, Section, Target
from ..rules import PLAN_MOVES, TARGET_MOVES
from .checking import accept_all_sure, drop
from .parts import READ, keep_version, known
from .running import withdraw_target

ALIKE = 0.75  # two wordings at least so much alike are the same item of a revised plan


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
            for target, section in reading.targets(one.document, saved, known(saved)):
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
            for target, section in reading.targets(one.document, saved, known(saved)):
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
            keep_version(step, reason)
            for name in READ:
                setattr(step.record, name, getattr(new, name))
        step.record.section, step.record.start, step.record.end, step.record.order = (
            section,
            new.start,
            new.end,
            new.order,
        )
