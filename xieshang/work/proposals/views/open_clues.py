"""The page for everybody: a clue is handed in without log-in, and what became of it is asked by its receipt."""

from uuid import uuid4

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from xieshang.base import clock
from xieshang.base.errors import NotAllowed, Refused
from xieshang.base.orgs.models import Organization
from xieshang.base.requests import as_uuid, refused
from xieshang.base.settings.parameters import value

from .. import clue_rules
from ..actions import clues as writes
from ..clue_forms import OpenClueForm
from ..models import Clue
from .clues import lengths


def _unit(code: str) -> Organization:
    """A committee that calls for clues now; else 404."""
    unit = get_object_or_404(Organization, code=code)
    if not value(unit, clue_rules.CLUES_OPEN, clock.today()):
        raise Http404
    return unit


@never_cache
def hand_in(request: HttpRequest, code: str) -> HttpResponse:
    """提供提案线索. The answer is a page with the receipt, not another address: nothing of it stands in a log."""
    unit = _unit(code)
    form = OpenClueForm(request.POST if request.method == "POST" else None, unit=unit)
    if request.method == "POST" and form.is_valid():
        try:
            writes.knock(unit, request.META.get("REMOTE_ADDR", ""), now=clock.now())
            made = writes.receive(
                unit, form.cleaned_data, source=clue_rules.PUBLIC, client_id=as_uuid(request.POST.get("client_id", "")), by=None, now=clock.now(),
            )  # fmt: skip
            return render(request, "proposals/open_received.html", {"clue": made, "unit": unit})
        except Refused as error:
            refused(form, error)
    context = {"form": form, "unit": unit, "client_id": request.POST.get("client_id") or uuid4(), **lengths(unit)}
    return render(request, "proposals/open_clue.html", context, status=422 if form.errors else 200)


@never_cache
def ask(request: HttpRequest, code: str) -> HttpResponse:
    """查处理结果, by the receipt: the title, where it stands and what is said, never who wrote it."""
    unit, found, error = _unit(code), None, None
    typed = request.POST.get("code", "").strip().upper().replace(" ", "").replace("-", "")[:12]
    if request.method == "POST":
        try:
            writes.knock(unit, request.META.get("REMOTE_ADDR", ""), asking=True, now=clock.now())
            found = Clue.objects.filter(organization=unit, code=typed).first() if typed else None
            if found is None:
                error = Refused("no_such_code", why=_("没有这个查询码"), do=_("请照回执再输一遍"))
        except NotAllowed:
            raise
        except Refused as refusal:
            error = refusal
    context = {"unit": unit, "clue": found, "error": error, "typed": typed}
    return render(request, "proposals/open_asked.html", context, status=422 if error else 200)
