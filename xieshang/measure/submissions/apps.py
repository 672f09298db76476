from django.apps import AppConfig


class SubmissionsConfig(AppConfig):
    name = "xieshang.measure.submissions"
    label = "submissions"

    def ready(self) -> None:
        from xieshang.base import registry
        from xieshang.base.accounts import permissions
        from xieshang.base.settings import parameters

        from . import approving, queries, rules, todo  # noqa: F401  approving registers its step
        from .models import Submission

        permissions.declare("submissions", {**rules.PERMISSIONS, **{move.verb: move.who for move in rules.MOVES}})
        registry.kind(registry.silent(Submission, lambda pk: f"/submissions/{pk}", queries.titles))
        registry.card(todo.card)
        parameters.declare(*rules.PARAMETERS)
