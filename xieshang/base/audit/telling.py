"""What the trail of a record says, in words. The room passes in what only it knows: its verbs, its fields, how it prints a value."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext as _

from . import circumstances
from .models import Entry

FIRST = 1  # the version a record begins with


@dataclass(frozen=True)
class Told:
    """One entry of the trail: who, when, what, why, and each thing that changed."""

    at: datetime
    who: str
    verb: Any
    reason: str
    changes: list[str] = field(default_factory=list)


def entries(record: str) -> list[Entry]:
    """The audit entries of a record, newest first. One query."""
    return list(Entry.objects.filter(record=record).order_by("-id"))


def told(found: Iterable[Entry], verbs: Mapping[str, Any], changes: Callable[[Entry], list[str]]) -> list[Told]:
    """Entries in words. `verbs`: verb → what it is called here; `changes`: what an entry changed, not asked for the first, which changed nothing."""
    return [
        Told(
            one.at,
            one.actor,
            verbs.get(one.verb, one.verb),
            one.reason,
            [*circumstances.told(one.detail), *([] if one.version == FIRST else changes(one))],
        )
        for one in found
    ]


def pairs(
    changed: Mapping[Any, Iterable[Any]], label: Callable[[Any], Any], shown: Callable[[Any, Any], str]
) -> list[str]:
    """A sentence for each field that changed. changed: field → (old, new); label: its name; shown: a value of it as a person reads it."""
    return [
        _("%(what)s：%(old)s → %(new)s") % {"what": label(name), "old": shown(name, old), "new": shown(name, new)}
        for name, (old, new) in changed.items()
    ]


def columns(entry: Entry, model: type[Model], worth: Iterable[str], words: Mapping[str, Callable[[Any], str]] | None = None) -> list[str]:  # fmt: skip
    """A sentence for each of these columns that changed, by the names of the model; a code is said by its title. words: column → code → its title, where rows say it."""
    changed = {name: pair for name, pair in entry.detail.get("changed", {}).items() if name in worth}

    def label(name: str) -> Any:
        return model._meta.get_field(name).verbose_name  # type: ignore[union-attr]

    def shown(name: str, value: Any) -> str:
        if words and name in words:
            return words[name](value) or plain(value)
        titles = dict(model._meta.get_field(name).flatchoices)  # type: ignore[union-attr]
        return str(titles.get(value) or plain(value))

    return pairs(changed, label, shown)


def plain(value: Any) -> str:
    """A kept value that needs no other word."""
    if value in (None, "", []):
        return _("（空）")
    if isinstance(value, bool):
        return _("是") if value else _("否")
    return str(value)
