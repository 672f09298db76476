from django.apps import AppConfig


class LedgerConfig(AppConfig):
    name = "xieshang.base.ledger"
    label = "ledger"

    def ready(self) -> None:
        from xieshang.base import registry
        from xieshang.base.accounts import permissions
        from xieshang.base.settings import parameters

        from . import checking, rollup, rules

        permissions.declare("ledger", rules.PERMISSIONS)
        parameters.declare(*rules.PARAMETERS)
        registry.job(lambda now: rollup.fold_all())
        registry.job(checking.check_waiting)
