"""Addresses of 活动."""

from django.urls import path

from . import views

app_name = "activities"
urlpatterns = [
    path("", views.listed, name="list"),
    path("new", views.new, name="new"),
    path("<int:pk>", views.one, name="one"),
    path("<int:pk>/edit", views.edit, name="edit"),
    path("<int:pk>/void", views.void, name="void"),
    path("draft", views.draft, name="draft"),
    path("draft/drop", views.drop_draft, name="drop_draft"),
    path("upload", views.upload, name="upload"),
    path("export.xlsx", views.export, name="export"),
    path("import", views.import_sheet, name="import"),
    path("import/template.xlsx", views.template, name="template"),
    path("import/<int:pk>/refused.xlsx", views.refused_rows, name="import_refused"),
]
