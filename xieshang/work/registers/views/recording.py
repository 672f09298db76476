"""登记一条 and 更正: the form of an entry, shown, checked, and shown again with all that was typed."""

from itertools import groupby
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from xieshang.base import clock
from xieshang.base.accounts import permissions
from xieshang.base.drafts.models import Draft
from xieshang.base.errors import NotAllowed, Refused, Stale
from xieshang.base.files import storage
from xieshang.base.paperwork.models import Approval
from xieshang.base.requests import Asked, as_uuid, seen
from xieshang.base.words import sentences

from .. import actions, late, queries, telling
from ..forms import AboutForm, EntryForm, draft_start, pickers
from ..models import Entry, Register
from . import register_of, sent_files

SHORT = ("date", "number", "money")  # fields that stand side by side in a form


@login_required
def entry_new(request: Asked, pk: int) -> HttpResponse:
    """登记一条."""
    register = register_of(request, pk, "registers.record")
    if not register.open:
        raise Refused(
            "closed", why=_("“%(name)s”已经停用，不能再登记") % {"name": register.name}, do=_("请先重新启用这本登记簿")
        )
    known = queries.known(register.organization)
    if request.method != "POST":
        draft = None if "fresh" in request.GET else queries.draft(request.user, register)
        start = {one.key: clock.today() for one in register.asked if one.role == "on"}
        start = draft_start(register.asked, draft) if draft else start
        form = EntryForm(asked=register.asked, known=known, start=start)
        return _form(request, register, form, draft=draft, about=_about(request, register, draft))
    files = sent_files(request)
    form, about = (
        EntryForm(request.POST, asked=register.asked, known=known, files=len(files)),
        _about(request, register),
    )
    if all([form.is_valid(), about is None or about.is_valid()]):
        try:
            made = actions.record(
                register, on=form.checked.on or clock.today(), title=form.checked.title, values=form.others(), by=request.user, now=clock.now(),
                client_id=as_uuid(request.POST.get("client_id", "")), reason=request.POST.get("reason", ""), files=files,
                about=about.about() if about else None,
            )  # fmt: skip
        except NotAllowed:
            raise
        except Refused as refused:
            if asked := _late(request, register, form, refused, files):
                return redirect(asked)
        else:
            return _recorded(request, register, made)
    return _form(request, register, form, about=about, status=422)


def _late(
    request: Asked, register: Register, form: EntryForm, refused: Refused, files: list[tuple[str, bytes]], entry: Entry | None = None
) -> Approval | None:  # fmt: skip
    """A refusal, beside its field. A locked period: with a reason what was typed goes to the head of the office, and waits."""
    locked = refused.code == "locked_period"
    if locked and "late" in request.POST:
        client_id = as_uuid(request.POST.get("client_id", ""))
        try:
            asked = late.ask(
                register, request.POST, title=form.checked.title, entry=entry, files=files, client_id=client_id, by=request.user, now=clock.now()
            )  # fmt: skip
        except NotAllowed:
            raise
        except Refused as other:
            refused = other
        else:
            messages.success(request, _("已送签，填写的内容都留着。办公室主任同意后就登记。"))
            return asked
    form.late = locked
    form.refuse(refused.field, sentences(refused.why, refused.do))
    return None


def _about(request: Asked, register: Register, draft: Draft | None = None) -> AboutForm | None:
    """Who sees to it and until when, of a register with a follow-up part."""
    if not register.follow:
        return None
    start = {name: typed[0] for name, typed in draft.values.items() if typed} if draft else {"keeper": request.user}
    return AboutForm(request.POST if request.method == "POST" else None, unit=register.organization, initial=start)


def _recorded(request: Asked, register: Register, made: Entry) -> HttpResponse:
    again = reverse("registers:entry_new", args=[register.pk])
    words = _("已登记“{}”，计入 {} 个统计项。")
    messages.success(
        request,
        format_html(
            '{}<a href="{}">{}</a>', words.format(made.title, len(queries.counted(made))), again, _("再登记一条")
        ),
    )
    return redirect(made)


