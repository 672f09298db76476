from typing import Any

from django.http import HttpRequest, HttpResponse


def work(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
    return HttpResponse("")
