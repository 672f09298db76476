"""交办: a proposal at a unit, what it was reminded of and whom it spoke with."""

from typing import Any, ClassVar

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from xieshang.base.orgs.models import Body
from xieshang.base.workflow.models import Record

from .. import rules
from .writing import USER, Proposal


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
    result = models.CharField(_("办理类别"), max_length=2, blank=True)
    outcome = models.CharField(_("算作"), max_length=10, choices=rules.BUCKETS, blank=True, editable=False)
    contact = models.CharField(_("联系人"), max_length=40, blank=True)
    telephone = models.CharField(_("联系电话"), max_length=30, blank=True, help_text=_("办公电话，印在答复上"))
    publicity = models.CharField(_("公开属性"), max_length=10, choices=rules.PUBLICITY, blank=True)
    signer = models.CharField(_("签发人"), max_length=40, blank=True)
    sent_on = models.DateField(_("报审日期"), null=True)
    delivered_on = models.DateField(_("答复日期"), null=True)
    late_on = models.DateField(_("逾期日期"), null=True, editable=False)
    counted = models.BooleanField(
        default=True,
        editable=False,
        help_text="False: of an old year of which the limits are not known; it says nothing of units",
    )
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

    def get_result_display(self) -> str:
        """The class in the word of the day on which it was given."""
        from .. import terms

        return terms.title(self.organization, terms.CLASS, self.result, self.delivered_on)

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
