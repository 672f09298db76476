"""What a person sets for himself: language, size of type, password, telephone number."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.contrib.auth.forms import PasswordChangeForm
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from xieshang.base import clock
from xieshang.base.accounts import actions, again, permissions
from xieshang.base.accounts.models import Device
from xieshang.base.errors import Refused
from xieshang.base.people import actions as people
from xieshang.base.requests import refused
from xieshang.web.entering import PROVED
from xieshang.web.requests import Request

from .entry import next_of

NUMBER = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "maxlength": "11"})
ELEVEN = {"invalid": gettext_lazy("手机号是 11 位数字，请检查")}


@require_POST
def set_language(request: HttpRequest) -> HttpResponse:
    """中文 or English; kept with the account, or in a cookie on the log-in page."""
    chosen = "en" if request.POST.get("language") == "en" else "zh-hans"
    response = HttpResponseRedirect(next_of(request))
    if request.user.is_authenticated:
        request.user.language = chosen
        request.user.save(update_fields=["language"])
    response.set_cookie("language", chosen, max_age=365 * 86400, httponly=True, samesite="Lax")
    return response


@login_required
@require_POST
def set_size(request: Request) -> HttpResponse:
    """大字 or 标准字号."""
    request.user.large_type = request.POST.get("size") == "large"
    request.user.save(update_fields=["large_type"])
    return HttpResponseRedirect(next_of(request))


@login_required
@require_POST
def prove_again(request: Request) -> HttpResponse:
    """The proof alone, for what was pressed in a part of a page; the middleware has looked at it."""
    if "prove_again" not in request.POST:
        raise again.ProveAgain
    messages.success(request, _("验过了，请再点一次刚才的按钮"))
    return HttpResponseRedirect(next_of(request))


class PhoneForm(forms.Form):
    """A new number, typed twice."""

    phone = forms.RegexField(r"^1\d{10}$", label=gettext_lazy("新手机号"), widget=NUMBER, error_messages=ELEVEN)
    again = forms.RegexField(r"^1\d{10}$", label=gettext_lazy("再填一遍新手机号"), widget=NUMBER, error_messages=ELEVEN)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("phone") and given.get("again") and given["phone"] != given["again"]:
            self.add_error("again", _("两次填的号码不一样，请照着号码再填一遍"))
        return given


@login_required
@sensitive_post_parameters()
def account(request: Request) -> HttpResponse:
    """我的账号: how one logs in, and one's own telephone number, changed after proving again who one is."""
    person = request.user.person
    form = PhoneForm(request.POST or None)
    if request.method == "POST" and person is not None and form.is_valid():
        if "prove_again" not in request.POST:
            raise again.ProveAgain
        try:
            done = people.change_phone(person, form.cleaned_data["phone"], by=request.user, now=clock.now())
            messages.success(request, _("手机号已改为 %(phone)s") % {"phone": done.phone_masked})
            return redirect("account")
        except Refused as error:
            refused(form, error)
    given = {"person": person, "form": form, "roles": permissions.grants(request.user)}
    return render(request, "account/account.html", given, status=422 if request.method == "POST" else 200)


@login_required
@require_POST
def forget_device(request: Request, pk: int) -> HttpResponse:
    """移除 a telephone that was remembered: one's own."""
    device = get_object_or_404(Device, pk=pk, user=request.user.pk, removed_at=None)
    actions.forget(device, organization=request.desk.unit, by=request.user, now=clock.now())
    messages.success(request, _("已移除 %(name)s，它再打开要重新登录") % {"name": device})
    return redirect("me")


@login_required
@sensitive_post_parameters()
def password_change(request: Request) -> HttpResponse:
    """修改密码."""
    form = PasswordChangeForm(request.user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        desk = request.desk
        actions.set_password(
            request.user, form.cleaned_data["new_password1"], organization=desk.unit, by=request.user, now=clock.now()
        )
        update_session_auth_hash(request, request.user)
        request.session[PROVED] = clock.now().isoformat()
        messages.success(request, _("密码已经改好，下次请用新密码登录"))
        return redirect("home")
    return render(request, "account/password.html", {"form": form}, status=422 if form.is_bound else 200)
