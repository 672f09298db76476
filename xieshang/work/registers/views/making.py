"""Registers taken from the catalogue, made, changed, closed and opened again."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from xieshang.base import clock
from xieshang.base.errors import NotAllowed, Refused, Stale
from xieshang.base.orgs.models import Organization
from xieshang.base.requests import Asked, as_number, seen, unit_of
from xieshang.base.words import sentences

from .. import actions, catalogue, queries
from ..fields import TYPES
from ..forms import Making, making
from ..models import Register
from . import may, register_of


@login_required
def shelf(request: Asked) -> HttpResponse:
    """现成登记簿: take one with one click."""
    unit = unit_of(request, "registers.make" if request.method == "POST" else "registers.see")
    if request.method == "POST":
        register = actions.take(unit, request.POST.get("key", ""), by=request.user, now=clock.now())
        messages.success(request, _("“%(name)s”已启用，可以开始登记了。") % {"name": register.name})
        return redirect(register)
    taken = {
        (one.catalogue, one.kind_prefix): one
        for one in queries.visible(request.user).filter(organization=unit).exclude(catalogue="")
    }
    groups = [
        {
            "name": group,
            "ready": [
                {
                    "ready": one,
                    "register": taken.get((one.key, one.kind_prefix or f"registers.{one.key}")),
                    "counts": _counts(one),
                }
                for one in catalogue.ALL
                if one.group == group
            ],
        }
        for group in catalogue.GROUPS
    ]
    return render(request, "registers/catalogue.html", {"groups": groups, "may": may(request, unit)})


def _counts(ready: catalogue.Ready) -> str:
    return "、".join(dict.fromkeys(measure.name for measure in ready.measures))


@login_required
def make(request: Asked, pk: int | None = None) -> HttpResponse:
    """自建登记簿 or 修改登记簿."""
    register = register_of(request, pk, "registers.make") if pk is not None else None
    unit = register.organization if register else unit_of(request, "registers.make")
    used = queries.used_fields(register) if register else []
    if request.method != "POST":
        return _make(request, register, making(register, used=used))
    typed: QueryDict = request.POST
    if "more" in typed or "more_measures" in typed:
        typed = typed.copy()  # type: ignore[assignment]
        for button, name in (("more", "fields"), ("more_measures", "measures")):
            if button in request.POST:
                typed[name] = str(as_number(typed.get(name), most=9, bad=-1) + 2)  # type: ignore[misc]
        return _make(request, register, making(register, typed, used=used))
    page = making(register, typed, used=used)
    if not page.form.is_valid():
        return _make(request, register, page, status=422)
    try:
        register = _save(request, unit, register, page)
    except (NotAllowed, Stale):
        raise
    except Refused as refused:
        page.form.add_error(
            refused.field if refused.field in page.form.fields else None, sentences(refused.why, refused.do)
        )
        return _make(request, register, page, status=422)
    messages.success(request, _("“%(name)s”已保存。") % {"name": register.name})
    return redirect(register)


def _save(request: Asked, unit: Organization, register: Register | None, page: Making) -> Register:
    columns = page.form.cleaned_data
    fields = page.field_list()
    given: dict[str, Any] = {
        "fields": fields,
        "measures": page.measure_list(fields, columns["name"]),
        "by": request.user,
        "now": clock.now(),
        **columns,
    }
    if register is None:
        return actions.make(unit, **given)
    return actions.change(register, seen=seen(request), **given)


def _make(request: Asked, register: Register | None, page: Making, *, status: int = 200) -> HttpResponse:
    fields = register.fields if register else ()
    context = {
        "register": register, "making": page, "form": page.form, "types": [(key, title) for key, title in TYPES.items()],
        "countable": [one for one in fields if one.counted and not one.retired],
        "options": [
            (f"{one.role}:{code}", f"{one.title}：{title}") for one in fields if one.type == "choice" and one.role and not one.retired for code, title in one.options
        ],
        "has_people": any(one.type in ("person", "people") for one in fields), "seen": request.POST.get("seen") or (register.version if register else 0),
    }  # fmt: skip
    return render(request, "registers/make.html", context, status=status)


@login_required
@require_POST
def switch(request: Asked, pk: int) -> HttpResponse:
    """停用 or 重新启用."""
    register = register_of(request, pk, "registers.make")
    done = actions.close if register.open else actions.reopen
    done(register, by=request.user, now=clock.now(), seen=seen(request))
    words = _("“%(name)s”已停用，以前的记录照样计数。") if register.open else _("“%(name)s”已重新启用。")
    messages.success(request, words % {"name": register.name})
    return redirect(register)
