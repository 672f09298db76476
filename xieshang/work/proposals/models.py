"""提案: a proposal with its proposers, its text at each step, its reviews, its assignments to units, and what the proposers said of the result."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from xieshang.base.orgs.models import Body, Session, System
from xieshang.base.people.models import Person
from xieshang.base.workflow.models import Record

from . import rules

USER = settings.AUTH_USER_MODEL


class Proposal(Record):
    """提案.

    session    the plenary to whose numbers it belongs;  kind  大会 or 平时
    first      第一提案人; of a collective one the `body` proposes and the clerk writes
    intake     流水号, given on sending and never again;  number  提案号, given on filing
    main       the proposal into which it was merged
    round      of handling: 2 after the committee agreed that the first did not do
    """

    RECORD = "proposals.proposal"

    session = models.ForeignKey(
        Session, models.PROTECT, null=True, related_name="+", editable=False, verbose_name=_("全体会议")
    )
    kind = models.CharField(_("类型"), max_length=8, choices=rules.KINDS, blank=True, editable=False)
    proposer = models.CharField(_("提案者"), max_length=10, choices=rules.PROPOSERS, default=rules.MEMBER)
    first = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("第一提案人")
    )
    body = models.ForeignKey(Body, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("提案单位"))
    title = models.CharField(_("案由"), max_length=80, help_text=_("一事一案，写成“关于……的提案”"))
    situation = models.TextField(_("情况"), max_length=3000, blank=True)
    analysis = models.TextField(_("分析"), max_length=3000, blank=True)
    advice = models.TextField(_("建议"), max_length=3000, blank=True)
    wanted = models.ManyToManyField(Body, blank=True, related_name="+", verbose_name=_("建议承办单位"))
    open_text = models.BooleanField(_("同意公开"), default=True)
    closed_reason = models.CharField(_("不同意公开的理由"), max_length=200, blank=True)
    client_id = models.UUIDField(null=True, unique=True, editable=False)

    intake = models.PositiveIntegerField(_("流水号"), null=True, editable=False)
    submitted_at = models.DateTimeField(_("提交时间"), null=True, editable=False)
    submitted_on = models.DateField(_("提交日期"), null=True, editable=False)
    category = models.CharField(_("类别"), max_length=12, choices=rules.CATEGORIES, blank=True)
    first_reviewer = models.ForeignKey(
        USER, models.PROTECT, null=True, related_name="+", editable=False, verbose_name=_("初审人")
    )
    decided_on = models.DateField(_("审查日期"), null=True, editable=False)
    number = models.PositiveIntegerField(_("提案号"), null=True, editable=False)
    main = models.ForeignKey("self", models.PROTECT, null=True, related_name="merged", verbose_name=_("并入的提案"))
    grounds = models.JSONField(_("不予立案的理由"), default=list, editable=False)
    disposition = models.CharField(max_length=14, blank=True, editable=False)
    told = models.CharField(_("给提案者的说明"), max_length=500, blank=True, editable=False)
    system = models.CharField(_("交办系统"), max_length=16, choices=System, blank=True, editable=False)
    round = models.PositiveSmallIntegerField(_("第几轮办理"), default=1, editable=False)
    result = models.CharField(_("办理类别"), max_length=1, choices=rules.CLASSES, blank=True, editable=False)
    replied_on = models.DateField(_("答复日期"), null=True, editable=False)
    rate_by = models.DateField(_("反馈期限"), null=True, editable=False)
    key_on = models.DateField(_("列为重点的日期"), null=True, editable=False)
    closed_on = models.DateField(_("办结日期"), null=True, editable=False)
    promise_on = models.DateField(_("回头看的日期"), null=True, editable=False)
    published = models.BooleanField(_("已公开"), default=False, editable=False)

    class Meta:
        verbose_name = verbose_name_plural = _("提案")
        ordering: ClassVar = ["-submitted_at", "-id"]
        indexes: ClassVar = [
            models.Index(fields=["organization", "state", "submitted_on"], name="proposal_state"),
            models.Index(fields=["organization", "first"], name="proposal_first"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organization", "session", "intake"], name="proposal_intake_once"),
            models.UniqueConstraint(fields=["organization", "session", "number"], name="proposal_number_once"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("proposals:one", args=[self.pk])

    @property
    def state_word(self) -> Any:
        return rules.STATES[self.state]

    @property
    def collective(self) -> bool:
        return self.proposer in rules.COLLECTIVE

    @property
    def name(self) -> str:
        """第 12 号, or its intake number before it is filed."""
        if self.number:
            return gettext("第 %(n)d 号") % {"n": self.number}
        return gettext("流水号 %(n)d") % {"n": self.intake} if self.intake else gettext("草稿")

    @property
    def step(self) -> str:
        """Where it stands on the step bar; "" for one that has left it."""
        return "" if self.state in rules.ENDED else rules.STEP_OF.get(self.state, self.state)


class Signature(models.Model):
    """会签: a proposer, in their order. The first proposer is the first of them and has signed by sending."""

    ASKED, SIGNED, REFUSED, EXPIRED, DROPPED = "asked", "signed", "refused", "expired", "dropped"
    ANSWERS: ClassVar = [
        (ASKED, _("待会签")), (SIGNED, _("同意会签")), (REFUSED, _("谢绝会签")), (EXPIRED, _("已过期")), (DROPPED, _("已撤下")),
    ]  # fmt: skip

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="signatures", verbose_name=_("提案"))
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("委员"))
    order = models.PositiveSmallIntegerField(_("次序"), default=0)
    state = models.CharField(_("会签"), max_length=8, choices=ANSWERS, default=ASKED)
    asked_at = models.DateTimeField(_("邀请时间"))
    until = models.DateTimeField(_("请于此前答复"), null=True)
    answered_at = models.DateTimeField(_("答复时间"), null=True)
    note = models.CharField(_("附言"), max_length=200, blank=True)
    sector = models.ForeignKey(Body, models.PROTECT, null=True, related_name="+", verbose_name=_("界别"))

    class Meta:
        verbose_name = verbose_name_plural = _("会签")
        ordering: ClassVar = ["proposal", "order", "id"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["proposal", "person"], name="signature_once")]

    def __str__(self) -> str:
        return self.person.name


class Text(models.Model):
    """The text as it stood when something was done with it."""

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="texts", verbose_name=_("提案"))
    verb = models.CharField(max_length=16)
    at = models.DateTimeField(_("时间"))
    by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+", verbose_name=_("经办人"))
    title = models.CharField(_("案由"), max_length=80)
    situation = models.TextField(_("情况"), blank=True)
    analysis = models.TextField(_("分析"), blank=True)
    advice = models.TextField(_("建议"), blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("历次文本")
        ordering: ClassVar = ["proposal", "id"]

    def __str__(self) -> str:
        return self.title


class Review(models.Model):
    """审查意见: what the first and the second reviewer proposed to the committee."""

    FIRST, SECOND = "first", "second"
    STAGES: ClassVar = [(FIRST, _("初审")), (SECOND, _("复审"))]
    OUTCOMES: ClassVar = [("file", _("立案")), ("merge", _("并案")), ("turn_down", _("不予立案"))]

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="reviews", verbose_name=_("提案"))
    stage = models.CharField(_("环节"), max_length=8, choices=STAGES)
    at = models.DateTimeField(_("时间"))
    by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+", verbose_name=_("审查人"))
    outcome = models.CharField(_("建议"), max_length=10, choices=OUTCOMES)
    category = models.CharField(_("类别"), max_length=12, choices=rules.CATEGORIES, blank=True)
    system = models.CharField(_("交办系统"), max_length=16, choices=System, blank=True)
    main = models.ForeignKey(Proposal, models.PROTECT, null=True, related_name="+", verbose_name=_("并入的提案"))
    grounds = models.JSONField(_("理由"), default=list)
    words = models.CharField(_("说明"), max_length=500, blank=True)
    units = models.ManyToManyField(Body, related_name="+", verbose_name=_("建议承办单位"))

    class Meta:
        verbose_name = verbose_name_plural = _("审查意见")
        ordering: ClassVar = ["proposal", "id"]

    def __str__(self) -> str:
        return f"{self.get_stage_display()} {self.get_outcome_display()}"


class Sheet(Record):
    """审议单: what the committee's meeting has before it, decided once."""

    RECORD = "proposals.sheet"

    title = models.CharField(_("会议"), max_length=80, help_text=_("如：提案委员会第三次全体会议"))
    on = models.DateField(_("会议日期"))

    class Meta:
        verbose_name = verbose_name_plural = _("审议单")
        ordering: ClassVar = ["-on", "-id"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("proposals:sheet", args=[self.pk])

    @property
    def state_word(self) -> Any:
        return rules.SHEET_STATES[self.state]


class SheetRow(models.Model):
    """One proposal of a sheet, with what is put to the meeting and, once decided, what it said."""

    sheet = models.ForeignKey(Sheet, models.CASCADE, related_name="rows", verbose_name=_("审议单"))
    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="sheet_rows", verbose_name=_("提案"))
    order = models.PositiveSmallIntegerField(_("次序"), default=0)
    outcome = models.CharField(
        _("审议结果"), max_length=10, choices=[*Review.OUTCOMES, ("send_back", _("退回修改"))], default="file"
    )
    main = models.ForeignKey(
        Proposal, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("并入的提案")
    )
    grounds = models.JSONField(_("理由"), default=list)
    disposition = models.CharField(_("处理方式"), max_length=14, blank=True)
    words = models.CharField(_("给提案者的说明"), max_length=500, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("审议事项")
        ordering: ClassVar = ["sheet", "order", "id"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["sheet", "proposal"], name="sheet_row_once")]

    def __str__(self) -> str:
        return self.proposal.title


