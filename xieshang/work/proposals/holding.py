"""Who has a proposal, and what is to be done next: never nobody and nothing, until it is over."""

from collections.abc import Iterable
from typing import NamedTuple

from django.utils.translation import gettext as _

from . import rules
from .models import Assignment, Proposal
from .telling import VERBS, _office

OVER = (rules.ARCHIVED, rules.NOT_FILED, rules.WITHDRAWN)


class Held(NamedTuple):
    """Who, and the verb of the move that is next."""

    who: str
    verb: str

    @property
    def word(self) -> str:
        return str(VERBS[f"proposals.{self.verb}"])


def held(proposal: Proposal, assignments: Iterable[Assignment], rated: bool = False) -> list[Held]:
    """By whom, each with the next step; nothing for what is over, or goes on within another.

    assignments  those of its round that were not sent back;  rated  every proposer has said his word
    """
    state = proposal.state
    if state in OVER or state == rules.MERGED:
        return []
    if state == rules.ASSIGNED:
        return _at_units(proposal, list(assignments))
    writer, committee, office = str(proposal.body or proposal.first), _("提案委员会办公室"), _office(proposal)
    if state == rules.FEEDBACK:
        return [Held(committee, "close")] if rated else [Held(_("提案者"), "rate")]
    if state == rules.CLOSED:
        return [Held(committee, "track" if proposal.promise_on else "archive")]
    return {
        rules.DRAFT: [Held(writer, "submit")], rules.RETURNED: [Held(writer, "submit")], rules.SUBMITTED: [Held(committee, "review")], rules.PRELIM: [Held(committee, "review_again")],
        rules.REVIEWED: [Held(_("提案委员会"), "file")], rules.FILED: [Held(committee, "hand_over")], rules.ASSIGNING: [Held(office, "assign")], rules.REHANDLE: [Held(office, "assign_again")],
        rules.TRACKING: [Held(committee, "follow_up")], rules.LOCKED: [Held(_("提案委负责人或办公室主任"), "purge")],
    }[state]  # fmt: skip


def _at_units(proposal: Proposal, assignments: list[Assignment]) -> list[Held]:
    """The units that still have something to do, else the office that looks at it; the office too where a unit is wanting."""
    from .actions.assigning import fits

    found = [_of(one) for one in assignments if one.state in rules.OPEN]
    roles = [one.role for one in assignments]
    return found if fits(roles) else [*found, Held(_office(proposal), "assign")]


def _of(one: Assignment) -> Held:
    office = str(one.office) if one.office else _("提案委员会办公室")
    if one.state == rules.OBJECTED:
        return Held(office, "uphold")
    if one.state == rules.SENT:
        return Held(office, "accept")
    verb = {rules.NEW: "sign", rules.SIGNED: "contact", rules.DRAFTED: "approve", rules.APPROVED: "send"}.get(one.state, "reply")  # fmt: skip
    return Held(str(one.unit), "opine" if not one.replies and one.state != rules.NEW else verb)
