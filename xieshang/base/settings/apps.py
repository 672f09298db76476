from django.apps import AppConfig


class SettingsConfig(AppConfig):
    name = "xieshang.base.settings"
    label = "settings"

    def ready(self) -> None:
        from xieshang.base.accounts import permissions

        from . import rules

        permissions.declare("settings", rules.PERMISSIONS)
