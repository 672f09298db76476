"""Writes about accounts: making, closing, new passwords, granting and taking back roles."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from xieshang.base.audit import trail
from xieshang.base.errors import NotAllowed, Refused
from xieshang.base.orgs.models import Body, Organization
from xieshang.base.people.models import Person

from .. import again, permissions
from ..models import Device, Grant, LoginCode, User
from ..roles import ADMINISTRATORS, Role


@transaction.atomic
def make(
    username: str,
    *,
    name: str,
    password: str,
    organization: Organization,
    person: Person | None = None,
    by: User | None,
    now: datetime,
) -> User:
    """A new account, without any role yet."""
    if by is not None:
        permissions.require(by, "accounts.manage", organization)
    if User.objects.filter(username=username).exists():
        raise Refused(
            "taken",
            why=_("登录名“%(name)s”已经有人用了") % {"name": username},
            do=_("请换一个登录名"),
            field="username",
        )
    user = User(username=username, name=name, person=person)
    user.set_password(password)
    user.save()
    trail.write(
        "accounts.make",
        by=by,
        now=now,
        organization=organization,
        record=f"accounts.user:{user.pk}",
        detail={"username": username, "name": name},
    )
    return user


@transaction.atomic
def set_password(user: User, password: str, *, organization: Organization, by: User | None, now: datetime) -> None:
    """A new password, given by the system administrator or by oneself."""
    if by is not None and by != user:
        permissions.require(by, "accounts.manage", organization)
        _require_theirs(user, organization)
        again.require(organization, now)
    user.set_password(password)
    user.save(update_fields=["password"])
    shut(user, now=now)
    trail.write("accounts.password", by=by, now=now, organization=organization, record=f"accounts.user:{user.pk}")


@transaction.atomic
def close(user: User, *, organization: Organization, reason: str, by: User, now: datetime) -> None:
    """停用: the account can no longer log in; all it did stays."""
    permissions.require(by, "accounts.manage", organization)
    _require_theirs(user, organization)
    if user == by:
        raise Refused("yourself", why=_("不能停用自己的账号"), do=_("请另一位系统管理员办理"))
    again.require(organization, now)
    user.is_active = False
    user.save(update_fields=["is_active"])
    shut(user, now=now)
    trail.write(
        "accounts.close", by=by, now=now, organization=organization, record=f"accounts.user:{user.pk}", reason=reason
    )


@transaction.atomic
def grant(
    user: User, role: Role, organization: Organization, *, body: Body | None = None, by: User | None, now: datetime
) -> Grant:
    """授权. One person never holds two of the three administrators' roles, nor one of them beside daily work; nobody grants to himself."""
    if by is not None:
        permissions.require(by, "accounts.grant", organization)
        if by == user:
            raise Refused("yourself", why=_("不能给自己授权"), do=_("请另一位安全管理员办理"))
        again.require(organization, now)
    if body is not None and body.organization_id != organization.pk:
        raise Refused(
            "foreign_body",
            why=_("“%(name)s”不是%(unit)s的机构") % {"name": body.name, "unit": organization.short_name},
            do=_("请选择本单位的机构"),
            field="body",
        )
    User.objects.select_for_update().get(pk=user.pk)  # so that of two grants at once the second sees the first
    held = set(Grant.objects.filter(user=user, ended_at=None).values_list("role", flat=True))
    if (role in ADMINISTRATORS and held - {role}) or (role not in ADMINISTRATORS and held & set(ADMINISTRATORS)):
        raise Refused(
            "separate_duties",
            why=_("系统、安全、审计管理员三员分立，一人不能兼任，也不能兼办业务（GB/T 22239-2019）"),
            do=_("请授给另一个账号"),
        )
    found = Grant.objects.filter(user=user, role=role, organization=organization, body=body, ended_at=None).first()
    if found:
        return found
    made = Grant.objects.create(
        user=user, role=role, organization=organization, body=body, granted_at=now, granted_by=by
    )
    trail.write(
        "accounts.grant",
        by=by,
        now=now,
        organization=organization,
        record=f"accounts.user:{user.pk}",
        detail={"role": role, "body": body.pk if body else None},
    )
    return made


@transaction.atomic
def revoke(given: Grant, *, reason: str, by: User, now: datetime) -> None:
    """收回授权."""
    permissions.require(by, "accounts.grant", given.organization)
    again.require(given.organization, now)
    given = Grant.objects.select_for_update(of=("self",)).select_related("organization").get(pk=given.pk)
    if given.ended_at is not None:
        return
    given.ended_at = now
    given.save(update_fields=["ended_at"])
    trail.write(
        "accounts.revoke",
        by=by,
        now=now,
        organization=given.organization,
        record=f"accounts.user:{given.user_id}",
        reason=reason,
        detail={"role": given.role},
    )


def shut(user: User, *, now: datetime) -> None:
    """Every other way in is closed: log-in codes that were not used, telephones that were remembered."""
    LoginCode.objects.filter(user=user, used_at=None, ended_at=None).update(ended_at=now)
    Device.objects.filter(user=user, removed_at=None).update(removed_at=now)


def _require_theirs(user: User, organization: Organization) -> None:
    """An administrator looks after the accounts of his unit and of those below it, not after those that serve only elsewhere."""
    paths = Grant.objects.filter(user=user, ended_at=None).values_list("organization__path", flat=True)
    if paths and not any(path.startswith(organization.path) for path in paths):
        raise NotAllowed(
            "foreign",
            why=_("%(name)s不是%(unit)s的账号") % {"name": user, "unit": organization.short_name},
            do=_("请由其所在单位的系统管理员办理"),
        )
