from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "xieshang.web"
    label = "web"
