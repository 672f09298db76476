"""What the trail of an activity says, in the words of the office."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xieshang.base.audit import telling
from xieshang.base.audit.models import Entry
from xieshang.base.audit.telling import Told
from xieshang.base.files.models import KINDS

from . import queries, rules
from .models import Activity, Presence

VERBS = {
    "activities.record": gettext_lazy("登记"),
    "activities.correct": gettext_lazy("更正"),
    "activities.plan": gettext_lazy("排定"),
    "activities.hold": gettext_lazy("登记为已开展"),
    "activities.postpone": gettext_lazy("延期"),
    "activities.cancel": gettext_lazy("取消"),
    "activities.merge": gettext_lazy("认作同一次，作废"),
    "activities.claim": gettext_lazy("认领"),
    "activities.decline": gettext_lazy("不认领"),
    "activities.agree": gettext_lazy("同意更改本单位的数字"),
    "activities.void": gettext_lazy("作废"),
    "activities.arrange": gettext_lazy("整理案卷"),
}
HIDDEN = {
    "id", "organization", "state", "created_at", "created_by", "client_id", "version", "first_on", "undecided", "joined_counts",
}  # fmt: skip
NAMED = 6  # changes in the list of people that are told one by one
Names = dict[str, dict[Any, str]]


def history(activity: Activity, entries: list[Entry]) -> list[Told]:
    """The trail of an activity in words, newest first. Two queries at most."""
    names = queries.names(entries)
    seats: dict[int, tuple[dict[str, str], dict[str, str]]] = {}
    before: dict[str, str] = {}
    for entry in reversed(entries):  # from the oldest on: a list of people is compared with the one before
        after = entry.detail.get("presence", before)
        seats[entry.pk], before = (before, after), after

    def changes(entry: Entry) -> list[str]:
        return [*_columns(entry, names), *_beside(entry, names), *_people(*seats[entry.pk], names), *_files(entry)]

    return telling.told(entries, VERBS, changes)


def _columns(entry: Entry, names: Names) -> list[str]:
    changed = {name: pair for name, pair in entry.detail.get("changed", {}).items() if name not in HIDDEN}
    return telling.pairs(changed, _label, lambda name, value: shown(name, value, names))


def _label(name: str) -> Any:
    return Activity._meta.get_field(name).verbose_name  # type: ignore[union-attr]


def shown(name: str, value: Any, names: Names | None = None) -> str:
    """A column's plain value as a person reads it."""
    if value in (None, "", [], "0.00"):
        return telling.plain(None)
    if name == "kind":
        return str(dict(rules.KINDS).get(value, value))
    if name == "role":
        return str(dict(rules.ROLES).get(value, value))
    if name == "carriers":
        titles = {code: title for code, title, _group in rules.CARRIERS}
        return "、".join(str(titles.get(code, code)) for code in value)
    if name == "organizer":
        return (names or {}).get("organizer", {}).get(value, _("（已改）"))
    return telling.plain(value)


def _people(before: dict[str, str], after: dict[str, str], names: Names) -> list[str]:
    def how(pk: str, seats: dict[str, str]) -> str:
        return str(dict(Presence.choices).get(seats.get(pk) or "", _("未邀请")))

    moved = [pk for pk in {**before, **after} if before.get(pk) != after.get(pk)]
    said = [
        _("%(who)s：%(old)s → %(new)s")
        % {"who": names["person"].get(int(pk), pk), "old": how(pk, before), "new": how(pk, after)}
        for pk in moved[:NAMED]
    ]
    if len(moved) > NAMED:
        said.append(_("名单共改 %(n)s 人") % {"n": len(moved)})
    return said


def _beside(entry: Entry, names: Names) -> list[str]:
    """What stands beside the record, as it is since this entry."""
    said = []
    if unit := entry.detail.get("unit"):
        said.append(_("单位：%(unit)s") % {"unit": unit})
    if waiting := entry.detail.get("held_back"):
        said.append(_("%(units)s已锁定，其数字待其同意后更改") % {"units": "、".join(waiting)})
    if helping := entry.detail.get("co_organizers"):
        told = "、".join(names["organizer"].get(pk, "") for pk in helping)
        said.append(_("联办机构：%(bodies)s") % {"bodies": told})
    for name, words in (("leaders", _("出席领导：%(list)s")), ("sites", _("去了几处：%(list)s"))):
        if lines := entry.detail.get(name):
            said.append(words % {"list": "；".join(" ".join(line).strip() for line in lines)})
    return said


def _files(entry: Entry) -> list[str]:
    off = entry.detail.get("files_off")
    return [*([_("取下 %(n)s 个附件") % {"n": len(off)}] if off else []), *_arranged(entry.detail)]


def _arranged(detail: dict[str, Any]) -> list[str]:
    """What was done to one file of the folder."""
    kinds = dict(KINDS)
    if "bound" in detail:
        return [_("合订卷内文件")]
    given = {"name": detail.get("file", "")}
    if "faces" in detail:
        return [
            (_("“%(name)s”标为含困难群众面部") if detail["faces"] else _("“%(name)s”不再标为含困难群众面部")) % given
        ]
    if "kind" in detail and "file" in detail:
        old, new = (kinds.get(kind, kind) for kind in detail["kind"])
        return [_("“%(name)s”：%(old)s → %(new)s") % {**given, "old": old, "new": new}]
    if "added" in detail:
        return [_("归入%(kind)s“%(name)s”") % {**given, "kind": kinds.get(detail["added"])}]
    if "removed" in detail:
        return [_("取出%(kind)s“%(name)s”") % {**given, "kind": kinds.get(detail["removed"])}]
    return []
