"""叫法: the grounds, categories and classes of a unit."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from xieshang.base.orgs.models import Organization

from ..schemes import KINDS


class Term(models.Model):
    """A ground, a category or a class as a unit has it from a day on; units below inherit it. Never changed, only superseded.

    meaning  the usual disposition of a ground; as what a class is counted (its bucket)
    offered  False: from this day on it is chosen no more; what has it keeps it and its word
    """

    organization = models.ForeignKey(Organization, models.PROTECT, related_name="+", verbose_name=_("单位"))
    kind = models.CharField(_("种类"), max_length=8, choices=KINDS)
    code = models.CharField(_("代码"), max_length=12)
    title = models.CharField(_("名称"), max_length=60)
    meaning = models.CharField(_("含义"), max_length=14, blank=True)
    local = models.BooleanField(_("本地加列"), default=False)
    order = models.PositiveSmallIntegerField(_("次序"), default=0)
    source = models.CharField(_("依据"), max_length=200)
    since = models.DateField(_("生效日期"))
    offered = models.BooleanField(_("可选"), default=True)
    set_at = models.DateTimeField(_("设置时间"))
    set_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("设置人")
    )

    class Meta:
        verbose_name = verbose_name_plural = _("提案的叫法")
        ordering: ClassVar = ["organization", "kind", "-since", "-id"]
        indexes: ClassVar = [models.Index(fields=["organization", "kind", "since"], name="proposal_term")]

    def __str__(self) -> str:
        return self.title
