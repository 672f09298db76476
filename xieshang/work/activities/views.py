"""Pages of 活动: parse, call one action or query, render."""

import json
from typing import Any, cast
from urllib.parse import quote
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.files.uploadedfile import UploadedFile
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from xieshang.base import clock
from xieshang.base.accounts import permissions
from xieshang.base.accounts.models import User
from xieshang.base.errors import NotAllowed, Refused, Stale
from xieshang.base.files import storage
from xieshang.base.files.models import Attachment
from xieshang.base.orgs.models import Organization
from xieshang.base.workflow.engine import possible
from xieshang.documents.errors import DocumentError

from . import actions, queries, rules, sheets, telling
from .forms import FilterForm, RecordForm, Typed, as_uuid, said, typed_of
from .models import Activity, Draft

PAGE = 25
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CARRIERS = {code: title for code, title, _group in rules.CARRIERS}


def me(request: HttpRequest) -> User:
    return cast(User, request.user)


def unit_of(request: HttpRequest, verb: str) -> Organization:
    """The unit at hand, when the account may do `verb` there."""
    unit: Organization | None = request.desk.unit  # type: ignore[attr-defined]
    if unit is None:
        raise NotAllowed("no_unit", why=_("您的账号还没有分到任何单位"), do=_("请联系本单位的安全管理员授权"))
    permissions.require(me(request), verb, unit)
    return unit


def xlsx(data: bytes, name: str) -> HttpResponse:
    return HttpResponse(data, XLSX, headers={"Content-Disposition": f"attachment; filename*=UTF-8''{quote(name)}"})


# --- the list --------------------------------------------------------------------------------------------------------------


@login_required
@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """活动: what was done in a period; the filters stand in the address."""
    unit = unit_of(request, "activities.see")
    desk, user = request.desk, me(request)  # type: ignore[attr-defined]
    filters = FilterForm(request.GET, unit=unit, start=desk.starts_on, end=desk.ends_on)
    narrowed = filters.narrowed()
    page = Paginator(queries.listed(user, unit, **narrowed), PAGE).get_page(request.GET.get("page"))
    for activity in page:
        activity.carrier_titles = [CARRIERS.get(code, code) for code in activity.carriers]  # type: ignore[attr-defined]
    may = {verb: permissions.may(user, f"activities.{verb}", unit) for verb in ("record", "import", "export")}
    context = {
        "filters": filters, "page": page, "q": narrowed["words"], "may": may, "narrowed": filters.narrows, "void": narrowed["void"],
        "draft": queries.drafts(user, unit).first() if may["record"] else None, "period": narrowed,
    }  # fmt: skip
    part = request.htmx and not request.htmx.history_restore_request  # type: ignore[attr-defined]
    response = render(request, "activities/_list.html" if part else "activities/list.html", context)
    patch_vary_headers(response, ["HX-Request"])
    return response


@login_required
@require_safe
def export(request: HttpRequest) -> HttpResponse:
    """The list as it is filtered, as a sheet that can be brought in again."""
    unit = unit_of(request, "activities.export")
    desk = request.desk  # type: ignore[attr-defined]
    narrowed = FilterForm(request.GET, unit=unit, start=desk.starts_on, end=desk.ends_on).narrowed()
    found = queries.listed(me(request), unit, **narrowed)
    return xlsx(sheets.export(found), f"{unit.short_name}活动 {narrowed['start']}至{narrowed['end']}.xlsx")


# --- one activity ----------------------------------------------------------------------------------------------------------


@login_required
@require_safe
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """One activity: what, who, where it counts, what was changed."""
    return _one(request, queries.one(me(request), pk))


def _one(request: HttpRequest, activity: Activity, refused: Refused | None = None) -> HttpResponse:
    came = list(queries.came(activity))
    attachments = storage.of(activity.ref)
    context = {
        "activity": activity,
        "carriers": [CARRIERS.get(code, code) for code in activity.carriers],
        "lists": [
            (word, [one for one in came if one.presence == how])
            for how, word in (("attended", _("实到")), ("excused", _("请假")), ("absent", _("缺席")))
        ],
        "invited": len(came),
        "photos": [a for a in attachments if a.kind == "photo"],
        "papers": [a for a in attachments if a.kind != "photo"],
        "counted": queries.counted(activity),
        "history": telling.history(activity),
        "verbs": possible(activity, me(request), rules.MOVES),
        "refused": refused,
    }
    return render(request, "activities/one.html", context, status=refused.status if refused else 200)


