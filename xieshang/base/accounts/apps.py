from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "xieshang.base.accounts"
    label = "accounts"
