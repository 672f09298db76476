"""What every request passes: a strict content policy, the person's language, the unit and year at hand, and errors in plain words."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.translation import gettext as _

from xieshang.base import clock, once, words
from xieshang.base.accounts import again, permissions
from xieshang.base.errors import NotAllowed, Refused, Stale
from xieshang.base.orgs.models import Organization
from xieshang.base.orgs.years import Year, session_years
from xieshang.base.orgs.years import calendar as calendar_year

from . import entering, menu

Next = Callable[[HttpRequest], HttpResponse]
POLICY = (
    "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; object-src 'none'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'"
)


class ContentSecurityPolicy:
    """No inline script or style, nothing from elsewhere."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", POLICY)
        return response


class NoNul:
    """A NUL in an address means nothing to anybody, and PostgreSQL refuses it: it is left out before the address is read."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        asked = request.META.get("QUERY_STRING", "")
        if "%00" in asked or "\0" in asked:
            request.META["QUERY_STRING"] = asked.replace("%00", "").replace("\0", "")
        return self.get_response(request)


class Language:
    """The language of the account, or the one chosen on the log-in page; Chinese otherwise."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        known = dict(settings.LANGUAGES)
        chosen = getattr(request.user, "language", None) or request.COOKIES.get("language", "")
        request.LANGUAGE_CODE = chosen if chosen in known else settings.LANGUAGE_CODE  # type: ignore[attr-defined]
        with translation.override(request.LANGUAGE_CODE):  # type: ignore[attr-defined]
            response = self.get_response(request)
            if hasattr(response, "render") and not getattr(response, "is_rendered", True):
                response = response.render()
        response.headers["Content-Language"] = request.LANGUAGE_CODE  # type: ignore[attr-defined]
        return response


class Remembered:
    """A remembered telephone opens the pages without a log-in; and what matters knows when somebody last proved who he is."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.user.is_authenticated:
            entering.by_device(request)
        with again.proved(entering.proof(request)):
            return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: Any) -> HttpResponse | None:
        """What was held back comes again with a password or a code beside it: right, and it goes on; wrong, and it is asked once more."""
        typed = request.POST.get("prove_again") if request.method == "POST" and request.user.is_authenticated else None
        if typed is None:
            return None
        if entering.proves(request, typed):
            return None
        return plain(request, again.ProveAgain(), wrong=True)


class Desk:
    """`request.desk`: the units of the account, the one at hand (kept in the session, `?org=` changes it) and the year."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.user.is_authenticated:
            return self.get_response(request)
        request.desk = desk = desk_of(request)  # type: ignore[attr-defined]
        if desk.unit is None and not request.path.startswith(WITHOUT_UNIT) and request.path != "/":
            return plain(request, without_unit())
        if request.method == "GET":
            with once.reading():
                return self.get_response(request)
        response = self.get_response(request)
        menu.forget(request)
        return response


WITHOUT_UNIT = ("/account/", "/logout", "/me", "/notices", "/static/", "/public/")


def without_unit() -> NotAllowed:
    return NotAllowed(
        "no_grant",
        why=_("您的账号还没有授权，什么都不能看、不能办"),
        do=_("请联系本单位的安全管理员，授权后刷新这一页"),
    )


class DeskState:
    """Where a person works now. `unit` is None for an account without any grant, which gets no further than its own settings."""

    def __init__(self, units: list[Organization], unit: Organization | None, at: Year, known: list[Year]) -> None:
        self.units, self.at, self.known = units, at, known
        self.unit: Organization = unit  # type: ignore[assignment]

    @property
    def year(self) -> int:
        return self.at.number

    @property
    def starts_on(self) -> date:
        return self.at.starts_on

    @property
    def ends_on(self) -> date:
        return self.at.ends_on

    @property
    def until(self) -> date:
        """The last day that can be counted: today in the running year; a year to come has begun on paper only."""
        return max(self.starts_on, min(self.ends_on, clock.today()))


def desk_of(request: HttpRequest) -> DeskState:
    units = list({g.organization_id: g.organization for g in permissions.grants(request.user)}.values())  # type: ignore[arg-type]
    by_code = {unit.code: unit for unit in units}
    unit = (
        by_code.get(request.GET.get("org", ""))
        or by_code.get(request.session.get("org", ""))
        or next(iter(units), None)
    )
    if request.GET.get("org") and unit and request.session.get("org") != unit.code:
        request.session["org"] = unit.code
    at, known = _year_of(request, unit)
    return DeskState(units, unit, at, known)


def _year_of(request: HttpRequest, unit: Organization | None) -> tuple[Year, list[Year]]:
    """The year at hand and those that can be chosen, newest first: calendar years, or session years (`?years=session`) where plenaries are entered."""
    given, kind = request.GET.get("year") or request.session.get("year") or "", _kept(request, "years") or "calendar"
    today = clock.today()
    year = int(given) if str(given).isdecimal() and 1990 <= int(given) <= 2100 else 0
    if request.GET.get("year") and request.session.get("year") != year:
        request.session["year"] = year
    if kind == "session" and unit:
        known = session_years(unit)[::-1]
        wanted = next((one for one in known if one.number == year or (not year and one.starts_on <= today)), None)
        if wanted:
            return wanted, known
        if {"years", "year"} & set(request.GET):
            messages.warning(request, no_session(year))
    years = [calendar_year(number) for number in range(today.year + 1, today.year - 4, -1)]
    return calendar_year(year or today.year), years


def _kept(request: HttpRequest, name: str) -> str:
    """What the address says, kept in the session; else what was kept."""
    given = request.GET.get(name, "")
    if given and request.session.get(name) != given:
        request.session[name] = given
    return str(given or request.session.get(name, ""))


def no_session(year: int) -> str:
    why = (
        _("没有登记 %(year)s 年的全体会议，会议年度无从算起，仍按自然年度显示") % {"year": year}
        if year
        else _("还没有登记全体会议，会议年度无从算起，仍按自然年度显示")
    )
    return words.sentences(why, _("请到“设置”的“届次和全会”里登记"))


class PlainErrors:
    """Refused and Stale become a page, an htmx fragment or JSON, always with what to do; nothing typed is lost (the form is shown again)."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not isinstance(error, Refused):
            return None
        return plain(request, error)


def plain(request: HttpRequest, error: Refused, *, wrong: bool = False) -> HttpResponse:
    """A refusal as JSON for programs, else as a page or a fragment, with what was typed. `wrong`: the proof that was asked for was none."""
    if request.path.startswith("/api/") or request.headers.get("Accept", "").startswith("application/json"):
        return JsonResponse(error.as_json(), status=error.status)
    if isinstance(error, Stale):
        error.theirs, error.yours = (
            {label_of(n): said[n] for n in error.yours if n in said} for said in (error.theirs, error.yours)
        )
    typed = [(name, value) for name in request.POST for value in request.POST.getlist(name) if name not in NOT_TYPED]
    given = {"error": error, "typed": typed, "wrong": wrong, "lost_files": bool(request.FILES)}
    return render(request, _template(error), given, status=error.status)


NOT_TYPED = ("csrfmiddlewaretoken", "prove_again")


def _template(error: Refused) -> str:
    if isinstance(error, again.ProveAgain):
        return "errors/again.html"
    return "errors/stale.html" if isinstance(error, Stale) else "errors/refused.html"


def label_of(name: str) -> str:
    """The Chinese name of a column, found among the models; the column's own name where none has it."""
    for model in apps.get_models():
        for column in model._meta.concrete_fields:
            if column.name == name and str(column.verbose_name) != name.replace("_", " "):
                return str(column.verbose_name)
    return name
