"""Telling people, marking as read, and delivering by telephone what no screen can deliver."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from xieshang.base.accounts import permissions
from xieshang.base.accounts.models import User
from xieshang.base.audit import trail
from xieshang.base.orgs.models import Organization
from xieshang.base.people.models import Person

from .models import Notice


def tell(users: Iterable[User], text: str, *, organization: Organization, record: str = "", now: datetime) -> None:
    """One notice to each account, in the caller's transaction."""
    Notice.objects.bulk_create(
        Notice(organization=organization, user=user, text=text[:200], record=record, sent_at=now) for user in users
    )


def tell_people(
    people: Iterable[Person], text: str, *, organization: Organization, record: str = "", now: datetime
) -> None:
    """One notice to each person, to his account where he has one; in the caller's transaction."""
    people = list(people)
    accounts = dict(User.objects.filter(person__in=people, is_active=True).order_by("-pk").values_list("person", "pk"))
    Notice.objects.bulk_create(
        Notice(
            organization=organization, user_id=accounts.get(one.pk), person=one, text=text[:200], record=record, sent_at=now
        )
        for one in people
    )  # fmt: skip


def mark_read(user: User, *, now: datetime) -> int:
    """All of an account's notices are read; how many were not."""
    return Notice.objects.filter(user=user, read_at=None).update(read_at=now)


@transaction.atomic
def telephoned(notice: Notice, *, by: User, now: datetime) -> Notice:
    """已电话通知: the person was told by word of mouth, which counts as delivered. A second time changes nothing."""
    permissions.require(by, "notices.deliver", notice.organization)
    fresh = Notice.objects.select_for_update(of=("self",)).select_related("organization", "person").get(pk=notice.pk)
    if fresh.delivered_at is None and fresh.read_at is None:
        fresh.delivered_at, fresh.delivered_by = now, by
        fresh.save(update_fields=["delivered_at", "delivered_by"])
        trail.write(
            "notices.telephone", by=by, now=now, organization=fresh.organization, record=fresh.record,
            detail={"notice": fresh.pk, "person": str(fresh.person)},
        )  # fmt: skip
    return fresh


@transaction.atomic
def not_telephoned(notice: Notice, *, by: User, now: datetime) -> Notice:
    """撤销: the tap was a mistake, the person was not told. Only who made it takes it back."""
    permissions.require(by, "notices.deliver", notice.organization)
    fresh = Notice.objects.select_for_update(of=("self",)).select_related("organization", "person").get(pk=notice.pk)
    if fresh.delivered_by_id == by.pk:
        fresh.delivered_at = fresh.delivered_by = None
        fresh.save(update_fields=["delivered_at", "delivered_by"])
        trail.write(
            "notices.not_telephoned", by=by, now=now, organization=fresh.organization, record=fresh.record,
            detail={"notice": fresh.pk, "person": str(fresh.person)},
        )  # fmt: skip
    return fresh
