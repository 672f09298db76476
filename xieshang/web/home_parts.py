"""The parts of the home page, each one read."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xieshang.base import registry, todo
from xieshang.base.accounts import permissions
from xieshang.base.accounts.models import Grant, User
from xieshang.base.accounts.roles import ADMINISTRATORS, STAFF, Role
from xieshang.base.audit import trail
from xieshang.base.audit.models import Entry
from xieshang.base.clock import SHANGHAI
from xieshang.base.ledger import figures
from xieshang.base.ledger.models import PostedFact
from xieshang.base.notices import actions as telling
from xieshang.base.orgs.models import Organization
from xieshang.base.paperwork import queries as paperwork
from xieshang.base.people.models import Seat
from xieshang.base.todo import Todo
from xieshang.measure.plans import measuring
from xieshang.measure.plans import queries as plans
from xieshang.measure.reports import queries as reports

from . import figure_parts, verbs

MINE = {
    "activities.invited": gettext_lazy("应到"), "activities.attended": gettext_lazy("实到"), "activities.excused": gettext_lazy("请假"),
    "activities.absent": gettext_lazy("缺席"),
}  # fmt: skip


ORDER = ("done", "on_track", "not_due", "behind", "missed", "by_hand", "unmeasured")
CALM = timedelta(minutes=10)  # how often a visit is written down
CHANGES = 6


def greeting(now: datetime) -> str:
    if now.hour < 12:
        return _("上午好")
    return _("下午好") if now.hour < 18 else _("晚上好")


def face(user: User, unit: Organization) -> str:
    """Which home page a person meets in a unit: that of who works there, before that of who leads, belongs to or administers it."""
    roles = {grant.role for grant in permissions.grants(user) if grant.organization_id == unit.pk}
    if roles & set(STAFF):
        return "staff"
    if Role.LEADER in roles:
        return "leader"
    return "admin" if roles & set(ADMINISTRATORS) else "member"


# --- what waits ----------------------------------------------------------------------------------------------------------


def waiting(user: User, units: Sequence[Organization], today: date) -> list[tuple[Organization, Todo]]:
    """One list over all the units of an account, by due date: one log-in, one 待办."""
    found = [(unit, one) for unit in units for one in todo.waiting(user, unit, today)]
    return sorted(found, key=lambda pair: (pair[1].due or date.max, not pair[1].main))


def rows(
    found: Sequence[tuple[Organization, Todo]], today: date, here: Organization, *, marked: bool
) -> list[dict[str, Any]]:
    """Todos as rows of the page: today and overdue stand out, the most pressing one has the red button; `marked`: each says of which unit it is."""
    return [
        {
            "due": _("今天") if one.due == today else one.due or _("不限期"), "urgency": _urgency(one.due, today), "title": one.title, "note": one.detail,
            "url": at(one.url, unit, here), "verb": one.verb, "post": one.post, "main": n == 0 and bool(one.due and one.due <= today), "unit": unit.short_name if marked else "",
            "more": [{"label": word, "url": at(url, unit, here)} for word, url in one.more],
        }
        for n, (unit, one) in enumerate(found)
    ]  # fmt: skip


def _urgency(due: date | None, today: date) -> str:
    if due is None:
        return ""
    if due <= today:
        return "today" if due == today else "overdue"
    return "soon" if due <= today + timedelta(days=3) else ""


def at(url: str, unit: Organization, here: Organization) -> str:
    """An address that also takes the person to the unit it belongs to."""
    if unit == here:
        return url
    address, mark, place = url.partition("#")
    return f"{address}{'&' if '?' in address else '?'}org={unit.code}{mark}{place}"


# --- the year --------------------------------------------------------------------------------------------------------------


def year_of_plans(unit: Organization, start: date, end: date, today: date) -> dict[str, Any]:
    """The strip over all plans of the year and the three worst laggards with their owners. With one plan, each state opens it there."""
    standing = plans.of_period(unit, start, end)
    rows = plans.measured(unit, start, end, today)
    to = reverse("plans:one", args=[standing[0].pk]) + "?state=" if len(standing) == 1 else ""
    items = [
        {"state": state, "count": count, "url": f"{to}{state}" if to else reverse("plans:list")}
        for state in ORDER
        if (count := sum(row.state == state for row in rows))
    ]
    late = sorted((row for row in rows if row.state in ("behind", "missed")), key=_share)
    return {
        "strip": items,
        "laggards": late[:3],
        "late": len(late),
        "targets": sum(row.state != "withdrawn" for row in rows),
    }


def _share(row: measuring.Measured) -> float:
    """How much of what the calendar asks for is there; the least comes first."""
    return float(row.verdict.actual or 0) / float(row.verdict.expected or row.verdict.goal or 1)


def drafts(user: User, unit: Organization) -> list[Any]:
    """Reports that are not final yet, those that only wait for a signature first."""
    found: list[Any] = list(reports.listed(user, unit).filter(state="draft")[:20])
    return sorted(found, key=lambda one: int(one.open_blanks))[:5]


# --- what happened ---------------------------------------------------------------------------------------------------------


def visited(user: User, now: datetime) -> None:
    """Write down that the person was here; not at every page."""
    if user.seen_at is None or user.seen_at < now - CALM:
        user.seen_at = now
        user.save(update_fields=["seen_at"])


def changes(user: User, unit: Organization, since: datetime) -> list[dict[str, Any]]:
    """What others did with the records of the unit since a moment, each record once with the newest word about it. Three queries."""
    found = Entry.objects.filter(organization=unit, at__gt=since).exclude(record="").exclude(actor_id=user.pk)
    newest: dict[str, Entry] = {}
    for entry in found.order_by("-at", "-id")[:200]:
        if entry.record.partition(":")[0] in registry.KINDS and _may_see(user, unit, entry.record):
            newest.setdefault(entry.record, entry)
    kept = dict(list(newest.items())[:CHANGES])
    titles = registry.titles(kept)
    return [
        {"at": e.at.astimezone(SHANGHAI), "who": e.actor, "did": verbs.said(e.verb), "title": titles.get(ref, ref), "url": registry.url(ref)}
        for ref, e in kept.items()
    ]  # fmt: skip


def _may_see(user: User, unit: Organization, record: str) -> bool:
    verb = f"{record.partition('.')[0]}.see"
    return verb in permissions.TABLE and permissions.may(user, verb, unit)


def recent(unit: Organization) -> list[dict[str, Any]]:
    """The last happenings of the unit, whichever room recorded them."""
    facts = figures.standing().filter(organization=unit, kind="activities.held").order_by("-on", "-id")
    found = list(facts.values_list("on", "record")[:5])
    titles = registry.titles({record for _on, record in found})
    return [{"on": on, "title": titles.get(record, record), "url": registry.url(record)} for on, record in found]


# --- a member ----------------------------------------------------------------------------------------------------------------


def is_member(user: Any, unit: Organization) -> bool:
    return (
        bool(user.person_id) and Seat.objects.filter(person=user.person_id, organization=unit, ended_on=None).exists()
    )


def mine(person: int | None, unit: Organization, start: date, end: date) -> list[dict[str, Any]]:
    """A person's own figures of the year, each with the address of its rows. One person's count is said in 次."""
    known = figures.indicators(unit)
    queries = [figures.Query(known[code], unit.pk, start, end, person=person) for code in MINE if code in known]
    return [
        {"label": MINE[one.indicator.code], "value": one.value, "unit": _("次"), "url": figure_parts.drawer_url(one.query, unit.code)}
        for one in figures.figures(queries, known)
    ]  # fmt: skip


def came(person: int | None, unit: Organization, start: date, end: date, most: int = 50) -> list[dict[str, Any]]:
    """What I was invited to, and how I came."""
    words = {"activities.attended": _("实到"), "activities.excused": _("请假"), "activities.absent": _("缺席")}
    facts: list[PostedFact] = list(
        figures.standing()
        .filter(person=person, kind__in=words, on__range=(start, end), organization=unit)
        .order_by("-on", "-id")[:most]
    )
    titles = registry.titles({f.record for f in facts})
    return [
        {"on": f.on, "title": titles.get(f.record, f.record), "url": registry.url(f.record), "how": words[f.kind]}
        for f in facts
    ]


def pass_on(user: User, unit: Organization, text: str, *, now: datetime) -> None:
    """Feedback reaches the system administrators of the unit, or of the units above it."""
    line = [int(part) for part in unit.path.strip("/").split("/")]
    found = Grant.objects.filter(role=Role.SYS_ADMIN, organization__in=line, ended_at=None).select_related("user")
    telling.tell(
        {g.user for g in found},
        _("意见建议（%(who)s）：%(text)s") % {"who": user, "text": text},
        organization=unit,
        now=now,
    )
    trail.write("web.feedback", by=user, now=now, organization=unit, detail={"text": text[:500]})


def acted(person: int | None) -> list[Any]:
    """代办: what staff did for a person, in words. One query."""
    found: list[Any] = paperwork.acted_for(person) if person else []
    for one in found:
        one.words, one.url = verbs.said(one.verb), registry.url(one.record)
    return found
