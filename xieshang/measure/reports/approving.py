"""定稿 as a step that a leader approves: on his home page, or on the printed slip."""

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xieshang.base.accounts.models import User
from xieshang.base.paperwork.models import Approval
from xieshang.base.paperwork.steps import Step, Values, step

from . import actions, queries
from .models import Report


def _of(approval: Approval) -> Report:
    return Report.objects.select_related("organization").get(pk=approval.of_pk)


def _finish(approval: Approval, values: Values, by: User, now: datetime) -> Report:
    return actions.finish(_of(approval), by=by, now=now, seen=approval.of_version)


def _lines(approval: Approval, values: Values) -> list[tuple[str, str]]:
    report = _of(approval)
    filled, whole, still_open = queries.progress(list(report.blanks.all()))
    return [
        (_("统计期间"), _("%(start)s 至 %(end)s") % {"start": report.start, "end": report.end}),
        (_("填写"), _("已填 %(filled)s / %(whole)s，未填 %(open)s 处") % {"filled": filled, "whole": whole, "open": still_open}),
    ]  # fmt: skip


step(Step("reports.finish", gettext_lazy("报告定稿"), _finish, find=queries.one, lines=_lines))
