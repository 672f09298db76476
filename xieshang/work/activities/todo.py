"""What the room offers to the frame: what waits, its card under 工作, its part of the search, its round of the worker."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from xieshang.base import clock, registry, todo
from xieshang.base.accounts import permissions
from xieshang.base.accounts.models import User
from xieshang.base.ledger import figures
from xieshang.base.orgs.models import Organization

from . import actions, queries, rules
from .actions import filing
from .models import Activity, Share


@todo.source
def unfinished(user: User, unit: Organization, today: date) -> Iterator[todo.Todo]:
    """接着填: drafts of activities that were left yesterday or before. One query."""
    if not permissions.may(user, "activities.record", unit):
        return
    start_of_today = clock.parse(today.isoformat())
    for draft in [one for one in queries.drafts(user, unit) if one.saved_at < start_of_today][:20]:
        saved = draft.saved_at.astimezone(clock.SHANGHAI)
        yield todo.Todo(
            title=_("没有登记完的活动：%(title)s") % {"title": draft.typed.get("title") or _("（还没有写名称）")},
            detail=_("%(month)s 月 %(day)s 日存的草稿") % {"month": saved.month, "day": saved.day},
            url=reverse("activities:new") + f"?draft={draft.client_id}",
            verb=_("接着填"),
            due=(saved + timedelta(days=7)).date(),
        )


@todo.source_of(Activity, state=rules.TO_COME)
def was_it_held(user: User, unit: Organization, today: date) -> Iterator[todo.Todo]:
    """开展了吗: what was planned and whose day is past. One query."""
    if not permissions.may(user, "activities.hold", unit):
        return
    for activity in queries.overdue(unit, today)[:20]:
        page = activity.get_absolute_url()
        yield todo.Todo(
            title=_("“%(title)s”开展了吗？") % {"title": activity.title},
            detail=_("排在 %(month)s 月 %(day)s 日") % {"month": activity.last_on.month, "day": activity.last_on.day},
            url=f"{page}/hold",
            verb=_("已开展，去登记"),
            due=activity.last_on,
            more=((_("延期"), f"{page}?ask=postpone"), (_("取消"), f"{page}?ask=cancel")),
        )


@todo.source_of(Share, state=(rules.ASKED, rules.CLAIMED))
def to_answer(user: User, unit: Organization, today: date) -> Iterator[todo.Todo]:
    """认领, 同意更改: joint activities of other units that wait for this one's word. One query."""
    if not permissions.may(user, "activities.claim", unit):
        return
    for share in queries.shares_waiting(unit)[:20]:
        activity, words = share.activity, {"unit": share.activity.organization.short_name}
        day = {"month": activity.on.month, "day": activity.on.day}
        if share.waits:
            title, detail = (
                _("联办的“%(title)s”更正了，等本单位同意"),
                _("%(unit)s更正；那一天本单位已锁定，数字还是更正以前的"),
            )
        else:
            title, detail = (
                _("联办的“%(title)s”，请认领"),
                _("%(unit)s登记，%(month)s 月 %(day)s 日；认领后也计入本单位"),
            )
        yield todo.Todo(
            title=title % {"title": activity.title}, detail=detail % {**words, **day}, url=activity.get_absolute_url(),
            verb=_("去看") if share.waits else _("认领"),
        )  # fmt: skip


CARD = ("activities.held", "activities.collective", "activities.attended")


@registry.card
def card(user: User, unit: Organization | None, start: date, end: date) -> dict[str, Any] | None:
    """活动 among the kinds of work, with the year's figures from the ledger."""
    if unit is None or not permissions.may(user, "activities.see", unit):
        return None
    known = registry.INDICATORS
    found = figures.figures([figures.Query(known[code], unit.pk, start, end) for code in CARD], known)
    may_record = permissions.may(user, "activities.record", unit)
    return {
        "title": _("活动"),
        "text": _("视察、调研、协商、走访、学习、公益：办一次记一次，同时算作几样也只记一次。"),
        "url": reverse("activities:list"),
        "figures": [{"label": f.indicator.name, "value": f.text, "unit": f.indicator.unit} for f in found],
        "do": {"label": _("登记活动"), "url": reverse("activities:new")} if may_record else None,
    }


@registry.searchable
def search(user: User, unit: Organization, words: str, limit: int) -> tuple[Any, list[dict[str, Any]]]:
    """Activities of the unit whose name or place holds the words, newest first. One query."""
    found = queries.found(user, unit, words)[:limit]
    rows = [{"title": a.title, "note": f"{a.on:%Y-%m-%d}", "url": a.get_absolute_url()} for a in found]
    return _("活动"), rows


@registry.job
def bind_folders(now: datetime) -> None:
    """合订本 that were asked for."""
    filing.bind_waiting(now)


@registry.job
def drop_left_uploads(now: datetime) -> None:
    """Files sent ahead of a form that was never recorded are taken off after thirty days."""
    actions.drop_left_uploads(before=now - timedelta(days=30), now=now)