class Assignment(Record):
    """交办: one proposal at one handling unit, in one round."""

    RECORD = "proposals.assignment"

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="assignments", verbose_name=_("提案"))
    unit = models.ForeignKey(Body, models.PROTECT, related_name="+", verbose_name=_("承办单位"))
    office = models.ForeignKey(Body, models.PROTECT, null=True, related_name="+", verbose_name=_("交办机构"))
    role = models.CharField(_("办理方式"), max_length=6, choices=rules.ROLES)
    round = models.PositiveSmallIntegerField(_("第几轮"), default=1)
    assigned_on = models.DateField(_("交办日期"))
    object_by = models.DateField(_("退件期限"))
    contact_by = models.DateField(_("联系委员期限"))
    due_on = models.DateField(_("办理期限"))
    signed_on = models.DateField(_("签收日期"), null=True)
    section = models.CharField(_("承办科室"), max_length=40, blank=True)
    officer = models.CharField(_("具体经办"), max_length=40, blank=True)
    leader = models.CharField(_("分管领导"), max_length=40, blank=True)
    objection = models.CharField(_("退件理由"), max_length=300, blank=True)
    objected_on = models.DateField(_("申请退件日期"), null=True, editable=False)
    longer_to = models.DateField(_("申请延至"), null=True)
    longer = models.CharField(_("延期理由"), max_length=300, blank=True)
    opinion = models.TextField(_("会办意见"), max_length=3000, blank=True)
    reply = models.TextField(_("答复正文"), max_length=8000, blank=True)
    paper = models.CharField(_("文号"), max_length=40, blank=True)
    result = models.CharField(_("办理类别"), max_length=1, choices=rules.CLASSES, blank=True)
    contact = models.CharField(_("联系人"), max_length=40, blank=True)
    telephone = models.CharField(_("联系电话"), max_length=30, blank=True, help_text=_("办公电话，印在答复上"))
    publicity = models.CharField(_("公开属性"), max_length=10, choices=rules.PUBLICITY, blank=True)
    signer = models.CharField(_("签发人"), max_length=40, blank=True)
    sent_on = models.DateField(_("报审日期"), null=True)
    delivered_on = models.DateField(_("答复日期"), null=True)
    late_on = models.DateField(_("逾期日期"), null=True, editable=False)
    original_text = models.TextField(_("盖章原件的文字"), blank=True, editable=False)

    class Meta:
        verbose_name = verbose_name_plural = _("交办")
        ordering: ClassVar = ["proposal", "round", "id"]
        indexes: ClassVar = [
            models.Index(fields=["unit", "state", "due_on"], name="assignment_unit"),
            models.Index(fields=["organization", "due_on"], condition=models.Q(state__in=rules.OPEN), name="assignment_open"),
            models.Index(fields=["organization", "delivered_on"], name="assignment_delivered"),
        ]  # fmt: skip
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["proposal", "unit", "round"],
                condition=~models.Q(state=rules.TAKEN_BACK),
                name="assignment_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.unit} · {self.get_role_display()}"

    def get_absolute_url(self) -> str:
        return reverse("proposals:assignment", args=[self.pk])

    @property
    def state_word(self) -> Any:
        return rules.ASSIGNMENT_STATES[self.state]

    @property
    def replies(self) -> bool:
        """It owes a reply of its own; a co-handler owes an opinion to the host."""
        return self.role != rules.CO


