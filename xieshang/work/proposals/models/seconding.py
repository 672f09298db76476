"""附议, and long work on many proposals at once."""

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from xieshang.base.files.models import StoredFile
from xieshang.base.orgs.models import Body, Organization
from xieshang.base.people.models import Person
from xieshang.base.workflow.models import Record

from .. import clue_rules
from .writing import USER, Proposal


class Second(Record):
    """附议: a member stands by a proposal that its first proposer opened for it. He is no cosigner.

    A record of its own, so that many may join at once and nobody's open page of the proposal grows stale.
    """

    RECORD = "proposals.second"

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="seconds", verbose_name=_("提案"))
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("附议人"))
    on = models.DateField(_("附议日期"))
    sector = models.ForeignKey(Body, models.PROTECT, null=True, related_name="+", verbose_name=_("界别"))

    class Meta:
        verbose_name = verbose_name_plural = _("附议")
        ordering: ClassVar = ["proposal", "on", "id"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["proposal", "person"], name="second_once")]

    def __str__(self) -> str:
        return self.person.name


class Batch(models.Model):
    """批量办理: one verb for many proposals, each through its own action; long ones by the worker.

    ids     of the proposals, in the order of the list;  failed  [[id, title, why], …]
    """

    WAITING, WORKING, DONE = "waiting", "working", "done"

    organization = models.ForeignKey(Organization, models.PROTECT, related_name="+", verbose_name=_("单位"))
    asked_by = models.ForeignKey(USER, models.PROTECT, related_name="+", verbose_name=_("谁要的"))
    asked_at = models.DateTimeField(_("何时要的"))
    verb = models.CharField(_("办什么"), max_length=12, choices=clue_rules.BATCHES)
    ids = models.JSONField(default=list)
    state = models.CharField(max_length=8, default=WAITING)
    started_at = models.DateTimeField(_("开始时间"), null=True)
    finished_at = models.DateTimeField(_("完成时间"), null=True)
    done = models.PositiveIntegerField(default=0)
    failed = models.JSONField(default=list)
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+", verbose_name=_("文件"))

    class Meta:
        verbose_name = verbose_name_plural = _("批量办理")
        ordering: ClassVar = ["-id"]

    def __str__(self) -> str:
        return f"{self.get_verb_display()} {self.total}"

    @property
    def total(self) -> int:
        return len(self.ids)

    @property
    def under_way(self) -> bool:
        return self.state != self.DONE

    @property
    def title(self) -> Any:
        return self.get_verb_display()
