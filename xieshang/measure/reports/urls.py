"""Addresses of reports. Verbs are POSTed to their own address."""

from django.urls import path

from . import views

app_name = "reports"

urlpatterns = [
    path("", views.listed, name="list"),
    path("new", views.new, name="new"),
    path("<int:pk>", views.one, name="one"),
    path("<int:pk>/blanks/<int:blank>", views.answer, name="answer"),
    path("<int:pk>/refresh", views.refresh, name="refresh"),
    path("<int:pk>/finish", views.finish, name="finish"),
    path("<int:pk>/drop", views.drop, name="drop"),
    path("<int:pk>/<str:copy>.docx", views.download, name="download"),
]
