"""待办: what waits for my signature, and what came back to me."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from xieshang.base import clock, todo
from xieshang.base.accounts import permissions
from xieshang.base.accounts.models import User
from xieshang.base.notices import queries as notices
from xieshang.base.orgs.models import Organization

from . import queries
from .models import Approval
from .steps import STEPS

MOST = 20


@todo.source_of(Approval, state=("asked",))
def to_sign(user: User, unit: Organization, today: date) -> Iterator[todo.Todo]:
    """签批: one line for each, with who asks and why. One query."""
    if not permissions.may(user, "paperwork.see", unit):
        return
    for one in queries.waiting(user, unit).select_related("created_by")[:MOST]:
        yield todo.Todo(
            title=f"{STEPS[one.step].title}：{one.title}",
            detail=_("%(who)s 送签。%(why)s") % {"who": one.created_by or "", "why": one.why},
            url=one.get_absolute_url(), verb=_("同意"), due=today, main=True, post=reverse("approvals:sign", args=[one.pk]) + f"?agreed=yes&seen={one.version}",
        )  # fmt: skip


@todo.source_of(Approval, mine="created_by", state=("asked", "refused"))
def came_back(user: User, unit: Organization, today: date) -> Iterator[todo.Todo]:
    """What I asked for: still waiting, so that I can print it; or not agreed to, with the words. One query."""
    if not permissions.may(user, "paperwork.ask", unit):
        return
    for one in queries.mine(user, unit)[:MOST]:
        refused = one.state == "refused"
        yield todo.Todo(
            title=(_("未同意：%(title)s") if refused else _("等签批：%(title)s")) % {"title": one.title},
            detail=f"{one.signed_by}：{one.opinion}" if refused else _("领导不上网的，可打印审批单，签字后代录"),
            url=one.get_absolute_url(), verb=_("去看"), due=today if refused else None, main=refused,
        )  # fmt: skip


@todo.source
def undelivered(user: User, unit: Organization, today: date) -> Iterator[todo.Todo]:
    """未送达: how many are to be telephoned. Two queries."""
    if n := notices.undelivered(user, unit, clock.now()).count():
        yield todo.Todo(
            title=_("%(n)s 条通知没有送达") % {"n": n}, detail=_("没有账号或几天没看的人，请打个电话"), url=reverse("undelivered"), verb=_("打电话"), due=today,
        )  # fmt: skip
