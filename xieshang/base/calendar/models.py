"""工作日历: holidays and make-up workdays, editable by the unit."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from xieshang.base.orgs.models import Organization


class SpecialDay(models.Model):
    """A day that is off though a weekday, or worked though a weekend, for a unit and those below it."""

    organization = models.ForeignKey(Organization, models.PROTECT, related_name="+", verbose_name=_("单位"))
    on = models.DateField(_("日期"))
    workday = models.BooleanField(_("上班"), default=False)
    name = models.CharField(_("名称"), max_length=40)

    class Meta:
        verbose_name = verbose_name_plural = _("节假日调整")
        ordering: ClassVar = ["on"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["organization", "on"], name="special_day_once")]

    def __str__(self) -> str:
        return f"{self.on} {self.name}"
