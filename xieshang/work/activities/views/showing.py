"""The list of activities, and one of them: what, who, where it counts, what was changed."""

from collections import Counter
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.http import require_safe

from xieshang.base import registry
from xieshang.base.accounts import permissions
from xieshang.base.audit import telling as audit
from xieshang.base.errors import Refused
from xieshang.base.files import storage
from xieshang.base.files.models import Attachment
from xieshang.base.requests import Asked, as_file, unit_of
from xieshang.base.unchanged import unchanged
from xieshang.base.workflow.engine import possible

from .. import facts, folder, queries, rules, sheets, telling
from ..filters import FilterForm
from ..models import Activity, Attendance

PAGE = 25
GUESTS = (
    ("guests", _lazy("群众 %(n)s 人")),
    ("experts", _lazy("专家 %(n)s 人")),
    ("officials", _lazy("部门人员 %(n)s 人")),
    ("other_guests", _lazy("其他 %(n)s 人")),
)
PRESENCE = (
    ("invited", _lazy("受邀")),
    ("attended", _lazy("实到")),
    ("excused", _lazy("请假")),
    ("absent", _lazy("缺席")),
)
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
    found = queries.listed(user, unit, narrowed)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    for activity in page:
        activity.carrier_titles = [CARRIERS.get(code, code) for code in activity.carriers]  # type: ignore[attr-defined]
        activity.state_title = rules.STATES[activity.state]  # type: ignore[attr-defined]
    may = {verb: permissions.may(user, f"activities.{verb}", unit) for verb in ("record", "import", "export")}
    context = {
        "filters": filters, "page": page, "q": narrowed.words, "may": may, "narrowed": filters.narrows, "state": narrowed.state, "unit": unit,
        "joined": found.filter(organization=unit, role=rules.JOINED).count() if narrowed.role != rules.JOINED else 0,
        "said": rules.STATES.get(narrowed.state or rules.HELD, ""),
        "draft": next(iter(queries.drafts(user, unit)), None) if may["record"] else None, "period": narrowed,
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
    found = queries.listed(request.user, unit, narrowed).filter(organization=unit)
    return as_file(sheets.export(found), f"{unit.short_name}活动 {narrowed.start}至{narrowed.end}.xlsx")


@login_required
@require_safe
def one(request: Asked, pk: int) -> HttpResponse:
    """One activity: what, who, where it counts, what was changed."""
    return show(request, queries.one(request.user, pk))


def _papers(request: Asked, activity: Activity, attachments: list[Attachment]) -> dict[str, Any]:
    """What can be made of the record here, and what its folder lacks."""
    may = {
        f"may_{verb}": permissions.may(request.user, f"activities.{verb}", activity.organization)
        for verb in ("export", "arrange", "faces", "record")
    }
    missing = folder.of(activity, attachments).missing if may["may_arrange"] and activity.state == rules.HELD else []
    return {**may, "presentable": folder.presentable(attachments), "missing": missing}


def show(request: Asked, activity: Activity, refused: Refused | None = None) -> HttpResponse:
    """The page of an activity, with what was refused of a verb that stands on it."""
    user, unit = request.user, activity.organization
    coming = activity.state in rules.TO_COME
    asked, came = request.GET.get("ask"), list(queries.came(activity))
    took_place = not any(one.presence == "invited" for one in came) and not coming and activity.state != rules.CANCELLED
    attachments = storage.of(activity.ref)
    share = queries.share(user, activity)
    here = unit if permissions.may(user, "activities.see", unit) or share is None else share.organization
    told = [fact for fact in facts.facts(activity) if (fact.organization or unit.pk) == here.pk]
    entries = audit.entries(activity.ref)
    context = {
        "activity": activity, "state": rules.STATES[activity.state], "coming": coming, "took_place": took_place,
        "carriers": [CARRIERS.get(code, code) for code in activity.carriers],
        "lists": [(word, [one for one in came if one.presence == how]) for how, word in (PRESENCE[1:] if took_place else PRESENCE)],
        "invited": len(came), "capacities": _capacities(came), "guests": [words % {"n": n} for name, words in GUESTS if (n := getattr(activity, name))],
        "beside": queries.beside(activity),
        "photos": [a for a in attachments if a.kind == "photo"],
        "papers": [a for a in attachments if a.kind != "photo"],
        "unit": here, "counted": queries.counted(activity, here), "tasks": registry.counts(here, told, activity.ref),
        "history": telling.history(activity, entries),
        "apart": queries.said_apart(entries) if activity.state == rules.HELD else [],
        "verbs": possible(activity, user, rules.MOVES),
        "share": share, "bodies": queries.organizers(share.organization) if share else [],
        **_papers(request, activity, attachments),
        "open_postpone": asked == "postpone", "open_cancel": asked == "cancel", "refused": refused,
        "asked_verb": f"activities.{request.resolver_match.url_name if request.resolver_match else ''}",
    }  # fmt: skip
    return render(request, "activities/one.html", context, status=refused.status if refused else 200)


def _capacities(came: list[Attendance]) -> list[tuple[str, int]]:
    """以何身份: how many came for each body, where they are several."""
    found = Counter(one.capacity.name for one in came if one.capacity and one.presence in ("attended", "invited"))
    return found.most_common() if len(found) > 1 else []
