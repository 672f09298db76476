"""登记簿: registers that an office keeps for what needs no workflow; their versioned field lists; their entries."""

import json
from functools import cached_property
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from xieshang.base.orgs.models import Body, Organization
from xieshang.base.people.models import Person
from xieshang.base.people.secret import EncryptedField
from xieshang.base.workflow.models import Record

from . import rules
from .fields import Field, Measure

GIFTS = "gifts"
MADE = {GIFTS: "made", **rules.BRIDGES}  # what one entry is called, where it is not simply an entry


class Register(models.Model):
    """登记簿. What it asks for stands in its versions; how it is counted stands here and may be bettered at any time."""

    organization = models.ForeignKey(Organization, models.PROTECT, related_name="+", verbose_name=_("单位"))
    code = models.SlugField(_("代码"), max_length=30)
    name = models.CharField(_("名称"), max_length=40)
    unit = models.CharField(_("量词"), max_length=8, default="条", help_text=_("一条记录算一个什么：篇、期、件、次…"))
    note = models.CharField(_("怎样计数"), max_length=200, blank=True)
    rhythm = models.CharField(_("应有节奏"), max_length=10, choices=rules.RHYTHMS, default="none")
    rhythm_count = models.PositiveSmallIntegerField(_("每期应有"), default=1)
    citation = models.CharField(_("依据"), max_length=200, blank=True)
    catalogue = models.CharField(_("现成登记簿"), max_length=30, blank=True, editable=False)
    inside = models.BooleanField(_("只供本单位"), default=False, help_text=_("党内事务：上级单位汇总时不计入、看不到"))
    follow = models.BooleanField(
        _("办结段"), default=False, help_text=_("每条有责任人、期限和办理情况，解决率自动得出")
    )
    by_members = models.BooleanField(
        _("委员可上报"), default=False, help_text=_("委员在手机上报，工作人员核实后才计数")
    )
    kind_prefix = models.CharField(
        max_length=40, editable=False, help_text="first part of the kinds of fact its entries post; never changes"
    )
    indicators = models.JSONField(_("统计项"), default=list, editable=False)
    current = models.ForeignKey("RegisterVersion", models.PROTECT, null=True, related_name="+", editable=False)
    open = models.BooleanField(_("在用"), default=True)
    version = models.PositiveIntegerField(_("版本"), default=1, editable=False)
    made_at = models.DateTimeField(_("建立时间"), editable=False)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False, verbose_name=_("建立人")
    )

    class Meta:
        verbose_name = verbose_name_plural = _("登记簿")
        ordering: ClassVar = ["organization", "-open", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organization", "code"], name="register_code_once"),
            models.UniqueConstraint(fields=["organization", "name"], name="register_name_once"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("registers:one", args=[self.pk])

    @property
    def entries_kind(self) -> str:
        """The kind of fact that one entry is."""
        return f"{self.kind_prefix}.{self.made}"

    @property
    def made(self) -> str:
        """What one entry is called: the last part of its kind of fact, and of the indicator that counts all of them."""
        return MADE.get(self.kind_prefix, "entries")

    @property
    def bridge(self) -> bool:
        """Does it post what a room of its own will post later?"""
        return self.kind_prefix in rules.BRIDGES

    @property
    def until(self) -> Field | None:
        """The field of the day on which a thing ceased to be: the register counts a stock."""
        return next((one for one in self.fields if one.role == "until"), None)

    @property
    def told(self) -> tuple[Field, ...]:
        """The fields that a member is asked for: whom and which body a thing concerns, staff says."""
        return tuple(one for one in self.asked if not one.linked and one.role != "until" and not one.happens)

    @property
    def fields(self) -> tuple[Field, ...]:
        """All fields of the current version, also those no longer asked for."""
        return self.current.typed if self.current else ()

    @property
    def asked(self) -> tuple[Field, ...]:
        """The fields a new entry is asked for."""
        return tuple(one for one in self.fields if not one.retired)

    @property
    def measures(self) -> tuple[Measure, ...]:
        return tuple(Measure.of(one) for one in self.indicators)


class RegisterVersion(models.Model):
    """登记项的一版: what the register asked for from a moment on. An entry keeps the one it was checked against."""

    register = models.ForeignKey(Register, models.PROTECT, related_name="versions", verbose_name=_("登记簿"))
    number = models.PositiveIntegerField(_("第几版"))
    unit = models.CharField(_("量词"), max_length=8)
    fields = models.JSONField(_("登记项"))
    made_at = models.DateTimeField(_("时间"))
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("修改人")
    )

    class Meta:
        verbose_name = verbose_name_plural = _("登记项版本")
        ordering: ClassVar = ["register", "number"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["register", "number"], name="register_version_once")]

    def __str__(self) -> str:
        return f"{self.register} {self.number}"

    @cached_property
    def typed(self) -> tuple[Field, ...]:
        return tuple(Field.of(one) for one in self.fields)


