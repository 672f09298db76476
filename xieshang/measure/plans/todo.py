"""待办 of plans: what was read in and not decided, and my targets that are behind without a reason."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from xieshang.base.accounts import permissions
from xieshang.base.accounts.models import User
from xieshang.base.orgs.models import Organization
from xieshang.base.todo import Todo

from . import queries


def waiting(user: User, unit: Organization, today: date) -> Iterator[Todo]:
    if permissions.may(user, "plans.correct", unit):
        for plan, count in queries.being_read(unit):
            yield Todo(
                _("核对《%(title)s》") % {"title": plan.title},
                _("还有 %(n)s 项没有确认") % {"n": count},
                reverse("plans:review", args=[plan.pk]),
                _("接着核对"),
            )
    if permissions.may(user, "plans.progress", unit):
        for row in queries.late_without_reason(user, unit, today):
            yield Todo(
                _("填未完成原因：%(quote)s") % {"quote": row.target.quote},
                row.reason,
                row.target.get_absolute_url() + "#progress",
                _("填原因"),
            )
