"""交接 of reports: the drafts somebody is filling in."""

from datetime import datetime

from django.utils.translation import gettext as _

from xieshang.base.accounts.models import User
from xieshang.base.orgs.models import Organization
from xieshang.base.registry import Held

from . import actions
from .models import Report


def held(user: User, unit: Organization) -> Held:
    """Reports that are not final and that this account keeps. One query."""
    found = list(Report.objects.filter(organization=unit, keeper=user, state="draft").select_related("organization"))

    def hand(to: User, by: User | None, now: datetime) -> None:
        for report in found:
            actions.hand_over(report, to, by=by, now=now)

    return Held(_("没有定稿的报告"), [(report.title, report.get_absolute_url()) for report in found], hand)
