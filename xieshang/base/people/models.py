"""人员、委员资格、任职: people and accounts are apart; a person may serve several units with one log-in."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from xieshang.base.orgs.models import Body, Organization, Term
from xieshang.base.workflow.models import Record

from .secret import EncryptedField


class Person(models.Model):
    """人员. Only what the rooms need; the telephone is encrypted and shown masked."""

    organization = models.ForeignKey(Organization, models.PROTECT, related_name="people", verbose_name=_("单位"))
    name = models.CharField(_("姓名"), max_length=40, db_index=True)
    gender = models.CharField(_("性别"), max_length=1, choices=[("m", _("男")), ("f", _("女"))], blank=True)
    party = models.CharField(_("政治面貌"), max_length=20, blank=True)
    workplace = models.CharField(_("工作单位"), max_length=80, blank=True)
    post = models.CharField(_("职务"), max_length=60, blank=True)
    phone = EncryptedField(_("手机"), blank=True, default="")
    order = models.PositiveIntegerField(_("次序"), default=0)

    class Meta:
        verbose_name = verbose_name_plural = _("人员")
        ordering: ClassVar = ["organization", "order", "id"]

    def __str__(self) -> str:
        return self.name

    @property
    def phone_masked(self) -> str:
        return f"{self.phone[:3]}****{self.phone[-4:]}" if len(self.phone) >= 11 else ("****" if self.phone else "")


class Seat(Record):
    """委员资格: one person, one term, one unit; posts the stock fact of members in office."""

    RECORD = "people.seat"

    person = models.ForeignKey(Person, models.PROTECT, related_name="seats", verbose_name=_("委员"))
    term = models.ForeignKey(Term, models.PROTECT, related_name="seats", verbose_name=_("届"))
    sector = models.ForeignKey(Body, models.PROTECT, null=True, related_name="+", verbose_name=_("界别"))
    number = models.CharField(_("委员证号"), max_length=20, blank=True)
    rank = models.CharField(_("政协职务"), max_length=20, blank=True)
    started_on = models.DateField(_("任职日期"))
    ended_on = models.DateField(_("免去日期"), null=True, blank=True)
    end_reason = models.CharField(_("免去原因"), max_length=60, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("委员资格")
        ordering: ClassVar = ["organization", "person__order", "id"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["person", "term"], name="seat_once")]

    def __str__(self) -> str:
        return self.person.name


class Membership(Record):
    """任职: a person belongs to a body (committee, group, liaison office, branch) from a day to a day.

    In a township or community, members of its groups and liaison offices are its members in office: there is no committee there.
    """

    RECORD = "people.membership"

    person = models.ForeignKey(Person, models.PROTECT, related_name="memberships", verbose_name=_("人员"))
    body = models.ForeignKey(Body, models.PROTECT, related_name="memberships", verbose_name=_("机构"))
    post = models.CharField(_("职务"), max_length=30, blank=True)
    started_on = models.DateField(_("起"))
    ended_on = models.DateField(_("止"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("任职")
        ordering: ClassVar = ["body", "person__order"]
        indexes: ClassVar = [models.Index(fields=["body", "started_on"], name="membership_body")]

    def __str__(self) -> str:
        return f"{self.person} · {self.body}"
