from django.apps import AppConfig


class NumbersConfig(AppConfig):
    name = "xieshang.base.numbers"
    label = "numbers"
