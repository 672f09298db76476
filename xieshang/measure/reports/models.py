"""报告编制: a report made from a template, and each of its blanks with what stands in it and where that comes from."""

from decimal import Decimal
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from xieshang.base.files.models import StoredFile
from xieshang.base.workflow.models import Record

from . import printing, rules

EMPTY = "＿＿"  # an empty cell, as a page shows it


class Template(Record):
    """模板: a .docx of the office's own, with named places, blanks and parts to repeat; what it looks like stands in its versions."""

    RECORD = "reports.template"

    title = models.CharField(_("模板名称"), max_length=80)
    note = models.CharField(_("什么时候用"), max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("报告模板")
        ordering: ClassVar = ["state", "title", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organization", "title"], condition=models.Q(state="in_use"), name="template_title_once"
            )
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("reports:template", args=[self.pk])

    @property
    def state_word(self) -> Any:
        return rules.TEMPLATE_STATES[self.state]


class TemplateVersion(models.Model):
    """模板的一版: the file as it was uploaded. Reports that were made from it keep it."""

    template = models.ForeignKey(Template, models.PROTECT, related_name="versions", verbose_name=_("模板"))
    number = models.PositiveIntegerField(_("第几版"))
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", verbose_name=_("文件"))
    name = models.CharField(_("文件名"), max_length=200)
    note = models.CharField(_("改了什么"), max_length=200, blank=True)
    at = models.DateTimeField(_("上传时间"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("上传人")
    )

    class Meta:
        verbose_name = verbose_name_plural = _("模板版本")
        ordering: ClassVar = ["template", "-number"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["template", "number"], name="report_template_version")]

    def __str__(self) -> str:
        return gettext("%(title)s第 %(n)d 版") % {"title": self.template.title, "n": self.number}


class Report(Record):
    """报告.

    series, issue   what a composed one is one of, and its number in the year (通报第 3 期)
    made_of         what a composed one was made of, for composing it again: {plan}, {last, indicators}
    charts          the charts of a composed one, with the blanks whose numbers they draw
    """

    RECORD = "reports.report"

    title = models.CharField(_("报告名称"), max_length=120)
    start = models.DateField(_("统计起"))
    end = models.DateField(_("统计止"))
    as_of = models.DateTimeField(_("截至"), null=True, blank=True, help_text=_("按那一刻已登记的数；不填就是现在"))
    taken_at = models.DateTimeField(_("取数时间"), editable=False)
    template = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", verbose_name=_("原稿"))
    template_name = models.CharField(_("原稿文件名"), max_length=200)
    original = models.ForeignKey(
        StoredFile,
        models.PROTECT,
        null=True,
        related_name="+",
        editable=False,
        help_text="before its parts were repeated",
    )
    made_from = models.ForeignKey(
        TemplateVersion, models.PROTECT, null=True, related_name="reports", editable=False, verbose_name=_("模板")
    )
    keeper = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False, verbose_name=_("经办人")
    )

    series = models.CharField(max_length=12, default="", blank=True, editable=False)
    issue = models.PositiveSmallIntegerField(_("期号"), null=True, blank=True, editable=False)
    made_of = models.JSONField(default=dict, blank=True, editable=False)
    charts = models.JSONField(default=list, blank=True, editable=False)

    class Meta:
        verbose_name = verbose_name_plural = _("报告")
        ordering: ClassVar = ["-saved_at", "-id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(end__gte=models.F("start")), name="report_period")
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("reports:one", args=[self.pk])

    @property
    def state_word(self) -> Any:
        return rules.STATES[self.state]


class Blank(models.Model):
    """空处: one place of the template that was left out, and what stands in it now.

    start, end      characters of paragraph `paragraph`, as `documents.filling.Edit` counts
    clause, at_start, at_end   its clause and where the mark stands in it
    indicator       code of the one that is sure or was chosen; "" for none
    guesses         [{indicator, name, value, unit, facts, why}], best first
    why             why it is not sure, or by what it was known
    text            what stands in it; "" while it is open
    ledger_value    the figure of `indicator` when it was taken, in the indicator's own measure
    reason, asked_by   where a typed figure differs from the ledger: why, and who wanted it so
    by_hand         its days were chosen by a person: a refresh does not read them from the sentence again
    since, until, scope   the days and the body that it counts, where they are not the report's: see `scopes.Scope`
    """

    report = models.ForeignKey(Report, models.CASCADE, related_name="blanks", verbose_name=_("报告"))
    order = models.PositiveIntegerField(_("次序"))
    paragraph = models.PositiveIntegerField()
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    before = models.CharField(max_length=16)
    mark = models.CharField(max_length=60)
    after = models.CharField(max_length=16)
    kind = models.CharField(max_length=10)
    unit = models.CharField(max_length=12, blank=True)
    clause = models.TextField()
    at_start = models.PositiveIntegerField()
    at_end = models.PositiveIntegerField()
    indicator = models.CharField(max_length=80, blank=True)
    guesses = models.JSONField(default=list)
    why = models.CharField(max_length=200, blank=True)
    text = models.TextField(_("填写内容"), blank=True)
    how = models.CharField(_("填写方式"), max_length=8, choices=rules.HOW, default="", blank=True)
    ledger_value = models.DecimalField(max_digits=20, decimal_places=4, null=True)
    facts = models.PositiveIntegerField(default=0)
    reason = models.CharField(_("理由"), max_length=200, blank=True)
    asked_by = models.CharField(_("要求人"), max_length=60, blank=True)
    differs = models.BooleanField(_("与数据明细不符"), default=False)
    since = models.DateField(_("统计起"), null=True, help_text=_("这一处自己的统计期间；不填就是报告的"))
    until = models.DateField(_("统计止"), null=True)
    scope = models.JSONField(default=dict)
    by_hand = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)
    saved_at = models.DateTimeField()
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = verbose_name_plural = _("空处")
        ordering: ClassVar = ["report", "order"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["report", "order"], name="report_blank_once")]

    def __str__(self) -> str:
        return self.text or self.mark or EMPTY

    @property
    def head(self) -> str:
        return self.clause[: self.at_start]

    @property
    def tail(self) -> str:
        return self.clause[self.at_end :]

    @property
    def is_filled(self) -> bool:
        return self.how in rules.FILLED

    @property
    def look(self) -> str:
        """Which coloured tab it has on the page: sure, pick, hand, diff or empty."""
        if self.differs:
            return "diff"
        if self.how in ("ledger", "chosen", "plan"):
            return "sure"
        if self.how in ("typed", "left"):
            return "hand"
        return "pick" if self.guesses else "empty"

    @property
    def real(self) -> str:
        """The ledger's figure as it would be printed here."""
        return printing.plain(self.scaled) if self.scaled is not None else ""

    @property
    def scaled(self) -> Decimal | None:
        guess = next((g for g in self.guesses if g["indicator"] == self.indicator), None)
        if self.ledger_value is None:
            return None
        return printing.scaled(self.ledger_value, guess["measure"] if guess else "", self.unit or None)


