"""The pages, asked for through the production WSGI application, each against the bare page on the same database."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.core.cache import caches
from django.core.handlers.wsgi import WSGIHandler
from django.test import RequestFactory

from xieshang.base.accounts.models import User
from xieshang.measure.plans.models import Plan

from . import county, rounds
from .counting import count

EACH = 12  # requests in a round


def addresses() -> dict[str, str]:
    """Name → address. The drawer is that of a figure with many facts: everyone who came in a year."""
    unit, _clerk = county.measured()
    asked = {"indicator": "activities.attended", "org": unit.code, "from": "2026-01-01", "to": "2026-12-18"}
    split = {"indicator": "activities.held", "start": "2026-01-01", "end": "2026-12-18", "by": "body"}
    return {
        "home.page": "/",
        "plans.page": f"/plans/{Plan.objects.get(organization=unit).pk}",
        "activities.list": "/activities/",
        "figures.query": f"/figures/?{urlencode(split)}",
        "ledger.drawer": f"/figures/drawer?{urlencode(asked)}",
    }


def measure(name: str) -> dict[str, Any]:
    """One page asked for again while nothing was written: ratio, milliseconds. And drawn afresh, as after a write: ratio, queries, rows read."""
    unit, clerk = county.measured()
    get, address = browser(clerk), addresses()[name]

    def page() -> bytes:
        return get(address)

    def afresh() -> bytes:
        caches["pages"].clear()
        return get(address)

    def bare() -> bytes:
        return get(f"/bare/{unit.pk}")

    found, drawn = rounds.ratio(page, bare, each=EACH), rounds.ratio(afresh, bare, each=EACH // 3)
    return {
        **found, **count(afresh).as_json(), "bytes": len(page()), "afresh": drawn["value"], "afresh_ms": drawn["ms"], "afresh_samples": drawn["samples"],
    }  # fmt: skip


def browser(clerk: User) -> Callable[[str], bytes]:
    """A logged-in clerk at the WSGI door; a request opens and closes what it opens and closes under gunicorn."""
    session = SessionStore()
    session[SESSION_KEY] = str(clerk.pk)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = clerk.get_session_auth_hash()
    session.save()
    application = WSGIHandler()
    environ = (
        RequestFactory()
        .get("/", HTTP_HOST="localhost", HTTP_COOKIE=f"{settings.SESSION_COOKIE_NAME}={session.session_key}")
        .environ
    )

    def get(address: str) -> bytes:
        path, _, query = address.partition("?")
        said: list[str] = []
        response = application(
            {**environ, "PATH_INFO": path, "QUERY_STRING": query}, lambda status, _headers: said.append(status)
        )
        body = b"".join(response)
        response.close()
        if said != ["200 OK"]:
            raise RuntimeError(f"{address} answered {said}: {body[:300].decode(errors='replace')}")
        return body

    return get
