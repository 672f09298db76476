"""What every record (记录) has."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Record(models.Model):
    """记录: belongs to one unit, has a state and a version; every write goes through an action.

    RECORD names the kind, `room.thing`; a record's address in ledger, audit and notices is `room.thing:id`.
    """

    RECORD: ClassVar[str] = ""

    organization = models.ForeignKey("orgs.Organization", models.PROTECT, related_name="+", verbose_name=_("单位"))
    state = models.CharField(_("状态"), max_length=16, editable=False)
    version = models.PositiveIntegerField(_("版本"), default=0, editable=False)
    created_at = models.DateTimeField(_("登记时间"), editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False, verbose_name=_("登记人")
    )
    saved_at = models.DateTimeField(_("保存时间"), editable=False)
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False, verbose_name=_("保存人")
    )

    class Meta:
        abstract = True

    @property
    def ref(self) -> str:
        return f"{self.RECORD}:{self.pk}"
