"""审定、印发 as a step that a leader approves: on his home page, or on the printed slip."""

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xieshang.base.accounts.models import User
from xieshang.base.errors import Refused
from xieshang.base.paperwork import actions as paperwork
from xieshang.base.paperwork.models import Approval
from xieshang.base.paperwork.steps import Step, Values, step, typed

from . import actions, rules
from .forms import StatusForm
from .models import Plan

FIELDS = ("status", "meeting", "number", "on")


def ask(plan: Plan, form: StatusForm, *, by: User, now: datetime) -> Approval:
    """送签 what was chosen and typed: the plan is called so once a leader agrees. Raises NotAllowed · Refused."""
    given = {**form.cleaned_data, "today": now.date()}
    if refusal := rules.settled(plan, given):
        raise refusal
    title = f"{plan.title}：{rules.said(rules.STATUSES, given['status'])}"
    values = {name: [str(given[name] or "")] for name in FIELDS}
    return paperwork.ask(plan.organization, "plans.settle", title=title, record=plan, values=values, by=by, now=now)


def _settle(approval: Approval, values: Values, by: User, now: datetime) -> Plan:
    plan = Plan.objects.select_related("organization").get(pk=approval.of_pk)
    form = StatusForm(plan, typed(values))
    if not form.is_valid():
        raise Refused("bad_form", why=_("这份计划的文稿状态已经改过"), do=_("请退回，由经办人重新送签"))
    return actions.settle(plan, by=by, now=now, seen=approval.of_version, **form.cleaned_data)


def _lines(approval: Approval, values: Values) -> list[tuple[str, str]]:
    first = {name: (values.get(name) or [""])[0] for name in FIELDS}
    return [
        (_("文稿状态"), rules.said(rules.STATUSES, first["status"])), (_("会议"), first["meeting"]), (_("文号"), first["number"]), (_("日期"), first["on"]),
    ]  # fmt: skip


step(Step("plans.settle", gettext_lazy("计划审定、印发"), _settle, lines=_lines))
