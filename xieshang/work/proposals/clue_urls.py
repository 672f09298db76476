"""Addresses of clues within the room."""

from django.urls import path

from .views import clues

urlpatterns = [
    path("clues", clues.clues, name="clues"),
    path("clues/new", clues.new_clue, name="new_clue"),
    path("clues/<int:pk>", clues.clue, name="clue"),
    path("clues/<int:pk>/deal", clues.deal, name="deal"),
    path("clues/<int:pk>/write", clues.write_of, name="write_of"),
    path("reference", clues.reference, name="reference"),
    path("reference/publish", clues.publish_clues, name="publish_clues"),
    path("reference.docx", clues.reference_docx, name="reference_docx"),
]
