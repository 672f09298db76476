"""A page that would say the same again is not drawn again.

Every write leaves an audit entry, so a page stays true for a person until one is written in his house (his county with all that is below it,
and the units above), a notice or a draft of his own changes, or the hour turns. What was drawn is kept under all that it depends on besides.
"""

import re
from collections.abc import Callable, Hashable
from functools import wraps
from hashlib import sha256
from typing import Any, NamedTuple

from django.conf import settings
from django.contrib import messages
from django.core.cache import caches
from django.db import connection
from django.db.models import Q
from django.http import HttpResponse
from django.middleware.csrf import get_token
from django.utils.crypto import salted_hmac

from . import clock
from .accounts import permissions
from .audit.models import Entry
from .drafts import queries as drafts
from .ledger.models import PostedFact
from .notices import queries as notices
from .orgs.models import Level, Organization
from .requests import ARRIVED, Asked

BEHIND = 500  # entries may be committed in another order than they were numbered: so many below the newest are counted
TOKEN = re.compile(rb'(csrfmiddlewaretoken" value="|csrf-token" content="|X-CSRFToken": ")\w{64}')
BLANK = salted_hmac("xieshang.unchanged", "csrf").hexdigest().encode()  # stands where each person's own token will


class Mark(NamedTuple):
    """How far the audit had come when a page was read."""

    newest: int
    counted: int


class Page(NamedTuple):
    """What was drawn: its bytes without the token of the form, its headers, and when it was true."""

    mark: Mark
    content: bytes
    headers: dict[str, str]


def _own(user: Any) -> tuple[Hashable, ...]:
    """What of an account pages show and no audit entry tells of: notices and drafts. Two queries."""
    kept = drafts.mine(user)
    return (*notices.told(user), kept[0].saved_at if kept else None, len(kept))


def unchanged(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """For a view that only reads, and reads nothing but records, settings, notices and drafts."""

    @wraps(view)
    def once_drawn(request: Asked, *args: Any, **named: Any) -> HttpResponse:
        if not settings.KEEPS_PAGES or request.method != "GET" or request.desk.unit is None:
            return view(request, *args, **named)
        if len(messages.get_messages(request)) or ARRIVED in request.session:  # said once
            return view(request, *args, **named)
        own = _own(request.user)
        key = _key(request, own)
        mark = _mark()
        kept: Page | None = caches["pages"].get(key)
        if kept and (kept.mark == mark or not _touched(request, kept.mark)):
            if kept.mark != mark:
                caches["pages"].set(key, kept._replace(mark=mark))
            return HttpResponse(kept.content.replace(BLANK, get_token(request).encode()), headers=kept.headers)
        request.to_keep = _hashed((mark, own, clock.today()))  # its frame counts what waits as of now
        response = view(request, *args, **named)
        if response.status_code == 200 and not response.streaming and not response.cookies:
            kept = Page(mark, TOKEN.sub(rb"\g<1>" + BLANK, response.content), dict(response.headers))
            caches["pages"].set(key, kept)
        return response

    return once_drawn


def _hashed(said: object) -> str:
    return sha256(repr(said).encode()).hexdigest()


def _key(request: Asked, own: tuple[Hashable, ...]) -> str:
    """All that makes two requests ask for the same page."""
    user, desk, now = request.user, request.desk, clock.now()
    said = (
        user.pk, str(user), user.person_id, user.language, user.large_type, sorted((g.organization_id, g.role, g.body_id or 0) for g in permissions.grants(user)),
        desk.unit.pk, desk.starts_on, desk.ends_on, request.get_full_path(), sorted((k, v) for k, v in request.headers.items() if k.startswith("Hx-")),
        now.date(), now.hour, request.session.session_key, own,
    )  # fmt: skip
    return _hashed(said)


def _mark() -> Mark:
    """One query, asked at every page."""
    with connection.cursor() as cursor:
        newest = f"(SELECT COALESCE(MAX(id), 0) FROM {Entry._meta.db_table})"
        cursor.execute(f"SELECT {newest}, COUNT(*) FROM {Entry._meta.db_table} WHERE id > {newest} - {BEHIND}")
        return Mark(*cursor.fetchone())


def _counted(newest: int) -> int:
    return Entry.objects.filter(id__gt=newest - BEHIND, id__lte=newest).count()


def _touched(request: Asked, since: Mark) -> bool:
    """Was anything written since that may show: in the houses of the person's units, or counted there from elsewhere?"""
    if _counted(since.newest) != since.counted:
        return True
    house = Q()
    for unit in request.desk.units:
        above = [int(part) for part in unit.path.strip("/").split("/")]
        levels = dict(Organization.objects.filter(pk__in=above).values_list("pk", "level"))
        roof = next((pk for pk in reversed(above) if levels[pk] not in (Level.TOWNSHIP, Level.COMMUNITY)), above[0])
        house |= Q(organization__path__startswith=unit.path.partition(f"/{roof}/")[0] + f"/{roof}/")
        house |= Q(organization__in=above)
    written = Entry.objects.filter(id__gt=since.newest).filter(
        house | Q(organization=None) | Q(actor_id=request.user.pk)
    )
    return written.exists() or PostedFact.objects.filter(house, entry__gt=since.newest).exists()
