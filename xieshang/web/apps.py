from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "xieshang.web"
    label = "web"

    def ready(self) -> None:
        from django.contrib.auth.signals import user_logged_in

        from xieshang.base.accounts import permissions

        from . import entering, rules, todo  # noqa: F401  todo registers its sources

        user_logged_in.connect(entering.note_proof)
        permissions.declare("duty", rules.PERMISSIONS)
