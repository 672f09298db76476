"""设置: rules with effective dates, calendar, bodies, locked periods, accounts and grants."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xieshang.base import clock
from xieshang.base.accounts import actions as accounts_actions
from xieshang.base.accounts import permissions
from xieshang.base.accounts.models import Grant, User
from xieshang.base.accounts.roles import Role
from xieshang.base.calendar import actions as calendar_actions
from xieshang.base.calendar.models import SpecialDay
from xieshang.base.calendar.workdays import known
from xieshang.base.errors import Refused
from xieshang.base.ledger import periods
from xieshang.base.ledger.models import PeriodLock
from xieshang.base.orgs import actions as orgs_actions
from xieshang.base.orgs.models import Body, BodyKind, Organization, Term
from xieshang.base.orgs.queries import ancestors, subtree
from xieshang.base.settings import parameters
from xieshang.base.settings.models import Setting

DATE = {"type": "date"}


def refused(form: forms.Form, error: Refused) -> None:
    """A refusal shown at the field it names, so that the form keeps what was typed."""
    form.add_error(error.field if error.field in form.fields else None, f"{error.why}。{error.do}")


@login_required
def index(request: HttpRequest) -> HttpResponse:
    """What this person may set here."""
    unit, user = request.desk.unit, request.user  # type: ignore[attr-defined]
    verbs = (
        "settings.see",
        "calendar.edit",
        "orgs.edit",
        "ledger.lock",
        "accounts.see",
        "audit.see",
        "ledger.verify",
        "registers.make",
    )
    return render(
        request,
        "settings/index.html",
        {"may": {v.replace(".", "_"): permissions.may(user, v, unit) for v in verbs if v in permissions.TABLE}},
    )  # type: ignore[arg-type]


@login_required
def rules(request: HttpRequest) -> HttpResponse:
    """Every rule that a unit may set, with what is in force today and where it comes from."""
    unit = request.desk.unit  # type: ignore[attr-defined]
    permissions.require(request.user, "settings.see", unit)  # type: ignore[arg-type]
    found = [parameters.in_force(unit, key, clock.today()) for key in parameters.PARAMETERS]
    return render(request, "settings/rules.html", {"rules": found})


class RuleForm(forms.Form):
    """A new value of one rule."""

    value = forms.CharField(label=gettext_lazy("新的值"))
    effective_from = forms.DateField(label=gettext_lazy("生效日期"), widget=forms.DateInput(attrs=DATE))
    citation = forms.CharField(label=gettext_lazy("依据（文件或会议）"), max_length=200)


@login_required
def rule(request: HttpRequest, key: str) -> HttpResponse:
    """One rule: its history and a new value."""
    unit = request.desk.unit  # type: ignore[attr-defined]
    permissions.require(request.user, "settings.see", unit)  # type: ignore[arg-type]
    if key not in parameters.PARAMETERS:
        raise Http404
    now = parameters.in_force(unit, key, clock.today())
    form = RuleForm(request.POST or None, initial={"value": now.value, "effective_from": clock.today()})
    _widget(form, now.parameter)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            parameters.set_value(
                unit,
                key,
                given["value"],
                effective_from=given["effective_from"],
                citation=given["citation"],
                by=request.user,
                now=clock.now(),
            )  # type: ignore[arg-type]
            messages.success(request, _("已保存，%(day)s 起生效") % {"day": given["effective_from"]})
            return redirect("settings_rules")
        except Refused as error:
            refused(form, error)
    history = Setting.objects.filter(key=key, organization__in=ancestors(unit)).select_related("organization", "set_by")
    given = {
        "form": form,
        "now": now,
        "history": history,
        "may_set": permissions.may(request.user, "settings.set", unit),
    }  # type: ignore[arg-type]
    return render(request, "settings/rule.html", given, status=422 if form.is_bound else 200)


def _widget(form: RuleForm, parameter: parameters.Parameter) -> None:
    if parameter.type == "choice":
        form.fields["value"] = forms.ChoiceField(label=form.fields["value"].label, choices=parameter.choices)
    elif parameter.type == "bool":
        form.fields["value"] = forms.ChoiceField(
            label=form.fields["value"].label, choices=[("1", _("是")), ("0", _("否"))]
        )


class DayForm(forms.Form):
    """A holiday, or a weekend day that is worked."""

    on = forms.DateField(label=gettext_lazy("日期"), widget=forms.DateInput(attrs=DATE))
    workday = forms.ChoiceField(
        label=gettext_lazy("这一天"), choices=[("0", gettext_lazy("放假")), ("1", gettext_lazy("上班"))]
    )
    name = forms.CharField(label=gettext_lazy("名称"), max_length=40)


@login_required
def calendar(request: HttpRequest) -> HttpResponse:
    """工作日历: the unit's own days off and make-up workdays."""
    desk = request.desk  # type: ignore[attr-defined]
    permissions.require(request.user, "calendar.see", desk.unit)  # type: ignore[arg-type]
    form = DayForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        calendar_actions.set_day(
            desk.unit,
            given["on"],
            workday=given["workday"] == "1",
            name=given["name"],
            by=request.user,
            now=clock.now(),
        )
        messages.success(request, _("已保存"))
        return redirect("settings_calendar")
    days = SpecialDay.objects.filter(organization__in=ancestors(desk.unit), on__year=desk.year).select_related(
        "organization"
    )
    given = {
        "form": form,
        "days": days,
        "known": known(desk.year),
        "may_edit": permissions.may(request.user, "calendar.edit", desk.unit),
    }  # type: ignore[arg-type]
    return render(request, "settings/calendar.html", given, status=422 if form.is_bound else 200)


