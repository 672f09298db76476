from dataclasses import replace

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProposalsConfig(AppConfig):
    name = "xieshang.work.proposals"
    label = "proposals"

    def ready(self) -> None:
        from . import joining

        joining.declare()
        from xieshang.base import registry
        from xieshang.base.accounts import permissions
        from xieshang.base.settings import parameters

        from . import advice, counting, facts, finding, looking, models, queries, rules, thinking, todo  # noqa: F401  todo registers what waits

        moves = (*rules.MOVES, *rules.BRINGING, *rules.HANDLING, *rules.SHEET, *rules.KEY_LIST, *rules.SELECTION)
        permissions.declare("proposals", rules.PERMISSIONS)
        for move in moves:
            permissions.declare("proposals", {move.verb: move.who})
        registry.kind(
            registry.Kind(
                "proposals.proposal", _("提案"), facts.facts, facts.replay, facts.titles, lambda pk: f"/proposals/{pk}", facts.versions, shown=queries.shown,
            )
        )  # fmt: skip
        given = registry.silent(models.Assignment, lambda pk: f"/proposals/assignments/{pk}", facts.assignment_titles)
        registry.kind(replace(given, shown=queries.assignment_shown))
        registry.kind(registry.silent(models.Sheet, lambda pk: f"/proposals/sheets/{pk}", "title"))
        registry.kind(
            registry.silent(models.Selection, lambda pk: f"/proposals/excellent/{pk}", facts.selection_titles)
        )
        registry.kind(registry.silent(models.KeyList, lambda pk: f"/proposals/key/{pk}", "title"))
        registry.kept("proposals.proposal", lambda record: finding.index(record.pk))
        registry.kept("proposals.assignment", lambda record: finding.index(record.proposal_id))
        registry.job(finding.catch_up)
        registry.job(finding.renew)
        registry.indicators(*facts.INDICATORS, *counting.INDICATORS)
        registry.provider(counting.provide)
        parameters.declare(*rules.PARAMETERS, *advice.PARAMETERS, *looking.PARAMETERS, *thinking.PARAMETERS)
