from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReportsConfig(AppConfig):
    name = "xieshang.measure.reports"
    label = "reports"

    def ready(self) -> None:
        from xieshang.base import registry
        from xieshang.base.accounts import permissions
        from xieshang.base.settings import parameters

        from . import approving, facts, leaving, rules, todo  # noqa: F401  some register what they hold

        registry.handover(leaving.held)

        parameters.declare(*rules.PARAMETERS)
        permissions.declare("reports", {**rules.PERMISSIONS, **{move.verb: move.who for move in rules.MOVES}})
        registry.kind(
            registry.Kind(
                "reports.report",
                _("报告"),
                facts.facts,
                facts.replay,
                facts.titles,
                lambda pk: f"/reports/{pk}",
                facts.versions,
            )
        )
