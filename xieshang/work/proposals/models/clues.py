"""提案线索: what was handed in, and the reference list that is made of it for the members."""

from typing import Any, ClassVar

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from xieshang.base.orgs.models import Body, Session
from xieshang.base.people.secret import EncryptedField
from xieshang.base.workflow.models import Record

from .. import clue_rules


class Clue(Record):
    """提案线索.

    source   how it came;  body  the handling unit that handed it in
    name     who says it, by his own name;  contact  encrypted, shown masked
    code     the receipt: whoever holds it may ask what became of the clue
    session  the plenary to whose reference list it belongs;  number  its number there, given once and kept
    used_on  the day on which the first proposal that was begun from it was sent
    """

    RECORD = "proposals.clue"

    session = models.ForeignKey(
        Session, models.PROTECT, null=True, related_name="+", editable=False, verbose_name=_("全体会议")
    )
    source = models.CharField(_("来源"), max_length=8, choices=clue_rules.SOURCES, editable=False)
    body = models.ForeignKey(
        Body, models.PROTECT, null=True, blank=True, related_name="+", editable=False, verbose_name=_("提供单位")
    )
    title = models.CharField(_("标题"), max_length=80)
    text = models.TextField(_("内容"), max_length=4000)
    name = models.CharField(_("姓名"), max_length=40)
    contact = EncryptedField(_("联系方式"), blank=True, default="")
    code = models.CharField(_("查询码"), max_length=12, unique=True, editable=False)
    client_id = models.UUIDField(null=True, unique=True, editable=False)
    received_on = models.DateField(_("收到日期"), editable=False)
    category = models.CharField(_("类别"), max_length=12, blank=True)
    units = models.ManyToManyField(Body, blank=True, related_name="+", verbose_name=_("建议承办单位"))
    number = models.PositiveIntegerField(_("目录编号"), null=True, editable=False)
    decided_on = models.DateField(_("处理日期"), null=True, editable=False)
    told = models.CharField(_("给提供人的答复"), max_length=500, blank=True, editable=False)
    used_on = models.DateField(_("写成提案的日期"), null=True, editable=False)

    class Meta:
        verbose_name = verbose_name_plural = _("提案线索")
        ordering: ClassVar = ["-received_on", "-id"]
        indexes: ClassVar = [models.Index(fields=["organization", "state", "received_on"], name="clue_state")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organization", "session", "number"], name="clue_number_once")
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("proposals:clue", args=[self.pk])

    @property
    def state_word(self) -> Any:
        return clue_rules.CLUE_STATES[self.state]

    def get_category_display(self) -> str:
        """The category in the word of the day on which it came."""
        from .. import terms

        return terms.title(self.organization, terms.CATEGORY, self.category, self.received_on)

    @property
    def contact_masked(self) -> str:
        """As a telephone is shown: enough to know it by, not to reach anybody."""
        return f"{self.contact[:3]}****{self.contact[-4:]}" if len(self.contact) >= 11 else "****" if self.contact else ""  # fmt: skip


class ClueList(Record):
    """提案参考目录 of one plenary: shown to the members once it is published."""

    RECORD = "proposals.clue_list"

    session = models.ForeignKey(Session, models.PROTECT, null=True, related_name="+", verbose_name=_("全体会议"))
    published_on = models.DateField(_("发布日期"))

    class Meta:
        verbose_name = verbose_name_plural = _("提案参考目录")
        constraints: ClassVar = [models.UniqueConstraint(fields=["organization", "session"], name="clue_list_once")]

    def __str__(self) -> str:
        return f"{self.organization} {self.published_on}"


class Knock(models.Model):
    """How often one network address came to the open page on a day. The address is not kept, only a keyed hash of it that changes daily."""

    mark = models.CharField(max_length=64)
    on = models.DateField(_("日期"))
    times = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = verbose_name_plural = _("外部提交次数")
        constraints: ClassVar = [models.UniqueConstraint(fields=["mark", "on"], name="knock_once")]

    def __str__(self) -> str:
        return f"{self.on} {self.times}"
