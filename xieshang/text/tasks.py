"""Plain intentions of a plan: what is to be done without a figure, for a clerk to take over as 定性任务."""

from __future__ import annotations

import re
from typing import NamedTuple

from xieshang.text.words import INTENT, VERB, actor

LEAST, MOST = 6, 60
LEAD = re.compile(r"^(?:要|应|须|还要|年内|全年|今年|继续|我们|区政协|县政协|市政协|政协|常委会)*")
NOT_TASK = re.compile(
    r"以.{0,40}为指导|坚持以|^(?:坚持|围绕|聚焦|按照|根据|通过|结合|为|以|紧扣)|精神[，。]?\Z|各位委员|本(?:办法|制度|方案|计划)|制定本|如下"
)


class Intended(NamedTuple):
    """A task in squeezed offsets."""

    start: int
    end: int
    action: str
    object: str | None
    actor: str | None
    rule: str


def of_heading(title: str, start: int, end: int) -> Intended | None:
    """The title of a numbered item that begins with a verb of work: 深入开展专题调研."""
    return _intended(title, start, end, "title of an item")


def of_clause(clause: str, start: int, end: int) -> Intended | None:
    """A principal clause that begins with a verb of work."""
    return _intended(clause, start, end, "clause")


def _intended(words: str, start: int, end: int, rule: str) -> Intended | None:
    if not LEAST <= len(words) <= MOST or NOT_TASK.search(words):
        return None
    lead = LEAD.match(words)
    begin = lead.end() if lead else 0
    opening = INTENT.match(words, begin)
    if not opening:
        return None
    action = VERB.search(words, begin)
    verb = action[0] if action else opening[0]
    thing = words[action.end() if action else opening.end() :].strip("的了、，")
    return Intended(start, end, verb, thing[:40] or None, actor(words), rule)
