"""Selects and inputs written straight: the same markup as Django's own widget templates, which make a template of every option and attribute."""

from collections.abc import Callable, Mapping
from typing import Any

from django.forms.renderers import DjangoTemplates
from django.http import HttpRequest
from django.utils.formats import localize
from django.utils.html import conditional_escape
from django.utils.safestring import mark_safe

Widget = Mapping[str, Any]


class Plain(DjangoTemplates):
    """What every form is drawn with (settings.FORM_RENDERER)."""

    def render(self, template_name: str, context: dict[str, Any], request: HttpRequest | None = None) -> str:
        if write := WRITTEN.get(template_name):
            return mark_safe(write(context["widget"]))  # every part of it is escaped
        return super().render(template_name, context, request)


def _select(widget: Widget) -> str:
    parts = [f'<select name="{conditional_escape(widget["name"])}"{_attributes(widget)}>']
    for name, options, _index in widget["optgroups"]:
        if name:
            parts.append(f'\n  <optgroup label="{conditional_escape(localize(name))}">')
        parts += (f"\n  {_option(option)}" for option in options)
        if name:
            parts.append("\n  </optgroup>")
    return "".join((*parts, "\n</select>"))


def _option(option: Widget) -> str:
    value, label = conditional_escape(option["value"]), conditional_escape(localize(option["label"]))
    return f'<option value="{value}"{_attributes(option)}>{label}</option>'


def _input(widget: Widget) -> str:
    value = "" if widget["value"] is None else f' value="{conditional_escape(widget["value"])}"'
    return f'<input type="{widget["type"]}" name="{conditional_escape(widget["name"])}"{value}{_attributes(widget)}>'


def _attributes(widget: Widget) -> str:
    said = ((name, value) for name, value in widget["attrs"].items() if value is not False)
    return "".join(f" {name}" if value is True else f' {name}="{conditional_escape(value)}"' for name, value in said)


FOLDER = "django/forms/widgets/"
INPUTS = ("input", "text", "number", "date", "hidden", "email", "url", "password", "checkbox")
WRITTEN: dict[str, Callable[[Widget], str]] = {
    f"{FOLDER}select.html": _select,
    **{f"{FOLDER}{name}.html": _input for name in INPUTS},
}
