"""What a list is narrowed to besides: a year, one's own hand; and its order by a column."""

from datetime import date
from typing import Any

from django.db.models import Exists, Min, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext as _

from xieshang.base import clock
from xieshang.base.accounts.models import User
from xieshang.base.orgs.models import Organization, Session

from .. import rules
from ..models import Assignment, Proposal, Review

COLUMNS = {"number": ("session__opens_on", "number", "intake"), "title": ("title",), "who": ("first__order", "body__order"), "state": ("state",)}  # fmt: skip


def years(unit: Organization) -> list[tuple[str, Any]]:
    """Session years (`s` and the plenary) and calendar years (`y` and the year), newest first. One query."""
    sessions = list(Session.objects.filter(term__organization=unit).select_related("term").order_by("-opens_on"))
    plenaries = [
        (f"s{one.pk}", _("%(term)s届%(number)s次会议") % {"term": one.term.number, "number": one.number}) for one in sessions
    ]  # fmt: skip
    this = clock.today().year
    first = min([one.opens_on.year for one in sessions] + [this])
    return plenaries + [(f"y{year}", _("%(year)s年") % {"year": year}) for year in range(this, first - 1, -1)]


def narrowed(found: QuerySet[Proposal], user: User, *, year: str, by_me: bool) -> QuerySet[Proposal]:
    """Those of a plenary or a calendar year; those that went through the reader's hands."""
    if year[:1] == "s" and year[1:].isdecimal():
        found = found.filter(session=int(year[1:]))
    elif year[:1] == "y" and year[1:].isdecimal() and 1900 < int(year[1:]) < 2200:
        number = int(year[1:])
        found = found.filter(submitted_on__range=(date(number, 1, 1), date(number, 12, 31)))
    if by_me:
        reviewed = Review.objects.filter(proposal=OuterRef("pk"), by=user)
        given = Assignment.objects.filter(proposal=OuterRef("pk")).filter(Q(created_by=user) | Q(saved_by=user))
        own = Q(created_by=user) | Q(saved_by=user) | Q(first_reviewer=user)
        found = found.filter(own | Q(Exists(reviewed)) | Q(Exists(given)))
    return found


def ordered(found: QuerySet[Proposal], sort: str) -> QuerySet[Proposal]:
    """By a column of the list, `-` before it for the other way round; else newest first."""
    name, sign = sort.removeprefix("-"), "-" if sort.startswith("-") else ""
    if name == "due":
        given = Assignment.objects.filter(proposal=OuterRef("pk"), state__in=rules.OPEN).order_by()
        nearest = given.values("proposal").annotate(day=Min("due_on")).values("day")
        return found.annotate(nearest=Subquery(nearest)).order_by(f"{sign}nearest", "-id")
    columns = COLUMNS.get(name)
    return found.order_by(*(f"{sign}{column}" for column in columns), "-id") if columns else found
