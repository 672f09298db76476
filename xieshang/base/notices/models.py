"""站内通知: what a person is told inside the application, and whether it reached him."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from xieshang.base.accounts.models import User
from xieshang.base.orgs.models import Organization
from xieshang.base.people.models import Person


class Notice(models.Model):
    """通知: to one account or one person, about one record. It is delivered when it was read, or when somebody telephoned."""

    organization = models.ForeignKey(Organization, models.PROTECT, verbose_name=_("单位"))
    user = models.ForeignKey(User, models.CASCADE, null=True, related_name="notices", verbose_name=_("收件人"))
    person = models.ForeignKey(
        Person, models.PROTECT, null=True, db_index=False, related_name="notices", verbose_name=_("人员")
    )
    text = models.CharField(_("内容"), max_length=200)
    record = models.CharField(_("记录"), max_length=80, blank=True)
    sent_at = models.DateTimeField(_("时间"))
    read_at = models.DateTimeField(_("已读"), null=True, blank=True)
    delivered_at = models.DateTimeField(_("送达时间"), null=True, blank=True)
    delivered_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("通知人"))

    class Meta:
        verbose_name = verbose_name_plural = _("通知")
        ordering: ClassVar = ["-sent_at", "-id"]
        indexes: ClassVar = [
            models.Index(fields=["user", "read_at"], name="notice_unread"),
            models.Index(
                fields=["organization", "sent_at"],
                condition=models.Q(person__isnull=False, read_at=None, delivered_at=None),
                name="notice_undelivered",
            ),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(user__isnull=False) | models.Q(person__isnull=False), name="notice_to_somebody"
            )
        ]

    def __str__(self) -> str:
        return self.text
