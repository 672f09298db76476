"""更正自己的信息, by oneself or, 代办, by staff who was asked to."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xieshang.base import clock
from xieshang.base.accounts import permissions
from xieshang.base.errors import Refused
from xieshang.base.paperwork.actions import acting_for
from xieshang.base.paperwork.forms import BehalfForm
from xieshang.base.people import actions
from xieshang.base.people.models import Person
from xieshang.base.requests import refused
from xieshang.web.requests import Request

from .people import visible


class AmendForm(forms.Form):
    """What a person may put right of himself."""

    workplace = forms.CharField(label=gettext_lazy("工作单位"), max_length=80, required=False)
    post = forms.CharField(label=gettext_lazy("职务"), max_length=60, required=False)
    phone = forms.RegexField(
        r"^1\d{10}$", label=gettext_lazy("手机"), required=False, help_text=gettext_lazy("不改的留空。"),
        error_messages={"invalid": gettext_lazy("手机号是 11 位数字，请检查")},
    )  # fmt: skip


@login_required
def amend(request: Request, pk: int) -> HttpResponse:
    """更正信息: one's own, or somebody's who asked for it."""
    found = get_object_or_404(Person.objects.select_related("organization"), pk=pk, pk__in=visible(request.user))
    own = found.pk == request.user.person_id
    if not own:
        permissions.require(request.user, "paperwork.act_for", found.organization)
    data = request.POST if request.method == "POST" else None
    form = AmendForm(data, initial={"workplace": found.workplace, "post": found.post})
    if own:  # 我的账号 asks for proof
        del form.fields["phone"]
    behalf = None if own else BehalfForm(data, request.FILES or None, today=clock.today())
    if data is not None and all([form.is_valid(), behalf is None or behalf.is_valid()]):
        try:
            _amend(request, found, form.cleaned_data, behalf)
            messages.success(request, _("已更正%(name)s的信息") % {"name": found.name})
            return redirect("me") if own else redirect("people:person", pk=found.pk)
        except Refused as error:
            refused(form, error)
    status = 422 if data is not None else 200
    return render(request, "people/amend.html", {"person": found, "form": form, "behalf": behalf}, status=status)


def _amend(request: Request, person: Person, given: dict[str, Any], behalf: BehalfForm | None) -> None:
    fields = {name: value for name, value in given.items() if value or name != "phone"}
    by, now = request.user, clock.now()
    if behalf is None:
        actions.amend(person, by=by, now=now, **fields)
        return
    with acting_for(
        person, "people.amend", organization=person.organization, by=by, now=now, **behalf.asking()
    ) as acting:
        actions.amend(person, by=by, now=now, **fields)
        acting.record = f"people.person:{person.pk}"
