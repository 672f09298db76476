"""Pages of an office's templates: the list, one with its versions, and 试填."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from xieshang.base import clock
from xieshang.base.accounts import permissions
from xieshang.base.errors import Refused
from xieshang.base.ledger import figures
from xieshang.base.requests import Asked, as_file, refused, seen, unit_of
from xieshang.base.workflow.engine import possible

from . import context, keeping, naming, queries, repeating, rules, scopes, trying
from .forms import TemplateForm, TryForm
from .models import Template, TemplateVersion


@login_required
@require_safe
def listed(request: Asked) -> HttpResponse:
    """模板: the office's own."""
    unit = unit_of(request, "reports.see")
    found = list(queries.templates(request.user, unit))
    may = permissions.may(request.user, "reports.upload", unit)
    return render(request, "reports/templates.html", {"templates": found, "may_upload": may})


@login_required
def upload(request: Asked) -> HttpResponse:
    """上传模板."""
    unit = unit_of(request, "reports.upload")
    form = TemplateForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        year = request.desk.year if given["last_year"] else None
        try:
            made = keeping.upload(
                unit, data=given["file"].read(), name=given["file"].name, title=given["title"], note=given["note"], year=year,
                by=request.user, now=clock.now(),
            )  # fmt: skip
        except Refused as error:
            refused(form, error)
        else:
            messages.success(request, _("模板已存好。先用去年的数试一试，看每一处会填上什么。"))
            return redirect("reports:template_try", made.pk, 1)
    return _form(request, form)


def _form(request: Asked, form: TemplateForm, template: Template | None = None) -> HttpResponse:
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "reports/template_upload.html", {"form": form, "template": template}, status=status)


@login_required
@require_safe
def one(request: Asked, pk: int) -> HttpResponse:
    """One template: its versions, and how its places are written."""
    template = queries.template(request.user, pk)
    unit = template.organization
    versions = list(template.versions.select_related("by").prefetch_related("reports"))
    desk = request.desk
    at = context.context(unit, desk.starts_on, desk.ends_on, figures.indicators(unit), plan=False)
    known = {
        "template": template, "versions": versions, "verbs": possible(template, request.user, rules.TEMPLATE_MOVES),
        "may_start": permissions.may(request.user, "reports.start", unit), "fixed": _fixed(at), "indicators": at.names.indicators,
        "places": list(at.names.places), "kinds": repeating.kinds(), "hand": naming.HAND,
    }  # fmt: skip
    return render(request, "reports/template.html", known)


def _fixed(at: context.Context) -> list[tuple[str, str]]:
    """Names with the same words stand together: (单位、单位名称, 云岭县政协)."""
    together: dict[str, list[str]] = {}
    for name, words in at.names.fixed.items():
        together.setdefault(words, []).append(name)
    return [("、".join(names), words) for words, names in together.items()]


@login_required
def replace(request: Asked, pk: int) -> HttpResponse:
    """换新版."""
    template = queries.template(request.user, pk)
    permissions.require(request.user, "reports.replace", template.organization)
    form = TemplateForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        year = request.desk.year if given["last_year"] else None
        try:
            keeping.replace(
                template, data=given["file"].read(), name=given["file"].name, note=given["note"], year=year, by=request.user, now=clock.now(),
                seen=seen(request),
            )  # fmt: skip
        except Refused as error:
            refused(form, error)
        else:
            messages.success(request, _("新的一版已存好；已经在编的报告仍用原来那一版。"))
            return redirect(template)
    return _form(request, form, template)


@login_required
@require_POST
def retire(request: Asked, pk: int) -> HttpResponse:
    """停用."""
    keeping.retire(queries.template(request.user, pk), by=request.user, now=clock.now(), seen=seen(request))
    messages.success(request, _("已停用；用它编过的报告不受影响。"))
    return redirect("reports:templates")


@login_required
@require_POST
def use_again(request: Asked, pk: int) -> HttpResponse:
    """重新启用."""
    template = keeping.use_again(
        queries.template(request.user, pk), by=request.user, now=clock.now(), seen=seen(request)
    )
    return redirect(template)


@login_required
@require_safe
def file(request: Asked, pk: int, number: int) -> HttpResponse:
    """A version as it was uploaded."""
    version = queries.template_version(request.user, pk, number)
    return as_file(keeping.content(version), version.name)


@login_required
@require_safe
def attempt(request: Asked, pk: int, number: int) -> HttpResponse:
    """试填: what each place gets, for the year before unless other days are given."""
    version = queries.template_version(request.user, pk, number)
    form, days = _days(request)
    said: dict[str, Any] = {"version": version, "template": version.template, "form": form}
    said["may_start"] = (
        permissions.may(request.user, "reports.start", version.template.organization)
        and version.template.state == "in_use"
    )
    if days:
        said |= {"trial": _tried(version, days), "start": days[0], "end": days[1]}
    return render(request, "reports/template_try.html", said, status=200 if days else 422)


@login_required
@require_safe
def filled(request: Asked, pk: int, number: int) -> HttpResponse:
    """The tried copy as .docx, each figure with its source."""
    version = queries.template_version(request.user, pk, number)
    days = _days(request)[1] or _before(request)
    return as_file(_tried(version, days).document, f"{version.template.title}（{_('试填')}）.docx")


def _tried(version: TemplateVersion, days: tuple[Any, Any]) -> trying.Trial:
    return trying.trial(keeping.content(version), version.template.organization, *days)


def _before(request: Asked) -> tuple[Any, Any]:
    """The year before that at hand: its figures are all there."""
    return scopes.years_before(request.desk.starts_on, request.desk.ends_on, 1)


def _days(request: Asked) -> tuple[TryForm, tuple[Any, Any] | None]:
    before = _before(request)
    if not request.GET.get("start") and not request.GET.get("end"):
        return TryForm(initial={"start": before[0], "end": before[1]}), before
    form = TryForm(request.GET)
    if not form.is_valid():
        return form, None
    given = form.cleaned_data
    start = given["start"] or before[0]
    end = given["end"] or max(start, before[1])
    return form, (start, max(start, end))
