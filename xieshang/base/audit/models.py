"""审计: one entry for each write, in its transaction; a sealer links committed entries into one chain for each unit."""

import uuid
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from xieshang.base.orgs.models import Organization


class Entry(models.Model):
    """审计条目. Written once; its digest covers all that stands here."""

    uid = models.UUIDField(default=uuid.uuid4, editable=False)
    organization = models.ForeignKey(Organization, models.PROTECT, null=True, related_name="+", verbose_name=_("单位"))
    at = models.DateTimeField(_("时间"))
    actor = models.CharField(_("操作人"), max_length=80)
    actor_id = models.BigIntegerField(null=True)
    verb = models.CharField(_("动作"), max_length=60)
    record = models.CharField(_("记录"), max_length=80, blank=True)
    version = models.PositiveIntegerField(_("版本"), default=0)
    reason = models.CharField(_("理由"), max_length=500, blank=True)
    detail = models.JSONField(_("改动"), default=dict)
    facts = models.PositiveIntegerField(_("数据明细条数"), default=0)
    facts_digest = models.CharField(max_length=64, blank=True)
    digest = models.CharField(max_length=64, editable=False)

    class Meta:
        db_table = "audit_entry"
        verbose_name = verbose_name_plural = _("审计条目")
        ordering: ClassVar = ["-id"]
        indexes: ClassVar = [
            models.Index(fields=["record", "version"], name="audit_record"),
            models.Index(fields=["organization", "at"], name="audit_org_at"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.actor} {self.verb} {self.record}"


class Seal(models.Model):
    """封存: one link of a unit's chain, over a batch of entries."""

    organization = models.ForeignKey(Organization, models.PROTECT, null=True, related_name="+", verbose_name=_("单位"))
    number = models.PositiveIntegerField(_("序号"))
    sealed_at = models.DateTimeField(_("时间"))
    previous = models.CharField(max_length=64, blank=True)
    digest = models.CharField(max_length=64)
    entries = models.JSONField(help_text="[id, digest] of each entry, in order of id")

    class Meta:
        db_table = "audit_seal"
        verbose_name = verbose_name_plural = _("封存")
        ordering: ClassVar = ["organization", "number"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["organization", "number"], name="seal_once")]

    def __str__(self) -> str:
        return f"{self.organization_id}/{self.number}"


class Sealed(models.Model):
    """How far the sealer has come in each unit: entries above this id wait."""

    entry = models.BigIntegerField(primary_key=True)

    class Meta:
        db_table = "audit_sealed"

    def __str__(self) -> str:
        return str(self.entry)
