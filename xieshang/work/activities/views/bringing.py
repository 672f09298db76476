"""用表格导入: the template, the check, the sheet of what was refused."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from xieshang.base import clock
from xieshang.base.errors import NotAllowed, Refused
from xieshang.base.files import storage
from xieshang.base.files.models import Attachment
from xieshang.base.orgs.models import Organization
from xieshang.base.requests import Asked, as_file, as_number, unit_of
from xieshang.documents.errors import DocumentError

from .. import late, queries, sheets
from . import keep


@login_required
def import_sheet(request: Asked) -> HttpResponse:
    """用表格导入: choose a sheet, see it checked whole, then bring it in."""
    unit = unit_of(request, "activities.import")
    context: dict[str, Any] = {"unit": unit}
    if request.method != "POST":
        return render(request, "activities/import.html", context)
    try:
        sheet = _sheet(request, unit)
        checked = sheets.read(
            storage.path_of(sheet.file).read_bytes(), sheet.name, unit, clock.today(), by=request.user
        )
        context |= {
            "sheet": sheet,
            "checked": checked,
            "refused_rows": len({problem.row for problem in checked.problems}),
        }
        if "confirm" in request.POST and not checked.problems:
            return _brought(request, unit, sheet, checked)
    except NotAllowed:
        raise
    except (Refused, DocumentError) as error:
        context |= {
            "error": error,
            "wants_reason": getattr(error, "field", "") == "reason",
            "reason": request.POST.get("reason", ""),
        }
    status = 422 if "error" in context or context["checked"].problems else 200
    return render(request, "activities/import.html", context, status=status)


def _brought(request: Asked, unit: Organization, sheet: Attachment, checked: sheets.Checked) -> HttpResponse:
    """Recorded; or, with rows in a locked period, sent to the head of the office, whole and with one reason."""
    given: dict[str, Any] = {"reason": request.POST.get("reason", ""), "by": request.user, "now": clock.now()}
    if checked.late:
        asked = late.ask_sheet(sheet, checked, unit, **given)
        messages.success(request, _("整张表已送签。办公室主任同意后一次登记。"))
        return redirect(asked)
    made = sheets.bring_in(checked, unit, **given)
    messages.success(request, _("已登记 %(n)s 次活动。") % {"n": len(made)})
    return redirect("activities:list")


def _sheet(request: Asked, unit: Organization) -> Attachment:
    """The sheet that was chosen now, or the one that was checked a moment ago."""
    if file := request.FILES.get("file"):
        return keep(request, unit, file, "import")
    return _kept_sheet(request, request.POST.get("sheet", ""))


def _kept_sheet(request: Asked, given: str) -> Attachment:
    found = queries.uploads(request.user, [as_number(given)])
    if not found:
        raise Refused("no_sheet", why=_("还没有选择表格"), do=_("请选择填好的 .xlsx 文件"), field="file")
    return found[0]


@login_required
@require_safe
def template(request: Asked) -> HttpResponse:
    """The sheet to fill in."""
    unit_of(request, "activities.import")
    return as_file(sheets.template(), "活动登记模板.xlsx")


@login_required
@require_safe
def refused_rows(request: Asked, pk: int) -> HttpResponse:
    """The checked sheet again, with the reason beside each refused row."""
    unit = unit_of(request, "activities.import")
    found = queries.uploads(request.user, [pk])
    if not found or found[0].organization_id != unit.pk:
        raise Http404
    sheet = found[0]
    data = storage.path_of(sheet.file).read_bytes()
    checked = sheets.read(data, sheet.name, unit, clock.today(), by=request.user)
    return as_file(
        sheets.error_file(data, sheet.name, checked.problems), sheet.name.rsplit(".", 1)[0] + " 需要改的.xlsx"
    )
