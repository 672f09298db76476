"""填进展: all the lines that wait for me on one page, each saved by itself."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from xieshang.base import clock
from xieshang.base.accounts import permissions
from xieshang.base.errors import Refused
from xieshang.base.requests import Asked, refused

from .. import actions, lines, measuring, queries
from ..forms import ProgressForm
from ..measuring import Measured
from . import seen, unit_of


@login_required
def waiting(request: Asked) -> HttpResponse:
    """Mine; `?whose=none`: those whose owner has no account."""
    return _page(request, request.GET.get("whose", ""))


def _page(request: Asked, whose: str, wrong: ProgressForm | None = None) -> HttpResponse:
    unit, today = unit_of(request), clock.today()
    permissions.require(request.user, "plans.progress", unit)
    found = lines.waiting(request.user, unit, today, others=whose == "none")
    here = reverse("plans:lines")
    mine = {"label": _("我负责的"), "url": here, "current": whose != "none"}
    others = {"label": _("责任人没有账号的"), "url": f"{here}?whose=none", "current": whose == "none"}
    made = {row.target.pk: _form(row, found.period) for row in found.rows}
    if wrong:
        made[wrong.row.target.pk] = wrong
    given = {
        "period": lines.period(unit, today), "rows": [(row, made[row.target.pk]) for row in found.rows], "tabs": [mine, others],
        "whose": whose, "late": measuring.LATE,
    }  # fmt: skip
    return render(request, "plans/lines.html", given, status=422 if wrong else 200)


def _form(row: Measured, period: lines.Period | None, data: Any = None) -> ProgressForm:
    """As of the last day of the period that is asked about; a late one as of today."""
    late = row.state in measuring.LATE
    on = clock.today() if late or period is None or not period.asks(row) else period.end
    form = ProgressForm(row, on, data)
    form.fields["text"].widget = forms.TextInput()
    return form


@login_required
@require_POST
def write(request: Asked, pk: int) -> HttpResponse:
    """One line. With htmx the row answers, without it the page does; what is refused is said in the row, with what was typed."""
    target = queries.target(request.user, pk)
    [row] = measuring.measure([target], clock.today())
    form = _form(row, lines.period(target.organization, clock.today()), request.POST)
    if form.is_valid():
        try:
            actions.report_progress(target, by=request.user, now=clock.now(), seen=seen(request), **form.said)
        except Refused as error:
            refused(form, error)
    whose = request.POST.get("whose", "")
    if form.errors:
        if request.htmx:
            given = {"row": row, "form": form, "whose": whose, "late": measuring.LATE}
            return render(request, "plans/_line.html", given, status=422)
        return _page(request, whose, form)
    if request.htmx:
        return render(request, "plans/_line_done.html", {"row": row, "text": form.cleaned_data["text"]})
    messages.success(request, _("进展已记下"))
    return redirect(reverse("plans:lines") + ("?whose=none" if whose == "none" else ""))