@login_required
@require_POST
def void(request: HttpRequest, pk: int) -> HttpResponse:
    """作废 one activity, with the reason."""
    activity = queries.one(me(request), pk)
    seen = request.POST.get("seen", "")
    try:
        actions.void(
            activity,
            by=me(request),
            now=clock.now(),
            seen=int(seen) if seen.isdigit() else -1,
            reason=request.POST.get("reason", ""),
        )
    except NotAllowed:
        raise
    except Refused as refused:
        return _one(request, queries.one(me(request), pk), refused)
    messages.success(request, _("“%(title)s”已作废，不再计入任何统计项。") % {"title": activity.title})
    return redirect(activity)


# --- recording and correcting ----------------------------------------------------------------------------------------------


@login_required
def new(request: HttpRequest) -> HttpResponse:
    """登记活动."""
    unit = unit_of(request, "activities.record")
    if request.method == "POST":
        return _save(request, unit, None)
    user = me(request)
    draft: Draft | None = None
    start: Typed | None = None
    if request.GET.get("copy"):
        last = queries.last(user, unit) if request.GET["copy"] == "last" else _to_copy(request)
        start = typed_of(last, copy=True) if last else None
    elif "fresh" not in request.GET:
        draft = _draft(request, unit)
        start = draft.typed.get("values", {}) if draft else None
    form = RecordForm(unit=unit, on=clock.today(), start=start)
    return _form(request, form, draft=draft, copied=bool(request.GET.get("copy") and start))


def _to_copy(request: HttpRequest) -> Activity:
    given = request.GET["copy"]
    return queries.one(me(request), int(given) if given.isdigit() and len(given) < 19 else 0)


def _draft(request: HttpRequest, unit: Organization) -> Draft | None:
    """The draft that is asked for, else the newest."""
    mine = queries.drafts(me(request), unit)
    if given := request.GET.get("draft"):
        return next((one for one in mine if one.client_id == as_uuid(given)), None)
    return mine.first()


@login_required
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """更正 one activity."""
    activity = queries.one(me(request), pk)
    permissions.require(me(request), "activities.correct", activity.organization)
    if activity.state != "held":
        raise Refused("wrong_state", why=_("这次活动已经作废，不能再更正"), do=_("确实办过的，请重新登记一次"))
    if request.method == "POST":
        return _save(request, activity.organization, activity)
    draft = queries.edit_draft(me(request), activity)
    start = draft.typed.get("values", {}) if draft else typed_of(activity)
    return _form(
        request, RecordForm(unit=activity.organization, on=activity.on, activity=activity, start=start), draft=draft
    )


def _save(request: HttpRequest, unit: Organization, activity: Activity | None) -> HttpResponse:
    """A sent form: record or correct, or show it again with all that was typed and the files that came with it."""
    typed = {name: values for name, values in request.POST.lists() if name != "csrfmiddlewaretoken"}
    kept, refusals = _keep_files(request, unit, "correct" if activity else "record")
    typed["files_id"] = [*typed.get("files_id", []), *kept]
    form = RecordForm(typed, unit=unit, on=clock.today(), activity=activity)
    for refused in refusals:
        form.add_error("papers", said(refused))
    if not form.is_valid():
        return _form(request, form, status=422)
    if activity is None and (answer := _already(request, form)):
        return answer
    try:
        saved = _correct(request, form, activity) if activity else _record(request, form)
    except NotAllowed:
        raise
    except Stale as stale:
        return _form(request, form, status=409, stale=stale)
    except Refused as refused:
        form.refuse(refused)
        return _form(request, form, status=422)
    if old := as_uuid(request.POST.get("draft", "")):
        actions.drop_draft(old, by=me(request))
    word = _("已更正“{}”。") if activity else _("已登记“{}”。")
    link = format_html('<a href="{}">{}</a>', reverse("plans:list"), _("看计划进度"))
    messages.success(request, format_html("{}{}", format_html(word, saved.title), link))
    return redirect(saved)


def _keep_files(request: HttpRequest, unit: Organization, verb: str) -> tuple[list[str], list[Refused]]:
    """Files that came with the form are kept at once, so that an error elsewhere costs none of them."""
    kept, refusals = [], []
    for file in request.FILES.getlist("files"):
        try:
            kept.append(str(_keep(request, unit, file, verb).pk))
        except NotAllowed:
            raise
        except Refused as refused:
            refusals.append(refused)
    return kept, refusals


def _keep(request: HttpRequest, unit: Organization, file: UploadedFile, verb: str) -> Attachment:
    name = file.name or ""
    data = file.read(storage.MAX_BYTES + 1)
    return actions.keep_upload(unit, name, data, by=me(request), now=clock.now(), verb=verb)


