"""Addresses of 登记簿."""

from django.urls import path

from .views import bringing, drafting, following, making, recording, reporting, showing

app_name = "registers"
urlpatterns = [
    path("", showing.listed, name="list"),
    path("choose", showing.choose, name="choose"),
    path("catalogue", making.shelf, name="catalogue"),
    path("reports", reporting.reports, name="reports"),
    path("make", making.make, name="make"),
    path("<int:pk>", showing.one, name="one"),
    path("<int:pk>/make", making.make, name="edit"),
    path("<int:pk>/switch", making.switch, name="switch"),
    path("<int:pk>/new", recording.entry_new, name="entry_new"),
    path("<int:pk>/report", reporting.report, name="report"),
    path("<int:pk>/draft", drafting.draft, name="draft"),
    path("<int:pk>/draft/drop", drafting.drop_draft, name="drop_draft"),
    path("<int:pk>/paste", bringing.paste, name="paste"),
    path("<int:pk>/import", bringing.bring_sheet, name="import"),
    path("<int:pk>/bring", bringing.bring, name="bring"),
    path("<int:pk>/refused.xlsx", bringing.refused_rows, name="refused"),
    path("<int:pk>/template.xlsx", bringing.template, name="template"),
    path("<int:pk>/export.xlsx", showing.export, name="export"),
    path("entries/<int:pk>", showing.entry, name="entry"),
    path("entries/<int:pk>/edit", recording.entry_edit, name="entry_edit"),
    path("entries/<int:pk>/void", showing.entry_void, name="entry_void"),
    path("entries/<int:pk>/reveal", showing.entry_reveal, name="entry_reveal"),
    path("entries/<int:pk>/follow", following.follow, name="entry_follow"),
    path("entries/<int:pk>/give_up", following.give_up, name="entry_give_up"),
    path("entries/<int:pk>/report", reporting.report_again, name="report_again"),
    path("<int:pk>/report-for", reporting.report_for, name="report_for"),
    path("entries/<int:pk>/confirm", reporting.confirm, name="entry_confirm"),
    path("entries/<int:pk>/send_back", reporting.send_back, name="entry_send_back"),
]
