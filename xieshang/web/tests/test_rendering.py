"""Widgets are written straight; what is written is to the letter what Django's templates would have drawn, but for empty lines."""

import re
from datetime import date
from typing import Any

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _

from xieshang.web.rendering import Plain

BETWEEN = re.compile(r">\s+<")
HARD = """<b>"甲" & 'B'</b>"""
CHOICES = [
    ("", "—"),
    (1, HARD),
    (HARD, _("全部")),
    (_("机构 <1>"), [("m3", "甲"), (4, mark_safe("<i>乙</i>"))]),
    (None, 1234567),
]
ATTRIBUTES = {"id": "id_a", "class": HARD, "required": True, "disabled": False, "data-n": 3, "aria-label": _("全部")}
WIDGETS = [
    *(forms.Select(ATTRIBUTES, CHOICES), forms.SelectMultiple(choices=CHOICES), forms.TextInput(ATTRIBUTES)),
    *(
        forms.NumberInput({"min": 0}),
        forms.DateInput(ATTRIBUTES, "%Y-%m-%d"),
        forms.HiddenInput(),
        forms.CheckboxInput(),
    ),
    *(forms.EmailInput(), forms.URLInput(), forms.PasswordInput(render_value=True), forms.Textarea(ATTRIBUTES)),
    *(forms.RadioSelect(choices=CHOICES[:2]), forms.CheckboxSelectMultiple(choices=CHOICES[:3])),
]


@pytest.mark.parametrize("widget", WIDGETS, ids=lambda widget: type(widget).__name__)
@pytest.mark.parametrize(
    "value", [None, "", HARD, 1, 4, "m3", 1234567, 3.5, True, date(2026, 6, 30), ["1", HARD]], ids=repr
)
def test_a_widget_is_written_as_django_draws_it(widget: forms.Widget, value: Any) -> None:
    ours, theirs = (widget.render('a"<b>', value, renderer=one()) for one in (Plain, DjangoTemplates))
    assert BETWEEN.sub("><", ours) == BETWEEN.sub("><", theirs)
