"""计划: the list of a year, one plan against the calendar, its exports and drafts."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from xieshang.base import clock
from xieshang.base.accounts import permissions
from xieshang.base.errors import Refused
from xieshang.base.requests import Asked, as_file, refused
from xieshang.base.unchanged import unchanged

from .. import actions, approving, comparing, exports, queries, rules
from ..forms import FilterForm, PlanForm, StatusForm
from ..models import Plan
from . import seen, unit_of


@login_required
@unchanged
def plans(request: Asked) -> HttpResponse:
    """The plans of the unit and year at hand, and one strip over all of them."""
    unit, desk = unit_of(request), request.desk
    permissions.require(request.user, "plans.see", unit)
    found, counts = queries.listed(unit, desk.starts_on, desk.ends_on, clock.today())
    may_import = permissions.may(request.user, "plans.import", unit)
    rows = [
        (
            one,
            [
                {**item, "url": f"{one.plan.get_absolute_url()}?state={item['state']}"}
                for item in queries.strip(one.counts, always=())
            ],
        )
        for one in found
    ]
    context = {
        "found": rows,
        "strip": [{**item, "url": ""} for item in queries.strip(counts)],
        "today": clock.today(),
        "may_import": may_import,
        "may_export": permissions.may(request.user, "plans.export", unit),
        "unit": unit,
        "year": desk.at,
    }
    return render(request, "plans/list.html", context)


@login_required
@unchanged
def one(request: Asked, pk: int) -> HttpResponse:
    """The document's outline, each target against the calendar. `state owner kind` in the address narrow what is shown."""
    plan = queries.one(request.user, pk, paper=False)
    chosen = {name: request.GET.get(name, "") for name in ("state", "owner", "kind")}
    sheet = queries.sheet(plan, clock.today(), **chosen)
    others = urlencode({name: value for name, value in chosen.items() if value and name != "state"})
    strip = [
        {**item, "url": f"{item['url']}{'&' if len(item['url']) > 1 and others else ''}{others}"}
        for item in queries.strip(sheet.counts, current=chosen["state"])
    ]
    context: dict[str, Any] = {
        "plan": plan, "sheet": sheet, "strip": strip, "chosen": chosen, "today": sheet.on,
        "filter": FilterForm(sorted({row.target.owner for row in sheet.rows} - {""}), initial=chosen), "outline": plan.sections.all(), "gaps": plan.marks.filter(kind="gap").count(),
        "moves": _moves(request, plan), "may_export": permissions.may(request.user, "plans.export", plan.organization),
        **comparing.beside(request.user, plan, sheet.on),
        "may_report": permissions.may(request.user, "plans.progress", plan.organization),
    }  # fmt: skip
    return render(request, "plans/one.html", context)


def _moves(request: Asked, plan: Plan) -> list[str]:
    from xieshang.base.workflow.engine import possible

    return possible(plan, request.user, rules.PLAN_MOVES)


@login_required
def edit(request: Asked, pk: int) -> HttpResponse:
    """标题、文号、来源、起止日."""
    plan = queries.one(request.user, pk)
    permissions.require(request.user, "plans.edit", plan.organization)
    form = PlanForm(request.POST if request.method == "POST" else None, instance=Plan.objects.get(pk=plan.pk))
    if request.method == "POST" and form.is_valid():
        try:
            actions.edit(
                plan,
                fields=form.cleaned_data,
                by=request.user,
                now=clock.now(),
                seen=seen(request),
            )
            messages.success(request, _("已保存"))
            return redirect(plan)
        except Refused as error:
            if error.field not in form.fields:
                raise
            refused(form, error)
    return render(
        request,
        "plans/edit.html",
        {"plan": plan, "form": form, "moves": _moves(request, plan)},
        status=422 if form.errors else 200,
    )


@login_required
def settle(request: Asked, pk: int) -> HttpResponse:
    """草案、审定、印发、已调整, with the meeting and number it rests on, and what it rested on before."""
    plan = queries.one(request.user, pk)
    permissions.require(request.user, "plans.settle", plan.organization)
    form = StatusForm(plan, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            if "ask" in request.POST:
                asked = approving.ask(plan, form, by=request.user, now=clock.now())
                messages.success(request, _("已送签。领导在首页就能签批；不上网的，打印审批单。"))
                return redirect(asked)
            actions.settle(plan, by=request.user, now=clock.now(), seen=seen(request), **form.cleaned_data)
            messages.success(request, _("已记下文稿状态和依据"))
            return redirect(plan)
        except Refused as error:
            if error.field not in form.fields:
                raise
            refused(form, error)
    given = {"plan": plan, "form": form, "footings": plan.footings.select_related("by")}
    return render(request, "plans/status.html", given, status=422 if form.errors else 200)


@login_required
def breakdown(request: Asked, pk: int, form: str) -> HttpResponse:
    """任务分解表 as .xlsx or .docx."""
    if form not in ("xlsx", "docx"):
        raise Http404
    plan = queries.one(request.user, pk)
    permissions.require(request.user, "plans.export", plan.organization)
    sheet = queries.sheet(plan, clock.today())
    data = exports.xlsx(sheet) if form == "xlsx" else exports.docx(sheet, at=clock.now().replace(tzinfo=None))
    return as_file(data, f"{exports.title(plan)}.{form}")


@login_required
@require_POST
def close(request: Asked, pk: int) -> HttpResponse:
    plan = queries.one(request.user, pk)
    actions.close(plan, by=request.user, now=clock.now())
    messages.success(request, _("计划已结束"))
    return redirect(plan)


@login_required
@require_POST
def withdraw(request: Asked, pk: int) -> HttpResponse:
    plan = queries.one(request.user, pk)
    actions.withdraw(plan, by=request.user, now=clock.now(), reason=request.POST.get("reason", ""))
    messages.success(request, _("计划已撤回，可以重新导入"))
    return redirect("plans:list")
