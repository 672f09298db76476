"""登记 and 更正: the one form, shown, checked, and shown again with all that was typed."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from xieshang.base import clock, registry
from xieshang.base.accounts import permissions
from xieshang.base.drafts import actions as drafts
from xieshang.base.drafts.models import Draft
from xieshang.base.errors import NotAllowed, Refused, Stale
from xieshang.base.files import storage
from xieshang.base.files.models import Attachment
from xieshang.base.orgs.models import Organization
from xieshang.base.requests import Asked, as_number, as_uuid, seen, unit_of

from .. import late, pasting, queries, rules, saving, telling
from ..forms import RecordForm, said
from ..models import Activity
from ..typed import Typed, typed_of
from . import keep
from .counting import told


@login_required
def new(request: Asked) -> HttpResponse:
    """登记活动."""
    unit = unit_of(request, "activities.record")
    if request.method == "POST":
        return _pasted(request, unit) if "read" in request.POST else _save(request, unit, None)
    user = request.user
    draft: Draft | None = None
    start: Typed | None = None
    if request.GET.get("copy"):
        last = queries.last(user, unit) if request.GET["copy"] == "last" else _to_copy(request)
        start = typed_of(last, copy=True) if last else None
    elif "fresh" not in request.GET:
        draft = _draft(request, unit)
        start = draft.values if draft else None
    if request.GET.get("state") == rules.PLANNED:
        start = {**(start or {"collective": ["on"]}), "state": [rules.PLANNED]}
    form = RecordForm(unit=unit, on=clock.today(), start=start)
    return _form(request, form, draft=draft, copied=bool(request.GET.get("copy") and start))


def _pasted(request: Asked, unit: Organization) -> HttpResponse:
    """认一认: the form again, filled from the paragraph; what was typed by hand stays, and nothing is saved."""
    today, typed = clock.today(), _sent(request)
    kept, refusals = _keep_files(request, unit, "record")
    typed["files_id"] = [*typed.get("files_id", []), *kept]
    text, before = ((typed.get(name) or [""])[0] for name in ("pasted", "pasted_read"))
    made = pasting.filled(text, unit, today)
    start = {**pasting.merged(typed, made, pasting.filled(before, unit, today), today), "pasted_read": [text]}
    form = RecordForm(unit=unit, on=today, start=start)
    return _form(request, form, pasted=True, refusals=refusals)


def _sent(request: Asked) -> dict[str, list[str]]:
    return {name: values for name, values in request.POST.lists() if name not in ("csrfmiddlewaretoken", "read")}


def _to_copy(request: Asked) -> Activity:
    return queries.one(request.user, as_number(request.GET["copy"]))


def _draft(request: Asked, unit: Organization) -> Draft | None:
    """The draft that is asked for, else the newest."""
    mine = queries.drafts(request.user, unit)
    if given := request.GET.get("draft"):
        return next((one for one in mine if one.client_id == as_uuid(given)), None)
    return next(iter(mine), None)


@login_required
def edit(request: Asked, pk: int) -> HttpResponse:
    """更正 one activity; what is still to come is changed without a reason."""
    activity = queries.one(request.user, pk)
    permissions.require(request.user, "activities.correct", activity.organization)
    if activity.state not in (rules.HELD, *rules.TO_COME):
        raise Refused(
            "wrong_state",
            why=_("这次活动%(state)s，不能再更正") % {"state": rules.STATES[activity.state]},
            do=_("确实办过的，请重新登记一次"),
        )
    return _change(request, activity)


@login_required
def hold(request: Asked, pk: int) -> HttpResponse:
    """登记为已开展: what was planned took place; its list is there, all as 实到."""
    activity = queries.one(request.user, pk)
    permissions.require(request.user, "activities.hold", activity.organization)
    if activity.state not in rules.TO_COME:
        raise Refused("wrong_state", why=_("这次活动不是拟开展的"), do=_("请打开它的页面看现在的状态"))
    return _change(request, activity, holding=True)


def _change(request: Asked, activity: Activity, *, holding: bool = False) -> HttpResponse:
    unit = activity.organization
    if request.method == "POST":
        return _save(request, unit, activity, holding=holding)
    draft = queries.edit_draft(request.user, activity)
    start = draft.values if draft else typed_of(activity)
    form = RecordForm(unit=unit, on=activity.on, activity=activity, start=start, holding=holding)
    return _form(request, form, draft=draft)


def _save(request: Asked, unit: Organization, activity: Activity | None, *, holding: bool = False) -> HttpResponse:
    """A sent form: record or correct, or show it again with all that was typed and the files that came with it."""
    typed = _sent(request)
    kept, refusals = _keep_files(request, unit, "correct" if activity else "record")
    typed["files_id"] = [*typed.get("files_id", []), *kept]
    form = RecordForm(typed, unit=unit, on=clock.today(), activity=activity, holding=holding)
    for refused in refusals:
        form.add_error("papers", said(refused))
    if not form.is_valid():
        return _form(request, form, status=422)
    if activity is None and (answer := _already(request, form)):
        return answer
    try:
        saved = saving.save(form, seen=seen(request), by=request.user, now=clock.now())
    except NotAllowed:
        raise
    except Stale as stale:
        return _form(request, form, status=409, stale=stale)
    except Refused as refused:
        if refused.code == "locked_period":
            return _late(request, form, refused)
        form.refuse(refused)
        return _form(request, form, status=422)
    if old := as_uuid(request.POST.get("draft", "")):
        drafts.discard(old, by=request.user)
    words = {"plan": _("已排定“{}”，开展后再计数。"), "correct": _("已更正“{}”。")}
    word = words.get(form.verb, _("已登记“{}”。"))
    link = format_html('<a href="{}">{}</a>', reverse("plans:list"), _("看计划进度"))
    messages.success(request, format_html("{}{}", format_html(word, saved.title), link))
    return redirect(saved)


def _keep_files(request: Asked, unit: Organization, verb: str) -> tuple[list[str], list[Refused]]:
    """Files that came with the form are kept at once, so that an error elsewhere costs none of them."""
    kept, refusals = [], []
    for file in request.FILES.getlist("files"):
        try:
            kept.append(str(keep(request, unit, file, verb).pk))
        except NotAllowed:
            raise
        except Refused as refused:
            refusals.append(refused)
    return kept, refusals


def _already(request: Asked, form: RecordForm) -> HttpResponse | None:
    """The same form sent again, or the same happening recorded before: say so before it counts twice."""
    columns = form.columns()
    sent = Activity.objects.filter(client_id=form.client_id, organization=form.unit).first() if form.client_id else None
    if sent and (sent.title, sent.on) != (
        columns["title"],
        columns["on"],
    ):  # came back with the browser's back button and typed another one
        form.add_error(
            None,
            _("这张表刚才已经登记成“%(title)s”。要改那一条，请到它的页面点“更正”；这是另一次活动的，再点一次“登记”。")
            % {"title": sent.title},
        )
        form.given = {**form.given, "client_id": [""]}
        return _form(request, form, status=422)
    if sent:
        return None
    twin = queries.twin(
        request.user, form.unit, on=columns["on"], title=columns["title"], place=columns["place"], persons=form.presence
    )
    if twin is None:
        return None
    if form.cleaned_data["again"]:  # 不是同一次: remembered with the record
        form.not_same = [twin.activity.pk]
        return None
    word = (
        _("同一天已登记过“%(title)s”，是同一次吗？是，就不用再登；不是，请勾选后再登记。")
        if twin.activity.state == rules.HELD
        else _("同一天已排定“%(title)s”，是同一次吗？是，请把那一条登记为已开展；不是，请勾选后再登记。")
    )
    form.add_error("again", word % {"title": twin.activity.title})
    return _form(request, form, status=422, twin=twin)


def _late(request: Asked, form: RecordForm, refused: Refused) -> HttpResponse:
    """A locked period: with a reason what was typed goes to the head of the office, and waits."""
    if "late" in request.POST:
        try:
            asked = late.ask(form, by=request.user, now=clock.now())
        except NotAllowed:
            raise
        except Refused as other:
            form.refuse(other)
        else:
            messages.success(request, _("已送签，填写的内容都留着。办公室主任同意后就登记。"))
            return redirect(asked)
    else:
        form.refuse(refused)
    form.late = True
    return _form(request, form, status=422)


def _form(
    request: Asked, form: RecordForm, *, status: int = 200, draft: Draft | None = None, copied: bool = False, stale: Stale | None = None,
    twin: queries.Twin | None = None, pasted: bool = False, refusals: Sequence[Refused] = (),
) -> HttpResponse:  # fmt: skip
    activity = form.activity
    text = (form.given.get("pasted_read") or [""])[0]
    read = pasting.filled(text, form.unit, clock.today()) if text else pasting.NOTHING
    stand = storage.of(activity.ref) if activity else []
    if activity and form.is_bound:
        stand = [attachment for attachment in stand if attachment.pk in form.file_ids]
    context = {
        "form": form, "activity": activity, "draft": draft, "copied": copied, "stale": stale, "twin": twin, "seen": _seen(request, form, stale),
        "differences": _differences(form, stale) if stale else [],
        "client_id": _client_id(form, draft),
        "places": queries.places(request.user, form.unit),
        "files": [_file(attachment, attachment.pk in form.face_ids) for attachment in [*stand, *queries.uploads(request.user, form.file_ids)]],
        "draft_key": f"activities.edit.{activity.pk}" if activity else f"{queries.NEW}:{form.unit.code}",
        "tasks": registry.counts(form.unit, told(form)) if form.is_bound and not activity else [], "filled": bool(draft or copied),
        "can_copy": activity is None and not copied and not form.is_bound,
        "pasted": pasted, "pasted_text": text, "marked": pasting.mark(form, read), "read_notes": [*read.notes, *(said(one) for one in refusals)],
    }  # fmt: skip
    return render(request, "activities/form.html", context, status=status)


def _client_id(form: RecordForm, draft: Draft | None) -> UUID | str:
    """The id under which the form is one record; a draft written over a form that was recorded already gets a new one."""
    if draft is None:
        return form.client_id or ""
    return "" if Activity.objects.filter(client_id=draft.client_id).exists() else draft.client_id


def _seen(request: Asked, form: RecordForm, stale: Stale | None) -> str:
    """The version that the form now stands on: the one that was opened, or the one that was shown beside it."""
    if form.activity is None:
        return ""
    if stale:
        return str(Activity.objects.values_list("version", flat=True).get(pk=form.activity.pk))
    return request.POST.get("seen", "") if form.is_bound else str(form.activity.version)


def _differences(form: RecordForm, stale: Stale) -> list[dict[str, str]]:
    """Each column that is now other than what was typed: theirs beside yours."""
    rows = []
    theirs = Activity.objects.select_related("organizer").get(pk=form.activity.pk)  # type: ignore[union-attr]
    for name, yours in form.columns().items():
        now = getattr(theirs, name)
        if now != yours:
            label = str(Activity._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
            rows.append(
                {
                    "label": label,
                    "theirs": telling.shown(name, _plain(now)),
                    "yours": telling.shown(name, _plain(yours)),
                }
            )
    mine, their = form.presence, {one.person_id: one.presence for one in queries.came(theirs)}
    if mine != their:
        told = [
            _("应到 %(n)s，实到 %(a)s") % {"n": len(each), "a": list(each.values()).count("attended")}
            for each in (their, mine)
        ]
        rows.append({"label": _("谁来了"), "theirs": told[0], "yours": told[1]})
    return rows


def _plain(value: Any) -> Any:
    return value if isinstance(value, str | bool | list | type(None)) else str(value)


def _file(attachment: Attachment, faces: bool) -> dict[str, Any]:
    url = reverse("file", args=[attachment.pk, attachment.name])
    return {
        "id": attachment.pk,
        "name": attachment.name,
        "url": url,
        "size": attachment.file.size,
        "image": attachment.kind == "photo",
        "faces": attachment.faces or faces,
    }
