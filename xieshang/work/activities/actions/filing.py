"""整理案卷: what a folder's files are, what is added and taken off, and the bound copy. Each write is audited on the activity."""

import logging
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from xieshang.base import rounds
from xieshang.base.accounts import permissions
from xieshang.base.accounts.models import User
from xieshang.base.audit import trail
from xieshang.base.errors import Refused
from xieshang.base.files import storage
from xieshang.base.files.models import KINDS, Attachment
from xieshang.documents import binding, pdf
from xieshang.documents.errors import DocumentError

from .. import folder
from ..models import Activity, Binding

log = logging.getLogger(__name__)
VERB = "activities.arrange"
STUCK = timedelta(minutes=15)  # a binding that was begun so long ago has been left behind by a worker that was stopped


@transaction.atomic
def sort(activity: Activity, pk: int, kind: str, *, by: User, now: datetime) -> Attachment:
    """归类: one file is another kind of paper. Raises NotAllowed · Refused."""
    file = _one(activity, pk, by)
    if kind not in dict(KINDS):
        raise Refused("bad_kind", why=_("没有这一类文件"), do=_("请从列出的里面选"), field="kind")
    if file.kind != kind:
        _write(activity, by, now, {"file": file.name, "kind": [file.kind, kind]})
        file.kind = kind
        file.save(update_fields=["kind"])
    return file


@transaction.atomic
def mark_faces(activity: Activity, faces: Iterable[int], among: Iterable[int], *, by: User, now: datetime) -> None:
    """含困难群众面部: of the files `among`, those in `faces` show people in hardship and the others do not. Raises NotAllowed."""
    permissions.require(by, VERB, activity.organization)
    marked = set(faces)
    for file in Attachment.objects.filter(record=activity.ref, removed_at=None, pk__in=list(among)):
        if file.faces != (file.pk in marked):
            file.faces = not file.faces
            _write(activity, by, now, {"file": file.name, "faces": file.faces})
            file.save(update_fields=["faces"])


@transaction.atomic
def add(activity: Activity, name: str, data: bytes, kind: str, *, by: User, now: datetime) -> Attachment:
    """归入一件. Raises NotAllowed · Refused."""
    permissions.require(by, VERB, activity.organization)
    if kind not in dict(KINDS):
        raise Refused("bad_kind", why=_("没有这一类文件"), do=_("请从列出的里面选"), field="kind")
    made = storage.attach(
        [(name, data)], record=activity.ref, organization=activity.organization, by=by, now=now, kind=kind
    )[0]
    _write(activity, by, now, {"file": made.name, "added": kind})
    return made


@transaction.atomic
def take_off(activity: Activity, pk: int, *, by: User, now: datetime) -> None:
    """取出一件; it stays on the disk and in the trail. Raises NotAllowed · Refused."""
    file = _one(activity, pk, by)
    _write(activity, by, now, {"file": file.name, "removed": file.kind})
    file.removed_at = now
    file.save(update_fields=["removed_at"])


def _one(activity: Activity, pk: int, by: User) -> Attachment:
    permissions.require(by, VERB, activity.organization)
    found = Attachment.objects.select_for_update().filter(pk=pk, record=activity.ref, removed_at=None).first()
    if found is None:
        raise Refused("gone", why=_("这个文件已经不在卷里"), do=_("请刷新这一页再看"))
    return found


def _write(activity: Activity, by: User, now: datetime, detail: dict[str, object]) -> None:
    trail.write(VERB, by=by, now=now, organization=activity.organization, record=activity.ref, detail=detail)


# --- 合订本 ------------------------------------------------------------------------------------------------------------------


@transaction.atomic
def ask_bound(activity: Activity, *, by: User, now: datetime) -> Binding:
    """Ask for one PDF of the whole folder; the worker makes it. The same that is waiting or being made is not asked for twice.

    raises  NotAllowed · Refused: an empty folder, or no LibreOffice
    """
    permissions.require(by, VERB, activity.organization)
    if pdf.office() is None:
        missing = DocumentError("no_office")
        raise Refused("no_office", why=_(missing.why), do=_("卷内目录仍可下载；请系统管理员安装 libreoffice-writer"))
    if not folder.of(activity).files:
        raise Refused("empty_folder", why=_("卷内还没有可以装订的文件"), do=_("请先归入方案、通知、签到等文件"))
    running = Binding.objects.select_for_update().filter(activity=activity, state__in=Binding.UNDER_WAY).first()
    if running:
        return running
    _write(activity, by, now, {"bound": True})
    rounds.ring()  # who asks waits at the page
    return Binding.objects.create(activity=activity, asked_by=by, asked_at=now)


def bind_waiting(now: datetime) -> None:
    """Make every bound copy that waits, and those that a stopped worker left."""
    left = Binding.objects.filter(state=Binding.WORKING, started_at__lt=now - STUCK)
    left.update(state=Binding.WAITING)
    for pk in Binding.objects.filter(state=Binding.WAITING).order_by("id").values_list("pk", flat=True):
        begun = Binding.objects.filter(pk=pk, state=Binding.WAITING).update(state=Binding.WORKING, started_at=now)
        if begun:
            _bind(Binding.objects.select_related("activity__organization").get(pk=pk), now)


def _bind(asked: Binding, now: datetime) -> None:
    def tell(done: int, total: int, doing: str) -> None:
        Binding.objects.filter(pk=asked.pk).update(done=done, total=total, doing=doing[:200])

    whole = folder.of(asked.activity)
    try:
        made = binding.bind(folder.cover(whole), folder.pieces(whole), tell=tell)
        asked.file = storage.keep(made.pdf, "application/pdf")
    except DocumentError as error:
        asked.state, asked.why = Binding.FAILED, error.why
    except FileNotFoundError:
        asked.state, asked.why = Binding.FAILED, _("卷内有文件在服务器上找不到了")
    except Exception:  # the round of the worker goes on, and who asked is told
        log.exception("binding %s", asked.pk)
        asked.state, asked.why = Binding.FAILED, _("合订时出了错，已记在服务器的日志里")
    else:
        asked.state, asked.pages, asked.mark = Binding.DONE, made.pages, whole.mark
        asked.left_out = [[piece.title, why] for piece, why in made.left_out]
        asked.done = asked.total = len(whole.files) + 1
    asked.finished_at = now
    asked.save()