class Version(models.Model):
    """一稿: the report as it was sent up (送审) or made final (定稿), its figures frozen with the facts that stood under them.

    at          when; `known_at` is the moment as of which its figures were known
    blanks      every blank as it stood: the columns of `Blank`, and the indicator's name, measure and note
    facts       {indicator: [ids of the facts under it]}
    code        核对码: short, made of all that is frozen; it stands on the printed report
    """

    report = models.ForeignKey(Report, models.CASCADE, related_name="versions", verbose_name=_("报告"))
    number = models.PositiveIntegerField(_("第几稿"))
    final = models.BooleanField(_("定稿"), default=False)
    at = models.DateTimeField(_("时间"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("经办人")
    )
    start = models.DateField(_("统计起"))
    end = models.DateField(_("统计止"))
    known_at = models.DateTimeField(_("截至"))
    blanks = models.JSONField(default=list)
    facts = models.JSONField(default=dict)
    code = models.CharField(_("核对码"), max_length=9, unique=True)

    class Meta:
        verbose_name = verbose_name_plural = _("稿次")
        ordering: ClassVar = ["report", "-number"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["report", "number"], name="report_version_once")]

    def __str__(self) -> str:
        return f"{self.report.title} {self.word}"

    def get_absolute_url(self) -> str:
        return reverse("reports:version", args=[self.report_id, self.number])

    @property
    def word(self) -> str:
        return gettext("定稿") if self.final else gettext("送审第 %(n)d 稿") % {"n": self.number}


class Remark(models.Model):
    """审改意见 on one place of a report, or on the whole of it."""

    report = models.ForeignKey(Report, models.CASCADE, related_name="remarks", verbose_name=_("报告"))
    blank = models.ForeignKey(Blank, models.CASCADE, null=True, related_name="remarks", verbose_name=_("空处"))
    text = models.CharField(_("审改意见"), max_length=300)
    at = models.DateTimeField(_("时间"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("意见人")
    )
    settled_at = models.DateTimeField(_("处理时间"), null=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("处理人")
    )

    class Meta:
        verbose_name = verbose_name_plural = _("审改意见")
        ordering: ClassVar = ["report", "at", "pk"]

    def __str__(self) -> str:
        return self.text
