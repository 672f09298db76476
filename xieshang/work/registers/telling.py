"""What the trail of an entry says, in the words of the office."""

from typing import Any

from django.utils.translation import gettext_lazy

from xieshang.base.audit import telling
from xieshang.base.audit.models import Entry as AuditEntry
from xieshang.base.audit.telling import Told

from .fields import Field
from .models import Entry
from .rules import COURSES

VERBS = {
    "registers.record": gettext_lazy("登记"),
    "registers.correct": gettext_lazy("更正"),
    "registers.void": gettext_lazy("作废"),
    "registers.carry_over": gettext_lazy("转出"),
    "registers.report": gettext_lazy("上报"),
    "registers.report_for": gettext_lazy("代报"),
    "registers.amend": gettext_lazy("补充"),
    "registers.confirm": gettext_lazy("核实"),
    "registers.send_back": gettext_lazy("退回"),
    "registers.resubmit": gettext_lazy("再报"),
    "registers.give_up": gettext_lazy("撤销"),
    "registers.assign": gettext_lazy("交办"),
    "registers.solve": gettext_lazy("办结：已解决"),
    "registers.shelve": gettext_lazy("办结：暂难解决"),
    "registers.take_up": gettext_lazy("重新办理"),
    "registers.reveal": gettext_lazy("看了不外露的内容"),
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
    own_columns = {name: changed[name] for name in FOLLOWED if name in changed}
    return [
        *telling.pairs(pairs, lambda key: fields[key].title, lambda key, value: said(fields[key], value)),
        *telling.pairs(own_columns, lambda key: str(getattr(Entry._meta.get_field(key), "verbose_name", key)), _column),
    ]


FOLLOWED = ("owner", "due", "course", "settled_on", "answer")


def _column(name: str, value: Any) -> str:
    return str(COURSES.get(value, value)) if name == "course" else telling.plain(value)


def said(one: Field, value: Any) -> str:
    """A kept value as a person reads it."""
    return one.choices.get(str(value), telling.plain(value))
