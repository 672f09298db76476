from typing import Any

from django.http import HttpRequest, HttpResponse


def show(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
    return HttpResponse("")
