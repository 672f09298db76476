"""Every read of activities, narrowed first to what the user may see."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Count, Q, QuerySet
from django.shortcuts import get_object_or_404

from xieshang.base.accounts import permissions
from xieshang.base.accounts.models import User
from xieshang.base.orgs.models import Organization

from .models import Activity, Attendance, Draft


def visible(user: User) -> QuerySet[Activity]:
    """Activities of the units in which `user` may see them."""
    return Activity.objects.filter(organization__in=permissions.units(user, "activities.see"))


def one(user: User, pk: int) -> Activity:
    """One activity, or 404 when it is not theirs to see."""
    return get_object_or_404(visible(user).select_related("organization", "organizer", "created_by", "saved_by"), pk=pk)


def listed(user: User, unit: Organization, *, start: date, end: date, kind: str = "", body: int | None = None, words: str = "", void: bool = False) -> QuerySet[Activity]:
    """Activities of a unit in a period, newest first, with the number who came. One query."""
    found = visible(user).filter(organization=unit, on__range=(start, end), state="void" if void else "held")
    if kind:
        found = found.filter(kind=kind)
    if body:
        found = found.filter(organizer=body)
    if words:
        found = found.filter(Q(title__icontains=words) | Q(place__icontains=words))
    return found.select_related("organizer").annotate(came=Count("attendances", filter=Q(attendances__presence="attended")))


def came(activity: Activity) -> QuerySet[Attendance]:
    """Who was invited, with name and sector. One query."""
    return Attendance.objects.filter(activity=activity).select_related("person", "sector").order_by("person__order", "id")


def last(user: User, unit: Organization) -> Activity | None:
    """The unit's newest activity: what “copy last time's” starts from."""
    return visible(user).filter(organization=unit, state="held").order_by("-saved_at", "-id").first()


def drafts(user: User, unit: Organization) -> Iterable[Draft]:
    return Draft.objects.filter(user=user, organization=unit)
