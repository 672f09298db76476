from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RegistersConfig(AppConfig):
    name = "xieshang.work.registers"
    label = "registers"

    def ready(self) -> None:
        from xieshang.base import registry
        from xieshang.base.accounts import permissions
        from xieshang.base.settings import parameters

        from . import carrying, facts, late, leaving, queries, rules, todo  # noqa: F401  carrying, late and todo register what they hold

        permissions.declare("registers", {**rules.PERMISSIONS, **{move.verb: move.who for move in rules.MOVES}})
        registry.kind(
            registry.Kind(
                "registers.entry",
                _("登记簿记录"),
                facts.facts,
                facts.replay,
                facts.titles,
                lambda pk: f"/registers/entries/{pk}",
                facts.versions,
                lambda user, pk: queries.seen_by(user).filter(pk=pk).exists(),
            )
        )
        registry.handover(leaving.held)
        registry.provider(facts.provide)
        parameters.declare(*rules.PARAMETERS)
