"""Clues of the world: one that waits and one in the published reference list; anybody may hand in more."""

from datetime import datetime

from xieshang.base.accounts.models import User
from xieshang.base.orgs.models import Body, Organization
from xieshang.base.settings import parameters
from xieshang.work.proposals.actions import clues
from xieshang.work.proposals.models import Clue

CLUE = {"title": "关于增设老年食堂的建议", "text": "老人吃饭不便。" * 50, "name": "王先生", "contact": "0000-6320000"}


def clues_of(unit: Organization, road: Body, by: User, now: datetime) -> dict[str, Clue]:
    parameters.set_value(unit, "proposals.clues_open", True, effective_from=now.date(), citation="征集公告", by=by, now=now)  # fmt: skip
    waiting, listed = (clues.receive(unit, CLUE, source="clerk", by=by, now=now) for _n in range(2))
    listed = clues.enlist(listed, category="society", units=[road.pk], by=by, now=now, seen=listed.version)
    clues.publish_list(unit, listed.session, by=by, now=now)
    return {"received": waiting, "listed": listed}
