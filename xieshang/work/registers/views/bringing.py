"""Many entries at once, pasted or from a sheet: shown whole before anything is written."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from xieshang.base import clock
from xieshang.base.errors import Refused
from xieshang.base.files import storage
from xieshang.base.requests import Asked, as_file
from xieshang.documents.errors import DocumentError
from xieshang.documents.sheets import parse_pasted, read_rows

from .. import actions, late, queries, rules, sheets
from ..models import Register
from . import register_of

SHOWN_ROWS = 50


@login_required
@require_safe
def template(request: Asked, pk: int) -> HttpResponse:
    """The empty sheet to fill and bring in."""
    register = register_of(request, pk, "registers.import")
    return as_file(sheets.template(register), f"{register.name}（模板）.xlsx")


@login_required
def paste(request: Asked, pk: int) -> HttpResponse:
    """粘贴多行: from a spreadsheet; shown whole before anything is written."""
    register = register_of(request, pk, "registers.import")
    if request.method != "POST":
        return _bring(request, register, "paste")
    text = request.POST.get("text", "")
    try:
        lines = sheets.read(register, parse_pasted(text), queries.known(register.organization), headed=False)
    except Refused as refused:
        return _bring(request, register, "paste", text=text, refused=refused)
    return _checked(request, register, lines, "paste", text=text)


@login_required
def bring_sheet(request: Asked, pk: int) -> HttpResponse:
    """导入表格: an .xlsx; checked whole and shown before anything is written."""
    register = register_of(request, pk, "registers.import")
    if request.method != "POST":
        return _bring(request, register, "import")
    try:
        file = request.FILES.get("file")
        if file is None:
            raise Refused("no_file", why=_("还没有选文件"), do=_("请选择填好的表格"), field="file")
        rows = read_rows(file.read(storage.MAX_BYTES + 1), file.name or "")
        lines = sheets.read(register, rows, queries.known(register.organization), headed=True)
    except DocumentError as error:
        return _bring(request, register, "import", refused=Refused(error.code, why=error.why, do=error.do))
    except Refused as refused:
        return _bring(request, register, "import", refused=refused)
    return _checked(request, register, lines, "import")


@login_required
@require_POST
def bring(request: Asked, pk: int) -> HttpResponse:
    """登记 the rows that were shown: all or none."""
    register = register_of(request, pk, "registers.import")
    lines = sheets.unpacked(request.POST.get("rows", ""), register, queries.known(register.organization))
    way = "import" if request.POST.get("way") == "import" else "paste"
    reason = request.POST.get("reason", "")
    try:
        made, there = actions.bring(
            register,
            [line.values for line in lines],
            by=request.user,
            now=clock.now(),
            reason=reason,
        )
    except actions.BadRows as bad:
        if bad.locked and reason.strip():
            asked = late.ask_rows(
                register, sheets.packed(lines), len(lines), reason=reason, by=request.user, now=clock.now()
            )
            messages.success(request, _("这些行已送签。办公室主任同意后一次登记。"))
            return redirect(asked)
        for n, why in bad.rows.items():
            lines[n].problems = [why]
        return _checked(request, register, lines, way, wants_reason=bad.late or bad.locked, locked=bad.locked)
    words = _("已登记 %(n)s %(unit)s。") % {"n": len(made), "unit": register.unit}
    if there:
        words += _("另有 %(n)s 行和以前登记的完全相同，没有重复登记。") % {"n": there}
    messages.success(request, words)
    return redirect(register)


@login_required
@require_POST
def refused_rows(request: Asked, pk: int) -> HttpResponse:
    """The refused rows as .xlsx, the reason beside each."""
    register = register_of(request, pk, "registers.import")
    lines = sheets.unpacked(request.POST.get("rows", ""), register, queries.known(register.organization))
    return as_file(sheets.refused(register, lines), f"{register.name}（退回的行）.xlsx")


def _bring(
    request: Asked, register: Register, way: str, *, text: str = "", refused: Refused | None = None
) -> HttpResponse:
    context = {
        "register": register,
        "way": way,
        "text": text,
        "refused": refused,
        "columns": sheets.columns(register),
        "most": rules.MOST_ROWS,
    }
    return render(request, "registers/bring.html", context, status=422 if refused else 200)


def _checked(
    request: Asked,
    register: Register,
    lines: list[sheets.Line],
    way: str,
    *,
    text: str = "",
    wants_reason: bool = False,
    locked: bool = False,
) -> HttpResponse:
    columns = sheets.columns(register)
    bad = [line for line in lines if line.problems]
    shown = (bad or lines)[:SHOWN_ROWS]
    context = {
        "register": register, "way": way, "text": text, "lines": lines, "bad": bad, "columns": columns, "packed": sheets.packed(lines),
        "packed_bad": sheets.packed(bad), "rest": len(bad or lines) - len(shown), "late": wants_reason, "locked": locked,
        "rows": [(line, [(one, sheets.said(line.values.get(one.key))) for one in columns]) for line in shown],
    }  # fmt: skip
    return render(request, "registers/check.html", context, status=422 if bad else 200)
