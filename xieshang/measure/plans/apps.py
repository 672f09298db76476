from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PlansConfig(AppConfig):
    name = "xieshang.measure.plans"
    label = "plans"

    def ready(self) -> None:
        from xieshang.base import registry, todo
        from xieshang.base.accounts import permissions
        from xieshang.base.settings import parameters

        from . import approving, facts, rules  # noqa: F401  approving registers its step
        from .counted import counting
        from .leaving import held
        from .todo import waiting

        moves = (*rules.PLAN_MOVES, *rules.TARGET_MOVES, *rules.REVISION_MOVES)
        permissions.declare("plans", {**rules.PERMISSIONS, **{move.verb: move.who for move in moves}})
        registry.kind(
            registry.Kind(
                "plans.plan", _("计划"), facts.facts, facts.replay_plans, facts.plan_titles, lambda pk: f"/plans/{pk}", facts.plan_versions
            )
        )  # fmt: skip
        registry.kind(
            registry.Kind(
                "plans.target", _("任务"), facts.facts, facts.replay_targets, facts.target_titles, lambda pk: f"/plans/targets/{pk}",
                facts.target_versions,
            )
        )  # fmt: skip
        registry.kind(
            registry.Kind(
                "plans.revision", _("修订"), facts.facts, facts.replay_revisions, facts.revision_titles, lambda pk: f"/plans/revisions/{pk}",
                facts.revision_versions,
            )
        )  # fmt: skip
        parameters.declare(*rules.PARAMETERS)
        registry.counting(counting)
        registry.handover(held)
        todo.source(waiting)
