"""A day to be chosen, numbers out of what was posted."""

from typing import Any

from django import forms
from django.http import Http404, HttpRequest


def number(request: HttpRequest, name: str) -> int:
    """A posted id; 404 for what is none."""
    written = request.POST.get(name, "")
    if not (written.isascii() and written.isdecimal() and len(written) < 16):
        raise Http404
    return int(written)


class DayField(forms.DateField):
    """A day in the browser's own calendar, which understands 2026-06-30 and nothing else; the locale's 2026/6/30 would be shown as empty."""

    def __init__(self, **given: Any) -> None:
        super().__init__(widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}), **given)
