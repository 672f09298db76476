"""Showing an attached file to those who may see the record it is on."""

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpResponseBase
from django.shortcuts import get_object_or_404

from xieshang.base.accounts import permissions
from xieshang.base.files.models import Attachment
from xieshang.base.files.storage import path_of
from xieshang.web.requests import Request


@login_required
def show(request: Request, pk: int, name: str) -> HttpResponseBase:
    """A photo or a PDF in the browser, anything else as a download; another unit's file is 404."""
    found = get_object_or_404(Attachment.objects.select_related("file"), pk=pk, removed_at=None)
    verb = f"{found.record.split('.')[0]}.see"
    if verb not in permissions.TABLE or found.organization_id not in permissions.units(request.user, verb):
        raise Http404
    if found.record.endswith(".upload") and found.added_by_id != request.user.pk:
        raise Http404  # on its way to a record; until then it is its sender's
    if found.faces and found.added_by_id != request.user.pk and not _may_see_faces(request, found):
        raise Http404
    path = path_of(found.file)
    if not path.exists():
        raise Http404
    inline = found.file.content_type.startswith("image/") or found.file.content_type == "application/pdf"
    response = FileResponse(
        path.open("rb"), content_type=found.file.content_type, filename=found.name, as_attachment=not inline
    )
    response["Cache-Control"] = "private, max-age=3600"
    return response


def _may_see_faces(request: Request, found: Attachment) -> bool:
    verb = f"{found.record.split('.')[0]}.faces"
    return verb in permissions.TABLE and found.organization_id in permissions.units(request.user, verb)
