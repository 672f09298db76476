from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ActivitiesConfig(AppConfig):
    name = "xieshang.work.activities"
    label = "activities"

    def ready(self) -> None:
        from xieshang.base import registry
        from xieshang.base.accounts import permissions
        from xieshang.base.settings import parameters

        from . import facts, late, rules, todo  # noqa: F401  late and todo register what they hold

        permissions.declare("activities", {**rules.PERMISSIONS, **{move.verb: move.who for move in rules.MOVES}})
        registry.kind(
            registry.Kind(
                "activities.activity",
                _("活动"),
                facts.facts,
                facts.replay,
                facts.titles,
                lambda pk: f"/activities/{pk}",
                facts.versions,
            )
        )
        registry.indicators(*facts.INDICATORS)
        registry.scheduled(facts.scheduled)
        registry.outdated(facts.outdated)
        parameters.declare(*rules.PARAMETERS)
