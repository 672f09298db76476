"""What the search looks into, and how common each pair of characters is: made of the records, and made anew from them at any time."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from xieshang.base.orgs.models import Organization

from .writing import Proposal


class IndexRow(models.Model):
    """全文索引: the plain text of one proposal with its proposers, units and delivered replies.

    Its pairs stand beside it: on PostgreSQL in a column of whole numbers, on SQLite in an FTS5 table (migration `finding`; `finding/stores.py`).
    """

    proposal = models.OneToOneField(Proposal, models.CASCADE, primary_key=True, related_name="+", verbose_name=_("提案"))  # fmt: skip
    organization = models.ForeignKey(Organization, models.CASCADE, related_name="+", verbose_name=_("单位"))
    number = models.PositiveIntegerField(_("提案号"), null=True)
    text = models.TextField(_("文字"))

    class Meta:
        verbose_name = verbose_name_plural = _("全文索引")

    def __str__(self) -> str:
        return self.text[:40]


class Weights(models.Model):
    """字对频度: in how many of a sample of proposals each pair of characters stands. One row, renewed by the worker.

    mark           CRC of the two, by which each process of the site knows that they are others
    pairs, counts  two arrays of 32-bit numbers, side by side; a pair that stands in one only is left out
    """

    on = models.DateField(_("日期"))
    documents = models.PositiveIntegerField(_("提案数"))
    mark = models.BigIntegerField(_("校验"))
    pairs = models.BinaryField()
    counts = models.BinaryField()

    class Meta:
        verbose_name = verbose_name_plural = _("字对频度")
        ordering: ClassVar = ["-id"]

    def __str__(self) -> str:
        return f"{self.on} {self.documents}"
