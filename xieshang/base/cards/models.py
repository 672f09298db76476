"""看板卡片: a figure that somebody wants to see again, on his own home and under 查数."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from xieshang.base.accounts.models import User
from xieshang.base.orgs.models import Organization


class Card(models.Model):
    """What was asked. Without `start` it goes with the year: from its first day to today. `who` says what it is narrowed to."""

    user = models.ForeignKey(User, models.CASCADE, related_name="cards", verbose_name=_("账号"))
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="+", verbose_name=_("单位"))
    indicator = models.CharField(_("统计项代码"), max_length=120)
    start = models.DateField(_("起"), null=True)
    end = models.DateField(_("止"), null=True)
    body = models.BigIntegerField(null=True)
    sector = models.BigIntegerField(null=True)
    person = models.BigIntegerField(null=True)
    members_of = models.BigIntegerField(null=True)
    children = models.BooleanField(_("汇总"), default=False)
    who = models.CharField(_("范围"), max_length=120, blank=True)
    kept_at = models.DateTimeField(_("存入时间"))

    class Meta:
        verbose_name = verbose_name_plural = _("看板卡片")
        ordering: ClassVar = ["id"]

    def __str__(self) -> str:
        return f"{self.indicator} {self.who}".strip()
