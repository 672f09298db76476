"""历年数据: the list, one of them, many at once."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from xieshang.base import clock
from xieshang.base.accounts import permissions
from xieshang.base.audit import telling
from xieshang.base.audit.models import Entry
from xieshang.base.errors import NotAllowed, Refused, Stale
from xieshang.base.files import storage
from xieshang.base.ledger import figures
from xieshang.base.orgs.models import Organization
from xieshang.base.paperwork.models import Approval
from xieshang.base.requests import Asked, as_file, refused, seen, unit_of
from xieshang.documents.errors import DocumentError
from xieshang.documents.sheets import parse_pasted, read_rows

from . import actions, late, queries, rules, sheets
from .forms import YearForm
from .models import YearFigure

VERBS = {
    "earlier.record": gettext_lazy("登记"),
    "earlier.correct": gettext_lazy("更正"),
    "earlier.void": gettext_lazy("作废"),
}


@login_required
@require_safe
def listed(request: Asked) -> HttpResponse:
    """Year × 统计项 × number, and what has been replaced by detail."""
    unit = unit_of(request, "earlier.see")
    may = permissions.may(request.user, "earlier.record", unit)
    return render(request, "earlier/list.html", {"found": queries.listed(request.user, unit), "may": may})


@login_required
def new(request: Asked) -> HttpResponse:
    """登记 one."""
    unit = unit_of(request, "earlier.record")
    known = figures.indicators(unit)
    form = YearForm(request.POST or None, request.FILES or None, known=known, initial={"year": clock.today().year - 1})
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.record(
                unit, form.given, by=request.user, now=clock.now(), reason=form.cleaned_data["reason"], files=form.sent
            )
        except Refused as error:
            if asked := _late(request, unit, form, error):
                return redirect(asked)
        else:
            messages.success(request, _("已补录%(year)s年“%(name)s”。") % {"year": made.year, "name": made.name})
            return redirect("earlier:list")
    return _form(request, form)


@login_required
def one(request: Asked, pk: int) -> HttpResponse:
    """One of them, and its correction."""
    found = queries.one(request.user, pk)
    known = figures.indicators(found.organization)
    initial = {name: getattr(found, name) for name in ("year", "indicator", "value", "source")}
    posted = request.method == "POST"
    form = YearForm(request.POST if posted else None, request.FILES if posted else None, known=known, initial=initial)
    if posted:
        permissions.require(request.user, "earlier.correct", found.organization)
    if posted and form.is_valid():
        try:
            actions.correct(
                found, form.given, by=request.user, now=clock.now(), seen=seen(request), reason=form.cleaned_data["reason"], files=form.sent
            )  # fmt: skip
        except Refused as error:
            if asked := _late(request, found.organization, form, error, found):
                return redirect(asked)
        else:
            messages.success(request, _("已更正。"))
            return redirect("earlier:list")
    return _form(request, form, found)


def _late(
    request: Asked, unit: Organization, form: YearForm, error: Refused, one: YearFigure | None = None
) -> Approval | None:
    """A refusal, beside its field. A locked year: with a reason what was typed goes to the head of the office, and waits."""
    form.late = error.code == "locked_period"
    if form.late and "late" in request.POST:
        given: dict[str, Any] = {"reason": form.cleaned_data["reason"], "by": request.user, "now": clock.now()}
        try:
            asked = late.ask(unit, [form.given], one=one, files=form.sent, **given)
        except Refused as other:
            error = other
        else:
            messages.success(request, _("已送签，填写的内容都留着。办公室主任同意后就登记。"))
            return asked
    refused(form, error)
    return None


@login_required
@require_POST
def void(request: Asked, pk: int) -> HttpResponse:
    """作废, with the reason."""
    found = queries.one(request.user, pk)
    try:
        actions.void(found, by=request.user, now=clock.now(), seen=seen(request), reason=request.POST.get("reason", ""))
    except (NotAllowed, Stale):
        raise
    except Refused as error:
        form = YearForm(
            known=figures.indicators(found.organization),
            initial={name: getattr(found, name) for name in ("year", "indicator", "value", "source")},
        )
        return _form(request, form, found, problem=error)
    messages.success(request, _("已作废，不再用于任何统计项。"))
    return redirect("earlier:list")


@login_required
def bring(request: Asked) -> HttpResponse:
    """Many at once, pasted or from a sheet: checked whole, and all or none written."""
    unit = unit_of(request, "earlier.record")
    said: dict[str, Any] = {"text": request.POST.get("text", ""), "source": request.POST.get("source", "").strip()}
    reason = request.POST.get("reason", "")
    if request.method != "POST":
        return render(request, "earlier/bring.html", said)
    try:
        found, problems = sheets.read(_rows(request), figures.indicators(unit), said["source"], clock.now())
        if not problems and not found:
            raise Refused("nothing", why=_("没有认出一行"), do=_("请粘贴几行，或选择填好的表格"))
        if problems:
            return render(request, "earlier/bring.html", {**said, "reason": reason, "problems": problems}, status=422)
        if "late" in request.POST:
            asked = late.ask(unit, found, reason=reason, by=request.user, now=clock.now())
            messages.success(request, _("已送签，填写的内容都留着。办公室主任同意后就登记。"))
            return redirect(asked)
        made = actions.bring(unit, found, by=request.user, now=clock.now(), reason=reason)
    except NotAllowed:
        raise
    except (Refused, DocumentError) as error:
        locked = "late" in request.POST or getattr(error, "code", "") == "locked_period"
        given = {**said, "reason": reason, "refused": error, "late": locked}
        return render(request, "earlier/bring.html", given, status=422)
    messages.success(request, _("已补录 %(n)s 个数。") % {"n": len(made)})
    return redirect("earlier:list")


@login_required
@require_safe
def sheet(request: Asked) -> HttpResponse:
    """What is there as .xlsx, which is the form to fill too."""
    unit = unit_of(request, "earlier.see")
    found = [shown.one for shown in queries.listed(request.user, unit)]
    return as_file(sheets.sheet(found), _("历年数据") + ".xlsx")


def _rows(request: Asked) -> list[list[object]]:
    file = request.FILES.get("file")
    pasted = request.POST.get("text", "")
    rows: list[list[object]] = [list(row) for row in parse_pasted(pasted)] if pasted.strip() else []
    if file:
        rows += read_rows(file.read(storage.MAX_BYTES + 1), file.name or "")
    if len(rows) > rules.MOST_ROWS:
        raise Refused("too_many", why=_("一次最多 %(n)s 行") % {"n": rules.MOST_ROWS}, do=_("请分几次导入"))
    return rows


def _form(
    request: Asked, form: YearForm, one: YearFigure | None = None, problem: Refused | None = None
) -> HttpResponse:
    given: dict[str, Any] = {"form": form, "one": one, "refused": problem, "may": one is None}
    if one is not None:
        given |= {
            "shown": queries.shown(one.organization, [one])[0], "files": storage.of(one.ref), "history": telling.told(telling.entries(one.ref), VERBS, _changes),
            "may": one.state == "valid" and permissions.may(request.user, "earlier.correct", one.organization),
        }  # fmt: skip
    return render(request, "earlier/form.html", given, status=422 if form.errors or problem else 200)


def _changes(entry: Entry) -> list[str]:
    named = {"year": _("年度"), "name": _("统计项"), "value": _("数"), "source": _("出处")}
    changed = {name: pair for name, pair in entry.detail.get("changed", {}).items() if name in named}
    return telling.pairs(changed, lambda name: named[name], lambda _name, value: telling.plain(value))
