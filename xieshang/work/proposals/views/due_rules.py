"""按日子定的办理期限: party proposals by 10 May, those of the plenary by 30 June; beside the months."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from xieshang.base import clock
from xieshang.base.accounts import permissions
from xieshang.base.errors import Refused
from xieshang.base.orgs.models import Organization
from xieshang.base.requests import Asked, refused, unit_of
from xieshang.base.settings.parameters import value

from .. import actions, queries, rules, terms
from ..due_forms import DueRuleForm
from ..models import DueRule


def _categories(unit: Organization) -> dict[str, Any]:
    return dict(terms.choices(terms.every(unit, terms.CATEGORY, clock.today())))


@login_required
def due_rules(request: Asked) -> HttpResponse:
    """The rules of the unit; the clerk adds one."""
    unit, today = unit_of(request, "proposals.see"), clock.today()
    words = _categories(unit)
    form = DueRuleForm(request.POST or None, categories=list(words.items()), initial={"since": today})
    if request.method == "POST":
        permissions.require(request.user, "proposals.set_due", unit)
        if form.is_valid():
            try:
                actions.set_due_rule(unit, form.cleaned_data, by=request.user, now=clock.now())
                messages.success(request, _("已定，今后交办的按它算期限。"))
                return redirect("proposals:due_rules")
            except Refused as error:
                refused(form, error)
    rows = [(one, _holds_for(one, words), one.until is not None and one.until <= today) for one in queries.due_rules(unit)]  # fmt: skip
    context = {
        "form": form, "rows": rows, "may": permissions.may(request.user, "proposals.set_due", unit), "months": value(unit, rules.REPLY_MONTHS, today), "today": today,
    }  # fmt: skip
    return render(request, "proposals/due_rules.html", context, status=422 if form.errors else 200)


def _holds_for(rule: DueRule, categories: dict[str, Any]) -> str:
    named = (dict(rules.KINDS).get(rule.kind), dict(rules.PROPOSERS).get(rule.proposer), categories.get(rule.category, rule.category))  # fmt: skip
    return " · ".join(str(one) for one in named if one) or _("所有提案")


@login_required
@require_POST
def stop_due_rule(request: Asked, pk: int) -> HttpResponse:
    """From today on it holds no more."""
    rule = get_object_or_404(DueRule, pk=pk, organization__in=permissions.units(request.user, "proposals.see"))
    actions.stop_due_rule(rule, by=request.user, now=clock.now())
    messages.success(request, _("已停用；以前定的期限不变。"))
    return redirect("proposals:due_rules")
