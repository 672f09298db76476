"""归档: the package of an archived proposal."""

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from xieshang.base.files.models import StoredFile

from .. import rules
from .writing import Proposal


class Package(models.Model):
    """归档包: asked for by archiving, made by the worker. sha256: of the whole file; it stands in the trail too."""

    WAITING, DONE, FAILED = "waiting", "done", "failed"

    proposal = models.OneToOneField(Proposal, models.PROTECT, related_name="package", verbose_name=_("提案"))
    state = models.CharField(max_length=8, default=WAITING)
    keep = models.CharField(_("保管期限"), max_length=10, choices=rules.KEEPS, blank=True)
    pieces = models.PositiveSmallIntegerField(_("件数"), default=0)
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+", verbose_name=_("文件"))
    sha256 = models.CharField(max_length=64, blank=True)
    asked_at = models.DateTimeField(_("何时归档"))
    made_at = models.DateTimeField(_("何时做成"), null=True)
    why = models.CharField(_("为什么没有做成"), max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("归档包")
        ordering: ClassVar = ["-id"]
        indexes: ClassVar = [
            models.Index(fields=["state"], condition=models.Q(state="waiting"), name="package_waiting")
        ]

    def __str__(self) -> str:
        return f"{self.proposal} {self.sha256[:12]}"

    @property
    def keep_word(self) -> Any:
        return self.get_keep_display()
