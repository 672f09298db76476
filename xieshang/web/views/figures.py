"""查数: an indicator × a period × a body, sector or person → a figure, its rows, a sentence to copy, .xlsx. And the drawer under every figure."""

from datetime import date
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from xieshang.base import clock
from xieshang.base.accounts import permissions
from xieshang.base.ledger import figures
from xieshang.base.orgs.models import Organization
from xieshang.documents import sheets
from xieshang.web import figure_parts as parts

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@login_required
def ask(request: HttpRequest) -> HttpResponse:
    """查数 with its form; a figure when something was asked, else the common ones at a glance."""
    desk = request.desk  # type: ignore[attr-defined]
    permissions.require(request.user, "ledger.see", desk.unit)  # type: ignore[arg-type]
    known = figures.indicators(desk.unit)
    words = request.GET.get("q", "").strip()
    form = parts.AskForm(
        request.GET or None, unit=desk.unit, known=known, start=desk.starts_on, end=min(desk.ends_on, clock.today())
    )
    given: dict[str, Any] = {"form": form, "words": words, "found": parts.by_words(known, words) if words else []}
    if form.is_bound and form.is_valid() and form.cleaned_data["indicator"]:
        given |= parts.answer(form.query(), known, form.cleaned_data.get("by") or "")
    elif not words:
        given["shelf"] = parts.shelf(desk.unit, known, desk.starts_on, min(desk.ends_on, clock.today()))
    return render(request, "figures/ask.html", given, status=422 if form.is_bound and form.errors else 200)


def asked(request: HttpRequest) -> tuple[figures.Query, dict[str, Any]]:
    """The query that an address names, or 404. Only units where the person may see figures, and those below them where asked 汇总."""
    get = request.GET
    unit = Organization.objects.filter(
        code=get.get("org", ""), pk__in=permissions.units(request.user, "ledger.see")
    ).first()  # type: ignore[arg-type]
    unit = unit or request.desk.unit  # type: ignore[attr-defined]
    if unit is None or (get.get("org") and unit.code != get["org"]):
        raise Http404
    known = figures.indicators(unit)
    try:
        numbers = {name: int(get[name]) for name in ("body", "sector", "person") if get.get(name)}
        query = figures.Query(
            known[get["indicator"]], unit.pk, date.fromisoformat(get["from"]), date.fromisoformat(get["to"]), children=get.get("children") == "1",
            as_of=clock.parse(get["as_of"]) if get.get("as_of") else None, **numbers,
        )  # fmt: skip
    except (KeyError, ValueError) as error:
        raise Http404 from error
    return query, known


@login_required
def drawer(request: HttpRequest) -> HttpResponse:
    """数据明细: the figure, how it is counted, its rows; a page of its own and, by htmx, the drawer."""
    query, known = asked(request)
    permissions.require(request.user, "ledger.see", Organization.objects.get(pk=query.organization))  # type: ignore[arg-type]
    given = parts.answer(query, known, "")
    given["page"] = parts.titled(
        Paginator(figures.rows(query, known).select_related("person", "body"), 50).get_page(request.GET.get("page"))
    )
    return render(request, "figures/drawer.html", given)


@login_required
def rows_xlsx(request: HttpRequest) -> HttpResponse:
    """The rows under a figure, as .xlsx."""
    query, known = asked(request)
    facts = list(figures.rows(query, known).select_related("person", "body")[:20000])
    titles = parts.titles_of(facts)
    headings = [_("日期"), _("事项"), _("人员"), _("机构"), _("数量"), _("量词")]
    rows = [
        [
            f.on,
            titles.get(f.record, f.record),
            f.person.name if f.person else "",
            str(f.body or ""),
            float(f.quantity),
            f.measure,
        ]
        for f in facts
    ]
    data = sheets.write_xlsx(str(query.indicator.name)[:30], headings, rows)
    response = HttpResponse(data, content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="figure-{query.start:%Y%m%d}-{query.end:%Y%m%d}.xlsx"'
    return response
