from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "xieshang.measure.reports"
    label = "reports"

    def ready(self) -> None:
        from xieshang.base import registry
        from xieshang.base.accounts import permissions
        from xieshang.base.settings import parameters

        from . import approving, leaving, rules, todo  # noqa: F401  some register what they hold
        from .models import Report, Template

        registry.handover(leaving.held)

        parameters.declare(*rules.PARAMETERS)
        permissions.declare(
            "reports", {**rules.PERMISSIONS, **{move.verb: move.who for move in (*rules.MOVES, *rules.TEMPLATE_MOVES)}}
        )
        registry.kind(registry.silent(Report, lambda pk: f"/reports/{pk}", "title"))
        registry.kind(registry.silent(Template, lambda pk: f"/reports/templates/{pk}", "title"))
