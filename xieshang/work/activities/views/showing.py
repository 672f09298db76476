"""The list of activities, and one of them: what, who, where it counts, what was changed."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from xieshang.base import clock, registry
from xieshang.base.accounts import permissions
from xieshang.base.errors import NotAllowed, Refused
from xieshang.base.files import storage
from xieshang.base.requests import Asked, as_file, seen, unit_of
from xieshang.base.unchanged import unchanged
from xieshang.base.workflow.engine import possible

from .. import actions, facts, queries, rules, sheets, telling
from ..forms import FilterForm
from ..models import Activity

PAGE = 25
CARRIERS = {code: title for code, title, _group in rules.CARRIERS}


@login_required
@require_safe
@unchanged
def listed(request: Asked) -> HttpResponse:
    """活动: what was done in a period; the filters stand in the address."""
    unit = unit_of(request, "activities.see")
    desk, user = request.desk, request.user
    filters = FilterForm(request.GET, unit=unit, start=desk.starts_on, end=desk.ends_on)
    narrowed = filters.narrowed()
    page = Paginator(queries.listed(user, unit, **narrowed), PAGE).get_page(request.GET.get("page"))
    for activity in page:
        activity.carrier_titles = [CARRIERS.get(code, code) for code in activity.carriers]  # type: ignore[attr-defined]
    may = {verb: permissions.may(user, f"activities.{verb}", unit) for verb in ("record", "import", "export")}
    context = {
        "filters": filters, "page": page, "q": narrowed["words"], "may": may, "narrowed": filters.narrows, "void": narrowed["void"],
        "draft": queries.drafts(user, unit).first() if may["record"] else None, "period": narrowed,
    }  # fmt: skip
    part = request.htmx and not request.htmx.history_restore_request
    response = render(request, "activities/_list.html" if part else "activities/list.html", context)
    patch_vary_headers(response, ["HX-Request"])
    return response


@login_required
@require_safe
def export(request: Asked) -> HttpResponse:
    """The list as it is filtered, as a sheet that can be brought in again."""
    unit = unit_of(request, "activities.export")
    desk = request.desk
    narrowed = FilterForm(request.GET, unit=unit, start=desk.starts_on, end=desk.ends_on).narrowed()
    found = queries.listed(request.user, unit, **narrowed)
    return as_file(sheets.export(found), f"{unit.short_name}活动 {narrowed['start']}至{narrowed['end']}.xlsx")


@login_required
@require_safe
def one(request: Asked, pk: int) -> HttpResponse:
    """One activity: what, who, where it counts, what was changed."""
    return _one(request, queries.one(request.user, pk))


def _one(request: Asked, activity: Activity, refused: Refused | None = None) -> HttpResponse:
    came = list(queries.came(activity))
    attachments = storage.of(activity.ref)
    context = {
        "activity": activity,
        "carriers": [CARRIERS.get(code, code) for code in activity.carriers],
        "lists": [
            (word, [one for one in came if one.presence == how])
            for how, word in (("attended", _("实到")), ("excused", _("请假")), ("absent", _("缺席")))
        ],
        "invited": len(came),
        "photos": [a for a in attachments if a.kind == "photo"],
        "papers": [a for a in attachments if a.kind != "photo"],
        "counted": queries.counted(activity),
        "tasks": registry.counts(activity.organization, facts.facts(activity), activity.ref),
        "history": telling.history(activity),
        "verbs": possible(activity, request.user, rules.MOVES),
        "refused": refused,
    }
    return render(request, "activities/one.html", context, status=refused.status if refused else 200)


@login_required
@require_POST
def void(request: Asked, pk: int) -> HttpResponse:
    """作废 one activity, with the reason."""
    activity = queries.one(request.user, pk)
    try:
        actions.void(
            activity,
            by=request.user,
            now=clock.now(),
            seen=seen(request),
            reason=request.POST.get("reason", ""),
        )
    except NotAllowed:
        raise
    except Refused as refused:
        return _one(request, queries.one(request.user, pk), refused)
    messages.success(request, _("“%(title)s”已作废，不再计入任何统计项。") % {"title": activity.title})
    return redirect(activity)