def _already(request: HttpRequest, form: RecordForm) -> HttpResponse | None:
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
    if sent or form.cleaned_data["again"]:
        return None
    twin = queries.twin(
        me(request), form.unit, on=columns["on"], title=columns["title"], place=columns["place"], persons=form.presence
    )
    if twin is None:
        return None
    form.add_error(
        "again",
        _("同一天已登记过“%(title)s”，是同一次就不用再登；不是，请勾选后再登记。") % {"title": twin.activity.title},
    )
    return _form(request, form, status=422, twin=twin)


def _record(request: HttpRequest, form: RecordForm) -> Activity:
    return actions.record(
        form.unit, fields=form.columns(), presence=form.presence, notes=form.notes, uploads=form.file_ids, client_id=form.client_id,
        reason=form.cleaned_data["reason"], by=me(request), now=clock.now(),
    )  # fmt: skip


def _correct(request: HttpRequest, form: RecordForm, activity: Activity) -> Activity:
    seen = request.POST.get("seen", "")
    stand = {attachment.pk for attachment in storage.of(activity.ref)}
    return actions.correct(
        activity, fields=form.columns(), presence=form.presence, notes=form.notes, uploads=form.file_ids, dropped=stand - set(form.file_ids),
        seen=int(seen) if seen.isdigit() else -1, reason=form.cleaned_data["reason"], by=me(request), now=clock.now(),
    )  # fmt: skip


def _form(
    request: HttpRequest, form: RecordForm, *, status: int = 200, draft: Draft | None = None, copied: bool = False, stale: Stale | None = None,
    twin: queries.Twin | None = None,
) -> HttpResponse:  # fmt: skip
    activity = form.activity
    stand = storage.of(activity.ref) if activity else []
    if activity and form.is_bound:
        stand = [attachment for attachment in stand if attachment.pk in form.file_ids]
    context = {
        "form": form, "activity": activity, "draft": draft, "copied": copied, "stale": stale, "twin": twin, "seen": _seen(request, form, stale),
        "differences": _differences(form, stale) if stale else [],
        "client_id": _client_id(form, draft),
        "places": queries.places(me(request), form.unit),
        "files": [_file(attachment) for attachment in [*stand, *queries.uploads(me(request), form.file_ids)]],
        "draft_key": f"activities.edit.{activity.pk}" if activity else f"{queries.NEW}:{form.unit.code}",
        "can_copy": activity is None and not copied and not form.is_bound,
    }  # fmt: skip
    return render(request, "activities/form.html", context, status=status)


def _client_id(form: RecordForm, draft: Draft | None) -> UUID | str:
    """The id under which the form is one record; a draft written over a form that was recorded already gets a new one."""
    if draft is None:
        return form.client_id or ""
    return "" if Activity.objects.filter(client_id=draft.client_id).exists() else draft.client_id


def _seen(request: HttpRequest, form: RecordForm, stale: Stale | None) -> str:
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


def _file(attachment: Attachment) -> dict[str, Any]:
    url = reverse("file", args=[attachment.pk, attachment.name])
    return {
        "id": attachment.pk,
        "name": attachment.name,
        "url": url,
        "size": attachment.file.size,
        "image": attachment.kind == "photo",
    }


# --- kept on the way -------------------------------------------------------------------------------------------------------


@login_required
@require_POST
def draft(request: HttpRequest) -> HttpResponse:
    """存草稿, as it is typed: what js/drafts.js sends (key, client_id, payload), the same as JSON, or the form itself."""
    given = _sent(request)
    client_id = as_uuid(str(given.get("client_id", "")))
    if client_id is None:
        raise Refused("no_id", why=_("这份草稿没有编号"), do=_("请刷新“登记活动”这一页再填"), field="client_id")
    values: dict[str, list[str]] = {}
    for name, value in given["values"]:
        if value and name not in ("csrfmiddlewaretoken", "client_id", "seen", "key"):
            values.setdefault(name, []).append(value)
    key = str(given.get("key") or queries.NEW).partition(":")[0][:60]
    typed = {"key": key, "title": (values.get("title") or [""])[0][:120], "values": values}
    kept = actions.keep_draft(_unit_named(request), client_id, typed, by=me(request), now=clock.now())
    return JsonResponse({"saved_at": f"{clock.now():%H:%M}", "kept": kept is not None})


def _sent(request: HttpRequest) -> dict[str, Any]:
    """{key, client_id, values: [(name, value), …]} however it was sent."""
    try:
        if request.content_type == "application/json":
            given = json.loads(request.body)
            pairs = given.get("payload", [])
        else:
            given = request.POST.dict()
            pairs = (
                json.loads(given["payload"])
                if "payload" in given
                else [(name, v) for name, vs in request.POST.lists() for v in vs]
            )
        return {**given, "values": [(str(name), str(value)) for name, value in pairs]}
    except (ValueError, TypeError, AttributeError) as error:
        raise Refused("unreadable", why=_("这份草稿读不出来"), do=_("请刷新“登记活动”这一页再填")) from error


