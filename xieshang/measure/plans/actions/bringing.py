"""导入、修订: a paper becomes a plan, or the new version of one."""

import re
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

from .. import reading
from ..models import Paper, Plan
from ..rules import PLAN_MOVES
from .checking import accept_all_sure
from .parts import known
from .revising import outline, read, revise_at_once

REVISED = re.compile(r"[（(]?(?:修订|修改|调整)(?:稿|版)?[）)]?")

FIVE = 5  # years of a 五年规划


def keep(organization: Organization, data: bytes, name: str, *, by: User | None, now: datetime) -> Paper:
    """收下来稿: the file and its text are kept before anything is chosen from it. Raises DocumentError, Refused, NotAllowed."""
    if by is not None:
        permissions.require(by, "plans.import", organization)
    source = reading.source_of(data, name)
    stored = storage.store(_kept_name(name), data)
    if found := Paper.objects.filter(organization=organization, file=stored).first():
        return found
    with transaction.atomic():
        paper = Paper.objects.create(
            organization=organization, name=name[:200], file=stored, text=source.text, doubtful=source.doubtful, kept_at=now, kept_by=by
        )  # fmt: skip
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
    found = reading.choose(reading.documents(reading.source_of(data, name).text, name), document)
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
    one = reading.choose(reading.documents(paper.text, paper.name), document)
    start, end = one.document.start, one.document.end
    first = starts_on or date(year, 1, 1)
    last = first.year + FIVE - 1 if source == "five_year" else year
    plan = Plan(
        organization=paper.organization, title=one.title[:200], year=year, starts_on=first, ends_on=ends_on or date(last, 12, 31),
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
        revise_at_once(same, paper, one.number, by=by, now=now)
        plan = same
    elif revise and (older := to_revise(paper.organization, year, plan.title)):
        revise_at_once(older, paper, one.number, by=by, now=now)
        plan = older
    else:
        plan = _new(plan, one, by=by, now=now)
    plan = Plan.objects.get(pk=plan.pk)
    if accept_sure:
        accept_all_sure(plan, by=by, now=now)
    return plan


def to_revise(organization: Organization, year: int, title: str) -> Plan | None:
    """The newest plan of a year that bears this title, 修订稿 or not."""
    standing = Plan.objects.filter(organization=organization, year=year, sender=None)
    wanted = reading.digest(REVISED.sub("", title))
    plans = standing.exclude(state="withdrawn").order_by("-id")
    return next((plan for plan in plans if reading.digest(REVISED.sub("", plan.title)) == wanted), None)


def _new(plan: Plan, one: reading.Found, *, by: User | None, now: datetime) -> Plan:
    with move(plan, "import", PLAN_MOVES, by=by, now=now) as step:
        step.detail["targets"] = len(one.document.targets) + len(one.document.tasks)

        def write(saved: Plan) -> None:
            sections = outline(saved, one)
            for target, section in reading.targets(one.document, saved, known(saved), saved.paper.doubtful):
                at = sections[section] if section is not None and section < len(sections) else None
                read(target, at, by=by, now=now)

        step.then(write)
    return step.record
