"""Pages of 登记簿: parse, call one action or query, render."""

from itertools import groupby
from typing import Any, cast
from urllib.parse import quote
from uuid import uuid4

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from xieshang.base import clock
from xieshang.base.accounts import permissions
from xieshang.base.accounts.models import User
from xieshang.base.errors import NotAllowed, Refused, Stale
from xieshang.base.files import storage
from xieshang.base.orgs.models import Organization
from xieshang.base.workflow.engine import possible
from xieshang.documents.errors import DocumentError
from xieshang.documents.sheets import parse_pasted, read_rows

from . import actions, catalogue, queries, rules, sheets, telling
from .fields import TYPES, Field
from .forms import EntryForm, Making, SiftForm, as_uuid, making, pickers
from .models import Entry, Register

PAGE = 30
SHOWN_ROWS = 50
MOST_COLUMNS = 7
SHORT = ("date", "number", "money")  # fields that stand side by side in a form
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def user_of(request: HttpRequest) -> User:
    """Who asks; every page here needs a log-in."""
    return cast(User, request.user)


def unit_of(request: HttpRequest, verb: str) -> Organization:
    """The unit at hand, when the account may do `verb` there."""
    unit: Organization | None = request.desk.unit  # type: ignore[attr-defined]
    if unit is None:
        raise NotAllowed("no_unit", why=_("您的账号还没有分到任何单位"), do=_("请联系本单位的安全管理员授权"))
    permissions.require(user_of(request), verb, unit)
    return unit


def register_of(request: HttpRequest, pk: int, verb: str) -> Register:
    """The register of an address: 404 when it is not theirs to see, 403 when they may not do `verb` there."""
    register = queries.one(user_of(request), pk)
    permissions.require(user_of(request), verb, register.organization)
    return register


def may(request: HttpRequest, unit: Organization) -> dict[str, bool]:
    return {
        verb: permissions.may(user_of(request), f"registers.{verb}", unit)
        for verb in ("record", "import", "export", "make")
    }


def xlsx(data: bytes, name: str) -> HttpResponse:
    return HttpResponse(data, XLSX, headers={"Content-Disposition": f"attachment; filename*=UTF-8''{quote(name)}"})


def number(text: str | None) -> int:
    return int(text) if text and text.isdigit() and len(text) < 10 else -1


# --- registers ----------------------------------------------------------------------------------------------------------------


@login_required
@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """登记簿: the unit's registers as cards."""
    unit, desk = unit_of(request, "registers.see"), request.desk  # type: ignore[attr-defined]
    found = list(queries.listed(user_of(request), unit, desk.starts_on, desk.ends_on))
    lights = {register.pk: light for register, light in queries.lights(user_of(request), unit, clock.today())}
    cards = [{"register": one, "light": lights.get(one.pk)} for one in found if one.open]
    return render(
        request,
        "registers/list.html",
        {"cards": cards, "closed": [one for one in found if not one.open], "may": may(request, unit)},
    )


@login_required
@require_safe
def choose(request: HttpRequest) -> HttpResponse:
    """＋登记: into which register?"""
    unit, desk = unit_of(request, "registers.record"), request.desk  # type: ignore[attr-defined]
    found = [one for one in queries.listed(user_of(request), unit, desk.starts_on, desk.ends_on) if one.open]
    return render(request, "registers/choose.html", {"registers": found, "may": may(request, unit)})


