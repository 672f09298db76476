"""优秀提案: a year's selection: what was recommended, what reviewers gave each without seeing each other, and what was decided."""

from typing import Any, ClassVar

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from xieshang.base.workflow.models import Record

from .. import rules
from .writing import USER, Proposal


class Selection(Record):
    """评选. criteria: [[title, weight], …] as they stood when it began, weights sum to 100."""

    RECORD = "proposals.selection"

    year = models.PositiveSmallIntegerField(_("评选年度"))
    criteria = models.JSONField(_("评分标准"), default=list)
    reviewers: Any = models.ManyToManyField(USER, related_name="+", verbose_name=_("评审人"))
    decided_on = models.DateField(_("审定日期"), null=True)

    class Meta:
        verbose_name = verbose_name_plural = _("优秀提案评选")
        ordering: ClassVar = ["-year", "-id"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["organization", "year"], name="selection_once")]

    def __str__(self) -> str:
        return str(_("%(year)s年优秀提案") % {"year": self.year})

    def get_absolute_url(self) -> str:
        return reverse("proposals:selection", args=[self.pk])

    @property
    def state_word(self) -> Any:
        return rules.SELECTION_STATES[self.state]


class Candidate(models.Model):
    """A proposal of a selection. score: the mean of what its reviewers gave, set when scoring is closed; place: 1 is best, equals share it."""

    selection = models.ForeignKey(Selection, models.CASCADE, related_name="candidates", verbose_name=_("评选"))
    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="candidacies", verbose_name=_("提案"))
    who = models.CharField(_("推荐者"), max_length=60)
    words = models.CharField(_("推荐理由"), max_length=300)
    score = models.DecimalField(_("得分"), max_digits=5, decimal_places=2, null=True)
    place = models.PositiveSmallIntegerField(_("名次"), null=True)
    chosen = models.BooleanField(_("评为优秀"), default=False)

    class Meta:
        verbose_name = verbose_name_plural = _("候选提案")
        ordering: ClassVar = ["selection", "place", "id"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["selection", "proposal"], name="candidate_once")]

    def __str__(self) -> str:
        return self.proposal.title


class Score(models.Model):
    """What one reviewer gave one candidate: points 0 to 100 of each criterion, in their order."""

    candidate = models.ForeignKey(Candidate, models.CASCADE, related_name="scores", verbose_name=_("候选提案"))
    reviewer = models.ForeignKey(USER, models.PROTECT, related_name="+", verbose_name=_("评审人"))
    points = models.JSONField(_("各项分数"))
    total = models.DecimalField(_("加权得分"), max_digits=5, decimal_places=2)
    at = models.DateTimeField(_("时间"))

    class Meta:
        verbose_name = verbose_name_plural = _("评分")
        ordering: ClassVar = ["candidate", "id"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["candidate", "reviewer"], name="score_once")]

    def __str__(self) -> str:
        return f"{self.candidate} {self.total}"
