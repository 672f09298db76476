"""签批: a step that waits for a leader's word, here or on paper. 代办: what staff did for a person who has no account."""

import json
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from xieshang.base.files.models import Attachment
from xieshang.base.orgs.models import Organization
from xieshang.base.people.models import Person
from xieshang.base.people.secret import EncryptedField
from xieshang.base.workflow.models import Record

from . import rules


class Approval(Record):
    """签批: what is asked for, of which record, who said what on which day, and who entered it on which day."""

    RECORD = "paperwork.approval"

    step = models.CharField(_("事项"), max_length=60)
    record = models.CharField(_("记录"), max_length=80, blank=True, db_index=True)
    of_version = models.PositiveIntegerField(default=0)  # of the record, when it was asked for; 0: it is not there yet
    title = models.CharField(_("内容"), max_length=200)
    why = models.CharField(_("送签理由"), max_length=500, blank=True)
    signer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("签批人账号")
    )
    signed_by = models.CharField(_("签批人"), max_length=80, blank=True)
    signed_on = models.DateField(_("签批日期"), null=True)
    opinion = models.CharField(_("意见"), max_length=500, blank=True)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("录入人")
    )
    entered_at = models.DateTimeField(_("录入日期"), null=True)
    scan = models.ForeignKey(Attachment, models.PROTECT, null=True, related_name="+", verbose_name=_("扫描件"))

    class Meta:
        verbose_name = verbose_name_plural = _("签批")
        ordering: ClassVar = ["-id"]
        indexes: ClassVar = [models.Index(fields=["organization", "state"], name="approval_waiting")]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organization", "record", "step"], condition=models.Q(state="asked") & ~models.Q(record=""), name="approval_once"
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("approvals:one", args=[self.pk])

    @property
    def of_pk(self) -> int:
        """Id of the record it is of; 0 while that is not there yet."""
        return int(self.record.partition(":")[2] or 0)

    @property
    def on_paper(self) -> bool:
        return self.entered_by_id is not None

    @property
    def state_word(self) -> str:
        return str(rules.STATES[self.state])


class Typed(models.Model):
    """What was typed and waits for the approval (a late entry); emptied as soon as it is a record or a draft again."""

    approval = models.OneToOneField(Approval, models.CASCADE, related_name="typed")
    key = models.CharField(max_length=60)
    client_id = models.UUIDField(null=True, unique=True)
    values = models.JSONField(default=dict)
    sealed = EncryptedField(blank=True, default="", help_text="what of it is private, as JSON")

    class Meta:
        verbose_name = verbose_name_plural = _("待签批的内容")

    def __str__(self) -> str:
        return self.key

    @property
    def whole(self) -> dict[str, list[str]]:
        """All that was typed."""
        return {**self.values, **(json.loads(self.sealed) if self.sealed else {})}


class Acting(models.Model):
    """代办: staff did this for a person; how he asked for it, and when."""

    organization = models.ForeignKey(Organization, models.PROTECT, related_name="+", verbose_name=_("单位"))
    person = models.ForeignKey(Person, models.PROTECT, related_name="acted_for", verbose_name=_("本人"))
    verb = models.CharField(_("事项"), max_length=60)
    record = models.CharField(_("记录"), max_length=80, blank=True)
    how = models.CharField(_("交代方式"), max_length=8, choices=rules.HOW)
    asked_on = models.DateField(_("交代日期"))
    scan = models.ForeignKey(Attachment, models.PROTECT, null=True, related_name="+", verbose_name=_("扫描件"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("代办人"))
    at = models.DateTimeField(_("办理时间"))

    class Meta:
        verbose_name = verbose_name_plural = _("代办")
        ordering: ClassVar = ["-at", "-id"]
        indexes: ClassVar = [models.Index(fields=["record"], name="acting_record")]

    def __str__(self) -> str:
        return f"{self.person} · {self.verb}"