@login_required
def shelf(request: HttpRequest) -> HttpResponse:
    """现成登记簿: take one with one click."""
    unit = unit_of(request, "registers.make" if request.method == "POST" else "registers.see")
    if request.method == "POST":
        register = actions.take(unit, request.POST.get("key", ""), by=user_of(request), now=clock.now())
        messages.success(request, _("“%(name)s”已启用，可以开始登记了。") % {"name": register.name})
        return redirect(register)
    taken = {
        one.catalogue: one for one in queries.visible(user_of(request)).filter(organization=unit).exclude(catalogue="")
    }
    groups = [
        {
            "name": group,
            "ready": [
                {"ready": one, "register": taken.get(one.key), "counts": _counts(one)}
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
def make(request: HttpRequest, pk: int | None = None) -> HttpResponse:
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
                typed[name] = str(number(typed.get(name)) + 2)  # type: ignore[misc]
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
            refused.field if refused.field in page.form.fields else None, f"{refused.why}。{refused.do}"
        )
        return _make(request, register, page, status=422)
    messages.success(request, _("“%(name)s”已保存。") % {"name": register.name})
    return redirect(register)


def _save(request: HttpRequest, unit: Organization, register: Register | None, page: Making) -> Register:
    columns = page.form.cleaned_data
    fields = page.field_list()
    given: dict[str, Any] = {
        "fields": fields,
        "measures": page.measure_list(fields, columns["name"]),
        "by": user_of(request),
        "now": clock.now(),
        **columns,
    }
    if register is None:
        return actions.make(unit, **given)
    return actions.change(register, seen=number(request.POST.get("seen")), **given)


def _make(request: HttpRequest, register: Register | None, page: Making, *, status: int = 200) -> HttpResponse:
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
def switch(request: HttpRequest, pk: int) -> HttpResponse:
    """停用 or 重新启用."""
    register = register_of(request, pk, "registers.make")
    done = actions.close if register.open else actions.reopen
    done(register, by=user_of(request), now=clock.now(), seen=number(request.POST.get("seen")))
    words = _("“%(name)s”已停用，以前的记录照样计数。") if register.open else _("“%(name)s”已重新启用。")
    messages.success(request, words % {"name": register.name})
    return redirect(register)


@login_required
@require_safe
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """One register: its entries in a period, narrowed by what stands in the address."""
    register, desk = register_of(request, pk, "registers.see"), request.desk  # type: ignore[attr-defined]
    filters = SiftForm(request.GET, register=register, start=desk.starts_on, end=desk.ends_on)
    sift = filters.sift()
    found = queries.entries(register, sift)
    page = Paginator(found.select_related("fields_version"), PAGE).get_page(request.GET.get("page"))
    sums = {} if sift.void or not page.paginator.count else queries.sums(register, found)
    shown = queries.shown(page.object_list)
    columns = _columns(register, shown)
    rows = [(entry, [values.get(one.key) for one in columns]) for entry, values in shown]
    heads = {one.role: one.title for one in register.asked if one.role in ("on", "title")}
    context = {
        "register": register, "filters": filters, "sift": sift, "page": page, "columns": columns, "rows": rows, "heads": heads,
        "sums": [sums.get(one.key) for one in columns], "has_sums": any(sums.values()), "may": may(request, register.organization),
        "query": request.GET.urlencode(),
    }  # fmt: skip
    return render(request, "registers/one.html", context)


def _columns(register: Register, shown: list[tuple[Entry, dict[str, queries.Shown]]]) -> list[Field]:
    """The columns of the table: those that say something here, what is counted before what is only told, at most seven."""
    filled = {key for _entry, values in shown for key in values}
    found = [one for one in register.asked if one.key in filled and one.type != "long_text"]
    first = sorted(found, key=lambda one: not (one.counted or one.linked or one.type == "choice"))[:MOST_COLUMNS]
    return [one for one in found if one in first]


@login_required
@require_safe
def export(request: HttpRequest, pk: int) -> HttpResponse:
    """The entries as they are filtered, as .xlsx."""
    register, desk = register_of(request, pk, "registers.export"), request.desk  # type: ignore[attr-defined]
    sift = SiftForm(request.GET, register=register, start=desk.starts_on, end=desk.ends_on).sift()
    found = queries.entries(register, sift).select_related("fields_version")
    return xlsx(sheets.export(register, queries.shown(found)), f"{register.name} {sift.start}至{sift.end}.xlsx")


@login_required
@require_safe
def template(request: HttpRequest, pk: int) -> HttpResponse:
    """The empty sheet to fill and bring in."""
    register = register_of(request, pk, "registers.import")
    return xlsx(sheets.template(register), f"{register.name}（模板）.xlsx")


# --- many at once -------------------------------------------------------------------------------------------------------------


@login_required
def paste(request: HttpRequest, pk: int) -> HttpResponse:
    """粘贴多行: from a spreadsheet; shown whole before anything is written."""
    register = register_of(request, pk, "registers.import")
    if request.method != "POST":
        return _bring(request, register, "paste")
    text = request.POST.get("text", "")
    try:
        lines = sheets.read(register, parse_pasted(text), queries.known(register.organization), headed=False)
    except Refused as refused:
        return _bring(request, register, "paste", text=text, refused=refused)
    return _checked(request, register, lines, "paste", text=text)


@login_required
def bring_sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """导入表格: an .xlsx; checked whole and shown before anything is written."""
    register = register_of(request, pk, "registers.import")
    if request.method != "POST":
        return _bring(request, register, "import")
    try:
        file = request.FILES.get("file")
        if file is None:
            raise Refused("no_file", why=_("还没有选文件"), do=_("请选择填好的表格"), field="file")
        rows = read_rows(file.read(storage.MAX_BYTES + 1), file.name or "")
        lines = sheets.read(register, rows, queries.known(register.organization), headed=True)
    except DocumentError as error:
        return _bring(request, register, "import", refused=Refused(error.code, why=error.why, do=error.do))
    except Refused as refused:
        return _bring(request, register, "import", refused=refused)
    return _checked(request, register, lines, "import")


@login_required
@require_POST
def bring(request: HttpRequest, pk: int) -> HttpResponse:
    """登记 the rows that were shown: all or none."""
    register = register_of(request, pk, "registers.import")
    lines = sheets.unpacked(request.POST.get("rows", ""), register, queries.known(register.organization))
    way = "import" if request.POST.get("way") == "import" else "paste"
    try:
        made, there = actions.bring(
            register,
            [line.values for line in lines],
            by=user_of(request),
            now=clock.now(),
            reason=request.POST.get("reason", ""),
        )
    except actions.BadRows as bad:
        for n, why in bad.rows.items():
            lines[n].problems = [why]
        return _checked(request, register, lines, way, late=bad.late)
    words = _("已登记 %(n)s %(unit)s。") % {"n": len(made), "unit": register.unit}
    if there:
        words += _("另有 %(n)s 行和以前登记的完全相同，没有重复登记。") % {"n": there}
    messages.success(request, words)
    return redirect(register)


@login_required
@require_POST
def refused_rows(request: HttpRequest, pk: int) -> HttpResponse:
    """The refused rows as .xlsx, the reason beside each."""
    register = register_of(request, pk, "registers.import")
    lines = sheets.unpacked(request.POST.get("rows", ""), register, queries.known(register.organization))
    return xlsx(sheets.refused(register, lines), f"{register.name}（退回的行）.xlsx")


def _bring(
    request: HttpRequest, register: Register, way: str, *, text: str = "", refused: Refused | None = None
) -> HttpResponse:
    context = {
        "register": register,
        "way": way,
        "text": text,
        "refused": refused,
        "columns": sheets.columns(register),
        "most": rules.MOST_ROWS,
    }
    return render(request, "registers/bring.html", context, status=422 if refused else 200)


def _checked(
    request: HttpRequest, register: Register, lines: list[sheets.Line], way: str, *, text: str = "", late: bool = False
) -> HttpResponse:
    columns = sheets.columns(register)
    bad = [line for line in lines if line.problems]
    shown = (bad or lines)[:SHOWN_ROWS]
    context = {
        "register": register, "way": way, "text": text, "lines": lines, "bad": bad, "columns": columns, "packed": sheets.packed(lines),
        "packed_bad": sheets.packed(bad), "rest": len(bad or lines) - len(shown), "late": late,
        "rows": [(line, [(one, sheets.said(line.values.get(one.key))) for one in columns]) for line in shown],
    }  # fmt: skip
    return render(request, "registers/check.html", context, status=422 if bad else 200)


# --- one entry ----------------------------------------------------------------------------------------------------------------


@login_required
@require_safe
def entry(request: HttpRequest, pk: int) -> HttpResponse:
    """One entry: what it says, where it counts, what was changed."""
    return _entry(request, queries.entry(user_of(request), pk))


def _entry(request: HttpRequest, found: Entry, refused: Refused | None = None) -> HttpResponse:
    values = queries.shown([found])[0][1]
    files = storage.of(found.ref)
    context = {
        "entry": found, "register": found.register, "values": list(values.values()), "counted": queries.counted(found),
        "photos": [one for one in files if one.kind == "photo"], "papers": [one for one in files if one.kind != "photo"],
        "history": telling.history(found), "verbs": possible(found, user_of(request), rules.MOVES), "refused": refused,
        "heads": {one.role: one.title for one in found.fields_version.typed if one.role in ("on", "title")},
    }  # fmt: skip
    return render(request, "registers/entry.html", context, status=refused.status if refused else 200)


@login_required
def entry_new(request: HttpRequest, pk: int) -> HttpResponse:
    """登记一条."""
    register = register_of(request, pk, "registers.record")
    if not register.open:
        raise Refused(
            "closed", why=_("“%(name)s”已经停用，不能再登记") % {"name": register.name}, do=_("请先重新启用这本登记簿")
        )
    known = queries.known(register.organization)
    if request.method != "POST":
        start = {one.key: clock.today() for one in register.asked if one.role == "on"}
        return _form(request, register, EntryForm(asked=register.asked, known=known, start=start))
    files = [(file.name or "", file.read(storage.MAX_BYTES + 1)) for file in request.FILES.getlist("files")]
    form = EntryForm(request.POST, asked=register.asked, known=known, files=len(files))
    if form.is_valid():
        try:
            made = actions.record(
                register, on=form.checked.on or clock.today(), title=form.checked.title, values=_others(form), by=user_of(request), now=clock.now(),
                client_id=as_uuid(request.POST.get("client_id", "")), reason=request.POST.get("reason", ""), files=files,
            )  # fmt: skip
        except NotAllowed:
            raise
        except Refused as refused:
            form.refuse(refused.field, f"{refused.why}。{refused.do}")
        else:
            return _recorded(request, register, made)
    return _form(request, register, form, status=422)


def _recorded(request: HttpRequest, register: Register, made: Entry) -> HttpResponse:
    again = reverse("registers:entry_new", args=[register.pk])
    words = _("已登记“{}”，计入 {} 个统计项。")
    messages.success(
        request,
        format_html(
            '{}<a href="{}">{}</a>', words.format(made.title, len(queries.counted(made))), again, _("再登记一条")
        ),
    )
    return redirect(made)


def _others(form: EntryForm) -> dict[str, Any]:
    """What was typed but for the day and the title."""
    own = {one.key for one in form.asked if one.role in ("on", "title")}
    return {key: value for key, value in form.values().items() if key not in own}


@login_required
def entry_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """更正 one entry, with the reason."""
    found = queries.entry(user_of(request), pk)
    permissions.require(user_of(request), "registers.correct", found.organization)
    if found.state != "valid":
        raise Refused("wrong_state", why=_("这条记录已经作废，不能再更正"), do=_("确有其事的，请重新登记一条"))
    register, start = found.register, queries.values(found)
    asked = [one for one in register.fields if not one.retired or one.key in start]
    known, there = queries.known(found.organization, entry=found), len(storage.of(found.ref))
    if request.method != "POST":
        start |= {
            one.key: found.on if one.role == "on" else found.title for one in asked if one.role in ("on", "title")
        }
        start |= {one.key: start[one.key][0] for one in asked if one.type == "person" and start.get(one.key)}
        return _form(request, register, EntryForm(asked=asked, known=known, start=start, again=True), entry=found)
    files = [(file.name or "", file.read(storage.MAX_BYTES + 1)) for file in request.FILES.getlist("files")]
    form = EntryForm(request.POST, asked=asked, known=known, files=len(files) or there, again=True)
    stale: Stale | None = None
    if form.is_valid():
        try:
            actions.correct(
                found, on=form.checked.on, title=form.checked.title, values=_others(form), by=user_of(request), now=clock.now(),
                seen=number(request.POST.get("seen")), reason=request.POST.get("reason", ""), files=files,
            )  # fmt: skip
        except NotAllowed:
            raise
        except Stale as refused:
            stale = refused
        except Refused as refused:
            form.refuse(refused.field, f"{refused.why}。{refused.do}")
        else:
            messages.success(request, _("已更正“%(title)s”，相关的数已经跟着变了。") % {"title": form.checked.title})
            return redirect(found)
    return _form(
        request, register, form, entry=queries.entry(user_of(request), pk), stale=stale, status=409 if stale else 422
    )


def _form(
    request: HttpRequest,
    register: Register,
    form: EntryForm,
    *,
    entry: Entry | None = None,
    stale: Stale | None = None,
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
        "client_id": request.POST.get("client_id") or uuid4(), "paper": any(one.type == "file" for one in form.asked),
    }  # fmt: skip
    return render(request, "registers/entry_form.html", context, status=status)


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


@login_required
@require_POST
def entry_void(request: HttpRequest, pk: int) -> HttpResponse:
    """作废 one entry, with the reason."""
    found = queries.entry(user_of(request), pk)
    try:
        actions.void(
            found,
            by=user_of(request),
            now=clock.now(),
            seen=number(request.POST.get("seen")),
            reason=request.POST.get("reason", ""),
        )
    except NotAllowed:
        raise
    except Refused as refused:
        return _entry(request, queries.entry(user_of(request), pk), refused)
    messages.success(request, _("“%(title)s”已作废，不再计入任何统计项。") % {"title": found.title})
    return redirect(found.register)
