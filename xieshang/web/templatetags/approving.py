"""What was approved of a record, for the record's own page."""

from typing import Any

from django import template

from xieshang.base.accounts import permissions
from xieshang.base.paperwork import queries
from xieshang.base.paperwork.models import Approval
from xieshang.base.paperwork.steps import STEPS

register = template.Library()


@register.simple_tag(takes_context=True)
def approvals_of(context: template.Context, ref: str) -> list[Approval]:
    """The approvals of a record that this reader may see, newest first. One query, for those who may see any."""
    user = getattr(context.get("request"), "user", None)
    units: Any = permissions.units(user, "paperwork.see") if user is not None else set()
    if not units:
        return []
    found = [one for one in queries.of(ref) if one.organization_id in units]
    for one in found:
        one.step_title = STEPS[one.step].title  # type: ignore[attr-defined]
    return found
