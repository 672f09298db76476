from django.apps import AppConfig


class LedgerConfig(AppConfig):
    name = "xieshang.base.ledger"
    label = "ledger"
