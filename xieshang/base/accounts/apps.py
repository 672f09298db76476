from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "xieshang.base.accounts"
    label = "accounts"

    def ready(self) -> None:
        from xieshang.base import registry
        from xieshang.base.settings import parameters

        from . import permissions, rules
        from .actions import end_due

        registry.job(end_due)
        parameters.declare(*rules.parameters())
        permissions.declare("accounts", rules.PERMISSIONS)
        permissions.declare("orgs", rules.ORGS)
        permissions.declare("audit", rules.AUDIT)
        permissions.declare("calendar", rules.CALENDAR)
