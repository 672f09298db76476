"""换人: who leaves, who takes over, what goes, from which day; in one step."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xieshang.base import clock, registry, words
from xieshang.base.accounts import actions, permissions
from xieshang.base.accounts.models import Grant, User
from xieshang.base.accounts.roles import STAFF
from xieshang.base.errors import Refused
from xieshang.base.orgs.models import Organization
from xieshang.base.requests import refused
from xieshang.web.forms import DayField
from xieshang.web.requests import Request

MOST = 30  # things of a kind that are named


class HandOverForm(forms.Form):
    """Who, to whom, until when."""

    user = forms.ModelChoiceField(User.objects.none(), label=gettext_lazy("谁离开"), empty_label=gettext_lazy("请选择"))
    to = forms.ModelChoiceField(User.objects.none(), label=gettext_lazy("谁接手"), empty_label=gettext_lazy("请选择"))
    last_day = DayField(
        label=gettext_lazy("最后一天"), required=False,
        help_text=gettext_lazy("过了这一天，他在本单位办公室的授权自动收回；只是休假、换人跟进的，留空"),
    )  # fmt: skip

    def __init__(self, data: Any, *, unit: Organization) -> None:
        super().__init__(data)
        here = User.objects.filter(pk__in=[user.pk for user in actions.staff(unit)])
        for name in ("user", "to"):
            self.fields[name].queryset = here  # type: ignore[attr-defined]
        self.alone = len(here) < 2

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        if given.get("user") and given.get("user") == given.get("to"):
            self.add_error("to", _("交接的和接手的是同一个人，请另选接手人"))
        return given


@login_required
def hand_over(request: Request) -> HttpResponse:
    """First what would go is shown, then it goes."""
    unit = request.desk.unit
    permissions.require(request.user, "accounts.hand_over", unit)
    asked = request.POST if request.method == "POST" else request.GET if request.GET.get("user") else None
    form = HandOverForm(asked, unit=unit)
    valid = form.is_bound and form.is_valid()
    if request.method == "POST" and valid:
        given = form.cleaned_data
        try:
            passed = actions.hand_over(
                given["user"], given["to"], organization=unit, last_day=given["last_day"], by=request.user, now=clock.now()
            )  # fmt: skip
            what = words.listed(f"{title} {number}" for title, number in passed.items()) or _("没有待办的事")
            said = {"who": given["user"], "to": given["to"], "what": what}
            messages.success(request, _("%(who)s的工作已交接给%(to)s：%(what)s") % said)
            return redirect("settings_handover")
        except Refused as error:
            refused(form, error)
    leaver = form.cleaned_data["user"] if form.is_bound and not form.errors else None
    given = {"form": form, "most": MOST, **(_preview(leaver, unit) if leaver else {})}
    return render(request, "settings/handover.html", given, status=422 if form.is_bound and form.errors else 200)


def _preview(user: User, unit: Organization) -> dict[str, Any]:
    """What goes, which roles would end, and where else he works."""
    standing = Grant.objects.filter(user=user, ended_at=None, role__in=STAFF)
    roles = list(standing.select_related("organization"))
    return {
        "leaver": user, "held": registry.held(user, unit), "roles": [one for one in roles if one.organization_id == unit.pk],
        "elsewhere": [one.organization for one in roles if one.organization_id != unit.pk],
    }  # fmt: skip
