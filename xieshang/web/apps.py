from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "xieshang.web"
    label = "web"

    def ready(self) -> None:
        from django.contrib.auth.signals import user_logged_in
        from django.utils.translation import gettext

        from xieshang.base.accounts import permissions
        from xieshang.documents import errors

        from . import entering, rules, todo  # noqa: F401  todo registers its sources

        errors.translate = gettext
        user_logged_in.connect(entering.note_proof)
        permissions.declare("duty", rules.PERMISSIONS)
