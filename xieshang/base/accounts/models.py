"""账号和授权: an account may belong to a person; a grant is a role in a unit, maybe in one body."""

from typing import ClassVar

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _

from xieshang.base.orgs.models import Body, Organization
from xieshang.base.people.models import Person

from .roles import Role


class User(AbstractUser):
    """账号."""

    first_name = last_name = None  # type: ignore[assignment]
    name = models.CharField(_("姓名"), max_length=40)
    person = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="users", verbose_name=_("人员")
    )
    language = models.CharField(
        _("语言"), max_length=8, choices=[("zh-hans", "中文"), ("en", "English")], default="zh-hans"
    )
    large_type = models.BooleanField(_("大字"), default=False)
    seen_at = models.DateTimeField(_("上次查看"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("账号")

    def __str__(self) -> str:
        return self.name or self.username

    def get_full_name(self) -> str:
        return self.name


class Grant(models.Model):
    """授权: role × unit × maybe body. Ended, never deleted."""

    user = models.ForeignKey(User, models.PROTECT, related_name="grants", verbose_name=_("账号"))
    role = models.CharField(_("角色"), max_length=12, choices=Role)
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="grants", verbose_name=_("单位"))
    body = models.ForeignKey(Body, models.PROTECT, null=True, blank=True, verbose_name=_("机构"))
    granted_at = models.DateTimeField(_("授权时间"))
    granted_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("授权人"))
    ended_at = models.DateTimeField(_("收回时间"), null=True, blank=True)
    ends_on = models.DateField(_("到期日"), null=True, blank=True, help_text=_("这一天还有效，过后收回"))

    class Meta:
        verbose_name = verbose_name_plural = _("授权")
        ordering: ClassVar = ["organization", "role", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["user", "role", "organization"], condition=models.Q(ended_at=None, body=None), name="grant_once"
            ),
            models.UniqueConstraint(
                fields=["user", "role", "organization", "body"],
                condition=models.Q(ended_at=None),
                name="grant_body_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.get_role_display()} · {self.organization.short_name}"


class LoginCode(models.Model):
    """登录码: opens the account once. Its figures are on a slip of paper and nowhere else."""

    user = models.ForeignKey(User, models.PROTECT, related_name="codes", verbose_name=_("账号"))
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="+", verbose_name=_("发码单位"))
    digest = models.CharField(max_length=128, editable=False)
    issued_at = models.DateTimeField(_("发码时间"))
    issued_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("发码人"))
    valid_until = models.DateTimeField(_("有效至"))
    tries_left = models.PositiveSmallIntegerField(_("还可输错几次"))
    used_at = models.DateTimeField(_("使用时间"), null=True, blank=True)
    ended_at = models.DateTimeField(_("作废时间"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("登录码")
        ordering: ClassVar = ["-issued_at", "-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["user"], condition=models.Q(used_at=None, ended_at=None), name="code_open_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.user} {self.valid_until:%Y-%m-%d %H:%M}"


class Device(models.Model):
    """记住的手机: the hash of a token that lies in its browser."""

    user = models.ForeignKey(User, models.PROTECT, related_name="devices", verbose_name=_("账号"))
    name = models.CharField(_("名称"), max_length=60)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    added_at = models.DateTimeField(_("记住时间"))
    used_at = models.DateTimeField(_("最近使用"))
    ends_at = models.DateTimeField(_("到期"))
    removed_at = models.DateTimeField(_("移除时间"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("记住的手机")
        ordering: ClassVar = ["-used_at", "-id"]

    def __str__(self) -> str:
        return self.name
