"""导入: a file or pasted words; then which of its documents."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from xieshang.base import clock
from xieshang.base.accounts import permissions
from xieshang.base.errors import Refused
from xieshang.base.requests import Asked
from xieshang.documents.errors import DocumentError

from .. import actions, queries, reading
from ..forms import ImportForm, OpenForm
from . import unit_of


@login_required
def bring_in(request: Asked) -> HttpResponse:
    """A paper is handed in. With one document in it the next page only asks for the year."""
    unit = unit_of(request)
    permissions.require(request.user, "plans.import", unit)
    form = ImportForm(request.POST, request.FILES) if request.method == "POST" else ImportForm()
    if request.method == "POST" and form.is_valid():
        data, name = _given(form)
        try:
            paper = actions.keep(unit, data, name, by=request.user, now=clock.now())
            return redirect(paper)
        except (Refused, DocumentError) as error:
            form.add_error("file" if form.cleaned_data.get("file") else "pasted", f"{error.why}。{error.do}。")
    status = 422 if form.errors else 200
    return render(request, "plans/import.html", {"form": form, "papers": queries.papers(unit)}, status=status)


def _given(form: ImportForm) -> tuple[bytes, str]:
    if upload := form.cleaned_data.get("file"):
        return upload.read(), upload.name
    return str(form.cleaned_data["pasted"]).encode(), _("粘贴的正文") + ".txt"


@login_required
def choose(request: Asked, pk: int) -> HttpResponse:
    """The documents in a paper; one of them becomes a plan."""
    paper = queries.paper(request.user, pk)
    documents = reading.documents(paper.text)
    first = next((one.number for one in documents if one.kind == "plan"), 1)
    start = {"document": request.GET.get("document") or first, "year": request.desk.year}
    form = OpenForm(request.POST if request.method == "POST" else None, documents=documents, initial=start)
    if request.method == "POST" and form.is_valid():
        try:
            plan = actions.open_plan(paper, by=request.user, now=clock.now(), **form.cleaned_data)
            return redirect("plans:review", plan.pk)
        except Refused as error:
            form.add_error(error.field if error.field in form.fields else None, f"{error.why}。{error.do}。")
    context = {
        "form": form,
        "paper": paper,
        "documents": documents,
        "opened": queries.opened(paper),
        "chosen": _chosen(form),
    }
    return render(request, "plans/choose.html", context, status=422 if form.errors else 200)


def _chosen(form: OpenForm) -> int:
    value = form["document"].value()
    return int(value) if str(value).isdigit() else 1
