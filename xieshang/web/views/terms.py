"""届次和全会: the terms and plenaries of a unit's committee, from which session years are reckoned."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xieshang.base import clock
from xieshang.base.accounts import permissions
from xieshang.base.errors import Refused
from xieshang.base.orgs import actions
from xieshang.base.orgs.models import Organization, Session, Term
from xieshang.base.orgs.queries import committee
from xieshang.base.orgs.years import session_years
from xieshang.base.requests import refused
from xieshang.web.forms import DayField
from xieshang.web.requests import Request


class TermForm(forms.Form):
    """A new term."""

    number = forms.IntegerField(label=gettext_lazy("第几届"), min_value=1, max_value=99)
    starts_on = DayField(label=gettext_lazy("起"))
    ends_on = DayField(label=gettext_lazy("止"))


class TermChoice(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return _("第 %(n)s 届") % {"n": obj.number}


class SessionForm(forms.Form):
    """A plenary of one of the terms; of one that is entered already only its days."""

    term = TermChoice(Term.objects.none(), label=gettext_lazy("届"), empty_label=None)
    number = forms.IntegerField(label=gettext_lazy("第几次会议"), min_value=1, max_value=20)
    opens_on = DayField(label=gettext_lazy("开幕"))
    closes_on = DayField(label=gettext_lazy("闭幕"))

    def __init__(self, unit: Organization, *args: Any, session: Session | None = None, **more: Any) -> None:
        super().__init__(*args, **more)
        if session:
            del self.fields["term"], self.fields["number"]
            self.initial = {"opens_on": session.opens_on, "closes_on": session.closes_on}
            return
        field = self.fields["term"]
        assert isinstance(field, TermChoice)
        field.queryset = Term.objects.filter(organization=unit).order_by("-number")


@login_required
def terms(request: Request) -> HttpResponse:
    """The terms with their plenaries, and the session years they make; `?session=` opens one to be put right."""
    unit = request.desk.unit
    permissions.require(request.user, "orgs.see", unit)
    of = committee(unit)
    asked = request.GET.get("session")
    session = _session(of, asked) if asked and of else None
    given: dict[str, Any] = {"term_form": TermForm(prefix="term"), "of": of, "session": session, "mine": of == unit}
    if of:
        given |= {
            "terms": Term.objects.filter(organization=of).order_by("-number").prefetch_related("sessions"),
            "years": session_years(unit)[::-1],
            "session_form": SessionForm(of, prefix="session", session=session),
            "may_edit": of == unit and permissions.may(request.user, "orgs.edit", unit),
        }
    status = 200
    if request.method == "POST":
        permissions.require(request.user, "orgs.edit", unit)
        if of != unit:
            raise Refused(
                "no_committee", why=_("本单位没有政协委员会，全体会议由上级政协登记"), do=_("请联系上级政协办公室")
            )
        form = _write(request, unit, session)
        if form is None:
            messages.success(request, _("已登记"))
            return redirect("settings_terms")
        given["term_form" if isinstance(form, TermForm) else "session_form"], status = form, 422
    return render(request, "settings/terms.html", given, status=status)


def _session(of: Organization, asked: str) -> Session:
    if not (asked.isascii() and asked.isdecimal() and len(asked) < 16):
        raise Http404
    return get_object_or_404(Session.objects.select_related("term__organization"), pk=int(asked), term__organization=of)


def _write(request: Request, unit: Organization, session: Session | None) -> TermForm | SessionForm | None:
    """The form with its mistakes; None when it is written."""
    form: TermForm | SessionForm
    if request.POST.get("what") == "term":
        form = TermForm(request.POST, prefix="term")
    else:
        form = SessionForm(unit, request.POST, prefix="session", session=session)
    if not form.is_valid():
        return form
    said = {**form.cleaned_data, "by": request.user, "now": clock.now()}
    try:
        if isinstance(form, TermForm):
            actions.add_term(unit, **said)
        elif session:
            actions.move_session(session, **said)
        else:
            actions.add_session(**said)
    except Refused as error:
        refused(form, error)
        return form
    return None
