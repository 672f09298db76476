"""提案汇编: one .docx of all that was asked for, made by the worker."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from xieshang.base.files.models import StoredFile
from xieshang.base.orgs.models import Organization

from .writing import USER


class Booklet(models.Model):
    """汇编. asked: to what it is narrowed (`catalogue.Asked`), as plain values."""

    WAITING, WORKING, DONE, FAILED = "waiting", "working", "done", "failed"
    UNDER_WAY = (WAITING, WORKING)

    organization = models.ForeignKey(Organization, models.PROTECT, related_name="+", verbose_name=_("单位"))
    asked = models.JSONField(default=dict)
    state = models.CharField(max_length=8, default=WAITING)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    why = models.CharField(_("为什么没有做成"), max_length=200, blank=True)
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+", verbose_name=_("文件"))
    asked_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+", verbose_name=_("谁要的"))
    asked_at = models.DateTimeField(_("何时要的"))
    started_at = models.DateTimeField(_("开始时间"), null=True)
    finished_at = models.DateTimeField(_("完成时间"), null=True)

    class Meta:
        verbose_name = verbose_name_plural = _("提案汇编")
        ordering: ClassVar = ["-id"]

    def __str__(self) -> str:
        return f"{self.organization} {self.state}"

    @property
    def under_way(self) -> bool:
        return self.state in self.UNDER_WAY
