"""What the trail of an entry says, in the words of the office."""

from typing import Any

from django.utils.translation import gettext_lazy

from xieshang.base.audit import telling
from xieshang.base.audit.models import Entry as AuditEntry
from xieshang.base.audit.telling import Told

from .fields import Field
from .models import Entry

VERBS = {
    "registers.record": gettext_lazy("登记"),
    "registers.correct": gettext_lazy("更正"),
    "registers.void": gettext_lazy("作废"),
}


def history(entry: Entry) -> list[Told]:
    """The trail of an entry, newest first. One query."""
    fields = {one.key: one for one in (*entry.register.fields, *entry.fields_version.typed)}
    return telling.told(telling.entries(entry.ref), VERBS, lambda one: _changes(one, fields))


def _changes(entry: AuditEntry, fields: dict[str, Field]) -> list[str]:
    changed = entry.detail.get("changed", {})
    own = {one.role: one.key for one in fields.values() if one.role in ("on", "title")}
    pairs = {own[column]: changed[column] for column in ("on", "title") if column in changed and column in own}
    before, after = (each or {} for each in changed.get("payload", ({}, {})))
    for key in dict.fromkeys([*before, *after]):
        if before.get(key) != after.get(key) and key in fields:
            pairs[key] = (before.get(key), after.get(key))
    return telling.pairs(pairs, lambda key: fields[key].title, lambda key, value: said(fields[key], value))


def said(one: Field, value: Any) -> str:
    """A kept value as a person reads it."""
    return one.choices.get(str(value), telling.plain(value))
