"""未送达名单: whom no screen reached, and one tap for “已电话通知”."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from xieshang.base import clock, registry
from xieshang.base.accounts import permissions
from xieshang.base.notices import actions, queries
from xieshang.base.requests import unit_of
from xieshang.web.requests import Request

PAGE = 50


@login_required
@require_safe
def undelivered(request: Request) -> HttpResponse:
    """未送达名单 of the unit, and what was told by telephone lately."""
    unit = unit_of(request, "notices.deliver")  # type: ignore[arg-type]
    user = request.user
    page = Paginator(queries.undelivered(user, unit, clock.now()), PAGE).get_page(request.GET.get("page"))
    sees_phone = permissions.may(user, "people.see_phone", unit)
    for one in page:
        one.url = registry.url(one.record)  # type: ignore[attr-defined]
        one.phone = one.person.phone if sees_phone else one.person.phone_masked  # type: ignore[attr-defined, union-attr]
    return render(request, "home/undelivered.html", {"page": page, "told": queries.delivered(user, unit)})


@login_required
@require_POST
def telephoned(request: Request, pk: int) -> HttpResponse:
    """已电话通知, or taken back."""
    found = get_object_or_404(queries.one(request.user, pk))
    if "undo" in request.GET:
        actions.not_telephoned(found, by=request.user, now=clock.now())
    else:
        done = actions.telephoned(found, by=request.user, now=clock.now())
        messages.success(request, _("已记：电话通知了%(name)s") % {"name": done.person})
    return redirect("undelivered")
