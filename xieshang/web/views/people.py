"""委员: who is in office, by sector; one person; a new member."""

from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from xieshang.base import clock
from xieshang.base.accounts import actions as accounts
from xieshang.base.accounts import permissions
from xieshang.base.accounts.models import User
from xieshang.base.errors import Refused
from xieshang.base.orgs.models import Body, BodyKind, Organization
from xieshang.base.orgs.queries import bodies, term_on
from xieshang.base.people import actions, queries
from xieshang.base.people.models import Membership, Person, Seat
from xieshang.base.people.rules import MEMBERSHIP_MOVES, MOVES
from xieshang.base.requests import refused
from xieshang.base.workflow.engine import possible
from xieshang.web import account_parts, home_parts
from xieshang.web.forms import DayField, number
from xieshang.web.requests import Request


@login_required
def listed(request: Request) -> HttpResponse:
    """Members in office, filtered by sector and name; filters in the address."""
    desk = request.desk
    permissions.require(request.user, "people.see", desk.unit)
    found = queries.in_office(desk.unit, clock.today())
    sectors = list(bodies(desk.unit, BodyKind.SECTOR))
    sector, words = request.GET.get("sector", ""), request.GET.get("q", "").strip()[:40]
    if sector:
        found = found.filter(sector__in=[one.pk for one in sectors if str(one.pk) == sector])
    if words:
        found = found.filter(person__name__icontains=words)
    others = Person.objects.filter(organization=desk.unit, seats=None)
    if words:
        others = others.filter(name__icontains=words)
    given = {
        "page": Paginator(found, 60).get_page(request.GET.get("page")), "sectors": sectors, "sector": sector, "q": words,
        "others": others[:200], "may_edit": permissions.may(request.user, "people.edit", desk.unit),
    }  # fmt: skip
    return render(request, "people/list.html", given)


def visible(user: Any) -> Any:
    """Ids of the people of the units in which `user` may see people, or who belong to a body there."""
    units = permissions.units(user, "people.see")
    return Person.objects.filter(Q(organization__in=units) | Q(memberships__organization__in=units)).values("pk")


@login_required
def person(request: Request, pk: int) -> HttpResponse:
    """One person: bodies, seats, what he came to this year. The telephone only for those who may see it."""
    desk = request.desk
    found = get_object_or_404(Person.objects.select_related("organization"), pk=pk, pk__in=visible(request.user))
    shown = found.pk == request.user.person_id or permissions.may(request.user, "duty.see", desk.unit)
    memberships = list(Membership.objects.filter(person=found).select_related("body", "organization"))
    for one in memberships:
        one.ask_id = f"leave-{one.pk}"  # type: ignore[attr-defined]
    seats = list(Seat.objects.filter(person=found).select_related("sector", "term", "organization"))
    given = {
        "person": found, "seats": seats, "memberships": memberships,
        "phone": found.phone if permissions.may(request.user, "people.see_phone", found.organization) else found.phone_masked,
        "mine": home_parts.mine(found.pk, desk.unit, desk.starts_on, desk.until) if shown else [],
        "came": home_parts.came(found.pk, desk.unit, desk.starts_on, desk.ends_on) if shown else [],
        "acted": home_parts.acted(found.pk) if shown else [], "may_amend": permissions.may(request.user, "paperwork.act_for", found.organization),
        "leaving": {m.pk for m in memberships if "leave" in possible(m, request.user, MEMBERSHIP_MOVES)},
        "accounts": account_parts.enterable(found, desk.unit, request.user),
        "ending": next((s for s in seats if "end" in possible(s, request.user, MOVES)), None),
    }  # fmt: skip
    return render(request, "people/person.html", given)


@login_required
@require_POST
def code(request: Request, pk: int) -> HttpResponse:
    """发登录码 for the account of a person: the slip to be printed, this once."""
    unit, by = request.desk.unit, request.user
    permissions.require(by, "accounts.issue_code", unit)
    looked_after = permissions.may(by, "accounts.manage", unit)
    mine = account_parts.of(unit) if looked_after else User.objects.filter(person__in=visible(by))
    account = get_object_or_404(mine, pk=number(request, "account"), person=pk)
    if looked_after:
        account_parts.look_after(account, unit)
    return slip(request, account)


def slip(request: Request, account: User) -> HttpResponse:
    """The printed slip: whose, where, the code, until when. Kept in no cache."""
    unit = request.desk.unit
    made, figures = accounts.issue_code(account, organization=unit, by=request.user, now=clock.now())
    address = request.build_absolute_uri(f"{reverse('login')}?by=code")
    half = len(figures) // 2
    given = {"account": account, "made": made, "code": f"{figures[:half]} {figures[half:]}", "address": address}
    response = render(request, "people/slip.html", given)
    response["Cache-Control"] = "no-store"
    return response


