"""Addresses of 历年数据."""

from django.urls import path

from . import views

app_name = "earlier"
urlpatterns = [
    path("", views.listed, name="list"),
    path("new", views.new, name="new"),
    path("bring", views.bring, name="bring"),
    path("sheet.xlsx", views.sheet, name="sheet"),
    path("<int:pk>", views.one, name="one"),
    path("<int:pk>/void", views.void, name="void"),
]
