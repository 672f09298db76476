"""换人: what somebody has in hand in a unit goes to another account in one step, and his roles there end on a day."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from xieshang.base import registry, words
from xieshang.base.audit import trail
from xieshang.base.errors import Refused
from xieshang.base.notices.actions import tell
from xieshang.base.orgs.models import Organization

from .. import again, permissions
from ..models import Grant, User
from ..roles import ADMINISTRATORS, STAFF, Role


def staff(unit: Organization) -> list[User]:
    """Who works in the office of a unit today. Two queries."""
    users = Grant.objects.filter(organization=unit, role__in=STAFF, ended_at=None, body=None).values("user")
    return [
        user for user in User.objects.filter(pk__in=users, is_active=True).order_by("name", "pk") if _works(user, unit)
    ]


def _works(user: User, unit: Organization) -> bool:
    return any(g.organization_id == unit.pk and g.role in STAFF and g.body_id is None for g in permissions.grants(user))


@transaction.atomic
def hand_over(
    user: User, to: User, *, organization: Organization, last_day: date | None, by: User, now: datetime
) -> dict[str, int]:  # fmt: skip
    """交接: all that `user` has in hand in the unit goes to `to`; what it was, and how much of each.

    last_day   his roles in the office hold through this day; None: he only passes the work on (a leave, another desk)
    raises     NotAllowed · Refused (nobody to take it, an administrator, a day that is past)
    """
    permissions.require(by, "accounts.hand_over", organization)
    _check(user, to, organization, last_day, now)
    again.require(organization, now)
    passed = {}
    for held in registry.held(user, organization):
        held.hand(to, by, now)
        passed[str(held.title)] = len(held.things)
    if last_day:
        Grant.objects.filter(user=user, organization=organization, role__in=STAFF, ended_at=None).update(
            ends_on=last_day
        )
    trail.write(
        "accounts.hand_over", by=by, now=now, organization=organization, record=f"accounts.user:{user.pk}",
        detail={"to": to.pk, "until": last_day, "passed": passed},
    )  # fmt: skip
    _say(user, to, organization, last_day, passed, now)
    return passed


def _check(user: User, to: User, organization: Organization, last_day: date | None, now: datetime) -> None:
    if user == to:
        raise Refused("same", why=_("交接的和接手的是同一个人"), do=_("请另选接手人"), field="to")
    if any(grant.role in ADMINISTRATORS for grant in permissions.grants(user)):
        raise Refused("administrator", why=_("管理员的岗位不在这里交接"), do=_("请安全管理员收回和授予"), field="user")
    for one, field in ((user, "user"), (to, "to")):
        if not one.is_active or not _works(one, organization):
            raise Refused(
                "not_staff", why=_("%(name)s 现在不在%(unit)s办公室工作") % {"name": one, "unit": organization.short_name},
                do=_("请另选，或请安全管理员先授权"), field=field,
            )  # fmt: skip
    if last_day and last_day < now.date():
        raise Refused("past", why=_("最后一天已经过去了"), do=_("请选今天或以后的日子"), field="last_day")


def _say(
    user: User, to: User, unit: Organization, last_day: date | None, passed: dict[str, int], now: datetime
) -> None:
    """The successor learns what came to him, the leaver that it went, the security administrators which roles end."""
    what = words.listed(f"{title} {number}" for title, number in passed.items()) or _("没有待办的事")
    tell([to], _("%(who)s的工作交接给您了：%(what)s") % {"who": user, "what": what}, organization=unit, now=now)
    tell([user], _("您的工作已交接给%(who)s：%(what)s") % {"who": to, "what": what}, organization=unit, now=now)
    if last_day:
        line = [int(part) for part in unit.path.strip("/").split("/")]
        held = Grant.objects.filter(role=Role.SEC_ADMIN, organization__in=line, ended_at=None).select_related("user")
        said = {"who": user, "unit": unit.short_name, "day": last_day}
        tell(
            {g.user for g in held},
            _("%(who)s在%(unit)s的授权到 %(day)s 为止（交接）") % said,
            organization=unit,
            now=now,
        )


def end_due(now: datetime) -> int:
    """A job: grants whose last day is past are taken back, each with its audit entry; how many."""
    due = list(Grant.objects.filter(ended_at=None, ends_on__lt=now.date()).select_related("organization", "user")[:100])
    for grant in due:
        with transaction.atomic():
            if not Grant.objects.filter(pk=grant.pk, ended_at=None).update(ended_at=now):
                continue
            trail.write(
                "accounts.revoke", by=None, now=now, organization=grant.organization, record=f"accounts.user:{grant.user_id}",
                reason=_("交接时定的最后一天是 %(day)s") % {"day": grant.ends_on}, detail={"role": grant.role},
            )  # fmt: skip
    return len(due)
