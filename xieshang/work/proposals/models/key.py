"""重点提案: who named it, the list that the chair's meeting decided, who leads and who supervises, and what was done."""

from typing import Any, ClassVar

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from xieshang.base.orgs.models import Body
from xieshang.base.people.models import Person
from xieshang.base.workflow.models import Record

from .. import rules
from .writing import USER, Proposal


class Nomination(models.Model):
    """推荐重点: by a committee, a handling unit or a member, with why."""

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="nominations", verbose_name=_("提案"))
    body = models.ForeignKey(Body, models.PROTECT, null=True, related_name="+", verbose_name=_("推荐单位"))
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name=_("推荐委员"))
    words = models.CharField(_("推荐理由"), max_length=300)
    at = models.DateTimeField(_("时间"))
    by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+", verbose_name=_("填写人"))

    class Meta:
        verbose_name = verbose_name_plural = _("重点提案推荐")
        ordering: ClassVar = ["proposal", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["proposal", "body", "person"], name="nominated_once", nulls_distinct=False)
        ]

    def __str__(self) -> str:
        return str(self.body or self.person or _("提案委员会办公室"))


class KeyList(Record):
    """重点提案名单: what the chair's meeting has before it, decided once."""

    RECORD = "proposals.key_list"

    title = models.CharField(_("会议"), max_length=80, help_text=_("如：第二十次主席会议"))
    on = models.DateField(_("会议日期"))
    proposals = models.ManyToManyField(Proposal, related_name="key_lists", verbose_name=_("提案"))

    class Meta:
        verbose_name = verbose_name_plural = _("重点提案名单")
        ordering: ClassVar = ["-on", "-id"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("proposals:key_list", args=[self.pk])

    @property
    def state_word(self) -> Any:
        return rules.SHEET_STATES[self.state]


class Lead(models.Model):
    """领办、督办: a leader who takes a key proposal in hand, or who sees to it for the committee."""

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="leads", verbose_name=_("提案"))
    role = models.CharField(_("分工"), max_length=10, choices=rules.LEADS)
    name = models.CharField(_("姓名"), max_length=40)
    duty = models.CharField(_("职务"), max_length=60, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("领办督办领导")
        ordering: ClassVar = ["proposal", "role", "id"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["proposal", "role", "name"], name="lead_once")]

    def __str__(self) -> str:
        return f"{self.name} {self.duty}".strip()


class Supervision(models.Model):
    """督办: the plan (一案一方案), an activity, a commitment of a unit, a leader's instruction, or the report of the result."""

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="supervisions", verbose_name=_("提案"))
    kind = models.CharField(_("种类"), max_length=12, choices=rules.SUPERVISIONS)
    on = models.DateField(_("日期"))
    place = models.CharField(_("地点"), max_length=80, blank=True)
    who = models.CharField(_("参加人、承诺单位或批示领导"), max_length=200, blank=True)
    words = models.CharField(_("内容"), max_length=1000)
    due_on = models.DateField(_("完成期限"), null=True, blank=True)
    at = models.DateTimeField(_("时间"))
    by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+", verbose_name=_("填写人"))

    class Meta:
        verbose_name = verbose_name_plural = _("督办")
        ordering: ClassVar = ["proposal", "on", "id"]

    def __str__(self) -> str:
        return f"{self.on} {self.get_kind_display()}"
