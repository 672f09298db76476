from django.apps import AppConfig


class WorkflowConfig(AppConfig):
    name = "xieshang.base.workflow"
    label = "workflow"
