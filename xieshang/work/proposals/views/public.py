"""公开页: what was published, for everybody, without a log-in. No session, no cookie, no script; bounded, and kept for a minute."""

from collections.abc import Callable
from functools import wraps
from hashlib import sha256
from typing import Any

from django.contrib.syndication.views import Feed
from django.core.cache import caches
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from xieshang.base import bounded, clock
from xieshang.base.orgs.models import Organization
from xieshang.base.settings.parameters import PARAMETERS, values

from .. import public, queries, rules
from ..models import Publication
from ..public_forms import PublicForm

PAGE, FEED, KEEP = 20, 30, 60
SETTINGS = (rules.PUBLIC, rules.PUBLIC_NAMES, rules.PUBLIC_INDEX, rules.PUBLIC_RATE)
LANGUAGES = {"en": "en", "zh": "zh-hans"}
Drawn = Callable[..., HttpResponse]


class Open:
    """The unit whose page it is, and what it has set."""

    def __init__(self, unit: Organization) -> None:
        said = values(unit, SETTINGS, clock.today())
        self.unit, self.on, self.names = unit, said[rules.PUBLIC], said[rules.PUBLIC_NAMES]
        self.index, self.rate = said[rules.PUBLIC_INDEX], said[rules.PUBLIC_RATE]


def everybody(view: Drawn) -> Drawn:
    """For a page without a log-in: in the language of the address, bounded, off where the unit has it so, kept until something is published or taken back."""

    @require_safe
    @wraps(view)
    def shown(request: HttpRequest, code: str = "", **named: Any) -> HttpResponse:
        language = LANGUAGES.get(request.GET.get("lang", ""), request.LANGUAGE_CODE)  # type: ignore[attr-defined]
        with translation.override(language):
            at = Open(get_object_or_404(Organization, code=code)) if code else None
            if bounded.over(request, "public", at.rate if at else PARAMETERS[rules.PUBLIC_RATE].default):
                return _answer(request, "proposals/public/busy.html", {}, at, status=429)
            if at is None:
                return view(request, **named)
            if not at.on or not (newest := queries.changed_at(at.unit)):
                raise Http404
            said = (code, at.names, at.index, newest, language, clock.today(), request.get_host(), request.get_full_path())  # fmt: skip
            key = "public:" + sha256(repr(said).encode()).hexdigest()
            if kept := caches["public"].get(key):
                return HttpResponse(kept[0], headers=kept[1])
            answer = view(request, at, **named)
            if answer.status_code == 200:
                caches["public"].set(key, (answer.content, dict(answer.headers)))
            return answer

    return shown


def _answer(request: HttpRequest, template: str, context: dict[str, Any], at: Open | None, status: int = 200) -> HttpResponse:  # fmt: skip
    """Drawn without the frame's context: no token, no session. Kept a minute by whoever passes it on."""
    other = request.GET.copy()
    other["lang"] = "zh" if translation.get_language() == "en" else "en"
    index = bool(at and at.index)
    given = {"request": request, "unit": at.unit if at else None, "index": index, "other": f"?{other.urlencode()}", "lang": request.GET.get("lang", ""), **context}  # fmt: skip
    answer = HttpResponse(render_to_string(template, given), status=status)
    answer["Cache-Control"] = f"public, max-age={KEEP}" if status == 200 else "no-store"
    if not index:
        answer["X-Robots-Tag"] = "noindex"
    if status == 429:
        answer["Retry-After"] = str(KEEP)
    return answer


@everybody
def units(request: HttpRequest) -> HttpResponse:
    """Units that publish; where it is one, its page."""
    found = queries.public_units(clock.today())
    if not found:
        raise Http404
    if len(found) == 1:
        return redirect("public_proposals:list", code=found[0].code)
    return _answer(request, "proposals/public/units.html", {"units": found}, None)


@everybody
def listed(request: HttpRequest, at: Open) -> HttpResponse:
    """What a unit published, newest first, with figures of what is listed."""
    filters = PublicForm(request.GET, unit=at.unit)
    every = queries.published(at.unit)
    found = queries.narrowed(every, filters.wanted(request.GET.get("q", "")))
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    rows = [(one, public.title(one, at.names), public.proposer(one, at.names)) for one in queries.shown_with(page.object_list)]  # fmt: skip
    classes = [(filters.class_word(code), n) for code, n in queries.public_figures(found) if code]
    context = {
        "filters": filters, "page": page, "rows": rows, "q": request.GET.get("q", ""), "classes": classes, "total": page.paginator.count,
        "narrowed": any(value for name, value in request.GET.items() if name not in ("page", "lang")),
    }  # fmt: skip
    return _answer(request, "proposals/public/list.html", context, at)


@everybody
def one(request: HttpRequest, at: Open, pk: int) -> HttpResponse:
    """One of them, as it was decided to be shown."""
    found = get_object_or_404(queries.published(at.unit), proposal=pk)
    drawn = public.drawn(queries.shown_with([found])[0], at.names)
    words = dict(PublicForm(unit=at.unit).fields["result"].choices)  # type: ignore[attr-defined]
    return _answer(request, "proposals/public/one.html", {"one": drawn, "words": words}, at)


class News(Feed):  # type: ignore[type-arg]
    """What was published last, as a feed."""

    feed_type = Atom1Feed

    def get_object(self, request: HttpRequest, at: Open) -> Open:
        return at

    def title(self, at: Open) -> str:
        return _("%(unit)s公开的提案和答复") % {"unit": at.unit.name}

    def link(self, at: Open) -> str:
        return reverse("public_proposals:list", args=[at.unit.code])

    def subtitle(self, at: Open) -> str:
        return _("逐件决定公开的提案、答复和落实情况")

    def items(self, at: Open) -> list[tuple[Publication, str]]:
        return [(one, at.names) for one in queries.shown_with(queries.published(at.unit)[:FEED])]

    def item_title(self, item: tuple[Publication, str]) -> str:
        return public.title(*item)

    def item_description(self, item: tuple[Publication, str]) -> str:
        drawn = public.drawn(*item)
        return " · ".join([drawn["proposer"], *drawn["units"]])

    def item_link(self, item: tuple[Publication, str]) -> str:
        return reverse("public_proposals:one", args=[item[0].organization.code, item[0].proposal_id])

    def item_pubdate(self, item: tuple[Publication, str]) -> Any:
        return item[0].changed_at


@everybody
def feed(request: HttpRequest, at: Open) -> HttpResponse:
    """Atom."""
    return News()(request, at=at)
