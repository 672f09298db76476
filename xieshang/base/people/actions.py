"""Writes about people: adding, seating as a member, ending a seat, joining a body."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from xieshang.base.accounts import again, permissions
from xieshang.base.accounts.models import User
from xieshang.base.audit import trail
from xieshang.base.errors import NotAllowed, Refused
from xieshang.base.notices import actions as notices
from xieshang.base.orgs.models import Body, Organization, Term
from xieshang.base.workflow.engine import move

from .models import Membership, Person, Seat
from .rules import MEMBERSHIP_MOVES, MOVES


@transaction.atomic
def add(organization: Organization, *, by: User | None, now: datetime, **fields: Any) -> Person:
    """A new person of a unit. The telephone is encrypted and stands in no audit entry."""
    if by is not None:
        permissions.require(by, "people.edit", organization)
    person = Person.objects.create(organization=organization, **fields)
    trail.write(
        "people.add",
        by=by,
        now=now,
        organization=organization,
        record=f"people.person:{person.pk}",
        detail={"name": person.name},
    )
    return person


@transaction.atomic
def amend(person: Person, *, by: User, now: datetime, **fields: Any) -> Person:
    """更正 of what a person may put right of himself: workplace, post; by himself, or, with the telephone, by staff who acts for him (代办)."""
    if by.person_id != person.pk:
        permissions.require(by, "paperwork.act_for", person.organization)
    elif "phone" in fields:
        again.require(person.organization, now)
    fresh = Person.objects.select_for_update(of=("self",)).select_related("organization").get(pk=person.pk)
    changed = {name: [getattr(fresh, name), value] for name, value in fields.items() if getattr(fresh, name) != value}
    for name, (_old, value) in changed.items():
        setattr(fresh, name, value)
    fresh.save(update_fields=list(changed) or None)
    if "phone" in changed:
        changed["phone"] = []  # that it changed is told, not what it was
    trail.write(
        "people.amend", by=by, now=now, organization=fresh.organization, record=f"people.person:{fresh.pk}", detail={"changed": changed}
    )  # fmt: skip
    return fresh


@transaction.atomic
def change_phone(person: Person, phone: str, *, by: User, now: datetime) -> Person:
    """改手机号, one's own: who asks proves again who he is, and is told. The number stands in no audit entry and no notice.

    raises  NotAllowed · ProveAgain · Refused: it is the number that is there
    """
    if by.person_id != person.pk:
        raise NotAllowed("not_yours", why=_("这里只能改本人的手机号"), do=_("替别人改的，请到他的页面点“更正信息”"))
    fresh = Person.objects.select_for_update(of=("self",)).select_related("organization").get(pk=person.pk)
    again.require(fresh.organization, now)
    if fresh.phone == phone:
        raise Refused("same", why=_("这就是现在登记的号码"), do=_("不用再改"), field="phone")
    fresh.phone = phone
    fresh.save(update_fields=["phone"])
    trail.write(
        "people.change_phone", by=by, now=now, organization=fresh.organization, record=f"people.person:{fresh.pk}", detail={"changed": {"phone": []}}
    )  # fmt: skip
    text = _("您的手机号已改为 %(phone)s。不是您本人改的，请马上告诉办公室。") % {"phone": fresh.phone_masked}
    notices.tell([by], text, organization=fresh.organization, now=now)
    return fresh


def seat(
    person: Person, term: Term, *, sector: Body | None, started_on: date, by: User | None, now: datetime, **fields: Any
) -> Seat:
    """任委员: the person is a member in office from `started_on`."""
    if term.organization_id != person.organization_id:
        raise Refused(
            "foreign",
            why=_("%(name)s不是这个单位的人员") % {"name": person.name},
            do=_("请先在本单位添加这个人"),
            field="person",
        )
    if Seat.objects.filter(person=person, term=term).exists():
        raise Refused(
            "taken", why=_("%(name)s在这一届已经是委员") % {"name": person.name}, do=_("不用再办"), field="person"
        )
    new = Seat(
        organization=person.organization, person=person, term=term, sector=sector, started_on=started_on, **fields
    )
    with move(new, "seat", MOVES, by=by, now=now) as step:
        pass
    return step.record


def end(seat: Seat, *, on: date, reason: str, by: User | None, now: datetime, seen: int | None = None) -> Seat:
    """免去: the member is out of office from `on`."""
    with move(seat, "end", MOVES, by=by, now=now, seen=seen, reason=reason) as step:
        _check_order(step.record.started_on, on)
        step.record.ended_on, step.record.end_reason = on, reason[:60]
    return step.record


def join(person: Person, body: Body, *, started_on: date, post: str = "", by: User | None, now: datetime) -> Membership:
    """任职 in a body from a day."""
    if Membership.objects.filter(person=person, body=body, state="joined").exists():
        raise Refused(
            "taken",
            why=_("%(name)s已经在%(body)s") % {"name": person.name, "body": body.name},
            do=_("不用再办"),
            field="person",
        )
    new = Membership(organization=body.organization, person=person, body=body, post=post, started_on=started_on)
    with move(new, "join", MEMBERSHIP_MOVES, by=by, now=now) as step:
        pass
    return step.record


def leave(
    membership: Membership, *, on: date, reason: str, by: User | None, now: datetime, seen: int | None = None
) -> Membership:
    """离任: no longer of the body from `on`."""
    with move(membership, "leave", MEMBERSHIP_MOVES, by=by, now=now, seen=seen, reason=reason) as step:
        _check_order(step.record.started_on, on)
        step.record.ended_on = on
    return step.record


def _check_order(started_on: date, on: date) -> None:
    if on < started_on:
        raise Refused(
            "bad_order", why=_("离任日期不能早于任职日期 %(day)s") % {"day": started_on}, do=_("请检查日期"), field="on"
        )
