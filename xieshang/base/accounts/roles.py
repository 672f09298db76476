"""Roles a person may hold in a unit. The three administrators are separate (GB/T 22239-2019, 8.1.5)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    CLERK = "clerk", _("办公室工作人员")
    HEAD = "head", _("办公室主任")
    PARTTIMER = "part_timer", _("乡镇、社区工作人员")
    MEMBER = "member", _("委员")
    LEADER = "leader", _("领导")
    HANDLER = "handler", _("承办单位经办人")
    SYS_ADMIN = "sys_admin", _("系统管理员")
    SEC_ADMIN = "sec_admin", _("安全管理员")
    AUDIT_ADMIN = "audit_admin", _("审计管理员")


ADMINISTRATORS = (Role.SYS_ADMIN, Role.SEC_ADMIN, Role.AUDIT_ADMIN)
STAFF = (Role.CLERK, Role.HEAD, Role.PARTTIMER)
INCLUDES = {Role.CLERK: Role.HEAD}  # whatever the office may, its head may as well
