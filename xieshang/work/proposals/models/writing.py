"""提案: a proposal with its proposers and its text at each step."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from xieshang.base.orgs.models import Body, Session, System
from xieshang.base.people.models import Person
from xieshang.base.workflow.models import Record

from .. import rules

USER = settings.AUTH_USER_MODEL


class Proposal(Record):
    """提案.

    session    the plenary to whose numbers it belongs;  kind  大会 or 平时
    first      第一提案人; of a collective one the `body` proposes and the clerk writes
    intake     流水号, given on sending and never again;  number  提案号, given on filing;  called  how it was written, "" for 第 12 号
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
    seconding_on = models.DateField(_("开放附议的日期"), null=True, editable=False)
    open_text = models.BooleanField(_("同意公开"), default=True)
    closed_reason = models.CharField(_("不同意公开的理由"), max_length=200, blank=True)
    client_id = models.UUIDField(null=True, unique=True, editable=False)
    clue = models.ForeignKey(
        "Clue", models.PROTECT, null=True, related_name="proposals", editable=False, verbose_name=_("来自线索")
    )

    intake = models.PositiveIntegerField(_("流水号"), null=True, editable=False)
    submitted_at = models.DateTimeField(_("提交时间"), null=True, editable=False)
    submitted_on = models.DateField(_("提交日期"), null=True, editable=False)
    category = models.CharField(_("类别"), max_length=12, blank=True)
    first_reviewer = models.ForeignKey(
        USER, models.PROTECT, null=True, related_name="+", editable=False, verbose_name=_("初审人")
    )
    decided_on = models.DateField(_("审查日期"), null=True, editable=False)
    number = models.PositiveIntegerField(_("提案号"), null=True, editable=False)
    called = models.CharField(_("提案号的写法"), max_length=40, blank=True, editable=False)
    main = models.ForeignKey("self", models.PROTECT, null=True, related_name="merged", verbose_name=_("并入的提案"))
    grounds = models.JSONField(_("不予立案的理由"), default=list, editable=False)
    disposition = models.CharField(max_length=14, blank=True, editable=False)
    told = models.CharField(_("给提案者的说明"), max_length=500, blank=True, editable=False)
    system = models.CharField(_("交办系统"), max_length=16, choices=System, blank=True, editable=False)
    round = models.PositiveSmallIntegerField(_("第几轮办理"), default=1, editable=False)
    result = models.CharField(_("办理类别"), max_length=2, blank=True, editable=False)
    outcome = models.CharField(_("算作"), max_length=10, choices=rules.BUCKETS, blank=True, editable=False)
    replied_on = models.DateField(_("答复日期"), null=True, editable=False)
    rate_by = models.DateField(_("反馈期限"), null=True, editable=False)
    key_on = models.DateField(_("列为重点的日期"), null=True, editable=False)
    excellent_on = models.DateField(_("评为优秀的日期"), null=True, editable=False)
    closed_on = models.DateField(_("办结日期"), null=True, editable=False)
    not_rated = models.PositiveSmallIntegerField(_("办结时未反馈的人数"), default=0, editable=False)
    promise_on = models.DateField(_("回头看的日期"), null=True, editable=False)
    published = models.BooleanField(_("已公开"), default=False, editable=False)

    # of one that was brought in from an earlier year: see models/years.py
    brought = models.ForeignKey("Bringing", models.PROTECT, null=True, related_name="proposals", editable=False, verbose_name=_("从哪里导入"))  # fmt: skip
    brought_row = models.PositiveIntegerField(null=True, editable=False)
    old_year = models.PositiveSmallIntegerField(_("年度"), null=True, editable=False)
    old_number = models.CharField(_("原编号"), max_length=40, blank=True, editable=False)
    old_names = models.CharField(_("原提案者"), max_length=300, blank=True, editable=False)
    old_units = models.CharField(_("原承办单位"), max_length=200, blank=True, editable=False)
    counted = models.BooleanField(_("计入统计"), default=True, editable=False)

    class Meta:
        verbose_name = verbose_name_plural = _("提案")
        ordering: ClassVar = ["-submitted_at", "-id"]
        indexes: ClassVar = [
            models.Index(fields=["organization", "state", "submitted_on"], name="proposal_state"),
            models.Index(fields=["organization", "first"], name="proposal_first"),
            models.Index(fields=["organization", "-submitted_at", "-id"], name="proposal_newest"),
            models.Index(
                fields=["organization", "old_year", "old_number"],
                name="proposal_old",
                condition=models.Q(old_year__isnull=False),
            ),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organization", "session", "intake"], name="proposal_intake_once"),
            models.UniqueConstraint(fields=["organization", "session", "kind", "number"], name="proposal_number_once"),
            models.UniqueConstraint(fields=["brought", "brought_row"], name="proposal_brought_once"),
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
        if self.called:
            return self.called
        if self.number:
            return gettext("第 %(n)d 号") % {"n": self.number}
        if self.old_year:
            return gettext("%(year)s年 %(n)s") % {"year": self.old_year, "n": _as_number(self.old_number)}
        return gettext("流水号 %(n)d") % {"n": self.intake} if self.intake else gettext("草稿")

    def get_category_display(self) -> str:
        """The category in the word of the day on which it was sent."""
        from .. import terms

        return terms.title(self.organization, terms.CATEGORY, self.category, self.submitted_on)

    def get_result_display(self) -> str:
        """The class in the word of the day of the last reply."""
        from .. import terms

        return terms.title(self.organization, terms.CLASS, self.result, self.replied_on)

    @property
    def by_whom(self) -> str:
        """Who proposed it: the body, the first proposer, or the names as an old paper has them."""
        return str(self.body or self.first or self.old_names)

    @property
    def step(self) -> str:
        """Where it stands on the step bar; "" for one that has left it."""
        return "" if self.state in rules.ENDED else rules.STEP_OF.get(self.state, self.state)


def _as_number(given: str) -> str:
    """An old number as it is read: bare digits become 第 12 号."""
    return gettext("第 %(n)d 号") % {"n": int(given)} if given.isdecimal() else given


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
    changed_at = models.DateTimeField(_("会签后内容改动的时间"), null=True, editable=False)
    sector = models.ForeignKey(Body, models.PROTECT, null=True, related_name="+", verbose_name=_("界别"))

    class Meta:
        verbose_name = verbose_name_plural = _("会签")
        ordering: ClassVar = ["proposal", "order", "id"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["proposal", "person"], name="signature_once")]

    def __str__(self) -> str:
        return self.person.name

    def lapsed(self, now: Any) -> bool:
        """Asked, not answered, and the time for it is over."""
        return self.state == self.EXPIRED or (self.state == self.ASKED and self.until is not None and self.until < now)


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
