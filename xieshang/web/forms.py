"""Refusals at their field, and numbers out of what was posted."""

from django import forms
from django.http import Http404, HttpRequest

from xieshang.base.errors import Refused


def refused(form: forms.Form, error: Refused, **also: str) -> None:
    """A refusal shown at the field it names, so that the form keeps what was typed. `also`: the rule's name for a field → the form's."""
    field = also.get(error.field, error.field)
    form.add_error(field if field in form.fields else None, f"{error.why}。{error.do}" if error.do else str(error.why))


def number(request: HttpRequest, name: str) -> int:
    """A posted id; 404 for what is none."""
    written = request.POST.get(name, "")
    if not (written.isascii() and written.isdecimal() and len(written) < 16):
        raise Http404
    return int(written)
