"""Addresses of 登记簿."""

from django.urls import path

from . import views

app_name = "registers"
urlpatterns = [
    path("", views.listed, name="list"),
    path("choose", views.choose, name="choose"),
    path("catalogue", views.shelf, name="catalogue"),
    path("make", views.make, name="make"),
    path("<int:pk>", views.one, name="one"),
    path("<int:pk>/make", views.make, name="edit"),
    path("<int:pk>/switch", views.switch, name="switch"),
    path("<int:pk>/new", views.entry_new, name="entry_new"),
    path("<int:pk>/paste", views.paste, name="paste"),
    path("<int:pk>/import", views.bring_sheet, name="import"),
    path("<int:pk>/bring", views.bring, name="bring"),
    path("<int:pk>/refused.xlsx", views.refused_rows, name="refused"),
    path("<int:pk>/template.xlsx", views.template, name="template"),
    path("<int:pk>/export.xlsx", views.export, name="export"),
    path("entries/<int:pk>", views.entry, name="entry"),
    path("entries/<int:pk>/edit", views.entry_edit, name="entry_edit"),
    path("entries/<int:pk>/void", views.entry_void, name="entry_void"),
]
