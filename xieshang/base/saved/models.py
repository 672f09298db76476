"""常用筛选: a list as somebody narrowed it, under a name of his own; one of them may be how the list opens for him."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from xieshang.base.accounts.models import User
from xieshang.base.orgs.models import Organization


class View(models.Model):
    """One saved view. `page`: which list, as its room has declared it; `query`: what stands behind the question mark."""

    user = models.ForeignKey(User, models.CASCADE, related_name="views", verbose_name=_("账号"))
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="+", verbose_name=_("单位"))
    page = models.CharField(max_length=40)
    name = models.CharField(_("名称"), max_length=20)
    query = models.CharField(max_length=500, blank=True)
    is_default = models.BooleanField(_("打开时就用它"), default=False)

    class Meta:
        verbose_name = verbose_name_plural = _("常用筛选")
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["user", "organization", "page", "name"], name="view_name_once"),
            models.UniqueConstraint(
                fields=["user", "organization", "page"], condition=models.Q(is_default=True), name="view_default_once"
            ),
        ]

    def __str__(self) -> str:
        return self.name
