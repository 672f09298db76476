"""设置: a rule that differs from place to place, with its day of effect and its citation."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from xieshang.base.orgs.models import Organization


class Setting(models.Model):
    """One value of one parameter in one unit, from a day on; units below inherit it. Never changed, only superseded."""

    organization = models.ForeignKey(Organization, models.PROTECT, related_name="+", verbose_name=_("单位"))
    key = models.CharField(_("参数"), max_length=60)
    value = models.JSONField(_("值"))
    effective_from = models.DateField(_("生效日期"))
    citation = models.CharField(_("依据"), max_length=200, blank=True)
    set_at = models.DateTimeField(_("设置时间"))
    set_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("设置人")
    )

    class Meta:
        verbose_name = verbose_name_plural = _("设置")
        ordering: ClassVar = ["organization", "key", "-effective_from", "-id"]
        indexes: ClassVar = [models.Index(fields=["key", "organization", "effective_from"], name="setting_in_force")]

    def __str__(self) -> str:
        return f"{self.organization} {self.key} = {self.value}"
