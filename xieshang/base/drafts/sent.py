"""What js/drafts.js sends, however it comes: its own pairs, the same as JSON, or the form itself."""

import json
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from xieshang.base.errors import Refused
from xieshang.base.requests import Asked, as_uuid

OWN = ("csrfmiddlewaretoken", "client_id", "seen", "key")  # fields of the page, typed by nobody


@dataclass(frozen=True)
class Sent:
    """One draft as it arrived. key: which form, without what stands behind its colon."""

    client_id: UUID
    key: str
    typed: dict[str, Any]

    def first(self, name: str) -> str:
        """What was typed in a field of one value."""
        values = self.typed["values"].get(name) or [""]
        return str(values[0])


def read(request: Asked, *, key: str = "", title: str = "title") -> Sent:
    """The draft in a request. `key`: the form where the request names none; `title`: the field that a list shows.

    raises  Refused: no id, or unreadable
    """
    given = _given(request)
    client_id = as_uuid(str(given.get("client_id", "")))
    if client_id is None:
        raise Refused("no_id", why=_("这份草稿没有编号"), do=_("请刷新这一页再填"), field="client_id")
    values: dict[str, list[str]] = {}
    for name, value in given["values"]:
        if value and name not in OWN:
            values.setdefault(name, []).append(value)
    typed = {"title": (values.get(title) or [""])[0][:120], "values": values}
    return Sent(client_id, str(given.get("key") or key).partition(":")[0][:60], typed)


def _given(request: Asked) -> dict[str, Any]:
    """{key, client_id, values: [(name, value), …]} however it was sent."""
    try:
        if request.content_type == "application/json":
            given = json.loads(request.body)
            pairs = given.get("payload", [])
        else:
            given = request.POST.dict()
            pairs = (
                json.loads(given["payload"])
                if "payload" in given
                else [(name, v) for name, vs in request.POST.lists() for v in vs]
            )
        return {**given, "values": [(str(name), str(value)) for name, value in pairs]}
    except (ValueError, TypeError, AttributeError) as error:
        raise Refused("unreadable", why=_("这份草稿读不出来"), do=_("请刷新这一页再填")) from error
