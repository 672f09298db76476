"""交接 of registers: the follow-ups that somebody sees to."""

from datetime import datetime

from django.utils.translation import gettext as _

from xieshang.base.accounts.models import User
from xieshang.base.orgs.models import Organization
from xieshang.base.registry import Held

from . import actions, queries


def held(user: User, unit: Organization) -> Held:
    """Entries in hand that stand in this account's 待办. One query."""
    found = list(queries.kept_by(user, unit))

    def hand(to: User, by: User | None, now: datetime) -> None:
        for entry in found:
            owner = to.name if entry.owner == user.name else None
            actions.assign(entry, actions.About(owner=owner, keeper=to), by=by, now=now, seen=entry.version)

    return Held(_("没有办结的登记"), [(entry.title, entry.get_absolute_url()) for entry in found], hand)
