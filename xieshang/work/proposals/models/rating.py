"""What the proposers said of the handling, and what became of promises."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from xieshang.base.people.models import Person

from .. import rules
from .writing import USER, Proposal


class Rating(models.Model):
    """征询意见: what one proposer said of the handling, in one round. No row: 未反馈, which is never 满意."""

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="ratings", verbose_name=_("提案"))
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name=_("委员"))
    round = models.PositiveSmallIntegerField(_("第几轮"), default=1)
    visited = models.CharField(_("走访情况"), max_length=10, choices=rules.VISITED)
    way = models.CharField(_("听取意见方式"), max_length=8, choices=rules.WAYS, blank=True)
    attitude = models.CharField(_("办理态度"), max_length=14, choices=rules.ATTITUDES)
    aim = models.CharField(_("答复是否针对提案"), max_length=10, choices=rules.AIMS)
    result = models.CharField(_("办理结果"), max_length=12, choices=rules.RESULTS)
    words = models.CharField(_("意见建议"), max_length=500, blank=True)
    on_paper = models.BooleanField(_("代录"), default=False)
    at = models.DateTimeField(_("时间"))
    by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+", verbose_name=_("填写人"))

    class Meta:
        verbose_name = verbose_name_plural = _("征询意见")
        ordering: ClassVar = ["proposal", "round", "id"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["proposal", "person", "round"], name="rating_once")]

    def __str__(self) -> str:
        return f"{self.person} {self.get_result_display()}"

    @property
    def unhappy(self) -> bool:
        return self.attitude in rules.UNHAPPY or self.result in rules.UNHAPPY


class FollowUp(models.Model):
    """回头看: what became of a promise (B, C) the year after, with its evidence as attachments of the proposal."""

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="follow_ups", verbose_name=_("提案"))
    on = models.DateField(_("日期"))
    before = models.CharField(_("原类别"), max_length=2)
    before_outcome = models.CharField(_("原来算作"), max_length=10, choices=rules.BUCKETS, blank=True)
    result = models.CharField(_("现类别"), max_length=2)
    outcome = models.CharField(_("现在算作"), max_length=10, choices=rules.BUCKETS, blank=True)
    words = models.CharField(_("落实情况"), max_length=500)
    at = models.DateTimeField(_("时间"))
    by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+", verbose_name=_("经办人"))

    class Meta:
        verbose_name = verbose_name_plural = _("回头看")
        ordering: ClassVar = ["proposal", "on", "id"]

    def __str__(self) -> str:
        return f"{self.before}→{self.result}"
