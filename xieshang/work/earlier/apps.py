from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EarlierConfig(AppConfig):
    name = "xieshang.work.earlier"
    label = "earlier"

    def ready(self) -> None:
        from xieshang.base import registry
        from xieshang.base.accounts import permissions

        from . import facts, late, rules  # noqa: F401  late registers its steps

        permissions.declare("earlier", {**rules.PERMISSIONS, **{move.verb: move.who for move in rules.MOVES}})
        registry.kind(
            registry.Kind(
                "earlier.figure",
                _("历年数据"),
                facts.facts,
                facts.replay,
                facts.titles,
                lambda pk: f"/earlier/{pk}",
                facts.versions,
                sources=facts.sources,
            )
        )
