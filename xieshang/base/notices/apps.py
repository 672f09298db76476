from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "xieshang.base.notices"
    label = "notices"