class Reminder(models.Model):
    """提醒: what was sent of one limit, so that it is sent once. A new limit is reminded of anew."""

    assignment = models.ForeignKey(Assignment, models.CASCADE, related_name="reminders", verbose_name=_("交办"))
    due_on = models.DateField(_("办理期限"))
    left = models.SmallIntegerField(_("提前几天"))
    at = models.DateTimeField(_("时间"))

    class Meta:
        verbose_name = verbose_name_plural = _("提醒")
        ordering: ClassVar = ["assignment", "id"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["assignment", "due_on", "left"], name="reminder_once")]

    def __str__(self) -> str:
        return f"{self.due_on} {self.left:+d}"


class Contact(models.Model):
    """面商: how and when the unit spoke with the proposer before it replied."""

    assignment = models.ForeignKey(Assignment, models.CASCADE, related_name="contacts", verbose_name=_("交办"))
    on = models.DateField(_("日期"))
    way = models.CharField(_("方式"), max_length=8, choices=rules.WAYS)
    who = models.CharField(_("参加人"), max_length=120)
    words = models.CharField(_("内容"), max_length=500)
    at = models.DateTimeField(_("时间"))
    by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+", verbose_name=_("经办人"))

    class Meta:
        verbose_name = verbose_name_plural = _("面商记录")
        ordering: ClassVar = ["assignment", "on", "id"]

    def __str__(self) -> str:
        return f"{self.on} {self.get_way_display()}"


