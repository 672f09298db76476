"""Addresses of clues that are open to everybody."""

from django.urls import path

from .views import open_clues

app_name = "open_clues"
urlpatterns = [
    path("<str:code>", open_clues.hand_in, name="hand_in"),
    path("<str:code>/ask", open_clues.ask, name="ask"),
]
