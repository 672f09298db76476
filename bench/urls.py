"""The real addresses and the bare page."""

from django.contrib.auth.decorators import login_required
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import path

from xieshang.web.urls import handler404, handler500
from xieshang.web.urls import urlpatterns as real
from xieshang.work.activities.models import Activity
from xieshang.work.proposals.models import Proposal

ROWS = 20


@login_required
def bare(request: HttpRequest, unit: int) -> HttpResponse:
    """A session, one indexed query of twenty rows, a fixed page of twenty lines; no frame, no ledger."""
    rows = Activity.objects.filter(organization=unit, state="held").order_by("-on", "-id")
    found = list(rows.values("pk", "on", "title", "place")[:ROWS])
    return HttpResponse(render_to_string("bench/bare.html", {"rows": found}))


@login_required
def bare_proposals(request: HttpRequest, unit: int) -> HttpResponse:
    """The same of proposals, in the same page."""
    rows = Proposal.objects.filter(organization=unit, state="archived").order_by("-submitted_on", "-id")
    found = list(rows.values("pk", "title", on=F("submitted_on"), place=F("category"))[:ROWS])
    return HttpResponse(render_to_string("bench/bare.html", {"rows": found}))


urlpatterns = [*real, path("bare/<int:unit>", bare), path("bare/proposals/<int:unit>", bare_proposals)]
__all__ = ["handler404", "handler500", "urlpatterns"]
