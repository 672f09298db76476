"""审计: the trail for the audit administrator; and whether the ledger holds."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from xieshang.base import clock
from xieshang.base.accounts import permissions
from xieshang.base.audit import sealing
from xieshang.base.audit.models import Entry, Seal
from xieshang.base.ledger import checking
from xieshang.base.orgs.queries import subtree
from xieshang.web import verbs
from xieshang.web.requests import Request


@login_required
def trail(request: Request) -> HttpResponse:
    """Every entry of this unit and those below it, newest first, by words and verb; and the heads of the chain."""
    unit = request.desk.unit
    permissions.require(request.user, "audit.see", unit)
    found = Entry.objects.filter(organization__in=subtree(unit)).select_related("organization")
    who, record = request.GET.get("who", "").strip()[:80], request.GET.get("record", "").strip()[:80]
    if who:
        found = found.filter(actor__icontains=who)
    if record:
        found = found.filter(record=record)
    page = Paginator(found, 50).get_page(request.GET.get("page"))
    for entry in page.object_list:
        entry.words, entry.thing = verbs.said(entry.verb), verbs.thing(entry.record)  # type: ignore[attr-defined]
    seal = Seal.objects.filter(organization=unit).order_by("-number").first()
    given = {
        "page": page,
        "who": who,
        "record": record,
        "seal": seal,
        "heads": sealing.heads(unit.pk),
    }
    return render(request, "settings/audit.html", given)


@login_required
def ledger(request: Request) -> HttpResponse:
    """核对: how the last check went, and asking for one; the worker does it."""
    unit = request.desk.unit
    permissions.require(request.user, "ledger.verify", unit)
    if request.method == "POST":
        checking.ask(unit, by=request.user, now=clock.now())
        return redirect("audit_ledger")
    return render(request, "settings/ledger.html", {"check": checking.last(unit)})


@login_required
@require_safe
def ledger_progress(request: Request) -> HttpResponse:
    """How far the check is; asked every two seconds."""
    unit = request.desk.unit
    permissions.require(request.user, "ledger.verify", unit)
    return render(request, "settings/_check.html", {"check": checking.last(unit)})
