from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "xieshang.base.audit"
    label = "audit"