@login_required
def entry_edit(request: Asked, pk: int) -> HttpResponse:
    """更正 one entry, with the reason."""
    found = queries.entry(request.user, pk)
    permissions.require(request.user, "registers.correct", found.organization)
    if found.state not in ("valid", "reported"):
        raise Refused("wrong_state", why=_("这条记录现在不能更正"), do=_("确有其事的，请重新登记一条"))
    register, start, again = found.register, queries.values(found), found.state == "valid"
    asked = [one for one in register.fields if not one.retired or one.key in start]
    known, there = queries.known(found.organization, entry=found), len(storage.of(found.ref))
    if request.method != "POST":
        start |= {
            one.key: found.on if one.role == "on" else found.title for one in asked if one.role in ("on", "title")
        }
        start |= {one.key: start[one.key][0] for one in asked if one.type == "person" and start.get(one.key)}
        draft = queries.draft(request.user, register, found)
        start = draft_start(asked, draft) if draft else start
        form = EntryForm(asked=asked, known=known, start=start, again=again, secrets=found.secrets)
        return _form(request, register, form, entry=found, draft=draft)
    files = sent_files(request)
    form = EntryForm(
        request.POST, asked=asked, known=known, files=len(files) or there, again=again, secrets=found.secrets
    )
    stale: Stale | None = None
    if form.is_valid():
        try:
            actions.correct(
                found, on=form.checked.on, title=form.checked.title, values=form.others(), by=request.user, now=clock.now(),
                seen=seen(request), reason=request.POST.get("reason", ""), files=files,
            )  # fmt: skip
        except NotAllowed:
            raise
        except Stale as refused:
            stale = refused
        except Refused as refused:
            if asked_for := _late(request, register, form, refused, files, found):
                return redirect(asked_for)
        else:
            messages.success(request, _("已更正“%(title)s”，相关的数已经跟着变了。") % {"title": form.checked.title})
            return redirect(found)
    return _form(
        request, register, form, entry=queries.entry(request.user, pk), stale=stale, status=409 if stale else 422
    )


def _form(
    request: Asked,
    register: Register,
    form: EntryForm,
    *,
    entry: Entry | None = None,
    stale: Stale | None = None,
    draft: Draft | None = None,
    about: AboutForm | None = None,
    status: int = 200,
) -> HttpResponse:
    on = form.checked.on or (entry.on if entry else clock.today())
    shown = pickers(form, register.organization, on)
    rows: list[dict[str, Any]] = [
        {"field": one, "bound": form[one.key] if one.key in form.fields else None, "picker": shown.get(one.key)}
        for one in form.asked
    ]
    lines = [list(group) for _short, group in groupby(rows, key=lambda row: (row["field"].type in SHORT) or id(row))]
    seen = entry.version if entry and (stale or not form.is_bound) else request.POST.get("seen", "")
    context = {
        "register": register, "form": form, "lines": lines, "entry": entry, "stale": stale, "seen": seen,
        "differences": _differences(form, entry) if stale and entry else [],
        "client_id": client_id_of(request, draft), "draft": draft, "draft_key": queries.draft_key(register, entry), "about": about, "paper": any(one.type == "file" for one in form.asked),
    }  # fmt: skip
    return render(request, "registers/entry_form.html", context, status=status)


def client_id_of(request: Asked, draft: Draft | None) -> UUID | str:
    """The id under which the form is one entry; a draft written over a form that was recorded already gets a new one."""
    if draft and not Entry.objects.filter(client_id=draft.client_id).exists():
        return draft.client_id
    return request.POST.get("client_id") or uuid4()


def _differences(form: EntryForm, entry: Entry) -> list[dict[str, str]]:
    """Each value that is now other than what was typed: theirs beside yours."""
    theirs, found = queries.values(entry), []
    mine: dict[str, Any] = {**form.checked.payload, **form.checked.people, **form.checked.bodies}
    names = {"person": form.known.people, "people": form.known.people, "body": form.known.bodies}
    for one in form.asked:
        if one.role in ("on", "title"):
            pair: tuple[Any, Any] = (
                (entry.on, form.checked.on) if one.role == "on" else (entry.title, form.checked.title)
            )
        else:
            pair = (theirs.get(one.key), mine.get(one.key))
        if pair[0] != pair[1]:
            said = []
            for value in pair:
                listed = value if isinstance(value, list) else [value]
                said.append(
                    "、".join(names[one.type].get(each, "") for each in listed if each)
                    if one.linked
                    else telling.said(one, value)
                )
            found.append({"label": one.title, "theirs": said[0] or _("（空）"), "yours": said[1] or _("（空）")})
    return found
