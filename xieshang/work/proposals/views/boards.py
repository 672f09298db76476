"""承办看板: what each unit has in hand, and what is overdue."""

from collections.abc import Sequence

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from xieshang.base import clock
from xieshang.base.accounts import permissions
from xieshang.base.orgs.models import Organization
from xieshang.base.requests import Asked, as_file, unit_of
from xieshang.base.settings.parameters import value
from xieshang.base.unchanged import unchanged
from xieshang.documents import sheets

from .. import queries, rules

PAGE = 25
MOST = 5000  # lines of a sheet


def _unit(request: Asked) -> Organization:
    """The unit at hand, for its office and leaders, an assigning office or a handling unit. Raises NotAllowed."""
    unit: Organization | None = request.desk.unit
    if unit and permissions.bodies(request.user, "proposals.see_handling"):
        return unit
    return unit_of(request, "proposals.see_handling")


@login_required
@require_safe
@unchanged
def board(request: Asked) -> HttpResponse:
    """Each unit's load this year, and the overdue ones one by one."""
    unit, today = _unit(request), clock.today()
    found = queries.assignments(request.user).filter(organization=unit)
    rows = queries.unit_board(found, today, request.desk.starts_on, value(unit, rules.SOON_DAYS, today))
    page = Paginator(queries.overdue(found, today), PAGE).get_page(request.GET.get("page"))
    for one in page:
        one.days = (today - one.due_on).days  # type: ignore[attr-defined]
    totals = {key: sum(row[key] for row in rows) for key in ("open", "late", "soon", "waiting", "done", "in_time")}
    context = {
        "unit": unit,
        "rows": rows,
        "page": page,
        "totals": totals,
        "year": request.desk.at,
        "today": today,
        "office": permissions.may(request.user, "proposals.see", unit),
    }
    return render(request, "proposals/board.html", context)


@login_required
@require_safe
def board_xlsx(request: Asked) -> HttpResponse:
    """The same as a workbook: a sheet of units, a sheet of what is overdue."""
    unit, today = _unit(request), clock.today()
    found = queries.assignments(request.user).filter(organization=unit)
    units: Sequence[Sequence[object]] = [
        (row["unit__name"], row["open"], row["late"], row["soon"], row["waiting"], row["done"], row["in_time"])
        for row in queries.unit_board(found, today, request.desk.starts_on, value(unit, rules.SOON_DAYS, today))
    ]
    late: Sequence[Sequence[object]] = [
        (one.proposal.number, one.proposal.title, one.unit.name, str(one.get_role_display()), str(one.state_word), one.due_on, (today - one.due_on).days, one.officer)
        for one in queries.overdue(found, today)[:MOST]
    ]  # fmt: skip
    heads = (_("承办单位"), _("在办"), _("逾期"), _("快到期"), _("等交办机构"), _("今年已答复"), _("其中按期"))
    more = (_("提案号"), _("案由"), _("承办单位"), _("办理方式"), _("状态"), _("期限"), _("逾期天数"), _("具体经办"))
    made = sheets.write_book([(_("承办单位"), heads, units), (_("逾期"), more, late)])
    return as_file(made, f"{unit.short_name}提案承办 {today}.xlsx")
