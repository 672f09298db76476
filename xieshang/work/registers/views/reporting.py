"""我要上报: what a member says from his phone, what became of it, and staff who confirm it."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from xieshang.base import clock
from xieshang.base.errors import NotAllowed, Refused, Stale
from xieshang.base.files import storage
from xieshang.base.paperwork.forms import BehalfForm
from xieshang.base.requests import Asked, as_number, as_uuid, seen, unit_of
from xieshang.base.words import sentences

from .. import actions, queries
from ..forms import EntryForm, draft_start
from ..models import Entry, Register
from . import register_of, sent_files
from .recording import client_id_of
from .showing import show_entry

SHOWN = 50


@login_required
@require_safe
def reports(request: Asked) -> HttpResponse:
    """To which registers a member reports, and what became of what he has reported."""
    unit = unit_of(request, "registers.report")
    context = {
        "registers": queries.open_to_members(request.user, unit),
        "mine": queries.reports_of(request.user, unit)[:SHOWN],
    }
    return render(request, "registers/reports.html", context)


@login_required
def report(request: Asked, pk: int) -> HttpResponse:
    """上报一条."""
    register = register_of(request, pk, "registers.report")
    asked, known = register.told, queries.known(register.organization)
    if request.method != "POST":
        draft = None if "fresh" in request.GET else queries.draft(request.user, register)
        start: dict[str, Any] = {one.key: clock.today() for one in asked if one.role == "on"}
        form = EntryForm(asked=asked, known=known, start=draft_start(asked, draft) if draft else start)
        return _form(request, register, form, draft=draft)
    files = sent_files(request)
    form = EntryForm(request.POST, asked=asked, known=known, files=len(files))
    if form.is_valid():
        try:
            actions.report(
                register, on=form.checked.on or clock.today(), title=form.checked.title, values=form.others(), by=request.user, now=clock.now(),
                client_id=as_uuid(request.POST.get("client_id", "")), files=files,
            )  # fmt: skip
        except NotAllowed:
            raise
        except Refused as refused:
            form.refuse(refused.field, sentences(refused.why, refused.do))
        else:
            messages.success(request, _("“%(title)s”已上报，办公室核实后计入。") % {"title": form.checked.title})
            return redirect("registers:reports")
    return _form(request, register, form, status=422)


@login_required
def report_again(request: Asked, pk: int) -> HttpResponse:
    """What was sent back, mended and reported again."""
    found = queries.entry(request.user, pk)
    register = register_of(request, found.register_id, "registers.report")
    if found.state != "returned" or not queries.is_own(request.user, found):
        raise Refused("wrong_state", why=_("这一条现在不能改"), do=_("退回给您的才能改好再报"))
    known, there = queries.known(found.organization, entry=found), len(storage.of(found.ref))
    if request.method != "POST":
        own = {"on": found.on, "title": found.title}
        start = {**queries.values(found), **{one.key: own[one.role] for one in register.told if one.role in own}}
        form = EntryForm(asked=register.told, known=known, start=start, secrets=found.secrets)
        return _form(request, register, form, entry=found)
    files = sent_files(request)
    form = EntryForm(request.POST, asked=register.told, known=known, files=len(files) or there, secrets=found.secrets)
    status = 422
    if form.is_valid():
        try:
            actions.resubmit(
                found, on=form.checked.on or found.on, title=form.checked.title, values=form.others(), by=request.user, now=clock.now(),
                seen=seen(request), files=files,
            )  # fmt: skip
        except NotAllowed:
            raise
        except Refused as refused:
            form.refuse(refused.field, sentences(refused.why, refused.do))
            status = 409 if isinstance(refused, Stale) else 422
        else:
            messages.success(request, _("“%(title)s”已再报，办公室核实后计入。") % {"title": form.checked.title})
            return redirect("registers:reports")
    return _form(request, register, form, entry=found, status=status)


@login_required
def report_for(request: Asked, pk: int) -> HttpResponse:
    """代报: for a member who has no account, or no telephone at hand."""
    register = register_of(request, pk, "registers.report_for")
    if not register.by_members:
        raise Refused("not_for_members", why=_("这本登记簿由工作人员登记"), do=_("请直接登记，不用代报"))
    unit, asked = register.organization, register.told
    known, today = queries.known(unit), clock.today()
    if request.method != "POST":
        start: dict[str, Any] = {one.key: today for one in asked if one.role == "on"}
        behalf = BehalfForm(today=today, unit=unit, person=as_number(request.GET.get("person")) or None)
        return _form(request, register, EntryForm(asked=asked, known=known, start=start), behalf=behalf)
    files = sent_files(request)
    form = EntryForm(request.POST, asked=asked, known=known, files=len(files))
    behalf = BehalfForm(request.POST, request.FILES, today=today, unit=unit)
    if all([form.is_valid(), behalf.is_valid()]):
        try:
            made = actions.report_for(
                register, behalf.cleaned_data["person"], on=form.checked.on or today, title=form.checked.title, values=form.others(), by=request.user,
                now=clock.now(), client_id=as_uuid(request.POST.get("client_id", "")), files=files, **behalf.asking(),
            )  # fmt: skip
        except NotAllowed:
            raise
        except Refused as refused:
            form.refuse(refused.field, sentences(refused.why, refused.do))
        else:
            words = {"title": made.title, "name": behalf.cleaned_data["person"].name}
            messages.success(request, _("已代%(name)s上报“%(title)s”，核实后计入。") % words)
            return redirect(made)
    return _form(request, register, form, behalf=behalf, status=422)


def _form(
    request: Asked, register: Register, form: EntryForm, *, entry: Entry | None = None, draft: Any = None, behalf: BehalfForm | None = None, status: int = 200
) -> HttpResponse:  # fmt: skip
    context = {
        "register": register, "form": form, "behalf": behalf, "entry": entry, "draft": draft, "draft_key": queries.draft_key(register, entry),
        "rows": [form[one.key] for one in form.asked if one.key in form.fields], "client_id": client_id_of(request, draft),
        "paper": any(one.type == "file" for one in form.asked), "seen": entry.version if entry else "",
        "files": [{"name": one.name, "image": one.kind == "photo", "size": one.file.size} for one in storage.of(entry.ref)] if entry else [],
    }  # fmt: skip
    return render(request, "registers/report_form.html", context, status=status)


@login_required
@require_POST
def confirm(request: Asked, pk: int) -> HttpResponse:
    """核实 what a member reported."""
    return _judged(request, pk, actions.confirm, _("“%(title)s”已核实，已经计入。"))


@login_required
@require_POST
def send_back(request: Asked, pk: int) -> HttpResponse:
    """退回 to the member."""
    return _judged(request, pk, actions.send_back, _("“%(title)s”已退回给上报人。"))


def _judged(request: Asked, pk: int, done: Any, words: str) -> HttpResponse:
    found = queries.entry(request.user, pk)
    try:
        done(found, by=request.user, now=clock.now(), seen=seen(request), reason=request.POST.get("reason", ""))
    except NotAllowed:
        raise
    except Refused as refused:
        return show_entry(request, queries.entry(request.user, pk), refused)
    messages.success(request, words % {"title": found.title})
    return redirect(found)
