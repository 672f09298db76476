"""Which accounts an administrator of a unit looks after."""

from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from xieshang.base import clock
from xieshang.base.accounts import actions, permissions
from xieshang.base.accounts.models import Grant, LoginCode, User
from xieshang.base.audit.models import Entry
from xieshang.base.errors import Refused
from xieshang.base.orgs.models import Organization
from xieshang.base.orgs.queries import subtree
from xieshang.base.people.models import Person


def of(unit: Organization) -> QuerySet[User]:
    """Accounts that hold or held a role in the unit or below it, and those that were made there and hold none anywhere."""
    here = subtree(unit)
    granted = Grant.objects.filter(organization__in=here).values("user")
    bare = User.objects.filter(pk__in=_made(unit), grants=None).values("pk")
    return User.objects.filter(Q(pk__in=granted) | Q(pk__in=bare))


def without_role(unit: Organization) -> QuerySet[User]:
    """Accounts made in the unit or below it that may log in and hold no role now."""
    holding = Grant.objects.filter(ended_at=None).values("user")
    return User.objects.filter(pk__in=_made(unit), is_active=True).exclude(pk__in=holding).order_by("pk")


def _made(unit: Organization) -> list[int]:
    made = Entry.objects.filter(organization__in=subtree(unit), verb="accounts.make")
    return [int(record.rpartition(":")[2]) for record in made.values_list("record", flat=True)]


def look_after(account: User, unit: Organization) -> None:
    """Refused where the account also holds a role outside the unit: a new password would open more than this unit's doors."""
    outside: Any = Grant.objects.filter(user=account, ended_at=None).exclude(organization__in=subtree(unit))
    for grant in outside.select_related("organization")[:1]:
        raise Refused(
            "works_elsewhere",
            why=_("%(name)s 还在%(unit)s任职，本单位不能改他的密码、停用他的账号")
            % {"name": account, "unit": grant.organization.short_name},
            do=_("请由%(unit)s或上级单位的系统管理员办理") % {"unit": grant.organization.short_name},
        )


def enterable(person: Person, unit: Organization, by: User) -> list[Any]:
    """The accounts of a person to which `by` may give a log-in code here, each with the code that is still open. Two queries, and grants."""
    if not permissions.may(by, "accounts.issue_code", unit):
        return []
    found: list[Any] = [one for one in person.users.filter(is_active=True) if actions.may_issue(one, unit, by)]
    codes = {one.user_id: one for one in LoginCode.objects.filter(user__in=found, used_at=None, ended_at=None)}
    for one in found:
        code = codes.get(one.pk)
        one.code = code if code and code.valid_until > clock.now() else None
    return found
