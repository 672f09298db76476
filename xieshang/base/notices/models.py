"""站内通知: what a person is told inside the application."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from xieshang.base.accounts.models import User
from xieshang.base.orgs.models import Organization


class Notice(models.Model):
    """通知: to one account, about one record."""

    organization = models.ForeignKey(Organization, models.PROTECT, verbose_name=_("单位"))
    user = models.ForeignKey(User, models.CASCADE, related_name="notices", verbose_name=_("收件人"))
    text = models.CharField(_("内容"), max_length=200)
    record = models.CharField(_("记录"), max_length=80, blank=True)
    sent_at = models.DateTimeField(_("时间"))
    read_at = models.DateTimeField(_("已读"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("通知")
        ordering: ClassVar = ["-sent_at", "-id"]
        indexes: ClassVar = [models.Index(fields=["user", "read_at"], name="notice_unread")]

    def __str__(self) -> str:
        return self.text
