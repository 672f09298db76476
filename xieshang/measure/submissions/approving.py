"""报送 as a step that a leader approves: the figures that he saw, on his home page or on the printed slip, are those that are sent."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from uuid import NAMESPACE_URL, UUID, uuid5

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xieshang.base.accounts.models import User
from xieshang.base.errors import Refused
from xieshang.base.orgs.models import Organization
from xieshang.base.paperwork import actions as paperwork
from xieshang.base.paperwork.models import Approval
from xieshang.base.paperwork.steps import Step, Values, step

from . import actions, queries, words
from .models import Submission

SEND = "submissions.send"
FINE = Decimal("0.0001")


def ask(unit: Organization, start: date, end: date, *, note: str, by: User, now: datetime) -> Approval:
    """送签 one period with its figures as they stand. Raises as `actions.send` would."""
    above, found = actions.checked(unit, start, end, now=now)
    taken = queries.counted(unit, above, start, end)
    values = {
        "start": [str(start)], "end": [str(end)], "note": [note.strip()],
        "figures": [_told(one.indicator.code, one.value) for one in taken], "names": [f"{one.indicator.name}：{one.text} {one.indicator.unit}" for one in taken],
    }  # fmt: skip
    return paperwork.ask(
        unit, SEND, title=f"{unit.short_name} {words.period(start, end)}", record=found, values=values, client_id=_id(unit, start), by=by, now=now
    )  # fmt: skip


def _id(unit: Organization, start: date) -> UUID:
    """The same for a period that is asked for twice: the request that waits is answered with."""
    return uuid5(NAMESPACE_URL, f"{SEND}/{unit.pk}/{start}")


def waiting(unit: Organization, start: date) -> Approval | None:
    """The request for a period that waits for a leader's word. One query."""
    return Approval.objects.filter(organization=unit, typed__client_id=_id(unit, start), state="asked").first()


def _told(code: str, value: Decimal | None) -> str:
    """A figure as it is signed, as finely as it is kept."""
    return f"{code}={'' if value is None else value.quantize(FINE)}"


def _send(approval: Approval, values: Values, by: User, now: datetime) -> Submission:
    """Sent as it was signed. Raises Refused where a figure is another one by now."""
    start, end = (date.fromisoformat(values[name][0]) for name in ("start", "end"))
    sent = actions.send(
        approval.organization, start=start, end=end, note=values["note"][0], by=by, now=now, seen=approval.of_version or None
    )  # fmt: skip
    _unchanged(sent, values["figures"])
    return sent


def _unchanged(sent: Submission, signed: Sequence[str]) -> None:
    now = {line.indicator: line for line in sent.lines.filter(round=sent.round)}
    found = [_told(code, line.value) for code, line in now.items()]
    if differs := sorted(set(found) ^ set(signed)):
        names = [now[code].name for code in dict.fromkeys(one.partition("=")[0] for one in differs) if code in now]
        raise Refused(
            "figures_changed", why=_("送签以后数字变了：%(names)s") % {"names": "、".join(names) or "—"}, do=_("请退回，由经办人按现在的数重新送签")
        )  # fmt: skip


def _lines(approval: Approval, values: Values) -> list[tuple[str, str]]:
    if not values:
        return []
    above = approval.organization.parent
    return [
        (_("报送给"), str(above or "")), (_("统计期间"), _("%(start)s 至 %(end)s") % {"start": values["start"][0], "end": values["end"][0]}),
        (_("要报的数"), "\n".join(values["names"])), (_("说明"), values["note"][0]),
    ]  # fmt: skip


step(Step(SEND, gettext_lazy("报送"), _send, lines=_lines))
