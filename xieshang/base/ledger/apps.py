from django.apps import AppConfig


class LedgerConfig(AppConfig):
    name = "xieshang.base.ledger"
    label = "ledger"

    def ready(self) -> None:
        from xieshang.base.accounts import permissions
        from xieshang.base.settings import parameters

        from . import rules

        permissions.declare("ledger", rules.PERMISSIONS)
        parameters.declare(*rules.PARAMETERS)
