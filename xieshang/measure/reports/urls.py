"""Addresses of reports. Verbs are POSTed to their own address."""

from django.urls import path

from . import frozen, template_views, views

app_name = "reports"

urlpatterns = [
    path("", views.listed, name="list"),
    path("new", views.new, name="new"),
    path("<int:pk>", views.one, name="one"),
    path("<int:pk>/blanks/<int:blank>", views.answer, name="answer"),
    path("<int:pk>/refresh", views.refresh, name="refresh"),
    path("templates", template_views.listed, name="templates"),
    path("templates/new", template_views.upload, name="template_upload"),
    path("templates/<int:pk>", template_views.one, name="template"),
    path("templates/<int:pk>/replace", template_views.replace, name="template_replace"),
    path("templates/<int:pk>/retire", template_views.retire, name="template_retire"),
    path("templates/<int:pk>/use-again", template_views.use_again, name="template_use_again"),
    path("templates/<int:pk>/versions/<int:number>.docx", template_views.file, name="template_file"),
    path("templates/<int:pk>/versions/<int:number>/try", template_views.attempt, name="template_try"),
    path("templates/<int:pk>/versions/<int:number>/filled.docx", template_views.filled, name="template_filled"),
    path("check", frozen.check, name="check"),
    path("<int:pk>/send-up", views.send_up, name="send_up"),
    path("<int:pk>/remarks", views.remark, name="remark"),
    path("<int:pk>/remarks/<int:remark>", views.settle, name="settle"),
    path("<int:pk>/annex.docx", frozen.annex_docx, name="annex_docx"),
    path("<int:pk>/annex.xlsx", frozen.annex_xlsx, name="annex_xlsx"),
    path("<int:pk>/versions/<int:number>", frozen.version, name="version"),
    path("<int:pk>/versions/<int:number>/<str:copy>.docx", frozen.copy_of, name="version_copy"),
    path("<int:pk>/finish", views.finish, name="finish"),
    path("<int:pk>/drop", views.drop, name="drop"),
    path("<int:pk>/<str:copy>.docx", views.download, name="download"),
]
