"""历年数据: what was counted in a whole year before its detail is here."""

from typing import ClassVar

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from xieshang.base.workflow.models import Record


class YearFigure(Record):
    """历年数据: one figure of one 统计项 in one year, without detail. `name` and `measure` are those of the 统计项 when it was saved."""

    RECORD = "earlier.figure"

    year = models.PositiveSmallIntegerField(_("年度"))
    indicator = models.CharField(_("统计项代码"), max_length=120)
    name = models.CharField(_("统计项"), max_length=80)
    measure = models.CharField(_("量词"), max_length=8)
    value = models.DecimalField(_("数"), max_digits=14, decimal_places=2)
    source = models.CharField(_("出处"), max_length=200)

    class Meta:
        verbose_name = verbose_name_plural = _("历年数据")
        ordering: ClassVar = ["-year", "name", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organization", "year", "indicator"],
                condition=models.Q(state="valid"),
                name="year_figure_once",
            ),
            models.CheckConstraint(condition=models.Q(value__gte=0), name="year_figure_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.year} {self.name}"

    def get_absolute_url(self) -> str:
        return reverse("earlier:one", args=[self.pk])