class BodyForm(forms.Form):
    """A new body."""

    kind = forms.ChoiceField(label=gettext_lazy("种类"), choices=BodyKind.choices)
    name = forms.CharField(label=gettext_lazy("名称"), max_length=60)


@login_required
def bodies(request: HttpRequest) -> HttpResponse:
    """机构 and 届次 of the unit."""
    unit = request.desk.unit  # type: ignore[attr-defined]
    permissions.require(request.user, "orgs.see", unit)  # type: ignore[arg-type]
    form = BodyForm(request.POST or None)
    if request.method == "POST" and request.POST.get("end"):
        body = get_object_or_404(Body, pk=int(request.POST["end"]), organization=unit)
        orgs_actions.end_body(body, on=clock.today(), by=request.user, now=clock.now())
        messages.success(request, _("%(name)s 已撤销，原来的记录不受影响") % {"name": body})
        return redirect("settings_bodies")
    if request.method == "POST" and form.is_valid():
        try:
            orgs_actions.add_body(
                unit, BodyKind(form.cleaned_data["kind"]), form.cleaned_data["name"], by=request.user, now=clock.now()
            )
            messages.success(request, _("已增加 %(name)s") % {"name": form.cleaned_data["name"]})
            return redirect("settings_bodies")
        except Refused as error:
            refused(form, error)
    given = {
        "form": form, "bodies": Body.objects.filter(organization=unit).order_by("kind", "order", "id"), "units": subtree(unit),
        "terms": Term.objects.filter(organization__in=ancestors(unit)).prefetch_related("sessions"), "may_edit": permissions.may(request.user, "orgs.edit", unit),  # type: ignore[arg-type]
    }  # fmt: skip
    return render(request, "settings/bodies.html", given, status=422 if form.is_bound else 200)


class LockForm(forms.Form):
    """A period to close."""

    through = forms.DateField(
        label=gettext_lazy("锁定至"), widget=forms.DateInput(attrs=DATE), help_text=gettext_lazy("这一天及以前的数据")
    )
    grace_until = forms.DateField(
        label=gettext_lazy("宽限期至"),
        required=False,
        widget=forms.DateInput(attrs=DATE),
        help_text=gettext_lazy("不填时到下次全体会议开幕前一天；没有排定的，到 90 天后"),
    )


@login_required
def locks(request: HttpRequest) -> HttpResponse:
    """锁定: closed periods of the unit."""
    unit = request.desk.unit  # type: ignore[attr-defined]
    permissions.require(request.user, "ledger.lock", unit)  # type: ignore[arg-type]
    form = LockForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            periods.lock(
                unit,
                form.cleaned_data["through"],
                grace_until=form.cleaned_data["grace_until"],
                by=request.user,
                now=clock.now(),
            )
            messages.success(request, _("已锁定"))
            return redirect("settings_locks")
        except Refused as error:
            refused(form, error)
    found = PeriodLock.objects.filter(organization=unit).select_related("locked_by")
    return render(request, "settings/locks.html", {"form": form, "locks": found}, status=422 if form.is_bound else 200)