@login_required
def seat(request: Request, pk: int) -> HttpResponse:
    """The address of a seat leads to its person; a POST ends it."""
    found = get_object_or_404(
        Seat.objects.select_related("person", "organization"),
        pk=pk,
        organization__in=permissions.units(request.user, "people.see"),
    )
    if request.method == "POST":
        on, seen = _when(request)
        reason = request.POST.get("reason", "").strip()
        if not reason:
            raise Refused(
                "no_reason", why=_("还没有写免去的原因"), do=_("请写一句原因再办，如“辞去委员”“调离”"), field="reason"
            )
        if on < found.started_on:
            raise Refused("too_early", why=_("免去日期早于任职日期"), do=_("请改好日期再办"), field="on")
        actions.end(found, on=on, reason=reason, by=request.user, now=clock.now(), seen=seen)
        messages.success(request, _("%(name)s 的委员资格已办理免去") % {"name": found.person})
    return redirect("people:person", pk=found.person_id)


@login_required
def membership(request: Request, pk: int) -> HttpResponse:
    """The address of a membership leads to its person; a POST ends it."""
    found = get_object_or_404(
        Membership.objects.select_related("person", "organization", "body"),
        pk=pk,
        organization__in=permissions.units(request.user, "people.see"),
    )
    if request.method == "POST":
        on, seen = _when(request)
        actions.leave(found, on=on, reason=request.POST.get("reason", ""), by=request.user, now=clock.now(), seen=seen)
        messages.success(request, _("%(name)s 已从%(body)s离任") % {"name": found.person, "body": found.body})
    return redirect("people:person", pk=found.person_id)


def _when(request: Request) -> tuple[date, int | None]:
    """The day given, today where none is; and the version that was on the screen."""
    try:
        on = date.fromisoformat(request.POST.get("on") or clock.today().isoformat())
    except ValueError as error:
        raise Refused("bad_date", why=_("日期不对"), do=_("请按 2026-03-12 的样子填写"), field="on") from error
    seen = request.POST.get("seen", "")
    return on, int(seen) if seen.isdecimal() else None


class PersonForm(forms.Form):
    """A new person, with or without a seat."""

    name = forms.CharField(label=gettext_lazy("姓名"), max_length=40)
    gender = forms.ChoiceField(
        label=gettext_lazy("性别"),
        required=False,
        choices=[("", "—"), ("m", gettext_lazy("男")), ("f", gettext_lazy("女"))],
    )
    party = forms.CharField(label=gettext_lazy("政治面貌"), max_length=20, required=False)
    workplace = forms.CharField(label=gettext_lazy("工作单位"), max_length=80, required=False)
    post = forms.CharField(label=gettext_lazy("职务"), max_length=60, required=False)
    phone = forms.RegexField(
        r"^1\d{10}$",
        label=gettext_lazy("手机"),
        required=False,
        error_messages={"invalid": gettext_lazy("手机号是 11 位数字，请检查")},
    )
    body = forms.ModelChoiceField(Body.objects.none(), label=gettext_lazy("所在机构"), required=False)
    sector = forms.ModelChoiceField(
        Body.objects.none(),
        label=gettext_lazy("界别"),
        required=False,
        help_text=gettext_lazy("是委员的选界别；不是委员的留空"),
    )
    started_on = DayField(label=gettext_lazy("任职日期"))


@login_required
def new(request: Request) -> HttpResponse:
    """登记人员."""
    desk = request.desk
    permissions.require(request.user, "people.edit", desk.unit)
    form = PersonForm(request.POST or None, initial={"started_on": clock.today()})
    _choices(form, desk.unit)
    if request.method == "POST" and form.is_valid():
        try:
            made = _make(form.cleaned_data, desk.unit, request.user)
            messages.success(request, _("已登记 %(name)s") % {"name": made.name})
            return redirect("people:person", pk=made.pk)
        except Refused as error:
            refused(form, error, date="started_on")
    return render(request, "people/new.html", {"form": form}, status=422 if form.is_bound else 200)


def _field(form: PersonForm, name: str) -> "forms.ModelChoiceField[Body]":
    return form.fields[name]  # type: ignore[return-value]


def _choices(form: PersonForm, unit: Any) -> None:
    _field(form, "body").queryset = bodies(unit).exclude(kind__in=(BodyKind.SECTOR, BodyKind.HANDLING_UNIT))
    _field(form, "sector").queryset = bodies(unit, BodyKind.SECTOR)


@transaction.atomic
def _make(given: dict[str, Any], unit: Organization, user: User) -> Person:
    """The person with seat and body, or nothing of it."""
    fields = {key: given[key] for key in ("name", "gender", "party", "workplace", "post", "phone")}
    order = Person.objects.filter(organization=unit).count()
    made = actions.add(unit, by=user, now=clock.now(), order=order, **fields)
    if given["sector"]:
        term = term_on(unit, given["started_on"])
        if term is None:
            raise Refused(
                "no_term", why=_("%(day)s 不在已登记的任何一届里") % {"day": given["started_on"]}, do=_("请检查任职日期，或先在“届次和全会”里看看届次"), field="date"
            )  # fmt: skip
        actions.seat(made, term, sector=given["sector"], started_on=given["started_on"], by=user, now=clock.now())
    if given["body"]:
        actions.join(made, given["body"], started_on=given["started_on"], by=user, now=clock.now())
    return made
