"""旧年提案: what was brought in from before this house kept proposals, by a sheet or from the bridge register."""

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from xieshang.base.files.models import StoredFile
from xieshang.base.orgs.models import Body, Organization

from .writing import USER


class Bringing(models.Model):
    """导入: a checked sheet, or the bridge register, being made into proposals by the worker, row by row.

    counted  计入统计; else 只供查阅: the proposals say nothing to the ledger
    why      what stopped it; what was made until then stays, and it may be gone on with
    """

    SHEET, BRIDGE = "sheet", "bridge"
    KINDS: ClassVar = [(SHEET, _("旧年提案表")), (BRIDGE, _("提案登记簿"))]
    WAITING, WORKING, DONE, FAILED = "waiting", "working", "done", "failed"
    UNDER_WAY = (WAITING, WORKING)
    STATES: ClassVar[dict[str, Any]] = {
        WAITING: _("排队"),
        WORKING: _("正在导入"),
        DONE: _("已导入"),
        FAILED: _("停下了"),
    }

    organization = models.ForeignKey(Organization, models.PROTECT, related_name="+", verbose_name=_("单位"))
    kind = models.CharField(_("来源"), max_length=8, choices=KINDS)
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+", verbose_name=_("表格"))
    name = models.CharField(_("文件名"), max_length=200, blank=True)
    counted = models.BooleanField(_("计入统计"), default=True)
    reason = models.CharField(_("理由"), max_length=200, blank=True)
    state = models.CharField(max_length=8, default=WAITING)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    why = models.CharField(_("为什么停下"), max_length=300, blank=True)
    asked_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+", verbose_name=_("谁导入的"))
    asked_at = models.DateTimeField(_("何时"))
    alive_at = models.DateTimeField(null=True, help_text="when the worker last said that it is at it")
    finished_at = models.DateTimeField(_("完成时间"), null=True)

    class Meta:
        verbose_name = verbose_name_plural = _("旧提案导入")
        ordering: ClassVar = ["-id"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.name}"

    @property
    def under_way(self) -> bool:
        return self.state in self.UNDER_WAY

    @property
    def state_word(self) -> Any:
        return self.STATES[self.state]


class UnitName(models.Model):
    """别名: what old sheets call a handling unit. Without `body` the name alone is kept: the unit is no more."""

    organization = models.ForeignKey(Organization, models.PROTECT, related_name="+", verbose_name=_("单位"))
    name = models.CharField(_("旧名称"), max_length=60)
    body = models.ForeignKey(Body, models.PROTECT, null=True, related_name="+", verbose_name=_("承办单位"))

    class Meta:
        verbose_name = verbose_name_plural = _("承办单位别名")
        ordering: ClassVar = ["organization", "name"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["organization", "name"], name="unit_name_once")]

    def __str__(self) -> str:
        return self.name
