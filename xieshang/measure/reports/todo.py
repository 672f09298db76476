"""What waits: one's own reports that still have open blanks."""

from collections.abc import Iterator
from datetime import date

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from xieshang.base import todo
from xieshang.base.accounts import permissions
from xieshang.base.accounts.models import User
from xieshang.base.orgs.models import Organization

from .models import Report


@todo.source_of(Report, mine="keeper", state=("draft",))
def unfinished(user: User, unit: Organization, today: date) -> Iterator[todo.Todo]:
    """接着填: reports that this account has in hand, begun by it or handed to it. One query."""
    if not permissions.may(user, "reports.edit", unit):
        return
    found = Report.objects.filter(organization=unit, state="draft", keeper=user)
    for report in found.annotate(open=Count("blanks", filter=Q(blanks__how=""))).filter(open__gt=0)[:20]:
        yield todo.Todo(
            title=_("报告待填：%(title)s") % {"title": report.title},
            detail=_("还有 %(n)d 处没有填") % {"n": report.open},
            url=reverse("reports:one", args=[report.pk]),
            verb=_("接着填"),
        )
