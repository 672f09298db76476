"""活动: an activity of a unit, who came, and what was given. One record for one happening, however many names it has."""

from datetime import date
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from xieshang.base.orgs.models import Body, Organization
from xieshang.base.people.models import Person
from xieshang.base.workflow.models import Record

from . import rules


class Presence(models.TextChoices):
    """How an invited person answered with his feet: 请假 and 缺席 are told apart. INVITED: the activity is still to come."""

    INVITED = "invited", _("受邀")
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
    until = models.DateField(_("结束日期"), null=True, blank=True, help_text=_("只开展一天的不填"))
    first_on = models.DateField(_("原定日期"), null=True, blank=True, editable=False)
    undecided = models.BooleanField(_("日期待定"), default=False, editable=False)
    half_days = models.PositiveSmallIntegerField(_("半天数"), default=1)
    place = models.CharField(_("地点"), max_length=120, blank=True)
    organizer = models.ForeignKey(
        Body, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("承办机构")
    )
    co_organizers = models.ManyToManyField(Body, blank=True, related_name="+", verbose_name=_("联办机构"))
    role = models.CharField(_("参与方式"), max_length=8, choices=rules.ROLES, default=rules.HOST)
    joined_counts = models.BooleanField(
        default=False, editable=False, help_text="taking part counted as an activity of the unit when it was recorded"
    )
    counted_times = models.PositiveSmallIntegerField(_("计几次"), default=1)
    times_reason = models.CharField(_("为什么不计一次"), max_length=200, blank=True)
    guests = models.PositiveIntegerField(_("群众人数"), default=0, help_text=_("只记人数，不记姓名"))
    experts = models.PositiveIntegerField(_("专家人数"), default=0)
    officials = models.PositiveIntegerField(_("部门人员人数"), default=0)
    other_guests = models.PositiveIntegerField(_("其他人数"), default=0)
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
            models.CheckConstraint(
                condition=models.Q(until=None) | models.Q(until__gt=models.F("on")), name="activity_until"
            ),
            models.CheckConstraint(
                condition=models.Q(counted_times=1)
                | (models.Q(counted_times__range=(2, 60)) & ~models.Q(times_reason="")),
                name="activity_times",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return f"/activities/{self.pk}"

    @property
    def last_on(self) -> date:
        """The day it ends."""
        return self.until or self.on


class Attendance(models.Model):
    """到会: one invited person of one activity, with the sector as of that day."""

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="attendances", verbose_name=_("活动"))
    person = models.ForeignKey(Person, models.PROTECT, related_name="attendances", verbose_name=_("人员"))
    presence = models.CharField(_("到会情况"), max_length=8, choices=Presence)
    sector = models.ForeignKey(Body, models.PROTECT, null=True, related_name="+", verbose_name=_("界别"))
    capacity = models.ForeignKey(
        Body, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("以何身份参加")
    )
    note = models.CharField(_("说明"), max_length=60, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("到会")
        ordering: ClassVar = ["activity", "person__order", "id"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["activity", "person"], name="attendance_once")]

    def __str__(self) -> str:
        return f"{self.person} {self.get_presence_display()}"


class Leader(models.Model):
    """出席领导: who came and is no member; by name and post, never counted among the members."""

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="leaders", verbose_name=_("活动"))
    name = models.CharField(_("姓名"), max_length=20, db_index=True)
    post = models.CharField(_("职务"), max_length=60, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("出席领导")
        ordering: ClassVar = ["activity", "id"]

    def __str__(self) -> str:
        return f"{self.name} {self.post}".strip()


class Site(models.Model):
    """点位: one of several places that one activity went to. It counts once all the same."""

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="sites", verbose_name=_("活动"))
    place = models.CharField(_("地点"), max_length=60)
    what = models.CharField(_("内容"), max_length=120, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("点位")
        ordering: ClassVar = ["activity", "id"]

    def __str__(self) -> str:
        return f"{self.place}：{self.what}" if self.what else self.place


class Share(models.Model):
    """联办单位: another unit that is named as joint. Claimed, the one record says its facts for that unit too.

    people  those of the list who are the unit's own on that day; their coming counts there as well
    held    what the record said for the unit before it was corrected in a period that the unit has locked: it says that until the unit agrees
    """

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="shares", verbose_name=_("活动"))
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="+", verbose_name=_("单位"))
    state = models.CharField(_("状态"), max_length=10, choices=rules.SHARES, default=rules.ASKED)
    body = models.ForeignKey(Body, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("承办机构"))
    people = models.JSONField(default=list)
    reason = models.CharField(_("理由"), max_length=200, blank=True)
    held = models.JSONField(null=True, default=None, editable=False)

    class Meta:
        verbose_name = verbose_name_plural = _("联办单位")
        ordering: ClassVar = ["activity", "id"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["activity", "organization"], name="share_once")]

    def __str__(self) -> str:
        return f"{self.organization} {self.get_state_display()}"

    @property
    def waits(self) -> bool:
        """更正后的数字待该单位同意."""
        return self.held is not None and self.state == rules.CLAIMED


class Binding(models.Model):
    """合订本: one PDF of an activity's folder, asked for on its page and made by the worker.

    mark      what it was made of (`folder.Folder.mark`)
    left_out  [[name, why], …] of files that have no pages
    """

    WAITING, WORKING, DONE, FAILED = "waiting", "working", "done", "failed"
    UNDER_WAY = (WAITING, WORKING)

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="bindings", verbose_name=_("活动"))
    asked_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+", verbose_name=_("谁要的"))
    asked_at = models.DateTimeField(_("何时要的"))
    started_at = models.DateTimeField(_("开始时间"), null=True)
    finished_at = models.DateTimeField(_("完成时间"), null=True)
    state = models.CharField(max_length=8, default=WAITING)
    done = models.PositiveSmallIntegerField(default=0)
    total = models.PositiveSmallIntegerField(default=0)
    doing = models.CharField(max_length=200, blank=True)
    why = models.CharField(_("为什么没有合订成"), max_length=200, blank=True)
    pages = models.PositiveIntegerField(_("页数"), default=0)
    mark = models.JSONField(default=list)
    left_out = models.JSONField(default=list)
    file = models.ForeignKey("files.StoredFile", models.PROTECT, null=True, related_name="+", verbose_name=_("文件"))

    class Meta:
        verbose_name = verbose_name_plural = _("合订本")
        ordering: ClassVar = ["-id"]

    def __str__(self) -> str:
        return f"{self.activity} {self.state}"

    @property
    def under_way(self) -> bool:
        return self.state in self.UNDER_WAY
