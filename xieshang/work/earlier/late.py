"""补录、更正、作废 in a locked year: what was typed waits until the head of the office consents, then it is done as it was typed."""

import json
from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xieshang.base.accounts.models import User
from xieshang.base.files.models import Attachment
from xieshang.base.files.storage import path_of
from xieshang.base.ledger.posting import LATE
from xieshang.base.orgs.models import Organization
from xieshang.base.paperwork import actions as paperwork
from xieshang.base.paperwork.models import Approval
from xieshang.base.paperwork.steps import Step, Values, step

from . import actions, queries
from .actions import Given
from .models import YearFigure

ROWS, SHOWN = "rows", 12  # what was typed; how many of the rows a slip names
Files = Sequence[tuple[str, bytes]]


def ask(
    unit: Organization, rows: Sequence[Given], *, one: YearFigure | None = None, files: Files = (), reason: str, by: User, now: datetime
) -> Approval:  # fmt: skip
    """送签 one figure or many, all with one reason; `one`: the figure that these correct. Raises Refused when no reason is given."""
    title = _("%(year)s 年历年数据") % {"year": rows[0].year}
    if len(rows) > 1:
        title = _("历年数据 %(n)s 个") % {"n": len(rows)}
    values = {ROWS: [json.dumps([row.year, row.indicator, str(row.value), row.source]) for row in rows]}
    verb = "earlier.correct" if one else "earlier.record"
    return paperwork.ask(unit, verb, title=title, record=one, why=reason, values=values, files=files, by=by, now=now)


def _rows(values: Values) -> list[Given]:
    read = [json.loads(row) for row in values.get(ROWS, [])]
    return [Given(year, code, Decimal(value), source) for year, code, value, source in read]


def _files(approval: Approval) -> list[tuple[str, bytes]]:
    found = Attachment.objects.filter(record=approval.ref).exclude(kind="evidence").select_related("file")
    return [(one.name, path_of(one.file).read_bytes()) for one in found]


def _record(approval: Approval, values: Values, by: User, now: datetime) -> YearFigure:
    """Answers with the first of them."""
    rows = _rows(values)
    given: dict[str, Any] = {"by": by, "now": now, "reason": approval.why}
    if len(rows) == 1:
        return actions.record(approval.organization, rows[0], files=_files(approval), **given)
    return actions.bring(approval.organization, rows, **given)[0]


def _correct(approval: Approval, values: Values, by: User, now: datetime) -> YearFigure:
    return actions.correct(
        _of(approval), _rows(values)[0], by=by, now=now, seen=approval.of_version, reason=approval.why, files=_files(approval)
    )  # fmt: skip


def _void(approval: Approval, values: Values, by: User, now: datetime) -> YearFigure:
    return actions.void(_of(approval), by=by, now=now, seen=approval.of_version, reason=approval.why)


def _of(approval: Approval) -> YearFigure:
    return YearFigure.objects.select_related("organization").get(pk=approval.of_pk)


def _lines(approval: Approval, values: Values) -> list[tuple[str, str]]:
    rows = _rows(values)
    if not rows:
        found = YearFigure.objects.filter(pk=approval.of_pk).first()
        return [(str(found), f"{found.value.normalize():,f} {found.measure}")] if found else []
    known = queries.names(approval.organization)
    told = [
        f"{row.year} {known.get(row.indicator, row.indicator)}：{row.value:,}　{row.source}" for row in rows[:SHOWN]
    ]
    more = [_("……共 %(n)s 个") % {"n": len(rows)}] if len(rows) > SHOWN else []
    return [(_("历年数据"), "\n".join([*told, *more]))]


GIVEN: dict[str, Any] = {"consent": LATE, "lines": _lines}

step(Step("earlier.record", gettext_lazy("补录已锁定年度的历年数据"), _record, **GIVEN))
step(Step("earlier.correct", gettext_lazy("更正已锁定年度的历年数据"), _correct, **GIVEN))
step(Step("earlier.void", gettext_lazy("作废已锁定年度的历年数据"), _void, find=queries.one, **GIVEN))
