"""待办 of plans: what was read in and not decided, what is late without a reason, and the lines of progress of a month or quarter."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from xieshang.base.accounts import permissions
from xieshang.base.accounts.models import User
from xieshang.base.orgs.models import Organization
from xieshang.base.todo import Todo

from . import lines, queries


def to_check(user: User, unit: Organization, today: date) -> Iterator[Todo]:
    """核对: plans with items that are not decided."""
    if permissions.may(user, "plans.correct", unit):
        for plan, count in queries.being_read(unit):
            yield Todo(
                _("核对《%(title)s》") % {"title": plan.title},
                _("还有 %(n)s 项没有确认") % {"n": count},
                reverse("plans:review", args=[plan.pk]),
                _("接着核对"),
            )


def to_tell(user: User, unit: Organization, today: date) -> Iterator[Todo]:
    """Each of mine that is late by itself, then my others of the period as one, and as one those that nobody with an account owns."""
    if not permissions.may(user, "plans.progress", unit):
        return
    found, url = lines.waiting(user, unit, today), reverse("plans:lines")
    for row in found.late:
        yield Todo(
            _("填未完成原因：%(quote)s") % {"quote": row.target.quote},
            row.reason,
            f"{url}#t{row.target.pk}",
            _("填原因"),
        )
    others = lines.waiting(user, unit, today, others=True)
    many = (
        (found, len(found.rows) - len(found.late), _("填写%(period)s进展"), url),
        (others, len(others.rows), _("代填%(period)s进展（责任人没有账号）"), f"{url}?whose=none"),
    )
    for lot, count, title, at in many:
        if count and lot.period:
            said = _("%(n)s 项任务各写一句") % {"n": count}
            yield Todo(title % {"period": lot.period.label}, said, at, _("填进展"), lot.period.due)
