"""数据明细: the append-only table of facts, its rollup, and the periods that are locked."""

from decimal import Decimal
from functools import cache
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models.lookups import IsNull
from django.utils.translation import gettext_lazy as _

from xieshang.base.audit.models import Entry
from xieshang.base.orgs.models import Body, Organization
from xieshang.base.people.models import Person


class PostedFact(models.Model):
    """A fact as it was posted. The table only grows: a correction posts the reverse (quantity negated) and then the new fact."""

    organization = models.ForeignKey(
        Organization, models.PROTECT, db_index=False, related_name="+", verbose_name=_("单位")
    )
    kind = models.CharField(_("种类"), max_length=64)
    on = models.DateField(_("发生日期"))
    posted_at = models.DateTimeField(_("计入时间"))
    quantity = models.DecimalField(_("数量"), max_digits=16, decimal_places=2, default=Decimal(1))
    measure = models.CharField(_("量词"), max_length=8)
    person = models.ForeignKey(
        Person, models.PROTECT, null=True, db_index=False, related_name="+", verbose_name=_("人员")
    )
    body = models.ForeignKey(Body, models.PROTECT, null=True, db_index=False, related_name="+", verbose_name=_("机构"))
    sector = models.ForeignKey(
        Body, models.PROTECT, null=True, db_index=False, related_name="+", verbose_name=_("界别")
    )
    carrier = models.CharField(_("活动载体"), max_length=40, blank=True)
    category = models.CharField(_("类别"), max_length=40, blank=True)
    outlet = models.CharField(_("去向"), max_length=40, blank=True)
    record = models.CharField(_("记录"), max_length=80)
    version = models.PositiveIntegerField(_("记录版本"))
    reverses = models.OneToOneField(
        "self", models.PROTECT, null=True, related_name="reversed_by", verbose_name=_("更正哪一条")
    )
    reason = models.CharField(_("理由"), max_length=500, blank=True)
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="+", verbose_name=_("审计条目"))

    class Meta:
        db_table = "ledger_fact"
        verbose_name = verbose_name_plural = _("数据明细")
        ordering: ClassVar = ["-on", "-id"]
        indexes: ClassVar = [
            models.Index(fields=["organization", "kind", "on", "person"], name="ledger_cover"),
            models.Index(fields=["record"], name="ledger_record"),
            models.Index(fields=["person", "kind", "on"], name="ledger_person"),
        ]

    def __str__(self) -> str:
        return f"{self.on} {self.kind} {self.quantity}{self.measure}"


class _Unindexed(models.Func):
    """A column as it is, which SQLite does not look for an index of."""

    template = "%(expressions)s"

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return self.as_sql(compiler, connection, template="+%(expressions)s", **context)


# Is no reversal, as nearly every fact: by the index of `reverses` SQLite would read the whole ledger.
NO_REVERSAL = IsNull(_Unindexed("reverses"), True)


def unreversed() -> "models.QuerySet[PostedFact]":
    """Facts that are posted and not reversed. NOT EXISTS, and no outer join: PostgreSQL guesses that one to give a single row and reads them all."""
    return _unreversed().all()


@cache
def _unreversed() -> "models.QuerySet[PostedFact]":
    """The question, put once: to put it costs more than to ask it, and a page asks it many times."""
    reversals = PostedFact.objects.filter(reverses=models.OuterRef("pk"))
    return PostedFact.objects.filter(NO_REVERSAL, ~models.Exists(reversals))


class Grain(models.TextChoices):
    DAY = "d", "day"
    MONTH = "m", "month"
    PERSON = "p", "month and person"
    UNIT_DAY = "D", "day, whole unit"
    UNIT_MONTH = "M", "month, whole unit"
    UNIT_PERSON = "N", "month and person, whole unit"


class Rollup(models.Model):
    """Sums of facts up to the watermark. A convenience: droppable at any time, folded again by the job."""

    organization_id = models.BigIntegerField()
    kind = models.CharField(max_length=64)
    grain = models.CharField(max_length=1, choices=Grain)
    starts = models.DateField()
    person_id = models.BigIntegerField(default=0)
    body_id = models.BigIntegerField(default=0)
    sector_id = models.BigIntegerField(default=0)
    carrier = models.CharField(max_length=40, default="")
    category = models.CharField(max_length=40, default="")
    outlet = models.CharField(max_length=40, default="")
    quantity = models.DecimalField(max_digits=18, decimal_places=2)
    facts = models.BigIntegerField()

    class Meta:
        db_table = "ledger_rollup"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=[
                    "organization_id",
                    "grain",
                    "kind",
                    "starts",
                    "person_id",
                    "body_id",
                    "sector_id",
                    "carrier",
                    "category",
                    "outlet",
                ],
                name="rollup_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.grain} {self.starts}"


class Watermark(models.Model):
    """Facts up to this id are in the rollup; one row."""

    fact = models.BigIntegerField(primary_key=True)

    class Meta:
        db_table = "ledger_watermark"

    def __str__(self) -> str:
        return str(self.fact)


class PeriodLock(models.Model):
    """锁定: a period of a unit that is closed; after the grace time only a named permission with a reason posts into it."""

    organization = models.ForeignKey(Organization, models.PROTECT, related_name="locks", verbose_name=_("单位"))
    through = models.DateField(_("锁定至"))
    grace_until = models.DateField(_("宽限期至"))
    locked_at = models.DateTimeField(_("锁定时间"))
    locked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("锁定人")
    )

    class Meta:
        verbose_name = verbose_name_plural = _("锁定")
        ordering: ClassVar = ["-through"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["organization", "through"], name="lock_once")]

    def __str__(self) -> str:
        return f"{self.organization} {self.through}"


class Check(models.Model):
    """核对: a replay of all records that a unit asked for on its page, done by the worker.

    step      what the worker is doing;  records  how many it has replayed
    told_at   when it last said so
    problems  the sentences of what it found, the first of them;  found  how many there were
    """

    WAITING, WORKING, DONE, FAILED = "waiting", "working", "done", "failed"
    STEPS = (("replay", _("正在重放记录")), ("compare", _("正在逐条比对")), ("trail", _("正在核对审计和汇总")))

    organization = models.ForeignKey(Organization, models.PROTECT, related_name="checks", verbose_name=_("单位"))
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("谁要的"))
    asked_at = models.DateTimeField(_("何时要的"))
    told_at = models.DateTimeField()
    finished_at = models.DateTimeField(_("完成时间"), null=True)
    state = models.CharField(max_length=8, default=WAITING)
    step = models.CharField(max_length=8, choices=STEPS, blank=True)
    records = models.PositiveIntegerField(default=0)
    found = models.PositiveIntegerField(default=0)
    problems = models.JSONField(default=list)

    class Meta:
        verbose_name = verbose_name_plural = _("核对")
        ordering: ClassVar = ["-id"]

    def __str__(self) -> str:
        return f"{self.organization} {self.state}"

    @property
    def under_way(self) -> bool:
        return self.state in (self.WAITING, self.WORKING)
