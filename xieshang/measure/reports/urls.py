from django.http import HttpRequest, HttpResponse
from django.urls import path

app_name = "reports"


def stub(request: HttpRequest) -> HttpResponse:
    return HttpResponse("")


urlpatterns = [
    path("", stub, name="list"),
]
