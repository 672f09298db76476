"""Addresses of clues within the room."""

from django.urls import path

from .views import batches, clues, seconding

urlpatterns = [
    path("clues", clues.clues, name="clues"),
    path("clues/new", clues.new_clue, name="new_clue"),
    path("clues/<int:pk>", clues.clue, name="clue"),
    path("clues/<int:pk>/deal", clues.deal, name="deal"),
    path("clues/<int:pk>/write", clues.write_of, name="write_of"),
    path("reference", clues.reference, name="reference"),
    path("reference/publish", clues.publish_clues, name="publish_clues"),
    path("reference.docx", clues.reference_docx, name="reference_docx"),
    path("open", seconding.opened, name="open_ones"),
    path("seconds/<int:pk>", seconding.one, name="seconding"),
    *(
        path(f"<int:pk>/{verb}", getattr(seconding, verb), name=verb)
        for verb in ("open_up", "close_up", "second", "unsecond")
    ),
    path("batches", batches.ask, name="batches"),
    path("batches/<int:pk>", batches.batch, name="batch"),
    path("batches/<int:pk>/file", batches.file, name="batch_file"),
]
