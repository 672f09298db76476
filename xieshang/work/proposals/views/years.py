"""旧年提案: the list as a workbook, old years brought in by a sheet, and what the bridge register holds."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from xieshang.base import bridges, clock
from xieshang.base.accounts import permissions
from xieshang.base.errors import NotAllowed, Refused
from xieshang.base.files import storage
from xieshang.base.files.models import Attachment
from xieshang.base.orgs.models import Body, Organization
from xieshang.base.requests import Asked, as_file, as_number, unit_of
from xieshang.documents.errors import DocumentError

from .. import actions, exporting, old_sheets, queries
from ..actions import taking_over
from ..forms import FilterForm, units
from ..models import Bringing

VERB = "proposals.bring_in"


@login_required
@require_safe
def listed(request: Asked) -> HttpResponse:
    """The list as it is narrowed, .xlsx; with `text`, what was written and answered on further sheets."""
    unit = unit_of(request, "proposals.export")
    filters = FilterForm(request.GET, unit=unit)
    found = queries.listed(request.user, unit, filters.narrowed(request.GET.get("q", "")), clock.today())
    return as_file(exporting.book(found, texts="text" in request.GET), "提案.xlsx")


@login_required
def bring(request: Asked) -> HttpResponse:
    """导入旧年提案: choose a sheet, see it checked whole, then have it brought in."""
    unit = unit_of(request, VERB)
    context: dict[str, Any] = {
        "unit": unit,
        "before": queries.bringings(request.user, unit)[:10],
        "counted": request.POST.get("counted", "yes"),
    }
    if request.method != "POST":
        return render(request, "proposals/years.html", context)
    try:
        sheet = _sheet(request, unit)
        data = storage.path_of(sheet.file).read_bytes()
        checked = old_sheets.read(data, sheet.name, unit)
        twice = actions.counted_elsewhere(unit, checked.years)
        context |= {
            "sheet": sheet,
            "checked": checked,
            "twice": sorted({*twice[0], *twice[1]}),
            "units": list(units(unit)),
        }
        if "confirm" in request.POST and not checked.problems:
            made = actions.ask_bringing(
                unit, data, sheet.name, counted=request.POST.get("counted") == "yes", reason=request.POST.get("reason", ""), by=request.user, now=clock.now()
            )  # fmt: skip
            return redirect("proposals:bringing", made.pk)
    except NotAllowed:
        raise
    except (Refused, DocumentError) as error:
        context |= {
            "error": error,
            "reason": request.POST.get("reason", ""),
            "wants_reason": getattr(error, "field", "") == "reason",
        }
    bad = "error" in context or context["checked"].problems
    return render(request, "proposals/years.html", context, status=422 if bad else 200)


def _sheet(request: Asked, unit: Organization) -> Attachment:
    """The sheet that was chosen now, or the one that was checked a moment ago."""
    if file := request.FILES.get("file"):
        return storage.attach([(file.name or "", file.read(storage.MAX_BYTES + 1))], record=_upload(unit), organization=unit, by=request.user, now=clock.now())[0]  # fmt: skip
    found = _kept(request, unit, request.POST.get("sheet", ""))
    if found is None:
        raise Refused("no_sheet", why=_("还没有选择表格"), do=_("请选择填好的 .xlsx 文件"), field="file")
    return found


def _upload(unit: Organization) -> str:
    return f"proposals.years:{unit.pk}"


def _kept(request: Asked, unit: Organization, given: str) -> Attachment | None:
    own = Attachment.objects.filter(record=_upload(unit), added_by=request.user, removed_at=None)
    return own.select_related("file").filter(pk=as_number(given)).first()


@login_required
@require_safe
def template(request: Asked) -> HttpResponse:
    """The sheet to fill in."""
    unit_of(request, VERB)
    return as_file(old_sheets.template(), "旧年提案模板.xlsx")


@login_required
@require_safe
def marked(request: Asked, pk: int) -> HttpResponse:
    """The checked sheet again, with the reason beside each row that cannot be brought in."""
    unit = unit_of(request, VERB)
    sheet = _kept(request, unit, str(pk))
    if sheet is None:
        raise Http404
    data = storage.path_of(sheet.file).read_bytes()
    problems = old_sheets.read(data, sheet.name, unit).problems
    return as_file(old_sheets.marked(data, sheet.name, problems), f"{sheet.name.rsplit('.', 1)[0]} 需要改的.xlsx")


@login_required
@require_POST
def name_units(request: Asked) -> HttpResponse:
    """Names that a sheet has and we do not know: each is one of our units, or only a name. Then the sheet is checked again."""
    unit = unit_of(request, VERB)
    ours = {str(one.pk): one for one in Body.objects.filter(organization=unit)}
    for key, chosen in request.POST.items():
        if key.startswith("unit-") and chosen:
            actions.name_unit(unit, key.removeprefix("unit-"), ours.get(str(chosen)), by=request.user, now=clock.now())
    return bring(request)  # type: ignore[no-any-return]


@login_required
@require_safe
def bringing(request: Asked, pk: int) -> HttpResponse:
    """How far a bringing is, and what became of it; asked every two seconds while it runs."""
    found = queries.bringing(request.user, pk)
    made = found.proposals.order_by("-old_year", "brought_row")
    poll = reverse("proposals:bringing", args=[pk]) if found.under_way else ""
    context = {
        "bringing": found,
        "made": made.select_related("first", "body")[:25],
        "poll": poll,
        "may": permissions.may(request.user, VERB, found.organization),
    }
    return render(request, "proposals/_bringing.html" if request.htmx else "proposals/bringing.html", context)


@login_required
@require_POST
def go_on(request: Asked, pk: int) -> HttpResponse:
    """Once more, from where it stopped."""
    found = queries.bringing(request.user, pk)
    actions.go_on(found, by=request.user, now=clock.now())
    return redirect("proposals:bringing", pk)


@login_required
def bridge(request: Asked) -> HttpResponse:
    """转入: what the bridge register holds, what of it may go, and the order to take it over."""
    unit = unit_of(request, VERB)
    error = None
    if request.method == "POST":
        try:
            made = actions.ask_take_over(unit, by=request.user, now=clock.now())
            messages.success(request, _("已交给后台转入。"))
            return redirect("proposals:bringing", made.pk)
        except Refused as refused:
            error = refused
    held = bridges.held(taking_over.BRIDGE, unit, clock.today())
    told = [(one, actions.lacks_to_go(one)) for one in held.entries]
    context = {
        "error": error, "switch": held.switch, "ready": [one for one, why in told if not why], "stay": [(one, why) for one, why in told if why], "open": held.switch and held.switch <= clock.today(),
        "before": queries.bringings(request.user, unit).filter(kind=Bringing.BRIDGE)[:5],
    }  # fmt: skip
    return render(request, "proposals/bridge.html", context, status=422 if error else 200)
