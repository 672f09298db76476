"""活动: an activity of a unit, who came, and what was given. One record for one happening, however many names it has."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from xieshang.base.orgs.models import Body
from xieshang.base.people.models import Person
from xieshang.base.workflow.models import Record

from . import rules


class Presence(models.TextChoices):
    """How an invited person answered with his feet: 请假 and 缺席 are told apart."""

    ATTENDED = "attended", _("实到")
    EXCUSED = "excused", _("请假")
    ABSENT = "absent", _("缺席")


class Activity(Record):
    """活动."""

    RECORD = "activities.activity"

    title = models.CharField(_("活动名称"), max_length=120)
    kind = models.CharField(_("活动种类"), max_length=20, choices=rules.KINDS)
    carriers = models.JSONField(_("活动载体"), default=list, blank=True, help_text=_("同时算作"))
    collective = models.BooleanField(
        _("集体活动"), default=True, help_text=_("由本单位或机构组织、面向全体或全组的活动")
    )
    on = models.DateField(_("日期"))
    half_days = models.PositiveSmallIntegerField(_("半天数"), default=1)
    place = models.CharField(_("地点"), max_length=120, blank=True)
    organizer = models.ForeignKey(
        Body, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("承办机构")
    )
    guests = models.PositiveIntegerField(_("群众、专家等人数"), default=0, help_text=_("只记人数，不记姓名"))
    outcome = models.TextField(_("结果"), max_length=2000, blank=True)
    money = models.DecimalField(_("捐款（元）"), max_digits=12, decimal_places=2, default=0)
    goods_value = models.DecimalField(_("捐物折款（元）"), max_digits=12, decimal_places=2, default=0)
    goods = models.CharField(_("捐物说明"), max_length=200, blank=True)
    client_id = models.UUIDField(
        null=True,
        blank=True,
        unique=True,
        editable=False,
        help_text="made in the browser: the same id sent twice is one record",
    )

    class Meta:
        verbose_name = verbose_name_plural = _("活动")
        ordering: ClassVar = ["-on", "-id"]
        indexes: ClassVar = [models.Index(fields=["organization", "state", "-on", "-id"], name="activity_list")]
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(half_days__gte=1, half_days__lte=60), name="activity_half_days"),
            models.CheckConstraint(condition=models.Q(money__gte=0, goods_value__gte=0), name="activity_gifts"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return f"/activities/{self.pk}"


class Attendance(models.Model):
    """到会: one invited person of one activity, with the sector as of that day."""

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="attendances", verbose_name=_("活动"))
    person = models.ForeignKey(Person, models.PROTECT, related_name="attendances", verbose_name=_("人员"))
    presence = models.CharField(_("到会情况"), max_length=8, choices=Presence)
    sector = models.ForeignKey(Body, models.PROTECT, null=True, related_name="+", verbose_name=_("界别"))
    note = models.CharField(_("说明"), max_length=60, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("到会")
        ordering: ClassVar = ["activity", "person__order", "id"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["activity", "person"], name="attendance_once")]

    def __str__(self) -> str:
        return f"{self.person} {self.get_presence_display()}"
