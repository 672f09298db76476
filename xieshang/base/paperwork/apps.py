from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PaperworkConfig(AppConfig):
    name = "xieshang.base.paperwork"
    label = "paperwork"

    def ready(self) -> None:
        from xieshang.base import registry
        from xieshang.base.accounts import permissions

        from . import facts, rules, todo  # noqa: F401  todo registers its source

        permissions.declare("paperwork", {**rules.PERMISSIONS, **{move.verb: move.who for move in rules.MOVES}})
        registry.kind(
            registry.Kind(
                "paperwork.approval", _("签批"), facts.facts, facts.replay, facts.titles, lambda pk: f"/approvals/{pk}", facts.versions
            )
        )  # fmt: skip
