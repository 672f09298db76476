"""修订: hand in the revised document, pair it with the plan, decide, apply."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from xieshang.base import clock
from xieshang.base.accounts import permissions
from xieshang.base.errors import Refused
from xieshang.base.requests import Asked, as_number, refused
from xieshang.documents.errors import DocumentError

from .. import actions, comparing, queries, reading, rules
from ..forms import ApplyForm, ImportForm
from ..models import Paper, Plan, Revision
from . import seen
from .bringing import given

WORDS = {"open": gettext_lazy("有变动的"), "all": gettext_lazy("全部"), **dict(rules.CHANGES)}


@login_required
def revise(request: Asked, pk: int) -> HttpResponse:
    """Hand in the revised document: a file, pasted words, or a paper that is here; `?paper=` chooses among its documents."""
    plan = queries.one(request.user, pk)
    permissions.require(request.user, "plans.start_revision", plan.organization)
    if (open_one := comparing.standing(plan)) is not None:
        return redirect(open_one)
    if wanted := as_number(request.GET.get("paper")):
        return _choose(request, plan, queries.paper(request.user, wanted))
    form = ImportForm(request.POST, request.FILES) if request.method == "POST" else ImportForm()
    if request.method == "POST" and form.is_valid():
        data, name = given(form)
        try:
            paper = actions.keep(plan.organization, data, name, by=request.user, now=clock.now())
            return redirect(f"{reverse('plans:revise', args=[plan.pk])}?paper={paper.pk}")
        except (Refused, DocumentError) as error:
            refused(form, error, at="file" if form.cleaned_data.get("file") else "pasted")
    context = {"plan": plan, "form": form, "papers": comparing.papers(plan)}
    return render(request, "plans/revise.html", context, status=422 if form.errors else 200)


def _choose(request: Asked, plan: Plan, paper: Paper) -> HttpResponse:
    """Which document of the paper; the one that bears the plan's title is marked."""
    documents = reading.documents(paper.text, paper.name)
    alike = actions.best_document(plan, documents)
    problem: Refused | None = None
    if request.method == "POST":
        try:
            number = as_number(request.POST.get("document")) or None
            return redirect(actions.start_revision(plan, paper, number, by=request.user, now=clock.now()))
        except Refused as error:
            if error.status != 422:
                raise
            problem = error
    context = {"plan": plan, "paper": paper, "documents": documents, "chosen": alike, "problem": problem}
    return render(request, "plans/revise_choose.html", context, status=422 if problem else 200)


@login_required
def revision(request: Asked, pk: int) -> HttpResponse:
    """The pairs; `?tab=` narrows them, `?pair=` opens the choice of what an item may be paired with."""
    return render(request, "plans/revision.html", _context(request, comparing.revision(request.user, pk)))


def _context(request: Asked, one: Revision, form: ApplyForm | None = None) -> dict[str, Any]:
    asked = request.POST if request.method == "POST" else request.GET
    tab = asked.get("tab", "open")
    found = comparing.compared(one, tab, as_number(request.GET.get("pair")))
    base = reverse("plans:revision", args=[one.pk])
    tabs = [
        {"label": WORDS[name], "url": f"{base}?tab={name}", "count": found.counts[name], "current": name == tab}
        for name in comparing.TABS
        if found.counts[name] or name in ("open", "all")
    ]
    return {
        "revision": one, "plan": one.plan, "found": found, "tabs": tabs, "tab": tab, "editing": one.state == "pairing" and permissions.may(request.user, "plans.pair", one.organization), "state_word": rules.REVISION_STATES[one.state],
        "asks": sum(row.asks for row in found.rows), "form": form or ApplyForm(initial={"effective_on": min(max(clock.today(), one.plan.starts_on), one.plan.ends_on)}),
    }  # fmt: skip


@login_required
@require_POST
def pair(request: Asked, pk: int) -> HttpResponse:
    """配对、拆开、采用哪一边: saved at once. `do` says which, `pair` of which, `old` with which."""
    one = comparing.revision(request.user, pk)
    number, now = as_number(request.POST.get("pair")), clock.now()
    match request.POST.get("do", ""):
        case "join":
            actions.join(one, number, as_number(request.POST.get("old")), by=request.user, now=now)
        case "part":
            actions.part(one, number, by=request.user, now=now)
        case take:
            actions.decide(one, number, take, by=request.user, now=now)
    if request.htmx:
        return render(request, "plans/_pairs.html", _context(request, comparing.revision(request.user, pk)))
    return redirect(f"{one.get_absolute_url()}?tab={request.POST.get('tab', 'open')}#pair{number}")


@login_required
@require_POST
def apply(request: Asked, pk: int) -> HttpResponse:
    """采用: with basis and day; a mistake is shown with what was typed."""
    one = comparing.revision(request.user, pk)
    form = ApplyForm(request.POST)
    if form.is_valid():
        try:
            actions.apply_revision(one, by=request.user, now=clock.now(), seen=seen(request), **form.cleaned_data)
            messages.success(request, _("修订已采用，原来的内容留在各项任务的旧版本里"))
            return redirect(one.plan)
        except Refused as error:
            refused(form, error)
    one = comparing.revision(request.user, pk)
    return render(request, "plans/revision.html", _context(request, one, form), status=422)


@login_required
@require_POST
def drop(request: Asked, pk: int) -> HttpResponse:
    """不用了."""
    one = comparing.revision(request.user, pk)
    actions.drop_revision(one, by=request.user, now=clock.now(), seen=seen(request))
    messages.success(request, _("没有采用这份修订稿，计划不变"))
    return redirect(one.plan)
