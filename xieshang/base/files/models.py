"""文件: stored once by the hash of its content, attached to records."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from xieshang.base.orgs.models import Organization


class StoredFile(models.Model):
    """A file's content. Its name on disk is its SHA-256."""

    sha256 = models.CharField(max_length=64, unique=True)
    size = models.PositiveBigIntegerField(_("大小"))
    content_type = models.CharField(max_length=100)

    class Meta:
        verbose_name = verbose_name_plural = _("文件")

    def __str__(self) -> str:
        return self.sha256[:12]


KINDS = (
    ("plan", _("方案")),
    ("notice", _("通知")),
    ("checkin", _("签到")),
    ("minutes", _("纪要")),
    ("photo", _("照片")),
    ("coverage", _("报道")),
    ("evidence", _("佐证材料")),
    ("file", _("其他文件")),
)


class Attachment(models.Model):
    """附件: a file under a name, on a record of a unit. Taken off, never deleted.

    faces  含困难群众面部: shown to its sender and to those who may (`room.faces`), and never put into what is made of photos
    """

    organization = models.ForeignKey(Organization, models.PROTECT, related_name="+", verbose_name=_("单位"))
    record = models.CharField(_("记录"), max_length=80, db_index=True)
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="attachments", verbose_name=_("文件"))
    name = models.CharField(_("文件名"), max_length=200)
    kind = models.CharField(_("种类"), max_length=12, choices=KINDS, default="file")
    faces = models.BooleanField(_("含困难群众面部"), default=False)
    added_at = models.DateTimeField(_("时间"))
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("上传人")
    )
    removed_at = models.DateTimeField(_("移除时间"), null=True)

    class Meta:
        verbose_name = verbose_name_plural = _("附件")
        ordering: ClassVar = ["id"]

    def __str__(self) -> str:
        return self.name
