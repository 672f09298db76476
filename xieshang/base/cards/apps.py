from django.apps import AppConfig


class CardsConfig(AppConfig):
    name = "xieshang.base.cards"
    label = "cards"
