"""What clues and seconding tell the house of themselves, in one place."""

from django.utils.translation import gettext_lazy as _

from xieshang.base import registry
from xieshang.base.accounts import permissions
from xieshang.base.saved import queries as saved
from xieshang.base.settings import parameters

from . import clue_facts, clue_rules, models, second_facts
from .queries import clues, seconding


def declare() -> None:
    """Called once by apps.py."""
    permissions.declare("proposals", clue_rules.PERMISSIONS)
    for move in (*clue_rules.CLUE, *clue_rules.CLUE_LIST, *clue_rules.SECOND):
        permissions.declare("proposals", {move.verb: move.who})
    registry.kind(
        registry.Kind(
            "proposals.clue", _("提案线索"), clue_facts.facts, clue_facts.replay, clue_facts.titles, lambda pk: f"/proposals/clues/{pk}", clue_facts.versions, shown=clues.clue_shown,
        )
    )  # fmt: skip
    registry.kind(
        registry.Kind(
            "proposals.second", _("附议"), second_facts.facts, second_facts.replay, second_facts.titles, lambda pk: f"/proposals/seconds/{pk}", second_facts.versions, shown=seconding.second_shown,
        )
    )  # fmt: skip
    saved.declare("proposals", "proposals:list")
    registry.kind(registry.silent(models.ClueList, lambda pk: "/proposals/reference", "published_on"))
    registry.indicators(*clue_facts.INDICATORS, *second_facts.INDICATORS)
    parameters.declare(*clue_rules.PARAMETERS)
