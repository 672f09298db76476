"""Addresses of 报送. Verbs are POSTed to their own address."""

from django.urls import path

from . import views

app_name = "submissions"

urlpatterns = [
    path("", views.listed, name="list"),
    path("new", views.new, name="new"),
    path("items", views.items, name="items"),
    path("<int:pk>", views.one, name="one"),
    path("<int:pk>/accept", views.accept, name="accept"),
    path("<int:pk>/return", views.send_back, name="return"),
]
