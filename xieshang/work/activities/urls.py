"""Addresses of 活动."""

from django.urls import path

from .views import bringing, counting, filing, keeping, moving, recording, showing

app_name = "activities"
urlpatterns = [
    path("", showing.listed, name="list"),
    path("new", recording.new, name="new"),
    path("<int:pk>", showing.one, name="one"),
    path("<int:pk>/edit", recording.edit, name="edit"),
    path("counts", counting.counts, name="counts"),
    path("<int:pk>/hold", recording.hold, name="hold"),
    path("<int:pk>/postpone", moving.postpone, name="postpone"),
    path("<int:pk>/cancel", moving.cancel, name="cancel"),
    path("<int:pk>/void", moving.void, name="void"),
    path("<int:pk>/merge", moving.merge, name="merge"),
    path("<int:pk>/claim", moving.claim, name="claim"),
    path("<int:pk>/decline", moving.decline, name="decline"),
    path("<int:pk>/agree", moving.agree, name="agree"),
    path("<int:pk>/folder", filing.show, name="folder"),
    path("<int:pk>/folder/sort", filing.sort, name="sort"),
    path("<int:pk>/folder/add", filing.add, name="add_file"),
    path("<int:pk>/folder/contents.docx", filing.contents, name="contents"),
    path("<int:pk>/folder/bind", filing.bind, name="bind"),
    path("<int:pk>/folder/progress", filing.progress, name="progress"),
    path("<int:pk>/folder/bound.pdf", filing.bound, name="bound"),
    path("<int:pk>/sign-in.docx", filing.sign_in, name="sign_in"),
    path("<int:pk>/bulletin.docx", filing.bulletin, name="bulletin"),
    path("draft", keeping.draft, name="draft"),
    path("draft/drop", keeping.drop_draft, name="drop_draft"),
    path("upload", keeping.upload, name="upload"),
    path("export.xlsx", showing.export, name="export"),
    path("import", bringing.import_sheet, name="import"),
    path("import/template.xlsx", bringing.template, name="template"),
    path("import/<int:pk>/refused.xlsx", bringing.refused_rows, name="import_refused"),
]
