"""导入: a file or pasted words; then which of its documents."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from xieshang.base import clock
from xieshang.base.accounts import permissions
from xieshang.base.errors import Refused
from xieshang.base.requests import Asked, refused
from xieshang.documents.errors import DocumentError
from xieshang.documents.reading import read_pasted

from .. import actions, queries, reading
from ..forms import ImportForm, OpenForm
from ..models import Paper
from . import unit_of


@login_required
def bring_in(request: Asked) -> HttpResponse:
    """A paper is handed in. With one document in it the next page only asks for the year."""
    unit = unit_of(request)
    permissions.require(request.user, "plans.import", unit)
    form = ImportForm(request.POST, request.FILES) if request.method == "POST" else ImportForm()
    if request.method == "POST" and form.is_valid():
        data, name = given(form)
        try:
            paper = actions.keep(unit, data, name, by=request.user, now=clock.now())
            return redirect(paper)
        except (Refused, DocumentError) as error:
            refused(form, error, at="file" if form.cleaned_data.get("file") else "pasted")
    status = 422 if form.errors else 200
    return render(request, "plans/import.html", {"form": form, "papers": queries.papers(unit)}, status=status)


def given(form: ImportForm) -> tuple[bytes, str]:
    """The file, or the pasted words as one."""
    if upload := form.cleaned_data.get("file"):
        return upload.read(), upload.name
    return read_pasted(str(form.cleaned_data["pasted"])).encode(), _("粘贴的正文") + ".txt"


@login_required
def choose(request: Asked, pk: int) -> HttpResponse:
    """The documents in a paper; one of them becomes a plan."""
    paper = queries.paper(request.user, pk)
    documents = reading.documents(paper.text, paper.name)
    first = next((one.number for one in documents if one.kind == "plan"), 1)
    start = {"document": request.GET.get("document") or first, "year": request.desk.year}
    if request.desk.at.kind == "session":
        start |= {"starts_on": request.desk.starts_on, "ends_on": request.desk.ends_on}
    form = OpenForm(request.POST if request.method == "POST" else None, documents=documents, initial=start)
    if request.method == "POST" and form.is_valid():
        fields = dict(form.cleaned_data)
        revise = fields.pop("revise")
        title = documents[fields["document"] - 1].title
        if revise and (plan := actions.to_revise(paper.organization, fields["year"], title)):
            return redirect(f"{reverse('plans:revise', args=[plan.pk])}?paper={paper.pk}")
        if revise:
            form.add_error(
                "revise", _("%(year)s 年度没有同名的计划。请打开要修订的那份计划，在它的页面点“修订”。") % fields
            )
            return render(request, "plans/choose.html", _choosing(form, paper, documents), status=422)
        try:
            plan = actions.open_plan(paper, by=request.user, now=clock.now(), **fields)
            return redirect("plans:review", plan.pk)
        except Refused as error:
            refused(form, error)
    return render(request, "plans/choose.html", _choosing(form, paper, documents), status=422 if form.errors else 200)


def _choosing(form: OpenForm, paper: Paper, documents: list[reading.Found]) -> dict[str, Any]:
    return {
        "form": form,
        "paper": paper,
        "documents": documents,
        "opened": queries.opened(paper),
        "chosen": _chosen(form),
    }


def _chosen(form: OpenForm) -> int:
    value = form["document"].value()
    return int(value) if str(value).isdigit() else 1
