from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PeopleConfig(AppConfig):
    name = "xieshang.base.people"
    label = "people"

    def ready(self) -> None:
        from xieshang.base import registry
        from xieshang.base.accounts import permissions

        from . import facts, rules

        permissions.declare("people", {**rules.PERMISSIONS, **{move.verb: move.who for move in rules.MOVES}})
        registry.kind(
            registry.Kind(
                "people.seat", _("委员资格"), facts.facts, facts.replay, facts.titles, lambda pk: f"/people/seat/{pk}", facts.versions
            )
        )
        registry.indicators(*facts.INDICATORS)
