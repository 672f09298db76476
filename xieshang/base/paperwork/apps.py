from django.apps import AppConfig


class PaperworkConfig(AppConfig):
    name = "xieshang.base.paperwork"
    label = "paperwork"

    def ready(self) -> None:
        from xieshang.base import registry
        from xieshang.base.accounts import permissions

        from . import rules, todo  # noqa: F401  todo registers its source
        from .models import Approval

        permissions.declare("paperwork", {**rules.PERMISSIONS, **{move.verb: move.who for move in rules.MOVES}})
        registry.kind(registry.silent(Approval, lambda pk: f"/approvals/{pk}", "title"))
