"""查数: an indicator × a period × a body, sector or person → a figure, its rows, a sentence to copy, .xlsx. And the drawer under every figure."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from xieshang.base import clock, words
from xieshang.base.accounts import permissions
from xieshang.base.cards import actions as cards
from xieshang.base.cards.models import Card
from xieshang.base.errors import NotAllowed, Refused
from xieshang.base.ledger import figures
from xieshang.base.ledger.facts import Indicator
from xieshang.base.orgs.models import Organization
from xieshang.base.people.models import Person
from xieshang.base.requests import as_number
from xieshang.base.unchanged import unchanged
from xieshang.documents import sheets
from xieshang.web import asking, rules
from xieshang.web import figure_form as asked_of
from xieshang.web import figure_parts as parts
from xieshang.web.requests import Request

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class NoSuchFigure(Http404):
    """An address that names no figure this person may see; `why` is said on the page."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@login_required
@unchanged
def ask(request: Request) -> HttpResponse:
    """查数: by words or by form; a figure when something was asked, else the common ones at a glance."""
    desk = request.desk
    permissions.require(request.user, "ledger.see", desk.unit)
    known = figures.indicators(desk.unit)
    scope = asked_of.scope(request.user, desk.unit)
    start, end = desk.starts_on, desk.until
    typed = request.GET.get("q", "").strip()[:80]
    meant = None
    if typed:
        meant = asking.understand(
            typed, known, today=clock.today(), start=start, end=end, bodies=scope.bodies, people=scope.people
        )
    form = asked_of.AskForm(
        asked_of.given_of(request.GET, meant, scope, start, end),
        unit=desk.unit, known=known, scope=scope, initial={"start": start, "end": end},
    )  # fmt: skip
    given: dict[str, Any] = {
        "form": form,
        "words": typed,
        "found": [],
        "earlier": permissions.may(request.user, "earlier.see", desk.unit),
    }
    if form.is_bound and form.is_valid() and form.cleaned_data["indicator"]:
        by = form.cleaned_data.get("by") or ""
        given |= parts.answer(form.query(), desk.unit, known, by, scope.people if scope.all_people else (), years=True)
    elif not typed and not form.errors:
        given["shelf"] = parts.shelf(desk.unit, known, start, end)
    given["cards"] = parts.cards(request.user, desk.unit, start, end) if "figure" not in given else []
    if meant:
        shown = given["figure"].indicator.code if "figure" in given else ""
        given["found"] = [one for one in meant.found if one.code != shown]
        given["period"] = parts.period_words(meant.start, meant.end)
    return render(request, "figures/ask.html", given, status=422 if form.is_bound and form.errors else 200)


def asked(
    request: Request, given: Mapping[str, Any] | None = None
) -> tuple[figures.Query, Organization, dict[str, Indicator]]:
    """The query that an address names, or a 404 that says what is wrong. Only units where the person may see figures; of a person only whom he may."""
    get: Mapping[str, Any] = request.GET if given is None else given
    here = request.desk.unit
    code = get.get("org") or (here.code if here else "")
    may = permissions.units(request.user, "ledger.see")
    unit = next((one for one in request.desk.units if one.code == code and one.pk in may), None)
    if unit is None:
        raise NoSuchFigure(_("这个数属于别的单位，或者您不能查数。"))
    known = figures.indicators(unit)
    if get.get("indicator") not in known:
        raise NoSuchFigure(_("没有这个统计项，它可能改了名或停用了；请到“查数”里重新选。"))
    try:
        start, end = date.fromisoformat(get["from"]), date.fromisoformat(get["to"])
        as_of = _moment(get["as_of"]) if get.get("as_of") else None
    except (KeyError, ValueError) as error:
        raise NoSuchFigure(_("地址里的日期不对，日期要像 2026-06-30 这样；请到“查数”里重新选。")) from error
    if not rules.EARLIEST <= start.year <= end.year <= rules.LATEST or start > end:
        raise NoSuchFigure(_("地址里的起止日期不对，止日不能早于起日；请到“查数”里重新选。"))
    numbers = {name: _number(get[name]) for name in figures.NARROWS if get.get(name)}
    if numbers.get("person") and not Person.objects.filter(
        pk=numbers["person"], pk__in=asked_of.known_people(request.user, unit)
    ):
        raise NoSuchFigure(_("本单位没有这个人，或者您不能查他的数。"))
    children = get.get("children") == "1"
    query = figures.Query(known[get["indicator"]], unit.pk, start, end, children=children, as_of=as_of, **numbers)
    return query, unit, known


def _moment(written: str) -> datetime:
    """A day means its end."""
    return clock.end_of(date.fromisoformat(written)) if len(written) == 10 else clock.parse(written)


def _number(written: str) -> int:
    """An id from an address."""
    if not written.isascii() or not written.isdigit() or len(written) > 15:
        raise NoSuchFigure(_("地址里的编号不对；请到“查数”里重新选。"))
    return int(written)


@login_required
@unchanged
def drawer(request: Request) -> HttpResponse:
    """数据明细: the figure, how it is counted, its rows; a page of its own and, by htmx, the drawer."""
    query, unit, known = asked(request)
    given = parts.answer(query, unit, known, "")
    pages = Paginator(figures.rows(query, known).select_related("person", "body"), 50)
    pages.count = given["figure"].rows  # known already; counting the rows would read every one of them
    given["page"] = parts.titled(pages.get_page(request.GET.get("page")))
    return render(request, "figures/drawer.html", given)


@login_required
def rows_xlsx(request: Request) -> HttpResponse:
    """The rows under a figure, as .xlsx."""
    query, _unit, known = asked(request)
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


@login_required
@require_POST
def keep_card(request: Request) -> HttpResponse:
    """存为卡片: the figure on the page, for my own home; one of the year so far goes with the year."""
    query, unit, _known = asked(request, request.POST)
    moving = (query.start, query.end) == (request.desk.starts_on, request.desk.until)
    try:
        cards.keep(query, unit, who=parts.narrowed(query), moving=moving, by=request.user, now=clock.now())
    except NotAllowed:
        raise
    except Refused as error:
        messages.error(request, words.sentences(error.why, error.do))
    else:
        messages.success(request, _("已存为卡片，首页和查数里都能看到。"))
    return redirect("figures")


@login_required
@require_POST
def drop_card(request: Request) -> HttpResponse:
    """移走 one of my own cards; one that is not there any more is gone already."""
    permissions.require(request.user, "ledger.see", request.desk.unit)
    pk = as_number(request.POST.get("card"))
    if card := Card.objects.filter(user=request.user, pk=pk).select_related("organization").first():
        cards.drop(card, by=request.user, now=clock.now())
        messages.success(request, _("已移走这张卡片。"))
    return redirect("figures")
