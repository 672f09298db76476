from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "xieshang.base.people"
    label = "people"
