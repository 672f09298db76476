"""Showing an attached file to those who may see the record it is on: as a page first, then as it is."""

from dataclasses import dataclass, field

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render

from xieshang.base import registry
from xieshang.base.accounts import permissions
from xieshang.base.files.models import Attachment
from xieshang.base.files.storage import path_of
from xieshang.documents import pages, sheets
from xieshang.documents.errors import DocumentError
from xieshang.documents.reading import FORMATS, read_document
from xieshang.web.requests import Request

PDF = "application/pdf"
MOST_PAGES, MOST_LINES, MOST_ROWS = 30, 400, 100  # what a page of ours shows of a file; all of it is in the download


def _found(request: Request, pk: int) -> Attachment:
    """The attachment, for who may see its record; another unit's file is 404, and so are faces for whom they are not meant."""
    found = get_object_or_404(Attachment.objects.select_related("file", "added_by"), pk=pk, removed_at=None)
    if not _may_see(request, found):
        raise Http404
    if found.record.endswith(".upload") and found.added_by_id != request.user.pk:
        raise Http404  # on its way to a record; until then it is its sender's
    if found.faces and found.added_by_id != request.user.pk and not _may_see_faces(request, found):
        raise Http404
    if not path_of(found.file).exists():
        raise Http404
    return found


def _may_see(request: Request, found: Attachment) -> bool:
    """Where the room says of each record who sees it, so is what stands on it; what stands beside it (12.rating) is for who sees all. Else who may `room.see`."""
    name, _colon, record = found.record.partition(":")
    kind = registry.KINDS.get(name)
    if kind and kind.shown and record.isdecimal():
        return kind.shown(request.user, int(record))
    verb = f"{name.split('.')[0]}.see"
    return verb in permissions.TABLE and found.organization_id in permissions.units(request.user, verb)


def _may_see_faces(request: Request, found: Attachment) -> bool:
    verb = f"{found.record.split('.')[0]}.faces"
    return verb in permissions.TABLE and found.organization_id in permissions.units(request.user, verb)


@login_required
def show(request: Request, pk: int, name: str) -> HttpResponseBase:
    """The file itself: a photo or a PDF in the browser, anything else, and all with `?download`, to be kept."""
    found = _found(request, pk)
    inline = found.file.content_type.startswith("image/") or found.file.content_type == PDF
    response = FileResponse(
        path_of(found.file).open("rb"), content_type=found.file.content_type, filename=found.name,
        as_attachment=not inline or "download" in request.GET,
    )  # fmt: skip
    response["Cache-Control"] = "private, max-age=3600"
    return response


@dataclass
class Shown:
    """What a page shows of a file: a picture, pages of a PDF, lines of a text, rows of a table; or only what kind it is, and why no more."""

    kind: str
    pages: range = range(0)
    lines: list[str] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)
    more: bool = False
    why: str = ""


@login_required
def preview(request: Request, pk: int) -> HttpResponse:
    """A file as a page, which every browser can show, WeChat's too; the download is one step further."""
    found = _found(request, pk)
    given = {"file": found, "shown": _shown(found), "back": registry.url(found.record)}
    return render(request, "files/preview.html", given)


@login_required
def page(request: Request, pk: int, number: int) -> HttpResponse:
    """One page of a PDF as a picture."""
    found = _found(request, pk)
    if found.file.content_type != PDF or number > MOST_PAGES:
        raise Http404
    try:
        drawn = pages.picture(path_of(found.file).read_bytes(), number)
    except (DocumentError, IndexError) as error:
        raise Http404 from error
    return HttpResponse(drawn, "image/jpeg", headers={"Cache-Control": "private, max-age=3600"})


def _shown(found: Attachment) -> Shown:
    if found.file.content_type.startswith("image/"):
        return Shown("picture")
    data, name = path_of(found.file).read_bytes(), found.name.lower()
    try:
        if found.file.content_type == PDF:
            number = pages.count(data)
            return Shown("pdf", pages=range(1, min(number, MOST_PAGES) + 1), more=number > MOST_PAGES)
        if name.endswith(sheets.FORMATS):
            rows = [["" if cell is None else str(cell) for cell in row] for row in sheets.read_rows(data, found.name)]
            return Shown("table", rows=rows[:MOST_ROWS], more=len(rows) > MOST_ROWS)
        if name.endswith(FORMATS):
            lines = [line for line in read_document(data, found.name).text.splitlines() if line.strip()]
            return Shown("text", lines=lines[:MOST_LINES], more=len(lines) > MOST_LINES)
    except DocumentError as error:
        return Shown("other", why=error.why)
    return Shown("other")
