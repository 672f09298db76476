"""报送 for programs: what was sent and received, and one with its figures."""

from typing import Any

from django.utils.translation import gettext_lazy
from ninja import Router

from xieshang.base.requests import Asked, plainly, unit_of

from . import queries
from .models import Submission

router = Router(tags=["submissions"])
plain_answers = plainly(gettext_lazy("没有这份报送，或者它属于别的单位"))


def plain(record: Submission) -> dict[str, Any]:
    return {
        "id": record.pk, "unit": record.organization.code, "to": record.to.code, "start": record.start.isoformat(), "end": record.end.isoformat(),
        "state": record.state, "round": record.round, "sent_at": record.sent_at.isoformat(), "note": record.note, "answer": record.answer,
        "version": record.version, "url": record.get_absolute_url(),
    }  # fmt: skip


@router.get("/")
@plain_answers
def listed(request: Asked) -> Any:
    """What the unit at hand (`?org=`) sent and was sent in the year at hand (`?year=`)."""
    unit = unit_of(request, "submissions.see")
    found = queries.visible(request.user).filter(start__year=request.desk.year)
    return [plain(one) for one in found if unit in (one.organization, one.to)]


@router.get("/{int:pk}")
@plain_answers
def one(request: Asked, pk: int) -> Any:
    """One with its figures: as they were sent, and as they are now."""
    record = queries.one(request.user, pk)
    lines = [
        {
            "indicator": told.line.indicator, "unit": told.line.unit, "facts": told.line.facts,
            "sent": None if told.line.value is None else float(told.line.value), "now": told.now.number if told.now else None,
        }
        for told in queries.told(record)
    ]  # fmt: skip
    return {**plain(record), "lines": lines}
