"""Every read of 签批 and 代办, narrowed first to what the user may see."""

from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404

from xieshang.base.accounts import permissions
from xieshang.base.accounts.models import Grant, User
from xieshang.base.orgs.models import Organization

from .models import Acting, Approval, Typed
from .steps import STEPS


def visible(user: User) -> QuerySet[Approval]:
    found = Approval.objects.filter(organization__in=permissions.units(user, "paperwork.see"))
    return found.select_related("organization", "created_by", "entered_by", "scan")


def one(user: User, pk: int) -> Approval:
    """One approval, or 404 when it is not theirs to see."""
    return get_object_or_404(visible(user), pk=pk)


def waiting(user: User, unit: Organization) -> QuerySet[Approval]:
    """What waits for this person's own word in a unit, the oldest first. One query."""
    steps = [one.verb for one in STEPS.values() if permissions.may(user, one.consent, unit)]
    return Approval.objects.filter(organization=unit, state="asked", step__in=steps).order_by("id")


def mine(user: User, unit: Organization) -> QuerySet[Approval]:
    """What this person asked for and what still waits, or came back and was not read. One query."""
    return Approval.objects.filter(organization=unit, created_by=user, state__in=("asked", "refused")).order_by("id")


def listed(user: User, unit: Organization, start: date, end: date) -> QuerySet[Approval]:
    """Approvals of a unit: what waits, and what was asked for in a period; newest first. One query."""
    asked = Q(state="asked") | Q(created_at__date__range=(start, end))
    return visible(user).filter(asked, organization=unit).order_by("-id")


def of(record: str) -> list[Approval]:
    """The approvals of a record that stand or wait, newest first. One query."""
    found = Approval.objects.filter(record=record, state__in=("asked", "approved", "refused"))
    return list(found.select_related("organization", "created_by", "entered_by", "scan"))


def values(approval: Approval) -> dict[str, list[str]]:
    """What was typed and waits; {} when it is a record already, or always was."""
    found = Typed.objects.filter(approval=approval).first()
    return found.values if found else {}


def signers(unit: Organization, step: str) -> list[tuple[User, Any]]:
    """Who may say yes in a unit, with the role: what a person picks from when the slip comes back. One query."""
    roles = permissions.TABLE[STEPS[step].consent]
    held = Grant.objects.filter(organization=unit, role__in=roles, ended_at=None, user__is_active=True)
    return [(one.user, one.get_role_display()) for one in held.select_related("user").order_by("-role", "id")]


def acted_for(person: int, *, most: int = 50) -> list[Acting]:
    """What was done for a person, newest first. One query."""
    found = Acting.objects.filter(person=person).select_related("by", "scan", "organization")
    return list(found[:most])


def acted_ids(person: int | None, kind: str) -> list[int]:
    """Ids of the records of a kind that staff made for a person. One query; none for an account without a person."""
    if person is None:
        return []
    refs = Acting.objects.filter(person=person, record__startswith=f"{kind}:").values_list("record", flat=True)
    return [int(ref.partition(":")[2]) for ref in refs]
