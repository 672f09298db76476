"""设置: rules with effective dates, calendar, bodies, locked periods, accounts and grants."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import F, QuerySet
from django.http import Http404, HttpResponse
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
from xieshang.base.orgs.models import Body, BodyKind, Organization
from xieshang.base.orgs.queries import ancestors, subtree
from xieshang.base.people.models import Person
from xieshang.base.requests import refused
from xieshang.base.settings import parameters
from xieshang.base.settings.models import Setting
from xieshang.web import account_parts
from xieshang.web.forms import DayField, number
from xieshang.web.requests import Request

from .people import slip

MOST_NUMBER = 10_000


@login_required
def index(request: Request) -> HttpResponse:
    """What this person may set here."""
    unit, user = request.desk.unit, request.user
    verbs = (
        "settings.see",
        "calendar.edit",
        "orgs.edit",
        "ledger.lock",
        "paperwork.see",
        "notices.deliver",
        "accounts.see",
        "accounts.hand_over",
        "audit.see",
        "ledger.verify",
        "registers.make",
    )
    return render(
        request,
        "settings/index.html",
        {
            "of": unit,
            "may": {v.replace(".", "_"): permissions.may(user, v, unit) for v in verbs if v in permissions.TABLE},
        },
    )


@login_required
def rules(request: Request) -> HttpResponse:
    """Every rule that a unit may set, with what is in force today and where it comes from."""
    unit = request.desk.unit
    permissions.require(request.user, "settings.see", unit)
    found = parameters.all_in_force(unit, parameters.PARAMETERS, clock.today())
    return render(request, "settings/rules.html", {"rules": found})


class RuleForm(forms.Form):
    """A new value of one rule."""

    value = forms.CharField(label=gettext_lazy("新的值"))
    effective_from = DayField(label=gettext_lazy("生效日期"))
    citation = forms.CharField(label=gettext_lazy("依据（文件或会议）"), max_length=200)


@login_required
def rule(request: Request, key: str) -> HttpResponse:
    """One rule: its history and a new value."""
    unit = request.desk.unit
    permissions.require(request.user, "settings.see", unit)
    if key not in parameters.PARAMETERS:
        raise Http404
    now = parameters.in_force(unit, key, clock.today())
    shown = int(now.value) if now.parameter.type == "bool" else now.value
    form = RuleForm(request.POST or None, initial={"value": shown, "effective_from": clock.today()})
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
            )
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
    }
    return render(request, "settings/rule.html", given, status=422 if form.is_bound else 200)


def _widget(form: RuleForm, parameter: parameters.Parameter) -> None:
    """A number, a choice, or yes and no: as the rule is."""
    label = form.fields["value"].label
    if parameter.type == "choice":
        form.fields["value"] = forms.ChoiceField(label=label, choices=parameter.choices)
    elif parameter.type == "bool":
        form.fields["value"] = forms.ChoiceField(label=label, choices=[("1", _("是")), ("0", _("否"))])
    elif parameter.type == "date":
        form.fields["value"] = forms.CharField(
            label=label, required=False, widget=forms.DateInput(attrs={"type": "date"}), help_text=_("空着就是没有")
        )
    else:
        words = {"n": parameter.least, "unit": parameter.unit}
        form.fields["value"] = forms.IntegerField(
            label=label,
            min_value=parameter.least,
            max_value=MOST_NUMBER,
            help_text=_("不小于 %(n)s 的整数，单位：%(unit)s") % words,
        )


class DayForm(forms.Form):
    """A holiday, or a weekend day that is worked."""

    on = DayField(label=gettext_lazy("日期"))
    workday = forms.ChoiceField(
        label=gettext_lazy("这一天"), choices=[("0", gettext_lazy("放假")), ("1", gettext_lazy("上班"))]
    )
    name = forms.CharField(label=gettext_lazy("名称"), max_length=40)


@login_required
def calendar(request: Request) -> HttpResponse:
    """工作日历: the unit's own days off and make-up workdays."""
    desk = request.desk
    permissions.require(request.user, "calendar.see", desk.unit)
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
    }
    return render(request, "settings/calendar.html", given, status=422 if form.is_bound else 200)


class BodyForm(forms.Form):
    """A new body."""

    kind = forms.ChoiceField(label=gettext_lazy("种类"), choices=BodyKind.choices)
    name = forms.CharField(label=gettext_lazy("名称"), max_length=60)


@login_required
def bodies(request: Request) -> HttpResponse:
    """机构 of the unit, and the units below."""
    unit = request.desk.unit
    permissions.require(request.user, "orgs.see", unit)
    form = BodyForm(request.POST or None)
    if request.method == "POST" and request.POST.get("end"):
        body = get_object_or_404(Body, pk=number(request, "end"), organization=unit, ended_on=None)
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
        "form": form,
        "bodies": _bodies(unit),
        "units": subtree(unit),
        "may_edit": permissions.may(request.user, "orgs.edit", unit),
    }
    return render(request, "settings/bodies.html", given, status=422 if form.is_bound else 200)


def _bodies(unit: Organization) -> list[Body]:
    """Those that stand first; each with what its question is called on the page."""
    found: list[Any] = list(
        Body.objects.filter(organization=unit).order_by("kind", F("ended_on").asc(nulls_first=True), "order", "id")
    )
    for body in found:
        body.ask_id = f"end-{body.pk}"
    return found


