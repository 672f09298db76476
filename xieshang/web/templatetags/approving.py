"""What was approved of a record, for the record's own page."""

from typing import Any

from django import template

from xieshang.base.accounts import permissions
from xieshang.base.errors import Refused
from xieshang.base.paperwork import queries
from xieshang.base.paperwork.models import Approval
from xieshang.base.paperwork.steps import STEPS, late_step

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


KEPT_BACK = ("csrfmiddlewaretoken", "reason")


@register.inclusion_tag("approvals/_refused.html", takes_context=True)
def refused_verb(context: template.Context, refused: Refused | None, verb: str, record: int) -> dict[str, Any]:
    """What was refused of a verb on the page of a record; where a locked period did, the way to the head of the office, or for him a place to say why."""
    request: Any = context["request"]
    step = late_step(verb) if refused and refused.code == "locked_period" else None
    again = refused is not None and refused.code == "no_reason" and late_step(verb) is not None
    typed = request.POST.lists() if request.method == "POST" else ()
    carried = [
        (name, value)
        for name, values in typed
        if name not in KEPT_BACK and (again or (step and name in step.takes))
        for value in values
    ]
    return {
        "refused": refused, "step": step, "again": request.path if again else "", "record": record, "carried": carried,
        "reason": request.POST.get("reason", ""), "csrf_token": context.get("csrf_token"),
    }  # fmt: skip
