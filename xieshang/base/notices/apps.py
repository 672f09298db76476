from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "xieshang.base.notices"
    label = "notices"

    def ready(self) -> None:
        from xieshang.base.accounts import permissions
        from xieshang.base.settings import parameters

        from . import rules

        permissions.declare("notices", rules.PERMISSIONS)
        parameters.declare(*rules.PARAMETERS)
