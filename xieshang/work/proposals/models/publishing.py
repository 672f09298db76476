"""公开: what was decided to be shown to everybody of a proposal."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from xieshang.base.orgs.models import Organization

from .writing import Proposal


class Publication(models.Model):
    """公开: from which day, and whether as it stands or in an abstract. One that was taken back keeps its row, with the day."""

    organization = models.ForeignKey(Organization, models.PROTECT, related_name="+", verbose_name=_("单位"))
    proposal = models.OneToOneField(Proposal, models.PROTECT, related_name="publication", verbose_name=_("提案"))
    on = models.DateField(_("公开日期"))
    abstract = models.TextField(_("摘要"), max_length=2000, blank=True)
    withdrawn_on = models.DateField(_("撤下日期"), null=True)
    changed_at = models.DateTimeField(_("改动时间"))

    class Meta:
        verbose_name = verbose_name_plural = _("公开")
        ordering: ClassVar = ["-on", "-id"]
        indexes: ClassVar = [
            models.Index(fields=["organization", "-on", "-id"], condition=models.Q(withdrawn_on=None), name="publication_open"),
            models.Index(fields=["organization", "-changed_at"], name="publication_changed"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.proposal.title
