"""Reads about notices."""

from datetime import datetime, timedelta
from typing import NamedTuple

from django.db import connection
from django.db.models import Q, QuerySet

from xieshang.base.accounts import permissions
from xieshang.base.accounts.models import User
from xieshang.base.once import once
from xieshang.base.orgs.models import Organization
from xieshang.base.settings import parameters

from .models import Notice
from .rules import CALL_AFTER


class Told(NamedTuple):
    """The notices of an account: the id of the newest, and how many are not read."""

    newest: int | None
    unread: int


def told(user: User) -> Told:
    """Read once for a page, with one plain question: every page asks it."""
    return once(("told", user.pk), lambda: _told(user.pk))


def _told(user: int) -> Told:
    unread = "COUNT(CASE WHEN read_at IS NULL THEN 1 END)"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT MAX(id), {unread} FROM {Notice._meta.db_table} WHERE user_id = %s", [user])
        return Told(*cursor.fetchone())


def undelivered(user: User, unit: Organization, now: datetime) -> QuerySet[Notice]:
    """未送达: to people without an account, and what an account has not looked at for some days; the oldest first. Two queries."""
    if not permissions.may(user, "notices.deliver", unit):
        return Notice.objects.none()
    days = parameters.value(unit, CALL_AFTER, now.date())
    late = Q(user=None) | Q(sent_at__lt=now - timedelta(days=days))
    found = Notice.objects.filter(late, organization=unit, person__isnull=False, read_at=None, delivered_at=None)
    return found.select_related("person").order_by("sent_at", "id")


def delivered(user: User, unit: Organization, *, most: int = 30) -> list[Notice]:
    """What was delivered by telephone, newest first."""
    if not permissions.may(user, "notices.deliver", unit):
        return []
    found = Notice.objects.filter(organization=unit, delivered_at__isnull=False)
    return list(found.select_related("person", "delivered_by").order_by("-delivered_at")[:most])


def one(user: User, pk: int) -> QuerySet[Notice]:
    """A notice that this account may deliver."""
    units = permissions.units(user, "notices.deliver")
    return Notice.objects.filter(pk=pk, organization__in=units, person__isnull=False)
