"""记住的手机: a long-lived token in the telephone, its hash here. It opens the pages; what matters still asks again."""

import hashlib
import secrets
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from xieshang.base.audit import trail
from xieshang.base.errors import Refused
from xieshang.base.orgs.models import Organization
from xieshang.base.settings import parameters

from .. import permissions, rules
from ..models import Device, User
from ..roles import ADMINISTRATORS


@transaction.atomic
def remember(user: User, *, name: str, organization: Organization, now: datetime) -> tuple[Device, str]:
    """记住这台手机: the device, and the token that is kept there and nowhere else. Not for the three administrators."""
    if any(grant.role in ADMINISTRATORS for grant in permissions.grants(user)):
        raise Refused("administrator", why=_("管理员的账号不记住手机"), do=_("请每次登录"), field="remember")
    token = secrets.token_urlsafe(32)
    days = parameters.value(organization, rules.DEVICE_DAYS, now.date())
    made = Device.objects.create(
        user=user,
        name=name[:60],
        digest=digest_of(token),
        added_at=now,
        used_at=now,
        ends_at=now + timedelta(days=days),
    )
    trail.write(
        "accounts.remember", by=user, now=now, organization=organization, record=f"accounts.user:{user.pk}",
        detail={"device": made.name},
    )  # fmt: skip
    return made, token


def recognised(token: str, *, now: datetime) -> User | None:
    """The account that a remembered telephone opens; the visit is noted, once a day."""
    found = (
        Device.objects.filter(digest=digest_of(token), removed_at=None, ends_at__gt=now, user__is_active=True)
        .select_related("user")
        .first()
    )
    if found is None:
        return None
    if found.used_at < now - timedelta(days=1):
        Device.objects.filter(pk=found.pk).update(used_at=now)
    return found.user


@transaction.atomic
def forget(device: Device, *, organization: Organization | None, by: User, now: datetime) -> None:
    """移除: the telephone no longer opens anything. One's own only; a unit's administrator closes the account or sets a password."""
    if device.removed_at is not None or device.user_id != by.pk:
        return
    device.removed_at = now
    device.save(update_fields=["removed_at"])
    trail.write(
        "accounts.forget", by=by, now=now, organization=organization, record=f"accounts.user:{by.pk}",
        detail={"device": device.name},
    )  # fmt: skip


def digest_of(token: str) -> str:
    """The token is 256 random bits: a plain hash of it cannot be guessed back."""
    return hashlib.sha256(token.encode()).hexdigest()
