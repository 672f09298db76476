from django.apps import AppConfig


class DraftsConfig(AppConfig):
    name = "xieshang.base.drafts"
    label = "drafts"