class Entry(Record):
    """登记簿里的一条记录."""

    RECORD = "registers.entry"

    register = models.ForeignKey(Register, models.PROTECT, related_name="entries", verbose_name=_("登记簿"))
    fields_version = models.ForeignKey(
        RegisterVersion, models.PROTECT, related_name="entries", verbose_name=_("登记项版本")
    )
    on = models.DateField(_("日期"))
    title = models.CharField(_("名称"), max_length=120)
    payload = models.JSONField(
        _("内容"), default=dict, help_text="key → value as text, checked against the version of the fields"
    )
    category = models.CharField(_("类别"), max_length=40, blank=True)
    carrier = models.CharField(_("活动载体"), max_length=40, blank=True)
    outlet = models.CharField(_("去向"), max_length=40, blank=True)
    private = EncryptedField(_("不外露的内容"), blank=True, default="", help_text="key → value as JSON, encrypted")
    owner = models.CharField(_("责任单位或责任人"), max_length=60, blank=True)
    keeper = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("经办人")
    )
    due = models.DateField(_("办理期限"), null=True, blank=True)
    course = models.CharField(_("办理情况"), max_length=8, choices=rules.COURSES, default="open", editable=False)
    settled_on = models.DateField(_("解决日期"), null=True, blank=True, editable=False)
    rated_on = models.DateField(
        null=True, editable=False, help_text="the day under which it counts as solved among those of its time"
    )
    answer = models.TextField(_("办理和反馈"), max_length=2000, blank=True)
    reply = models.CharField(_("退回理由"), max_length=500, blank=True, editable=False)
    client_id = models.UUIDField(
        null=True,
        blank=True,
        unique=True,
        editable=False,
        help_text="made in the browser: the same id sent twice is one record",
    )

    class Meta:
        verbose_name = verbose_name_plural = _("登记簿记录")
        ordering: ClassVar = ["-on", "-id"]
        indexes: ClassVar = [
            models.Index(fields=["register", "state", "-on", "-id"], name="entry_list"),
            models.Index(fields=["organization", "state", "course", "due"], name="entry_due"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("registers:entry", args=[self.pk])

    @property
    def secrets(self) -> dict[str, str]:
        """What private fields hold, field key → value."""
        found: dict[str, str] = json.loads(str(self.private)) if self.private else {}
        return found


class EntryPerson(models.Model):
    """A person named by a field of an entry, with the sector as of that day."""

    entry = models.ForeignKey(Entry, models.CASCADE, related_name="persons", verbose_name=_("记录"))
    field = models.CharField(max_length=24)
    person = models.ForeignKey(Person, models.PROTECT, related_name="register_entries", verbose_name=_("人员"))
    sector = models.ForeignKey(Body, models.PROTECT, null=True, related_name="+", verbose_name=_("界别"))

    class Meta:
        verbose_name = verbose_name_plural = _("记录中的人员")
        ordering: ClassVar = ["entry", "id"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["entry", "field", "person"], name="entry_person_once")]

    def __str__(self) -> str:
        return str(self.person)


class EntryBody(models.Model):
    """A body named by a field of an entry."""

    entry = models.ForeignKey(Entry, models.CASCADE, related_name="bodies", verbose_name=_("记录"))
    field = models.CharField(max_length=24)
    body = models.ForeignKey(Body, models.PROTECT, related_name="+", verbose_name=_("机构"))

    class Meta:
        verbose_name = verbose_name_plural = _("记录中的机构")
        ordering: ClassVar = ["entry", "id"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["entry", "field"], name="entry_body_once")]

    def __str__(self) -> str:
        return str(self.body)
