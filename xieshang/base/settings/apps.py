from django.apps import AppConfig


class SettingsConfig(AppConfig):
    name = "xieshang.base.settings"
    label = "settings"
