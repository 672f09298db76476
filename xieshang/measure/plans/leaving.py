"""交接 of plans: the targets somebody answers for."""

from datetime import datetime

from django.utils.translation import gettext as _

from xieshang.base.accounts.models import User
from xieshang.base.orgs.models import Organization
from xieshang.base.registry import Held

from . import actions
from .models import Target


def held(user: User, unit: Organization) -> Held:
    """Targets that are open or in force and bear this account. One query."""
    found = list(
        Target.objects.filter(
            organization=unit, owner_user=user, state__in=("open", "accepted", "objected"), plan__state__in=("reading", "in_force")
        ).select_related("organization", "plan")
    )  # fmt: skip

    def hand(to: User, by: User | None, now: datetime) -> None:
        for target in found:
            actions.hand_over(target, to, by=by, now=now)

    return Held(_("任务"), [(target.quote, target.get_absolute_url()) for target in found], hand)
