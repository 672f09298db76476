"""与上年对照: the page and the table as .docx. `?with=` chooses another plan than the nearest one before."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from xieshang.base import clock
from xieshang.base.accounts import permissions
from xieshang.base.requests import Asked, as_file, as_number

from .. import queries, yearly


@login_required
def beside(request: Asked, pk: int) -> HttpResponse:
    """What is new, dropped, raised, lowered, reworded; `?tab=` narrows it."""
    plan = queries.one(request.user, pk)
    old, there = yearly.before(request.user, plan, as_number(request.GET.get("with")))
    may_export = permissions.may(request.user, "plans.export", plan.organization)
    context: dict[str, Any] = {"plan": plan, "old": old, "there": there, "may_export": may_export}
    if old is not None:
        found = yearly.compared(plan, old)
        tab = request.GET.get("tab", "")
        tab = tab if tab in found.counts else "moved"
        base = f"{reverse('plans:year_before', args=[plan.pk])}?with={old.pk}&tab="
        tabs = [{**one, "url": base + one["code"], "current": one["code"] == tab} for one in yearly.tabs(found)]
        rows = found.of(tab)
        context |= {"found": found, "rows": rows, "tabs": tabs, "asks": sum(not row.sure for row in rows)}
    return render(request, "plans/yearly.html", context)


@login_required
def docx(request: Asked, pk: int) -> HttpResponse:
    """对照表 as .docx; where there is no earlier plan, the page that says so."""
    plan = queries.one(request.user, pk)
    permissions.require(request.user, "plans.export", plan.organization)
    old, _there = yearly.before(request.user, plan, as_number(request.GET.get("with")))
    if old is None:
        return redirect("plans:year_before", plan.pk)
    found = yearly.compared(plan, old)
    return as_file(yearly.docx(found, at=clock.now().replace(tzinfo=None)), f"{yearly.title(found)}.docx")
