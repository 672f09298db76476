from django.apps import AppConfig


class OrgsConfig(AppConfig):
    name = "xieshang.base.orgs"
    label = "orgs"
