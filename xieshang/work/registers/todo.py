"""What waits: registers that are not kept as often as they should be. And the room's card under 工作."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from xieshang.base import clock, registry, todo
from xieshang.base.accounts import permissions
from xieshang.base.accounts.models import User
from xieshang.base.orgs.models import Organization

from . import queries
from .models import Entry

MOST = 20  # lines of one kind


@todo.source
def missed(user: User, unit: Organization, today: date) -> Iterator[todo.Todo]:
    """登记: one line a register whose rhythm is missed. Two queries."""
    if unit is None or not permissions.may(user, "registers.record", unit):
        return
    for register, light in queries.lights(user, unit, today):
        if light and light.state == "behind":
            yield todo.Todo(
                title=_("%(register)s：%(text)s") % {"register": register.name, "text": light.text},
                detail=_("这本登记簿%(rhythm)s应有 %(n)s %(unit)s")
                % {"rhythm": register.get_rhythm_display(), "n": register.rhythm_count, "unit": register.unit},
                url=reverse("registers:entry_new", args=[register.pk]),
                verb=_("登记"),
                due=light.due,
            )


@todo.source_of(Entry, state=("reported",))
def to_confirm(user: User, unit: Organization, today: date) -> Iterator[todo.Todo]:
    """核实: what members have reported. One query."""
    if unit is None or not permissions.may(user, "registers.confirm", unit):
        return
    for entry in queries.waiting(user, unit)[:MOST]:
        yield todo.Todo(
            title=_("委员上报待核实：%(title)s") % {"title": entry.title},
            detail=_("%(who)s报到“%(register)s”") % {"who": entry.created_by or "", "register": entry.register.name},
            url=entry.get_absolute_url(),
            verb=_("核实"),
            due=(entry.created_at.astimezone(clock.SHANGHAI) + timedelta(days=7)).date(),
        )


@todo.source_of(Entry, state=("returned",))
def sent_back(user: User, unit: Organization, today: date) -> Iterator[todo.Todo]:
    """改好再报: one's own reports that were sent back. One query."""
    if unit is None or not permissions.may(user, "registers.report", unit):
        return
    for entry in queries.reports_of(user, unit).filter(state="returned")[:MOST]:
        yield todo.Todo(
            title=_("您上报的被退回：%(title)s") % {"title": entry.title},
            detail=_("退回理由：%(why)s") % {"why": entry.reply},
            url=reverse("registers:report_again", args=[entry.pk]),
            verb=_("改好再报"),
        )


@todo.source_of(Entry, state=("valid",), course=("open",))
def overdue(user: User, unit: Organization, today: date) -> Iterator[todo.Todo]:
    """办理: what is in one's own hands, or in nobody's, and past its term. One query."""
    if unit is None or not permissions.may(user, "registers.assign", unit):
        return
    for entry in queries.overdue(user, unit, today)[:MOST]:
        yield todo.Todo(
            title=_("%(register)s逾期未办结：%(title)s") % {"register": entry.register.name, "title": entry.title},
            detail=_("责任单位或责任人：%(who)s") % {"who": entry.owner or _("（还没有）")},
            url=reverse("registers:entry_follow", args=[entry.pk]),
            verb=_("办理"),
            due=entry.due,
        )


@todo.source
def unfinished(user: User, unit: Organization, today: date) -> Iterator[todo.Todo]:
    """接着填: drafts of entries that were left yesterday or before. Two queries."""
    if unit is None or not permissions.may(user, "registers.record", unit):
        return
    start_of_today = clock.parse(today.isoformat())
    left = [draft for draft in queries.drafts(user, unit) if draft.saved_at < start_of_today][:20]
    names = dict(queries.visible(user).filter(organization=unit, open=True).values_list("pk", "name")) if left else {}
    for draft in left:
        pk, saved = int(draft.key.rpartition(".")[2]), draft.saved_at.astimezone(clock.SHANGHAI)
        if pk in names:
            yield todo.Todo(
                title=_("没有登记完的%(register)s：%(title)s")
                % {"register": names[pk], "title": draft.typed.get("title") or _("（还没有写名称）")},
                detail=_("%(month)s 月 %(day)s 日存的草稿") % {"month": saved.month, "day": saved.day},
                url=reverse("registers:entry_new", args=[pk]),
                verb=_("接着填"),
                due=(saved + timedelta(days=7)).date(),
            )


@registry.card
def card(user: User, unit: Organization | None, start: date, end: date) -> dict[str, Any] | None:
    """登记簿 among the kinds of work."""
    if unit is None or not permissions.may(user, "registers.see", unit):
        return None
    found = [register for register in queries.listed(user, unit, start, end) if register.open]
    do = (
        {"label": _("登记"), "url": reverse("registers:choose")}
        if permissions.may(user, "registers.record", unit)
        else None
    )
    return {
        "title": _("登记簿"),
        "text": _("捐赠、报道、简讯、制度、招商信息……不走流程、只要记下来计数的，都在这里。"),
        "url": reverse("registers:list"),
        "figures": [
            {"label": _("在用登记簿"), "value": len(found), "unit": _("本")},
            {
                "label": _("本期登记"),
                "value": sum(getattr(register, "number", 0) for register in found),
                "unit": _("条"),
            },
        ],
        "do": do,
    }


@registry.searchable
def search(user: User, unit: Organization, words: str, limit: int) -> tuple[Any, list[dict[str, Any]]]:
    """Entries of the unit's registers whose title holds the words, newest first. One query."""
    found = queries.entries_by_words(user, unit, words)[:limit]
    return _("登记簿"), [
        {"title": e.title, "note": f"{e.register.name} · {e.on:%Y-%m-%d}", "url": e.get_absolute_url()} for e in found
    ]
