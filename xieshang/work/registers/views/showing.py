"""The registers of a unit, one with its entries, and one entry."""

from collections.abc import Mapping
from dataclasses import replace

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from xieshang.base import clock
from xieshang.base.accounts import permissions
from xieshang.base.errors import NotAllowed, Refused
from xieshang.base.files import storage
from xieshang.base.requests import Asked, as_file, seen, unit_of
from xieshang.base.workflow.engine import possible

from .. import actions, queries, rules, sheets, telling
from ..fields import Field
from ..forms import SiftForm
from ..models import Entry, Register
from . import may, register_of

PAGE = 30
MOST_COLUMNS = 7


@login_required
@require_safe
def listed(request: Asked) -> HttpResponse:
    """登记簿: the unit's registers as cards."""
    unit, desk = unit_of(request, "registers.see"), request.desk
    found = list(queries.listed(request.user, unit, desk.starts_on, desk.ends_on))
    lights = {register.pk: light for register, light in queries.lights(request.user, unit, clock.today())}
    cards = [{"register": one, "light": lights.get(one.pk)} for one in found if one.open]
    waiting = queries.waiting(request.user, unit).count()
    return render(
        request,
        "registers/list.html",
        {
            "cards": cards,
            "closed": [one for one in found if not one.open],
            "may": may(request, unit),
            "waiting": waiting,
        },
    )


@login_required
@require_safe
def choose(request: Asked) -> HttpResponse:
    """＋登记: into which register?"""
    unit, desk = unit_of(request, "registers.record"), request.desk
    found = [one for one in queries.listed(request.user, unit, desk.starts_on, desk.ends_on) if one.open]
    return render(request, "registers/choose.html", {"registers": found, "may": may(request, unit)})


@login_required
@require_safe
def one(request: Asked, pk: int) -> HttpResponse:
    """One register: its entries in a period, narrowed by what stands in the address."""
    register, desk = register_of(request, pk, "registers.see"), request.desk
    since = queries.first_day(register) if register.until else None
    filters = SiftForm(
        request.GET, register=register, start=min(since or desk.starts_on, desk.starts_on), end=desk.ends_on
    )
    sift = filters.sift()
    found = queries.entries(register, sift)
    page = Paginator(found.select_related("fields_version"), PAGE).get_page(request.GET.get("page"))
    sums = {} if sift.void or not page.paginator.count else queries.sums(register, found)
    shown = queries.shown(page.object_list)
    columns = _columns(register, shown)
    rows = [(entry, [values.get(one.key) for one in columns]) for entry, values in shown]
    heads = {one.role: one.title for one in register.asked if one.role in ("on", "title")}
    context = {
        "register": register, "filters": filters, "sift": sift, "page": page, "columns": columns, "rows": rows, "heads": heads,
        "sums": [sums.get(one.key) for one in columns], "has_sums": any(sums.values()), "may": may(request, register.organization),
        "query": request.GET.urlencode(), "figures": queries.headline(register, sift.start, min(sift.end, clock.today())),
        "twice": queries.counted_twice(register), "today": clock.today(),
    }  # fmt: skip
    return render(request, "registers/one.html", context)


def _columns(register: Register, shown: list[tuple[Entry, dict[str, queries.Shown]]]) -> list[Field]:
    """The columns of the table: those that say something here, what is counted before what is only told, at most seven."""
    filled = {key for _entry, values in shown for key in values}
    found = [one for one in register.asked if one.key in filled and one.type != "long_text" and not one.private]
    first = sorted(found, key=lambda one: not (one.counted or one.linked or one.type == "choice"))[:MOST_COLUMNS]
    return [one for one in found if one in first]


@login_required
@require_safe
def export(request: Asked, pk: int) -> HttpResponse:
    """The entries as they are filtered, as .xlsx."""
    register, desk = register_of(request, pk, "registers.export"), request.desk
    sift = SiftForm(request.GET, register=register, start=desk.starts_on, end=desk.ends_on).sift()
    found = queries.entries(register, sift).select_related("fields_version")
    return as_file(sheets.export(register, queries.shown(found)), f"{register.name} {sift.start}至{sift.end}.xlsx")


@login_required
@require_safe
def entry(request: Asked, pk: int) -> HttpResponse:
    """One entry: what it says, where it counts, what was changed."""
    return show_entry(request, queries.entry(request.user, pk))


def show_entry(
    request: Asked, found: Entry, refused: Refused | None = None, secrets: Mapping[str, str] | None = None
) -> HttpResponse:  # fmt: skip
    """The page of an entry; `secrets`: what private fields hold, asked for by name."""
    values = queries.shown([found])[0][1]
    for key, words in (secrets or {}).items():
        if key in values:
            values[key] = replace(values[key], text=words)
    files = storage.of(found.ref)
    context = {
        "entry": found, "register": found.register, "values": list(values.values()), "counted": queries.counted(found),
        "photos": [one for one in files if one.kind == "photo"], "papers": [one for one in files if one.kind != "photo"],
        "history": telling.history(found), "verbs": possible(found, request.user, rules.MOVES), "refused": refused,
        "asked_verb": f"registers.{request.resolver_match.url_name.removeprefix('entry_')}" if request.resolver_match and request.resolver_match.url_name else "",
        "heads": {one.role: one.title for one in found.fields_version.typed if one.role in ("on", "title")},
        "hidden": bool(found.secrets) and secrets is None and permissions.may(request.user, "registers.reveal", found.organization),
        "mine": found.created_by_id == request.user.pk, "today": clock.today(),
    }  # fmt: skip
    return render(request, "registers/entry.html", context, status=refused.status if refused else 200)


@login_required
@require_POST
def entry_reveal(request: Asked, pk: int) -> HttpResponse:
    """看不外露的内容: shown once, on this answer; who looked stands in the audit."""
    found = queries.entry(request.user, pk)
    secrets = actions.reveal(found, by=request.user, now=clock.now())
    response = show_entry(request, found, secrets=secrets)
    response["Cache-Control"] = "no-store"
    return response


@login_required
@require_POST
def entry_void(request: Asked, pk: int) -> HttpResponse:
    """作废 one entry, with the reason."""
    found = queries.entry(request.user, pk)
    try:
        actions.void(
            found,
            by=request.user,
            now=clock.now(),
            seen=seen(request),
            reason=request.POST.get("reason", ""),
        )
    except NotAllowed:
        raise
    except Refused as refused:
        return show_entry(request, queries.entry(request.user, pk), refused)
    messages.success(request, _("“%(title)s”已作废，不再计入任何统计项。") % {"title": found.title})
    return redirect(found.register)
