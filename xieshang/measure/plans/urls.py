"""Addresses of plans. Verbs on a plan or a target are POSTed to their own address."""

from django.urls import path

from .views import bringing, carrying, checking, handing, lines, records, revising, showing, targets, yearly

app_name = "plans"

urlpatterns = [
    path("", showing.plans, name="list"),
    path("lines", lines.waiting, name="lines"),
    path("lines/<int:pk>", lines.write, name="line"),
    path("import", bringing.bring_in, name="import"),
    path("import/<int:pk>", bringing.choose, name="choose"),
    path("<int:pk>", showing.one, name="one"),
    path("<int:pk>/edit", showing.edit, name="edit"),
    path("<int:pk>/status", showing.settle, name="settle"),
    path("<int:pk>/breakdown.<str:form>", showing.breakdown, name="breakdown"),
    path("<int:pk>/summary", showing.summary_page, name="summary"),
    path("<int:pk>/summary.docx", showing.summary_docx, name="summary_docx"),
    path("<int:pk>/review", checking.review, name="review"),
    path("<int:pk>/accept-sure", checking.accept_sure, name="accept_sure"),
    path("<int:pk>/accept-tasks", checking.accept_tasks, name="accept_tasks"),
    path("<int:pk>/put-in-force", checking.put_in_force, name="put_in_force"),
    path("<int:pk>/close", showing.close, name="close"),
    path("<int:pk>/withdraw", showing.withdraw, name="withdraw"),
    path("<int:pk>/revise", revising.revise, name="revise"),
    path("<int:pk>/carry", carrying.carry, name="carry"),
    path("targets/<int:pk>/carry-back", carrying.carry_back, name="carry_back"),
    path("<int:pk>/year-before", yearly.beside, name="year_before"),
    path("<int:pk>/year-before.docx", yearly.docx, name="year_before_docx"),
    path("<int:pk>/received", handing.received, name="received"),
    path("targets/<int:pk>/handing", handing.handing, name="handing"),
    path("targets/<int:pk>/records", records.records, name="records"),
    path("targets/<int:pk>/confirm", handing.confirm, name="confirm"),
    path("targets/<int:pk>/object", handing.object_to, name="object"),
    path("revisions/<int:pk>", revising.revision, name="revision"),
    path("revisions/<int:pk>/pair", revising.pair, name="pair"),
    path("revisions/<int:pk>/apply", revising.apply, name="apply_revision"),
    path("revisions/<int:pk>/drop", revising.drop, name="drop_revision"),
    path("targets/<int:pk>", targets.target, name="target"),
    path("targets/<int:pk>/item", checking.item, name="item"),
    path("targets/<int:pk>/accept", checking.accept, name="accept"),
    path("targets/<int:pk>/correct", checking.correct, name="correct"),
    path("targets/<int:pk>/split", checking.split, name="split"),
    path("targets/<int:pk>/merge", checking.merge, name="merge"),
    path("targets/<int:pk>/drop", checking.drop, name="drop"),
    path("targets/<int:pk>/restore", checking.restore, name="restore"),
    path("targets/<int:pk>/reopen", checking.reopen, name="reopen"),
    path("targets/<int:pk>/change", targets.change, name="change"),
    path("targets/<int:pk>/withdraw", targets.withdraw, name="withdraw_target"),
    path("targets/<int:pk>/reinstate", targets.reinstate, name="reinstate"),
    path("targets/<int:pk>/progress", targets.progress, name="progress"),
]
