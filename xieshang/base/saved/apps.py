from django.apps import AppConfig


class SavedConfig(AppConfig):
    name = "xieshang.base.saved"
    label = "saved"
