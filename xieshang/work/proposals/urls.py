"""Addresses of 提案."""

from django.urls import path

from .views import boards, deciding, handling, papers, publishing, rating, reviewing, showing, writing

app_name = "proposals"
urlpatterns = [
    path("", showing.listed, name="list"),
    path("new", writing.new, name="new"),
    path("draft", writing.keep, name="draft"),
    path("<int:pk>", showing.one, name="one"),
    path("<int:pk>/edit", writing.edit, name="edit"),
    path("<int:pk>/invite", writing.invite, name="invite"),
    path("<int:pk>/cosign", writing.cosign, name="cosign"),
    path("<int:pk>/submit", writing.submit, name="submit"),
    path("<int:pk>/take_back", writing.take_back, name="take_back"),
    path("<int:pk>/discard", writing.discard, name="discard"),
    path("<int:pk>/review", reviewing.review, name="review"),
    path("<int:pk>/send_back", reviewing.send_back, name="send_back"),
    path("<int:pk>/withdraw", reviewing.withdraw, name="withdraw"),
    path("<int:pk>/hand_over", deciding.hand_over, name="hand_over"),
    path("<int:pk>/assign", deciding.assign, name="assign"),
    path("<int:pk>/rate", rating.rate, name="rate"),
    path("<int:pk>/rate_for", rating.rate_for, name="rate_for"),
    path("<int:pk>/redo", rating.redo, name="redo"),
    path("<int:pk>/close", rating.close, name="close"),
    path("<int:pk>/track", rating.track, name="track"),
    path("<int:pk>/follow_up", rating.follow_up, name="follow_up"),
    path("<int:pk>/archive", rating.archive, name="archive"),
    path("<int:pk>/make_key", rating.make_key, name="make_key"),
    path("<int:pk>/publish", publishing.publish, name="publish"),
    path("<int:pk>/unpublish", publishing.unpublish, name="unpublish"),
    path("sheets", deciding.sheets, name="sheets"),
    path("sheets/new", deciding.prepare, name="prepare"),
    path("sheets/<int:pk>", deciding.sheet, name="sheet"),
    path("sheets/<int:pk>/decide", deciding.decide, name="decide"),
    path("<int:pk>/survey.docx", papers.survey, name="survey"),
    path("<int:pk>/form.docx", papers.form, name="form"),
    path("board", boards.board, name="board"),
    path("board.xlsx", boards.board_xlsx, name="board_xlsx"),
    path("assignments/<int:pk>", handling.one, name="assignment"),
    path("assignments/<int:pk>/letter", papers.letter, name="letter"),
    path("assignments/<int:pk>/letter.docx", papers.letter_docx, name="letter_docx"),
    path("assignments/<int:pk>/order.docx", papers.order, name="order"),
    path("assignments/<int:pk>/urge.docx", papers.urge, name="urge"),
    *(path(f"assignments/<int:pk>/{verb}", getattr(handling, verb), name=verb) for verb in handling.VERBS),
]
