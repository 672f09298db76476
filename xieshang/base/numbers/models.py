"""编号: how far each series of numbers of a unit has come."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from xieshang.base.orgs.models import Organization


class Counter(models.Model):
    """The last number given out in one series, `proposals.number:11-4`."""

    organization = models.ForeignKey(Organization, models.PROTECT, related_name="+", verbose_name=_("单位"))
    series = models.CharField(max_length=60)
    last = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = verbose_name_plural = _("编号")
        constraints: ClassVar = [models.UniqueConstraint(fields=["organization", "series"], name="counter_once")]

    def __str__(self) -> str:
        return f"{self.series} {self.last}"
