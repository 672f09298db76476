"""Pages of 报送: parse, call one action or query, render."""

from datetime import date
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from xieshang.base import clock
from xieshang.base.accounts import permissions
from xieshang.base.audit import telling
from xieshang.base.errors import Refused
from xieshang.base.ledger import figures
from xieshang.base.requests import Asked, seen, unit_of
from xieshang.base.settings import parameters

from . import actions, approving, queries, rules, words
from .todo import new_url

VERBS = {
    "submissions.send": gettext_lazy("报送"),
    "submissions.accept": gettext_lazy("接收"),
    "submissions.return": gettext_lazy("退回"),
}


@login_required
@require_safe
def listed(request: Asked) -> HttpResponse:
    """报送: what we send, and unit × period of those below."""
    unit = unit_of(request, "submissions.see")
    year, today = request.desk.year, clock.today()
    mine = queries.own(unit, year, today)
    rows = queries.below(unit, year, today)
    given = {
        "mine": [(cell, new_url(cell.start, cell.end)) for cell in mine], "rows": rows, "year": year,
        "periods": rows[0].cells if rows else [], "may_send": permissions.may(request.user, "submissions.send", unit),
        "may_choose": bool(rows) and permissions.may(request.user, "submissions.choose", unit),
        "may_rule": bool(rows) and permissions.may(request.user, "settings.see", unit),
    }  # fmt: skip
    return render(request, "submissions/list.html", given)


def _period(request: Asked) -> tuple[date, date]:
    given = request.POST if request.method == "POST" else request.GET
    try:
        return date.fromisoformat(given.get("start", "")), date.fromisoformat(given.get("end", ""))
    except ValueError as error:
        raise Refused("no_such_period", why=_("没有这一期"), do=_("请从报送页面里选一期")) from error


@login_required
def new(request: Asked) -> HttpResponse:
    """报送 one period: its figures as they stand now, a word beside them, and off it goes."""
    unit = unit_of(request, "submissions.send")
    start, end = _period(request)
    if request.method == "POST":
        note = request.POST.get("note", "")
        if "ask" in request.POST:
            asked = approving.ask(unit, start, end, note=note, by=request.user, now=clock.now())
            messages.success(request, _("已送签。领导在首页就能签批；不上网的，打印审批单。"))
            return redirect(asked)
        sent = actions.send(unit, start=start, end=end, note=note, by=request.user, now=clock.now())
        messages.success(request, _("%(period)s已报送给%(unit)s") % {"period": sent.period, "unit": sent.to})
        return redirect(sent)
    if unit.parent is None:
        raise Refused("nobody_above", why=_("%(unit)s没有上级单位") % {"unit": unit.short_name}, do=_("不用报送"))
    found = queries.counted(unit, unit.parent, start, end)
    for figure in found:
        figure.url = _drawer(figure.query, unit.code)  # type: ignore[attr-defined]
    given = {
        "figures": found, "period": words.period(start, end), "to": unit.parent,
        "start": start, "end": end, "due": queries.due_on(unit.parent, end), "asked": approving.waiting(unit, start),
        "must_ask": parameters.value(unit, rules.APPROVAL, clock.today()),
    }  # fmt: skip
    return render(request, "submissions/new.html", given)


def _drawer(query: figures.Query, org: str) -> str:
    asked = {"indicator": query.indicator.code, "org": org, "from": query.start, "to": query.end}
    return f"{reverse('figure_drawer')}?{urlencode(asked)}"


@login_required
@require_safe
def one(request: Asked, pk: int) -> HttpResponse:
    """One submission: the snapshot, what the ledger says now, and how it went."""
    record = queries.one(request.user, pk)
    trail = telling.told(telling.entries(record.ref), VERBS, lambda entry: [])
    lines = queries.told(record)
    given = {
        "record": record, "lines": lines, "changed": sum(told.differs for told in lines), "verbs": queries.verbs(record, request.user),
        "trail": trail, "again_url": new_url(record.start, record.end),
    }  # fmt: skip
    return render(request, "submissions/one.html", given)


@login_required
@require_POST
def accept(request: Asked, pk: int) -> HttpResponse:
    record = actions.accept(queries.one(request.user, pk), by=request.user, now=clock.now(), seen=seen(request))
    messages.success(request, _("已接收%(what)s的报送") % {"what": record})
    return redirect(record)


@login_required
@require_POST
def send_back(request: Asked, pk: int) -> HttpResponse:
    record = queries.one(request.user, pk)
    reason = request.POST.get("reason", "")
    record = actions.send_back(record, reason=reason, by=request.user, now=clock.now(), seen=seen(request))
    messages.success(request, _("已退回，%(unit)s会收到消息") % {"unit": record.organization.short_name})
    return redirect(record)


@login_required
def items(request: Asked) -> HttpResponse:
    """选统计项: what those below are asked to send."""
    unit = unit_of(request, "submissions.choose")
    if not unit.children.exists():
        raise Http404
    if request.method == "POST":
        actions.choose(unit, request.POST.getlist("indicators"), by=request.user, now=clock.now())
        messages.success(request, _("已保存，下一次报送起按这些统计项"))
        return redirect("submissions:list")
    known, chosen = figures.indicators(unit), queries.wanted(unit)
    options = [
        {"value": code, "label": one.name, "checked": code in chosen}
        for code, one in figures.offered(known).items()
        if queries.open_to(one, known)
    ]
    options.sort(key=lambda option: (not option["checked"], str(option["label"])))
    return render(request, "submissions/items.html", {"options": options})
