from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SubmissionsConfig(AppConfig):
    name = "xieshang.measure.submissions"
    label = "submissions"

    def ready(self) -> None:
        from xieshang.base import registry
        from xieshang.base.accounts import permissions
        from xieshang.base.settings import parameters

        from . import facts, rules, todo

        permissions.declare("submissions", {**rules.PERMISSIONS, **{move.verb: move.who for move in rules.MOVES}})
        registry.kind(
            registry.Kind(
                "submissions.submission", _("报送"), facts.facts, facts.replay, facts.titles, lambda pk: f"/submissions/{pk}", facts.versions
            )
        )  # fmt: skip
        registry.card(todo.card)
        parameters.declare(*rules.PARAMETERS)
