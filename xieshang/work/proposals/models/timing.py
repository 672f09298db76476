"""Limits: by which day of the year a kind of proposals is answered, and when the days of one do not count."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from xieshang.base.orgs.models import Organization

from .. import rules
from .handling import Assignment
from .writing import USER


class Suspension(models.Model):
    """中止: from which day to which (both included) the days of an assignment do not count, why, and on what it rests."""

    assignment = models.ForeignKey(Assignment, models.CASCADE, related_name="suspensions", verbose_name=_("交办"))
    why = models.CharField(_("原因"), max_length=10, choices=rules.SUSPENSIONS)
    citation = models.CharField(_("依据"), max_length=120)
    words = models.CharField(_("说明"), max_length=300, blank=True)
    from_on = models.DateField(_("自"))
    to_on = models.DateField(_("至"))
    at = models.DateTimeField(_("时间"))
    by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+", verbose_name=_("经办人"))

    class Meta:
        verbose_name = verbose_name_plural = _("中止办理期限")
        ordering: ClassVar = ["assignment", "from_on", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(to_on__gte=models.F("from_on")), name="suspension_order")
        ]

    def __str__(self) -> str:
        return f"{self.from_on}–{self.to_on}"

    @property
    def days(self) -> int:
        return (self.to_on - self.from_on).days + 1


class DueRule(models.Model):
    """按日子定的期限: proposals of this kind, proposer and category ("" is any) are answered by a day of the year, in place of so many months."""

    organization = models.ForeignKey(Organization, models.PROTECT, related_name="+", verbose_name=_("单位"))
    kind = models.CharField(_("类型"), max_length=8, blank=True)
    proposer = models.CharField(_("提案者"), max_length=10, blank=True)
    category = models.CharField(_("类别"), max_length=20, blank=True)
    month = models.PositiveSmallIntegerField(_("月"))
    day = models.PositiveSmallIntegerField(_("日"))
    since = models.DateField(_("生效日期"))
    until = models.DateField(_("停用日期"), null=True, blank=True)
    citation = models.CharField(_("依据"), max_length=120)
    set_at = models.DateTimeField(_("时间"))
    set_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+", verbose_name=_("设定人"))

    class Meta:
        verbose_name = verbose_name_plural = _("按日子定的期限")
        ordering: ClassVar = ["organization", "month", "day", "id"]

    def __str__(self) -> str:
        return f"{self.month}-{self.day}"

    @property
    def names(self) -> int:
        """How many things it names: the rule that names more goes before."""
        return sum(bool(one) for one in (self.kind, self.proposer, self.category))
