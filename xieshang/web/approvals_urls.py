"""签批: what waits for a leader's word; the slip to print; entering it from paper."""

from django.urls import path

from .views import approvals

app_name = "approvals"
urlpatterns = [
    path("", approvals.listed, name="list"),
    path("ask", approvals.ask, name="ask"),
    path("<int:pk>", approvals.one, name="one"),
    path("<int:pk>/slip.docx", approvals.slip, name="slip"),
    path("<int:pk>/sign", approvals.sign, name="sign"),
    path("<int:pk>/enter", approvals.enter, name="enter"),
    path("<int:pk>/withdraw", approvals.withdraw, name="withdraw"),
    path("<int:pk>/close", approvals.close, name="close"),
]
