"""Telling people, and marking as read."""

from collections.abc import Iterable
from datetime import datetime

from xieshang.base.accounts.models import User
from xieshang.base.orgs.models import Organization

from .models import Notice


def tell(users: Iterable[User], text: str, *, organization: Organization, record: str = "", now: datetime) -> None:
    """One notice to each account, in the caller's transaction."""
    Notice.objects.bulk_create(
        Notice(organization=organization, user=user, text=text[:200], record=record, sent_at=now) for user in users
    )


def mark_read(user: User, *, now: datetime) -> int:
    """All of an account's notices are read; how many were not."""
    return Notice.objects.filter(user=user, read_at=None).update(read_at=now)
