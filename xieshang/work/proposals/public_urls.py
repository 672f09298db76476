"""Addresses of what is published, without a log-in."""

from django.urls import path

from .views import public

app_name = "public_proposals"
urlpatterns = [
    path("", public.units, name="units"),
    path("<slug:code>/", public.listed, name="list"),
    path("<slug:code>/<int:pk>", public.one, name="one"),
    path("<slug:code>/feed.atom", public.feed, name="feed"),
]
