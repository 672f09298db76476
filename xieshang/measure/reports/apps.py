from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "xieshang.measure.reports"
    label = "reports"
