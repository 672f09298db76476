"""What waits: a period to send or one that came back; below: what was sent to us, and who has not. And the card under 工作."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from xieshang.base import clock, todo, words
from xieshang.base.accounts import permissions
from xieshang.base.accounts.models import User
from xieshang.base.orgs.models import Organization

from . import queries
from .words import short


def new_url(start: date, end: date) -> str:
    return f"{reverse('submissions:new')}?start={start}&end={end}"


@todo.source
def to_send(user: User, unit: Organization, today: date) -> Iterator[todo.Todo]:
    """报送: periods that are over and not sent, and those that were returned."""
    if unit.parent_id is None or not permissions.may(user, "submissions.send", unit):
        return
    for cell in _recent(unit, today):
        if cell.state == "returned" and cell.submission:
            yield todo.Todo(
                title=_("重新报送%(period)s") % {"period": cell.label}, detail=_("退回理由：%(why)s") % {"why": cell.submission.answer},
                url=cell.submission.get_absolute_url(), verb=_("去看"), due=cell.due, main=True,
            )  # fmt: skip
        elif cell.state in ("waiting", "missing"):
            yield todo.Todo(
                title=_("报送%(period)s的数") % {"period": cell.label}, detail=_("数已经有了，看一眼就能报给%(unit)s") % {"unit": unit.parent},
                url=new_url(cell.start, cell.end), verb=_("去报送"), due=cell.due,
            )  # fmt: skip


def _recent(unit: Organization, today: date) -> list[queries.Cell]:
    """This year's periods, and in January the last one of the year before."""
    found = queries.own(unit, today.year, today)
    return found + queries.own(unit, today.year - 1, today)[:1] if today.month == 1 else found


@todo.source
def to_receive(user: User, unit: Organization, today: date) -> Iterator[todo.Todo]:
    """接收 what was sent to us; and who has not sent though the day is past: one line for each period."""
    if not permissions.may(user, "submissions.accept", unit):
        return
    late: dict[tuple[date, date, date], list[str]] = {}
    for row in queries.below(unit, today.year, today):
        for cell in row.cells:
            if cell.state == "sent" and cell.submission:
                yield todo.Todo(
                    title=_("接收%(what)s的报送") % {"what": cell.submission}, detail="",
                    url=cell.submission.get_absolute_url(), verb=_("去看"),
                )  # fmt: skip
            elif cell.state == "missing":
                late.setdefault((cell.start, cell.end, cell.due), []).append(row.unit.short_name)
    for (start, end, due), names in late.items():
        yield todo.Todo(
            title=_("%(n)s个单位还没有报送%(period)s") % {"n": len(names), "period": short(start, end)},
            detail=words.listed(names), url=reverse("submissions:list"), verb=_("去看"), due=due,
        )  # fmt: skip


def card(user: User, unit: Organization, start: date, end: date) -> dict[str, Any] | None:
    """报送 under 工作, where there is something to send or to receive."""
    if not permissions.may(user, "submissions.see", unit):
        return None
    today = clock.today()
    cells = [cell for row in queries.below(unit, start.year, today) for cell in row.cells]
    mine = queries.own(unit, start.year, today)
    if not cells and not mine:
        return None
    url = reverse("submissions:list")
    counts = (
        [(_("待接收"), queries.count(cells, "sent")), (_("还没报"), queries.count(cells, "missing"))] if cells else []
    )
    counts += (
        [(_("待报送"), sum(queries.count(mine, state) for state in ("waiting", "missing", "returned")))] if mine else []
    )
    return {
        "title": _("报送"), "text": _("逐月或逐季把数报给上级，留快照；后来更正了，看得出报的和现在的"), "url": url, "do": None,
        "figures": [{"label": label, "value": value, "unit": _("期")} for label, value in counts],
    }  # fmt: skip
