"""批量: asked for on the list, with its own page that says how far it is, what failed and why."""

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from xieshang.base import clock
from xieshang.base.accounts import permissions
from xieshang.base.files import storage
from xieshang.base.requests import Asked, as_number, unit_of

from .. import queries
from ..actions import batches
from ..forms import FilterForm
from ..models import Batch


@login_required
@require_POST
def ask(request: Asked) -> HttpResponse:
    """The rows that were ticked, or all that match the filters of the list."""
    unit, user = unit_of(request, "proposals.hand_over"), request.user
    typed = QueryDict(request.POST.get("query", "")[:2000])
    if "every" in request.POST:
        narrowed = FilterForm(typed, unit=unit).narrowed(typed.get("q") or "")
        found = queries.listed(user, unit, narrowed, clock.today())
    else:
        chosen = [as_number(pk) for pk in request.POST.getlist("chosen")]
        found = queries.visible(user).filter(organization=unit, pk__in=chosen)
    ids = list(found.values_list("pk", flat=True)[: batches.MOST + 1])
    made = batches.ask(unit, request.POST.get("verb", ""), ids, by=user, now=clock.now())
    if made.total <= batches.AT_ONCE:
        batches.run(made, clock.now())
    return redirect("proposals:batch", pk=made.pk)


def _one(request: Asked, pk: int) -> Batch:
    """One's own only, while one may still export."""
    units = permissions.units(request.user, "proposals.export")
    return get_object_or_404(Batch, pk=pk, asked_by=request.user, organization__in=units)


@login_required
@require_safe
def batch(request: Asked, pk: int) -> HttpResponse:
    """How far it is; with htmx only that."""
    name = "proposals/_batch.html" if request.htmx else "proposals/batch.html"
    return render(request, name, {"batch": _one(request, pk)})


@login_required
@require_safe
def file(request: Asked, pk: int) -> HttpResponseBase:
    """What was made."""
    made = _one(request, pk)
    if made.file is None or not (path := storage.path_of(made.file)).exists():
        raise Http404
    name = "提案表.zip" if made.verb == "forms" else "提案.xlsx"
    return FileResponse(path.open("rb"), content_type=made.file.content_type, filename=name, as_attachment=True)
