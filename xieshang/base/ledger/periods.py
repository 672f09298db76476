"""锁定: closing a period of a unit."""

from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from xieshang.base.accounts import again, permissions
from xieshang.base.audit import trail
from xieshang.base.errors import Refused
from xieshang.base.orgs.models import Organization
from xieshang.base.orgs.queries import next_plenary
from xieshang.base.settings import parameters

from .models import PeriodLock
from .rules import GRACE_DAYS


@transaction.atomic
def lock(
    organization: Organization, through: date, *, grace_until: date | None = None, by: Any, now: datetime
) -> PeriodLock:
    """Close everything up to `through`. Until the grace day (by default the eve of the next plenary) late entries still go in."""
    permissions.require(by, "ledger.lock", organization)
    if through >= now.date():
        raise Refused("not_over", why=_("这段时期还没有结束"), do=_("请选今天以前的日期"), field="through")
    if PeriodLock.objects.filter(organization=organization, through=through).exists():
        raise Refused("taken", why=_("%(day)s 已经锁定过了") % {"day": through}, do=_("不用再办"), field="through")
    again.require(organization, now)
    plenary = next_plenary(organization, through)
    days = parameters.value(organization, GRACE_DAYS, now.date())
    grace = grace_until or (plenary.opens_on - timedelta(days=1) if plenary else through + timedelta(days=days))
    made = PeriodLock.objects.create(
        organization=organization, through=through, grace_until=max(grace, through), locked_at=now, locked_by=by
    )
    trail.write(
        "ledger.lock",
        by=by,
        now=now,
        organization=organization,
        detail={"through": through, "grace_until": made.grace_until},
    )
    return made
