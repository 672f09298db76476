"""核对改动: what clerks made of what was read, told from the audit as cases that the bench can replay.

A case holds the clause, its sentence, which rule read what, and what the clerk left. Names of people are blotted out; nothing else of a record is in it.
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from xieshang.base.accounts.models import User
from xieshang.base.audit.models import Entry
from xieshang.base.orgs.models import Organization
from xieshang.base.people.models import Person
from xieshang.text.crowd import leaders

from .models import Plan

READ = ("plans.read", "plans.add")
CHECKED = (*READ, "plans.accept", "plans.correct", "plans.split", "plans.merge", "plans.drop", "plans.restore", "plans.reopen")  # fmt: skip
FIELDS = ("kind", "op", "value", "max", "unit", "period", "per", "deadline")
SENTENCE = re.compile(r"[^。！？；\n]*(?:\n(?!\s*\n)[^。！？；\n]*)*")
FARTHEST = 200  # characters of a sentence on either side of the clause
Case = dict[str, Any]


@dataclass
class _Story:
    """One target through its checking: as it was read, and as it is."""

    first: dict[str, Any] = field(default_factory=dict)
    now: dict[str, Any] = field(default_factory=dict)
    verb: str = ""
    parts: bool = False
    merged: list[int] = field(default_factory=list)

    def take(self, entry: Entry) -> None:
        for key, (_before, value) in entry.detail.get("changed", {}).items():
            self.now[key] = value
        if entry.verb in READ:
            self.first, self.verb = dict(self.now), entry.verb
        self.parts = self.parts or "parts" in entry.detail
        self.merged += entry.detail.get("merged", [])


def cases(organization: Organization) -> list[Case]:
    """Every correction of the unit's clerks while they checked its plans, oldest first. Three queries and one for each plan's text."""
    stories: dict[int, _Story] = defaultdict(_Story)
    entries = Entry.objects.filter(organization=organization, verb__in=CHECKED, record__startswith="plans.target:")
    for entry in entries.order_by("id").only("verb", "record", "detail"):
        stories[int(entry.record.partition(":")[2])].take(entry)
    names = _names(organization)
    texts = {plan.pk: plan.text for plan in Plan.objects.filter(organization=organization).select_related("paper")}
    return [_blotted(case, names) for pk, story in stories.items() if (case := _case(pk, story, stories, texts))]


def _case(pk: int, story: _Story, stories: dict[int, _Story], texts: dict[int, str]) -> Case | None:
    first, now = story.first, story.now
    text = texts.get(int(now.get("plan") or 0))
    if not first or text is None or first.get("rule") == "split":
        return None
    kind = _kind(story)
    if not kind:
        return None
    made = [] if kind == "drop" else [story]
    if kind == "split":
        made += [one for one in stories.values() if one.now.get("made_from") == pk and one.now["state"] != "dropped"]
    read = [story, *(stories[other] for other in story.merged if other in stories)] if kind == "merge" else [story]
    return {
        "kind": kind, "quote": first["quote"], "sentence": _sentence(text, int(first["start"]), int(first["end"])), "rule": first["rule"], "sure": first["sure"],
        "read": [] if kind == "add" else [_said(one.first) for one in read], "made": [_said(one.now) for one in made],
    }  # fmt: skip


def _kind(story: _Story) -> str:
    """What the clerk did; "" where it was left as it was read, or only what the text leaves blank was filled in."""
    first, now = story.first, story.now
    if story.verb == "plans.add":
        return "" if now["state"] == "dropped" else "add"
    if now["state"] == "dropped":
        return "" if now.get("made_from") else "drop"
    if story.parts:
        return "split"
    if story.merged:
        return "merge"
    changed = {name for name in FIELDS if first.get(name) != now.get(name)}
    filled = changed == {"value"} and first.get("value") is None
    return "correct" if changed and not filled else ""


def _said(target: dict[str, Any]) -> dict[str, Any]:
    return {"quote": target["quote"], **{name: target.get(name) for name in FIELDS}}


def _sentence(text: str, start: int, end: int) -> str:
    """The sentence around a clause, without white space."""
    begin = max(text.rfind(stop, max(0, start - FARTHEST), start) for stop in ("。", "！", "？", "；", "\n\n")) + 1
    begin = begin or max(0, start - FARTHEST)
    after = SENTENCE.match(text, end, end + FARTHEST)
    return re.sub(r"\s", "", text[begin : after.end() if after else end])


def _names(organization: Organization) -> list[str]:
    """Of the unit's people and accounts, the longest first."""
    people = Person.objects.filter(organization=organization).values_list("name", flat=True)
    users = User.objects.filter(grants__organization=organization).values_list("name", flat=True)
    return sorted({name for name in (*people, *users) if len(name) > 1}, key=len, reverse=True)


def _blotted(case: Case, names: Iterable[str]) -> Case:
    """Names become 某 in the sentence and in every quote alike."""
    sentence = case["sentence"]
    known = [name for name in (*names, *(found.value for found in leaders(sentence))) if name in sentence]

    def plain(words: str) -> str:
        for name in known:
            words = words.replace(name, "某" * len(name))
        return words

    return {
        **case,
        "sentence": plain(sentence),
        "quote": plain(case["quote"]),
        **{side: [{**one, "quote": plain(one["quote"])} for one in case[side]] for side in ("read", "made")},
    }
