"""What stands beside a text before it is sent, and at its review: advice, and proposals that say much the same, sentence by sentence."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from xieshang.base.accounts.models import User
from xieshang.base.settings.parameters import Parameter, value
from xieshang.text.passages import Passage, agreeing

from . import advice, queries
from .models import Proposal

ALIKE = "proposals.show_similar"
PARAMETERS = (
    Parameter(ALIKE, _("提交前和审查时列出内容相近的提案"), True, type="bool", help=_("按字句比对，写明哪几句相近；是不是重复由人判断")),
)  # fmt: skip
PARTS = ("situation", "analysis", "advice")


@dataclass(frozen=True)
class Alike:
    """Another proposal with the sentences on which the two agree."""

    proposal: Proposal
    passages: list[Passage]


def beside(proposal: Proposal, user: User, today: date) -> dict[str, Any]:
    """`advice` and `alike`, of what the reader may see."""
    return {"advice": advice.of(proposal, today), "alike": alike(proposal, user, today)}


def alike(proposal: Proposal, user: User, today: date) -> list[Alike]:
    """Those of this and earlier years that the reader may open. Two queries."""
    if not value(proposal.organization, ALIKE, today) or not proposal.title.strip():
        return []
    found = [one for one, _score in queries.similar(proposal)]
    may = set(queries.visible(user).filter(pk__in=[one.pk for one in found]).values_list("pk", flat=True))
    own = text(proposal)
    return [Alike(one, agreeing(own, text(one))) for one in found if one.pk in may]


def text(proposal: Proposal) -> str:
    return "\n".join(getattr(proposal, part) for part in PARTS)
