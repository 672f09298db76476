"""涉密: what was locked, by whom, and what the second person decided."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from .writing import USER, Proposal


class Secret(models.Model):
    """涉密待处理: the text of a locked proposal is here and nowhere else, until a second person has it purged or given back.

    was    the state in which it was locked;  sealed  all that held its text, column by column
    """

    PURGED, RELEASED = "purged", "released"
    OUTCOMES: ClassVar = [(PURGED, _("已彻底清除")), (RELEASED, _("不涉密，已恢复"))]

    proposal = models.OneToOneField(Proposal, models.PROTECT, related_name="secret", verbose_name=_("提案"))
    was = models.CharField(max_length=12)
    sealed = models.JSONField(default=dict)
    locked_at = models.DateTimeField(_("锁定时间"))
    locked_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+", verbose_name=_("锁定人"))
    settled_at = models.DateTimeField(_("处理时间"), null=True)
    settled_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+", verbose_name=_("处理人"))
    outcome = models.CharField(_("处理结果"), max_length=8, choices=OUTCOMES, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("涉密处理")
        ordering: ClassVar = ["-locked_at"]

    def __str__(self) -> str:
        return f"{self.proposal_id} {self.get_outcome_display()}"
