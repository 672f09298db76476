"""What reviewers proposed to the committee, and what its meeting said."""

from typing import Any, ClassVar

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from xieshang.base.orgs.models import Body, System
from xieshang.base.workflow.models import Record

from .. import rules
from .writing import USER, Proposal


class Review(models.Model):
    """审查意见: what the first and the second reviewer proposed to the committee."""

    FIRST, SECOND = "first", "second"
    STAGES: ClassVar = [(FIRST, _("初审")), (SECOND, _("复审"))]
    OUTCOMES: ClassVar = [("file", _("立案")), ("merge", _("并案")), ("turn_down", _("不予立案"))]

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="reviews", verbose_name=_("提案"))
    stage = models.CharField(_("环节"), max_length=8, choices=STAGES)
    at = models.DateTimeField(_("时间"))
    by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+", verbose_name=_("审查人"))
    outcome = models.CharField(_("建议"), max_length=10, choices=OUTCOMES)
    category = models.CharField(_("类别"), max_length=12, blank=True)
    system = models.CharField(_("交办系统"), max_length=16, choices=System, blank=True)
    main = models.ForeignKey(Proposal, models.PROTECT, null=True, related_name="+", verbose_name=_("并入的提案"))
    grounds = models.JSONField(_("理由"), default=list)
    words = models.CharField(_("说明"), max_length=500, blank=True)
    units = models.ManyToManyField(Body, related_name="+", verbose_name=_("建议承办单位"))

    class Meta:
        verbose_name = verbose_name_plural = _("审查意见")
        ordering: ClassVar = ["proposal", "id"]

    def __str__(self) -> str:
        return f"{self.get_stage_display()} {self.get_outcome_display()}"


class Sheet(Record):
    """审议单: what the committee's meeting has before it, decided once."""

    RECORD = "proposals.sheet"

    title = models.CharField(_("会议"), max_length=80, help_text=_("如：提案委员会第三次全体会议"))
    on = models.DateField(_("会议日期"))

    class Meta:
        verbose_name = verbose_name_plural = _("审议单")
        ordering: ClassVar = ["-on", "-id"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("proposals:sheet", args=[self.pk])

    @property
    def state_word(self) -> Any:
        return rules.SHEET_STATES[self.state]


class SheetRow(models.Model):
    """One proposal of a sheet, with what is put to the meeting and, once decided, what it said."""

    sheet = models.ForeignKey(Sheet, models.CASCADE, related_name="rows", verbose_name=_("审议单"))
    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="sheet_rows", verbose_name=_("提案"))
    order = models.PositiveSmallIntegerField(_("次序"), default=0)
    outcome = models.CharField(
        _("审议结果"), max_length=10, choices=[*Review.OUTCOMES, ("send_back", _("退回修改"))], default="file"
    )
    main = models.ForeignKey(
        Proposal, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("并入的提案")
    )
    grounds = models.JSONField(_("理由"), default=list)
    disposition = models.CharField(_("处理方式"), max_length=14, blank=True)
    words = models.CharField(_("给提案者的说明"), max_length=500, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("审议事项")
        ordering: ClassVar = ["sheet", "order", "id"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["sheet", "proposal"], name="sheet_row_once")]

    def __str__(self) -> str:
        return self.proposal.title
