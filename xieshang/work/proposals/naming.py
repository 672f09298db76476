"""提案号: of which series the next number is, and how a unit writes it."""

from datetime import date

from xieshang.base.settings.parameters import value, values
from xieshang.documents.numbering import chinese

from . import rules
from .models import Proposal


def series(proposal: Proposal) -> str:
    """One series for a plenary, or another for its 平时提案: as was set when it opened, so that no number comes twice."""
    on = proposal.session.opens_on if proposal.session else proposal.submitted_on or date.max
    return "proposals.number" if value(proposal.organization, rules.CONTINUE_NUMBERS, on) else f"proposals.number:{proposal.kind}"  # fmt: skip


def written(proposal: Proposal, on: date) -> str:
    """第0123号, 平第12号, 第十四届三次会议第0123号; "" for the plain form, which each page writes in its language. Kept on the record."""
    rule = values(proposal.organization, (rules.NUMBER_FORM, rules.INTERIM_MARK), on)
    form, mark = rule[rules.NUMBER_FORM], "平" if rule[rules.INTERIM_MARK] and proposal.kind == rules.INTERIM else ""
    if form == rules.PLAIN and not mark:
        return ""
    number = f"{mark}第{proposal.number}号" if form == rules.PLAIN else f"{mark}第{proposal.number:04}号"
    return f"{plenary(proposal)}{number}" if form == rules.FULL else number


def plenary(proposal: Proposal) -> str:
    """第十四届三次会议; "" where none is entered."""
    session = proposal.session
    return f"第{chinese(session.term.number)}届{chinese(session.number)}次会议" if session else ""


def number(proposal: Proposal) -> str:
    """The number alone, as on paper beside the plenary: 第12号; 第　号 before it is filed."""
    if proposal.called:
        return proposal.called.rpartition("会议")[2]
    return f"第{proposal.number or '　'}号"
