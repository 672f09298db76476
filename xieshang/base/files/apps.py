from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "xieshang.base.files"
    label = "files"
