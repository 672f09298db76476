"""登录码: given by staff on a printed slip, short-lived, used once, kept as a hash; dead after too many wrong tries."""

import re
import secrets
from datetime import datetime, timedelta

from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction
from django.utils.translation import gettext as _

from xieshang.base.audit import trail
from xieshang.base.errors import NotAllowed, Refused
from xieshang.base.notices.actions import tell
from xieshang.base.orgs.models import Organization
from xieshang.base.settings import parameters

from .. import permissions, rules
from ..models import LoginCode, User

FIGURES = re.compile(rf"\d{{{rules.CODE_FIGURES}}}")


@transaction.atomic
def issue_code(user: User, *, organization: Organization, by: User, now: datetime) -> tuple[LoginCode, str]:
    """发登录码. The code itself is given back this once, to be printed; an earlier one that was not used ends.

    raises  NotAllowed · Refused where the account is closed, or may do what the giver may not hand out
    """
    permissions.require(by, "accounts.issue_code", organization)
    if not user.is_active:
        raise Refused("closed", why=_("%(name)s 的账号已停用") % {"name": user}, do=_("请联系系统管理员"))
    if not may_issue(user, organization, by):
        raise NotAllowed(
            "not_for_code",
            why=_("%(name)s 的账号能办的事不止是本单位委员或经办人的，办公室不能给他发登录码") % {"name": user},
            do=_("请由系统管理员发登录码或重设密码"),
        )
    LoginCode.objects.filter(user=user, used_at=None, ended_at=None).update(ended_at=now)
    hours = parameters.value(organization, rules.CODE_HOURS, now.date())
    code = f"{secrets.randbelow(10**rules.CODE_FIGURES):0{rules.CODE_FIGURES}}"
    made = LoginCode.objects.create(
        user=user, organization=organization, digest=make_password(code), issued_at=now, issued_by=by,
        valid_until=now + timedelta(hours=hours), tries_left=parameters.value(organization, rules.CODE_TRIES, now.date()),
    )  # fmt: skip
    trail.write(
        "accounts.issue_code", by=by, now=now, organization=organization, record=f"accounts.user:{user.pk}",
        detail={"until": made.valid_until},
    )  # fmt: skip
    return made, code


def may_issue(user: User, organization: Organization, by: User) -> bool:
    """A code opens all that the account may do: staff give one only to who serves here, and neither works in the office nor administers.

    The system administrator, who may set any password of the unit, may give one to whom he looks after.
    """
    if not user.is_active or not permissions.may(by, "accounts.issue_code", organization):
        return False
    if permissions.may(by, "accounts.manage", organization):
        return True
    held = [(grant.role, grant.organization_id) for grant in permissions.grants(user)]
    return bool(held) and all(role in rules.CODE_ROLES and unit == organization.pk for role, unit in held)


def use_code(who: str, code: str, *, now: datetime) -> User | None:
    """The account whose code this is, which is used up by it; None where it is wrong, old, used or dead.

    who   name, log-in name or telephone; of several of one name each is tried
    """
    figures = re.sub(r"[\s\-]", "", code)
    if not FIGURES.fullmatch(figures):
        return None
    with transaction.atomic():
        alive = LoginCode.objects.select_for_update(of=("self",)).filter(
            used_at=None, ended_at=None, valid_until__gt=now, tries_left__gt=0, user__is_active=True
        )
        meant = [one for one in alive.select_related("user__person", "organization") if _is_called(one.user, who)]
        if not meant:
            make_password(figures)  # as long as a look would take: the answer tells nobody which names there are
            return None
        for one in meant:
            if check_password(figures, one.digest):
                one.used_at = now
                one.save(update_fields=["used_at"])
                return one.user
        for one in meant:
            _missed(one, now)
        return None


def _is_called(user: User, who: str) -> bool:
    typed = who.strip()
    phone = re.sub(r"[\s\-]", "", typed)
    return typed in (user.name, user.username) or bool(user.person and user.person.phone and user.person.phone == phone)


def _missed(one: LoginCode, now: datetime) -> None:
    """One try fewer; the last one kills the code, and who gave it is told."""
    one.tries_left -= 1
    one.save(update_fields=["tries_left"])
    if one.tries_left:
        return
    unit, name = one.organization, one.user.name
    trail.write("accounts.code_dead", by=None, now=now, organization=unit, record=f"accounts.user:{one.user_id}")
    if one.issued_by:
        text = _("%(name)s 的登录码输错次数太多，已作废；本人还要登录的，请另发一个") % {"name": name}
        tell([one.issued_by], text, organization=unit, now=now)
