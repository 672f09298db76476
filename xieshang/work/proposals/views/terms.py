"""提案的类别、理由和办理类别: what holds in a unit, changed or stopped from a day on, each with its citation."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from xieshang.base import clock
from xieshang.base.accounts import permissions
from xieshang.base.errors import Refused
from xieshang.base.orgs.models import Organization
from xieshang.base.orgs.queries import ancestors
from xieshang.base.requests import Asked, refused, unit_of
from xieshang.base.settings import parameters

from .. import actions, rules, terms
from ..models import Term
from ..schemes import KINDS, MEANINGS, SCHEMES, Word
from ..term_forms import AdoptForm, StopForm, TermForm

SEE, SET = "settings.see", "settings.set"
BESIDE = (rules.NUMBER_FORM, rules.INTERIM_MARK, rules.CONTINUE_NUMBERS, rules.FOLLOW, *(rules.eligible_key(code) for code, _title in rules.PROPOSERS))  # fmt: skip


@login_required
@require_safe
def listed(request: Asked) -> HttpResponse:
    """Each kind with what holds today, and the rules that belong to it."""
    return _listed(request, unit_of(request, SEE))


def _listed(request: Asked, unit: Organization, adopting: AdoptForm | None = None) -> HttpResponse:
    today = clock.today()
    kinds = []
    for kind, title in KINDS:
        words = list(terms.every(unit, kind, today).values())
        offered, stopped = [one for one in words if one.offered], [one for one in words if not one.offered]
        form = adopting if adopting and adopting.kind == kind else AdoptForm(kind=kind, initial={"since": today})
        kinds.append({"kind": kind, "title": title, "words": offered, "stopped": stopped, "adopt": form if any(s.kind == kind for s in SCHEMES) else None, "later": _later(unit, kind)})  # fmt: skip
    context = {
        "kinds": kinds, "rules": parameters.all_in_force(unit, BESIDE, today), "may_set": permissions.may(request.user, SET, unit),
    }  # fmt: skip
    return render(request, "proposals/terms.html", context, status=422 if adopting else 200)


def _later(unit: Organization, kind: str) -> list[Term]:
    """What was decided and does not hold yet."""
    found = Term.objects.filter(organization__in=ancestors(unit), kind=kind, since__gt=clock.today())
    return list(found.order_by("since", "id"))


@login_required
def new(request: Asked, kind: str) -> HttpResponse:
    """One more word of a kind."""
    return _edit(request, kind, None)


@login_required
def one(request: Asked, kind: str, code: str) -> HttpResponse:
    """One word: what it was called since when, and another name or meaning from a day on."""
    return _edit(request, kind, code)


def _edit(request: Asked, kind: str, code: str | None, stopping: StopForm | None = None) -> HttpResponse:
    unit, word = unit_of(request, SET if request.method == "POST" else SEE), None
    if code is not None:
        word = _word(unit, kind, code)
    elif kind not in dict(KINDS):
        raise Http404
    today = clock.today()
    typed = request.POST if request.method == "POST" and stopping is None else None
    form = TermForm(
        typed,
        kind=kind,
        word=word,
        initial={"since": today, **({"title": word.name, "meaning": word.meaning} if word else {})},
    )
    if typed is not None and form.is_valid():
        given = form.cleaned_data
        try:
            actions.set_term(
                unit, kind, code=code or given.get("code", ""), title=given["title"], meaning=given.get("meaning", ""), since=given["since"], citation=given["citation"], by=request.user, now=clock.now(),
            )  # fmt: skip
            messages.success(request, _("已保存，%(day)s 起生效") % {"day": given["since"]})
            return redirect("proposals:terms")
        except Refused as error:
            refused(form, error)
    history = Term.objects.filter(organization__in=ancestors(unit), kind=kind, code=code or "").select_related("organization", "set_by")  # fmt: skip
    context = {
        "kind": kind, "kind_title": dict(KINDS)[kind], "word": word, "form": form, "history": _told(history), "may_set": permissions.may(request.user, SET, unit),
        "stop": stopping or StopForm(initial={"since": today}), "stopping": stopping is not None,
    }  # fmt: skip
    return render(request, "proposals/term.html", context, status=422 if form.errors or stopping else 200)


def _told(rows: Any) -> list[dict[str, Any]]:
    return [{"row": row, "means": MEANINGS[row.kind].get(row.meaning, "")} for row in rows]


def _word(unit: Organization, kind: str, code: str) -> Word:
    found = terms.every(unit, kind, clock.today().replace(year=9999)).get(code) if kind in dict(KINDS) else None
    if found is None:
        raise Http404
    return found


@login_required
@require_POST
def stop(request: Asked, kind: str, code: str) -> HttpResponse:
    """停用 from a day on."""
    unit = unit_of(request, SET)
    word, form = _word(unit, kind, code), StopForm(request.POST)
    if form.is_valid():
        given = form.cleaned_data
        try:
            actions.stop_term(unit, kind, code, since=given["since"], citation=given["citation"], by=request.user, now=clock.now())  # fmt: skip
            messages.success(request, _("“%(what)s”从 %(day)s 起停用") % {"what": word.title, "day": given["since"]})
            return redirect("proposals:terms")
        except Refused as error:
            refused(form, error)
    return _edit(request, kind, code, form)


@login_required
@require_POST
def adopt(request: Asked, kind: str) -> HttpResponse:
    """换用一套: a whole set of another place's."""
    unit = unit_of(request, SET)
    if kind not in dict(KINDS):
        raise Http404
    form = AdoptForm(request.POST, kind=kind)
    if form.is_valid():
        given = form.cleaned_data
        scheme = next(one for one in SCHEMES if one.kind == kind and one.key == given["scheme"])
        try:
            actions.adopt(unit, scheme, since=given["since"], citation=given["citation"], by=request.user, now=clock.now())  # fmt: skip
            messages.success(request, _("已换用，%(day)s 起生效") % {"day": given["since"]})
            return redirect("proposals:terms")
        except Refused as error:
            refused(form, error)
    return _listed(request, unit, form)
