"""归档包: download, and whether one is whole."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from xieshang.base.accounts import permissions
from xieshang.base.errors import Refused
from xieshang.base.files import storage
from xieshang.base.requests import Asked, unit_of
from xieshang.documents import volume
from xieshang.documents.errors import DocumentError

from .. import actions, archiving, queries
from ..models import Package
from . import verb

MOST = 200 * 1024 * 1024
FAULTS = {
    "missing": gettext_lazy("缺少"), "changed": gettext_lazy("被改动过"), "extra": gettext_lazy("不是包里原有的"), "unlisted": gettext_lazy("没有列入清单"),
    "metadata": gettext_lazy("和目录里写的不一致"),
}  # fmt: skip


@verb
def ask(request: Asked, proposal: Any, given: dict[str, Any]) -> str:
    """Asked for anew, where it could not be made, or for one of an old year."""
    actions.ask_package(proposal, by=given["by"], now=given["now"])
    return _("归档包正在做，过一会儿可以下载。")


@login_required
@require_safe
def package(request: Asked, pk: int) -> HttpResponseBase:
    """归档包 .zip."""
    proposal = queries.one(request.user, pk)
    permissions.require(request.user, "proposals.export", proposal.organization)
    made = Package.objects.filter(proposal=proposal, state=Package.DONE).select_related("file").first()
    if made is None or made.file is None or not (path := storage.path_of(made.file)).exists():
        raise Http404
    return FileResponse(path.open("rb"), content_type="application/zip", as_attachment=True, filename=archiving.file_name(proposal))  # fmt: skip


@login_required
def check(request: Asked) -> HttpResponse:
    """Is a package whole, and the one that was made here?"""
    unit = unit_of(request, "proposals.export")
    context: dict[str, Any] = {}
    if request.method == "POST":
        try:
            sent = request.FILES.get("file")
            if sent is None:
                raise Refused("no_file", why=_("还没有选择归档包"), do=_("请选择 .zip 文件"), field="file")
            found = volume.check(sent.read(MOST + 1))
            ours = (
                Package.objects.filter(sha256=found.sha256, proposal__organization=unit)
                .select_related("proposal")
                .first()
            )
            context = {
                "verdict": found,
                "problems": [(path, FAULTS[fault]) for path, fault in found.problems],
                "ours": ours,
            }
        except (Refused, DocumentError) as error:
            context = {"error": error}
    return render(request, "proposals/check_package.html", context, status=422 if "error" in context else 200)
