"""What the trail of an entry says, in the words of the office."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from . import queries
from .fields import Field
from .models import Entry

VERBS = {
    "registers.record": gettext_lazy("登记"),
    "registers.correct": gettext_lazy("更正"),
    "registers.void": gettext_lazy("作废"),
}


@dataclass(frozen=True)
class Told:
    """One entry of the trail: who, when, what, why, and each thing that changed."""

    at: datetime
    who: str
    verb: Any
    reason: str
    changes: list[str] = field(default_factory=list)


def history(entry: Entry) -> list[Told]:
    """The trail of an entry, newest first. One query."""
    fields = {one.key: one for one in (*entry.register.fields, *entry.fields_version.typed)}
    own = {one.role: one for one in fields.values() if one.role in ("on", "title")}
    return [
        Told(
            one.at,
            one.actor,
            VERBS.get(one.verb, one.verb),
            one.reason,
            [] if one.version == 1 else _changes(one.detail.get("changed", {}), fields, own),
        )
        for one in queries.history(entry)
    ]


def _changes(changed: Mapping[str, Any], fields: Mapping[str, Field], own: Mapping[str, Field]) -> list[str]:
    said = [_pair(own[column], *changed[column]) for column in ("on", "title") if column in changed and column in own]
    before, after = changed.get("payload", ({}, {}))
    for key in dict.fromkeys([*(before or {}), *(after or {})]):
        old, new = (before or {}).get(key), (after or {}).get(key)
        if old != new and key in fields:
            said.append(_pair(fields[key], old, new))
    return said


def _pair(one: Field, old: Any, new: Any) -> str:
    return _("%(what)s：%(old)s → %(new)s") % {"what": one.title, "old": said(one, old), "new": said(one, new)}


def said(one: Field, value: Any) -> str:
    """A kept value as a person reads it."""
    return _("（空）") if value in (None, "") else one.choices.get(str(value), str(value))
