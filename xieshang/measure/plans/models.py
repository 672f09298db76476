"""计划、任务: a plan as it was read from a paper, and its targets, which indicators measure."""

import re
from datetime import date
from decimal import Decimal
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from xieshang.base import words
from xieshang.base.files.models import StoredFile
from xieshang.base.orgs.models import Body, Organization
from xieshang.base.workflow.models import Record

from . import pace, rules

JOINED = re.compile(r"^(?:并(?![入购肩轨网列案])|即(?![将时便使日刻]))")


class Paper(models.Model):
    """来稿: a file that was handed in, kept as it is, with its text. It may hold several documents."""

    organization = models.ForeignKey(Organization, models.PROTECT, related_name="+", verbose_name=_("单位"))
    name = models.CharField(_("文件名"), max_length=200)
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", verbose_name=_("文件"))
    text = models.TextField(_("正文"))
    doubtful = models.JSONField(
        _("识别存疑的地方"), default=list, blank=True
    )  # [start, end] in text, recognised from a picture
    kept_at = models.DateTimeField(_("时间"))
    kept_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("上传人")
    )

    class Meta:
        verbose_name = verbose_name_plural = _("来稿")
        ordering: ClassVar = ["-id"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("plans:choose", args=[self.pk])


class Plan(Record):
    """计划: one document of a paper, for one year of one unit."""

    RECORD = "plans.plan"

    title = models.CharField(_("标题"), max_length=200)
    year = models.PositiveSmallIntegerField(_("年度"))
    starts_on = models.DateField(_("起"))
    ends_on = models.DateField(_("止"))
    source = models.CharField(_("来源"), max_length=10, choices=rules.SOURCES, default="own")
    status = models.CharField(_("文稿状态"), max_length=10, choices=rules.STATUSES, default="draft", editable=False)
    meeting = models.CharField(_("会议"), max_length=100, blank=True)
    number = models.CharField(_("文号"), max_length=60, blank=True)
    status_on = models.DateField(_("审定、印发日期"), null=True, blank=True)
    body = models.ForeignKey(Body, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("机构"))
    sender = models.ForeignKey(
        Organization, models.PROTECT, null=True, editable=False, related_name="+", verbose_name=_("分解单位")
    )
    single = models.BooleanField(
        _("一次活动只计一项"), default=False, help_text=_("这份计划里一条记录只计入一项任务，不重复计入几项")
    )
    carries = models.BooleanField(default=False, editable=False, help_text="tasks were carried over into it")
    paper = models.ForeignKey(Paper, models.PROTECT, related_name="plans", verbose_name=_("来稿"))
    document = models.PositiveSmallIntegerField(_("第几份文稿"), default=1)
    start = models.PositiveIntegerField(default=0, editable=False)
    end = models.PositiveIntegerField(default=0, editable=False)
    digest = models.CharField(max_length=64, editable=False, help_text="SHA-256 of the document without white space")

    class Meta:
        verbose_name = verbose_name_plural = _("计划")
        ordering: ClassVar = ["-year", "source", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(ends_on__gte=models.F("starts_on")), name="plan_order"),
            models.UniqueConstraint(
                fields=["organization", "year", "digest"], condition=~models.Q(state="withdrawn"), name="plan_once"
            ),
            models.UniqueConstraint(
                fields=["organization", "sender", "year"],
                condition=models.Q(sender__isnull=False, body=None) & ~models.Q(state="withdrawn"),
                name="plan_handed_once",
            ),
            models.UniqueConstraint(
                fields=["body", "sender", "year"],
                condition=models.Q(sender__isnull=False, body__isnull=False) & ~models.Q(state="withdrawn"),
                name="plan_handed_to_body_once",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["organization", "year", "state"], name="plan_list")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("plans:one", args=[self.pk])

    @property
    def text(self) -> str:
        return self.paper.text[self.start : self.end]

    @property
    def turns(self) -> bool:
        """Do tasks take turns at the records: all of them, or what was carried over and its like?"""
        return self.single or self.carries

    @property
    def doubtful(self) -> list[tuple[int, int]]:
        """Where the text was recognised from a picture and may be wrong, as places in it."""
        spans = [(max(start, self.start), min(end, self.end)) for start, end in self.paper.doubtful]
        return [(start - self.start, end - self.start) for start, end in spans if start < end]

    @property
    def state_word(self) -> str:
        return str(rules.PLAN_STATES[self.state])

    @property
    def receiver(self) -> str:
        """Whom its tasks are for: the body, or the unit."""
        return self.body.name if self.body else self.organization.short_name

    @property
    def status_words(self) -> str:
        """“印发（主席会议，云协发〔2026〕3号，2026-03-02）”."""
        on = self.status_on.isoformat() if self.status_on else ""
        rests = words.clauses((self.meeting, self.number, on))
        return f"{self.get_status_display()}（{rests}）" if rests else self.get_status_display()


class Footing(models.Model):
    """依据: what a plan's status rested on, kept when a later one came: 审定 at a meeting, 印发 under a number, 已调整 by both."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="footings", verbose_name=_("计划"))
    status = models.CharField(_("文稿状态"), max_length=10, choices=rules.STATUSES)
    meeting = models.CharField(_("会议"), max_length=100, blank=True)
    number = models.CharField(_("文号"), max_length=60, blank=True)
    on = models.DateField(_("日期"))
    at = models.DateTimeField(_("时间"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("登记人")
    )

    class Meta:
        verbose_name = verbose_name_plural = _("计划依据")
        ordering: ClassVar = ["plan", "on", "id"]

    def __str__(self) -> str:
        return f"{self.get_status_display()} {self.on}"


class Section(models.Model):
    """标题: one heading of the document's own outline. Offsets count from the document's first character."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="sections", verbose_name=_("计划"))
    order = models.PositiveSmallIntegerField()
    level = models.PositiveSmallIntegerField()
    marker = models.CharField(max_length=20)
    title = models.CharField(max_length=300)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()

    class Meta:
        verbose_name = verbose_name_plural = _("标题")
        ordering: ClassVar = ["plan", "order"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["plan", "order"], name="section_once")]

    def __str__(self) -> str:
        return f"{self.marker}{self.title}"


