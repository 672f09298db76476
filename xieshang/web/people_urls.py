"""Addresses of 委员."""

from django.urls import path

from .views import amending, people

app_name = "people"
urlpatterns = [
    path("", people.listed, name="list"),
    path("<int:pk>", people.person, name="person"),
    path("<int:pk>/amend", amending.amend, name="amend"),
    path("<int:pk>/code", people.code, name="code"),
    path("seat/<int:pk>", people.seat, name="seat"),
    path("membership/<int:pk>", people.membership, name="membership"),
    path("new", people.new, name="new"),
]
