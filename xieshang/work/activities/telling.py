"""What the trail of a record says, in the words of the office."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xieshang.base.audit.models import Entry

from . import queries, rules
from .models import Activity, Presence

VERBS = {
    "activities.record": gettext_lazy("登记"),
    "activities.correct": gettext_lazy("更正"),
    "activities.void": gettext_lazy("作废"),
}
HIDDEN = {"id", "organization", "state", "created_at", "created_by", "client_id", "version"}


@dataclass(frozen=True)
class Told:
    """One entry of the trail: who, when, what, why, and each thing that changed."""

    at: datetime
    who: str
    verb: Any
    reason: str
    changes: list[str] = field(default_factory=list)


def history(activity: Activity) -> list[Told]:
    """The trail of a record, newest first. Three queries at most."""
    entries = queries.history(activity)
    names = queries.names(entries)
    told: list[Told] = []
    seats: dict[str, str] = {}
    for entry in reversed(entries):  # from the oldest on: a list of people is compared with the one before
        seats_now = entry.detail.get("presence", seats)
        changes = (
            [] if entry.verb == "activities.record" else [*_columns(entry, names), *_people(seats, seats_now, names)]
        )
        if entry.detail.get("files_off"):
            changes.append(_("取下 %(n)s 个附件") % {"n": len(entry.detail["files_off"])})
        seats = seats_now
        told.append(Told(entry.at, entry.actor, VERBS.get(entry.verb, entry.verb), entry.reason, changes))
    return told[::-1]


def _columns(entry: Entry, names: dict[str, dict[Any, str]]) -> list[str]:
    changed = {name: pair for name, pair in entry.detail.get("changed", {}).items() if name not in HIDDEN}
    said = []
    for name, (old, new) in changed.items():
        label = Activity._meta.get_field(name).verbose_name  # type: ignore[union-attr]
        said.append(
            _("%(what)s：%(old)s → %(new)s")
            % {"what": label, "old": shown(name, old, names), "new": shown(name, new, names)}
        )
    return said


def shown(name: str, value: Any, names: dict[str, dict[Any, str]] | None = None) -> str:
    """A column's plain value as a person reads it."""
    if value in (None, "", [], "0.00"):
        return _("（空）")
    if name == "kind":
        return str(dict(rules.KINDS).get(value, value))
    if name == "carriers":
        titles = {code: title for code, title, _group in rules.CARRIERS}
        return "、".join(str(titles.get(code, code)) for code in value)
    if isinstance(value, bool):
        return _("是") if value else _("否")
    if name == "organizer":
        return (names or {}).get("organizer", {}).get(value, _("（已改）"))
    return str(value)


def _people(before: dict[str, str], after: dict[str, str], names: dict[str, dict[Any, str]]) -> list[str]:
    def how(code: str | None) -> str:
        return str(dict(Presence.choices).get(code or "", _("未邀请")))

    moved = [pk for pk in {**before, **after} if before.get(pk) != after.get(pk)]
    said = [
        _("%(who)s：%(old)s → %(new)s")
        % {"who": names["person"].get(int(pk), pk), "old": how(before.get(pk)), "new": how(after.get(pk))}
        for pk in moved[:6]
    ]
    if len(moved) > 6:
        said.append(_("名单共改 %(n)s 人") % {"n": len(moved)})
    return said
