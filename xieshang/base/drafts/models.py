"""草稿: what somebody has typed and not yet sent; one for each form that was opened, whichever room the form belongs to."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from xieshang.base.accounts.models import User
from xieshang.base.orgs.models import Organization


class Draft(models.Model):
    """草稿.

    room, key  whose form, and which: `activities` and `activities.new`, `registers` and `registers.edit.12`
    client_id  made in the browser; the record that the form becomes carries the same
    typed      {"title": the title as typed, "values": {name: [what was typed, …]}}
    """

    organization = models.ForeignKey(Organization, models.PROTECT, related_name="+", verbose_name=_("单位"))
    user = models.ForeignKey(User, models.CASCADE, related_name="drafts", verbose_name=_("填写人"))
    room = models.CharField(max_length=20)
    key = models.CharField(max_length=60)
    client_id = models.UUIDField(unique=True)
    typed = models.JSONField(_("内容"), default=dict)
    saved_at = models.DateTimeField(_("保存时间"))

    class Meta:
        verbose_name = verbose_name_plural = _("草稿")
        ordering: ClassVar = ["-saved_at", "-id"]
        indexes: ClassVar = [models.Index(fields=["user", "room", "key"], name="draft_mine")]

    def __str__(self) -> str:
        return str(self.typed.get("title", ""))

    @property
    def values(self) -> dict[str, list[str]]:
        """Name → what was typed."""
        found: dict[str, list[str]] = self.typed.get("values", {})
        return found