class Rating(models.Model):
    """征询意见: what one proposer said of the handling, in one round. No row: 未反馈, which is never 满意."""

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="ratings", verbose_name=_("提案"))
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name=_("委员"))
    round = models.PositiveSmallIntegerField(_("第几轮"), default=1)
    visited = models.CharField(_("走访情况"), max_length=10, choices=rules.VISITED)
    way = models.CharField(_("听取意见方式"), max_length=8, choices=rules.WAYS, blank=True)
    attitude = models.CharField(_("办理态度"), max_length=14, choices=rules.ATTITUDES)
    aim = models.CharField(_("答复是否针对提案"), max_length=10, choices=rules.AIMS)
    result = models.CharField(_("办理结果"), max_length=12, choices=rules.RESULTS)
    words = models.CharField(_("意见建议"), max_length=500, blank=True)
    on_paper = models.BooleanField(_("代录"), default=False)
    at = models.DateTimeField(_("时间"))
    by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+", verbose_name=_("填写人"))

    class Meta:
        verbose_name = verbose_name_plural = _("征询意见")
        ordering: ClassVar = ["proposal", "round", "id"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["proposal", "person", "round"], name="rating_once")]

    def __str__(self) -> str:
        return f"{self.person} {self.get_result_display()}"

    @property
    def unhappy(self) -> bool:
        return self.attitude in rules.UNHAPPY or self.result in rules.UNHAPPY


class FollowUp(models.Model):
    """回头看: what became of a promise (B, C) the year after, with its evidence as attachments of the proposal."""

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="follow_ups", verbose_name=_("提案"))
    on = models.DateField(_("日期"))
    before = models.CharField(_("原类别"), max_length=1, choices=rules.CLASSES)
    result = models.CharField(_("现类别"), max_length=1, choices=rules.CLASSES)
    words = models.CharField(_("落实情况"), max_length=500)
    at = models.DateTimeField(_("时间"))
    by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+", verbose_name=_("经办人"))

    class Meta:
        verbose_name = verbose_name_plural = _("回头看")
        ordering: ClassVar = ["proposal", "on", "id"]

    def __str__(self) -> str:
        return f"{self.before}→{self.result}"


class Window(models.Model):
    """征集期: from when and until which minute proposals of one plenary are taken in as 大会提案."""

    session = models.OneToOneField(Session, models.PROTECT, related_name="+", verbose_name=_("全体会议"))
    opens_at = models.DateTimeField(_("开始征集"))
    cutoff_at = models.DateTimeField(_("截止"))

    class Meta:
        verbose_name = verbose_name_plural = _("征集期")
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(cutoff_at__gt=models.F("opens_at")), name="window_order")
        ]

    def __str__(self) -> str:
        return f"{self.session} {self.cutoff_at:%Y-%m-%d %H:%M}"
