from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "xieshang.base.audit"
    label = "audit"

    def ready(self) -> None:
        from xieshang.base import registry

        from . import sealing

        registry.job(sealing.seal_all)
