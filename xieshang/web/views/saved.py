"""常用筛选 of any list: saved from it, renamed, dropped, made the one with which it opens."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from xieshang.base import clock
from xieshang.base.errors import Refused
from xieshang.base.requests import Asked
from xieshang.base.saved import actions
from xieshang.base.saved.models import View
from xieshang.base.saved.queries import PAGES


@login_required
@require_POST
def keep(request: Asked) -> HttpResponse:
    """存下当前的筛选."""
    page = request.POST.get("page", "")
    made = actions.keep(request.desk.unit, page, request.POST.get("name", ""), request.POST.get("query", ""), by=request.user, now=clock.now())  # fmt: skip
    messages.success(request, _("已存为“%(name)s”。") % {"name": made.name})
    return redirect(f"{reverse(PAGES[made.page])}?{made.query}")


@login_required
@require_POST
def change(request: Asked, pk: int) -> HttpResponse:
    """改名, 设为默认, 删除: only one's own."""
    view = get_object_or_404(View.objects.select_related("organization"), pk=pk, user=request.user)
    do, by, now = request.POST.get("do", ""), request.user, clock.now()
    address, query = reverse(PAGES[view.page]), view.query
    if do == "rename":
        actions.rename(view, request.POST.get("name", ""), by=by, now=now)
    elif do in ("default", "plain"):
        actions.set_default(view, do == "default", by=by, now=now)
    elif do == "drop":
        actions.drop(view, by=by, now=now)
        query = "plain=1"
    else:
        raise Refused("no_verb", why=_("没有选怎么处理"), do=_("请选一种处理方式"))
    return redirect(f"{address}?{query}")
