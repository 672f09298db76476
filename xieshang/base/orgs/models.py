"""单位、机构、届次: the tree of tenants, the bodies inside each, its terms and sessions."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _


class Level(models.TextChoices):
    PROVINCE = "province", _("省")
    CITY = "city", _("市")
    COUNTY = "county", _("县（区）")
    TOWNSHIP = "township", _("乡镇（街道）")
    COMMUNITY = "community", _("社区（村）")


class Organization(models.Model):
    """单位: one tenant. Only province, city and county have a 政协委员会; a township or community is never shown with one."""

    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("上级单位")
    )
    level = models.CharField(_("层级"), max_length=12, choices=Level)
    code = models.SlugField(_("代码"), max_length=40, unique=True)
    name = models.CharField(_("名称"), max_length=80)
    short_name = models.CharField(_("简称"), max_length=40)
    path = models.CharField(max_length=200, db_index=True, editable=False, help_text="ids from the root down, '/1/4/'")

    class Meta:
        verbose_name = verbose_name_plural = _("单位")
        ordering: ClassVar = ["path"]

    def __str__(self) -> str:
        return self.name

    @property
    def has_committee(self) -> bool:
        return self.level in (Level.PROVINCE, Level.CITY, Level.COUNTY)


class BodyKind(models.TextChoices):
    COMMITTEE = "committee", _("专门委员会")
    SECTOR = "sector", _("界别")
    GROUP = "group", _("委员小组")
    LIAISON = "liaison", _("联络室")
    OFFICE = "office", _("委室")
    BRANCH = "branch", _("党支部")
    PARTY = "party", _("党派团体")
    HANDLING_UNIT = "handling_unit", _("承办单位")


class System(models.TextChoices):
    """系统: to which of them a handling unit belongs; each has an assigning office of its own."""

    PARTY = "party", _("党委")
    GOVERNMENT = "government", _("政府")
    CONGRESS = "congress", _("人大")
    CONSULTATIVE = "consultative", _("政协")
    COURT = "court", _("法院")
    PROCURATORATE = "procuratorate", _("检察院")
    OTHER = "other", _("其他")


class Body(models.Model):
    """机构: a committee, sector, group, liaison office, branch or handling unit inside one unit.

    system   of a handling unit;  assigns  交办机构: it hands proposals of its system out to handling units
    """

    organization = models.ForeignKey(Organization, models.PROTECT, related_name="bodies", verbose_name=_("单位"))
    kind = models.CharField(_("种类"), max_length=16, choices=BodyKind)
    name = models.CharField(_("名称"), max_length=60)
    order = models.PositiveSmallIntegerField(_("次序"), default=0)
    system = models.CharField(_("系统"), max_length=16, choices=System, blank=True)
    assigns = models.BooleanField(_("交办机构"), default=False)
    ended_on = models.DateField(_("撤销日期"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("机构")
        ordering: ClassVar = ["organization", "kind", "order", "id"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["organization", "kind", "name"], name="body_once")]

    def __str__(self) -> str:
        return self.name


class Term(models.Model):
    """届: five years of one committee."""

    organization = models.ForeignKey(Organization, models.PROTECT, related_name="terms", verbose_name=_("单位"))
    number = models.PositiveSmallIntegerField(_("届"))
    starts_on = models.DateField(_("起"))
    ends_on = models.DateField(_("止"))

    class Meta:
        verbose_name = verbose_name_plural = _("届")
        ordering: ClassVar = ["organization", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organization", "number"], name="term_once"),
            models.CheckConstraint(condition=models.Q(ends_on__gt=models.F("starts_on")), name="term_order"),
        ]

    def __str__(self) -> str:
        return f"{self.organization.short_name} {self.number}"


class Session(models.Model):
    """次会议（全体会议）."""

    term = models.ForeignKey(Term, models.PROTECT, related_name="sessions", verbose_name=_("届"))
    number = models.PositiveSmallIntegerField(_("次"))
    opens_on = models.DateField(_("开幕"))
    closes_on = models.DateField(_("闭幕"))

    class Meta:
        verbose_name = verbose_name_plural = _("全体会议")
        ordering: ClassVar = ["term", "number"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["term", "number"], name="session_once")]

    def __str__(self) -> str:
        return f"{self.term} {self.number}"
