from django.apps import AppConfig


class DraftsConfig(AppConfig):
    name = "xieshang.base.drafts"
    label = "drafts"

    def ready(self) -> None:
        from xieshang.base import registry

        from .leaving import held

        registry.handover(held)