def _unit_named(request: HttpRequest) -> Organization:
    """The unit of a draft or an upload stands in its address: a phone may send it after another unit was chosen."""
    code = request.GET.get("unit")
    named = next((unit for unit in request.desk.units if unit.code == code), None)  # type: ignore[attr-defined]
    return named or unit_of(request, "activities.record")


@login_required
@require_POST
def drop_draft(request: HttpRequest) -> HttpResponse:
    """不要这份草稿."""
    if client_id := as_uuid(request.POST.get("client_id", "")):
        actions.drop_draft(client_id, by=me(request))
        messages.success(request, _("草稿已经不要了。"))
    if (pk := request.POST.get("activity", "")).isdigit() and len(pk) < 19:
        return redirect("activities:edit", pk=int(pk))
    return redirect(reverse("activities:new") + "?fresh=1")


@login_required
@require_POST
def upload(request: HttpRequest) -> HttpResponse:
    """One photo or paper, ahead of its form: what js/upload.js sends."""
    file = request.FILES.get("file")
    if file is None:
        return JsonResponse(
            Refused("empty", why=_("没有收到文件"), do=_("请再选一次"), field="files").as_json(), status=422
        )
    try:
        kept = _keep(request, _unit_named(request), file, "record")
    except Refused as refused:
        return JsonResponse(refused.as_json(), status=refused.status)
    return JsonResponse({"id": kept.pk, "name": kept.name, "url": reverse("file", args=[kept.pk, kept.name])})


# --- sheets ----------------------------------------------------------------------------------------------------------------


@login_required
def import_sheet(request: HttpRequest) -> HttpResponse:
    """用表格导入: choose a sheet, see it checked whole, then bring it in."""
    unit = unit_of(request, "activities.import")
    context: dict[str, Any] = {"unit": unit}
    if request.method != "POST":
        return render(request, "activities/import.html", context)
    try:
        sheet = _sheet(request, unit)
        checked = sheets.read(storage.path_of(sheet.file).read_bytes(), sheet.name, unit, clock.today(), by=me(request))
        context |= {
            "sheet": sheet,
            "checked": checked,
            "refused_rows": len({problem.row for problem in checked.problems}),
        }
        if "confirm" in request.POST and not checked.problems:
            n = sheets.bring_in(checked, unit, me(request), clock.now(), request.POST.get("reason", ""))
            messages.success(request, _("已登记 %(n)s 次活动。") % {"n": n})
            return redirect("activities:list")
    except NotAllowed:
        raise
    except (Refused, DocumentError) as error:
        context |= {
            "error": error,
            "wants_reason": getattr(error, "field", "") == "reason",
            "reason": request.POST.get("reason", ""),
        }
    status = 422 if "error" in context or context["checked"].problems else 200
    return render(request, "activities/import.html", context, status=status)


def _sheet(request: HttpRequest, unit: Organization) -> Attachment:
    """The sheet that was chosen now, or the one that was checked a moment ago."""
    if file := request.FILES.get("file"):
        return _keep(request, unit, file, "import")
    return _kept_sheet(request, request.POST.get("sheet", ""))


def _kept_sheet(request: HttpRequest, given: str) -> Attachment:
    found = queries.uploads(me(request), [int(given)]) if given.isdigit() and len(given) < 19 else []
    if not found:
        raise Refused("no_sheet", why=_("还没有选择表格"), do=_("请选择填好的 .xlsx 文件"), field="file")
    return found[0]


@login_required
@require_safe
def template(request: HttpRequest) -> HttpResponse:
    """The sheet to fill in."""
    unit_of(request, "activities.import")
    return xlsx(sheets.template(), "活动登记模板.xlsx")


@login_required
@require_safe
def refused_rows(request: HttpRequest, pk: int) -> HttpResponse:
    """The checked sheet again, with the reason beside each refused row."""
    unit = unit_of(request, "activities.import")
    found = queries.uploads(me(request), [pk])
    if not found or found[0].organization_id != unit.pk:
        raise Http404
    sheet = found[0]
    data = storage.path_of(sheet.file).read_bytes()
    checked = sheets.read(data, sheet.name, unit, clock.today(), by=me(request))
    return xlsx(sheets.error_file(data, sheet.name, checked.problems), sheet.name.rsplit(".", 1)[0] + " 需要改的.xlsx")
