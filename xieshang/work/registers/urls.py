from django.http import HttpRequest, HttpResponse
from django.urls import path

app_name = "registers"


def stub(request: HttpRequest) -> HttpResponse:
    return HttpResponse("")


urlpatterns = [
    path("", stub, name="list"),
    path("choose", stub, name="choose"),
]
