"""目录、清单、汇编: papers of many proposals."""

from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from xieshang.base import clock
from xieshang.base.accounts import permissions
from xieshang.base.errors import NotAllowed, Refused
from xieshang.base.files import storage
from xieshang.base.orgs.models import Organization, Session
from xieshang.base.requests import Asked, as_file, unit_of

from .. import actions, catalogue
from ..catalogue_forms import CatalogueForm
from ..models import Booklet


def _chosen(request: Asked) -> tuple[Organization, Session | None, catalogue.Asked]:
    unit = unit_of(request, "proposals.export")
    form = CatalogueForm(request.GET or request.POST or None, unit=unit)
    asked = form.asked
    session = Session.objects.select_related("term").filter(pk=asked.session or 0).first()
    return unit, session, asked


@login_required
def index(request: Asked) -> HttpResponse:
    """Choose what is listed; take the papers, or ask for the booklet."""
    unit = unit_of(request, "proposals.export")
    form = CatalogueForm(request.POST or request.GET or None, unit=unit)
    asked, error = form.asked, None
    if request.method == "POST":
        try:
            actions.ask_booklet(unit, asked, by=request.user, now=clock.now())
            return redirect(f"{request.path}?{urlencode(form.query)}")
        except NotAllowed:
            raise
        except Refused as refusal:
            error = refusal
    newest = Booklet.objects.filter(organization=unit).select_related("asked_by").order_by("-id").first()
    context = {
        "form": form, "n": catalogue.found(unit, asked).count(), "query": urlencode(form.query), "hidden": form.query.items(), "booklet": newest, "error": error,
    }  # fmt: skip
    return render(request, "proposals/catalogue.html", context, status=error.status if error else 200)


@login_required
@require_safe
def listed(request: Asked) -> HttpResponse:
    """提案目录 .docx."""
    unit, session, asked = _chosen(request)
    made = catalogue.catalogue(unit, session, catalogue.rows(catalogue.found(unit, asked)), asked.by, clock.now())
    return as_file(made, f"{catalogue.at(session, unit)} 提案目录.docx")


@login_required
@require_safe
def handed_out(request: Asked) -> HttpResponse:
    """交办清单 .docx."""
    unit, session, asked = _chosen(request)
    made = catalogue.handed_out(unit, session, catalogue.rows(catalogue.found(unit, asked)), clock.now())
    return as_file(made, f"{catalogue.at(session, unit)} 交办清单.docx")


@login_required
@require_safe
def handed_out_xlsx(request: Asked) -> HttpResponse:
    """交办清单 .xlsx."""
    unit, session, asked = _chosen(request)
    made = catalogue.handed_out_xlsx(catalogue.rows(catalogue.found(unit, asked)))
    return as_file(made, f"{catalogue.at(session, unit)} 交办清单.xlsx")


def _booklet(request: Asked, pk: int) -> Booklet:
    return get_object_or_404(Booklet.objects.select_related("file"), pk=pk, organization__in=permissions.units(request.user, "proposals.export"))  # fmt: skip


@login_required
@require_safe
def progress(request: Asked, pk: int) -> HttpResponse:
    """How far it is; asked every two seconds."""
    return render(request, "proposals/_booklet.html", {"booklet": _booklet(request, pk)})


@login_required
@require_safe
def booklet(request: Asked, pk: int) -> HttpResponseBase:
    """The booklet, .docx."""
    made = _booklet(request, pk)
    if made.file is None or not (path := storage.path_of(made.file)).exists():
        raise Http404
    return FileResponse(path.open("rb"), content_type=actions.DOCX, as_attachment=True, filename="提案汇编.docx")
