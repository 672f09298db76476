"""The follow-up part (办结段) of an entry, and giving up a thing of a stock. Each is a move of the table, with its trace."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from xieshang.base.accounts import permissions
from xieshang.base.accounts.models import User
from xieshang.base.errors import Refused
from xieshang.base.workflow.engine import Step, move

from .. import queries
from ..models import Entry
from ..rules import MOVES


@dataclass(frozen=True)
class About:
    """Who sees to it (a unit or a name; and the account in whose 待办 it stands), until when, and what was answered. None: as it is; `whole`: none."""

    owner: str | None = None
    keeper: User | None = None
    due: date | None = None
    answer: str | None = None
    whole: bool = False


def assign(entry: Entry, about: About, *, by: User | None, now: datetime, seen: int) -> Entry:
    """交办, or another term or answer: it stays in hand. Raises NotAllowed · Stale · Refused."""
    with move(entry, "assign", MOVES, by=by, now=now, seen=seen) as step:
        tend(step, about)
    return step.record


def solve(
    entry: Entry, about: About, *, on: date, by: User | None, now: datetime, seen: int, reason: str = ""
) -> Entry:
    """已解决, on a day: counted on that day. `reason`: only where the day lies in a locked period.

    raises  NotAllowed · Stale · Refused: solved before it was there, or not yet
    """
    with move(entry, "solve", MOVES, by=by, now=now, seen=seen, reason=reason) as step:
        if on < step.record.on:
            raise Refused("too_early", why=_("解决日期早于登记的日期"), do=_("请检查日期"), field="settled_on")
        tend(step, about)
        step.record.course, step.record.settled_on = "solved", on
        if not queries.locked(step.record, now.date()):  # what a locked period says of its share stays said
            step.record.rated_on = step.record.on
    return step.record


def shelve(entry: Entry, about: About, *, by: User | None, now: datetime, seen: int, reason: str) -> Entry:
    """暂难解决, with the reason."""
    with move(entry, "shelve", MOVES, by=by, now=now, seen=seen, reason=reason) as step:
        tend(step, about)
        step.record.course = "hard"
    return step.record


def take_up(entry: Entry, about: About, *, by: User | None, now: datetime, seen: int, reason: str) -> Entry:
    """重新办理: it was not solved after all, or can be now."""
    with move(entry, "take_up", MOVES, by=by, now=now, seen=seen, reason=reason) as step:
        tend(step, about)
        step.record.course, step.record.settled_on = "open", None
        if not queries.locked(step.record, now.date()):
            step.record.rated_on = None
    return step.record


def give_up(entry: Entry, *, on: date, by: User | None, now: datetime, seen: int, reason: str = "") -> Entry:
    """撤销 a thing of a stock: from that day on it is no longer counted. `reason`: only where the day lies in a locked period.

    raises  NotAllowed · Stale · Refused
    """
    with move(entry, "give_up", MOVES, by=by, now=now, seen=seen, reason=reason) as step:
        field = step.record.register.until
        if on < step.record.on or field is None:
            raise Refused("too_early", why=_("撤销日期早于设立的日期"), do=_("请检查日期"), field="on")
        step.record.payload = {**step.record.payload, field.key: on.isoformat()}
    return step.record


def tend(step: Step[Entry], about: About) -> None:
    """Write what is said of the follow-up. The one in whose 待办 it stands must be able to do it."""
    entry = step.record
    if about.keeper and not permissions.may(about.keeper, "registers.assign", entry.organization):
        raise Refused(
            "bad_keeper",
            why=_("%(who)s没有办理这本登记簿的权限") % {"who": about.keeper},
            do=_("请另选一位经办人"),
            field="keeper",
        )
    for name, longest in (("owner", 60), ("answer", 2000)):
        if (words := getattr(about, name)) is not None:
            setattr(entry, name, words.strip()[:longest])
    entry.keeper = about.keeper or (None if about.whole else entry.keeper)
    entry.due = about.due or (None if about.whole else entry.due)
