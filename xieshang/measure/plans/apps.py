from django.apps import AppConfig


class PlansConfig(AppConfig):
    name = "xieshang.measure.plans"
    label = "plans"

    def ready(self) -> None:
        from xieshang.base import registry, todo
        from xieshang.base.accounts import permissions
        from xieshang.base.settings import parameters

        from . import again, approving, rules  # noqa: F401  they register what they hold
        from .counted import counting
        from .leaving import held
        from .models import Plan, Revision, Target
        from .todo import to_check, to_tell

        moves = (*rules.PLAN_MOVES, *rules.TARGET_MOVES, *rules.REVISION_MOVES)
        permissions.declare("plans", {**rules.PERMISSIONS, **{move.verb: move.who for move in moves}})
        registry.kind(registry.silent(Plan, lambda pk: f"/plans/{pk}", "title"))
        registry.kind(registry.silent(Target, lambda pk: f"/plans/targets/{pk}", "quote"))
        registry.kind(registry.silent(Revision, lambda pk: f"/plans/revisions/{pk}", "paper__name"))
        parameters.declare(*rules.PARAMETERS)
        registry.counting(counting)
        registry.handover(held)
        todo.source_of(Target, state=("open",))(to_check)
        todo.source(to_tell)
