"""What waits: one's own unfinished forms, once they are older than a day."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from xieshang.base import clock, todo
from xieshang.base.accounts import permissions
from xieshang.base.accounts.models import User
from xieshang.base.orgs.models import Organization

from . import queries


@todo.source
def unfinished(user: User, unit: Organization, today: date) -> Iterator[todo.Todo]:
    """接着填: drafts of activities that were left yesterday or before. One query."""
    if not permissions.may(user, "activities.record", unit):
        return
    start_of_today = clock.parse(today.isoformat())
    for draft in queries.drafts(user, unit).filter(saved_at__lt=start_of_today)[:20]:
        saved = draft.saved_at.astimezone(clock.SHANGHAI)
        yield todo.Todo(
            title=_("没有登记完的活动：%(title)s") % {"title": draft.typed.get("title") or _("（还没有写名称）")},
            detail=_("%(month)s 月 %(day)s 日存的草稿") % {"month": saved.month, "day": saved.day},
            url=reverse("activities:new") + f"?draft={draft.client_id}",
            verb=_("接着填"),
            due=(saved + timedelta(days=7)).date(),
        )
