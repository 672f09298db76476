from django.apps import AppConfig


class LedgerConfig(AppConfig):
    name = "xieshang.base.ledger"
    label = "ledger"

    def ready(self) -> None:
        from xieshang.base.accounts import permissions

        from . import rules

        permissions.declare("ledger", rules.PERMISSIONS)
