from django.http import HttpRequest, HttpResponse
from django.urls import path

app_name = "activities"


def stub(request: HttpRequest) -> HttpResponse:
    return HttpResponse("")


urlpatterns = [
    path("", stub, name="list"),
    path("new", stub, name="new"),
]
