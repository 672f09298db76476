"""委员: who is in office, by sector; one person; a new member."""

from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xieshang.base import clock
from xieshang.base.accounts import permissions
from xieshang.base.orgs.models import Body, BodyKind
from xieshang.base.orgs.queries import bodies, term_on
from xieshang.base.people import actions, queries
from xieshang.base.people.models import Membership, Person, Seat
from xieshang.base.people.rules import MOVES
from xieshang.base.workflow.engine import possible
from xieshang.web import home_parts


@login_required
def listed(request: HttpRequest) -> HttpResponse:
    """Members in office, filtered by sector and name; filters in the address."""
    desk = request.desk  # type: ignore[attr-defined]
    permissions.require(request.user, "people.see", desk.unit)  # type: ignore[arg-type]
    found = queries.in_office(desk.unit, clock.today())
    sector, words = request.GET.get("sector", ""), request.GET.get("q", "").strip()
    if sector.isdigit():
        found = found.filter(sector=int(sector))
    if words:
        found = found.filter(person__name__icontains=words)
    others = Person.objects.filter(organization=desk.unit, seats=None)
    if words:
        others = others.filter(name__icontains=words)
    given = {
        "page": Paginator(found, 60).get_page(request.GET.get("page")), "sectors": bodies(desk.unit, BodyKind.SECTOR), "sector": sector, "q": words,
        "others": others[:200], "may_edit": permissions.may(request.user, "people.edit", desk.unit),  # type: ignore[arg-type]
    }  # fmt: skip
    return render(request, "people/list.html", given)


def visible(user: Any) -> Any:
    """Ids of the people of the units in which `user` may see people, or who belong to a body there."""
    units = permissions.units(user, "people.see")
    return Person.objects.filter(Q(organization__in=units) | Q(memberships__organization__in=units)).values("pk")


@login_required
def person(request: HttpRequest, pk: int) -> HttpResponse:
    """One person: bodies, seats, what he came to this year. The telephone only for those who may see it."""
    desk = request.desk  # type: ignore[attr-defined]
    found = get_object_or_404(Person.objects.select_related("organization"), pk=pk, pk__in=visible(request.user))
    user: Any = type("Who", (), {"person_id": found.pk})
    seats = list(Seat.objects.filter(person=found).select_related("sector", "term", "organization"))
    given = {
        "person": found, "seats": seats, "memberships": Membership.objects.filter(person=found).select_related("body"),
        "phone": found.phone if permissions.may(request.user, "people.see_phone", found.organization) else found.phone_masked,  # type: ignore[arg-type]
        "mine": home_parts.mine(user, found.organization, desk.starts_on, min(desk.ends_on, clock.today())),
        "came": home_parts.came(user, found.organization, desk.starts_on, desk.ends_on),
        "ending": next((s for s in seats if "end" in possible(s, request.user, MOVES)), None),  # type: ignore[arg-type]
    }  # fmt: skip
    return render(request, "people/person.html", given)


@login_required
def seat(request: HttpRequest, pk: int) -> HttpResponse:
    """The address of a seat leads to its person; a POST ends it."""
    found = get_object_or_404(
        Seat.objects.select_related("person", "organization"),
        pk=pk,
        organization__in=permissions.units(request.user, "people.see"),
    )  # type: ignore[arg-type]
    if request.method == "POST":
        given = request.POST.get("on") or clock.today().isoformat()
        actions.end(
            found,
            on=date.fromisoformat(given),
            reason=request.POST.get("reason", ""),
            by=request.user,
            now=clock.now(),
            seen=int(request.POST["seen"]),
        )  # type: ignore[arg-type]
        messages.success(request, _("%(name)s 的委员资格已办理免去") % {"name": found.person})
    return redirect("people:person", pk=found.person_id)


@login_required
def membership(request: HttpRequest, pk: int) -> HttpResponse:
    """The address of a membership leads to its person; a POST ends it."""
    found = get_object_or_404(
        Membership.objects.select_related("person", "organization", "body"),
        pk=pk,
        organization__in=permissions.units(request.user, "people.see"),
    )  # type: ignore[arg-type]
    if request.method == "POST":
        given = request.POST.get("on") or clock.today().isoformat()
        actions.leave(
            found,
            on=date.fromisoformat(given),
            reason=request.POST.get("reason", ""),
            by=request.user,
            now=clock.now(),
            seen=int(request.POST["seen"]),
        )  # type: ignore[arg-type]
        messages.success(request, _("%(name)s 已从%(body)s离任") % {"name": found.person, "body": found.body})
    return redirect("people:person", pk=found.person_id)


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
    started_on = forms.DateField(label=gettext_lazy("任职日期"), widget=forms.DateInput(attrs={"type": "date"}))


@login_required
def new(request: HttpRequest) -> HttpResponse:
    """登记人员."""
    desk = request.desk  # type: ignore[attr-defined]
    permissions.require(request.user, "people.edit", desk.unit)  # type: ignore[arg-type]
    form = PersonForm(request.POST or None, initial={"started_on": clock.today()})
    _choices(form, desk.unit)
    if request.method == "POST" and form.is_valid():
        made = _make(form.cleaned_data, desk.unit, request.user)
        messages.success(request, _("已登记 %(name)s") % {"name": made.name})
        return redirect("people:person", pk=made.pk)
    return render(request, "people/new.html", {"form": form}, status=422 if form.is_bound else 200)


def _choices(form: PersonForm, unit: Any) -> None:
    form.fields["body"].queryset = bodies(unit).exclude(kind__in=(BodyKind.SECTOR, BodyKind.HANDLING_UNIT))  # type: ignore[attr-defined]
    form.fields["sector"].queryset = bodies(unit, BodyKind.SECTOR)  # type: ignore[attr-defined]


def _make(given: dict[str, Any], unit: Any, user: Any) -> Person:
    fields = {key: given[key] for key in ("name", "gender", "party", "workplace", "post", "phone")}
    order = Person.objects.filter(organization=unit).count()
    made = actions.add(unit, by=user, now=clock.now(), order=order, **fields)
    term = term_on(unit, given["started_on"])
    if given["sector"] and term:
        actions.seat(made, term, sector=given["sector"], started_on=given["started_on"], by=user, now=clock.now())
    if given["body"]:
        actions.join(made, given["body"], started_on=given["started_on"], by=user, now=clock.now())
    return made
