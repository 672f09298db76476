from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "xieshang.web"
    label = "web"

    def ready(self) -> None:
        from xieshang.base.accounts import permissions

        from . import rules, todo  # noqa: F401  todo registers its sources

        permissions.declare("duty", rules.PERMISSIONS)