class AccountForm(forms.Form):
    """A new account."""

    username = forms.SlugField(
        label=gettext_lazy("登录名"), max_length=40, help_text=gettext_lazy("字母、数字、下划线")
    )
    name = forms.CharField(label=gettext_lazy("姓名"), max_length=40)


@login_required
def accounts(request: HttpRequest) -> HttpResponse:
    """账号 that hold a grant in this unit or below it, and a new one."""
    unit = request.desk.unit  # type: ignore[attr-defined]
    permissions.require(request.user, "accounts.see", unit)  # type: ignore[arg-type]
    form = AccountForm(request.POST or None)
    password = ""
    if request.method == "POST" and form.is_valid():
        password = get_random_string(14)
        try:
            made = accounts_actions.make(
                **form.cleaned_data, password=password, organization=unit, by=request.user, now=clock.now()
            )  # type: ignore[arg-type]
            return render(request, "settings/password.html", {"account": made, "password": password})
        except Refused as error:
            refused(form, error)
    given = {
        "form": form,
        "accounts": _accounts(unit),
        "may_manage": permissions.may(request.user, "accounts.manage", unit),
    }  # type: ignore[arg-type]
    return render(request, "settings/accounts.html", given, status=422 if form.is_bound else 200)


def _accounts(unit: Organization) -> Any:
    here = subtree(unit)
    found = User.objects.filter(grants__organization__in=here).distinct() | User.objects.filter(grants=None)
    return found.distinct().order_by("username").prefetch_related("grants__organization")


class GrantForm(forms.Form):
    """A role to be granted."""

    role = forms.ChoiceField(label=gettext_lazy("角色"), choices=Role.choices)
    organization = forms.ModelChoiceField(Organization.objects.none(), label=gettext_lazy("单位"))


@login_required
def account(request: HttpRequest, pk: int) -> HttpResponse:
    """One account: new password and closing (system administrator), grants (security administrator)."""
    unit, by, now = request.desk.unit, request.user, clock.now()  # type: ignore[attr-defined]
    permissions.require(by, "accounts.see", unit)  # type: ignore[arg-type]
    found = get_object_or_404(_accounts(unit), pk=pk)
    form = GrantForm(request.POST if request.POST.get("do") == "grant" else None)
    form.fields["organization"].queryset = subtree(unit)  # type: ignore[attr-defined]
    do = request.POST.get("do")
    if do == "password":
        password = get_random_string(14)
        accounts_actions.set_password(found, password, organization=unit, by=by, now=now)  # type: ignore[arg-type]
        return render(request, "settings/password.html", {"account": found, "password": password})
    if do == "close":
        accounts_actions.close(found, organization=unit, reason=request.POST.get("reason", ""), by=by, now=now)  # type: ignore[arg-type]
    if do == "revoke":
        given = get_object_or_404(Grant, pk=int(request.POST["grant"]), user=found, organization__in=subtree(unit))
        accounts_actions.revoke(given, reason=request.POST.get("reason", ""), by=by, now=now)  # type: ignore[arg-type]
    if do == "grant" and form.is_valid():
        try:
            accounts_actions.grant(
                found, Role(form.cleaned_data["role"]), form.cleaned_data["organization"], by=by, now=now
            )  # type: ignore[arg-type]
        except Refused as error:
            refused(form, error)
    if do and not form.errors:
        messages.success(request, _("已办好"))
        return redirect("settings_account", pk=pk)
    may = {verb: permissions.may(by, f"accounts.{verb}", unit) for verb in ("manage", "grant")}  # type: ignore[arg-type]
    grants = Grant.objects.filter(user=found).select_related("organization", "granted_by")
    return render(
        request,
        "settings/account.html",
        {"account": found, "form": form, "may": may, "grants": grants},
        status=422 if form.errors else 200,
    )
