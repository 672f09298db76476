"""案卷 of one activity, and the papers that are made of its record: 活动简讯, 签到表, 卷内目录, 合订本."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from xieshang.base import clock
from xieshang.base.accounts import permissions
from xieshang.base.errors import Refused
from xieshang.base.files import storage
from xieshang.base.files.models import KINDS
from xieshang.base.requests import Asked, as_file, as_number, on_page

from .. import folder, papers, queries, rules
from ..actions import filing
from ..models import Activity, Binding


@login_required
@require_safe
def show(request: Asked, pk: int) -> HttpResponse:
    """案卷: the files by kind, and what is missing."""
    return _show(request, queries.one(request.user, pk))


def _show(request: Asked, activity: Activity, refused: Refused | None = None) -> HttpResponse:
    permissions.require(request.user, filing.VERB, activity.organization)
    whole = folder.of(activity)
    context = {
        "activity": activity, "folder": whole, "kinds": KINDS, "refused": refused, **_bound(activity, whole),
    }  # fmt: skip
    return render(request, "activities/folder.html", context, status=refused.status if refused else 200)


def _bound(activity: Activity, whole: folder.Folder) -> dict[str, Any]:
    made = folder.bound(activity)
    return {"bound": made, "changed": bool(made and made.state == Binding.DONE and made.mark != whole.mark)}


def _arranged(request: Asked, pk: int) -> Activity:
    activity = queries.one(request.user, pk)
    permissions.require(request.user, filing.VERB, activity.organization)
    return activity


# something done in a folder: a refusal stands above the folder as it is, else the folder is shown again
arranging = on_page(_arranged, _show, lambda request, activity: redirect("activities:folder", pk=activity.pk))


@arranging
def sort(request: Asked, activity: Activity) -> None:
    """One file: its kind, whether it shows faces, or out of the folder."""
    file = as_number(request.POST.get("file"))
    given: dict[str, Any] = {"by": request.user, "now": clock.now()}
    if "remove" in request.POST:
        filing.take_off(activity, file, **given)
        messages.success(request, _("已从卷内取出，原件和记录都还在。"))
    else:
        filing.sort(activity, file, request.POST.get("kind", ""), **given)
        filing.mark_faces(activity, [file] if "faces" in request.POST else [], [file], **given)


@arranging
def add(request: Asked, activity: Activity) -> None:
    """归入 one or more files of one kind."""
    kind, files = request.POST.get("kind", ""), request.FILES.getlist("files")
    if not files:
        raise Refused("empty", why=_("还没有选文件"), do=_("请选好文件再归入"), field="files")
    for file in files:
        filing.add(activity, file.name or "", file.read(storage.MAX_BYTES + 1), kind, by=request.user, now=clock.now())
    messages.success(request, _("已归入 %(n)s 件。") % {"n": len(files)})


@login_required
@require_safe
def contents(request: Asked, pk: int) -> HttpResponse:
    """卷内目录 .docx."""
    activity = _arranged(request, pk)
    return as_file(folder.contents(folder.of(activity)), f"{activity.title[:40]} 卷内目录.docx")


@arranging
def bind(request: Asked, activity: Activity) -> None:
    """合订本: asked for here, made by the worker."""
    filing.ask_bound(activity, by=request.user, now=clock.now())


@login_required
@require_safe
def progress(request: Asked, pk: int) -> HttpResponse:
    """How far the bound copy is; asked every two seconds."""
    activity = _arranged(request, pk)
    return render(request, "activities/_bound.html", {"activity": activity, **_bound(activity, folder.of(activity))})


@login_required
@require_safe
def bound(request: Asked, pk: int) -> HttpResponseBase:
    """The newest bound copy, .pdf."""
    activity = _arranged(request, pk)
    made = Binding.objects.filter(activity=activity, state=Binding.DONE).select_related("file").order_by("-id").first()
    if made is None or made.file is None or not (path := storage.path_of(made.file)).exists():
        raise Http404
    return FileResponse(path.open("rb"), content_type="application/pdf", filename=f"{activity.title[:40]} 合订本.pdf")


@login_required
@require_safe
def sign_in(request: Asked, pk: int) -> HttpResponse:
    """签到表 .docx."""
    activity = queries.one(request.user, pk)
    permissions.require(request.user, "activities.export", activity.organization)
    return as_file(papers.sign_in(activity, clock.now()), f"{activity.title[:40]} 签到表.docx")


@login_required
@require_safe
def bulletin(request: Asked, pk: int) -> HttpResponse:
    """活动简讯 .docx with the photos that were chosen; with none chosen, the first three."""
    activity = queries.one(request.user, pk)
    permissions.require(request.user, "activities.export", activity.organization)
    if activity.state != rules.HELD:
        raise Refused("wrong_state", why=_("这次活动还没有开展，没有简讯可出"), do=_("开展以后登记为已开展再出"))
    photos = folder.presentable(storage.of(activity.ref))
    if "chosen" in request.GET:
        chosen = set(request.GET.getlist("photo"))
        photos = [photo for photo in photos if str(photo.pk) in chosen]
        if len(photos) > papers.MOST_PHOTOS:
            raise Refused(
                "too_many", why=_("简讯最多放 %(n)s 张照片") % {"n": papers.MOST_PHOTOS}, do=_("请返回，只勾选要放的")
            )
    return as_file(papers.bulletin(activity, photos, clock.now()), f"{activity.title[:40]} 简讯.docx")
