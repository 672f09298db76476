"""报送: one period of one unit as it was told to the unit above, and the figures as they stood at that moment."""

from typing import Any, ClassVar

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from xieshang.base.orgs.models import Organization
from xieshang.base.workflow.models import Record

from . import rules, words


class Submission(Record):
    """报送. `round`: how many times it was sent; each time has lines of its own, and those of before stay."""

    RECORD = "submissions.submission"

    to = models.ForeignKey(Organization, models.PROTECT, related_name="+", verbose_name=_("报送给"))
    start = models.DateField(_("起"))
    end = models.DateField(_("止"))
    round = models.PositiveSmallIntegerField(_("第几次"), default=0)
    note = models.CharField(_("说明"), max_length=300, blank=True)
    sent_at = models.DateTimeField(_("报送时间"))
    answer = models.CharField(_("退回理由"), max_length=300, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("报送")
        ordering: ClassVar = ["-start", "organization", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organization", "start", "end"], name="submission_once"),
            models.CheckConstraint(condition=models.Q(end__gte=models.F("start")), name="submission_period"),
        ]

    def __str__(self) -> str:
        return f"{self.organization.short_name} {words.period(self.start, self.end)}"

    def get_absolute_url(self) -> str:
        return reverse("submissions:one", args=[self.pk])

    @property
    def period(self) -> str:
        return words.period(self.start, self.end)

    @property
    def state_word(self) -> Any:
        return rules.STATES[self.state]


class Line(models.Model):
    """报送的数: an indicator with its figure at the moment it was sent. Written once."""

    submission = models.ForeignKey(Submission, models.PROTECT, related_name="lines", verbose_name=_("报送"))
    round = models.PositiveSmallIntegerField(_("第几次"))
    order = models.PositiveSmallIntegerField(_("次序"))
    indicator = models.CharField(_("统计项"), max_length=80)
    name = models.CharField(_("名称"), max_length=80)
    unit = models.CharField(_("量词"), max_length=12)
    value = models.DecimalField(_("数"), max_digits=20, decimal_places=4, null=True)
    facts = models.PositiveIntegerField(_("明细条数"))

    class Meta:
        verbose_name = verbose_name_plural = _("报送的数")
        ordering: ClassVar = ["submission", "round", "order"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["submission", "round", "indicator"], name="submission_line_once")
        ]

    def __str__(self) -> str:
        return self.name


class Wanted(models.Model):
    """要报送的统计项: what a unit wants to be told by those below it."""

    organization = models.ForeignKey(Organization, models.PROTECT, related_name="+", verbose_name=_("单位"))
    indicator = models.CharField(_("统计项"), max_length=80)
    order = models.PositiveSmallIntegerField(_("次序"))

    class Meta:
        verbose_name = verbose_name_plural = _("要报送的统计项")
        ordering: ClassVar = ["organization", "order"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["organization", "indicator"], name="wanted_once")]

    def __str__(self) -> str:
        return self.indicator
