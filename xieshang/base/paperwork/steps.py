"""The steps that a leader approves. Each room registers its own; pages, slips and actions know no more of a room than this."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from xieshang.base.accounts.models import User
    from xieshang.base.workflow.models import Record

    from .models import Approval

Values = Mapping[str, list[str]]


def _no_lines(approval: "Approval", values: Values) -> list[tuple[str, str]]:
    return []


@dataclass(frozen=True)
class Step:
    """A step that waits for a leader's word.

    verb       what is done once it is approved, `reports.finish`
    title      its name on page and slip, a lazy string
    carry_out  (approval, what was typed, who asked for it, now) → the record; raises Refused like the action it calls
    consent    the right of who says yes
    find       (user, id) → the record, or 404; None where it is asked for from the room's own form
    uploads    where files wait that are sent ahead of this form
    lines      what the slip says of it: label, text
    """

    verb: str
    title: Any
    carry_out: "Callable[[Approval, Values, User, datetime], Record]"
    consent: str = "paperwork.sign"
    uploads: str = ""
    find: "Callable[[User, int], Record] | None" = None
    lines: "Callable[[Approval, Values], list[tuple[str, str]]]" = _no_lines


STEPS: dict[str, Step] = {}


def step(made: Step) -> None:
    STEPS[made.verb] = made
