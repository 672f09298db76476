"""The steps that a leader approves. Each room registers its own; pages, slips and actions know no more of a room than this."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.forms import BaseForm
from django.http import QueryDict
from django.utils.translation import gettext as _

from xieshang.base.errors import Refused
from xieshang.base.ledger.posting import LATE

if TYPE_CHECKING:
    from xieshang.base.accounts.models import User
    from xieshang.base.orgs.models import Organization
    from xieshang.base.workflow.models import Record

    from .models import Approval

Values = Mapping[str, list[str]]


def _no_lines(approval: "Approval", values: Values) -> list[tuple[str, str]]:
    return []


def _its_unit(user: "User", record: Any) -> "Organization":
    found: Organization = record.organization
    return found


@dataclass(frozen=True)
class Step:
    """A step that waits for a leader's word.

    verb       what is done once it is approved, `reports.finish`
    title      its name on page and slip, a lazy string
    carry_out  (approval, what was typed, who asked for it, now) → the record; raises Refused like the action it calls
    consent    the right of who says yes
    find       (user, id) → the record, or 404; None where it is asked for from the room's own form
    uploads    where files wait that are sent ahead of this form
    takes      what else was typed where it was refused, by name; it travels with the request
    unit       (user, record) → whose consent is asked: the record's own unit, or another that answers for its part
    lines      what the slip says of it: label, text
    """

    verb: str
    title: Any
    carry_out: "Callable[[Approval, Values, User, datetime], Record]"
    consent: str = "paperwork.sign"
    uploads: str = ""
    find: "Callable[[User, int], Record] | None" = None
    takes: tuple[str, ...] = ()
    unit: "Callable[[User, Record], Organization]" = _its_unit
    lines: "Callable[[Approval, Values], list[tuple[str, str]]]" = _no_lines


def reasoned(reason: str) -> str:
    """Why something comes late. Raises Refused where nothing is said."""
    if not reason.strip():
        raise Refused(
            "no_reason", why=_("还没有写为什么晚录，办公室主任要看"), do=_("请写一句理由再送签，您填写的内容没有丢失"), field="reason",
        )  # fmt: skip
    return reason.strip()


def typed(values: Values) -> QueryDict:
    """What waited, as a form takes it."""
    made = QueryDict(mutable=True)
    for name, each in values.items():
        made.setlist(name, list(each))
    return made


def checked(form: BaseForm) -> None:
    """What was typed, checked again: people and bodies may have changed meanwhile. Raises Refused."""
    if not form.is_valid():
        said = next(iter(form.errors.values()))[0]
        raise Refused("bad_form", why=str(said).rstrip("。"), do=_("请退回，由经办人改好再送签"))


def late_step(verb: str) -> "Step | None":
    """The step by which this verb, refused because of a locked period, can be asked for from the page where it was refused."""
    found = STEPS.get(verb)
    return found if found and found.consent == LATE and found.find else None


STEPS: dict[str, Step] = {}


def step(made: Step) -> None:
    STEPS[made.verb] = made
