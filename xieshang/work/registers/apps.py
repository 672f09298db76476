from django.apps import AppConfig


class RegistersConfig(AppConfig):
    name = "xieshang.work.registers"
    label = "registers"
