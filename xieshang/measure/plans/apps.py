from django.apps import AppConfig


class PlansConfig(AppConfig):
    name = "xieshang.measure.plans"
    label = "plans"
