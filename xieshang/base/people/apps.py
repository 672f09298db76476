from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PeopleConfig(AppConfig):
    name = "xieshang.base.people"
    label = "people"

    def ready(self) -> None:
        from xieshang.base import registry
        from xieshang.base.accounts import permissions

        from . import facts, rules

        moves = (*rules.MOVES, *rules.MEMBERSHIP_MOVES)
        permissions.declare("people", {**rules.PERMISSIONS, **{move.verb: move.who for move in moves}})
        registry.kind(
            registry.Kind(
                "people.seat",
                _("委员资格"),
                facts.facts,
                facts.replay,
                facts.titles,
                lambda pk: f"/people/seat/{pk}",
                facts.versions,
            )
        )
        registry.kind(
            registry.Kind(
                "people.membership", _("任职"), facts.membership_facts, facts.membership_replay, facts.membership_titles,
                lambda pk: f"/people/membership/{pk}", facts.membership_versions,
            )
        )  # fmt: skip
        registry.indicators(*facts.INDICATORS)