class LockForm(forms.Form):
    """A period to close."""

    through = DayField(label=gettext_lazy("锁定至"), help_text=gettext_lazy("这一天及以前的数据"))
    grace_until = DayField(
        label=gettext_lazy("宽限期至"),
        required=False,
        help_text=gettext_lazy("不填时到下次全体会议开幕前一天；没有排定的，按“规则”里的宽限天数"),
    )


@login_required
def locks(request: Request) -> HttpResponse:
    """锁定: closed periods of the unit."""
    unit = request.desk.unit
    permissions.require(request.user, "ledger.lock", unit)
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
    person = forms.ModelChoiceField(
        Person.objects.none(), label=gettext_lazy("是谁的账号"), required=False, empty_label=gettext_lazy("不是委员，不关联"),
        help_text=gettext_lazy("委员的账号选上本人，他登录后才看得到自己的履职"),
    )  # fmt: skip

    def __init__(self, data: Any, *, unit: Organization) -> None:
        super().__init__(data)
        people = Person.objects.filter(organization=unit, users=None)
        self.fields["person"].queryset = people  # type: ignore[attr-defined]


@login_required
def accounts(request: Request) -> HttpResponse:
    """账号 that hold a grant in this unit or below it, and a new one."""
    unit = request.desk.unit
    permissions.require(request.user, "accounts.see", unit)
    form = AccountForm(request.POST or None, unit=unit)
    password = ""
    if request.method == "POST" and form.is_valid():
        password = get_random_string(14)
        try:
            made = accounts_actions.make(
                **form.cleaned_data, password=password, organization=unit, by=request.user, now=clock.now()
            )
            return render(request, "settings/password.html", {"account": made, "password": password})
        except Refused as error:
            refused(form, error)
    given = {
        "form": form,
        "accounts": account_parts.of(unit).order_by("-is_active", "username").prefetch_related("grants__organization"),
        "may_manage": permissions.may(request.user, "accounts.manage", unit),
    }
    return render(request, "settings/accounts.html", given, status=422 if form.is_bound else 200)


class GrantForm(forms.Form):
    """A role to be granted."""

    role = forms.ChoiceField(label=gettext_lazy("角色"), choices=Role.choices)
    organization = forms.ModelChoiceField(Organization.objects.none(), label=gettext_lazy("单位"), empty_label=None)

    def __init__(self, data: Any, *, units: QuerySet[Organization]) -> None:
        super().__init__(data)
        self.fields["organization"] = forms.ModelChoiceField(units, label=gettext_lazy("单位"), empty_label=None)


@login_required
def account(request: Request, pk: int) -> HttpResponse:
    """One account: new password and closing (system administrator), grants (security administrator)."""
    unit, by = request.desk.unit, request.user
    permissions.require(by, "accounts.see", unit)
    found = get_object_or_404(account_parts.of(unit), pk=pk)
    do = request.POST.get("do", "")
    form = GrantForm(request.POST if do == "grant" else None, units=subtree(unit))
    if do == "password":
        return _new_password(request, found)
    if do == "code":
        account_parts.look_after(found, unit)
        return slip(request, found)
    if do and _done(request, found, form):
        return redirect("settings_account", pk=pk)
    given = {
        "account": found, "form": form, "may": {verb: permissions.may(by, f"accounts.{verb}", unit) for verb in ("manage", "grant")},
        "grants": Grant.objects.filter(user=found, organization__in=subtree(unit)).select_related("organization", "granted_by"),
        "elsewhere": Grant.objects.filter(user=found, ended_at=None).exclude(organization__in=subtree(unit)).exists(),
    }  # fmt: skip
    return render(request, "settings/account.html", given, status=422 if form.errors else 200)


def _new_password(request: Request, found: User) -> HttpResponse:
    """A new password, shown once."""
    unit, by, password = request.desk.unit, request.user, get_random_string(14)
    permissions.require(by, "accounts.manage", unit)
    account_parts.look_after(found, unit)
    accounts_actions.set_password(found, password, organization=unit, by=by, now=clock.now())
    return render(request, "settings/password.html", {"account": found, "password": password})


def _done(request: Request, found: User, form: "GrantForm") -> bool:
    """Close, revoke or grant; False when the form must be shown again."""
    unit, by, now, do = request.desk.unit, request.user, clock.now(), request.POST["do"]
    reason = request.POST.get("reason", "").strip()
    if do in ("close", "revoke") and not reason:
        raise Refused(
            "no_reason", why=_("还没有写理由，以后看的人需要知道为什么"), do=_("请写一句理由再提交"), field="reason"
        )
    if do == "close":
        permissions.require(by, "accounts.manage", unit)
        account_parts.look_after(found, unit)
        accounts_actions.close(found, organization=unit, reason=reason, by=by, now=now)
        messages.success(request, _("%(name)s 的账号已停用，他做过的都还在") % {"name": found})
    elif do == "revoke":
        standing = Grant.objects.filter(user=found, organization__in=subtree(unit), ended_at=None)
        given = get_object_or_404(standing, pk=number(request, "grant"))
        permissions.require(by, "accounts.grant", unit)
        accounts_actions.revoke(given, reason=reason, by=by, now=now)
        messages.success(request, _("已收回%(role)s的授权") % {"role": given.get_role_display()})
    elif do == "grant" and form.is_valid():
        given_to = form.cleaned_data["organization"]
        try:
            accounts_actions.grant(found, Role(form.cleaned_data["role"]), given_to, by=by, now=now)
        except Refused as error:
            refused(form, error, **{"": "role"})
            return False
        messages.success(request, _("已授权，%(name)s 重新打开页面就能办事") % {"name": found})
    return not form.errors
