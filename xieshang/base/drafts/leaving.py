"""交接 of drafts: what somebody has typed and not sent goes to who comes after him."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from xieshang.base.accounts.models import User
from xieshang.base.orgs.models import Organization
from xieshang.base.registry import Held

from .models import Draft


def held(user: User, unit: Organization) -> Held:
    """An account's drafts in a unit. One query."""
    found = list(Draft.objects.filter(user=user, organization=unit))

    def hand(to: User, by: Any, now: datetime) -> None:
        Draft.objects.filter(pk__in=[draft.pk for draft in found]).update(user=to)

    return Held(_("草稿"), [(str(draft) or _("没有写名称的草稿"), "") for draft in found], hand)