class Mark(models.Model):
    """标记: what the reader saw in the text besides targets: a hole in the numbering, a blank, something done."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="marks", verbose_name=_("计划"))
    kind = models.CharField(max_length=6, choices=[("gap", _("缺号")), ("blank", _("留空")), ("fact", _("已做的事"))])
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    after = models.CharField(max_length=20, blank=True)
    missing = models.CharField(max_length=20, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("标记")
        ordering: ClassVar = ["plan", "start", "id"]

    def __str__(self) -> str:
        return f"{self.kind} {self.start}–{self.end}"


class Target(Record):
    """任务: something to be done. Quantified ones (量化) have a goal, qualitative ones (定性) are shown by evidence."""

    RECORD = "plans.target"

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="targets", verbose_name=_("计划"))
    section = models.ForeignKey(
        Section, models.SET_NULL, null=True, blank=True, related_name="targets", verbose_name=_("标题")
    )
    order = models.PositiveIntegerField(default=0, editable=False)
    kind = models.CharField(_("任务类别"), max_length=12, choices=rules.KINDS)
    quote = models.CharField(_("原文"), max_length=500)
    start = models.PositiveIntegerField(default=0, editable=False)
    end = models.PositiveIntegerField(default=0, editable=False)
    action = models.CharField(_("动作"), max_length=60, blank=True)
    object = models.CharField(_("对象"), max_length=300, blank=True)
    op = models.CharField(_("要求"), max_length=10, choices=rules.OPS, blank=True)
    value = models.DecimalField(_("目标值"), max_digits=14, decimal_places=2, null=True, blank=True)
    max = models.DecimalField(_("最大值"), max_digits=14, decimal_places=2, null=True, blank=True)
    unit = models.CharField(_("量词"), max_length=12, blank=True)
    period = models.CharField(_("周期"), max_length=12, choices=rules.PERIODS, blank=True)
    per = models.CharField(_("按什么平均"), max_length=12, choices=rules.PERS, blank=True)
    deadline = models.DateField(_("完成时限"), null=True, blank=True)
    starts_on = models.DateField(_("起"), null=True, blank=True)
    ends_on = models.DateField(_("止"), null=True, blank=True)
    months = models.CharField(_("排定月份"), max_length=40, blank=True)
    indicator = models.CharField(_("统计项"), max_length=120, blank=True)
    tied_by = models.CharField(_("关联依据"), max_length=200, blank=True)
    tied_surely = models.BooleanField(default=False, editable=False)
    owner = models.CharField(_("责任人"), max_length=40, blank=True)
    owner_user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("责任人账号")
    )
    lead_leader = models.CharField(_("牵头领导"), max_length=40, blank=True)
    lead_office = models.CharField(_("牵头委室"), max_length=60, blank=True)
    cooperating = models.CharField(_("协作委室及部门"), max_length=200, blank=True)
    sure = models.FloatField(default=0, editable=False)
    rule = models.CharField(max_length=60, blank=True, editable=False)
    finished_on = models.DateField(_("认定完成日期"), null=True, blank=True)
    not_done_on = models.DateField(_("认定未完成日期"), null=True, blank=True)
    made_from = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+", editable=False)
    body = models.ForeignKey(Body, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("机构"))
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, editable=False, related_name="shares", verbose_name=_("分解自")
    )
    weight = models.DecimalField(_("权重"), max_digits=6, decimal_places=2, null=True, editable=False)
    carried_from = models.ForeignKey(
        "self", models.PROTECT, null=True, editable=False, related_name="carried_to", verbose_name=_("结转自")
    )

    class Meta:
        verbose_name = verbose_name_plural = _("任务")
        ordering: ClassVar = ["plan", "order", "id"]
        indexes: ClassVar = [
            models.Index(fields=["plan", "order", "id"], name="target_list"),
            models.Index(fields=["owner_user", "state"], name="target_mine"),
        ]

    def __str__(self) -> str:
        return self.quote

    def get_absolute_url(self) -> str:
        return reverse("plans:target", args=[self.pk])

    @property
    def state_word(self) -> str:
        return str(rules.TARGET_STATES[self.state])

    @property
    def begins(self) -> date:
        return self.starts_on or self.plan.starts_on

    @property
    def finishes(self) -> date:
        return self.ends_on or self.plan.ends_on

    @property
    def month_numbers(self) -> tuple[int, ...]:
        return tuple(int(month) for month in self.months.split(",") if month)

    @property
    def words(self) -> str:
        """The quote as a sentence of its own: without the 并 or 即 that joins it to what stood before."""
        return JOINED.sub("", self.quote)

    @property
    def read_by(self) -> str:
        """Which rule of the reader found it."""
        return rules.said(rules.READ_BY, self.rule)

    @property
    def sure_percent(self) -> int:
        return round(self.sure * 100)

    @property
    def is_doubtful(self) -> bool:
        """Its words were recognised from a picture and may be wrong."""
        return any(low < self.end and self.start < high for low, high in self.plan.doubtful)

    @property
    def is_clear_task(self) -> bool:
        """A task without a figure that may be confirmed together with the others."""
        return self.kind == "qualitative" and not self.is_doubtful

    @property
    def is_sure(self) -> bool:
        """The reading is sure, nothing is missing, and it is surely tied to one indicator."""
        return (
            self.kind == "quantified"
            and self.value is not None
            and self.sure >= rules.SURE
            and self.tied_surely
            and bool(self.indicator)
        )

    @property
    def goal_words(self) -> str:
        """“不少于 4 次”; "" where there is no number."""
        if self.kind != "quantified" or self.value is None:
            return ""
        number = (
            f"{plain(self.value)}—{plain(self.max)}"
            if self.op == "between" and self.max is not None
            else plain(self.value)
        )
        op = "" if self.op == "between" else rules.said(rules.OPS, self.op)
        return f"{op} {number} {self.unit}".strip()


class TargetVersion(models.Model):
    """旧版本: how a target stood until `at`, when `by` changed it for `reason`."""

    target = models.ForeignKey(Target, models.CASCADE, related_name="versions", verbose_name=_("任务"))
    version = models.PositiveIntegerField(_("版本"))
    said = models.JSONField(_("原内容"))
    at = models.DateTimeField(_("调整时间"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("调整人")
    )
    reason = models.CharField(_("理由"), max_length=500)

    class Meta:
        verbose_name = verbose_name_plural = _("任务旧版本")
        ordering: ClassVar = ["target", "-version"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["target", "version"], name="target_version_once")]

    def __str__(self) -> str:
        return f"{self.target_id} v{self.version}"


class Revision(Record):
    """修订: a revised document beside the plan it changes, being paired item by item, then applied in one step."""

    RECORD = "plans.revision"

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="revisions", verbose_name=_("计划"))
    paper = models.ForeignKey(Paper, models.PROTECT, related_name="+", verbose_name=_("修订稿"))
    document = models.PositiveSmallIntegerField(_("第几份文稿"), default=1)
    old_paper = models.ForeignKey(Paper, models.PROTECT, related_name="+", verbose_name=_("原稿"))
    old_document = models.PositiveSmallIntegerField(_("原稿第几份"), default=1)
    basis = models.CharField(_("依据"), max_length=100, blank=True)
    number = models.CharField(_("文号"), max_length=60, blank=True)
    effective_on = models.DateField(_("生效日"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("修订")
        ordering: ClassVar = ["plan", "-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["plan"], condition=models.Q(state="pairing"), name="revision_one_open"),
        ]

    def __str__(self) -> str:
        return self.paper.name

    def get_absolute_url(self) -> str:
        return reverse("plans:revision", args=[self.pk])


class Pair(models.Model):
    """配对: items of the old document and the item of the new one that stands in their place; one side may be empty."""

    revision = models.ForeignKey(Revision, models.CASCADE, related_name="pairs", verbose_name=_("修订"))
    order = models.PositiveIntegerField()
    olds = models.ManyToManyField(Target, related_name="+", verbose_name=_("原任务"))
    said = models.JSONField(_("新内容"), null=True)
    kind = models.CharField(_("变动"), max_length=8, choices=rules.CHANGES)
    sure = models.BooleanField(default=True)
    take = models.CharField(_("采用"), max_length=4, choices=rules.TAKES, default="new")
    made = models.ForeignKey(Target, models.PROTECT, null=True, related_name="+", verbose_name=_("新增的任务"))

    class Meta:
        verbose_name = verbose_name_plural = _("配对")
        ordering: ClassVar = ["revision", "order", "id"]

    def __str__(self) -> str:
        return f"{self.kind} {self.order}"


class ProgressLine(models.Model):
    """进展: what was done up to a day, in a sentence; why it is late and what comes next; a figure where nothing counts it."""

    target = models.ForeignKey(Target, models.CASCADE, related_name="progress", verbose_name=_("任务"))
    on = models.DateField(_("截至"))
    text = models.CharField(_("进展"), max_length=500)
    reason = models.CharField(_("未完成原因"), max_length=300, blank=True)
    next_step = models.CharField(_("下一步"), max_length=300, blank=True)
    figure = models.DecimalField(_("人工填报的数"), max_digits=14, decimal_places=2, null=True, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("填报人")
    )
    at = models.DateTimeField(_("时间"))

    class Meta:
        verbose_name = verbose_name_plural = _("进展")
        ordering: ClassVar = ["target", "-on", "-id"]

    def __str__(self) -> str:
        return self.text


def plain(number: Decimal | None) -> str:
    """A number without needless zeros, nothing for none: 4.00 → “4”."""
    return "" if number is None else pace.number(number)
