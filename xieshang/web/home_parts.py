"""The parts of the home page, each one read."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from xieshang.base import registry
from xieshang.base.accounts.models import Grant, User
from xieshang.base.accounts.roles import Role
from xieshang.base.audit import trail
from xieshang.base.ledger import figures
from xieshang.base.ledger.models import PostedFact
from xieshang.base.notices import actions as telling
from xieshang.base.orgs.models import Organization
from xieshang.base.people.models import Seat
from xieshang.base.todo import Todo
from xieshang.measure.plans import measuring
from xieshang.measure.plans import queries as plans

MINE = ("activities.attended", "activities.invited", "activities.excused", "activities.absent")


def greeting(now: datetime) -> str:
    if now.hour < 12:
        return _("上午好")
    return _("下午好") if now.hour < 18 else _("晚上好")


def rows(todos: Sequence[Todo], today: date) -> list[dict[str, Any]]:
    """Todos as rows of the page: today and overdue stand out."""
    found = []
    for one in todos:
        urgency = ""
        if one.due:
            urgency = (
                "overdue"
                if one.due < today
                else "today"
                if one.due == today
                else "soon"
                if one.due <= today + timedelta(days=3)
                else ""
            )
        due = _("今天") if urgency == "today" else one.due
        found.append(
            {
                "due": due,
                "urgency": urgency,
                "title": one.title,
                "note": one.detail,
                "url": one.url,
                "verb": one.verb,
                "main": one.main,
            }
        )
    return found


ORDER = ("done", "on_track", "not_due", "behind", "missed", "by_hand", "unmeasured")


def year_of_plans(unit: Organization, year: int, today: date) -> dict[str, Any]:
    """The strip over all plans of the year and the three worst laggards with their owners."""
    rows = measuring.measure(plans.targets_of(plans.of_year(unit, year)), today)
    items = [{"state": state, "count": sum(row.state == state for row in rows)} for state in ORDER]
    late = sorted((row for row in rows if row.state in ("behind", "missed")), key=_share)
    return {
        "strip": [item for item in items if item["count"]],
        "laggards": late[:3],
        "targets": sum(item["count"] for item in items),
    }


def _share(row: measuring.Measured) -> float:
    """How much of what the calendar asks for is there; the least comes first."""
    return float(row.verdict.actual or 0) / float(row.verdict.expected or row.verdict.goal or 1)


def recent(unit: Organization) -> list[dict[str, Any]]:
    """The last happenings of the unit, whichever room recorded them."""
    facts = figures.standing().filter(organization=unit, kind="activities.held").order_by("-on", "-id")[:5]
    found = list(facts)
    titles = registry.titles({f.record for f in found})
    return [{"on": f.on, "title": titles.get(f.record, f.record), "url": registry.url(f.record)} for f in found]


def is_member(user: Any, unit: Organization) -> bool:
    return (
        bool(user.person_id) and Seat.objects.filter(person=user.person_id, organization=unit, ended_on=None).exists()
    )


def mine(user: Any, unit: Organization, start: date, end: date) -> list[figures.Figure]:
    """My own figures of the year."""
    known = figures.indicators(unit)
    queries = [figures.Query(known[code], unit.pk, start, end, person=user.person_id) for code in MINE if code in known]
    return figures.figures(queries, known)


def came(user: Any, unit: Organization, start: date, end: date) -> list[dict[str, Any]]:
    """What I was invited to, and how I came."""
    words = {"activities.attended": _("实到"), "activities.excused": _("请假"), "activities.absent": _("缺席")}
    facts: list[PostedFact] = list(
        figures.standing()
        .filter(person=user.person_id, kind__in=words, on__range=(start, end), organization=unit)
        .order_by("-on", "-id")[:50]
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
