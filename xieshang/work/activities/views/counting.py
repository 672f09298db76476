"""计入几项任务: said on the button of the form before anything is saved, as kind, carriers, date and people change."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from xieshang.base import clock, registry
from xieshang.base.ledger.facts import Fact
from xieshang.base.requests import Asked, unit_of

from .. import facts, rules
from ..actions import FIELDS
from ..facts import Beside, Came
from ..forms import RecordForm
from ..models import Activity


@login_required
@require_POST
def counts(request: Asked) -> HttpResponse:
    """The words on the button, of what is typed so far; nothing while kind or date are missing."""
    unit = unit_of(request, "activities.record")
    form = RecordForm(dict(request.POST.lists()), unit=unit, on=clock.today())
    return render(request, "activities/_counts.html", {"tasks": registry.counts(unit, told(form))})


def told(form: RecordForm) -> list[Fact]:
    """The facts that the activity would post, as far as it can be read."""
    form.is_valid()
    given: dict[str, Any] = {name: value for name in FIELDS if (value := form.cleaned_data.get(name)) is not None}
    if not given.get("kind") or not given.get("on"):
        return []
    would = Activity(organization=form.unit, state=rules.PLANNED if form.coming else rules.HELD, **given)
    came = tuple(Came(person, how, None) for person, how in form.presence.items())
    return facts.said(would, Beside(came, tuple(form.cleaned_data.get("co_organizers", ()))))
